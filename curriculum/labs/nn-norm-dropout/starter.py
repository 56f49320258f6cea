"""Dropout, batch norm and layer norm. README.md beside this file explains each step; write the functions in this order.

Shapes: N examples, D features; batch norm works on (N, D), the others on any shape. Everything is float64. None of the
functions may change its inputs, the state included. A `cache` is yours: a tuple or dict with whatever the backward pass needs.
"""

import numpy as np


def dropout(x, p, rng, train=True):
    """Inverted dropout.

    x: array of any shape. p: probability that an entry is dropped, 0 <= p < 1. rng: a numpy.random.Generator.
    Returns (y, mask), both of the shape of x, with y = x * mask.
        train=True   each entry of mask is by itself 0 with probability p, otherwise 1 / (1 - p)
        train=False  mask is 1 throughout, so that y equals x
    """
    raise NotImplementedError("dropout")


def dropout_backward(d_y, mask):
    """The gradient with respect to x. d_y: the gradient with respect to y. mask: the one that dropout returned."""
    raise NotImplementedError("dropout_backward")


def batchnorm_forward(x, g, b, state, train=True, mom=0.9, eps=1e-5):
    """Batch norm: each feature is standardised, then scaled by g and shifted by b.

    x: (N, D), N >= 2 in training, N >= 1 otherwise. g, b: (D,). state: {"mean": (D,), "var": (D,)}, running statistics.
        y = g * (x - mean) / sqrt(var + eps) + b
    train=True   mean and var are those of the batch, for each feature over the N examples; var divides by N.
                 The new state is mom * old + (1 - mom) * batch, for mean and var. The var that goes into the state divides
                 by N - 1: it estimates that of the data.
    train=False  mean and var are those of the state, and the state stays as it is.
    Returns (y, cache, state): y (N, D), the cache for batchnorm_backward, and the new state: a new dict of new arrays in
    training, one with the same values otherwise.
    """
    raise NotImplementedError("batchnorm_forward")


def batchnorm_backward(d_y, cache):
    """The gradients through batch norm in training, where mean and var depend on x.

    d_y: (N, D). cache: from batchnorm_forward with train=True. Returns (d_x, d_g, d_b) of shapes (N, D), (D,), (D,).
    """
    raise NotImplementedError("batchnorm_backward")


def layernorm_forward(x, g, b, eps=1e-5):
    """Layer norm: each vector along the last axis is standardised by its own mean and var (divided by D).

    x: (..., D), with any number of leading axes. g, b: (D,).
        y = g * (x - mean) / sqrt(var + eps) + b
    Returns (y, cache). There is no difference between training and evaluation, and no state.
    """
    raise NotImplementedError("layernorm_forward")


def layernorm_backward(d_y, cache):
    """The gradients through layer norm. d_y: (..., D). Returns (d_x, d_g, d_b) of shapes (..., D), (D,), (D,)."""
    raise NotImplementedError("layernorm_backward")
