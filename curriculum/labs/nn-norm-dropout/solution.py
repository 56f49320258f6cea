"""Dropout, batch norm and layer norm: one possible solution."""

import numpy as np


def dropout(x, p, rng, train=True):
    if not train:
        return x.copy(), np.ones(x.shape)
    mask = (rng.random(x.shape) >= p) / (1 - p)
    return x * mask, mask


def dropout_backward(d_y, mask):
    return d_y * mask


def batchnorm_forward(x, g, b, state, train=True, mom=0.9, eps=1e-5):
    if train:
        N = len(x)
        mean, var = x.mean(axis=0), x.var(axis=0)
        state = {
            "mean": mom * state["mean"] + (1 - mom) * mean,
            "var": mom * state["var"] + (1 - mom) * var * N / (N - 1),
        }
    else:
        mean, var = state["mean"], state["var"]
        state = dict(state)
    scale = 1 / np.sqrt(var + eps)
    x_hat = (x - mean) * scale
    return g * x_hat + b, (x_hat, scale, g), state


def batchnorm_backward(d_y, cache):
    x_hat, scale, g = cache
    d = d_y * g
    d_x = scale * (d - d.mean(axis=0) - x_hat * (d * x_hat).mean(axis=0))
    return d_x, (d_y * x_hat).sum(axis=0), d_y.sum(axis=0)


def layernorm_forward(x, g, b, eps=1e-5):
    mean = x.mean(axis=-1, keepdims=True)
    scale = 1 / np.sqrt(x.var(axis=-1, keepdims=True) + eps)
    x_hat = (x - mean) * scale
    return g * x_hat + b, (x_hat, scale, g)


def layernorm_backward(d_y, cache):
    x_hat, scale, g = cache
    leading = tuple(range(d_y.ndim - 1))
    d = d_y * g
    d_x = scale * (d - d.mean(axis=-1, keepdims=True) - x_hat * (d * x_hat).mean(axis=-1, keepdims=True))
    return d_x, (d_y * x_hat).sum(axis=leading), d_y.sum(axis=leading)
