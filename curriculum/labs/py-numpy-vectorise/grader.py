import sys
import tracemalloc

import numpy as np

from aisafe_lab import check, close, fail, same_shape, truthy


def sizes(rng, count):
    """Different sizes for every axis."""
    return [int(n) for n in rng.permutation(np.arange(2, 2 + count))]


def slow_dists(X, Y):
    return np.array([[sum((a - b) ** 2 for a, b in zip(x, y)) for y in Y] for x in X])


@check("distances", "squared distances of every row of X to every row of Y", uses=["pairwise_sq_dists"], hint="distances")
def _(lab):
    dists = lab.fn("pairwise_sq_dists", returns="array")
    n, m, d = (int(k) for k in lab.rng.permutation([3, 5, 7]))
    for m_now in (n, m):
        X, Y = lab.rng.normal(size=(n, d)), lab.rng.normal(size=(m_now, d))
        Y -= Y.mean(axis=0)
        got = dists(X, Y)
        x2, y2, xy = (X**2).sum(1), (Y**2).sum(1), X @ Y.T
        wrong = {
            "the mixed term is subtracted once instead of twice": x2[:, None] + y2 - xy,
            "you take the square root": np.sqrt(slow_dists(X, Y)),
        }
        if m_now == n:
            wrong["the squared lengths of X run along the columns: a missing [:, None], or keepdims=True"] = x2 + y2[None] - 2 * xy
            wrong["the squared lengths of Y run along the rows"] = x2[:, None] + y2[:, None] - 2 * xy
        if got.min(initial=0.0) >= 0:
            wrong = {phrase: np.maximum(value, 0.0) for phrase, value in wrong.items()}
        close(got, slow_dists(X, Y), "pairwise_sq_dists(X, Y)", axes="(row of X, row of Y)", alternatives=wrong)


@check(
    "distances-memory",
    "the distances are found without an array of n * m * d entries",
    uses=["pairwise_sq_dists"],
    needs=["distances"],
    hint="distances",
)
def _(lab):
    dists = lab.fn("pairwise_sq_dists", returns="array")
    n, m, d = 70, 80, 150
    X, Y = lab.rng.normal(size=(n, d)), lab.rng.normal(size=(m, d))
    dists(X, Y)
    tracemalloc.start()
    try:
        dists(X, Y)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    truthy(
        peak < 8 * n * m * d / 4,
        "for X (%d, %d) and Y (%d, %d), at one time %.1f MB were in use: that is an array of n * m * d entries, %.1f MB. "
        "The result has only %.2f MB: use the expansion |x|² + |y|² - 2 x·y" % (n, d, m, d, peak / 1e6, 8e-6 * n * m * d, 8e-6 * n * m),
    )
    big = np.zeros((2000, 64))
    lab.metric("broadcast_megabytes", np.broadcast(big[:, None], big[None]).size * big.itemsize / 1e6)


@check(
    "distances-far",
    "distances stay right far from the origin and are never negative",
    uses=["pairwise_sq_dists"],
    needs=["distances"],
    hint="distances",
)
def _(lab):
    dists = lab.fn("pairwise_sq_dists", returns="array")
    near = lab.rng.normal(size=(40, 9))
    self_dists = dists(near, near.copy())
    same_shape(self_dists, (40, 40), "pairwise_sq_dists(X, X)")
    far = near + 1e6 * lab.rng.normal(size=9)
    X, Y = far[:18], far[18:]
    want = slow_dists(X, Y)
    got = dists(X, Y)
    same_shape(got, want.shape, "pairwise_sq_dists(X, Y)")
    wrong = np.abs(got - want).max()
    truthy(
        wrong <= 1e-4 * want.min(),
        "with all points shifted by about 1e6, distances are off by up to %.3g: |x|² + |y|² - 2 x·y subtracts numbers near 1e13 "
        "to get one near 10. Subtract a common point, such as the mean of Y, from X and Y first" % wrong,
    )
    lowest = min(self_dists.min(), got.min())
    truthy(lowest >= 0, "a squared distance is %.3g, below 0: rounding leaves small negative numbers, so end with np.maximum(..., 0)" % lowest)


@check("one-hot", "one_hot puts a 1 in the column that the id names", uses=["one_hot"], hint="one-hot")
def _(lab):
    one_hot = lab.fn("one_hot", returns="array")
    n, N = 5, 8
    ids = lab.rng.integers(0, n - 1, N)
    want = np.zeros((N, n))
    for i in range(N):
        want[i, ids[i]] = 1.0
    got = one_hot(ids, n)
    close(
        got,
        want,
        "one_hot(ids, %d)" % n,
        axes="(i, id)",
        alternatives={
            "the width is taken from the largest id instead of n": lambda: want[:, : ids.max() + 1],
            "ids are counted from 1 instead of 0": lambda: np.roll(want, -1, axis=1),
            "rows and columns are exchanged": lambda: want.T,
        },
    )
    truthy(got.dtype == np.float64, "one_hot should return float64, and returns %s" % got.dtype)
    same_shape(one_hot(ids[:0], n), (0, n), "one_hot of no ids")


def slow_masked_mean(x, mask, axis):
    x, mask = np.moveaxis(x, axis, -1), np.moveaxis(np.broadcast_to(mask, x.shape), axis, -1)
    out = np.zeros(x.shape[:-1])
    for index in np.ndindex(*out.shape):
        seen = [value for value, kept in zip(x[index], mask[index]) if kept]
        out[index] = sum(seen) / len(seen) if seen else 0.0
    return out


@check("masked-mean", "masked_mean averages over what the mask shows", uses=["masked_mean"], hint="masks")
def _(lab):
    masked_mean = lab.fn("masked_mean", returns="array")
    B, T, D = (int(n) for n in lab.rng.permutation([4, 5, 6]))
    x = lab.rng.normal(size=(B, T, D))
    full = lab.rng.random((B, T, D)) < 0.6
    full[0], full[:, 0], full[:, :, 0] = True, True, True
    full[1, 1, 1] = False
    padding = np.arange(T)[None, :, None] < lab.rng.integers(2, T, B)[:, None, None]
    for mask, axis in ((full, 0), (full, 1), (full, -1), (padding, 1)):
        what = "masked_mean(x, mask of shape %s, axis=%d)" % (str(mask.shape).replace(" ", ""), axis)
        hidden = np.where(mask, x, 0.0)
        wrong = {
            "you divide by the length of the axis instead of the number of visible entries": lambda: hidden.mean(axis),
            "the mask is read the wrong way round": lambda: slow_masked_mean(x, ~mask, axis),
            "you add up the hidden entries and count the visible ones": lambda: (x - hidden).sum(axis) / np.maximum(mask.sum(axis), 1),
            "the mask is not used": lambda: x.mean(axis),
            "the visible entries are added up but not divided": lambda: hidden.sum(axis),
            "you count over the whole mask instead of along the axis": lambda: hidden.sum(axis) / np.broadcast_to(mask, x.shape).sum(),
        }
        close(masked_mean(x, mask, axis), slow_masked_mean(x, mask, axis), what, alternatives=wrong)


@check(
    "masked-mean-edges",
    "masked_mean gives 0 where nothing is visible, and hidden NaN do not matter",
    uses=["masked_mean"],
    needs=["masked-mean"],
    hint="masks",
)
def _(lab):
    masked_mean = lab.fn("masked_mean", returns="array")
    B, T = 4, 6
    x = lab.rng.normal(size=(B, T))
    mask = lab.rng.random((B, T)) < 0.5
    mask[:, 0], mask[2] = True, False
    got = masked_mean(x, mask, 1)
    same_shape(got, (B,), "masked_mean(x, mask, axis=1)")
    truthy(not np.isnan(got[2]), "where the mask hides a whole row, masked_mean gives NaN (0 divided by 0), and should give 0")
    close(got, slow_masked_mean(x, mask, 1), "masked_mean with a row that is hidden throughout")
    wide = lab.rng.normal(size=(B, T, 3))
    close(
        masked_mean(wide, mask[..., None], -1),
        slow_masked_mean(wide, mask[..., None], -1),
        "masked_mean(x, mask of shape (%d, %d, 1), axis=-1)" % (B, T),
        alternatives={
            "you count the mask before it is broadcast to the shape of x": np.where(mask[..., None], wide, 0.0).sum(-1),
        },
    )
    dirty = x.copy()
    dirty[2], dirty[0, ~mask[0]] = np.nan, np.inf
    got = masked_mean(dirty, mask, 1)
    truthy(
        not np.isnan(got).any(),
        "NaN or inf under the mask turns the result into NaN: NaN * 0 is NaN. Choose with np.where instead of multiplying by the mask",
    )
    close(got, slow_masked_mean(x, mask, 1), "masked_mean with NaN and inf in hidden places")


@check("top-k", "topk_indices names the k largest columns, the largest first", uses=["topk_indices"], hint="topk")
def _(lab):
    topk = lab.fn("topk_indices", returns="array")
    N, M, k = 4, 9, 3
    x = lab.rng.normal(size=(N, M))
    x[:, int(lab.rng.integers(M))] = -np.inf

    def order(key):
        return np.array([sorted(range(M), key=lambda j: key(row, j))[:k] for row in x])

    want = order(lambda row, j: -row[j])
    got = topk(x, k)
    same_shape(got, (N, k), "topk_indices(x, %d)" % k)
    truthy(got.dtype.kind in "iu", "topk_indices should return whole numbers (columns), and returns %s" % got.dtype)
    close(
        got,
        want,
        "topk_indices(x, %d)" % k,
        axes="(row, rank)",
        alternatives={
            "the smallest come first": lambda: order(lambda row, j: row[j]),
            "the right ones are listed with the smallest of them first": lambda: want[:, ::-1],
            "the largest are named in the order of their columns": lambda: np.sort(want, axis=1),
        },
    )


@check("top-k-ties", "of equal entries, the one further left comes first", uses=["topk_indices"], needs=["top-k"], hint="topk")
def _(lab):
    topk = lab.fn("topk_indices", returns="array")
    N, M = 5, 40
    x = lab.rng.integers(0, 4, size=(N, M)).astype(float)
    for k in (6, M):
        got = topk(x, k)
        want = np.array([sorted(range(M), key=lambda j: (-row[j], j))[:k] for row in x])
        last_first = np.array([sorted(range(M), key=lambda j: (-row[j], -j))[:k] for row in x])
        same_shape(got, (N, k), "topk_indices(x, %d)" % k)
        close(
            got,
            want,
            "with equal values in a row, topk_indices(x, %d)" % k,
            axes="(row, rank)",
            alternatives={"of equal entries the one further right comes first (an ascending sort that is reversed)": last_first},
        )


@check("running-mean", "running_mean averages each window of w neighbours", uses=["running_mean"], hint="windows")
def _(lab):
    running_mean = lab.fn("running_mean", returns="array")
    B, T = 3, 9
    x = lab.rng.normal(size=(B, T)) + 5.0
    for w in (4, 1, T):
        want = np.array([[sum(row[t : t + w]) / w for t in range(T - w + 1)] for row in x])

        def summed():
            return np.concatenate([np.zeros((B, 1)), np.cumsum(x, axis=-1)], axis=-1)

        close(
            running_mean(x, w),
            want,
            "running_mean(x, %d)" % w,
            axes="(row, window)",
            alternatives={
                "the first window is missing: the cumulative sum has to begin with a 0": lambda: want[:, 1:],
                "the last window is missing": lambda: want[:, :-1],
                "the windows are summed and not divided by w": lambda: want * w,
                "windows that stick out are filled up with zeros": lambda: np.array([np.convolve(r, np.ones(w) / w, "same") for r in x]),
                "each window holds w + 1 numbers": lambda: (summed()[:, w + 1 :] - summed()[:, : -w - 1]) / (w + 1),
            },
        )
    close(running_mean(x[0], 2), np.array([(a + b) / 2 for a, b in zip(x[0], x[0][1:])]), "running_mean of one row, w = 2,")


@check("gather", "gather_logits picks the logit of each position's own id", uses=["gather_logits"], hint="gather")
def _(lab):
    gather = lab.fn("gather_logits", returns="array")
    B, T, V = (int(n) for n in lab.rng.permutation([3, 4, 6]))
    logits, ids = lab.rng.normal(size=(B, T, V)), lab.rng.integers(0, V, size=(B, T))
    ids[1, 0] = (ids[0, 0] + 1) % V
    want = np.array([[logits[b, t, ids[b, t]] for t in range(T)] for b in range(B)])
    close(
        gather(logits, ids),
        want,
        "gather_logits(logits, ids)",
        axes="(batch, position)",
        alternatives={
            "every id is looked up at every position: logits[..., ids] does not pair position with id": lambda: logits[..., ids],
            "the batch index is used for the position": lambda: np.array(
                [[logits[b, b % T, ids[b, t]] for t in range(T)] for b in range(B)]
            ),
            "position t is read where t + 1 should be": lambda: np.roll(want, 1, axis=1),
            "the ids of the first sequence are used for all": lambda: np.array(
                [[logits[b, t, ids[0, t]] for t in range(T)] for b in range(B)]
            ),
        },
    )


@check("head-outputs", "head_outputs multiplies each head by its own matrix", uses=["head_outputs"], hint="einsum")
def _(lab):
    head_outputs = lab.fn("head_outputs", returns="array")
    B, T, H, d, M = sizes(lab.rng, 5)
    z, W = lab.rng.normal(size=(B, T, H, d)), lab.rng.normal(size=(H, d, M))
    want = np.zeros((B, T, H, M))
    for b, t, h, m in np.ndindex(B, T, H, M):
        want[b, t, h, m] = sum(z[b, t, h, i] * W[h, i, m] for i in range(d))
    close(
        head_outputs(z, W),
        want,
        "head_outputs(z, W)",
        axes="(B, T, H, M)",
        alternatives={
            "the heads are added up: h is missing from the result": lambda: want.sum(2),
            "z is summed over its own width before it meets W": lambda: z.sum(-1)[..., None] * W.sum(1),
            "every head is multiplied by the matrix of head 0": lambda: z @ W[0],
            "the result has the axes (B, H, T, M)": lambda: np.swapaxes(want, 1, 2),
        },
    )


def steps(call):
    """How many steps the interpreter takes: the same for any number of rows, unless Python loops over them."""
    count = [0]

    def trace(frame, event, _):
        frame.f_trace_opcodes = True
        count[0] += event in ("opcode", "line")
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return count[0]


@check(
    "no-loops",
    "no function runs a Python loop over rows or positions",
    uses=["pairwise_sq_dists", "one_hot", "masked_mean", "topk_indices", "running_mean", "gather_logits", "head_outputs"],
    needs=["distances", "one-hot", "masked-mean", "top-k", "running-mean", "gather", "head-outputs"],
    hint="loops",
)
def _(lab):
    rng = lab.rng
    calls = {
        "pairwise_sq_dists": lambda n: (rng.normal(size=(n, 3)), rng.normal(size=(n + 1, 3))),
        "one_hot": lambda n: (rng.integers(0, 5, n), 5),
        "masked_mean": lambda n: (rng.normal(size=(n, n + 1)), rng.random((n, n + 1)) < 0.5, 1),
        "topk_indices": lambda n: (rng.normal(size=(n, 7)), 3),
        "running_mean": lambda n: (rng.normal(size=(n, 2 * n)), 4),
        "gather_logits": lambda n: (rng.normal(size=(n, n + 1, 3)), rng.integers(0, 3, (n, n + 1))),
        "head_outputs": lambda n: (rng.normal(size=(n, n + 1, 3, 2)), rng.normal(size=(3, 2, 4))),
    }
    for name, arguments in calls.items():
        function = lab.fn(name, returns="array")
        few, many = arguments(20), arguments(100)
        function(*few)
        short, long = steps(lambda: function(*few)), steps(lambda: function(*many))
        if long > 1.5 * short:
            fail(
                "%s runs a Python loop: with 100 rows instead of 20 the interpreter takes %.1f times as many steps (%d against %d). "
                "Replace the loop by an operation on the whole array" % (name, long / short, long, short)
            )
