"""A toy model of superposition: one possible solution."""

import numpy as np


def toy_forward(W, b, x):
    h = x @ W.T
    return h, np.maximum(h @ W + b, 0)


def toy_loss_grads(W, b, x, importance):
    h, out = toy_forward(W, b, x)
    error = out - x
    loss = (importance * error**2).sum() / len(x)
    d_pre = 2 * importance * error * (out > 0) / len(x)
    d_decode = h.T @ d_pre
    d_encode = (d_pre @ W.T).T @ x
    return loss, d_decode + d_encode, d_pre.sum(axis=0)


def interference(W):
    overlap = W.T @ W
    np.fill_diagonal(overlap, 0)
    return overlap


def feature_dims(W):
    lengths = np.linalg.norm(W, axis=0)
    units = W / np.where(lengths > 0, lengths, 1)
    shared = ((units.T @ W) ** 2).sum(axis=1)
    return np.where(lengths > 0, lengths**2 / np.where(shared > 0, shared, 1), 0)


def phase_diagram(densities, train, threshold=0.5):
    models = [train(density) for density in densities]
    norms = np.array([np.linalg.norm(W, axis=0) for W in models])
    return {
        "stored": (norms > threshold).sum(axis=1),
        "norms": norms,
        "total_dims": np.array([feature_dims(W).sum() for W in models]),
    }
