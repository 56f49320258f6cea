import math

import numpy as np

from aisafe_lab import allclose, check, close, fail, gradcheck, same_shape, truthy

acts_of = {
    "linear": (lambda z: z, lambda z: 1.0),
    "relu": (lambda z: max(z, 0.0), lambda z: 1.0 if z > 0 else 0.0),
    "tanh": (math.tanh, lambda z: 1 - math.tanh(z) ** 2),
    "sigmoid": (lambda z: 1 / (1 + math.exp(-z)), lambda z: math.exp(-z) / (1 + math.exp(-z)) ** 2),
}


def slow_forward(x, Ws, act, residual=False):
    """Example by example, unit by unit."""
    f = acts_of[act][0]
    acts = [x]
    for W in Ws:
        h = acts[-1]
        out = np.zeros((len(h), W.shape[1]))
        for b in range(len(h)):
            for j in range(W.shape[1]):
                out[b, j] = f(sum(h[b, i] * W[i, j] for i in range(W.shape[0]))) + (h[b, j] if residual else 0.0)
        acts.append(out)
    return acts


def expected_square(act, spread):
    """E[f(spread * u)**2] for a standard normal u: closed forms, or Simpson's rule in pieces that avoid the kink."""
    if act == "linear":
        return spread**2
    if act == "relu":
        return spread**2 / 2
    f = acts_of[act][0]
    n, low, high = 400, -9.0, 9.0
    step = (high - low) / n
    total = 0.0
    for i in range(n + 1):
        u = low + i * step
        weight = 1 if i in (0, n) else 4 if i % 2 else 2
        total += weight * f(spread * u) ** 2 * math.exp(-u * u / 2)
    return total * step / 3 / math.sqrt(2 * math.pi)


def slow_propagate(depth, gain, act, square=True, gained=True):
    q = [1.0]
    for _ in range(depth):
        spread = (gain if gained else 1.0) * (math.sqrt(q[-1]) if square else q[-1])
        q.append(expected_square(act, spread))
    return np.array(q)


def network(rng, n, depth, gain):
    return [rng.normal(size=(n, n)) * gain / math.sqrt(n) for _ in range(depth)]


def run_forward(lab, x, Ws, act, residual=False):
    """The learner's activations, with their shapes checked."""
    acts = lab.fn("forward_deep", returns=["array"])(x, Ws, act, residual)
    truthy(len(acts) == len(Ws) + 1, "forward_deep returns %d arrays for %d layers, expected %d: the input first" % (len(acts), len(Ws), len(Ws) + 1))
    for l, a in enumerate(acts):
        same_shape(a, (len(x), x.shape[1] if l == 0 else Ws[l - 1].shape[1]), "activations %d" % l)
        truthy(np.isfinite(a).all(), "activations %d hold NaN or infinity" % l)
    return acts


def run_backward(lab, acts, Ws, d_out, act, residual=False):
    d_acts, d_Ws = lab.fn("backward_deep", returns=(["array"], ["array"]))(acts, Ws, d_out, act, residual)
    truthy(len(d_acts) == len(acts), "backward_deep returns %d gradients of activations, expected %d: that of the input too" % (len(d_acts), len(acts)))
    truthy(len(d_Ws) == len(Ws), "backward_deep returns %d gradients of weights, expected %d" % (len(d_Ws), len(Ws)))
    for l, (d, a) in enumerate(zip(d_acts, acts)):
        same_shape(d, a.shape, "d_acts[%d]" % l)
    for l, (d, W) in enumerate(zip(d_Ws, Ws)):
        same_shape(d, W.shape, "d_Ws[%d]" % l)
    return d_acts, d_Ws


def norms(arrays):
    return [math.sqrt(float((a * a).sum())) for a in arrays]


@check("init", "the starting weights have the right variance", uses=["init_he", "init_xavier"], hint="init")
def _(lab):
    he, xavier = lab.fn("init_he", returns="array"), lab.fn("init_xavier", returns="array")
    n, m = 800, 600
    sure = 5 * math.sqrt(2.0 / (n * m))
    for name, init, right, wrong in (
        (
            "init_he",
            he,
            lambda i, o: 2 / i,
            {
                "you use the number of outputs instead of inputs": lambda i, o: 2 / o,
                "the factor 2 is missing, which makes up for the half that ReLU cuts off": lambda i, o: 1 / i,
                "you pass the variance where NumPy wants the standard deviation: take its square root": lambda i, o: (2 / i) ** 2,
                "you use the mean of inputs and outputs: that is Xavier": lambda i, o: 2 / (i + o),
                "you draw standard normals without a scale": lambda i, o: 1.0,
            },
        ),
        (
            "init_xavier",
            xavier,
            lambda i, o: 2 / (i + o),
            {
                "you pass the variance where NumPy wants the standard deviation: take its square root": lambda i, o: (2 / (i + o)) ** 2,
                "you use 1 / (n_in + n_out)": lambda i, o: 1 / (i + o),
                "you use only the number of inputs": lambda i, o: 1 / i,
                "you draw standard normals without a scale": lambda i, o: 1.0,
            },
        ),
    ):
        for i, o in ((n, m), (m, n)):
            seed = int(lab.rng.integers(1 << 30))
            W = init(i, o, np.random.default_rng(seed))
            what = "%s(%d, %d, rng)" % (name, i, o)
            same_shape(W, (i, o), what)
            got, want = float((W * W).mean()), right(i, o)
            if not abs(got / want - 1) <= sure:
                cause = [words for words, other in wrong.items() if abs(got / other(i, o) - 1) <= sure]
                fail(
                    "%s has variance %.4g, expected %.4g%s"
                    % (what, got, want, ". That is what you get when %s." % cause[0] if cause else "")
                )
            mean = float(W.mean())
            truthy(abs(mean) < 5 * math.sqrt(want / W.size), "%s has mean %.3g, expected 0" % (what, mean))
        again = init(m, n, np.random.default_rng(seed))
        truthy((again == W).all(), "%s gives other weights for the same seed: take all chance from `rng`" % name)


@check("forward", "forward_deep keeps the activations of every layer", uses=["forward_deep"], hint="forward")
def _(lab):
    for act in acts_of:
        sizes = [int(n) for n in lab.rng.permutation([2, 3, 4, 5])]
        x = lab.rng.normal(size=(6, sizes[0]))
        Ws = [lab.rng.normal(size=s) for s in zip(sizes, sizes[1:])]
        got, want = run_forward(lab, x, Ws, act), slow_forward(x, Ws, act)
        close(got[0], x, "the first of the activations (the input)")
        for l in range(1, len(want)):
            wrong = {"the activation function is missing in this layer": lambda: slow_forward(got[l - 1], Ws[l - 1 : l], "linear")[1]}
            close(got[l], want[l], "%s: activations %d" % (act, l), axes="(example, unit)", alternatives=wrong if act != "linear" else None)
    n = 4
    x, Ws = lab.rng.normal(size=(3, n)), [lab.rng.normal(size=(n, n)) for _ in range(3)]
    got, want = run_forward(lab, x, Ws, "tanh", True), slow_forward(x, Ws, "tanh", True)
    for l in range(1, len(want)):
        h, W = got[l - 1], Ws[l - 1]
        wrong = {
            "`residual` is ignored": lambda: slow_forward(h, [W], "tanh")[1],
            "the input is added before the activation function instead of after it": lambda: np.tanh(h @ W + h),
            "you add the input of the network instead of that of the layer": lambda: x + np.tanh(h @ W),
        }
        close(got[l], want[l], "with residual=True: activations %d" % l, axes="(example, unit)", alternatives=wrong)


@check("backward", "backward_deep gives the gradients of weights and activations", uses=["backward_deep"], needs=["forward"], hint="backward")
def _(lab):
    for act, residual in (("linear", False), ("tanh", False), ("sigmoid", False), ("relu", False), ("tanh", True)):
        sizes = [3] * 4 if residual else [int(n) for n in lab.rng.permutation([2, 3, 4, 5])]
        params = {"x": lab.rng.normal(size=(6, sizes[0]))}
        for l, shape in enumerate(zip(sizes, sizes[1:])):
            params["Ws[%d]" % l] = lab.rng.normal(size=shape)
        keep = lab.rng.normal(size=(6, sizes[-1]))
        names = [name for name in params if name != "x"]

        def loss(p):
            return float((slow_fast(p["x"], [p[name] for name in names], act, residual) * keep).sum())

        Ws = [params[name] for name in names]
        acts = run_forward(lab, params["x"], Ws, act, residual)
        d_acts, d_Ws = run_backward(lab, acts, Ws, keep, act, residual)
        close(d_acts[-1], keep, "d_acts[-1] (it should be d_out)")
        what = "%s%s: " % (act, ", residual" if residual else "")
        try:
            gradcheck(loss, params, dict(zip(names, d_Ws), x=d_acts[0]), lab.rng, coords=8)
        except BaseException as failure:
            if type(failure).__name__ != "CheckFailed":
                raise
            cause, right = "", wrong_backward(acts, Ws, keep, act, residual, None)
            for words, mistake in (
                ("you give the slope the activations of the layer instead of the pre-activation z = h @ W", "output"),
                ("the slope of the activation function is left out", "no slope"),
                ("the direct path of the residual connection is forgotten: there the gradient also passes as it is", "no path"),
            ):
                if not cause and allclose(d_acts[0], wrong_backward(acts, Ws, keep, act, residual, mistake)) and not allclose(d_acts[0], right):
                    cause = ". Your gradient of x is exactly what you get when %s" % words
            fail(what + failure.message + cause, failure.details)


def wrong_backward(acts, Ws, d, act, residual, mistake):
    """The gradient of the input, after a slip that a message can name or (None) without one."""
    slope = np.vectorize(acts_of[act][1], otypes=[float])
    for h, out, W in zip(acts[-2::-1], acts[:0:-1], Ws[::-1]):
        factor = 1.0 if mistake == "no slope" else slope(out if mistake == "output" else h @ W)
        d = d * factor @ W.T + (d if residual and mistake != "no path" else 0.0)
    return d


def slow_fast(x, Ws, act, residual):
    """The output alone, with arrays: for many calls on a checked network."""
    shaped = {
        "linear": lambda z: z,
        "relu": lambda z: np.where(z > 0, z, 0.0),
        "tanh": np.tanh,
        "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    }[act]
    for W in Ws:
        x = shaped(x @ W) + (x if residual else 0.0)
    return x


@check("stats", "layer_stats and grad_norms describe each layer", uses=["layer_stats", "grad_norms"], hint="stats")
def _(lab):
    layer_stats = lab.fn("layer_stats", returns={"mean_square": ["float"], "var": ["float"], "dead": ["float"]})
    acts = []
    for n in (int(n) for n in lab.rng.permutation([3, 5, 8])):
        a = np.maximum(lab.rng.normal(size=(7, n)) + lab.rng.normal(size=n) + 0.5, 0.0)
        a[:, : n // 3] = 0.0
        a[2] = 0.0
        acts.append(a)
    got = layer_stats(acts)

    def by_unit(a, ddof=0):
        total = 0.0
        for j in range(a.shape[1]):
            column = a[:, j].tolist()
            mean = sum(column) / len(column)
            total += sum((v - mean) ** 2 for v in column) / (len(column) - ddof)
        return total / a.shape[1]

    def dead(a):
        return sum(all(v == 0 for v in a[:, j].tolist()) for j in range(a.shape[1])) / a.shape[1]

    squares = np.array([sum(v * v for v in a.reshape(-1).tolist()) / a.size for a in acts])
    close(
        np.array(got["mean_square"]),
        squares,
        "mean_square",
        axes="(layer,)",
        alternatives={
            "you give the root of the mean square": np.sqrt(squares),
            "you subtract the mean first: that is a variance": np.array([a.var() for a in acts]),
            "you add the squares up instead of averaging": np.array([(a * a).sum() for a in acts]),
        },
    )
    var = np.array([by_unit(a) for a in acts])
    close(
        np.array(got["var"]),
        var,
        "var",
        axes="(layer,)",
        alternatives={
            "you give the standard deviation": np.array([a.std(axis=0).mean() for a in acts]),
            "you take the root of the averaged variance": np.sqrt(var),
            "you take the variance over the units of each example instead of over the batch": np.array([by_unit(a.T) for a in acts]),
            "you take one variance over all entries": np.array([a.var() for a in acts]),
            "you divide by B - 1": np.array([by_unit(a, 1) for a in acts]),
        },
    )
    close(
        np.array(got["dead"]),
        np.array([dead(a) for a in acts]),
        "dead",
        axes="(layer,)",
        alternatives={
            "you count single zeros: a unit is dead only if it is 0 for every example": np.array([(a == 0).mean() for a in acts]),
            "you count examples in which every unit is 0": np.array([dead(a.T) for a in acts]),
            "you count units that are 0 for at least one example": np.array([(a == 0).any(axis=0).mean() for a in acts]),
        },
    )
    grads = [lab.rng.normal(size=(3, 4)), lab.rng.normal(size=(5,)), np.zeros((2, 2))]
    want = np.array([math.sqrt(sum(v * v for v in g.reshape(-1).tolist())) for g in grads])
    close(
        np.array(lab.fn("grad_norms", returns=["float"])(grads)),
        want,
        "grad_norms",
        axes="(layer,)",
        alternatives={
            "you give the square of the norm": want**2,
            "you give the root of the mean square, not of the sum": np.array([math.sqrt((g * g).mean()) for g in grads]),
            "you add up absolute values": np.array([np.abs(g).sum() for g in grads]),
        },
    )


@check("propagate", "the predicted mean square follows the integral of f squared", uses=["propagate_variance"], hint="propagate")
def _(lab):
    propagate = lab.fn("propagate_variance", returns="array")
    for act in acts_of:
        gain = 0.8 + 1.0 * lab.rng.random()
        depth = int(lab.rng.integers(4, 8))
        want = slow_propagate(depth, gain, act)
        close(
            propagate(depth, gain, act),
            want,
            "propagate_variance(%d, %.4g, %r)" % (depth, gain, act),
            rtol=5e-4,
            axes="(layer,)",
            alternatives={
                "the first value, 1 for the input, is missing": want[1:],
                "the gain is not used": lambda: slow_propagate(depth, gain, act, gained=False),
                "you use q where sqrt(q) belongs: q is a square": lambda: slow_propagate(depth, gain, act, square=False),
                "ReLU is treated as if it let both signs pass": lambda: slow_propagate(depth, gain, "linear"),
                "you use gain where gain**2 belongs (or the root of the gain)": lambda: slow_propagate(depth, math.sqrt(gain), act),
            },
        )
    lab.metric("log10_relu_gain_1_after_20", math.log10(max(slow_propagate(20, 1.0, "relu")[-1], 1e-300)))


@check("critical-gain", "at the critical gain a gradient passes a layer unchanged", uses=["critical_gain"], hint="critical")
def _(lab):
    critical = lab.fn("critical_gain", returns="float")
    for act in ("linear", "sigmoid", "tanh", "relu"):
        f = acts_of[act][0]
        h = 1e-6
        slopes = [(f(h) - f(0.0)) / h, (f(0.0) - f(-h)) / h]
        want = (sum(s * s for s in slopes) / 2) ** -0.5
        wrong = {
            "you give the square of the gain": want**2,
            "you give 1 / gain": 1 / want,
        }
        if act == "relu":
            wrong = {
                "you average the slopes and not their squares": 2.0,
                "you take the slope 1: ReLU has it on one side only, so half of the gradient is lost": 1.0,
            }
        if act == "tanh":
            wrong["you give a value from a table for larger signals: here they are close to 0"] = 5 / 3
        close(critical(act), want, "critical_gain(%r)" % act, rtol=1e-4, alternatives=wrong)


@check(
    "theory-and-network",
    "real networks of 20 layers do what the formula predicts",
    uses=["forward_deep", "layer_stats", "propagate_variance"],
    needs=["forward", "stats", "propagate"],
    hint="propagate",
)
def _(lab):
    rng = lab.pool_rng
    propagate = lab.fn("propagate_variance", returns="array")
    layer_stats = lab.fn("layer_stats", returns={"mean_square": ["float"]})
    n, depth, B, nets = 128, 20, 8, 5
    drawn = [(rng.normal(size=(B, n)), network(rng, n, depth, 1.0)) for _ in range(nets)]
    for act, gain in (("linear", 1.0), ("relu", 1.0), ("relu", math.sqrt(2)), ("tanh", 1.5), ("sigmoid", 1.0)):
        measured = np.zeros(depth + 1)
        for x, Ws in drawn:
            stats = layer_stats(run_forward(lab, x, [gain * W for W in Ws], act))
            truthy(len(stats["mean_square"]) == depth + 1, "layer_stats gives %d values for %d arrays" % (len(stats["mean_square"]), depth + 1))
            measured += np.array(stats["mean_square"]) / nets
        predicted = propagate(depth, gain, act)
        same_shape(predicted, (depth + 1,), "propagate_variance(%d, ...)" % depth)
        got, want = (q[-1] ** (1 / depth) if q[-1] > 0 else 0.0 for q in (measured, predicted))
        truthy(
            abs(got / max(want, 1e-30) - 1) < 0.1,
            "%s with gain %.4g: each of 20 layers multiplies the mean square by %.4g in your networks and by %.4g in your prediction"
            % (act, gain, got, want),
        )
        name = act if act != "relu" else "relu_gain_1" if gain == 1.0 else "relu_he"
        lab.metric("log10_mean_square_" + name, math.log10(measured[-1]))
        if act == "tanh":
            lab.metric("tanh_measured_over_predicted", measured[-1] / predicted[-1])
            truthy(
                abs(measured[-1] / predicted[-1] - 1) < 0.2,
                "tanh with gain 1.5: the mean square after 20 layers is %.4g, and your prediction is %.4g" % (measured[-1], predicted[-1]),
            )


@check(
    "gradient-flow",
    "gradients shrink to a quarter or less a layer with sigmoid, and survive at the critical gain",
    uses=["forward_deep", "backward_deep", "grad_norms", "critical_gain", "init_xavier", "init_he"],
    needs=["init", "backward", "stats", "critical-gain"],
    hint="backward",
)
def _(lab):
    rng = lab.pool_rng
    grad_norms, critical = lab.fn("grad_norms", returns=["float"]), lab.fn("critical_gain", returns="float")
    he, xavier = lab.fn("init_he", returns="array"), lab.fn("init_xavier", returns="array")
    n, depth, B = 128, 20, 16
    settings = {
        "sigmoid_xavier": ("sigmoid", [xavier(n, n, rng) for _ in range(depth)]),
        "relu_xavier": ("relu", [xavier(n, n, rng) for _ in range(depth)]),
        "relu_he": ("relu", [he(n, n, rng) for _ in range(depth)]),
        "relu_twice_critical": ("relu", network(rng, n, depth, 2 * critical("relu"))),
        "linear_critical": ("linear", network(rng, n, depth, critical("linear"))),
    }
    ratios = {}
    for name, (act, Ws) in settings.items():
        for W in Ws:
            same_shape(W, (n, n), "the weights of %s" % name)
        acts = run_forward(lab, rng.normal(size=(B, n)), Ws, act)
        d_acts, _ = run_backward(lab, acts, Ws, rng.normal(size=(B, n)), act)
        each = grad_norms(d_acts)
        truthy(len(each) == depth + 1 and min(each) > 0 and np.isfinite(each).all(), "%s: grad_norms gives %s" % (name, each[:3]))
        ratios[name] = (each[0] / each[-1]) ** (1 / depth)
        lab.metric("log10_gradient_" + name, math.log10(each[0] / each[-1]))
    for name, low, high in (
        ("sigmoid_xavier", 0.2, 0.26),
        ("relu_xavier", 0.64, 0.79),
        ("relu_he", 0.9, 1.1),
        ("relu_twice_critical", 1.8, 2.2),
        ("linear_critical", 0.9, 1.1),
    ):
        truthy(
            low < ratios[name] < high,
            "%s: each layer multiplies your gradient by %.4g, expected between %.4g and %.4g" % (name, ratios[name], low, high),
        )


@check(
    "symmetry",
    "units that start equal stay equal: a constant start never learns",
    uses=["forward_deep", "backward_deep"],
    needs=["backward"],
    hint="backward",
)
def _(lab):
    rng = lab.rng
    x, y = rng.normal(size=(12, 4)), rng.normal(size=(12, 2))
    for constant in (True, False):
        shapes = [(4, 6), (6, 5), (5, 2)]
        Ws = [np.full(shape, 0.3) if constant else rng.normal(size=shape) * 0.4 for shape in shapes]
        for _ in range(15):
            acts = run_forward(lab, x, Ws, "tanh")
            _, d_Ws = run_backward(lab, acts, Ws, (acts[-1] - y) / len(x), "tanh")
            Ws = [W - 0.2 * d for W, d in zip(Ws, d_Ws)]
        columns = Ws[0].T
        distinct = len({tuple(np.round(column, 9)) for column in columns})
        if constant:
            lab.metric("distinct_units_constant_start", distinct)
            truthy(distinct == 1, "six hidden units that start with equal weights have become %d different ones: their gradients should be equal" % distinct)
            moved = np.abs(Ws[0] - 0.3).max()
            truthy(moved > 1e-4, "the weights of the first layer do not move: is their gradient zero?")
        else:
            lab.metric("distinct_units_random_start", distinct)
            truthy(distinct == 6, "six hidden units with random starts have become %d different ones: their gradients should differ" % distinct)


@check(
    "residual",
    "with residual connections signal and gradient survive weights that are far too small",
    uses=["forward_deep", "backward_deep", "layer_stats"],
    needs=["backward", "stats"],
    hint="forward",
)
def _(lab):
    rng = lab.pool_rng
    layer_stats = lab.fn("layer_stats", returns={"mean_square": ["float"]})
    n, depth, B = 96, 20, 8
    Ws = network(rng, n, depth, 0.1)
    x, d_out = rng.normal(size=(B, n)), rng.normal(size=(B, n))
    for residual, name in ((False, "plain"), (True, "residual")):
        acts = run_forward(lab, x, Ws, "tanh", residual)
        squares = layer_stats(acts)["mean_square"]
        d_acts, _ = run_backward(lab, acts, Ws, d_out, "tanh", residual)
        truthy(len(squares) == depth + 1 and squares[-1] > 0, "layer_stats gives %d values for %d arrays" % (len(squares), depth + 1))
        signal, gradient = math.sqrt(squares[-1] / squares[0]), norms(d_acts[:1])[0] / norms([d_out])[0]
        truthy(signal > 0 and gradient > 0, "signal or gradient is exactly 0 after 20 layers of small weights: it should be tiny")
        lab.metric("log10_signal_" + name, math.log10(signal))
        lab.metric("log10_gradient_" + name, math.log10(gradient))
        low, high = (0.7, 1.5) if residual else (0.0, 1e-15)
        truthy(
            low < signal < high and low < gradient < high,
            "%s network: over 20 layers the signal changes by a factor of %.3g and the gradient by %.3g, expected between %.3g and %.3g"
            % (name, signal, gradient, low, high),
        )
