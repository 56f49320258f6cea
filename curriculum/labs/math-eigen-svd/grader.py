import numpy as np

from aisafe_lab import check, close, fail, same_shape, truthy


def orthogonal(n, rng):
    return np.linalg.qr(rng.normal(size=(n, n)))[0]


def symmetric(values, rng):
    """A symmetric matrix with these eigenvalues; its eigenvectors are the columns of Q."""
    Q = orthogonal(len(values), rng)
    return (Q * values) @ Q.T, Q


def planted(n, d, values, rng):
    """A matrix (n, d) with these singular values, and its singular vectors."""
    U, V = orthogonal(n, rng)[:, : len(values)], orthogonal(d, rng)[:, : len(values)]
    return (U * values) @ V.T, U, V


def shapes(rng):
    """One tall and one wide matrix, with singular values a factor of 1.6 apart."""
    small, large = (int(n) for n in rng.permutation([5, 6]) + [0, 3])
    for n, d in ((large, small), (small, large)):
        values = 4.0 * 1.6 ** -np.arange(small) * rng.uniform(0.95, 1.05, small)
        yield (n, d, values) + planted(n, d, values, rng)


@check("change-basis", "change_basis gives the same map in new coordinates", uses=["change_basis"], hint="basis")
def _(lab):
    change_basis = lab.fn("change_basis", returns="array")
    n = int(lab.rng.integers(3, 6))
    P = orthogonal(n, lab.rng) * lab.rng.uniform(0.5, 2.0, n) + 0.3 * lab.rng.normal(size=(n, n)) / n
    B = lab.rng.normal(size=(n, n))
    inverse = np.linalg.inv(P)
    A = P @ B @ inverse
    close(
        change_basis(A, P),
        B,
        "change_basis(A, P)",
        rtol=1e-5,
        atol=1e-6,
        alternatives={
            "you form P A P⁻¹: this reads A as written in the new basis and translates it back": lambda: P @ A @ inverse,
            "you use the transpose of P for its inverse, which holds only when its columns are orthonormal": lambda: P.T @ A @ P,
            "you stop at A P: the columns are right vectors in old coordinates": lambda: A @ P,
            "you stop at P⁻¹ A: the input is still in old coordinates": lambda: inverse @ A,
        },
    )


def angle_off(vec, want):
    """0 for the same direction, whatever the sign."""
    return min(np.abs(vec - want).max(), np.abs(vec + want).max())


def look_at_pair(A, val, vec, want, Q, what):
    same_shape(vec, (len(A),), what + ": vec")
    truthy(
        np.isfinite(val) and np.isfinite(vec).all(),
        "%s: NaN or infinity comes back. Multiplying by A hundreds of times makes v overflow or vanish: divide it by its length each time" % what,
    )
    length = np.linalg.norm(vec)
    truthy(abs(length - 1) < 1e-6, "%s: vec has length %.6g, and should have length 1" % (what, length))
    close(val, want, what + ": val", rtol=1e-6, atol=0, alternatives={"the sign of the eigenvalue is lost, as when the length of A v is taken": abs(want)})
    if angle_off(vec, Q) > 1e-5:
        left = np.abs(A @ vec - val * vec).max()
        fail("%s: vec is not an eigenvector: A vec and val * vec differ by up to %.3g" % (what, left))


@check("power", "power_iteration finds the dominant eigenvalue and its eigenvector", uses=["power_iteration"], hint="power")
def _(lab):
    power = lab.fn("power_iteration", returns=("float", "array"))
    values = np.array([2.5, -1.5, 1.1, 0.6, -0.2])[: int(lab.rng.integers(3, 6))]
    A, Q = symmetric(values, lab.rng)
    val, vec = power(A, 100, lab.rng)
    look_at_pair(A, val, vec, 2.5, Q[:, 0], "power_iteration of a matrix with eigenvalues %s" % values)


@check("power-sign", "a dominant eigenvalue below zero keeps its sign", uses=["power_iteration"], needs=["power"], hint="power")
def _(lab):
    power = lab.fn("power_iteration", returns=("float", "array"))
    A, Q = symmetric(np.array([1.5, -3.0, 0.7, 0.2]), lab.rng)
    for steps in (100, 101):
        val, vec = power(A, steps, lab.rng)
        look_at_pair(A, val, vec, -3.0, Q[:, 1], "power_iteration of a matrix with dominant eigenvalue -3, %d steps" % steps)


@check("power-scale", "500 steps neither overflow nor vanish", uses=["power_iteration"], needs=["power"], hint="power")
def _(lab):
    power = lab.fn("power_iteration", returns=("float", "array"))
    A, Q = symmetric(np.array([2.0, 1.2, -0.8, 0.4]), lab.rng)
    for scale in (1e5, 1e-5):
        val, vec = power(A * scale, 500, lab.rng)
        look_at_pair(A * scale, val, vec, 2.0 * scale, Q[:, 0], "power_iteration of a matrix with entries near %.0e, 500 steps" % scale)


@check("power-start", "the start is random, so no eigenvector is missed", uses=["power_iteration"], needs=["power"], hint="power")
def _(lab):
    power = lab.fn("power_iteration", returns=("float", "array"))
    n = 5
    top = np.zeros(n)
    top[1:3] = np.array([1.0, -1.0]) / np.sqrt(2)
    basis = np.linalg.qr(np.column_stack([top, np.ones(n), np.eye(n)[0], lab.rng.normal(size=(n, 2))]))[0]
    A = (basis * np.array([2.0, 1.0, 0.5, 0.4, 0.3])) @ basis.T
    for start in range(5):
        val, vec = power(A, 30, np.random.default_rng([lab.seed, start]))
        same_shape(vec, (n,), "power_iteration: vec")
        truthy(
            abs(val - 2.0) < 1e-3,
            "the eigenvalue 2 is missed, %.6g comes back: its eigenvector has sum 0 and a 0 in front, so that a start such as (1, ..., 1) or "
            "(1, 0, ..., 0) has no part along it. Draw the start from rng" % val,
        )


@check("deflate", "deflate takes one eigenvector out and leaves the others", uses=["deflate"], hint="deflation")
def _(lab):
    deflate = lab.fn("deflate", returns="array")
    values = np.array([3.0, -2.0, 1.3, 0.5])
    A, Q = symmetric(values, lab.rng)
    at = int(lab.rng.integers(0, 2))
    rest = values.copy()
    rest[at] = 0.0
    want = sum(value * np.outer(q, q) for value, q in zip(rest, Q.T))
    v = Q[:, at].copy()
    close(
        deflate(A, float(values[at]), v),
        want,
        "deflate(A, %g, v)" % values[at],
        alternatives={
            "you subtract v vᵀ without the eigenvalue": lambda: A - np.outer(v, v),
            "you add the term instead of subtracting it": lambda: A + values[at] * np.outer(v, v),
            "you subtract the eigenvalue from the diagonal, which shifts every eigenvalue": lambda: A - values[at] * np.eye(len(A)),
            "you subtract the number v · v, which is 1 in every entry": lambda: A - values[at] * (v @ v),
            "you multiply entry by entry: v * v is not the outer product": lambda: A - values[at] * v * v,
        },
    )


@check("svd-values", "top_k_svd gives the largest singular values, in order", uses=["top_k_svd"], needs=["power-scale", "deflate"], hint="svd")
def _(lab):
    svd = lab.fn("top_k_svd", returns=("array", "array", "array"))
    for n, d, values, X, _, _ in shapes(lab.rng):
        k = int(lab.rng.integers(2, len(values)))
        U, S, Vt = svd(X, k, 300, lab.rng)
        what = "top_k_svd of a matrix (%d, %d), k = %d: " % (n, d, k)
        same_shape(S, (k,), what + "S")
        same_shape(U, (n, k), what + "U")
        same_shape(Vt, (k, d), what + "Vt")
        close(
            S,
            values[:k],
            what + "S",
            alternatives={
                "you return the eigenvalues of XᵀX, which are the squares of the singular values": values[:k] ** 2,
                "every round finds the first singular value again: deflate between rounds": np.full(k, values[0]),
                "they come in ascending order": values[:k][::-1],
            },
        )


@check("svd-vectors", "the singular vectors are orthonormal and belong together", uses=["top_k_svd"], needs=["svd-values"], hint="svd")
def _(lab):
    svd = lab.fn("top_k_svd", returns=("array", "array", "array"))
    for n, d, values, X, true_U, true_V in shapes(lab.rng):
        k = len(values)
        U, S, Vt = svd(X, k, 300, lab.rng)
        what = "top_k_svd of a matrix (%d, %d), k = %d: " % (n, d, k)
        same_shape(U, (n, k), what + "U")
        same_shape(Vt, (k, d), what + "Vt")
        same_shape(S, (k,), what + "S")
        for i in range(k):
            off = angle_off(Vt[i], true_V[:, i])
            truthy(off < 1e-4, what + "Vt[%d] is off by up to %.3g from the right singular vector (either sign was tried)" % (i, off))
        lengths = np.sqrt((U**2).sum(0))
        truthy(
            np.abs(lengths - 1).max() < 1e-5,
            what + "the columns of U have lengths %s instead of 1: divide X @ v by the singular value" % np.round(lengths, 3),
        )
        close(U.T @ U, np.eye(k), what + "UᵀU", atol=1e-5)
        close(Vt @ Vt.T, np.eye(k), what + "Vt Vtᵀ", atol=1e-5)
        for i in range(k):
            truthy(
                U[:, i] @ X @ Vt[i] > 0,
                what + "X @ Vt[%d] points against U[:, %d]: their signs were chosen independently. Compute U[:, i] from Vt[i]" % (i, i),
            )
        product = sum(S[r] * np.outer(U[:, r], Vt[r]) for r in range(k))
        close(product, X, what + "U diag(S) Vt", atol=1e-5)


@check("low-rank", "low_rank is as close as a matrix of rank k can be", uses=["low_rank"], needs=["svd-vectors"], hint="lowrank")
def _(lab):
    low_rank = lab.fn("low_rank", returns="array")
    for n, d, values, X, U, V in shapes(lab.rng):
        k = int(lab.rng.integers(2, len(values) - 1))
        got = low_rank(X, k)
        what = "low_rank of a matrix (%d, %d), k = %d," % (n, d, k)
        same_shape(got, (n, d), what[:-1])
        centred = X - X.mean(0)

        def kept(which, scale=True):
            return sum((values[i] if scale else 1.0) * np.outer(U[:, i], V[:, i]) for i in which)

        close(
            got,
            kept(range(k)),
            what,
            atol=1e-5,
            alternatives={
                "the k smallest singular values are kept instead of the largest": lambda: kept(range(len(values) - k, len(values))),
                "the singular values are left out of the product": lambda: kept(range(k), scale=False),
                "one component too few is kept": lambda: kept(range(k - 1)),
                "one component too many is kept": lambda: kept(range(k + 1)),
                "X is centred first: that is a principal component analysis, not the closest matrix": lambda: _truncated(centred, k),
            },
        )
        error, tail = np.sqrt(((X - got) ** 2).sum()), np.sqrt((values[k:] ** 2).sum())
        truthy(
            abs(error - tail) < 1e-5,
            "%s is %.6g away from X; the closest matrix of that rank is %.6g away, the root of the sum of the squares left out" % (what[:-1], error, tail),
        )


def _truncated(X, k):
    U, S, Vt = np.linalg.svd(X, full_matrices=False)
    return (U[:, :k] * S[:k]) @ Vt[:k]


@check("project", "project finds the nearest point of the span of directions that overlap", uses=["project"], hint="projection")
def _(lab):
    project = lab.fn("project", returns="array")
    n, k, N = 7, int(lab.rng.integers(2, 5)), 5
    D = lab.rng.normal(size=(k, n)) + lab.rng.normal(size=n)
    x = lab.rng.normal(size=(N, n))
    got = project(x, D)
    orthonormal = []
    for direction in D:
        for q in orthonormal:
            direction = direction - (direction @ q) * q
        orthonormal.append(direction / np.sqrt(direction @ direction))
    want = np.array([sum((row @ q) * q for q in orthonormal) for row in x])
    unit = D / np.sqrt((D**2).sum(1, keepdims=True))
    close(
        got,
        want,
        "project(x, directions)",
        axes="(row, coordinate)",
        alternatives={
            "you add up the projections on each direction, which counts twice what they share": lambda: x @ unit.T @ unit,
            "you take the directions to be orthonormal": lambda: x @ D.T @ D,
            "you return what is left after the projection": lambda: x - want,
        },
    )
    close(project(want, D), want, "projecting a second time moves the points: project(project(x))")
    pair = np.array([[1.0, 0.0, 0.0], [0.6, 0.8, 0.0]])
    right = project(pair[:1], pair)
    close(right, pair[:1], "project of d1 on the span of d1 and d2")
    lab.metric("naive_length", np.sqrt(((pair[:1] @ pair.T @ pair) ** 2).sum()))


@check(
    "explained-variance",
    "explained_variance is the share of the squares about the mean",
    uses=["explained_variance"],
    needs=["svd-values"],
    hint="variance",
)
def _(lab):
    explained = lab.fn("explained_variance", returns="float")
    n, d = (int(k) for k in lab.rng.permutation([9, 6]))
    count = min(n, d) - 1
    values = 4.0 * 1.6 ** -np.arange(count)
    left = np.linalg.qr(np.column_stack([np.ones(n), lab.rng.normal(size=(n, count))]))[0][:, 1:]
    centred = (left * values) @ orthogonal(d, lab.rng)[:, :count].T
    offset = lab.rng.normal(size=d)
    offset *= 3.0 / np.sqrt(offset @ offset)
    X = centred + offset
    raw = np.linalg.svd(X, compute_uv=False) ** 2
    for k in (1, 2, count):
        want = (values[:k] ** 2).sum() / (values**2).sum()
        close(
            explained(X, k),
            want,
            "explained_variance(X, %d)" % k,
            rtol=1e-4,
            alternatives={
                "the columns are not centred": lambda: raw[:k].sum() / raw.sum(),
                "singular values are added up instead of their squares": lambda: values[:k].sum() / values.sum(),
                "you divide by the variance of the first k components, so that the answer is always 1": 1.0,
                "the total is taken before centring": lambda: (values[:k] ** 2).sum() / (X**2).sum(),
                "the fraction that is not explained comes back": 1.0 - want,
                "only component number k is counted, and not all up to it": lambda: values[k - 1] ** 2 / (values**2).sum(),
            },
        )
    noise = explained(lab.pool_rng.normal(size=(30, 100)), 5)
    truthy(0.0 <= noise <= 1.0, "for 30 samples of noise, explained_variance is %.6g, which is not a fraction" % noise)
    lab.metric("noise_top5", noise)
