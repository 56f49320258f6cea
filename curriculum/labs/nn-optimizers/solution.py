"""Optimisers from scratch: one possible solution."""

import math

import numpy as np


def minibatches(n, b, rng):
    order = rng.permutation(n)
    return [order[start : start + b] for start in range(0, n, b)]


def sgd_step(p, g, s, lr, momentum=0.0, wd=0.0):
    g = g + wd * p
    v = momentum * s.get("v", 0.0) + g
    return p - lr * v, {"v": v}


def _adam_direction(g, s, b1, b2, eps):
    t = s.get("t", 0) + 1
    m = b1 * s.get("m", 0.0) + (1 - b1) * g
    v = b2 * s.get("v", 0.0) + (1 - b2) * g**2
    m_hat, v_hat = m / (1 - b1**t), v / (1 - b2**t)
    return m_hat / (np.sqrt(v_hat) + eps), {"t": t, "m": m, "v": v}


def adam_step(p, g, s, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    direction, s = _adam_direction(g, s, b1, b2, eps)
    return p - lr * direction, s


def adamw_step(p, g, s, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8, wd=0.01):
    direction, s = _adam_direction(g, s, b1, b2, eps)
    return p - lr * direction - lr * wd * p, s


def clip_by_global_norm(grads, max_norm):
    norm = math.sqrt(sum(float((g**2).sum()) for g in grads))
    scale = max_norm / norm if norm > max_norm else 1.0
    return [g * scale for g in grads], norm


def lr_schedule(step, total, warmup, base, kind="cosine", final=0.0):
    if kind not in ("constant", "linear", "cosine"):
        raise ValueError("unknown kind of schedule: %r" % (kind,))
    if step <= warmup and warmup > 0:
        return base * step / warmup
    if kind == "constant":
        return base
    x = min((step - warmup) / (total - warmup), 1.0)
    left = 1 - x if kind == "linear" else (1 + math.cos(math.pi * x)) / 2
    return final + (base - final) * left
