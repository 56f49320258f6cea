"""Activations with known features, and training for a sparse autoencoder. Yours to read and to play with; nothing to write here."""

import numpy as np


def directions(rng, n=16, d=8):
    """(n, d): n directions of length 1 in d dimensions, pushed apart until no two are closer than a cosine of about 0.4."""
    rows = rng.normal(size=(n, d))
    for _ in range(200):
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        overlap = rows @ rows.T
        np.fill_diagonal(overlap, 0)
        rows = rows - 0.2 * (overlap**3) @ rows
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def activations(rng, features, count=2000, density=0.1):
    """(count, d): sums of the active features, each with strength 0.5 to 1.5, plus one offset that all rows share."""
    n, d = features.shape
    strengths = rng.uniform(0.5, 1.5, (count, n)) * (rng.random((count, n)) < density)
    return strengths @ features + rng.normal(size=d)


def train(h, lam, rng, loss_grads, normalize, project, k=24, steps=300, batch=128, rate=0.03):
    """Trains with Adam and returns the parameters P.

    loss_grads, normalize, project: your sae_loss_grads, normalize_decoder and project_decoder_grad.
    """
    decoder = normalize(rng.normal(size=(k, h.shape[1])))
    P = {"W_enc": decoder.T.copy(), "b_enc": np.zeros(k), "W_dec": decoder, "b_dec": h.mean(axis=0)}
    means, squares = {name: 0.0 for name in P}, {name: 0.0 for name in P}
    for step in range(1, steps + 1):
        grads = dict(loss_grads(P, h[rng.integers(0, len(h), batch)], lam)[1])
        grads["W_dec"] = project(P["W_dec"], grads["W_dec"])
        slower = min(1.0, 2 * (1 - step / steps))
        for name in P:
            means[name] = 0.9 * means[name] + 0.1 * grads[name]
            squares[name] = 0.99 * squares[name] + 0.01 * grads[name] ** 2
            size = np.sqrt(squares[name] / (1 - 0.99**step)) + 1e-9
            P[name] = P[name] - rate * slower * means[name] / (1 - 0.9**step) / size
        P["W_dec"] = normalize(P["W_dec"])
    return P
