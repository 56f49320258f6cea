"""Sparse features, and training for the toy model of superposition. Yours to read and to play with; nothing to write here."""

import numpy as np


def sample(rng, batch, n, density):
    """(batch, n): each feature is active with probability `density`, and then uniform in 0 to 1; otherwise 0."""
    return rng.random((batch, n)) * (rng.random((batch, n)) < density)


def importance(n):
    """(n,): how much the loss minds errors in each feature, 1, 0.9, 0.81 and so on."""
    return 0.9 ** np.arange(n)


def train(loss_grads, density, seed=0, n=20, m=5, steps=350, batch=128, rate=0.04):
    """Trains W (m, n) and b (n,) with Adam. loss_grads is your `toy_loss_grads`. Returns (W, b)."""
    rng = np.random.default_rng(seed)
    params = [0.3 * rng.normal(size=(m, n)), np.zeros(n)]
    means, squares = [0.0, 0.0], [0.0, 0.0]
    for step in range(1, steps + 1):
        grads = loss_grads(params[0], params[1], sample(rng, batch, n, density), importance(n))[1:]
        slower = min(1.0, 2 * (1 - step / steps))
        for i, grad in enumerate(grads):
            means[i] = 0.9 * means[i] + 0.1 * grad
            squares[i] = 0.99 * squares[i] + 0.01 * grad**2
            size = np.sqrt(squares[i] / (1 - 0.99**step)) + 1e-9
            params[i] = params[i] - rate * slower * means[i] / (1 - 0.9**step) / size
    return params[0], params[1]
