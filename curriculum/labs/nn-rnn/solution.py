"""A recurrent network and back-propagation through time: one possible solution."""

import numpy as np


def rnn_forward(params, x):
    B, T, _ = x.shape
    h = np.zeros((B, T, len(params["b"])))
    before = np.zeros((B, len(params["b"])))
    for t in range(T):
        before = np.tanh(x[:, t] @ params["Wx"] + before @ params["Wh"] + params["b"])
        h[:, t] = before
    return h, (x, h)


def _from_preactivations(params, x, h, d_a):
    """All gradients from those of the pre-activations, summed over batch and time."""
    before = np.concatenate([np.zeros_like(h[:, :1]), h[:, :-1]], axis=1)
    return {
        "Wx": np.einsum("btd,bth->dh", x, d_a),
        "Wh": np.einsum("btg,bth->gh", before, d_a),
        "b": d_a.sum(axis=(0, 1)),
        "x": d_a @ params["Wx"].T,
    }


def rnn_backward(params, cache, d_h):
    x, h = cache
    d_a = np.zeros_like(h)
    from_later = np.zeros_like(h[:, 0])
    for t in reversed(range(h.shape[1])):
        d_a[:, t] = (d_h[:, t] + from_later) * (1 - h[:, t] ** 2)
        from_later = d_a[:, t] @ params["Wh"].T
    return _from_preactivations(params, x, h, d_a)


def bptt_truncated(params, cache, d_h, k):
    x, h = cache
    slope = 1 - h**2
    d_now = d_h * slope
    d_a = d_now.copy()
    for _ in range(min(k, h.shape[1]) - 1):
        carried = np.zeros_like(h)
        carried[:, :-1] = d_now[:, 1:] @ params["Wh"].T
        d_now = carried * slope
        d_a += d_now
    return _from_preactivations(params, x, h, d_a)


def gradient_through_time(params, T):
    product = np.eye(len(params["b"]))
    norms = []
    for _ in range(T + 1):
        norms.append(np.sqrt((product**2).sum()))
        product = product @ params["Wh"]
    return np.array(norms)
