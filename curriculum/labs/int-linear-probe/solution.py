"""Linear probes: one possible solution."""

import numpy as np


def standardise(X_train, X_test):
    mean, sd = X_train.mean(axis=0), X_train.std(axis=0)
    sd = np.where(sd > 0, sd, 1.0)
    return (X_train - mean) / sd, (X_test - mean) / sd


def fit_probe(X, y, l2):
    """Newton's method on the weights and the intercept together."""
    N, D = X.shape
    A = np.column_stack([X, np.ones(N)])
    penalty = l2 * np.append(np.ones(D), 0.0)
    theta = np.zeros(D + 1)
    for _ in range(100):
        p = 1 / (1 + np.exp(-np.clip(A @ theta, -500, 500)))
        grad = A.T @ (p - y) / N + penalty * theta
        if np.abs(grad).max() < 1e-8:
            break
        hessian = (A.T * (p * (1 - p) + 1e-9)) @ A / N + np.diag(penalty)
        theta = theta - _damped(np.linalg.solve(hessian, grad))
    return theta[:-1], float(theta[-1])


def _damped(step):
    return step * min(1.0, 5.0 / (np.linalg.norm(step) + 1e-12))


def probe_accuracy(w, b, X, y):
    return float(((X @ w + b > 0) == (y == 1)).mean())


def held_out_accuracy(X_train, y_train, X_test, y_test, l2):
    train, test = standardise(X_train, X_test)
    w, b = fit_probe(train, y_train, l2)
    return probe_accuracy(w, b, test, y_test)


def difference_of_means(X, y):
    difference = X[y == 1].mean(axis=0) - X[y == 0].mean(axis=0)
    return difference / np.linalg.norm(difference)


def control_task(ids, rng):
    types, which = np.unique(ids, return_inverse=True)
    labels = rng.integers(0, 2, len(types))
    return labels[which]


def selectivity(X_train, y_train, ids_train, X_test, y_test, ids_test, l2, rng):
    control = control_task(np.concatenate([ids_train, ids_test]), rng)
    control_train, control_test = control[: len(ids_train)], control[len(ids_train) :]
    task_accuracy = held_out_accuracy(X_train, y_train, X_test, y_test, l2)
    return task_accuracy - held_out_accuracy(X_train, control_train, X_test, control_test, l2)


def ablate_direction(h, d):
    unit = d / np.linalg.norm(d)
    return h - np.outer(h @ unit, unit)


def causal_effect(model, h, d):
    return float(np.abs(model(h) - model(ablate_direction(h, d))).mean())
