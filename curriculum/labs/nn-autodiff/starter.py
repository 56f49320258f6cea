"""An autodiff engine. README.md beside this file explains each step.

Write unbroadcast first, then the operations of Var without their gradients, then topo_order and backward, then the
gradients one operation after the other. Everything is float64.
"""

import numpy as np


def unbroadcast(grad, shape):
    """Undoes broadcasting for a gradient: sums `grad` over the axes along which `shape` was stretched.

    grad: array whose shape is one that `shape` broadcasts to, for instance (3, 4) for the shapes (3, 1), (4,) or ().
    Returns an array of the shape `shape`: each entry is the sum of the entries of grad that came from it.
    """
    raise NotImplementedError("unbroadcast")


def topo_order(out):
    """All Vars that `out` was computed from, and `out` itself.

    Returns a list of Vars: each stands behind all of its parents, each is there once, `out` is the last.
    Chains of 5000 operations occur, so it must not call itself. Time and length grow with the number of Vars, not
    of paths.
    """
    raise NotImplementedError("topo_order")


class Var:
    """An array that remembers how it was computed.

    data: float64 array. grad: the derivative of a loss in data, of the same shape, zero at first. parents: the Vars
    that it was computed from, () for a leaf. pull: a function without arguments that adds to the parents' grad what
    the grad of this Var means for them; None for a leaf.

    `other` in an operation is a Var, a number or an array. An operation returns a new Var and changes no data.
    """

    def __init__(self, data, parents=()):
        self.data = np.array(data, dtype=float)
        self.grad = np.zeros(self.data.shape)
        self.parents = tuple(parents)
        self.pull = None

    def __add__(self, other):
        """self + other, with NumPy's broadcasting."""
        raise NotImplementedError("Var.__add__")

    def __mul__(self, other):
        """self * other entry by entry, with NumPy's broadcasting."""
        raise NotImplementedError("Var.__mul__")

    def __matmul__(self, other):
        """The matrix product of (n, m) and (m, k)."""
        raise NotImplementedError("Var.__matmul__")

    def exp(self):
        """exp of each entry."""
        raise NotImplementedError("Var.exp")

    def log(self):
        """The natural logarithm of each entry; all are > 0."""
        raise NotImplementedError("Var.log")

    def relu(self):
        """max(x, 0) of each entry; at 0 the derivative counts as 0."""
        raise NotImplementedError("Var.relu")

    def sum(self, axis=None):
        """The sum over one axis (an integer, possibly negative), which is gone from the shape; over everything if
        None."""
        raise NotImplementedError("Var.sum")

    def backward(self):
        """Adds to the grad of every leaf behind this Var the derivative of this Var in it.

        This Var holds one number. Grads of leaves add up over calls: a second call adds as much as the first. Grads
        of all Vars with parents start from zero in each call; afterwards they hold the derivative from this call.
        """
        raise NotImplementedError("Var.backward")

    # The rest is written with the operations above.

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + (-other)
