"""A convolutional network from scratch: one possible solution."""

import numpy as np


def _out(size, k, stride, pad):
    return (size + 2 * pad - k) // stride + 1


def im2col(x, k, stride=1, pad=0):
    N, C, H, W = x.shape
    Ho, Wo = _out(H, k, stride, pad), _out(W, k, stride, pad)
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    windows = np.empty((N, Ho, Wo, C, k, k))
    for i in range(k):
        for j in range(k):
            seen = padded[:, :, i : i + stride * Ho : stride, j : j + stride * Wo : stride]
            windows[..., i, j] = seen[:, :, :Ho, :Wo].transpose(0, 2, 3, 1)
    return windows.reshape(N, Ho, Wo, C * k * k)


def conv2d(x, w, b, stride=1, pad=0):
    columns = im2col(x, w.shape[2], stride, pad)
    y = columns @ w.reshape(len(w), -1).T + b
    return y.transpose(0, 3, 1, 2)


def conv2d_backward(d_y, x, w, stride=1, pad=0):
    O, C, k, _ = w.shape
    N, _, Ho, Wo = d_y.shape
    flat = d_y.transpose(0, 2, 3, 1).reshape(-1, O)
    columns = im2col(x, k, stride, pad).reshape(len(flat), -1)
    d_w = (flat.T @ columns).reshape(w.shape)
    d_b = d_y.sum(axis=(0, 2, 3))
    d_windows = (flat @ w.reshape(O, -1)).reshape(N, Ho, Wo, C, k, k)
    d_padded = np.zeros((N, C, x.shape[2] + 2 * pad, x.shape[3] + 2 * pad))
    for i in range(k):
        for j in range(k):
            d_padded[:, :, i : i + stride * Ho : stride, j : j + stride * Wo : stride] += d_windows[..., i, j].transpose(0, 3, 1, 2)
    d_x = d_padded[:, :, pad : pad + x.shape[2], pad : pad + x.shape[3]]
    return d_x, d_w, d_b


def _blocks(x, k):
    """(N, C, H, W) -> (N, C, H/k, W/k, k * k), each block in reading order."""
    N, C, H, W = x.shape
    return x.reshape(N, C, H // k, k, W // k, k).transpose(0, 1, 2, 4, 3, 5).reshape(N, C, H // k, W // k, k * k)


def maxpool2d(x, k):
    return _blocks(x, k).max(axis=-1)


def maxpool2d_backward(d_y, x, k):
    N, C, H, W = x.shape
    blocks = _blocks(x, k)
    first = blocks.argmax(axis=-1)
    d_blocks = (np.arange(k * k) == first[..., None]) * d_y[..., None]
    return d_blocks.reshape(N, C, H // k, W // k, k, k).transpose(0, 1, 2, 4, 3, 5).reshape(x.shape)


def cnn_logits(params, x):
    k = params["w1"].shape[2]
    h = np.maximum(conv2d(x, params["w1"], params["b1"], 1, (k - 1) // 2), 0.0)
    pooled = maxpool2d(h, h.shape[2])[:, :, 0, 0]
    return pooled @ params["w2"] + params["b2"]
