import numpy as np

from aisafe_lab import check, close, fixture, gradcheck, same_shape, truthy
from toy_training import train as train_model

densities = [0.05, 0.25, 1.0]


def slow_model(W, b, x):
    m, n = W.shape
    h, pre = np.zeros((len(x), m)), np.zeros((len(x), n))
    for e in range(len(x)):
        for k in range(m):
            h[e, k] = sum(W[k, i] * x[e, i] for i in range(n))
        for i in range(n):
            pre[e, i] = sum(W[k, i] * h[e, k] for k in range(m)) + b[i]
    return h, pre


def slow_loss(W, b, x, importance):
    out = np.maximum(slow_model(W, b, x)[1], 0)
    return sum(importance[i] * (out[e, i] - x[e, i]) ** 2 for e in range(len(x)) for i in range(len(b))) / len(x)


def slow_dims(W):
    dims = []
    for i in range(W.shape[1]):
        length = np.sqrt(sum(w * w for w in W[:, i]))
        if length == 0:
            dims.append(0.0)
            continue
        shared = sum((sum(W[k, i] * W[k, j] for k in range(len(W))) / length) ** 2 for j in range(W.shape[1]))
        dims.append(length**2 / shared)
    return np.array(dims)


def draw(lab):
    m, n, B = 3, 5, int(lab.rng.integers(6, 9))
    W, b = lab.rng.normal(size=(m, n)), 0.3 * lab.rng.normal(size=n)
    x = lab.rng.random((B, n)) * (lab.rng.random((B, n)) < 0.6)
    return W, b, x, lab.rng.uniform(0.2, 1, n)


@check("forward", "the model squeezes, expands with the same weights, and rectifies", uses=["toy_forward"], hint="forward")
def _(lab):
    forward = lab.fn("toy_forward", returns=("array", "array"))
    W, b, x, _ = draw(lab)
    h, pre = slow_model(W, b, x)
    got_h, got_out = forward(W, b, x)
    close(
        got_h,
        h,
        "h",
        axes="(B, m)",
        alternatives={"the hidden layer goes through a ReLU; only the output does": lambda: np.maximum(h, 0)},
    )
    close(
        got_out,
        np.maximum(pre, 0),
        "out",
        axes="(B, n)",
        alternatives={
            "the ReLU is missing": pre,
            "the bias is missing": lambda: np.maximum(pre - b, 0),
            "the bias is added after the ReLU": lambda: np.maximum(pre - b, 0) + b,
        },
    )


@check("loss", "errors count by importance", uses=["toy_loss_grads"], needs=["forward"], hint="loss")
def _(lab):
    loss_grads = lab.fn("toy_loss_grads", returns=("float", "array", "array"))
    W, b, x, importance = draw(lab)
    want, n = slow_loss(W, b, x, importance), len(b)
    close(
        loss_grads(W, b, x, importance)[0],
        want,
        "the loss",
        alternatives={
            "importance is ignored": lambda: slow_loss(W, b, x, np.ones(n)),
            "importance is squared": lambda: slow_loss(W, b, x, importance**2),
            "you average over the features too, instead of adding them up": want / n,
            "you add up over the examples instead of averaging": want * len(x),
        },
    )


@check(
    "gradients",
    "both uses of W reach its gradient, through the gate of the ReLU",
    uses=["toy_loss_grads"],
    needs=["loss"],
    hint="gradients",
)
def _(lab):
    loss_grads = lab.fn("toy_loss_grads", returns=("float", "array", "array"))
    W, b, x, importance = draw(lab)
    _, dW, db = loss_grads(W, b, x, importance)
    same_shape(dW, W.shape, "dW")
    same_shape(db, b.shape, "db")
    h, pre = slow_model(W, b, x)

    def paths(gate):
        d_pre = 2 * importance * (np.maximum(pre, 0) - x) * gate / len(x)
        decode, encode = np.zeros(W.shape), np.zeros(W.shape)
        for k in range(len(W)):
            for i in range(len(b)):
                decode[k, i] = sum(h[e, k] * d_pre[e, i] for e in range(len(x)))
                encode[k, i] = sum(x[e, i] * sum(W[k, j] * d_pre[e, j] for j in range(len(b))) for e in range(len(x)))
        return decode, encode

    (decode, encode), (open_decode, open_encode) = paths(pre > 0), paths(np.ones(pre.shape))
    close(
        dW,
        decode + encode,
        "dW",
        axes="(hidden, feature)",
        alternatives={
            "only the decoding use of W is differentiated": decode,
            "only the encoding use of W is differentiated": encode,
            "the gradient passes the ReLU where it is closed": open_decode + open_encode,
            "you double one use of W: the two contributions are different": lambda: 2 * decode,
        },
    )
    gradcheck(lambda p: slow_loss(p["W"], p["b"], x, importance), {"W": W, "b": b}, {"W": dW, "b": db}, lab.rng)


@check("interference", "interference is the overlap of different features", uses=["interference"], hint="interference")
def _(lab):
    interference = lab.fn("interference", returns="array")
    m, n = (int(k) for k in lab.rng.permutation([3, 5]))
    W = lab.rng.normal(size=(m, n))
    overlap = np.array([[sum(W[k, i] * W[k, j] for k in range(m)) for j in range(n)] for i in range(n)])
    lengths = np.sqrt(np.diag(overlap))
    close(
        interference(W),
        overlap - np.diag(np.diag(overlap)),
        "interference(W)",
        axes="(feature, feature)",
        alternatives={
            "a feature's overlap with itself is counted": overlap,
            "the columns are scaled to length 1 first; a short column leaks less": lambda: overlap / np.outer(lengths, lengths)
            - np.eye(n),
            "you compare the rows of W, the hidden units, instead of its columns": lambda: W @ W.T - np.diag(np.diag(W @ W.T)),
        },
    )
    close(interference(np.eye(3)), np.zeros((3, 3)), "the interference of three features at right angles")


@check("dims", "a feature's dimensionality is its share of a dimension", uses=["feature_dims"], hint="dims")
def _(lab):
    dims = lab.fn("feature_dims", returns="array")
    m, n = (int(k) for k in lab.rng.permutation([3, 6]))
    W = lab.rng.normal(size=(m, n))
    lengths = np.linalg.norm(W, axis=0)
    cosines = (W / lengths).T @ (W / lengths)
    close(
        dims(W),
        slow_dims(W),
        "feature_dims(W)",
        alternatives={
            "the overlaps are not squared": lambda: lengths**2 / np.abs((W / lengths).T @ W).sum(1),
            "the feature itself is left out of the sum": lambda: lengths**2 / (((W / lengths).T @ W) ** 2 - np.diag(lengths**2)).sum(1),
            "W_i is not scaled to length 1 in the sum": lambda: lengths**2 / ((W.T @ W) ** 2).sum(1),
            "all columns are scaled to length 1": lambda: 1 / (cosines**2).sum(1),
            "|W_i| is not squared": lambda: lengths / (((W / lengths).T @ W) ** 2).sum(1),
        },
    )
    scale = float(lab.rng.uniform(0.5, 2))
    pair = np.zeros((2, 3))
    pair[0, :2] = scale, -scale
    pair[1, 2] = 1.0
    close(dims(pair), np.array([0.5, 0.5, 1.0]), "the dimensionality of an antipodal pair and of a feature alone in its dimension")
    angles = 2 * np.pi * np.arange(5) / 5
    close(dims(np.array([np.cos(angles), np.sin(angles)])), np.full(5, 0.4), "the dimensionality of five features in a pentagon (2/5 each)")
    blank = np.array([[1.0, 0.0, 2.0], [0.5, 0.0, 1.0]])
    with np.errstate(all="ignore"):
        got = dims(blank)
    truthy(np.isfinite(got).all(), "a column of zeros gives NaN: its dimensionality is 0")
    close(got, slow_dims(blank), "feature_dims with a column of zeros")


@check(
    "phase-diagram",
    "phase_diagram counts what each model stores",
    uses=["phase_diagram"],
    needs=["dims"],
    hint="phases",
)
def _(lab):
    diagram = lab.fn("phase_diagram", returns={"stored": "array", "norms": "array", "total_dims": "array"})
    D, m, n = 4, 3, 6
    asked = [float(d) for d in lab.rng.uniform(0.01, 1, D)]
    models = {d: lab.rng.normal(size=(m, n)) * lab.rng.uniform(0.1, 1, n) for d in asked}
    calls = []

    def train(density):
        calls.append(density)
        return models.get(density, np.zeros((m, n))).copy()

    got = diagram(list(asked), train, threshold=0.8)
    norms = np.array([[np.sqrt((models[d][:, i] ** 2).sum()) for i in range(n)] for d in asked])
    truthy(calls == asked, "train should be called once for each density, in order; it was called %d times for %d densities" % (len(calls), D))
    close(
        got["norms"],
        norms,
        "norms",
        axes="(density, feature)",
        alternatives={"lengths are squared": norms**2},
    )
    close(
        got["stored"],
        np.array([sum(length > 0.8 for length in row) for row in norms]),
        "stored",
        axes="(density,)",
        alternatives={
            "`threshold` is ignored and 0.5 used": lambda: (norms > 0.5).sum(1),
            "squared lengths are compared with the threshold": lambda: (norms**2 > 0.8).sum(1),
            "hidden units are counted instead of features": lambda: np.array([(np.linalg.norm(models[d], axis=1) > 0.8).sum() for d in asked]),
        },
    )
    close(got["total_dims"], np.array([slow_dims(models[d]).sum() for d in asked]), "total_dims", axes="(density,)")


@fixture("models")
def _(lab):
    """A model for each density, trained with the learner's gradients."""
    loss_grads = lab.fn("toy_loss_grads", returns=("float", "array", "array"))

    def checked(W, b, x, importance):
        loss, dW, db = loss_grads(W, b, x, importance)
        same_shape(dW, W.shape, "dW")
        same_shape(db, b.shape, "db")
        return loss, dW, db

    return {density: train_model(checked, density, seed=[lab.pool, int(100 * density)]) for density in densities}


@check(
    "sparse-stores-more",
    "sparse features are stored in superposition, dense ones are not",
    uses=["toy_loss_grads", "phase_diagram"],
    needs=["gradients", "phase-diagram"],
    timeout=15,
    hint="phases",
)
def _(lab):
    models = lab.get("models")
    got = lab.fn("phase_diagram", returns={"stored": "array", "norms": "array", "total_dims": "array"})(
        list(densities), lambda density: models[density][0].copy()
    )
    same_shape(got["stored"], (3,), "stored")
    same_shape(got["total_dims"], (3,), "total_dims")
    sparse, middle, dense = (int(k) for k in got["stored"])
    shown = "features stored in 5 dimensions, out of 20\n" + "\n".join(
        "  density %-5.3g %3d" % pair for pair in zip(densities, (sparse, middle, dense))
    )
    truthy(12 <= sparse <= 18, "at a density of 0.05, training should store 12 to 18 of 20 features, and stores %d" % sparse, shown)
    truthy(dense <= 8, "when all features are always active, about as many as there are dimensions are stored, and not %d" % dense, shown)
    truthy(sparse > middle + 1 and middle > dense, "the number of stored features should fall as they become denser", shown)
    total = got["total_dims"]
    truthy(
        bool((abs(total - 5) < 0.15).all()),
        "the dimensionalities of all features should add up to about 5, the number of hidden dimensions; they add up to %.3g, %.3g, %.3g" % tuple(total),
    )
    lab.metric("stored_sparse", sparse)
    lab.metric("stored_middle", middle)
    lab.metric("stored_dense", dense)
    lab.metric("stored_dense_minus_sparse", dense - sparse)
    lab.metric("total_dims_sparse", total[0])
    W = models[0.05][0]
    kept = np.linalg.norm(W, axis=0) > 0.5
    overlap = W[:, kept].T @ W[:, kept]
    np.fill_diagonal(overlap, 0)
    lab.metric("largest_interference_sparse", overlap.max())
    lab.metric("most_negative_interference_sparse", overlap.min())
    lab.metric("mean_bias_sparse", models[0.05][1][kept].mean())


@check(
    "relu-matters",
    "what is stored beyond the dimensions is recovered because the ReLU removes small interference",
    uses=["toy_forward"],
    needs=["sparse-stores-more"],
    timeout=15,
    hint="phases",
)
def _(lab):
    models = lab.get("models")
    forward = lab.fn("toy_forward", returns=("array", "array"))
    W, b = models[0.05]
    kept = np.flatnonzero(np.linalg.norm(W, axis=0) > 0.5)
    x = np.eye(W.shape[1])[kept]
    out = forward(W, b, x)[1]
    same_shape(out, x.shape, "out")
    others = ~np.eye(W.shape[1], dtype=bool)[kept]
    itself = float(out[np.arange(len(kept)), kept].mean())
    leaked = float(np.abs(out[others]).mean())
    before = float(np.abs((x @ W.T @ W)[others]).mean())
    lab.metric("own_output", itself)
    lab.metric("leak_before_relu", before)
    lab.metric("leak_after_relu", leaked)
    truthy(itself > 0.4, "a stored feature of value 1 should come back as more than 0.4 on average; it is %.3g" % itself)
    truthy(
        leaked < 0.5 * before,
        "bias and ReLU should remove most of the leak into other features: mean size %.3g before, %.3g after" % (before, leaked),
    )
