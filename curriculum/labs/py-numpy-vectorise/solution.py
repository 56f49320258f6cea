"""Thinking in arrays: one possible solution."""

import numpy as np


def pairwise_sq_dists(X, Y):
    centre = Y.mean(axis=0)
    X, Y = X - centre, Y - centre
    squares = (X**2).sum(axis=1)[:, None] + (Y**2).sum(axis=1)[None, :]
    return np.maximum(squares - 2 * X @ Y.T, 0.0)


def one_hot(ids, n):
    return (ids[:, None] == np.arange(n)).astype(float)


def masked_mean(x, mask, axis):
    total = np.where(mask, x, 0.0).sum(axis=axis)
    count = np.broadcast_to(mask, x.shape).sum(axis=axis)
    return total / np.maximum(count, 1)


def topk_indices(x, k):
    return np.argsort(-x, axis=1, kind="stable")[:, :k]


def running_mean(x, w):
    return np.lib.stride_tricks.sliding_window_view(x, w, axis=-1).mean(axis=-1)


def gather_logits(logits, ids):
    return np.take_along_axis(logits, ids[..., None], axis=-1)[..., 0]


def head_outputs(z, W):
    return np.einsum("bthd,hdm->bthm", z, W)
