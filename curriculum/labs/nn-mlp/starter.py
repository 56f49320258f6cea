"""A multilayer perceptron by hand. README.md beside this file explains each step; write the functions in this order.

Parameters are a list with one pair (W, b) for each layer: W (fan_in, fan_out), b (fan_out,). Gradients have the
same form. Layers but the last are followed by relu; the last gives the logits. N examples, C classes, d inputs.
Everything is float64. None of the functions may change its inputs.
"""

import numpy as np


def init_params(sizes, rng):
    """Random parameters for layers of the given widths.

    sizes: [d, hidden, ..., C], at least two numbers. rng: a numpy Generator.
    W of each layer but the last: normal, mean 0, variance 2 / fan_in (He). W of the last: normal, mean 0, standard
    deviation 0.1 / sqrt(fan_in), so that the first logits are small. All b are 0. Returns the list of pairs (W, b).
    """
    raise NotImplementedError("init_params")


def forward(params, x):
    """The logits of a batch. x: (N, d). Returns (logits, cache): logits (N, C), and whatever `backward` needs to
    know again."""
    raise NotImplementedError("forward")


def softmax_cross_entropy(logits, y):
    """The mean cross-entropy of a batch and its gradient.

    logits: (N, C); values of 1e4 may occur, and then all results are still finite and right.
    y: (N,) integers in 0 .. C-1.
    Returns (loss, dlogits): loss a float, the mean over the batch of -log softmax(logits)[n, y[n]]; dlogits (N, C).
    """
    raise NotImplementedError("softmax_cross_entropy")


def backward(params, cache, dlogits):
    """The gradients of the loss in all parameters.

    cache: from `forward` with the same params. dlogits: (N, C), the gradient in the logits, as
    softmax_cross_entropy gives it: already divided by N. Returns a list of pairs (dW, db), in the order of params.
    The slope of relu at 0 counts as 0.
    """
    raise NotImplementedError("backward")


def sgd_step(params, grads, lr):
    """New parameters, one step of size lr downhill. The arrays in params stay as they are."""
    raise NotImplementedError("sgd_step")


def accuracy(params, X, y):
    """The fraction of examples whose largest logit is that of the right class, a float. X: (N, d), y: (N,)."""
    raise NotImplementedError("accuracy")


def train(params, X, y, lr, epochs, batch, rng):
    """Trains by stochastic gradient descent.

    X: (N, d), y: (N,). In each epoch the examples are put in a new random order (drawn from rng) and cut into
    batches of `batch` examples, the last of which may be smaller; each batch gives one step.
    Returns (params, losses): the trained parameters, and a list of one float for each epoch: the mean over its
    batches of the loss that the batch had before its step. The params, X and y of the caller stay as they are.
    """
    raise NotImplementedError("train")
