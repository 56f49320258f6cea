"""Positions: one possible solution."""

import numpy as np


def permutation_gap(attn_fn, x):
    plain = attn_fn(x)
    exchange = np.arange(len(x))
    exchange[:2] = 1, 0
    roll = np.roll(np.arange(len(x)), 1)
    return float(max(np.abs(attn_fn(x[order]) - plain[order]).max() for order in (exchange, roll)))


def _frequencies(d, base):
    return base ** (-2.0 * np.arange(d // 2) / d)


def sinusoidal(T, d, base=10000.0):
    angles = np.arange(T)[:, None] * _frequencies(d, base)
    result = np.zeros((T, d))
    result[:, 0::2], result[:, 1::2] = np.sin(angles), np.cos(angles)
    return result


def shift_matrix(k, d, base=10000.0):
    matrix = np.zeros((d, d))
    for i, angle in enumerate(k * _frequencies(d, base)):
        # sin(a + b) = sin(a) cos(b) + cos(a) sin(b);  cos(a + b) = cos(a) cos(b) - sin(a) sin(b)
        block = [[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]
        matrix[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = block
    return matrix


def rope(x, pos, base=10000.0):
    angles = np.asarray(pos)[:, None] * _frequencies(x.shape[-1], base)
    cos, sin = np.cos(angles), np.sin(angles)
    a, b = x[..., 0::2], x[..., 1::2]
    result = np.empty(x.shape)
    result[..., 0::2] = a * cos - b * sin
    result[..., 1::2] = a * sin + b * cos
    return result


def rope_scores(q, k, pos_q, pos_k, base=10000.0):
    q, k = rope(q, pos_q, base), rope(k, pos_k, base)
    return q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])


def alibi_bias(T, H):
    slopes = 2.0 ** (-8.0 * np.arange(1, H + 1) / H)
    distance = np.arange(T)[:, None] - np.arange(T)
    return np.where(distance >= 0, -slopes[:, None, None] * distance, -np.inf)
