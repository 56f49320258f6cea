"""An autodiff engine: one possible solution."""

import numpy as np


def unbroadcast(grad, shape):
    while grad.ndim > len(shape):
        grad = grad.sum(axis=0)
    stretched = tuple(axis for axis, n in enumerate(shape) if n == 1 and grad.shape[axis] > 1)
    return grad.sum(axis=stretched, keepdims=True)


def topo_order(out):
    order, seen, stack = [], set(), [(out, False)]
    while stack:
        v, parents_done = stack.pop()
        if parents_done:
            order.append(v)
        elif id(v) not in seen:
            seen.add(id(v))
            stack.append((v, True))
            stack.extend((parent, False) for parent in v.parents)
    return order


class Var:
    def __init__(self, data, parents=()):
        self.data = np.array(data, dtype=float)
        self.grad = np.zeros(self.data.shape)
        self.parents = tuple(parents)
        self.pull = None

    def receive(self, grad):
        self.grad = self.grad + unbroadcast(grad, self.data.shape)

    def __add__(self, other):
        other = as_var(other)
        out = Var(self.data + other.data, (self, other))

        def pull():
            self.receive(out.grad)
            other.receive(out.grad)

        out.pull = pull
        return out

    def __mul__(self, other):
        other = as_var(other)
        out = Var(self.data * other.data, (self, other))

        def pull():
            self.receive(out.grad * other.data)
            other.receive(out.grad * self.data)

        out.pull = pull
        return out

    def __matmul__(self, other):
        other = as_var(other)
        out = Var(self.data @ other.data, (self, other))

        def pull():
            self.receive(out.grad @ other.data.T)
            other.receive(self.data.T @ out.grad)

        out.pull = pull
        return out

    def exp(self):
        out = Var(np.exp(self.data), (self,))
        out.pull = lambda: self.receive(out.grad * out.data)
        return out

    def log(self):
        out = Var(np.log(self.data), (self,))
        out.pull = lambda: self.receive(out.grad / self.data)
        return out

    def relu(self):
        out = Var(np.maximum(self.data, 0.0), (self,))
        out.pull = lambda: self.receive(out.grad * (self.data > 0))
        return out

    def sum(self, axis=None):
        out = Var(self.data.sum(axis=axis), (self,))

        def pull():
            grad = out.grad if axis is None else np.expand_dims(out.grad, axis)
            self.receive(np.broadcast_to(grad, self.data.shape))

        out.pull = pull
        return out

    def backward(self):
        order = topo_order(self)
        for v in order:
            if v.parents:
                v.grad = np.zeros(v.data.shape)
        self.grad = self.grad + 1.0
        for v in reversed(order):
            if v.pull:
                v.pull()

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __neg__(self):
        return self * -1.0

    def __sub__(self, other):
        return self + (-other)


def as_var(value):
    return value if isinstance(value, Var) else Var(value)
