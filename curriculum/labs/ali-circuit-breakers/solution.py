"""Circuit breakers: one possible solution."""

import numpy as np


def reroute_loss_grad(h_new, h_old):
    new, old = (np.linalg.norm(h, axis=1, keepdims=True) for h in (h_new, h_old))
    cosine = (h_new * h_old).sum(axis=1, keepdims=True) / (new * old)
    active = cosine > 0
    gradient = (h_old / (new * old) - cosine * h_new / new**2) * active / len(h_new)
    return float((cosine * active).mean()), gradient


def retain_loss_grad(h_new, h_old):
    distance = h_new - h_old
    return float((distance**2).sum(axis=1).mean()), 2 * distance / len(h_new)


def rr_coefficients(step, total):
    return 1 - step / (2 * total), step / (2 * total)


def train_rr(W, harmful, benign, steps, lr, rng, retain_weight=2.0):
    old_harmful, old_benign = harmful @ W.T, benign @ W.T
    W = W + 0.02 * rng.normal(size=W.shape)
    for step in range(steps):
        c_reroute, c_retain = rr_coefficients(step, steps)
        _, g_harmful = reroute_loss_grad(harmful @ W.T, old_harmful)
        _, g_benign = retain_loss_grad(benign @ W.T, old_benign)
        W = W - lr * (c_reroute * g_harmful.T @ harmful + retain_weight * c_retain * g_benign.T @ benign)
    return W


def refusal_baseline(harmful, benign):
    direction = harmful.mean(axis=0) - benign.mean(axis=0)
    return direction, float(direction @ (harmful.mean(axis=0) + benign.mean(axis=0)) / 2)


def attack_eval(model, prompts):
    X, answer = prompts["X"], prompts["answer"]
    right = (X @ model["W"].T @ model["head"]).argmax(axis=1) == answer
    refused = np.zeros(len(X), dtype=bool)
    if model["refusal"] is not None:
        direction, threshold = model["refusal"]
        refused = X @ direction > threshold
    return {"refused": float(refused.mean()), "capability": float(right.mean()), "success": float((right & ~refused).mean())}


def worst_case(model, suites):
    success = {name: attack_eval(model, prompts)["success"] for name, prompts in suites.items()}
    name = max(success, key=success.get)
    return name, success[name]
