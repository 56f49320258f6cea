import numpy as np

from aisafe_lab import allclose, check, close, fail, gradcheck, same_shape, truthy


def slow_attention(q, k, v, mask, scale):
    """Loops over queries and keys; q (T, d), k (S, d), v (S, m)."""
    T, S = len(q), len(k)
    out, weights = np.zeros((T, v.shape[1])), np.zeros((T, S))
    for t in range(T):
        seen = [s for s in range(S) if mask is None or mask[t, s]]
        scores = [sum(q[t, i] * k[s, i] for i in range(q.shape[1])) * scale for s in seen]
        top = max(scores)
        exps = [np.exp(score - top) for score in scores]
        for s, e in zip(seen, exps):
            weights[t, s] = e / sum(exps)
            out[t] += weights[t, s] * v[s]
    return out, weights


def slow_batch(q, k, v, mask, scale):
    flat = [a.reshape((-1,) + a.shape[-2:]) for a in (q, k, v)]
    pairs = [slow_attention(*each, mask, scale) for each in zip(*flat)]
    lead = q.shape[:-2]
    return tuple(np.stack([p[i] for p in pairs]).reshape(lead + pairs[0][i].shape) for i in (0, 1))


def sizes(rng):
    """Different sizes for every axis, so that no two can be mistaken for each other."""
    B, H, T, S, d, m = (int(n) for n in rng.permutation([2, 3, 4, 5, 6, 7]))
    return B, H, T, S, d, m


@check("softmax", "softmax gives positive weights that sum to one along the axis", uses=["softmax"], hint="softmax")
def _(lab):
    softmax = lab.fn("softmax", returns="array")
    x = lab.rng.normal(size=(3, 4, 5)) * 3
    for axis in (-1, 0, 1):
        want = np.apply_along_axis(lambda row: np.array([np.exp(r) for r in row]) / sum(np.exp(r) for r in row), axis, x)
        got = softmax(x) if axis == -1 else softmax(x, axis=axis)
        close(
            got,
            want,
            "softmax(x%s)" % ("" if axis == -1 else ", axis=%d" % axis),
            alternatives={
                "you normalise over the whole array instead of one axis": lambda: np.exp(x) / np.exp(x).sum(),
                "you always normalise over the last axis": lambda: np.exp(x) / np.exp(x).sum(-1, keepdims=True),
                "you always normalise over axis 0": lambda: np.exp(x) / np.exp(x).sum(0, keepdims=True),
            },
        )


@check(
    "softmax-stable",
    "softmax survives large numbers and -inf, and ignores a shift",
    uses=["softmax"],
    needs=["softmax"],
    hint="softmax",
)
def _(lab):
    softmax = lab.fn("softmax", returns="array")
    x = lab.rng.normal(size=(4, 6))
    small = softmax(x)
    big = softmax(x + 1000.0)
    truthy(np.isfinite(big).all(), "softmax overflows: with 1000 added to every score it gives NaN or infinity. Subtract the largest score of each row first.")
    close(big, small, "softmax(x + 1000)", rtol=1e-6)
    rows = np.array([[5.0, 5.0], [-3000.0, -3000.0]])
    low = softmax(rows)
    truthy(
        np.isfinite(low).all(),
        "a row that lies 3000 below another becomes NaN: subtract each row's own largest score, not that of the whole array",
    )
    close(low, np.full((2, 2), 0.5), "softmax of two rows of equal scores")
    masked = np.where(np.tri(4, 6, dtype=bool), x, -np.inf)
    got = softmax(masked)
    truthy((got[~np.tri(4, 6, dtype=bool)] == 0).all(), "a score of -inf must get a weight of exactly 0")


@check("causal-mask", "the mask lets a position see itself and what came before", uses=["causal_mask"], hint="mask")
def _(lab):
    n = int(lab.rng.integers(3, 8))
    got = lab.fn("causal_mask", returns="array")(n)
    same_shape(got, (n, n), "causal_mask(%d)" % n)
    truthy(got.dtype == bool, "causal_mask should hold True and False, and holds %s" % got.dtype)
    want = np.array([[key <= query for key in range(n)] for query in range(n)])
    close(
        got,
        want,
        "causal_mask(%d)" % n,
        axes="(query, key)",
        alternatives={
            "a position may not see itself": lambda: np.tril(np.ones((n, n), bool), -1),
            "rows and columns are exchanged, so that everything sees the future": lambda: np.triu(np.ones((n, n), bool)),
        },
    )


@check("attention-plain", "attention mixes the values by softmax(q kᵀ / sqrt(d))", uses=["attention"], needs=["softmax"], hint="attention")
def _(lab):
    attention = lab.fn("attention", returns=("array", "array"))
    B, H, T, S, d, m = sizes(lab.rng)
    q, k, v = lab.rng.normal(size=(B, H, T, d)), lab.rng.normal(size=(B, H, S, d)), lab.rng.normal(size=(B, H, S, m))
    out, weights = attention(q, k, v)
    want_out, want_weights = slow_batch(q, k, v, None, d**-0.5)
    close(
        weights,
        want_weights,
        "weights",
        axes="(batch, head, query, key)",
        alternatives={
            "you do not divide the scores by sqrt(d)": lambda: slow_batch(q, k, v, None, 1.0)[1],
            "you divide the scores by d instead of sqrt(d)": lambda: slow_batch(q, k, v, None, 1 / d)[1],
            "you multiply the scores by sqrt(d) instead of dividing": lambda: slow_batch(q, k, v, None, d**0.5)[1],
            "the softmax runs over the queries instead of the keys": lambda: _wrong_axis(q, k),
        },
    )
    close(out, want_out, "out", axes="(batch, head, query, value)")
    measure_scaling(lab, attention)


def measure_scaling(lab, attention):
    """What the division by sqrt(d) is for: how far raw scores spread at d = 64, and what they do to the softmax."""
    d, n = 64, 40
    q, k = lab.rng.normal(size=(n, d)), lab.rng.normal(size=(n, d))
    lab.metric("raw_score_sd", (q @ k.T).std())
    scaled = attention(q, k, np.eye(n))[1].max(-1).mean()
    raw = slow_attention(q, k, np.eye(n), None, 1.0)[1].max(-1).mean()
    lab.metric("largest_weight_scaled", scaled)
    lab.metric("largest_weight_raw_minus_scaled", raw - scaled)


def _wrong_axis(q, k):
    scores = np.einsum("bhtd,bhsd->bhts", q, k) / np.sqrt(q.shape[-1])
    return np.exp(scores) / np.exp(scores).sum(-2, keepdims=True)


@check(
    "attention-masked",
    "a masked key gets weight 0 and the rest still sum to one",
    uses=["attention"],
    needs=["attention-plain"],
    hint="mask",
)
def _(lab):
    attention = lab.fn("attention", returns=("array", "array"))
    B, H, T, S, d, m = sizes(lab.rng)
    q, k, v = lab.rng.normal(size=(B, H, T, d)), lab.rng.normal(size=(B, H, S, d)), lab.rng.normal(size=(B, H, S, m))
    mask = lab.rng.random((T, S)) < 0.5
    mask[np.arange(T), lab.rng.integers(0, S, T)] = True
    mask[0, :2] = [True, False]
    out, weights = attention(q, k, v, mask)
    plain = slow_batch(q, k, v, None, d**-0.5)[1]
    leaked = weights[np.broadcast_to(~mask, weights.shape)]
    want_out, want_weights = slow_batch(q, k, v, mask, d**-0.5)
    alternatives = {
        "the mask is applied after the softmax, so that rows no longer sum to one": lambda: plain * mask,
        "masked scores become 0 instead of -inf, and still get weight": lambda: _masked_with_zero(q, k, mask),
        "the mask is read the wrong way round: False is seen and True is hidden": lambda: _flipped(q, k, v, mask, d),
        "the mask is not used at all": lambda: plain,
    }
    close(weights, want_weights, "weights", axes="(batch, head, query, key)", alternatives=alternatives)
    truthy((leaked == 0).all(), "a hidden key has a small weight instead of none: use -inf, not a large negative number")
    close(out, want_out, "out", axes="(batch, head, query, value)")


def _masked_with_zero(q, k, mask):
    scores = np.einsum("bhtd,bhsd->bhts", q, k) / np.sqrt(q.shape[-1]) * mask
    return np.exp(scores) / np.exp(scores).sum(-1, keepdims=True)


def _flipped(q, k, v, mask, d):
    if mask.all(-1).any():
        return np.zeros(0)
    return slow_batch(q, k, v, ~mask, d**-0.5)[1]


@check("heads", "split_heads cuts the width, merge_heads undoes it", uses=["split_heads", "merge_heads"], hint="heads")
def _(lab):
    split, merge = lab.fn("split_heads", returns="array"), lab.fn("merge_heads", returns="array")
    B, H, T, d = (int(n) for n in lab.rng.permutation([2, 3, 4, 5]))
    x = lab.rng.normal(size=(B, T, H * d))
    want = np.zeros((B, H, T, d))
    for b in range(B):
        for h in range(H):
            for t in range(T):
                want[b, h, t] = x[b, t, h * d : (h + 1) * d]
    close(
        split(x, H),
        want,
        "split_heads(x, %d)" % H,
        axes="(B, H, T, d)",
        alternatives={
            "you reshape straight to (B, H, T, d), which cuts across positions": lambda: x.reshape(B, H, T, d),
            "head h takes every H-th column instead of a block": lambda: x.reshape(B, T, d, H).transpose(0, 3, 1, 2),
        },
    )
    close(
        merge(want),
        x,
        "merge_heads",
        axes="(B, T, D)",
        alternatives={"you reshape without bringing the position axis forward": lambda: want.reshape(B, T, H * d)},
    )


@check(
    "multi-head",
    "multi-head attention projects, attends by head, and projects back",
    uses=["multi_head_attention"],
    needs=["attention-masked", "causal-mask", "heads"],
    hint="heads",
)
def _(lab):
    mha = lab.fn("multi_head_attention", returns="array")
    B, T, H, d = (int(n) for n in lab.rng.permutation([2, 3, 4, 5]))
    D = H * d
    x = lab.rng.normal(size=(B, T, D))
    Wq, Wk, Wv, Wo = (lab.rng.normal(size=(D, D)) / np.sqrt(D) for _ in range(4))

    def slow(causal, scale, with_output=True):
        mask = np.tri(T, dtype=bool) if causal else None
        result = np.zeros((B, T, D))
        for b in range(B):
            for h in range(H):
                block = slice(h * d, (h + 1) * d)
                result[b][:, block] = slow_attention(x[b] @ Wq[:, block], x[b] @ Wk[:, block], x[b] @ Wv[:, block], mask, scale)[0]
        return result @ Wo if with_output else result

    for causal in (True, False):
        got = mha(x, Wq, Wk, Wv, Wo, H, causal=causal)
        close(
            got,
            slow(causal, d**-0.5),
            "multi_head_attention(..., causal=%s)" % causal,
            axes="(B, T, D)",
            alternatives={
                "the output projection Wo is missing": lambda: slow(causal, d**-0.5, with_output=False),
                "you divide by sqrt(D), the width of the model, instead of sqrt(d), that of a head": lambda: slow(causal, D**-0.5),
                "`causal` is ignored": lambda: slow(not causal, d**-0.5),
            },
        )
    default = mha(x, Wq, Wk, Wv, Wo, H)
    close(default, slow(True, d**-0.5), "multi_head_attention without `causal` (it should be causal)")


@check("no-future", "changing a later position changes nothing before it", uses=["multi_head_attention"], needs=["multi-head"], hint="mask")
def _(lab):
    mha = lab.fn("multi_head_attention", returns="array")
    B, T, H, d = 2, 6, 3, 4
    D = H * d
    x = lab.rng.normal(size=(B, T, D))
    weights = [lab.rng.normal(size=(D, D)) / np.sqrt(D) for _ in range(4)]
    at = int(lab.rng.integers(1, T - 1))
    changed = x.copy()
    changed[:, at] += lab.rng.normal(size=(B, D))
    before, after = mha(x, *weights, H), mha(changed, *weights, H)
    close(after[:, :at], before[:, :at], "the output before position %d, after a change at %d," % (at, at), axes="(B, T, D)")
    moved = np.abs(after[:, at:] - before[:, at:]).max(axis=(0, 2))
    if (moved == 0).any():
        fail("a change at position %d does not reach position %d: it should reach itself and all that follow" % (at, at + int(np.argmin(moved))))


@check(
    "backward",
    "attention_backward gives the gradients of q, k and v",
    uses=["attention_backward"],
    needs=["attention-masked"],
    hint="backward",
)
def _(lab):
    backward = lab.fn("attention_backward", returns=("array", "array", "array"))
    attention = lab.fn("attention", returns=("array", "array"))
    B, H, T, S, d, m = sizes(lab.rng)
    params = {
        "q": lab.rng.normal(size=(B, H, T, d)),
        "k": lab.rng.normal(size=(B, H, S, d)),
        "v": lab.rng.normal(size=(B, H, S, m)),
    }
    d_out = lab.rng.normal(size=(B, H, T, m))
    mask = np.tri(T, S, dtype=bool)

    def loss(p):
        return float((attention(p["q"], p["k"], p["v"], mask)[0] * d_out).sum())

    weights = attention(params["q"], params["k"], params["v"], mask)[1]
    dq, dk, dv = backward(d_out, params["q"], params["k"], params["v"], weights)
    d_weights = d_out @ np.swapaxes(params["v"], -1, -2)
    for phrase, d_scores in (
        ("the term sum(p * g) is not subtracted: raising one weight lowers the others", weights * d_weights),
        ("the softmax is differentiated entry by entry, p * (1 - p), as if the weights of a row were independent", weights * (1 - weights) * d_weights),
    ):
        if allclose(dq, d_scores @ params["k"] / np.sqrt(d)):
            fail("the gradients of q and k are off. Your numbers match exactly what you get when %s." % phrase)
    gradcheck(loss, params, {"v": dv, "q": dq, "k": dk}, lab.rng)
