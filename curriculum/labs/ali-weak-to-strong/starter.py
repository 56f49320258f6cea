"""Can a weak supervisor teach a stronger student?

README.md beside this file explains each step; write the functions in this order.

Labels are floats, 0.0 or 1.0. A classifier is a pair (w, b): w (d,) and b float, with the logit X @ w + b.
None of the functions may change its inputs.
"""

import numpy as np


def train_logreg(X, y, l2=1e-3):
    """Logistic regression.

    X: (n, d). y: (n,) labels. Minimises  mean cross-entropy + l2/2 * sum(w²); the bias b is not penalised.
    Returns (w, b). It has converged: every component of the gradient, that of b included, is below 1e-4 in size. The
    method is yours; Newton's is short and fast. A call on 1500 rows and 20 columns should take well under a second.
    """
    raise NotImplementedError("train_logreg")


def weak_labels(w, b, X):
    """The labels that a classifier gives: (n,) floats, 1.0 where the logit is positive and 0.0 elsewhere."""
    raise NotImplementedError("weak_labels")


def three_way_split(n, rng):
    """Random disjoint sets of rows: (teach, transfer, test), int arrays that together hold each of 0..n-1 once.

    teach and transfer have n // 3 rows each, test the rest. rng: np.random.Generator.
    """
    raise NotImplementedError("three_way_split")


def pgr(weak, student, ceiling):
    """Performance gap recovered: 0 when the student is as good as the weak model, 1 when it is as good as the ceiling.

    Accuracies, floats. May be negative or above 1. Raises ValueError when the ceiling is not above the weak model.
    """
    raise NotImplementedError("pgr")


def run_experiment(X_weak, X_strong, y, split, l2=1e-3):
    """The whole comparison.

    X_weak: (n, k), what the weak model sees. X_strong: (n, d), what student and ceiling see. y: (n,) true labels.
    split: (teach, transfer, test) as above.
    The weak model learns the true labels of the teach rows; the student learns the weak model's labels of the transfer
    rows; the ceiling learns the true labels of the transfer rows. All use train_logreg with `l2`.
    Returns a dict of floats: "weak", "student", "ceiling", accuracies against the true labels of the test rows, and
    "pgr".
    """
    raise NotImplementedError("run_experiment")


def imitation_test(student, weak, y):
    """Where does the student follow its supervisor?

    student, weak, y: (n,) labels of the same items. Returns (on_errors, on_right), floats: how often the student's label
    equals the weak one among the items on which the weak label is wrong, and among those on which it is right. 0.0 for
    an empty set.
    """
    raise NotImplementedError("imitation_test")


def confidence_loss_grad(logits, weak, alpha):
    """The loss of Burns et al. (2023) that lets a student trust itself against its supervisor, in a simple form.

    logits: (N,) of the student, up to several hundred in size, none exactly 0. weak: (N,) labels. alpha: from 0 to 1.
    loss = mean of (1 - alpha) * CE(weak, s) + alpha * CE(own, s), with s = sigmoid(logits), own = 1 where the logit is
    positive else 0, and CE(t, s) = -t log s - (1 - t) log(1 - s). `own` is a constant: no gradient flows through it.
    Returns (loss, d_logits): a float and the gradient, (N,).
    """
    raise NotImplementedError("confidence_loss_grad")


def bootstrap_pgr(weak_correct, student_correct, ceiling_correct, reps, rng):
    """A 95 % interval for the performance gap recovered: (low, high), floats.

    The arguments: (n,) bool, for the same n test items, was each model right? reps: number of resamples. rng: Generator.
    A resample draws n items with replacement and keeps the three answers to an item together. low and high are the 2.5
    and 97.5 percentiles of the resampled pgr. The gap is wide enough that no resample closes it.
    """
    raise NotImplementedError("bootstrap_pgr")
