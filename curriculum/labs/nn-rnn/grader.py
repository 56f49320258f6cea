import math

import numpy as np

from aisafe_lab import allclose, check, close, fail, gradcheck, same_shape, truthy

names = {"Wx": "array", "Wh": "array", "b": "array", "x": "array"}


def case(rng, T=6):
    B, D, H = (int(n) for n in rng.permutation([2, 3, 4]))
    params = {"Wx": rng.normal(size=(D, H)), "Wh": rng.normal(size=(H, H)) * 0.8, "b": rng.normal(size=H) * 0.5}
    return params, rng.normal(size=(B, T, D)), rng.normal(size=(B, T, H))


def slow_forward(params, x, carry=True, squash=True, bias=True, turned=False):
    """Sequence by sequence, step by step, unit by unit."""
    Wx, Wh, b = params["Wx"], params["Wh"].T if turned else params["Wh"], params["b"]
    B, T, D = x.shape
    H = len(b)
    h = np.zeros((B, T, H))
    for n in range(B):
        before = [0.0] * H
        for t in range(T):
            now = []
            for j in range(H):
                a = sum(x[n, t, i] * Wx[i, j] for i in range(D)) + sum(before[i] * Wh[i, j] for i in range(H))
                a += b[j] if bias else 0.0
                now.append(math.tanh(a) if squash else a)
            h[n, t] = now
            before = now if carry else [0.0] * H
    return h


def fast_forward(params, x):
    """All sequences at once: for the many calls of a gradient check."""
    now, h = 0.0 * params["b"], []
    for t in range(x.shape[1]):
        now = np.tanh(x[:, t] @ params["Wx"] + now @ params["Wh"] + params["b"])
        h.append(now)
    return np.stack(h, axis=1)


def slow_gradients(params, x, h, d_h, k, slope=None):
    """For each step t by itself: what its d_h says, carried back through k steps."""
    Wx, Wh = params["Wx"], params["Wh"]
    T = x.shape[1]
    slope = 1 - h * h if slope is None else slope
    grads = {name: np.zeros(value.shape) for name, value in (("Wx", Wx), ("Wh", Wh), ("b", params["b"]), ("x", x))}
    for n in range(len(x)):
        for t in range(T):
            d = d_h[n, t]
            for s in range(t, max(t - k, -1), -1):
                d_a = d * slope[n, s]
                grads["Wx"] += np.outer(x[n, s], d_a)
                grads["b"] += d_a
                if s > 0:
                    grads["Wh"] += np.outer(h[n, s - 1], d_a)
                grads["x"][n, s] += Wx @ d_a
                d = Wh @ d_a
    return grads


def only_first_step(params, x, h, d_h):
    """What is left when each step overwrites the weight gradients of the one that was handled before it."""
    d = np.zeros(d_h[:, 0].shape)
    for t in range(x.shape[1] - 1, -1, -1):
        d_a = (d_h[:, t] + d) * (1 - h[:, t] ** 2)
        d = d_a @ params["Wh"].T
    return {"Wx": x[:, 0].T @ d_a, "b": d_a.sum(0)}


def shaped(grads, params, x, what):
    for name, like in (("Wx", params["Wx"]), ("Wh", params["Wh"]), ("b", params["b"]), ("x", x)):
        same_shape(grads[name], like.shape, "%s: the gradient of %s" % (what, name))
    return grads


@check("forward", "the hidden state is carried from step to step", uses=["rnn_forward"], hint="forward")
def _(lab):
    forward = lab.fn("rnn_forward", returns=("array", "any"))
    for T in (6, 1):
        params, x, _ = case(lab.rng, T)
        close(
            forward(params, x)[0],
            slow_forward(params, x),
            "h for %d steps" % T,
            axes="(sequence, step, unit)",
            alternatives={
                "the hidden state is not carried over: each step starts from 0": lambda: slow_forward(params, x, carry=False),
                "the tanh is missing": lambda: slow_forward(params, x, squash=False),
                "the bias is missing": lambda: slow_forward(params, x, bias=False),
                "Wh is transposed": lambda: slow_forward(params, x, turned=True),
            },
        )


@check("backward", "back-propagation through time gives the gradients of everything", uses=["rnn_backward"], needs=["forward"], hint="backward")
def _(lab):
    forward = lab.fn("rnn_forward", returns=("array", "any"))
    backward = lab.fn("rnn_backward", returns=names)
    params, x, d_h = case(lab.rng)
    params["x"] = x
    h, cache = forward(params, x)
    got = shaped(backward(params, cache, d_h), params, x, "rnn_backward")

    def loss(p):
        return float((fast_forward(p, p["x"]) * d_h).sum())

    first = only_first_step(params, x, h, d_h)
    alone = slow_gradients(params, x, h, d_h, 1)
    a = np.arctanh(h)
    wrong_slope = slow_gradients(params, x, h, d_h, x.shape[1], slope=1 - a * a)
    no_slope = slow_gradients(params, x, h, d_h, x.shape[1], slope=np.ones(h.shape))
    for name in ("b", "Wx"):
        if allclose(got[name], first[name]):
            fail("the gradient of %s holds the first step only: the weights are used at every step, so add up the gradients of all steps" % name)
    for other, words in (
        (alone, "nothing is carried back from later steps"),
        (wrong_slope, "the slope of tanh is taken as 1 - a**2 at the pre-activation a: it is 1 - tanh(a)**2, so 1 - h**2"),
        (no_slope, "the slope of tanh is left out"),
    ):
        if allclose(got["b"], other["b"]):
            fail("the gradient of b is not the derivative. Your numbers match exactly what you get when %s" % words)
    gradcheck(loss, params, {name: got[name] for name in ("b", "Wx", "Wh", "x")}, lab.rng)


@check("truncated", "truncation to k steps keeps exactly the paths of at most k steps", uses=["bptt_truncated"], needs=["backward"], hint="truncated")
def _(lab):
    forward = lab.fn("rnn_forward", returns=("array", "any"))
    truncated = lab.fn("bptt_truncated", returns=names)
    T = 6
    params, x, d_h = case(lab.rng, T)
    h, cache = forward(params, x)

    def whole_blocks(k):
        total = None
        for start in range(0, T, k):
            part = np.zeros(d_h.shape)
            part[:, start : start + k] = d_h[:, start : start + k]
            for t in range(start, min(start + k, T)):
                one = np.zeros(d_h.shape)
                one[:, t] = part[:, t]
                g = slow_gradients(params, x, h, one, t - start + 1)
                total = g if total is None else {name: total[name] + g[name] for name in g}
        return total

    for k in (2, 3, 1, T, T + 4):
        got = shaped(truncated(params, cache, d_h, k), params, x, "bptt_truncated with k=%d" % k)
        want = slow_gradients(params, x, h, d_h, k)
        for name in ("b", "Wx", "Wh", "x"):
            wrong = {}
            if k < T:
                wrong["nothing is cut off"] = lambda: slow_gradients(params, x, h, d_h, T)[name]
                wrong["the gradient goes back one step too far (k + 1 steps)"] = lambda: slow_gradients(params, x, h, d_h, k + 1)[name]
            if 1 < k <= T:
                wrong["the gradient stops one step early (k - 1 steps)"] = lambda: slow_gradients(params, x, h, d_h, k - 1)[name]
            if 1 < k < T:
                wrong["the sequence is cut into blocks of k: here every step looks back k steps"] = lambda: whole_blocks(k)[name]
            close(got[name], want[name], "bptt_truncated with k=%d of %d steps: the gradient of %s" % (k, T, name), rtol=1e-5, atol=1e-8, alternatives=wrong)


def with_radius(rng, H, radius):
    W = rng.normal(size=(H, H))
    return W * radius / np.abs(np.linalg.eigvals(W)).max()


@check("through-time", "a change fades or grows like powers of Wh", uses=["gradient_through_time"], hint="time")
def _(lab):
    through = lab.fn("gradient_through_time", returns="array")
    params, _, _ = case(lab.rng)
    H, T = len(params["b"]), 5
    product, want, summed = np.eye(H), [], []
    for _ in range(T + 1):
        want.append(math.sqrt(sum(v * v for v in product.reshape(-1).tolist())))
        summed.append(float(np.abs(product).sum()))
        product = np.array([[sum(product[i, l] * params["Wh"][l, j] for l in range(H)) for j in range(H)] for i in range(H)])
    want = np.array(want)
    single = math.sqrt(float((params["Wh"] ** 2).sum()))
    close(
        through(params, T),
        want,
        "gradient_through_time",
        axes="(j,)",
        alternatives={
            "the norm of Wh is raised to a power: the norm of a product is not the product of the norms": np.array([math.sqrt(H)] + [single**j for j in range(1, T + 1)]),
            "Wh is multiplied entry by entry (** or *) instead of as a matrix": np.array([math.sqrt(H)] + [math.sqrt(float((params["Wh"] ** (2 * j)).sum())) for j in range(1, T + 1)]),
            "you give the squares of the norms": want**2,
            "you add up absolute values": np.array(summed),
            "you give the largest singular value": lambda: np.array([np.linalg.norm(np.linalg.matrix_power(params["Wh"], j), 2) for j in range(T + 1)]),
        },
    )
    rng = lab.pool_rng
    H, T = 16, 40
    for radius, name in ((0.5, "half"), (1.5, "one_and_a_half")):
        p = {"Wx": np.ones((1, H)), "Wh": with_radius(rng, H, radius), "b": np.zeros(H)}
        norms = through(p, T)
        same_shape(norms, (T + 1,), "gradient_through_time(params, %d)" % T)
        truthy((norms > 0).all() and np.isfinite(norms).all(), "the norms for a spectral radius of %g are not all positive" % radius)
        rate = float((norms[T] / norms[T // 2]) ** (2.0 / T))
        lab.metric("factor_per_step_at_radius_" + name, rate)
        truthy(abs(rate / radius - 1) < 0.15, "with a spectral radius of %g the norm changes by a factor of %.4g a step, expected about %g" % (radius, rate, radius))


@check(
    "far-back",
    "in a real network the gradient of an early input depends on the spectral radius",
    uses=["rnn_forward", "rnn_backward"],
    needs=["backward"],
    hint="backward",
)
def _(lab):
    forward = lab.fn("rnn_forward", returns=("array", "any"))
    backward = lab.fn("rnn_backward", returns=names)
    rng = lab.pool_rng
    B, T, D, H = 4, 30, 3, 24
    kept = {}
    for radius, name in ((0.5, "half"), (1.0, "one")):
        params = {"Wx": rng.normal(size=(D, H)) * 0.1, "Wh": with_radius(rng, H, radius), "b": np.zeros(H)}
        x, d_h = rng.normal(size=(B, T, D)), np.zeros((B, T, H))
        d_h[:, -1] = rng.normal(size=(B, H))
        h, cache = forward(params, x)
        grads = shaped(backward(params, cache, d_h), params, x, "rnn_backward")
        size = [math.sqrt(float((grads["x"][:, t] ** 2).sum())) for t in (0, T - 1)]
        truthy(size[0] > 0 and size[1] > 0 and np.isfinite(size).all(), "a loss at the last step has no gradient at the first input, or an infinite one")
        kept[name] = math.log10(size[0] / size[1])
        lab.metric("log10_gradient_29_steps_back_at_radius_" + name, kept[name])
    truthy(
        kept["half"] < -6 and kept["one"] > kept["half"] + 4,
        "29 steps back your gradient has changed by 10^%.2f at spectral radius 0.5 and by 10^%.2f at 1: expected a far smaller one at 0.5" % (kept["half"], kept["one"]),
    )


def copy_task(forward, backward, rng, lag, T, steps, k=None, units=20, radius=0.9):
    """Trains a network to say what the input was `lag` steps ago; returns the share of the variance left unexplained."""
    B, H, clip, lr = 16, units, 1.0, 0.01
    p = {"Wx": rng.normal(size=(1, H)) * 0.5, "Wh": with_radius(rng, H, radius), "b": np.zeros(H), "Wo": rng.normal(size=(H, 1)) * 0.2}
    m, v = ({name: np.zeros(a.shape) for name, a in p.items()} for _ in range(2))
    losses = []
    for t in range(1, steps + 1):
        x = rng.choice([-1.0, 1.0], size=(B, T, 1))
        h, cache = forward(p, x)
        same_shape(h, (B, T, H), "h")
        error = h[:, lag:] @ p["Wo"] - x[:, : T - lag]
        losses.append(float((error**2).mean()))
        d = 2 * error / error.size
        d_h = np.zeros(h.shape)
        d_h[:, lag:] = d @ p["Wo"].T
        g = backward(p, cache, d_h) if k is None else backward(p, cache, d_h, k)
        shaped(g, p, x, "the backward pass")
        g = {"Wx": g["Wx"], "Wh": g["Wh"], "b": g["b"], "Wo": np.einsum("bth,bto->ho", h[:, lag:], d)}
        norm = math.sqrt(sum(float((a**2).sum()) for a in g.values()))
        truthy(math.isfinite(norm), "the gradient becomes NaN or infinite in training")
        factor = min(1.0, clip / norm) if norm > 0 else 1.0
        for name in p:
            a = g[name] * factor
            m[name] = 0.9 * m[name] + 0.1 * a
            v[name] = 0.99 * v[name] + 0.01 * a**2
            p[name] = p[name] - lr * (m[name] / (1 - 0.9**t)) / (np.sqrt(v[name] / (1 - 0.99**t)) + 1e-8)
    return float(np.mean(losses[-10:]))


@check(
    "delayed-copy",
    "a lag of 3 is learned, a lag of 20 is not, and truncation hides what lies further back",
    uses=["rnn_forward", "rnn_backward", "bptt_truncated"],
    needs=["truncated"],
    timeout=30,
    hint="truncated",
)
def _(lab):
    forward = lab.fn("rnn_forward", returns=("array", "any"))
    full, cut = lab.fn("rnn_backward", returns=names), lab.fn("bptt_truncated", returns=names)
    small = dict(units=4, radius=0.2)
    near = copy_task(forward, full, lab.pool_rng, 3, 10, 240, **small)
    far = copy_task(forward, full, lab.pool_rng, 20, 26, 240, **small)
    short = copy_task(forward, cut, lab.pool_rng, 3, 10, 240, k=2, **small)
    lab.metric("unexplained_lag_3_truncated_to_2_large_random_start", copy_task(forward, cut, lab.pool_rng, 3, 10, 100, k=2, units=20, radius=0.9))
    lab.metric("unexplained_lag_3", near)
    lab.metric("unexplained_lag_20", far)
    lab.metric("unexplained_lag_3_truncated_to_2", short)
    truthy(near < 0.3, "with a lag of 3 the network leaves %.2f of the variance unexplained after 240 steps: expected below 0.3" % near)
    truthy(far > 0.8, "with a lag of 20 the network leaves only %.2f unexplained after 240 steps: that is better than expected" % far)
    truthy(short > near + 0.1, "with the gradient truncated to 2 steps the network should do worse at a lag of 3 (unexplained: %.2f, untruncated %.2f)" % (short, near))
