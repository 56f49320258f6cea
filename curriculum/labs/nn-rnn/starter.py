"""A recurrent network and back-propagation through time. README.md beside this file explains each step.

Shapes: B sequences, T steps, D inputs, H hidden units. params is a dict with
    "Wx" (D, H), "Wh" (H, H), "b" (H,), applied from the right.
Everything is float64. None of the functions may change its inputs.
"""

import numpy as np


def rnn_forward(params, x):
    """The hidden states of a tanh network.

        h_t = tanh(x_t @ Wx + h_(t-1) @ Wh + b)        with h = 0 before the first step

    x: (B, T, D). Returns (h, cache): h (B, T, H), and what you want to have in rnn_backward.
    """
    raise NotImplementedError("rnn_forward")


def rnn_backward(params, cache, d_h):
    """Back-propagation through time: the gradients of a loss.

    d_h: (B, T, H). d_h[:, t] is how the loss depends on h_t *directly*; what comes through later steps you add yourself.
    cache: from rnn_forward. Returns {"Wx": (D, H), "Wh": (H, H), "b": (H,), "x": (B, T, D)}.
    """
    raise NotImplementedError("rnn_backward")


def bptt_truncated(params, cache, d_h, k):
    """The same, but what the loss at step t says is carried back through k steps only: t, t-1, ..., t-k+1.

    So d_h[:, t] contributes to the gradients through the inputs x_t, x_(t-1), ..., x_(t-k+1) (as far as these exist) and through
    the corresponding uses of Wh and b, and to nothing earlier. k: 1 ... T, or more. k = 1 uses step t alone: h_(t-1) counts as
    given. k >= T is rnn_backward. Returns the same dict.
    """
    raise NotImplementedError("bptt_truncated")


def gradient_through_time(params, T):
    """How a small change of the hidden state grows or fades, near h = 0.

    Near 0 tanh has slope 1, so a change of h_t reaches h_(t+j) through the matrix Wh multiplied with itself j times.
    Returns an array of T + 1 numbers: for j = 0 ... T the Frobenius norm (root of the sum of the squares) of that product; for
    j = 0 it is the norm of the identity, sqrt(H).
    """
    raise NotImplementedError("gradient_through_time")
