import numpy as np

from aisafe_lab import allclose, check, close, fail, gradcheck, same_shape, truthy


def padded(x, pad, lower_only=False):
    N, C, H, W = x.shape
    big = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    at = 0 if lower_only else pad
    big[:, :, at : at + H, at : at + W] = x
    return big


def out_size(n, k, stride, pad):
    return sum(1 for start in range(0, n + 2 * pad, stride) if start + k <= n + 2 * pad)


def slow_windows(x, k, stride, pad, lower_only=False):
    """(N, Ho, Wo, C, k, k), pixel by pixel."""
    big = padded(x, pad, lower_only)
    N, C, H, W = x.shape
    Ho, Wo = out_size(H, k, stride, pad), out_size(W, k, stride, pad)
    result = np.zeros((N, Ho, Wo, C, k, k))
    for n, r, s, c, i, j in np.ndindex(result.shape):
        result[n, r, s, c, i, j] = big[n, c, r * stride + i, s * stride + j]
    return result


def slow_conv(x, w, b, stride, pad, lower_only=False):
    windows = slow_windows(x, w.shape[2], stride, pad, lower_only)
    N, Ho, Wo = windows.shape[:3]
    y = np.zeros((N, len(w), Ho, Wo))
    for n, o, r, s in np.ndindex(y.shape):
        y[n, o, r, s] = b[o] + (windows[n, r, s] * w[o]).sum()
    return y


def fast_conv(x, w, b, stride, pad):
    """The same sum, place by place inside the window: for the many calls of a gradient check."""
    big, k = padded(x, pad), w.shape[2]
    Ho, Wo = out_size(x.shape[2], k, stride, pad), out_size(x.shape[3], k, stride, pad)
    y = np.zeros((len(x), len(w), Ho, Wo)) + b[:, None, None]
    for i, j in np.ndindex(k, k):
        y += np.einsum("oc,ncrs->nors", w[:, :, i, j], big[:, :, i:, j:][:, :, ::stride, ::stride][:, :, :Ho, :Wo])
    return y


def some_case(rng):
    H, W = (int(n) for n in rng.permutation([6, 7]))
    k, C, O, N = int(rng.integers(2, 4)), 2, 4, 3
    return rng.normal(size=(N, C, H, W)), rng.normal(size=(O, C, k, k)), rng.normal(size=O)


cases = ((1, 0), (1, 1), (2, 0), (2, 1), (3, 2))


@check("im2col", "im2col writes out every window, channel by channel", uses=["im2col"], hint="im2col")
def _(lab):
    im2col = lab.fn("im2col", returns="array")
    for stride, pad in cases:
        x, w, _ = some_case(lab.rng)
        k = w.shape[2]
        windows = slow_windows(x, k, stride, pad)
        flat = windows.shape[:3] + (-1,)
        want = windows.reshape(flat)
        close(
            im2col(x, k, stride, pad),
            want,
            "im2col(x, %d, stride=%d, pad=%d) for x of shape %s" % (k, stride, pad, x.shape),
            axes="(N, Ho, Wo, C*k*k)",
            alternatives={
                "the zeros are added on two sides only (below and to the right)": lambda: slow_windows(x, k, stride, pad, True).reshape(flat),
                "the last axis runs over pixels first and channels last": windows.transpose(0, 1, 2, 4, 5, 3).reshape(want.shape),
                "rows and columns of a window are exchanged": windows.transpose(0, 1, 2, 3, 5, 4).reshape(want.shape),
                "the stride is ignored": lambda: slow_windows(x, k, 1, pad).reshape(x.shape[0], out_size(x.shape[2], k, 1, pad), out_size(x.shape[3], k, 1, pad), -1),
                "the padding is ignored": lambda: slow_windows(x, k, stride, 0).reshape(x.shape[0], out_size(x.shape[2], k, stride, 0), out_size(x.shape[3], k, stride, 0), -1),
            },
        )


@check("conv", "conv2d agrees with nested loops over single numbers", uses=["conv2d"], needs=["im2col"], hint="conv")
def _(lab):
    conv2d = lab.fn("conv2d", returns="array")
    for stride, pad in cases:
        x, w, b = some_case(lab.rng)
        close(
            conv2d(x, w, b, stride, pad),
            slow_conv(x, w, b, stride, pad),
            "conv2d with k=%d, stride=%d, pad=%d" % (w.shape[2], stride, pad),
            axes="(image, filter, row, column)",
            alternatives={
                "the filter is turned round: deep learning lays it on as it is": lambda: slow_conv(x, w[:, :, ::-1, ::-1], b, stride, pad),
                "the bias is missing": lambda: slow_conv(x, w, 0 * b, stride, pad),
                "rows and columns of the filter are exchanged": lambda: slow_conv(x, w.transpose(0, 1, 3, 2), b, stride, pad),
                "the padding is ignored": lambda: slow_conv(x, w, b, stride, 0),
            },
        )


@check("equivariance", "a shifted image gives a shifted output", uses=["conv2d"], needs=["conv"], hint="conv")
def _(lab):
    conv2d = lab.fn("conv2d", returns="array")
    k, H, W = 3, 9, 11
    w, b = lab.rng.normal(size=(4, 2, k, k)), lab.rng.normal(size=4)
    down, right = int(lab.rng.integers(1, 3)), int(lab.rng.integers(1, 3))
    small = np.zeros((2, 2, H, W))
    small[:, :, 1:6, 1:8] = lab.rng.normal(size=(2, 2, 5, 7))
    moved = np.roll(small, (down, right), axis=(2, 3))
    y, y_moved = conv2d(small, w, b, 1, 1), conv2d(moved, w, b, 1, 1)
    same_shape(y, (2, 4, H, W), "conv2d with k=3, pad=1")
    same_shape(y_moved, y.shape, "conv2d of a shifted image")
    close(
        y_moved[:, :, down:, right:],
        y[:, :, : H - down, : W - right],
        "the output for an image shifted by (%d, %d), compared with the shifted output," % (down, right),
        axes="(image, filter, row, column)",
    )


@check("conv-backward", "conv2d_backward gives the gradients of x, w and b", uses=["conv2d_backward"], needs=["conv"], hint="backward")
def _(lab):
    backward = lab.fn("conv2d_backward", returns=("array", "array", "array"))
    for stride, pad in ((1, 0), (1, 1), (2, 1)):
        x, w, b = some_case(lab.rng)
        k = w.shape[2]
        d_y = lab.rng.normal(size=slow_conv(x, w, b, stride, pad).shape)
        params = {"x": x, "w": w, "b": b}

        def loss(p):
            return float((fast_conv(p["x"], p["w"], p["b"], stride, pad) * d_y).sum())

        d_x, d_w, d_b = backward(d_y, x, w, stride, pad)
        same_shape(d_x, x.shape, "d_x (stride %d, pad %d)" % (stride, pad))
        same_shape(d_w, w.shape, "d_w (stride %d, pad %d)" % (stride, pad))
        last, turned = np.zeros(padded(x, pad).shape), np.zeros(padded(x, pad).shape)
        full = np.zeros((len(x),) + d_y.shape[2:] + w.shape[1:])
        for n, r, s in np.ndindex(full.shape[:3]):
            for o in range(len(w)):
                full[n, r, s] += d_y[n, o, r, s] * w[o]
                turned[n, :, r * stride : r * stride + k, s * stride : s * stride + k] += d_y[n, o, r, s] * w[o][:, ::-1, ::-1]
        for i, j in np.ndindex(k, k):
            for r, s in np.ndindex(d_y.shape[2:]):
                last[:, :, r * stride + i, s * stride + j] = full[:, r, s, :, i, j]
        inner = (slice(None), slice(None), slice(pad, pad + x.shape[2]), slice(pad, pad + x.shape[3]))
        if k > stride and allclose(d_x, last[inner]):
            fail("d_x is not the derivative: where windows overlap, each overwrites what the one before it has left. Add with +=")
        if allclose(d_x, turned[inner]):
            fail("d_x is not the derivative. Your numbers match exactly what you get when the filter is turned round on the way back but not forwards")
        gradcheck(loss, params, {"b": d_b, "w": d_w, "x": d_x}, lab.rng, coords=16)


@check("maxpool", "maxpool2d keeps the largest of each block", uses=["maxpool2d"], hint="pool")
def _(lab):
    pool = lab.fn("maxpool2d", returns="array")
    for k, H, W in ((2, 4, 6), (3, 6, 3), (5, 5, 5)):
        x = lab.rng.normal(size=(3, 2, H, W)) - 1.0
        want, mean = np.zeros((3, 2, H // k, W // k)), np.zeros((3, 2, H // k, W // k))
        for n, c, r, s in np.ndindex(want.shape):
            block = [x[n, c, r * k + i, s * k + j] for i in range(k) for j in range(k)]
            want[n, c, r, s], mean[n, c, r, s] = max(block), sum(block) / len(block)
        close(
            pool(x, k),
            want,
            "maxpool2d(x, %d) for x of shape %s" % (k, x.shape),
            axes="(image, channel, row, column)",
            alternatives={
                "you average the block": mean,
                "negative values count as 0": np.maximum(want, 0),
                "you take the largest absolute value": lambda: np.abs(x).reshape(3, 2, H // k, k, W // k, k).max(axis=(3, 5)),
                "the array is cut into blocks by reshape alone, across rows": lambda: x.reshape(3, 2, H // k, W // k, k * k).max(-1),
            },
        )


@check("maxpool-backward", "the gradient goes to the largest entry only, the first one in a tie", uses=["maxpool2d_backward"], needs=["maxpool"], hint="pool")
def _(lab):
    backward = lab.fn("maxpool2d_backward", returns="array")
    k, H, W = 2, 4, 6
    for ties in (False, True):
        x = lab.rng.integers(0, 3, size=(3, 2, H, W)).astype(float) if ties else lab.rng.normal(size=(3, 2, H, W))
        d_y = lab.rng.normal(size=(3, 2, H // k, W // k))
        want, shared, all_of_them, even, late = (np.zeros(x.shape) for _ in range(5))
        for n, c, r, s in np.ndindex(d_y.shape):
            places = [(r * k + i, s * k + j) for i in range(k) for j in range(k)]
            top = max(x[n, c, p, q] for p, q in places)
            winners = [(p, q) for p, q in places if x[n, c, p, q] == top]
            value = d_y[n, c, r, s]
            want[(n, c) + winners[0]] = value
            late[(n, c) + winners[-1]] = value
            for place in winners:
                shared[(n, c) + place] = value / len(winners)
                all_of_them[(n, c) + place] = value
            for place in places:
                even[(n, c) + place] = value / len(places)
        close(
            backward(d_y, x, k),
            want,
            "maxpool2d_backward%s" % (" for blocks with ties" if ties else ""),
            axes="(image, channel, row, column)",
            alternatives={
                "the gradient is spread evenly over the block: that belongs to a mean": even,
                "every entry that equals the maximum gets the whole gradient, so ties count twice": all_of_them,
                "entries that tie share the gradient: here the first one gets it": shared,
                "the last of the entries that tie gets the gradient: here the first one does": late,
            },
        )


@check("logits", "the network is convolution, ReLU, maximum, linear layer", uses=["cnn_logits"], needs=["conv", "maxpool"], hint="network")
def _(lab):
    logits = lab.fn("cnn_logits", returns="array")
    for k in (3, 5):
        x = lab.rng.normal(size=(3, 2, 6, 6))
        p = {
            "w1": lab.rng.normal(size=(4, 2, k, k)),
            "b1": lab.rng.normal(size=4) - 1.0,
            "w2": lab.rng.normal(size=(4, 5)),
            "b2": lab.rng.normal(size=5),
        }
        p["b1"][0] = -60.0
        h = slow_conv(x, p["w1"], p["b1"], 1, (k - 1) // 2)
        relu = np.where(h > 0, h, 0.0)
        close(
            logits(p, x),
            relu.max(axis=(2, 3)) @ p["w2"] + p["b2"],
            "cnn_logits with k=%d" % k,
            axes="(image, class)",
            alternatives={
                "the ReLU is missing": h.max(axis=(2, 3)) @ p["w2"] + p["b2"],
                "you average over the positions": relu.mean(axis=(2, 3)) @ p["w2"] + p["b2"],
                "b2 is missing": relu.max(axis=(2, 3)) @ p["w2"],
                "the convolution has no padding": lambda: np.maximum(slow_conv(x, p["w1"], p["b1"], 1, 0), 0).max(axis=(2, 3)) @ p["w2"] + p["b2"],
            },
        )


glyphs = [
    "1111 1001 1001 1111",
    "1001 0110 0110 1001",
    "0110 1111 1111 0110",
    "1000 1000 1000 1111",
    "1111 0110 0110 0110",
    "1010 0101 1010 0101",
]


def draw(n, offsets, rng):
    """Images of 8 x 8 with one glyph of 4 x 4 at one of the offsets, and noise."""
    shapes = np.array([[[float(v) for v in row] for row in g.split()] for g in glyphs])
    y = rng.integers(0, len(shapes), n)
    x = 0.15 * rng.normal(size=(n, 1, 8, 8))
    for i in range(n):
        r, s = rng.choice(offsets, 2)
        x[i, 0, r : r + 4, s : s + 4] += shapes[y[i]]
    return x, y


def softmax_error(logits, y):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    d = e / e.sum(axis=1, keepdims=True)
    d[np.arange(len(y)), y] -= 1
    return d / len(y)


def adam(params, gradients, x, y, steps, rng, lr=0.03):
    m, v = ({name: np.zeros(p.shape) for name, p in params.items()} for _ in range(2))
    for t in range(1, steps + 1):
        rows = rng.choice(len(x), 24, replace=False)
        g = gradients(params, x[rows], y[rows])
        for name in params:
            m[name] = 0.9 * m[name] + 0.1 * g[name]
            v[name] = 0.99 * v[name] + 0.01 * g[name] ** 2
            step = lr * (m[name] / (1 - 0.9**t)) / (np.sqrt(v[name] / (1 - 0.99**t)) + 1e-8)
            params[name] = params[name] - step
    return params


def mlp_logits(p, x):
    return np.maximum(x.reshape(len(x), -1) @ p["w1"] + p["b1"], 0) @ p["w2"] + p["b2"]


def mlp_gradients(p, x, y):
    flat = x.reshape(len(x), -1)
    h = np.maximum(flat @ p["w1"] + p["b1"], 0)
    d = softmax_error(h @ p["w2"] + p["b2"], y)
    dh = d @ p["w2"].T * (h > 0)
    return {"w1": flat.T @ dh, "b1": dh.sum(0), "w2": h.T @ d, "b2": d.sum(0)}


@check(
    "shifted-glyphs",
    "your network recognises glyphs where it has never seen them; an MLP does not",
    uses=["conv2d", "conv2d_backward", "maxpool2d", "maxpool2d_backward", "cnn_logits"],
    needs=["equivariance", "conv-backward", "maxpool-backward", "logits"],
    timeout=30,
    hint="network",
)
def _(lab):
    rng = lab.pool_rng
    conv2d, pool, logits = (lab.fn(name, returns="array") for name in ("conv2d", "maxpool2d", "cnn_logits"))
    conv_back = lab.fn("conv2d_backward", returns=("array", "array", "array"))
    pool_back = lab.fn("maxpool2d_backward", returns="array")
    x, y = draw(160, [0, 1], rng)
    tests = {"seen": draw(150, [0, 1], rng), "shifted": draw(150, [3, 4], rng)}
    O, k, K = 8, 5, len(glyphs)

    def gradients(p, x, y):
        h = conv2d(x, p["w1"], p["b1"], 1, 2)
        same_shape(h, (len(x), O, 8, 8), "the output of conv2d")
        active = np.maximum(h, 0)
        top = pool(active, 8)
        same_shape(top, (len(x), O, 1, 1), "the output of maxpool2d")
        d = softmax_error(top[:, :, 0, 0] @ p["w2"] + p["b2"], y)
        d_top = (d @ p["w2"].T)[:, :, None, None]
        d_active = pool_back(d_top, active, 8)
        same_shape(d_active, h.shape, "the result of maxpool2d_backward")
        _, d_w1, d_b1 = conv_back(d_active * (h > 0), x, p["w1"], 1, 2)
        same_shape(d_w1, p["w1"].shape, "d_w")
        same_shape(d_b1, p["b1"].shape, "d_b")
        return {"w1": d_w1, "b1": d_b1, "w2": top[:, :, 0, 0].T @ d, "b2": d.sum(0)}

    cnn = {"w1": rng.normal(size=(O, 1, k, k)) * 0.3, "b1": np.zeros(O), "w2": rng.normal(size=(O, K)) * 0.3, "b2": np.zeros(K)}
    hidden = 4
    mlp = {"w1": rng.normal(size=(64, hidden)) * 0.15, "b1": np.zeros(hidden), "w2": rng.normal(size=(hidden, K)) * 0.5, "b2": np.zeros(K)}
    cnn = adam(cnn, gradients, x, y, 90, rng)
    mlp = adam(mlp, mlp_gradients, x, y, 300, rng)
    lab.metric("parameters_cnn", sum(p.size for p in cnn.values()))
    lab.metric("parameters_mlp", sum(p.size for p in mlp.values()))
    share = {}
    for where, (images, classes) in tests.items():
        got = logits(cnn, images)
        same_shape(got, (len(images), K), "cnn_logits")
        truthy(np.isfinite(got).all(), "cnn_logits gives NaN or infinity after training")
        share["cnn_" + where] = float((got.argmax(1) == classes).mean())
        share["mlp_" + where] = float((mlp_logits(mlp, images).argmax(1) == classes).mean())
    for name, value in share.items():
        lab.metric("accuracy_" + name, value)
    truthy(share["cnn_seen"] > 0.8, "your network gets %.0f %% of the glyphs right where it was trained: expected above 80 %%" % (100 * share["cnn_seen"]))
    truthy(
        share["cnn_shifted"] > share["mlp_shifted"] + 0.15,
        "on shifted glyphs your network gets %.0f %%, an MLP of as many parameters %.0f %%: expected at least 15 points more"
        % (100 * share["cnn_shifted"], 100 * share["mlp_shifted"]),
    )
