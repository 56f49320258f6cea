"""Derivatives and the chain rule. README.md beside this file explains each step; write the functions in this order.

Everything is float64. None of the functions may change its inputs.
"""

import numpy as np


def numeric_grad(f, x, h=1e-5):
    """The gradient of f at x by centred differences.

    f: takes an array of the shape of x, returns one number. x: array of any shape. h: how far to go to either side.
    Returns an array of the shape of x. Its error falls like h squared (until rounding takes over).
    """
    raise NotImplementedError("numeric_grad")


def jacobian(f, x, h=1e-5):
    """The Jacobian of f at x by centred differences.

    f: takes an array (n,), returns an array (m,). x: (n,). Returns J, (m, n): J[i, j] is the derivative of output i
    in input j.
    """
    raise NotImplementedError("jacobian")


def d_sigmoid(x):
    """The derivative of 1 / (1 + exp(-x)), entry by entry.

    x: array of any shape, entries up to 1000 in size, where the result is 0 and not NaN. Returns an array of that
    shape.
    """
    raise NotImplementedError("d_sigmoid")


def d_softmax(x):
    """The Jacobian of softmax at x: (n,) -> (n, n); entry (i, j) is the derivative of softmax(x)[i] in x[j].

    x may hold values of 1000 and more.
    """
    raise NotImplementedError("d_softmax")


def d_cross_entropy(logits, y):
    """The gradient, in the logits, of the mean cross-entropy of a batch.

    logits: (N, C); values of 1000 and more may occur. y: (N,) integers in 0 .. C-1, the right classes.
    The loss is the mean over the N examples of -log softmax(logits)[n, y[n]]. Returns (N, C).
    """
    raise NotImplementedError("d_cross_entropy")


def chain(jacobians):
    """The Jacobian of a composition of maps.

    jacobians: list of one or more arrays, the map that is applied first comes first: shapes (n1, n0), (n2, n1), ...,
    (nk, n(k-1)). Returns (nk, n0).
    The product is computed from the output's end: if the last array has one row, no intermediate result has more.
    """
    raise NotImplementedError("chain")


def gradient_descent(f_grad, x0, lr, steps):
    """The points that gradient descent visits.

    f_grad: takes a point (n,), returns the gradient of f there, (n,). x0: (n,), the start. lr: step size. steps:
    how many steps.
    Returns (steps + 1, n): row 0 is x0, row t the point after t steps.
    """
    raise NotImplementedError("gradient_descent")
