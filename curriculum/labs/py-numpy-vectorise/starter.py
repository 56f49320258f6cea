"""Thinking in arrays. README.md beside this file explains each step; write the functions in this order.

No function may run a Python loop over rows or positions (a comprehension, map, np.vectorize and np.apply_along_axis
count as loops: the last check counts the steps of the interpreter). None may change its inputs. Numbers are float64
unless said otherwise.
"""

import numpy as np


def pairwise_sq_dists(X, Y):
    """The squared Euclidean distance of every row of X to every row of Y.

    X: (n, d), Y: (m, d), with m >= 1. Returns (n, m), no entry below 0.
    No array of n * m * d entries may be built. Points may lie far from the origin (coordinates near 1e6, distances
    near 1): the result must then still be right to a relative error of 1e-4.
    """
    raise NotImplementedError("pairwise_sq_dists")


def one_hot(ids, n):
    """(N,) integers in 0 .. n-1 -> (N, n) float64: 1.0 in column ids[i] of row i, 0.0 elsewhere. N may be 0."""
    raise NotImplementedError("one_hot")


def masked_mean(x, mask, axis):
    """The mean along `axis` of those entries of x where the mask is True.

    x: array of any shape. mask: bool, of a shape that broadcasts to that of x, such as (B, T, 1) for x of (B, T, D).
    axis: one integer, possibly negative. Returns an array of the shape of x without that axis.
    Where the mask hides everything, the result is 0. Hidden entries may be NaN or infinite and must not matter.
    """
    raise NotImplementedError("masked_mean")


def topk_indices(x, k):
    """The columns of the k largest entries of each row.

    x: (N, M); it may hold -inf and equal values. 1 <= k <= M.
    Returns (N, k) integers: the largest entry first; of equal entries, the one further left first.
    """
    raise NotImplementedError("topk_indices")


def running_mean(x, w):
    """The mean of each window of w neighbours along the last axis.

    x: (..., T). 1 <= w <= T. Returns (..., T - w + 1): entry t is the mean of x[..., t], ..., x[..., t + w - 1].
    Windows that would stick out at either end are left out.
    """
    raise NotImplementedError("running_mean")


def gather_logits(logits, ids):
    """One logit for each position: logits (B, T, V), ids (B, T) integers in 0 .. V-1 -> (B, T).

    Entry (b, t) is logits[b, t, ids[b, t]].
    """
    raise NotImplementedError("gather_logits")


def head_outputs(z, W):
    """What each attention head writes: z (B, T, H, d), W (H, d, M) -> (B, T, H, M).

    Entry (b, t, h) is the row z[b, t, h] times the matrix W[h]. The heads are not added up.
    """
    raise NotImplementedError("head_outputs")
