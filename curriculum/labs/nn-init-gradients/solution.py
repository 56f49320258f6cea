"""Why depth breaks training: one possible solution."""

import numpy as np


def activation(name):
    """The function and its derivative, both of the pre-activation z."""
    if name == "linear":
        return (lambda z: z), np.ones_like
    if name == "relu":
        return (lambda z: np.maximum(z, 0.0)), (lambda z: (z > 0) * 1.0)
    if name == "tanh":
        return np.tanh, (lambda z: 1.0 - np.tanh(z) ** 2)
    if name == "sigmoid":
        return (lambda z: 0.5 + 0.5 * np.tanh(z / 2)), (lambda z: 0.25 - 0.25 * np.tanh(z / 2) ** 2)
    raise ValueError("unknown activation %r" % (name,))


def init_he(n_in, n_out, rng):
    return rng.normal(0.0, np.sqrt(2.0 / n_in), size=(n_in, n_out))


def init_xavier(n_in, n_out, rng):
    return rng.normal(0.0, np.sqrt(2.0 / (n_in + n_out)), size=(n_in, n_out))


def forward_deep(x, Ws, act, residual=False):
    f, _ = activation(act)
    acts = [x]
    for W in Ws:
        h = acts[-1]
        out = f(h @ W)
        acts.append(h + out if residual else out)
    return acts


def backward_deep(acts, Ws, d_out, act, residual=False):
    _, slope = activation(act)
    d_acts, d_Ws = [d_out], []
    for h, W in zip(acts[-2::-1], Ws[::-1]):
        d = d_acts[0]
        dz = d * slope(h @ W)
        d_Ws.insert(0, h.T @ dz)
        dh = dz @ W.T
        d_acts.insert(0, dh + d if residual else dh)
    return d_acts, d_Ws


def layer_stats(acts):
    return {
        "mean_square": [float((a**2).mean()) for a in acts],
        "var": [float(a.var(axis=0).mean()) for a in acts],
        "dead": [float((a == 0).all(axis=0).mean()) for a in acts],
    }


def grad_norms(grads):
    return [float(np.sqrt((g**2).sum())) for g in grads]


def propagate_variance(depth, gain, act):
    f, _ = activation(act)
    u = np.linspace(-8, 8, 4001)
    weight = np.exp(-(u**2) / 2)
    weight /= weight.sum()
    q = [1.0]
    for _ in range(depth):
        q.append(float((weight * f(gain * np.sqrt(q[-1]) * u) ** 2).sum()))
    return np.array(q)


def critical_gain(act):
    _, slope = activation(act)
    near_zero = np.array([-1e-6, 1e-6])
    return float(1.0 / np.sqrt((slope(near_zero) ** 2).mean()))
