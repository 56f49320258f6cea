"""Diagnosing training runs from their logs: one possible solution."""

import math

import numpy as np


def initial_loss_ok(loss, classes, tol=0.3):
    expected = math.log(classes)
    return bool(abs(loss - expected) <= tol * expected)


def overfit_one_batch(train_fn):
    losses = train_fn(200)
    return bool(np.isfinite(losses[-1]) and losses[-1] < 0.1 * losses[0])


def summarise(log):
    train, val = (np.asarray(log[name]) / math.log(log["classes"]) for name in ("train_loss", "val_loss"))
    seen = [x[np.isfinite(x)] for x in (train, val)]
    last_train, last_val = (float(x[-1]) if len(x) else math.inf for x in seen)
    best_val = float(seen[1].min()) if len(seen[1]) else math.inf
    grads, dead = log["grad_norm"][0], log["dead"][0]
    return {
        "finite": bool(np.isfinite(train).all() and np.isfinite(val).all()),
        "start": float(train[0]) if np.isfinite(train[0]) else math.inf,
        "final_train": last_train,
        "final_val": last_val,
        "best_val": best_val,
        "rise": last_val - best_val if math.isfinite(last_val) else 0.0,
        "gap": last_val - last_train if math.isfinite(last_val) and math.isfinite(last_train) else 0.0,
        "grad_ratio": float(grads[0] / grads[-1]) if grads[-1] > 0 else 0.0,
        "zero_grad": float((grads == 0).mean()),
        "update": float(np.median(log["update_ratio"][0])),
        "dead_most": float(dead.max()),
        "dead_least": float(dead.min()),
    }


def diagnose(log):
    s = summarise(log)
    if s["dead_least"] == 1.0 and s["zero_grad"] == 1.0:
        return "zero_init"
    if s["dead_most"] > 0.7:
        return "dead_relu"
    if s["start"] > 5.0:
        return "exploding"
    if s["grad_ratio"] < 0.01:
        return "vanishing"
    if s["update"] > 0.06 or not s["finite"]:
        return "lr_high"
    if s["update"] < 4e-4:
        return "lr_low"
    if s["final_train"] > 0.55:
        return "shuffled_labels"
    if s["gap"] > 0.4:
        return "overfit"
    return "healthy"


def recommend(label):
    change = {
        "healthy": "none",
        "lr_high": "lower_lr",
        "lr_low": "raise_lr",
        "vanishing": "fix_activation",
        "exploding": "fix_init",
        "dead_relu": "fix_init",
        "zero_init": "fix_init",
        "overfit": "more_data",
        "shuffled_labels": "check_labels",
    }
    if label not in change:
        raise ValueError("unknown label %r" % (label,))
    return {"change": change[label]}
