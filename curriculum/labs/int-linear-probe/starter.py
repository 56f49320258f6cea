"""Linear probes. README.md beside this file explains each step; write the functions in this order.

Shapes: N examples, D width of the hidden states. X and h are (N, D) float64, y is (N,) of 0 and 1. None of the functions may
change its inputs.
"""

import numpy as np


def standardise(X_train, X_test):
    """Both sets, shifted and scaled column by column with the numbers of the *training* set.

    X_train: (N, D), X_test: (M, D). Subtract the training mean of each column and divide by its training standard deviation
    (which divides by N, not N - 1). A column that is constant in training is only shifted.
    Returns (train, test), of the shapes of X_train and X_test.
    """
    raise NotImplementedError("standardise")


def fit_probe(X, y, l2):
    """Logistic regression with a penalty on the weights.

    Minimises   mean over examples of log(1 + exp(-s * (x · w + b)))  +  l2 / 2 * (w · w)   with s = 1 for y = 1, else -1.
    The intercept b is not penalised. X: (N, D), with columns of comparable size. l2 > 0.
    Returns (w, b): w (D,), b one float, so close to the minimum that every derivative of the objective with respect to w and
    b is below 0.00001 in absolute value.
    """
    raise NotImplementedError("fit_probe")


def probe_accuracy(w, b, X, y):
    """The share of examples that the probe gets right, one float. It answers 1 where x · w + b > 0, and 0 elsewhere."""
    raise NotImplementedError("probe_accuracy")


def held_out_accuracy(X_train, y_train, X_test, y_test, l2):
    """Standardises, fits a probe on the training set and returns its accuracy on the test set."""
    raise NotImplementedError("held_out_accuracy")


def difference_of_means(X, y):
    """The direction from the mean of the examples with y = 0 to the mean of those with y = 1: (D,), of length 1."""
    raise NotImplementedError("difference_of_means")


def control_task(ids, rng):
    """Labels without meaning, as a yardstick for probes.

    ids: (N,) of int, the type (the word, say) of each example; types repeat. Every type gets one label by a fair coin, and
    all its examples carry that label. Draw them all at once: rng.integers(0, 2, number of types), for the types in
    increasing order. Returns (N,) of int, 0 or 1.
    """
    raise NotImplementedError("control_task")


def selectivity(X_train, y_train, ids_train, X_test, y_test, ids_test, l2, rng):
    """How much better a probe does on the task than on a control task.

    Calls control_task once, for the training and test ids together (training first), so that a type has one label in
    both. Returns the held-out accuracy with y minus the held-out accuracy with the control labels, one float.
    """
    raise NotImplementedError("selectivity")


def ablate_direction(h, d):
    """Removes from each row of h what lies along d.

    h: (N, D). d: (D,), not zero and of any length. Returns (N, D), whose rows are orthogonal to d.
    """
    raise NotImplementedError("ablate_direction")


def causal_effect(model, h, d):
    """How much a model's output changes, on average, when it cannot read the direction d.

    model: a function that takes (N, D) and returns (N,), one number for each row. h: (N, D). d: (D,), not zero.
    Returns one float: the mean over the rows of |model(h) - model(h without d)|.
    """
    raise NotImplementedError("causal_effect")
