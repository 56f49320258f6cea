import math

import numpy as np

from aisafe_lab import allclose, check, close, fail, gradcheck, same_shape, truthy


def mean_of(values):
    return sum(values) / len(values)


def spread_of(values, ddof=0):
    middle = mean_of(values)
    return sum((v - middle) ** 2 for v in values) / (len(values) - ddof)


def slow_rows(x, g, b, eps, ddof=0):
    """Each row standardised by itself, in loops."""
    y = np.zeros(x.shape)
    for i, row in enumerate(x):
        middle, var = mean_of(row.tolist()), spread_of(row.tolist(), ddof)
        for j in range(len(row)):
            y[i, j] = g[j] * (row[j] - middle) / math.sqrt(var + eps) + b[j]
    return y


def slow_columns(x, g, b, eps, ddof=0):
    """Each column standardised by itself."""
    y = np.zeros(x.shape)
    for j in range(x.shape[1]):
        column = x[:, j].tolist()
        middle, var = mean_of(column), spread_of(column, ddof)
        for i in range(len(column)):
            y[i, j] = g[j] * (column[i] - middle) / math.sqrt(var + eps) + b[j]
    return y


def normalised(x, axis, eps, outside=False, squared=False):
    d, var = x - x.mean(axis=axis, keepdims=True), x.var(axis=axis, keepdims=True)
    return d / (var + eps if squared else np.sqrt(var) + eps if outside else np.sqrt(var + eps))


def batch(rng):
    N, D = (int(n) for n in rng.permutation([5, 7]))
    x = rng.normal(size=(N, D)) * (0.5 + rng.random(D)) + rng.normal(size=D)
    return x, 0.5 + rng.random(D), rng.normal(size=D)


def state_of(D, rng):
    return {"mean": rng.normal(size=D), "var": 0.5 + rng.random(D)}


batchnorm = ("array", "any", {"mean": "array", "var": "array"})


@check("dropout-train", "dropout removes entries one by one and scales up the rest", uses=["dropout"], hint="dropout")
def _(lab):
    dropout = lab.fn("dropout", returns=("array", "array"))
    for p in (0.2, 0.7):
        rows, columns = 150, 120
        x = lab.rng.normal(size=(rows, columns)) + 1.0
        n = rows * columns
        seed = int(lab.rng.integers(1 << 30))
        rng = np.random.default_rng(seed)
        y, mask = dropout(x, p, rng)
        same_shape(mask, x.shape, "the mask")
        same_shape(y, x.shape, "y")
        truthy(np.isfinite(mask).all(), "the mask holds NaN or infinity")
        kept = mask != 0
        share, sure = float(kept.mean()), 5 * math.sqrt(p * (1 - p) / n)
        if abs(share - (1 - p)) > sure:
            swapped = abs(share - p) <= sure
            fail(
                "with p = %g dropout keeps %.3f of the entries, expected about %.3f%s"
                % (p, share, 1 - p, ". p is the probability of dropping, not of keeping" if swapped else "")
            )
        values = np.unique(mask[kept])
        scale = float(mask[kept].mean())
        if not allclose(values, np.full(len(values), 1 / (1 - p))):
            cause = ""
            if allclose(scale, 1.0):
                cause = ". Kept entries must be scaled up by 1 / (1 - p), or the sum over many inputs is smaller in training than in evaluation"
            elif allclose(scale, 1 / p):
                cause = ". You divide by p, the probability of dropping, instead of 1 - p"
            fail("with p = %g the entries that stay have mask %.4g, expected %.4g%s" % (p, scale, 1 / (1 - p), cause))
        by_row, by_column = kept.mean(axis=1), kept.mean(axis=0)
        for each, words, size in ((by_row, "rows", columns), (by_column, "columns", rows)):
            truthy(each.std() < 2 * math.sqrt(p * (1 - p) / size), "whole %s are dropped together: draw one number for each entry" % words)
            truthy(each.std() > 0.5 * math.sqrt(p * (1 - p) / size), "each of the %s has almost the same number of dropped entries: entries must be dropped independently" % words)
        close(y, x * mask, "y (it should be x * mask)")
        again = dropout(x, p, rng)[1]
        truthy(not allclose(again, mask), "two calls give the same mask: it must be drawn anew each time")
        same = dropout(x, p, np.random.default_rng(seed))[1]
        truthy(allclose(same, mask), "two generators with the same seed should give the same mask: take all chance from `rng`")
    sample = lab.rng.normal(size=(150, 150))
    lab.metric("dropout_mean_square", (dropout(sample, 0.5, lab.rng)[0] ** 2).mean())


@check("dropout-eval", "dropout does nothing in evaluation", uses=["dropout"], needs=["dropout-train"], hint="dropout")
def _(lab):
    dropout = lab.fn("dropout", returns=("array", "array"))
    x = lab.rng.normal(size=(4, 5, 6))
    y, mask = dropout(x, 0.4, lab.rng, train=False)
    close(
        y,
        x,
        "y with train=False",
        alternatives={
            "you scale by 1 - p in evaluation: inverted dropout has already scaled up in training": x * 0.6,
            "you scale by 1 / (1 - p) in evaluation": x / 0.6,
        },
    )
    close(mask, np.ones(x.shape), "the mask with train=False")
    y, mask = dropout(x, 0.0, lab.rng)
    close(y, x, "y with p = 0 in training")


@check("dropout-backward", "the gradient goes through the entries that were kept, with their scale", uses=["dropout_backward"], needs=["dropout-train"], hint="dropout")
def _(lab):
    dropout = lab.fn("dropout", returns=("array", "array"))
    x, p = lab.rng.normal(size=(20, 30)), 0.3 + 0.3 * lab.rng.random()
    _, mask = dropout(x, p, lab.rng)
    same_shape(mask, x.shape, "the mask")
    d_y = lab.rng.normal(size=x.shape)
    got = lab.fn("dropout_backward", returns="array")(d_y, mask)
    same_shape(got, x.shape, "d_x")
    if float(((got != 0) == (mask != 0)).mean()) < 0.99:
        truthy((got != 0).all(), "the gradient is zero at other entries than those that were dropped: use the mask of the forward pass, do not draw a new one")
    close(
        got,
        d_y * mask,
        "d_x",
        alternatives={
            "the kept entries are not scaled by 1 / (1 - p)": d_y * (mask != 0),
            "the scale is applied twice": d_y * mask**2,
            "the mask is not used": d_y,
        },
    )


@check("batchnorm-train", "in training each feature is standardised over the batch", uses=["batchnorm_forward"], hint="batchnorm")
def _(lab):
    forward = lab.fn("batchnorm_forward", returns=batchnorm)
    for eps in (1e-5, 0.1):
        x, g, b = batch(lab.rng)
        y = forward(x, g, b, state_of(x.shape[1], lab.rng), True, 0.9, eps)[0]
        close(
            y,
            slow_columns(x, g, b, eps),
            "y (eps = %g)" % eps,
            axes="(example, feature)",
            alternatives={
                "you normalise each example over its features: that is layer norm": lambda: slow_rows(x, g, b, eps),
                "you use one mean and variance for the whole batch": lambda: g * normalised(x, None, eps) + b,
                "the variance that normalises divides by N - 1": lambda: slow_columns(x, g, b, eps, 1),
                "eps stands outside the square root": lambda: g * normalised(x, 0, eps, outside=True) + b,
                "you divide by the variance instead of its root": lambda: g * normalised(x, 0, eps, squared=True) + b,
                "g and b are not used": lambda: normalised(x, 0, eps),
                "b is added before the scale g": lambda: g * (normalised(x, 0, eps) + b),
            },
        )
    pair = lab.rng.normal(size=(2, 40)) * 3
    y = forward(pair, np.ones(40), np.zeros(40), {"mean": np.zeros(40), "var": np.ones(40)})[0]
    lab.metric("batch_of_two_mean_abs_output", np.abs(y).mean())
    x, g, b = batch(lab.rng)
    changed = x.copy()
    changed[0] += 1.0
    state = state_of(x.shape[1], lab.rng)
    moved = np.abs(forward(changed, g, b, state)[0] - forward(x, g, b, state)[0])
    lab.metric("batchnorm_change_of_other_examples", moved[1:].mean())


@check("batchnorm-running", "training keeps running statistics for later", uses=["batchnorm_forward"], needs=["batchnorm-train"], hint="running")
def _(lab):
    forward = lab.fn("batchnorm_forward", returns=batchnorm)
    x, g, b = batch(lab.rng)
    D = x.shape[1]
    old, mom = state_of(D, lab.rng), 0.6 + 0.3 * lab.rng.random()
    state = forward(x, g, b, old, True, mom)[2]
    columns = [x[:, j].tolist() for j in range(D)]
    mean = np.array([mean_of(c) for c in columns])
    biased, var = (np.array([spread_of(c, ddof) for c in columns]) for ddof in (0, 1))

    def mixed(new, name, m=mom):
        return m * old[name] + (1 - m) * new

    close(
        state["mean"],
        mixed(mean, "mean"),
        'state["mean"]',
        axes="(feature,)",
        alternatives={
            "mom is the share of the new batch: here it is the share of the old value": mixed(mean, "mean", 1 - mom),
            "the state is not updated": old["mean"],
            "the old state is forgotten": mean,
        },
    )
    close(
        state["var"],
        mixed(var, "var"),
        'state["var"]',
        axes="(feature,)",
        alternatives={
            "the variance that goes into the state divides by N: it should divide by N - 1": mixed(biased, "var"),
            "mom is the share of the new batch: here it is the share of the old value": mixed(var, "var", 1 - mom),
            "the state is not updated": old["var"],
            "you keep the standard deviation": mixed(np.sqrt(var), "var"),
        },
    )
    rng, state = lab.pool_rng, {"mean": np.zeros(D), "var": np.ones(D)}
    for _ in range(150):
        state = forward(rng.normal(size=(8, D)) * 3.0 + 2.0, g, b, state, True, 0.95)[2]
    lab.metric("running_mean_after_150_batches", state["mean"].mean())
    lab.metric("running_var_after_150_batches", state["var"].mean())


@check("batchnorm-eval", "in evaluation an example's output does not depend on its neighbours", uses=["batchnorm_forward"], needs=["batchnorm-running"], hint="running")
def _(lab):
    forward = lab.fn("batchnorm_forward", returns=batchnorm)
    x, g, b = batch(lab.rng)
    D = x.shape[1]
    state, eps = state_of(D, lab.rng), 1e-5
    y, _, after = forward(x, g, b, state, False)
    want = np.zeros(x.shape)
    for i in range(len(x)):
        for j in range(D):
            want[i, j] = g[j] * (x[i, j] - state["mean"][j]) / math.sqrt(state["var"][j] + eps) + b[j]
    close(
        y,
        want,
        "y with train=False",
        axes="(example, feature)",
        alternatives={
            "you use the statistics of the batch: in evaluation those of the state belong here": lambda: slow_columns(x, g, b, eps),
            "you divide by the variance instead of its root": lambda: g * (x - state["mean"]) / (state["var"] + eps) + b,
        },
    )
    for name in ("mean", "var"):
        close(after[name], state[name], "state[%r] after evaluation (it should stay as it was)" % name)
    alone = forward(x[:1], g, b, state, False)[0]
    truthy(np.isfinite(alone).all(), "a batch of one example gives NaN or infinity in evaluation")
    close(alone, want[:1], "the first example alone, with train=False", axes="(example, feature)")


def judge_backward(lab, got, params, d_y, forward, axis):
    x, g, b = params["x"], params["g"], params["b"]
    d_x, d_g, d_b = got
    for name, value, like in (("d_x", d_x, x), ("d_g", d_g, g), ("d_b", d_b, b)):
        same_shape(value, like.shape, name)
    scale = 1 / np.sqrt(x.var(axis=axis, keepdims=True) + 1e-5)
    x_hat = (x - x.mean(axis=axis, keepdims=True)) * scale
    d = d_y * g
    wrong = {
        "you treat mean and variance as constants: both depend on x": d * scale,
        "you forget that the variance depends on x (the mean is accounted for)": scale * (d - d.mean(axis=axis, keepdims=True)),
        "you forget that the mean depends on x (the variance is accounted for)": scale * (d - x_hat * (d * x_hat).mean(axis=axis, keepdims=True)),
        "the scale g is missing on the way back": scale
        * (d_y - d_y.mean(axis=axis, keepdims=True) - x_hat * (d_y * x_hat).mean(axis=axis, keepdims=True)),
        "you sum over the axis where a mean belongs": scale
        * (d - d.sum(axis=axis, keepdims=True) - x_hat * (d * x_hat).sum(axis=axis, keepdims=True)),
    }
    for words, value in wrong.items():
        if allclose(d_x, value):
            fail("d_x is not the derivative. Your numbers match exactly what you get when %s" % words)
    leading = tuple(range(x.ndim - 1))
    if allclose(d_g, (d_y * x).sum(axis=leading)):
        fail("d_g is not the derivative. Your numbers match exactly what you get when d_y is multiplied by x instead of the standardised x")
    gradcheck(forward, params, {"b": d_b, "g": d_g, "x": d_x}, lab.rng)
    share = np.abs(wrong["you treat mean and variance as constants: both depend on x"]).mean()
    return float(np.abs(d_x).mean() / share)


@check("batchnorm-backward", "the gradient goes through mean and variance of the batch", uses=["batchnorm_backward"], needs=["batchnorm-train"], hint="backward")
def _(lab):
    forward = lab.fn("batchnorm_forward", returns=batchnorm)
    x, g, b = batch(lab.rng)
    params = {"x": x, "g": g, "b": b}
    state = state_of(x.shape[1], lab.rng)
    d_y = lab.rng.normal(size=x.shape)

    def loss(p):
        return float(((p["g"] * normalised(p["x"], 0, 1e-5) + p["b"]) * d_y).sum())

    cache = forward(x, g, b, state)[1]
    got = lab.fn("batchnorm_backward", returns=("array", "array", "array"))(d_y, cache)
    judge_backward(lab, got, params, d_y, loss, 0)
    lab.metric("largest_sum_of_gradients_over_the_batch", np.abs(got[0].sum(axis=0)).max())


@check("layernorm", "layer norm standardises each vector by itself", uses=["layernorm_forward"], hint="layernorm")
def _(lab):
    forward = lab.fn("layernorm_forward", returns=("array", "any"))
    for lead, eps in (((6,), 1e-5), ((2, 3), 1e-5), ((4,), 0.1)):
        D = 5
        x = lab.rng.normal(size=lead + (D,)) * 2 + lab.rng.normal(size=lead + (1,))
        g, b = 0.5 + lab.rng.random(D), lab.rng.normal(size=D)
        flat = x.reshape(-1, D)
        close(
            forward(x, g, b, eps)[0],
            slow_rows(flat, g, b, eps).reshape(x.shape),
            "y for x of shape %s, eps = %g," % (x.shape, eps),
            alternatives={
                "you normalise over the first axis: that is batch norm": lambda: g * normalised(x, 0, eps) + b,
                "you use one mean and variance for the whole array": lambda: g * normalised(x, None, eps) + b,
                "the variance divides by D - 1": lambda: slow_rows(flat, g, b, eps, 1).reshape(x.shape),
                "eps stands outside the square root": lambda: g * normalised(x, -1, eps, outside=True) + b,
                "the mean is not subtracted": lambda: g * x / np.sqrt(x.var(axis=-1, keepdims=True) + eps) + b,
                "g and b are not used": lambda: normalised(x, -1, eps),
            },
        )


@check("layernorm-laws", "a shift or a scale of a vector does not matter, nor do its neighbours", uses=["layernorm_forward"], needs=["layernorm"], hint="layernorm")
def _(lab):
    forward = lab.fn("layernorm_forward", returns=("array", "any"))
    x, g, b = lab.rng.normal(size=(4, 6)), 0.5 + lab.rng.random(6), lab.rng.normal(size=6)
    shift, factor = 5 * lab.rng.normal(size=(4, 1)), 1.0 + 5 * lab.rng.random((4, 1))
    y = forward(x, g, b, 1e-12)[0]
    same_shape(y, x.shape, "y")
    close(forward(x + shift, g, b, 1e-12)[0], y, "y after adding one number to all features of an example", rtol=1e-4, atol=1e-5)
    close(forward(x * factor, g, b, 1e-12)[0], y, "y after multiplying all features of an example by one number", rtol=1e-4, atol=1e-5)
    changed = x.copy()
    changed[1:] += lab.rng.normal(size=(3, 6))
    other = forward(changed, g, b, 1e-12)[0]
    same_shape(other, x.shape, "y")
    close(other[0], y[0], "y of the first example, after a change to the others,", axes="(feature,)")
    lab.metric("layernorm_change_of_other_examples", np.abs(other[0] - y[0]).max())


@check("layernorm-backward", "the gradient goes through mean and variance of each vector", uses=["layernorm_backward"], needs=["layernorm"], hint="backward")
def _(lab):
    forward = lab.fn("layernorm_forward", returns=("array", "any"))
    for lead in ((4,), (2, 3)):
        D = 5
        x = lab.rng.normal(size=lead + (D,)) * 2
        params = {"x": x, "g": 0.5 + lab.rng.random(D), "b": lab.rng.normal(size=D)}
        d_y = lab.rng.normal(size=x.shape)

        def loss(p, d_y=d_y):
            return float(((p["g"] * normalised(p["x"], -1, 1e-5) + p["b"]) * d_y).sum())

        cache = forward(x, params["g"], params["b"])[1]
        got = lab.fn("layernorm_backward", returns=("array", "array", "array"))(d_y, cache)
        kept = judge_backward(lab, got, params, d_y, loss, -1)
    lab.metric("layernorm_gradient_over_constant_statistics", kept)
