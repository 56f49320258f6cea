"""Small networks that train in a fraction of a second, with a fault of your choice. Nothing here is to be changed.

    from training_runs import labels, plan, train
    log = train(plan("lr_high", seed=3))          # a plan is a dict: print it to see what was planted

A log has T rows (T = 14 unless you thin it out). Row 0 is measured before the first step, row t after 6 * t steps.

    "classes"       C, the number of classes
    "train_loss"    (T,) mean cross-entropy on the training data, in nats; may be NaN or infinite
    "val_loss"      (T,) the same on data not trained on
    "grad_norm"     (T, L) norm of the gradient of each layer's weight matrix in the step that follows; first layer first
    "update_ratio"  (T, L) norm of that step's change of the matrix divided by the norm of the matrix (0 if both are 0)
    "dead"          (T, L-1) fraction of hidden units that are 0 for every training example

Only the plan says what is wrong. A diagnosis gets the log.
"""

import numpy as np

labels = ["healthy", "lr_high", "lr_low", "vanishing", "exploding", "dead_relu", "zero_init", "overfit", "shuffled_labels"]

changes = ["none", "lower_lr", "raise_lr", "fix_init", "fix_activation", "more_data", "check_labels"]

rows, steps_per_row, batch = 14, 6, 32


def plan(label, seed):
    """The settings of a run with one fault."""
    if label not in labels:
        raise ValueError("unknown label %r" % (label,))
    rng = np.random.default_rng([labels.index(label), seed])
    p = {
        "seed": int(rng.integers(1 << 30)),
        "classes": int(rng.integers(3, 7)),
        "width": int(rng.integers(12, 25)),
        "hidden": int(rng.integers(2, 4)),
        "act": "relu",
        "gain": 1.0,
        "bias": 0.0,
        "bias_layer": 0,
        "lr": 0.1 * float(rng.uniform(0.7, 1.4)),
        "examples": 192,
        "noise": 0.0,
        "shuffled": False,
    }
    factor = float(rng.uniform(0.75, 1.25))
    if label == "lr_high":
        p["lr"] *= 60 * factor
    elif label == "lr_low":
        p["lr"] /= 400 * factor
    elif label == "vanishing":
        p.update(act="sigmoid", hidden=int(rng.integers(5, 8)))
    elif label == "exploding":
        p.update(gain=3.0 * factor, hidden=int(rng.integers(5, 8)))
    elif label == "dead_relu":
        p.update(bias=-14.0 * factor, bias_layer=int(rng.integers(1, p["hidden"])))
    elif label == "zero_init":
        p["gain"] = 0.0
    elif label == "overfit":
        p.update(examples=int(rng.integers(16, 25)), noise=0.45, lr=p["lr"] * 2)
    elif label == "shuffled_labels":
        p["shuffled"] = True
    return p


def changed(p, change):
    """The same run after one of `changes`: a new plan. A real fix would be found by trying several values; here one does."""
    p = dict(p)
    if change == "lower_lr":
        p["lr"] /= 60
    elif change == "raise_lr":
        p["lr"] *= 400
    elif change == "fix_init":
        p.update(gain=1.0, bias=0.0)
    elif change == "fix_activation":
        p["act"] = "relu"
    elif change == "more_data":
        p.update(examples=192, noise=0.0)
    elif change == "check_labels":
        p["shuffled"] = False
    elif change != "none":
        raise ValueError("unknown change %r" % (change,))
    return p


def make_data(p, rng):
    """Clouds of points around one centre for each class: ((x, y) to train on, (x, y) to validate)."""
    C, d = p["classes"], 8
    centres = rng.normal(size=(C, d)) * 1.4
    sets = []
    for n in (p["examples"], 160):
        y = rng.integers(0, C, n)
        sets.append((centres[y] + rng.normal(size=(n, d)), y))
    (x, y), val = sets
    wrong = rng.random(len(y)) < p["noise"]
    y = np.where(wrong, rng.integers(0, C, len(y)), y)
    return (x, rng.permutation(y) if p["shuffled"] else y), val


def make_network(p, rng):
    sizes = [8] + [p["width"]] * p["hidden"] + [p["classes"]]
    factor = 2.0 if p["act"] == "relu" else 1.0
    Ws = [rng.normal(size=s) * p["gain"] * np.sqrt(factor / s[0]) for s in zip(sizes, sizes[1:])]
    Ws[-1] *= 0.2
    bs = [np.zeros(n) for n in sizes[1:]]
    bs[p["bias_layer"]] += p["bias"]
    return Ws, bs


def forward(Ws, bs, x, act):
    hs = [x]
    for W, b in zip(Ws[:-1], bs[:-1]):
        z = hs[-1] @ W + b
        hs.append(np.maximum(z, 0.0) if act == "relu" else 0.5 + 0.5 * np.tanh(z / 2))
    return hs, hs[-1] @ Ws[-1] + bs[-1]


def cross_entropy(logits, y):
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return float(-log_p[np.arange(len(y)), y].mean()), np.exp(log_p)


def gradients(Ws, bs, x, y, act):
    hs, logits = forward(Ws, bs, x, act)
    loss, p = cross_entropy(logits, y)
    d = p
    d[np.arange(len(y)), y] -= 1
    d /= len(y)
    dWs, dbs = [], []
    for l in range(len(Ws) - 1, -1, -1):
        dWs.insert(0, hs[l].T @ d)
        dbs.insert(0, d.sum(axis=0))
        if l:
            d = d @ Ws[l].T * ((hs[l] > 0) if act == "relu" else hs[l] * (1 - hs[l]))
    return loss, dWs, dbs


def norm(a):
    return float(np.sqrt((a**2).sum()))


def train(p):
    """Trains one network with plain SGD; returns its log."""
    with np.errstate(all="ignore"):
        return _train(p)


def _train(p):
    rng = np.random.default_rng(p["seed"])
    (x, y), (x_val, y_val) = make_data(p, rng)
    Ws, bs = make_network(p, rng)
    act = p["act"]
    log = {name: [] for name in ("train_loss", "val_loss", "grad_norm", "update_ratio", "dead")}
    for _ in range(rows):
        hs, logits = forward(Ws, bs, x, act)
        log["train_loss"].append(cross_entropy(logits, y)[0])
        log["val_loss"].append(cross_entropy(forward(Ws, bs, x_val, act)[1], y_val)[0])
        log["dead"].append([float((h == 0).all(axis=0).mean()) for h in hs[1:]])
        for step in range(steps_per_row):
            rows_now = rng.permutation(len(x))[:batch]
            _, dWs, dbs = gradients(Ws, bs, x[rows_now], y[rows_now], act)
            if step == 0:
                sizes = [norm(W) for W in Ws]
                log["grad_norm"].append([norm(d) for d in dWs])
                log["update_ratio"].append([p["lr"] * norm(d) / size if size else 0.0 for d, size in zip(dWs, sizes)])
            Ws = [W - p["lr"] * d for W, d in zip(Ws, dWs)]
            bs = [b - p["lr"] * d for b, d in zip(bs, dbs)]
    log = {name: np.array(values) for name, values in log.items()}
    log["classes"] = p["classes"]
    return log


def overfit_run(p):
    """A train function for one fixed batch of 16 examples: train_fn(steps) -> list of steps + 1 losses, fresh each time."""

    def train_fn(steps):
        rng = np.random.default_rng(p["seed"])
        (x, y), _ = make_data(p, rng)
        Ws, bs = make_network(p, rng)
        x, y, losses = x[:16], y[:16], []
        with np.errstate(all="ignore"):
            for _ in range(int(steps) + 1):
                loss, dWs, dbs = gradients(Ws, bs, x, y, p["act"])
                losses.append(loss)
                Ws = [W - p["lr"] * d for W, d in zip(Ws, dWs)]
                bs = [b - p["lr"] * d for b, d in zip(bs, dbs)]
        return losses

    return train_fn
