"""Detecting behaviour that depends on being watched: one possible solution."""

from math import comb

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def compliance_gap(log):
    prompt, monitored, complied = log["prompt"], log["monitored"], log["complied"]
    differences = []
    for q in np.unique(prompt):
        watched, alone = (prompt == q) & monitored, (prompt == q) & ~monitored
        if watched.any() and alone.any():
            differences.append(complied[watched].mean() - complied[alone].mean())
    differences = np.array(differences)
    gap, half = differences.mean(), 1.96 * differences.std(ddof=1) / np.sqrt(len(differences))
    return float(gap), (float(gap - half), float(gap + half))


def cue_flip_test(policy, prompts, cue):
    without, with_cue = policy(prompts), policy(prompts + cue)
    up, down = int((~without & with_cue).sum()), int((without & ~with_cue).sum())
    n = up + down
    tail = sum(comb(n, k) for k in range(min(up, down) + 1)) / 2**n
    return min(1.0, 2 * tail)


def detect(models, alpha):
    p = np.array([cue_flip_test(m["policy"], m["prompts"], m["cue"]) for m in models])
    flags = np.zeros(len(p), dtype=bool)
    for rank, i in enumerate(np.argsort(p)):
        if p[i] > alpha / (len(p) - rank):
            break
        flags[i] = True
    return flags


def why_training_does_not_fix(theta, X, believes):
    row = believes.astype(int)
    p = sigmoid((X * theta[row]).sum(axis=1))
    gradient = np.zeros_like(theta)
    np.add.at(gradient, row, (p - 1)[:, None] * X / len(X))
    return gradient


def train_on_monitored(theta, X, believes, lr, steps):
    for _ in range(steps):
        theta = theta - lr * why_training_does_not_fix(theta, X, believes)
    return theta


def belief_probe(h, cue):
    fit, fit_cue, test, test_cue = h[::2], cue[::2], h[1::2], cue[1::2]
    with_cue, without = fit[fit_cue].mean(axis=0), fit[~fit_cue].mean(axis=0)
    direction = with_cue - without
    direction = direction / np.linalg.norm(direction)
    threshold = (with_cue + without) @ direction / 2
    return direction, float(((test @ direction > threshold) == test_cue).mean())
