"""Attention from scratch. README.md beside this file explains each step; write the functions in this order.

Shapes: B batch, H heads, T positions of the queries, S positions of the keys, d width of a head, D = H * d.
Everything is float64. None of the functions may change its inputs.
"""

import numpy as np


def softmax(x, axis=-1):
    """exp(x) / sum(exp(x)) along one axis.

    x: array of any shape. It may hold values of 1000 and more, and -inf; no row is -inf throughout.
    Returns an array of the same shape whose entries along `axis` sum to 1.
    """
    raise NotImplementedError("softmax")


def causal_mask(n):
    """Which positions may be looked at: (n, n) bool, True where the column (key) is not later than the row (query)."""
    raise NotImplementedError("causal_mask")


def attention(q, k, v, mask=None):
    """Scaled dot-product attention.

    q: (..., T, d), k: (..., S, d), v: (..., S, m). The leading axes are equal.
    mask: bool, broadcasts to (..., T, S); False means that the query must not see that key. None: all is seen.
    Returns (out, weights): out (..., T, m), weights (..., T, S), each row of which sums to 1.
    """
    raise NotImplementedError("attention")


def split_heads(x, n_heads):
    """(B, T, D) -> (B, H, T, d) with d = D / H: head h gets the columns h*d to (h+1)*d of every position."""
    raise NotImplementedError("split_heads")


def merge_heads(x):
    """(B, H, T, d) -> (B, T, D): the inverse of split_heads."""
    raise NotImplementedError("merge_heads")


def multi_head_attention(x, Wq, Wk, Wv, Wo, n_heads, causal=True):
    """Multi-head self-attention without biases.

    x: (B, T, D). Wq, Wk, Wv, Wo: (D, D), applied from the right (x @ W). causal: no position sees a later one.
    Returns (B, T, D).
    """
    raise NotImplementedError("multi_head_attention")


def attention_backward(d_out, q, k, v, weights):
    """The gradients of a loss with respect to q, k and v.

    d_out: (..., T, m), the gradient with respect to attention's `out`. weights: what attention returned.
    q, k, v as in `attention`. A masked weight is 0, and its gradient takes care of itself.
    Returns (dq, dk, dv), of the shapes of q, k, v.
    """
    raise NotImplementedError("attention_backward")
