"""Eigenvectors, singular values and directions. README.md beside this file explains each step.

Write the functions in this order. The decompositions of np.linalg (eig, eigh, svd and their like) are what you
build, so they are not allowed; solve, inv, norm and qr are. Where a function below has no steps or rng among its
arguments, both are for you to choose. Everything is float64. None of the functions may change its inputs.
"""

import numpy as np


def change_basis(A, P):
    """The matrix, in the basis of the columns of P, of the map that has the matrix A in the standard basis.

    A: (n, n). P: (n, n), invertible, not necessarily orthogonal. Returns B, (n, n): if c are the coordinates of a
    vector in the new basis (the vector is P @ c), then B @ c are the new coordinates of its image.
    """
    raise NotImplementedError("change_basis")


def power_iteration(A, steps, rng):
    """The eigenvalue of largest absolute value and its eigenvector.

    A: (n, n), symmetric; one eigenvalue is larger than all others in absolute value. It may be negative, and the
    entries of A may be of any size (1e-6 to 1e6). steps: how many times to multiply by A, some hundreds. rng: a
    numpy Generator, for the start.
    Returns (val, vec): val a float with its sign, vec (n,) of length 1. Either sign of vec is right.
    """
    raise NotImplementedError("power_iteration")


def deflate(A, val, vec):
    """A without one of its eigenvectors: the same matrix, except that the eigenvalue of vec becomes 0.

    A: (n, n), symmetric. val: an eigenvalue. vec: (n,), its eigenvector, of length 1. Returns (n, n).
    """
    raise NotImplementedError("deflate")


def top_k_svd(X, k, steps, rng):
    """The k largest singular values of X with their vectors.

    X: (n, d), n smaller or larger than d. 1 <= k <= rank of X. Neighbouring singular values differ by a factor of
    1.25 or more.
    steps: multiplications for each singular value. rng: a numpy Generator.
    Returns (U, S, Vt): U (n, k) with orthonormal columns, S (k,) positive and descending, Vt (k, d) with
    orthonormal rows; X @ Vt[i] = S[i] * U[:, i]. Either sign is right, for U[:, i] and Vt[i] together.
    """
    raise NotImplementedError("top_k_svd")


def low_rank(X, k):
    """The matrix of rank k that is closest to X (smallest sum of squared differences). X as in top_k_svd; returns
    (n, d)."""
    raise NotImplementedError("low_rank")


def project(x, directions):
    """The projection of each row of x on the space that the directions span.

    x: (N, n). directions: (k, n) with k < n, linearly independent rows, in general neither of length 1 nor
    orthogonal to each other.
    Returns (N, n): the point of that space nearest to each row.
    """
    raise NotImplementedError("project")


def explained_variance(X, k):
    """The fraction of the variance of X that its first k principal components explain, between 0 and 1.

    X: (n, d), one sample a row. Variance is taken about the mean of each column: it is summed over the columns.
    """
    raise NotImplementedError("explained_variance")
