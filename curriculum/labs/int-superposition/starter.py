"""A toy model of superposition. README.md beside this file explains each step; write the functions in this order.

n features pass through m < n hidden numbers: h = W x, and out = relu(Wᵀ h + b). Column i of W is the direction of
feature i. `toy_training.py` beside this file makes data and trains. B counts examples. Everything is float64. None of
the functions may change its inputs.
"""

import numpy as np


def toy_forward(W, b, x):
    """The model.

    W: (m, n). b: (n,). x: (B, n). Returns (h, out): h (B, m), without a nonlinearity; out (B, n), after the ReLU.
    """
    raise NotImplementedError("toy_forward")


def toy_loss_grads(W, b, x, importance):
    """The importance-weighted squared error and its gradients.

    importance: (n,). loss = mean over the B examples of the sum over features of importance[i] * (out[i] - x[i])**2.
    Returns (loss, dW, db): a float, an array of the shape of W, one of the shape of b. W is used twice, to encode and
    to decode; dW holds both contributions. At a pre-activation of exactly 0 take the ReLU's slope as 0.
    """
    raise NotImplementedError("toy_loss_grads")


def interference(W):
    """How much of each feature leaks into each other one.

    Returns (n, n): entry [i, j] is what feature i alone, at value 1, adds to the pre-activation of output j, the dot
    product of the columns i and j of W; the diagonal is 0.
    """
    raise NotImplementedError("interference")


def feature_dims(W):
    """The dimensionality of each feature: the share of a hidden dimension that it has to itself.

    For feature i: |W_i|**2 divided by the sum over all features j (j = i too) of (u_i · W_j)**2, where u_i is W_i
    divided by its length. A column of zeros has dimensionality 0. Returns (n,).
    """
    raise NotImplementedError("feature_dims")


def phase_diagram(densities, train, threshold=0.5):
    """What is stored at each density of the features.

    densities: list of D floats. train: a function that takes a density and returns W (m, n) of a trained model; call
    it once for each density, in order. A feature is stored when the length of its column is above the threshold.
    Returns a dict of arrays: "stored" (D,), the number of stored features; "norms" (D, n), the lengths of the
    columns; "total_dims" (D,), the sum of feature_dims over the features.
    """
    raise NotImplementedError("phase_diagram")
