"""Optimisers from scratch. README.md beside this file explains each step; write the functions in this order.

Parameters and gradients are float64 arrays of any one shape. A step works on one array and its state:

    p, s = sgd_step(p, g, s, lr)        # s = {} before the first step

`s` is a dict in which you keep what the next call needs, under names of your own. None of the functions may change its
inputs, the state included: build a new array and a new dict and return them.
"""

import numpy as np


def minibatches(n, b, rng):
    """The row numbers 0 ... n-1 in a random order, cut into batches of b.

    n: number of examples, >= 1. b: size of a batch, >= 1, may be larger than n. rng: a numpy.random.Generator, the only
    source of chance.
    Returns a list of 1-D integer arrays. Each number occurs in exactly one of them. All have length b except the last,
    which holds the rest and may be shorter (but not empty). A second call with the same rng gives another order.
    """
    raise NotImplementedError("minibatches")


def sgd_step(p, g, s, lr, momentum=0.0, wd=0.0):
    """One step of SGD with momentum and an L2 penalty.

        g <- g + wd * p
        v <- momentum * v + g          v is 0 before the first step
        p <- p - lr * v

    p, g: arrays of one shape, parameter and gradient of the loss. s: {} at first, later the dict returned before.
    Returns (p, s): the new parameter and the new state.
    """
    raise NotImplementedError("sgd_step")


def adam_step(p, g, s, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8):
    """One step of Adam. The first call is step t = 1.

        m <- b1 * m + (1 - b1) * g          m is 0 before the first step
        v <- b2 * v + (1 - b2) * g**2       v is 0 before the first step
        p <- p - lr * m_hat / (sqrt(v_hat) + eps)

    m_hat and v_hat are m and v corrected for their start at zero: divided by 1 - b1**t and 1 - b2**t.
    p, g, s and what comes back as in sgd_step.
    """
    raise NotImplementedError("adam_step")


def adamw_step(p, g, s, lr=1e-3, b1=0.9, b2=0.999, eps=1e-8, wd=0.01):
    """One step of Adam with decoupled weight decay: what adam_step does, and besides p loses lr * wd * p.

    The p in lr * wd * p is the one before the step. The decay goes neither into m nor into v.
    p, g, s and what comes back as in sgd_step.
    """
    raise NotImplementedError("adamw_step")


def clip_by_global_norm(grads, max_norm):
    """Scales all gradients by one number, so that their common norm is at most max_norm.

    grads: list of arrays of any shapes; they may all be zero. max_norm: > 0.
    The norm is sqrt(sum of the squares of all entries of all arrays).
    Returns (grads, norm): a list of new arrays in the same order, and the norm *before* clipping as a float.
    When the norm is at most max_norm, the gradients come back with the same values.
    """
    raise NotImplementedError("clip_by_global_norm")


def lr_schedule(step, total, warmup, base, kind="cosine", final=0.0):
    """The learning rate of one step. Steps are counted 1 ... total.

    Warm-up: for step <= warmup the rate is base * step / warmup, so it reaches base at step == warmup.
    After it, with x = (step - warmup) / (total - warmup), which runs from 0 to 1:
        "constant"  base
        "linear"    in a straight line from base at x = 0 to final at x = 1
        "cosine"    along half a cosine from base at x = 0 to final at x = 1, half-way between the two at x = 0.5
    After `total` the rate stays what it was at step == total. warmup may be 0 (no warm-up); warmup < total.
    Any other kind raises ValueError. Returns a float.
    """
    raise NotImplementedError("lr_schedule")
