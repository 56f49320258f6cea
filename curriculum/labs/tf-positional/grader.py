import cmath
import math

import numpy as np

from aisafe_lab import check, close, fail, same_shape, truthy


def softmax(scores):
    e = np.exp(scores - scores.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def slow_gap(fn, x, orders):
    plain = fn(x)
    return max(abs(a - b) for order in orders for row, i in zip(fn(x[order]), order) for a, b in zip(row, plain[i]))


def orders_of(T):
    return [[1, 0] + list(range(2, T)), [T - 1] + list(range(T - 1))]


@check(
    "permutation-gap",
    "permutation_gap is 0 for what ignores positions, and measures what does not",
    uses=["permutation_gap"],
    hint="gap",
)
def _(lab):
    gap = lab.fn("permutation_gap", returns="float")
    T, D, m = (int(n) for n in lab.rng.permutation([4, 5, 6]))
    x = lab.rng.normal(size=(T, D))
    W = lab.rng.normal(size=(D, m))
    steps = lab.rng.permutation(np.arange(1, T + 1))
    exchange, roll = orders_of(T)

    def by_place(rows):
        return rows @ W * steps[:, None]

    def numbered(rows):
        return rows @ W + np.arange(T)[:, None] ** 2.0

    def circular(rows):
        return (rows - np.roll(rows, 1, axis=0)) @ W

    nothing = gap(lambda rows: rows @ W, x)
    truthy(
        nothing < 1e-9,
        "a map applied to each position by itself treats all positions alike, and permutation_gap gives it %.6g: bring the outputs of the "
        "plain run into the same order before you compare" % nothing,
    )
    cases = (
        # First, as every slip gives a number of its own here: the exchange 1, the largest with its sign below the largest.
        ("a function that adds t * t at position t", numbered),
        ("a function that multiplies position t by its own number", by_place),
        ("a function that subtracts the position before, the first from the last", circular),
    )
    for what, fn in cases:
        close(
            gap(fn, x),
            slow_gap(fn, x, [exchange, roll]),
            "permutation_gap of " + what,
            rtol=1e-6,
            alternatives={
                "only the exchange of the first two positions is tried": lambda: slow_gap(fn, x, [exchange]),
                "only the roll is tried": lambda: slow_gap(fn, x, [roll]),
                "the sequence is rolled the other way": lambda: slow_gap(fn, x, [exchange, list(range(1, T)) + [0]]),
                "you average the differences instead of taking the largest": lambda: np.mean(
                    [np.abs(fn(x[order]) - fn(x)[order]) for order in (exchange, roll)]
                ),
                "you take the largest difference with its sign, so that a large negative one is missed": lambda: max(
                    (fn(x[order]) - fn(x)[order]).max() for order in (exchange, roll)
                ),
            },
        )


def slow_sinusoidal(T, d, base, exponent=2.0, first=0):
    table = np.zeros((T, d))
    for p in range(T):
        for i in range(d // 2):
            angle = (p + first) / base ** (exponent * i / d)
            table[p, 2 * i], table[p, 2 * i + 1] = math.sin(angle), math.cos(angle)
    return table


@check("sinusoidal", "sinusoidal holds sines and cosines of falling frequency, side by side", uses=["sinusoidal"], hint="sinusoidal")
def _(lab):
    sinusoidal = lab.fn("sinusoidal", returns="array")
    T, d = int(lab.rng.integers(5, 12)), 2 * int(lab.rng.integers(6, 10))
    base = float(lab.rng.uniform(50, 500))
    for used in (10000.0, base):
        want = slow_sinusoidal(T, d, used)
        close(
            sinusoidal(T, d) if used == 10000.0 else sinusoidal(T, d, base=used),
            want,
            "sinusoidal(%d, %d%s)" % (T, d, "" if used == 10000.0 else ", base=%.6g" % used),
            axes="(position, column)",
            alternatives={
                "all sines come first and then all cosines; here they alternate": lambda: np.concatenate(
                    [want[:, 0::2], want[:, 1::2]], axis=1
                ),
                "cosines stand in the even columns and sines in the odd ones": lambda: want.reshape(T, -1, 2)[:, :, ::-1].reshape(T, d),
                "the exponent is i / d instead of 2i / d, so that the frequencies fall only half as fast": (
                    lambda: slow_sinusoidal(T, d, used, exponent=1.0)
                ),
                "every column has a frequency of its own, instead of every pair": lambda: _own_frequencies(T, d, used),
                "positions are counted from 1 instead of 0": lambda: slow_sinusoidal(T, d, used, first=1),
                "`base` is ignored": lambda: slow_sinusoidal(T, d, 10000.0),
            },
        )


def _own_frequencies(T, d, base):
    angles = np.arange(T)[:, None] / base ** (np.arange(d) / d)
    return np.where(np.arange(d) % 2 == 0, np.sin(angles), np.cos(angles))


@check(
    "shift-matrix",
    "one matrix moves every position's encoding by k",
    uses=["shift_matrix"],
    hint="shift",
)
def _(lab):
    shift = lab.fn("shift_matrix", returns="array")
    d = 2 * int(lab.rng.integers(3, 6))
    base = float(lab.rng.uniform(50, 500))
    T, margin = 3 * d, 9
    for k in (0, int(lab.rng.integers(2, 9)), -int(lab.rng.integers(2, 9))):
        for used in (10000.0, base):
            M = shift(k, d) if used == 10000.0 else shift(k, d, base=used)
            name = "shift_matrix(%d, %d%s)" % (k, d, "" if used == 10000.0 else ", base=%.6g" % used)
            same_shape(M, (d, d), name)
            table = slow_sinusoidal(T + 2 * margin, d, used)
            middle = table[margin : margin + T]
            close(
                middle @ M,
                table[margin + k : margin + k + T],
                "the encodings of positions %d and on, times %s," % (margin, name),
                axes="(position, column)",
                rtol=1e-6,
                atol=1e-9,
                alternatives={
                    "the matrix goes the wrong way: it moves by %d (is it transposed?)" % -k: table[margin - k : margin - k + T],
                    "the matrix does nothing": middle,
                },
            )


def slow_rope(x, pos, base, exponent=2.0, sign=1):
    """The same with complex numbers: a pair (a, b) is a + ib, and turning it is multiplying by exp(i angle)."""
    d = x.shape[-1]
    result = np.zeros(x.shape)
    for index in np.ndindex(x.shape[:-1]):
        for i in range(d // 2):
            pair = complex(x[index][2 * i], x[index][2 * i + 1])
            turned = pair * cmath.exp(1j * sign * pos[index[-1]] / base ** (exponent * i / d))
            result[index][2 * i], result[index][2 * i + 1] = turned.real, turned.imag
    return result


def halves(x):
    """Columns 0, d/2, 1, d/2 + 1, ...: puts the pairs (i, i + d/2) side by side."""
    d = x.shape[-1]
    return x[..., np.arange(d).reshape(2, d // 2).T.ravel()]


def unhalves(x):
    d = x.shape[-1]
    return x[..., np.arange(d).reshape(d // 2, 2).T.ravel()]


@check("rope", "rope turns each pair of neighbouring columns, and keeps lengths", uses=["rope"], hint="rope")
def _(lab):
    rope = lab.fn("rope", returns="array")
    B, H, T = (int(n) for n in lab.rng.permutation([2, 3, 5]))
    d = 8
    base = float(lab.rng.uniform(20, 200))
    for shape in ((T, d), (B, H, T, d)):
        x = lab.rng.normal(size=shape)
        pos = lab.rng.permutation(30)[:T]
        for used in (10000.0, base):
            want = slow_rope(x, pos, used)
            got = rope(x, pos) if used == 10000.0 else rope(x, pos, base=used)
            same_shape(got, x.shape, "rope(x, pos)")
            close(
                got,
                want,
                "rope(x, pos%s)" % ("" if used == 10000.0 else ", base=%.6g" % used),
                axes="(position, column)" if len(shape) == 2 else "(B, H, position, column)",
                alternatives={
                    "column i is paired with column i + d/2, as some models do: here neighbours are paired": (
                        lambda: unhalves(slow_rope(halves(x), pos, used))
                    ),
                    "the pairs turn the other way": lambda: slow_rope(x, pos, used, sign=-1),
                    "`pos` is not used: the rows are numbered 0, 1, 2, ...": lambda: slow_rope(x, range(T), used),
                    "nothing is turned": x,
                    "the exponent is i / d instead of 2i / d, so that the frequencies fall only half as fast": (
                        lambda: slow_rope(x, pos, used, exponent=1.0)
                    ),
                    "`base` is ignored": lambda: slow_rope(x, pos, 10000.0),
                    "the second column of a pair is computed from the first one after it was turned": lambda: _overwritten(x, pos, used),
                    "the sinusoidal encoding is added instead of turning x": lambda: x + slow_sinusoidal(30, d, used)[pos],
                },
            )


def _overwritten(x, pos, base):
    d = x.shape[-1]
    result = x.copy()
    for i in range(d // 2):
        angle = np.asarray(pos) / base ** (2 * i / d)
        result[..., 2 * i] = x[..., 2 * i] * np.cos(angle) - x[..., 2 * i + 1] * np.sin(angle)
        result[..., 2 * i + 1] = result[..., 2 * i] * np.sin(angle) + x[..., 2 * i + 1] * np.cos(angle)
    return result


@check(
    "rope-relative",
    "rotary scores depend on the distance of query and key, not on where they stand",
    uses=["rope_scores"],
    needs=["rope"],
    hint="relative",
)
def _(lab):
    rope_scores = lab.fn("rope_scores", returns="array")
    B, T, S = (int(n) for n in lab.rng.permutation([2, 4, 5]))
    d = 6
    q, k = lab.rng.normal(size=(B, T, d)), lab.rng.normal(size=(B, S, d))
    pos_q, pos_k = lab.rng.permutation(40)[:T], lab.rng.permutation(40)[:S]
    pos_q[0] = pos_k[0] + 3

    def scores(turn_q=True, turn_k=True, scale=d**-0.5, base=10000.0):
        q2 = slow_rope(q, pos_q, base) if turn_q else q
        k2 = slow_rope(k, pos_k, base) if turn_k else k
        return np.array([[[sum(a * b for a, b in zip(row, key)) * scale for key in k2[n]] for row in q2[n]] for n in range(B)])

    alternatives = {
        "only the queries are turned": lambda: scores(turn_k=False),
        "only the keys are turned": lambda: scores(turn_q=False),
        "neither is turned": lambda: scores(False, False),
        "the scores are not divided by sqrt(d)": lambda: scores(scale=1.0),
        "the scores are divided by d instead of sqrt(d)": lambda: scores(scale=1 / d),
    }
    got = rope_scores(q, k, pos_q, pos_k)
    close(got, scores(), "rope_scores", axes="(B, query, key)", alternatives=alternatives)
    close(rope_scores(q, k, pos_q, pos_k, base=70.0), scores(base=70.0), "rope_scores with base=70", axes="(B, query, key)")
    far = rope_scores(q, k, pos_q + 500, pos_k + 500)
    close(far, got, "rope_scores with 500 added to all positions", axes="(B, query, key)", rtol=1e-6, atol=1e-8)
    measure_distance(lab, rope_scores)


def measure_distance(lab, rope_scores):
    """How the score of equal vectors changes with their distance, and how much it changes when both are moved."""
    n, d = 200, 32
    x = lab.rng.normal(size=(n, 1, d))
    scores = rope_scores(x, x, np.array([0.0]), np.array([0.0])), rope_scores(x, x, np.array([30.0]), np.array([0.0]))
    lab.metric("score_at_distance_30_minus_at_0", scores[1].mean() - scores[0].mean())
    table = slow_sinusoidal(400, d, 10000.0)
    near = ((x[:, 0] + table[10]) * (x[:, 0][::-1] + table[5])).sum(-1) / d**0.5
    far = ((x[:, 0] + table[310]) * (x[:, 0][::-1] + table[305])).sum(-1) / d**0.5
    lab.metric("added_positions_change_when_both_move", np.abs(far - near).mean())
    moved = rope_scores(x, x[::-1].copy(), np.array([310.0]), np.array([305.0])) - rope_scores(
        x, x[::-1].copy(), np.array([10.0]), np.array([5.0])
    )
    lab.metric("rotary_change_when_both_move", np.abs(moved).mean())


@check("alibi", "alibi_bias falls linearly with the distance, with its own slope for each head", uses=["alibi_bias"], hint="alibi")
def _(lab):
    alibi = lab.fn("alibi_bias", returns="array")
    for H in (int(lab.rng.choice([2, 4])), 8):
        T = int(lab.rng.integers(5, 8))

        def slow(slope=lambda h: 2.0 ** (-8 * (h + 1) / H), distance=lambda t, s: t - s, hidden=-np.inf):
            return np.array([[[-slope(h) * distance(t, s) if s <= t else hidden for s in range(T)] for t in range(T)] for h in range(H)])

        got = alibi(T, H)
        same_shape(got, (H, T, T), "alibi_bias(%d, %d)" % (T, H))
        seen = np.tri(T, dtype=bool)
        later = got[:, ~seen]
        close(
            np.where(seen, got, 0.0),
            np.where(seen, slow(), 0.0),
            "alibi_bias(%d, %d), at and below the diagonal," % (T, H),
            axes="(head, query, key)",
            alternatives={
                "distant keys are favoured: the sign of the slope is wrong": lambda: np.where(seen, -slow(), 0.0),
                "the position of the key counts instead of its distance from the query": lambda: np.where(
                    seen, slow(distance=lambda t, s: s), 0.0
                ),
                "the position of the query counts instead of the distance": lambda: np.where(seen, slow(distance=lambda t, s: t), 0.0),
                "the slopes begin with h = 0, so that the first head has slope 1": (
                    lambda: np.where(seen, slow(slope=lambda h: 2.0 ** (-8 * h / H)), 0.0)
                ),
                "all heads have the same slope": lambda: np.where(seen, slow(slope=lambda h: 2.0 ** (-8 / H)), 0.0),
                "the slopes are in the reverse order": lambda: np.where(seen, slow()[::-1], 0.0),
                "the slopes do not depend on the number of heads": lambda: np.where(seen, slow(slope=lambda h: 2.0 ** -(h + 1)), 0.0),
            },
        )
        if not (later == -np.inf).all():
            fail(
                "a key later than the query must get -inf, and gets %.6g: with a finite number it would be read"
                % later[later != -np.inf][0]
            )


@check(
    "order-matters",
    "attention is blind to order, and each kind of position ends that",
    uses=["permutation_gap", "sinusoidal", "rope_scores", "alibi_bias"],
    needs=["permutation-gap", "sinusoidal", "rope-relative", "alibi"],
    hint="gap",
)
def _(lab):
    gap = lab.fn("permutation_gap", returns="float")
    sinusoidal, alibi_bias = lab.fn("sinusoidal", returns="array"), lab.fn("alibi_bias", returns="array")
    rope_scores = lab.fn("rope_scores", returns="array")
    T, D = 12, 16
    x = lab.rng.normal(size=(T, D))
    Wq, Wk, Wv = (lab.rng.normal(size=(D, D)) / np.sqrt(D) for _ in range(3))
    table, places = sinusoidal(T, D), np.arange(T)
    same_shape(table, (T, D), "sinusoidal(%d, %d)" % (T, D))
    same_shape(alibi_bias(T, 4), (4, T, T), "alibi_bias(%d, 4)" % T)
    same_shape(rope_scores(x, x, places, places), (T, T), "rope_scores")
    bias = alibi_bias(T, 4)[0]

    def attend(x, scores):
        return softmax(scores(x @ Wq, x @ Wk)) @ (x @ Wv)

    def plain(q, k):
        return q @ k.T / np.sqrt(D)

    def causal(q, k):
        return np.where(np.tri(T, dtype=bool), plain(q, k), -np.inf)

    learned = lab.rng.normal(size=(T, D))
    kinds = {
        "none": lambda x: attend(x, plain),
        "learned": lambda x: attend(x + learned, plain),
        "sinusoidal": lambda x: attend(x + table, plain),
        "rotary": lambda x: attend(x, lambda q, k: rope_scores(q, k, places, places)),
        "alibi": lambda x: attend(x, lambda q, k: plain(q, k) + bias),
        "causal_mask_only": lambda x: attend(x, causal),
    }
    for name, fn in kinds.items():
        value = gap(fn, x)
        lab.metric("gap_" + name, value)
        if name == "none":
            truthy(value < 1e-9, "self-attention without positions has a permutation gap of %.6g, expected 0" % value)
        else:
            truthy(value > 1e-3, "with %s positions the permutation gap is %.6g: attention is still blind to order" % (name, value))
