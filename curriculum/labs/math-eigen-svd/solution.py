"""Eigenvectors, singular values and directions: one possible solution."""

import numpy as np


def change_basis(A, P):
    return np.linalg.solve(P, A @ P)


def power_iteration(A, steps, rng):
    v = rng.normal(size=len(A))
    v = v / np.linalg.norm(v)
    for _ in range(steps):
        v = A @ v
        v = v / np.linalg.norm(v)
    return v @ A @ v, v


def deflate(A, val, vec):
    return A - val * np.outer(vec, vec)


def top_k_svd(X, k, steps, rng):
    gram = X.T @ X
    U, S, Vt = [], [], []
    for _ in range(k):
        val, v = power_iteration(gram, steps, rng)
        s = np.sqrt(val)
        U.append(X @ v / s)
        S.append(s)
        Vt.append(v)
        gram = deflate(gram, val, v)
    return np.array(U).T, np.array(S), np.array(Vt)


def low_rank(X, k):
    U, S, Vt = top_k_svd(X, k, 500, np.random.default_rng(0))
    return (U * S) @ Vt


def project(x, directions):
    gram = directions @ directions.T
    coefficients = np.linalg.solve(gram, directions @ x.T).T
    return coefficients @ directions


def explained_variance(X, k):
    centred = X - X.mean(axis=0)
    _, S, _ = top_k_svd(centred, k, 500, np.random.default_rng(0))
    return (S**2).sum() / (centred**2).sum()
