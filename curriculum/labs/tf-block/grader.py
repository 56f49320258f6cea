import math

import numpy as np

from aisafe_lab import allclose, check, close, fail, gradcheck, same_shape, truthy

names = ("ln1_g", "ln1_b", "Wq", "Wk", "Wv", "Wo", "ln2_g", "ln2_b", "W1", "b1", "W2", "b2")


def random_params(rng, D, F):
    shapes = {"W1": (D, F), "b1": (F,), "W2": (F, D)}
    params = {}
    for name in names:
        shape = shapes.get(name, (D, D) if name[0] == "W" else (D,))
        params[name] = rng.normal(size=shape) / (np.sqrt(shape[0]) if len(shape) == 2 else 3)
        if name.endswith("_g"):
            params[name] += 1
    return params


def sizes(rng):
    B, T, H, d = (int(n) for n in rng.permutation([2, 3, 4, 5]))
    return B, T, H, H * d, H * d + 3


def slow_layernorm(row, gain, bias, eps=1e-5, ddof=0):
    mean = sum(row) / len(row)
    var = sum((value - mean) ** 2 for value in row) / (len(row) - ddof)
    return np.array([(value - mean) / math.sqrt(var + eps) * g + b for value, g, b in zip(row, gain, bias)])


def slow_gelu(x):
    return 0.5 * x * (1 + math.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def slow_mlp(row, p, act=slow_gelu):
    hidden = [act(sum(row[i] * p["W1"][i, j] for i in range(len(row))) + p["b1"][j]) for j in range(len(p["b1"]))]
    return np.array([sum(h * w for h, w in zip(hidden, p["W2"][:, j])) + p["b2"][j] for j in range(len(row))])


def slow_attention(rows, p, n_heads, causal=True, scale=None):
    """rows (T, D): what each position's heads add, position by position."""
    T, D = rows.shape
    d = D // n_heads
    joined = np.zeros((T, D))
    q, k, v = (np.array([row @ p[name] for row in rows]) for name in ("Wq", "Wk", "Wv"))
    for t in range(T):
        for h in range(n_heads):
            block = slice(h * d, (h + 1) * d)
            seen = range(t + 1) if causal else range(T)
            exps = [math.exp(float(q[t, block] @ k[s, block]) * (scale or d**-0.5)) for s in seen]
            for s, e in zip(seen, exps):
                joined[t, block] += e / sum(exps) * v[s, block]
    return np.array([row @ p["Wo"] for row in joined])


def slow_block(p, x, n_heads, kind="pre", causal=True, scale=None):
    """The block, position by position; kinds other than "pre" are known mistakes. Returns (y, attn, mlp)."""
    results = []
    for rows in x:

        def ln1(row):
            return slow_layernorm(row, p["ln1_g"], p["ln1_b"])

        def ln2(row):
            return slow_layernorm(row, p["ln2_g"], p["ln2_b"])

        each = lambda fn, values: np.array([fn(row) for row in values])  # noqa: E731
        normed = rows if kind in ("post", "no ln1") else each(ln1, rows)
        attn = slow_attention(normed, p, n_heads, causal, scale)
        middle = {"from normed": normed + attn, "no first": attn, "post": each(ln1, rows + attn)}.get(kind, rows + attn)
        source = {"parallel": rows, "post": middle, "no ln2": middle}.get(kind, middle)
        source = source if kind in ("post", "no ln2") else each(ln1 if kind == "ln1 twice" else ln2, source)
        out = each(lambda row: slow_mlp(row, p), source)
        y = {"no second": out, "from normed": source + out, "post": each(ln2, middle + out), "from x": rows + out}.get(kind, middle + out)
        results.append((y, attn, out))
    return tuple(np.array(part) for part in zip(*results))


@check("layernorm", "layernorm centres and scales each position, then applies gain and bias", uses=["layernorm"], hint="layernorm")
def _(lab):
    layernorm = lab.fn("layernorm", returns="array")
    B, T, D = (int(n) for n in lab.rng.permutation([3, 4, 6]))
    gain, bias = lab.rng.normal(size=D) + 1, lab.rng.normal(size=D)
    x = lab.rng.normal(size=(B, T, D)) * 3 + 2
    small = lab.rng.normal(size=(T, D)) * 1e-3
    for value in (x, small):
        flat = value.reshape(-1, D)

        def slow(eps=1e-5, ddof=0, gain=gain, bias=bias, value=value, flat=flat):
            return np.array([slow_layernorm(row, gain, bias, eps, ddof) for row in flat]).reshape(value.shape)

        sd = value.std(-1, keepdims=True)
        everything = tuple(range(value.ndim))
        close(
            layernorm(value, gain, bias),
            slow(),
            "layernorm" if value is x else "layernorm of small values (standard deviation 0.001)",
            axes="(B, T, D)" if value is x else "(T, D)",
            alternatives={
                "the variance divides by D - 1": lambda: slow(ddof=1),
                "mean and variance run over all positions instead of each position's own values": (
                    lambda: (value - value.mean()) / np.sqrt(value.var() + 1e-5) * gain + bias
                ),
                "mean and variance run over the positions, as in batch normalisation": (
                    lambda: (value - value.mean(everything[:-1])) / np.sqrt(value.var(everything[:-1]) + 1e-5) * gain + bias
                ),
                "you divide by the variance instead of the standard deviation": (
                    lambda: (value - value.mean(-1, keepdims=True)) / (sd**2 + 1e-5) * gain + bias
                ),
                "eps is added to the standard deviation instead of the variance": (
                    lambda: (value - value.mean(-1, keepdims=True)) / (sd + 1e-5) * gain + bias
                ),
                "eps is left out": lambda: slow(eps=0.0),
                "gain and bias are not applied": lambda: slow(gain=np.ones(D), bias=np.zeros(D)),
                "the mean is not subtracted": lambda: value / np.sqrt(sd**2 + 1e-5) * gain + bias,
            },
        )
    close(
        layernorm(x, gain, bias, eps=0.7),
        np.array([slow_layernorm(row, gain, bias, 0.7) for row in x.reshape(-1, D)]).reshape(x.shape),
        "layernorm with eps=0.7",
        axes="(B, T, D)",
    )


@check(
    "layernorm-backward",
    "layernorm_backward gives the gradients of x, gain and bias",
    uses=["layernorm_backward"],
    needs=["layernorm"],
    hint="layernorm-backward",
)
def _(lab):
    layernorm = lab.fn("layernorm", returns="array")
    backward = lab.fn("layernorm_backward", returns=("array", "array", "array"))
    B, T, D = (int(n) for n in lab.rng.permutation([2, 3, 6]))
    eps = float(lab.rng.uniform(0.01, 0.2))
    params = {"x": lab.rng.normal(size=(B, T, D)) * 2, "gain": lab.rng.normal(size=D) + 1, "bias": lab.rng.normal(size=D)}
    x, gain = params["x"], params["gain"]
    dy = lab.rng.normal(size=(B, T, D))
    dx, dgain, dbias = backward(dy, x, gain, eps=eps)
    same_shape(dx, x.shape, "the gradient of x")
    sd = np.sqrt(x.var(-1, keepdims=True) + eps)
    dz, z = dy * gain, (x - x.mean(-1, keepdims=True)) / sd
    for phrase, value in {
        "mean and standard deviation were constants: they depend on x too": dz / sd,
        "the standard deviation was a constant: it depends on x too": (dz - dz.mean(-1, keepdims=True)) / sd,
        "the mean was a constant: it depends on x too": (dz - z * (dz * z).mean(-1, keepdims=True)) / sd,
    }.items():
        if allclose(dx, value):
            fail("the gradient of x is what you would get if " + phrase)

    def loss(p):
        return float((layernorm(p["x"], p["gain"], p["bias"], eps=eps) * dy).sum())

    gradcheck(loss, params, {"bias": dbias, "gain": dgain, "x": dx}, lab.rng)


@check("gelu", "gelu is the tanh form that GPT-2 uses", uses=["gelu"], hint="gelu")
def _(lab):
    gelu = lab.fn("gelu", returns="array")
    x = np.concatenate([lab.rng.normal(size=11) * 2, [-6.0, 0.0, 6.0]]).reshape(2, 7)

    def each(fn):
        return np.array([[fn(float(value)) for value in row] for row in x])

    close(
        gelu(x),
        each(slow_gelu),
        "gelu",
        alternatives={
            "you use the exact form with erf: it differs from the tanh form by up to 0.0005": (
                lambda: each(lambda v: 0.5 * v * (1 + math.erf(v / math.sqrt(2))))
            ),
            "you use the form x * sigmoid(1.702 x)": lambda: each(lambda v: v / (1 + math.exp(-1.702 * v))),
            "you use relu": lambda: np.maximum(x, 0),
            "the factor 0.5 is missing": lambda: 2 * each(slow_gelu),
            "the cubic term is missing": lambda: each(lambda v: 0.5 * v * (1 + math.tanh(math.sqrt(2 / math.pi) * v))),
        },
    )


@check("gelu-grad", "gelu_grad is the derivative of gelu", uses=["gelu_grad"], hint="gelu")
def _(lab):
    x = lab.rng.normal(size=(4, 5)) * 1.5
    h = 1e-5
    want = np.array([[(slow_gelu(value + h) - slow_gelu(value - h)) / (2 * h) for value in row] for row in x])
    c = math.sqrt(2 / math.pi)
    t = np.tanh(c * (x + 0.044715 * x**3))
    close(
        lab.fn("gelu_grad", returns="array")(x),
        want,
        "gelu_grad",
        rtol=1e-5,
        atol=1e-8,
        alternatives={
            "only the factor x is differentiated, and tanh is taken for a constant": 0.5 * (1 + t),
            "only the tanh is differentiated, and the factor x in front of it is not": 0.5 * x * (1 - t**2) * c * (1 + 3 * 0.044715 * x**2),
            "the derivative of what stands inside tanh is missing": 0.5 * (1 + t) + 0.5 * x * (1 - t**2),
            "the cubic term inside tanh is taken for a constant": 0.5 * (1 + t) + 0.5 * x * (1 - t**2) * c,
            "it is the derivative of relu": (x > 0).astype(float),
        },
    )


@check("mlp", "mlp expands, applies gelu and projects back", uses=["mlp"], needs=["gelu"], hint="mlp")
def _(lab):
    T, D, F = (int(n) for n in lab.rng.permutation([3, 4, 6]))
    p = random_params(lab.rng, D, F)
    x = lab.rng.normal(size=(2, T, D))
    args = (x, p["W1"], p["b1"], p["W2"], p["b2"])

    def slow(act=slow_gelu, **changes):
        return np.array([[slow_mlp(row, dict(p, **changes), act) for row in rows] for rows in x])

    close(
        lab.fn("mlp", returns="array")(*args),
        slow(),
        "mlp",
        axes="(B, T, D)",
        alternatives={
            "b1 is not added": lambda: slow(b1=0 * p["b1"]),
            "b2 is not added": lambda: slow(b2=0 * p["b2"]),
            "there is no gelu between the two maps": lambda: slow(act=lambda v: v),
            "gelu is applied to the result as well": lambda: np.vectorize(slow_gelu)(slow()),
        },
    )


@check(
    "block-forward",
    "block_forward adds attention and MLP, each of a normalised copy, to the stream",
    uses=["block_forward"],
    needs=["layernorm", "mlp"],
    hint="forward",
)
def _(lab):
    forward = lab.fn("block_forward", returns=("array", "any"))
    B, T, H, D, F = sizes(lab.rng)
    p = random_params(lab.rng, D, F)
    x = lab.rng.normal(size=(B, T, D)) * 1.5

    def slow(kind="pre", **kw):
        return lambda: slow_block(p, x, H, kind, **kw)[0]

    y, _ = forward(p, x, H)
    close(
        y,
        slow()(),
        "y",
        axes="(B, T, D)",
        alternatives={
            "the norms come after the additions (post-norm) instead of before attention and MLP (pre-norm)": slow("post"),
            "you add to the normalised stream instead of the stream itself": slow("from normed"),
            "the stream is not added to the attention (the first residual connection is missing)": slow("no first"),
            "the stream is not added to the MLP (the second residual connection is missing)": slow("no second"),
            "the MLP's output is added to x, so that the attention is lost": slow("from x"),
            "the MLP reads x, and not the stream after the attention": slow("parallel"),
            "the first norm is missing": slow("no ln1"),
            "the second norm is missing": slow("no ln2"),
            "both norms use the gain and bias of the first": slow("ln1 twice"),
            "the attention sees the future: the causal mask is missing": slow(causal=False),
            "you divide by sqrt(D), the width of the stream, instead of sqrt(d), that of a head": slow(scale=D**-0.5),
            "you do not divide the scores by sqrt(d)": slow(scale=1.0),
        },
    )


@check(
    "identity",
    "with zero output weights the block hands the stream on unchanged",
    uses=["block_forward"],
    needs=["block-forward"],
    hint="forward",
)
def _(lab):
    forward = lab.fn("block_forward", returns=("array", "any"))
    B, T, H, D, F = sizes(lab.rng)
    p = random_params(lab.rng, D, F)
    x = lab.rng.normal(size=(B, T, D)) * 5 + 1
    for name in ("Wo", "W2", "b2"):
        p[name] = np.zeros_like(p[name])
    close(forward(p, x, H)[0], x, "y, when Wo, W2 and b2 are zero,", axes="(B, T, D)")


@check(
    "no-future",
    "a change at one position changes nothing before it",
    uses=["block_forward"],
    needs=["block-forward"],
    hint="forward",
)
def _(lab):
    forward = lab.fn("block_forward", returns=("array", "any"))
    B, T, H, D, F = 2, 6, 3, 12, 7
    p = random_params(lab.rng, D, F)
    x = lab.rng.normal(size=(B, T, D))
    at = int(lab.rng.integers(1, T - 1))
    changed = x.copy()
    changed[:, at] += lab.rng.normal(size=(B, D))
    before, after = forward(p, x, H)[0], forward(p, changed, H)[0]
    same_shape(before, x.shape, "y")
    same_shape(after, x.shape, "y")
    close(after[:, :at], before[:, :at], "y before position %d, after a change at %d," % (at, at), axes="(B, T, D)")


@check(
    "contributions",
    "x plus what attention and MLP add is y",
    uses=["residual_stream_contributions"],
    needs=["block-forward"],
    hint="contributions",
)
def _(lab):
    forward = lab.fn("block_forward", returns=("array", "any"))
    contributions = lab.fn("residual_stream_contributions", returns={"attn": "array", "mlp": "array"})
    B, T, H, D, F = sizes(lab.rng)
    p = random_params(lab.rng, D, F)
    x = lab.rng.normal(size=(B, T, D)) * 1.5
    y, cache = forward(p, x, H)
    got = contributions(cache)
    want_y, want_attn, want_mlp = slow_block(p, x, H)
    close(
        got["attn"],
        want_attn,
        "the contribution of attn",
        axes="(B, T, D)",
        alternatives={
            "it is the stream after the addition: leave x out": lambda: x + want_attn,
            "it is what the heads give before Wo": lambda: want_attn @ np.linalg.inv(p["Wo"]),
            "attn and mlp are exchanged": want_mlp,
        },
    )
    close(
        got["mlp"],
        want_mlp,
        "the contribution of mlp",
        axes="(B, T, D)",
        alternatives={
            "it is the whole change y - x, which holds the attention too": lambda: want_attn + want_mlp,
            "it is y itself": want_y,
            "b2 is left out: it is part of what the MLP adds": lambda: want_mlp - p["b2"],
        },
    )
    close(x + got["attn"] + got["mlp"], y, "x + attn + mlp", axes="(B, T, D)")
    scaled = contributions(forward(p, 10 * x, H)[1])["attn"]
    same_shape(scaled, want_attn.shape, "the contribution of attn")
    lab.metric("change_of_attn_when_x_is_ten_times_as_large", np.linalg.norm(scaled) / np.linalg.norm(want_attn) - 1)
    stream = lab.rng.normal(size=(1, 8, 24))
    start = np.linalg.norm(stream, axis=-1).mean()
    for _ in range(12):
        stream = forward(random_params(lab.rng, 24, 96), stream, 3)[0]
        same_shape(stream, (1, 8, 24), "y")
    lab.metric("log_stream_growth", np.log(np.linalg.norm(stream, axis=-1).mean() / start))


@check(
    "backward",
    "block_backward gives the gradients of x and of all twelve tensors",
    uses=["block_backward"],
    needs=["block-forward", "layernorm-backward", "gelu-grad"],
    timeout=10,
    hint="backward",
)
def _(lab):
    forward = lab.fn("block_forward", returns=("array", "any"))
    backward = lab.fn("block_backward", returns=("array", {name: "array" for name in names}))
    B, T, H, D, F = 2, 4, 3, 6, 5
    params = dict(random_params(lab.rng, D, F), x=lab.rng.normal(size=(B, T, D)))
    weights = {name: params[name] for name in names}
    dy = lab.rng.normal(size=(B, T, D))

    def loss(p):
        return float((forward(weights, p["x"], H)[0] * dy).sum())

    y, cache = forward(weights, params["x"], H)
    same_shape(y, (B, T, D), "y")
    dx, grads = backward(dy, cache)
    # From the last operation to the first: the first red one is where to look.
    order = ("b2", "W2", "b1", "W1", "ln2_b", "ln2_g", "Wo", "Wv", "Wq", "Wk", "ln1_b", "ln1_g")
    ordered = {name: params[name] for name in order}
    later = ("b2", "W2", "b1", "W1", "ln2_b", "ln2_g")
    gradcheck(lambda p: loss(params), {name: ordered.pop(name) for name in later}, grads, lab.rng, coords=8)
    _explain_middle(grads["Wo"], params, H, dy)
    gradcheck(lambda p: loss(params), ordered, grads, lab.rng, coords=8)
    residual = {
        "dy, as if nothing led from x to y but attention and MLP": lambda: dx + dy,
        "the gradient of the middle stream, as if nothing led from x to it but the attention": lambda: dx + _middle_gradient(params, H, dy),
    }
    same_shape(dx, (B, T, D), "the gradient of x")
    numeric = _numeric_gradient(loss, params)
    for phrase, value in residual.items():
        if not allclose(dx, numeric, rtol=1e-4, atol=1e-5) and allclose(value(), numeric, rtol=1e-4, atol=1e-5):
            fail("the gradient of x lacks " + phrase + ": add what flows past them, along the residual connection")
    gradcheck(loss, {"x": params["x"]}, {"x": dx}, lab.rng, coords=16)
    truthy(set(grads) == set(names), "grads should have exactly the twelve keys of params, and has %s" % ", ".join(sorted(map(str, grads))))


def _explain_middle(got, p, n_heads, dy):
    """Names the mistake when the gradient of Wo shows that of the middle stream to be half of the sum."""
    normed = np.array([[slow_layernorm(row, p["ln1_g"], p["ln1_b"]) for row in rows] for rows in p["x"]])
    joined = np.array([slow_attention(rows, dict(p, Wo=np.eye(len(p["Wo"]))), n_heads) for rows in normed])
    right, past = (np.einsum("bti,btj->ij", joined, each) for each in (_middle_gradient(p, n_heads, dy), dy))
    same_shape(got, right.shape, "the gradient of Wo")
    for phrase, value in (("dy, which flows past the MLP", right - past), ("what comes back through the MLP and the second norm", past)):
        if not allclose(got, right, rtol=1e-4, atol=1e-5) and allclose(got, value, rtol=1e-4, atol=1e-5):
            fail("the gradient of Wo lacks %s: the middle stream is used twice, so its gradient is the sum of two" % phrase)


def _numeric_gradient(loss, params):
    x = params["x"]
    result = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        before = x[index]
        x[index] = before + 1e-5
        above = loss(params)
        x[index] = before - 1e-5
        result[index] = (above - loss(params)) / 2e-5
        x[index] = before
    return result


def _middle_gradient(p, n_heads, dy):
    """The gradient with respect to the stream after the attention, by differences through the slow MLP."""
    B, T, D = dy.shape
    middle = p["x"] + slow_block(p, p["x"], n_heads)[1]
    result = np.zeros(dy.shape)
    for b in range(B):
        for t in range(T):
            for i in range(D):
                ends = []
                for step in (1e-5, -1e-5):
                    row = middle[b, t].copy()
                    row[i] += step
                    ends.append((row + slow_mlp(slow_layernorm(row, p["ln2_g"], p["ln2_b"]), p)) @ dy[b, t])
                result[b, t, i] = (ends[0] - ends[1]) / 2e-5
    return result
