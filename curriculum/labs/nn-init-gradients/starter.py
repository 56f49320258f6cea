"""Why depth breaks training. README.md beside this file explains each step; write the functions in this order.

Shapes: B examples in a batch, n units in a layer. Weights are applied from the right: z = h @ W with h (B, n_in) and
W (n_in, n_out). There are no biases. Everything is float64. None of the functions may change its inputs.
"""

import numpy as np


def activation(name):
    """Given: the function and its derivative, both of the pre-activation z. name: "linear", "relu", "tanh" or "sigmoid"."""
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
    """Weights for a layer before ReLU: (n_in, n_out), independent, normal, mean 0, variance 2 / n_in.

    rng: a numpy.random.Generator, the only source of chance.
    """
    raise NotImplementedError("init_he")


def init_xavier(n_in, n_out, rng):
    """Weights by Glorot and Bengio: (n_in, n_out), independent, normal, mean 0, variance 2 / (n_in + n_out)."""
    raise NotImplementedError("init_xavier")


def forward_deep(x, Ws, act, residual=False):
    """All activations of a deep network.

    x: (B, n_0). Ws: list of L matrices, Ws[l] of shape (n_l, n_(l+1)). act: a name that `activation` knows.
    Layer l computes f(h @ Ws[l]); with residual=True it computes h + f(h @ Ws[l]) (all widths are equal then).
    Returns a list of L + 1 arrays: x itself first, the output of the last layer last.
    """
    raise NotImplementedError("forward_deep")


def backward_deep(acts, Ws, d_out, act, residual=False):
    """The gradients of a loss, backwards through forward_deep.

    acts: what forward_deep returned. d_out: the gradient of the loss with respect to acts[-1]. The rest as there.
    Returns (d_acts, d_Ws): d_acts[l] is the gradient with respect to acts[l] (so d_acts[-1] equals d_out, L + 1 arrays),
    d_Ws[l] that with respect to Ws[l] (L arrays). Nothing is divided by B: the loss has done that.
    """
    raise NotImplementedError("backward_deep")


def layer_stats(acts):
    """What to look at in each layer. acts: list of (B, n_l) arrays.

    Returns a dict of lists with one float for each array, in order:
        "mean_square"  the mean of the squares of all its entries
        "var"          the variance of each unit over the examples of the batch (divided by B), averaged over the units
        "dead"         the fraction of units that are exactly 0 for every example
    """
    raise NotImplementedError("layer_stats")


def grad_norms(grads):
    """The Euclidean norm of each array, sqrt(sum of the squares of its entries), as a list of floats."""
    raise NotImplementedError("grad_norms")


def propagate_variance(depth, gain, act):
    """The mean square that theory predicts in each layer of a very wide network, without building one.

    The weights have variance gain**2 / n_in and the input has mean square q_0 = 1. In a wide layer the pre-activations are
    normal with mean 0 and variance gain**2 * q, so
        q_(l+1) = expectation of f(gain * sqrt(q_l) * u)**2 over a standard normal u.
    Take the expectation by numerical integration, exact to a relative error of 1e-4 (a grid of a few thousand points
    from -8 to 8 with the normal density as weights will do). No random draws.
    Returns an array of depth + 1 values: 1, q_1, ..., q_depth.
    """
    raise NotImplementedError("propagate_variance")


def critical_gain(act):
    """The gain at which a gradient passes a layer unchanged when all pre-activations are close to 0.

    It solves gain**2 * E[f'(u)**2] = 1, where u is normal with mean 0 and a spread so small that only the slopes of f just
    left and just right of 0 count. Returns a float, for each of the four activations.
    """
    raise NotImplementedError("critical_gain")
