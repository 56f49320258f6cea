"""A transformer block, forwards and backwards. README.md beside this file explains each step; write the functions in this order.

Shapes: B batch, T positions, D width of the stream, H heads of width d = D / H, F width of the MLP. Everything is float64.
None of the functions may change its inputs. For softmax, heads and attention, forwards and backwards, copy your own functions
of the lab tf-attention into this file; README.md repeats the formulas.

`params` is a dict of these twelve arrays; matrices are applied from the right (x @ W), and attention has no biases:

    ln1_g (D,)   ln1_b (D,)   Wq (D, D)   Wk (D, D)   Wv (D, D)   Wo (D, D)
    ln2_g (D,)   ln2_b (D,)   W1 (D, F)   b1 (F,)     W2 (F, D)   b2 (D,)
"""

import numpy as np


def layernorm(x, gain, bias, eps=1e-5):
    """(x - mean) / sqrt(var + eps) * gain + bias, each position by itself.

    x: (..., D). gain, bias: (D,). Mean and variance run over the last axis; the variance divides by D, not by D - 1.
    Returns an array of the shape of x.
    """
    raise NotImplementedError("layernorm")


def layernorm_backward(dy, x, gain, eps=1e-5):
    """The gradients of a loss with respect to the inputs of layernorm.

    dy: (..., D), the gradient with respect to its result; x, gain, eps as given to it.
    Returns (dx, dgain, dbias), of the shapes of x, gain, bias.
    """
    raise NotImplementedError("layernorm_backward")


def gelu(x):
    """0.5 * x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x**3))), entry by entry: the form that GPT-2 uses."""
    raise NotImplementedError("gelu")


def gelu_grad(x):
    """The derivative of gelu at x, entry by entry."""
    raise NotImplementedError("gelu_grad")


def mlp(x, W1, b1, W2, b2):
    """gelu(x W1 + b1) W2 + b2. x: (..., D). Returns (..., D)."""
    raise NotImplementedError("mlp")


def block_forward(params, x, n_heads):
    """A pre-norm block with causal attention.

        a = attention of layernorm(x)             causal, n_heads heads, joined and multiplied by Wo
        middle = x + a
        m = mlp(layernorm(middle))
        y = middle + m

    Attention is multi-head attention as in tf-attention, scores divided by sqrt(d). The first layernorm uses ln1_g and
    ln1_b, the second ln2_g and ln2_b, both eps=1e-5. x: (B, T, D).
    Returns (y, cache): y (B, T, D); cache is whatever you want to keep for the two functions below.
    """
    raise NotImplementedError("block_forward")


def residual_stream_contributions(cache):
    """What the two halves of the block add to the stream.

    cache: from block_forward. Returns {"attn": a, "mlp": m}, both (B, T, D), with x + a + m = y.
    """
    raise NotImplementedError("residual_stream_contributions")


def block_backward(dy, cache):
    """The gradients of a loss with respect to x and all parameters.

    dy: (B, T, D), the gradient with respect to y. cache: from block_forward, for the same params and x.
    Returns (dx, grads): dx (B, T, D); grads a dict with the twelve keys of params and their shapes.
    """
    raise NotImplementedError("block_backward")
