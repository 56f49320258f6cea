"""Positions. README.md beside this file explains each step; write the functions in this order.

Shapes: T positions, d width (even), H heads. Everything is float64. None of the functions may change its inputs.
"""

import numpy as np


def permutation_gap(attn_fn, x):
    """How far a function of a sequence is from treating all positions alike.

    attn_fn: takes an array (T, D) and returns an array (T, m), m of any size. x: (T, D), T at least 2.
    A function that knows nothing of positions gives the same outputs in another order when its inputs come in another
    order: attn_fn(x[order]) equals attn_fn(x)[order]. Try two orders:
    exchange: positions 1, 0, 2, 3, ..., T - 1        (the first two change places)
    roll:     positions T - 1, 0, 1, ..., T - 2       (the last one comes to the front)
    Every order is reached by repeating these two.
    Returns the largest absolute difference over both orders and all entries, one float: 0, up to rounding, when positions
    do not matter.
    """
    raise NotImplementedError("permutation_gap")


def sinusoidal(T, d, base=10000.0):
    """The sinusoidal encoding of the positions 0 to T - 1.

    d: even. Returns (T, d): for i = 0 to d/2 - 1, with angle = position / base ** (2 * i / d), column 2i holds sin(angle)
    and column 2i + 1 holds cos(angle).
    """
    raise NotImplementedError("sinusoidal")


def shift_matrix(k, d, base=10000.0):
    """The matrix that moves an encoding k positions on.

    k: a whole number, also negative. d: even.
    Returns M, (d, d), with sinusoidal(T, d, base)[p] @ M = the encoding of position p + k, for every p. M does not depend
    on p.
    """
    raise NotImplementedError("shift_matrix")


def rope(x, pos, base=10000.0):
    """Rotary embedding: turns each pair of coordinates by an angle that grows with the position.

    x: (..., T, d), d even. pos: (T,) of numbers, the position of each row; they need not begin at 0 nor follow each other.
    For i = 0 to d/2 - 1, with angle = pos / base ** (2 * i / d), the pair (a, b) = (column 2i, column 2i + 1) becomes
    (a cos(angle) - b sin(angle), a sin(angle) + b cos(angle)).
    Returns an array of the shape of x.
    """
    raise NotImplementedError("rope")


def rope_scores(q, k, pos_q, pos_k, base=10000.0):
    """Attention scores with rotary positions.

    q: (..., T, d), k: (..., S, d). pos_q: (T,), pos_k: (S,).
    Returns (..., T, S): the dot products of the rotated queries with the rotated keys, divided by sqrt(d). No mask.
    """
    raise NotImplementedError("rope_scores")


def alibi_bias(T, H):
    """ALiBi: what is added to the scores of each head so that distant keys count less.

    H: a power of two. Head h (h = 0 to H - 1) has the slope 2 ** (-8 * (h + 1) / H).
    Returns (H, T, T), row = query, column = key: minus slope times the distance (query - key) for keys that are not later
    than the query, and -inf for later keys.
    """
    raise NotImplementedError("alibi_bias")
