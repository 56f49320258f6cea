import math

import numpy as np

from aisafe_lab import allclose, check, close, fail, same_shape, truthy


def entries(array):
    """The indices of an array, for loops over single numbers."""
    return list(np.ndindex(array.shape))


def slow_sgd(p, gs, lr, momentum, wd, averaged=False, decoupled=False, no_memory=False):
    """SGD number by number: the parameter after each of the gradients `gs`."""
    p, path = p.copy(), []
    velocity = {i: 0.0 for i in entries(p)}
    for g in gs:
        for i in entries(p):
            slope = g[i] + (0.0 if decoupled else wd * p[i])
            old = 0.0 if no_memory else velocity[i]
            velocity[i] = momentum * old + (1 - momentum if averaged else 1.0) * slope
            p[i] = p[i] - lr * velocity[i] - (lr * wd * p[i] if decoupled else 0.0)
        path.append(p.copy())
    return path


def slow_adam(p, gs, lr, b1, b2, eps, wd=0.0, decay="apart", correct="both", inside=False, squares=True):
    """Adam number by number. `decay`: "apart" (AdamW), "gradient" (L2), "without lr", "after"."""
    p, path = p.copy(), []
    m, v = ({i: 0.0 for i in entries(p)} for _ in range(2))
    for t, g in enumerate(gs, 1):
        for i in entries(p):
            slope = g[i] + (wd * p[i] if decay == "gradient" else 0.0)
            m[i] = b1 * m[i] + (1 - b1) * slope
            v[i] = b2 * v[i] + (1 - b2) * (slope**2 if squares else abs(slope))
            top = m[i] / (1 - b1**t) if correct in ("both", "m") else m[i]
            low = v[i] / (1 - b2**t) if correct in ("both", "v") else v[i]
            move = lr * top / (math.sqrt(low + eps) if inside else math.sqrt(low) + eps)
            before = p[i]
            p[i] = before - move
            if decay == "apart":
                p[i] -= lr * wd * before
            elif decay == "without lr":
                p[i] -= wd * before
            elif decay == "after":
                p[i] -= lr * wd * p[i]
        path.append(p.copy())
    return path


def some_shape(rng):
    return tuple(int(n) for n in rng.permutation([2, 3, 4])[: int(rng.integers(1, 3))])


def walk(lab, step, start, gs, path, what, alternatives, **settings):
    """Feeds the learner's step its own results and compares the parameter after each step with `path`."""
    p, s = start, {}
    for t, g in enumerate(gs):
        p, s = step(p, g, s, **settings)
        at = {phrase: (lambda other=other: other()[t]) for phrase, other in alternatives.items()}
        close(p, path[t], "%s: p after step %d" % (what, t + 1), alternatives=at)


@check("minibatches", "a pass over the batches meets every example once, in a new order each time", uses=["minibatches"], hint="minibatches")
def _(lab):
    minibatches = lab.fn("minibatches", returns=["array"])
    for n, b in ((int(lab.rng.integers(40, 60)), 7), (24, 6), (5, 9)):
        seed = int(lab.rng.integers(1 << 30))
        rng = np.random.default_rng(seed)
        what = "minibatches(%d, %d, rng)" % (n, b)
        first, second = minibatches(n, b, rng), minibatches(n, b, rng)
        for batch in first + second:
            truthy(batch.ndim == 1 and batch.dtype.kind in "iu", "%s should hold 1-D arrays of whole numbers" % what)
        lengths = [len(batch) for batch in first]
        want = [b] * (n // b) + ([n % b] if n % b else [])
        if lengths != want:
            lost = sum(lengths) < n and lengths == want[:-1]
            fail(
                "%s has batches of lengths %s, expected %s%s"
                % (what, lengths, want, ". The last, shorter batch is missing: its examples are never trained on" if lost else "")
            )
        counts = [0] * n
        for batch in first:
            for i in batch.tolist():
                truthy(0 <= i < n, "%s holds %d, which is no row number" % (what, i))
                counts[i] += 1
        if set(counts) != {1}:
            fail(
                "%s: %d of %d examples do not occur and others occur up to %d times. Draw without replacement: one random "
                "order, cut into pieces" % (what, counts.count(0), n, max(counts))
            )
        if n > 20:
            order, again = np.concatenate(first), np.concatenate(second)
            truthy((order != np.arange(n)).any(), "%s comes in the order of the data: it should be shuffled" % what)
            truthy((order != again).any(), "two passes with one rng have the same order: draw a new order in each call")
            same = minibatches(n, b, np.random.default_rng(seed))
            truthy(
                len(same) == len(first) and all((x == y).all() for x, y in zip(same, first)),
                "two generators with the same seed should give the same batches: take all chance from `rng`",
            )


@check("sgd", "sgd_step goes against the gradient, with an L2 penalty", uses=["sgd_step"], hint="sgd")
def _(lab):
    sgd_step = lab.fn("sgd_step", returns=("array", "dict"))
    shape = some_shape(lab.rng)
    start, gs = lab.rng.normal(size=shape), [lab.rng.normal(size=shape) for _ in range(10)]
    lr, wd = 0.1 + 0.1 * lab.rng.random(), 0.2 + 0.2 * lab.rng.random()
    plain = {
        "you add the gradient: that climbs the loss": lambda: slow_sgd(start, gs, -lr, 0.0, 0.0),
        "the learning rate is not used": lambda: slow_sgd(start, gs, 1.0, 0.0, 0.0),
        "old gradients still count although momentum is 0": lambda: slow_sgd(start, gs, lr, 1.0, 0.0),
    }
    walk(lab, sgd_step, start, gs, slow_sgd(start, gs, lr, 0.0, 0.0), "sgd_step with momentum 0 and wd 0", plain, lr=lr)
    decayed = {
        "wd is ignored": lambda: slow_sgd(start, gs, lr, 0.0, 0.0),
        "the penalty has the wrong sign, so that weights grow": lambda: slow_sgd(start, gs, lr, 0.0, -wd),
        "the decay is not multiplied by the learning rate": lambda: slow_sgd(start, gs, lr, 0.0, wd / lr),
        "you use 2 * wd * p: here the penalty is wd/2 * p**2, with derivative wd * p": lambda: slow_sgd(start, gs, lr, 0.0, 2 * wd),
    }
    path = slow_sgd(start, gs, lr, 0.0, wd)
    walk(lab, sgd_step, start, gs, path, "sgd_step with wd %.3g" % wd, decayed, lr=lr, momentum=0.0, wd=wd)


@check("momentum", "momentum keeps a decaying sum of past gradients", uses=["sgd_step"], needs=["sgd"], hint="sgd")
def _(lab):
    sgd_step = lab.fn("sgd_step", returns=("array", "dict"))
    shape = some_shape(lab.rng)
    start, gs = lab.rng.normal(size=shape), [lab.rng.normal(size=shape) for _ in range(10)]
    lr, momentum, wd = 0.1, 0.6 + 0.3 * lab.rng.random(), 0.3
    wrong = {
        "the velocity does not reach the next call: return it in the state": lambda: slow_sgd(start, gs, lr, momentum, wd, no_memory=True),
        "you average (1 - momentum) * g: here v is a sum, v = momentum * v + g": lambda: slow_sgd(start, gs, lr, momentum, wd, averaged=True),
        "the weight decay does not go through the velocity": lambda: slow_sgd(start, gs, lr, momentum, wd, decoupled=True),
    }
    path = slow_sgd(start, gs, lr, momentum, wd)
    walk(lab, sgd_step, start, gs, path, "sgd_step with momentum %.3g" % momentum, wrong, lr=lr, momentum=momentum, wd=wd)
    constant = np.ones(3)
    p, s, n = np.zeros(3), {}, 150
    for _ in range(n):
        before = p
        p, s = sgd_step(p, constant, s, 1e-3, 0.9)
    lab.metric("momentum_gain", float((before - p)[0]) / 1e-3)


@check("adam-first-step", "Adam's first step is lr in size, whatever the size of the gradient", uses=["adam_step"], hint="adam")
def _(lab):
    adam_step = lab.fn("adam_step", returns=("array", "dict"))
    g = 10.0 ** lab.rng.uniform(-2, 3, size=7) * lab.rng.choice([-1.0, 1.0], size=7)
    g[:2] = [-37.0, 0.04]
    p = lab.rng.normal(size=7)
    lr, b1, b2 = 0.05, 0.9, 0.999
    got = adam_step(p, g, {}, lr, b1, b2, 1e-12)[0]
    if got.shape == p.shape and not np.isfinite(got).all():
        fail("the first step gives NaN or infinity. At t = 0 the correction 1 - b1**t is 0: the first call is step t = 1")
    sign = np.sign(g)
    ratio = (1 - b1) / math.sqrt(1 - b2)
    close(
        got,
        p - lr * sign,
        "p after the first step",
        rtol=1e-6,
        alternatives={
            "m and v are not corrected for their start at zero, which makes this step %.3g times too long" % ratio: p - lr * ratio * sign,
            "only m is corrected for its start at zero": p - lr / math.sqrt(1 - b2) * sign,
            "only v is corrected for its start at zero": p - lr * (1 - b1) * sign,
            "you add the step: that climbs the loss": p + lr * sign,
            "v is not under a square root": p - lr / g,
            "the step is that of plain SGD": p - lr * g,
        },
    )
    lab.metric("uncorrected_first_step", (p - slow_adam(p, [g], lr, b1, b2, 1e-12, correct="none")[0])[0] / (lr * sign[0]))


@check("adam", "ten steps of Adam agree with a loop over single numbers", uses=["adam_step"], needs=["adam-first-step"], hint="adam")
def _(lab):
    adam_step = lab.fn("adam_step", returns=("array", "dict"))
    shape = some_shape(lab.rng)
    start, gs = lab.rng.normal(size=shape), [lab.rng.normal(size=shape) for _ in range(10)]
    lr, b1, b2 = 0.07, 0.6 + 0.3 * lab.rng.random(), 0.9 + 0.09 * lab.rng.random()
    for eps in (1e-8, 0.05):
        settings = dict(lr=lr, b1=b1, b2=b2, eps=eps)
        wrong = {
            "t never grows: keep it in the state, and correct with b1**t": lambda: _frozen_t(start, gs, **settings),
            "the moments do not reach the next call: return them in the state": lambda: _memoryless(start, gs, **settings),
            "eps stands inside the square root": lambda: slow_adam(start, gs, inside=True, **settings),
            "b1 and b2 are exchanged": lambda: slow_adam(start, gs, lr, b2, b1, eps),
            "v averages |g| instead of g**2": lambda: slow_adam(start, gs, squares=False, **settings),
        }
        path = slow_adam(start, gs, **settings)
        walk(lab, adam_step, start, gs, path, "adam_step with eps %g" % eps, wrong, **settings)


def _memoryless(start, gs, **settings):
    p, path = start, []
    for g in gs:
        p = slow_adam(p, [g], **settings)[0]
        path.append(p)
    return path


def _frozen_t(start, gs, lr, b1, b2, eps):
    p, path = start, []
    m = v = np.zeros(start.shape)
    for g in gs:
        m, v = b1 * m + (1 - b1) * g, b2 * v + (1 - b2) * g**2
        p = p - lr * m / (1 - b1) / (np.sqrt(v / (1 - b2)) + eps)
        path.append(p)
    return path


@check("adamw", "AdamW shrinks every weight at the same rate, whatever its gradients", uses=["adamw_step"], needs=["adam"], hint="adamw")
def _(lab):
    adamw_step = lab.fn("adamw_step", returns=("array", "dict"))
    shape = some_shape(lab.rng)
    start, gs = lab.rng.normal(size=shape), [lab.rng.normal(size=shape) for _ in range(10)]
    settings = dict(lr=0.1, b1=0.7, b2=0.95, eps=1e-6, wd=0.2 + 0.2 * lab.rng.random())
    wrong = {
        "the decay is added to the gradient and goes through m and v (L2, not AdamW)": lambda: slow_adam(start, gs, decay="gradient", **settings),
        "the decay is not multiplied by the learning rate": lambda: slow_adam(start, gs, decay="without lr", **settings),
        "the decay is taken from p after the step instead of before": lambda: slow_adam(start, gs, decay="after", **settings),
        "there is no decay": lambda: slow_adam(start, gs, decay="none", **settings),
    }
    path = slow_adam(start, gs, **settings)
    walk(lab, adamw_step, start, gs, path, "adamw_step", wrong, **settings)


@check(
    "decay-and-scale",
    "an L2 penalty inside Adam hardly touches weights with large gradients; AdamW treats all alike",
    uses=["adam_step", "adamw_step"],
    needs=["adamw"],
    hint="adamw",
)
def _(lab):
    adam_step = lab.fn("adam_step", returns=("array", "dict"))
    adamw_step = lab.fn("adamw_step", returns=("array", "dict"))
    n, steps, lr, wd = 100, 200, 1e-3, 1.0
    scale = np.where(np.arange(2 * n) < n, 10.0, 0.1)
    start = np.ones(2 * n)
    decay = {}
    for kind in ("none", "l2", "adamw"):
        draw = np.random.default_rng(lab.pool)
        p, s = start, {}
        for _ in range(steps):
            g = scale * draw.normal(size=2 * n)
            if kind == "adamw":
                p, s = adamw_step(p, g, s, lr, 0.9, 0.999, 1e-8, wd)
            else:
                p, s = adam_step(p, g + (wd * p if kind == "l2" else 0.0), s, lr, 0.9, 0.999, 1e-8)
            same_shape(p, start.shape, "p after a step")
        truthy(np.isfinite(p).all(), "the weights become NaN or infinite")
        decay[kind] = p
    lost = {kind: decay["none"] - decay[kind] for kind in ("l2", "adamw")}
    big = {kind: float(lost[kind][:n].mean()) for kind in lost}
    small = {kind: float(lost[kind][n:].mean()) for kind in lost}
    lab.metric("l2_lost_with_large_gradients", big["l2"])
    lab.metric("l2_lost_with_small_gradients", small["l2"])
    lab.metric("l2_large_minus_small", big["l2"] - small["l2"])
    lab.metric("adamw_lost_with_large_gradients", big["adamw"])
    lab.metric("adamw_lost_with_small_gradients", small["adamw"])
    gap = abs(big["adamw"] - small["adamw"])
    want = 1 - (1 - lr * wd) ** steps
    truthy(
        gap < 0.1 * want and abs(big["adamw"] - want) < 0.1 * want,
        "with adamw_step, weights of large gradients lose %.3g and weights of small gradients %.3g: both should lose about %.3g"
        % (big["adamw"], small["adamw"], want),
    )
    truthy(
        big["l2"] < 0.3 * small["l2"],
        "with wd * p added to adam_step's gradient, weights of large gradients should lose far less than those of small ones "
        "(they lose %.3g and %.3g)" % (big["l2"], small["l2"]),
    )


@check("clip", "clipping shortens the whole gradient and keeps its direction", uses=["clip_by_global_norm"], hint="clip")
def _(lab):
    clip = lab.fn("clip_by_global_norm", returns=(["array"], "float"))
    shapes = [(3, 2), (4,), (2, 5, 1), (1,)]
    grads = [lab.rng.normal(size=shape) * factor for shape, factor in zip(shapes, (0.05, 3.0, 1.0, 0.3))]
    norm = math.sqrt(sum(x * x for g in grads for x in g.reshape(-1).tolist()))

    def flat(arrays):
        return np.concatenate([a.reshape(-1) for a in arrays])

    def compare(limit, what):
        got, reported = clip(grads, limit)
        truthy(len(got) == len(grads), "%s returns %d gradients for %d" % (what, len(got), len(grads)))
        factor = min(1.0, limit / norm)
        each = [math.sqrt(float((g * g).sum())) for g in grads]
        wrong = {
            "nothing is clipped": grads,
            "each array is clipped by its own norm, which turns the direction": [
                g * min(1.0, limit / own) for g, own in zip(grads, each)
            ],
            "small gradients are scaled up to the limit": [g * limit / norm for g in grads],
            "entries are cut to the range -max_norm ... max_norm": [np.clip(g, -limit, limit) for g in grads],
            "you divide by the norm and forget to multiply by max_norm": [g / norm for g in grads],
        }
        for i, g in enumerate(got):
            same_shape(g, shapes[i], "%s: gradient %d" % (what, i))
        joined = {phrase: flat(other) for phrase, other in wrong.items()}
        close(flat(got), flat(grads) * factor, "%s: all gradients, one after the other," % what, alternatives=joined)
        close(
            reported,
            norm,
            "%s: the norm it reports" % what,
            alternatives={
                "you report the norm after clipping": min(norm, limit),
                "you report the square of the norm": norm**2,
                "you add up the norms of the arrays": sum(each),
            },
        )

    compare(0.6 * norm, "clip_by_global_norm above the limit")
    compare(0.04, "clip_by_global_norm far above the limit")
    compare(1.7 * norm, "clip_by_global_norm below the limit")
    got, reported = clip([np.zeros(3), np.zeros((2, 2))], 1.0)
    zero = all(allclose(g, np.zeros(shape)) for g, shape in zip(got, ((3,), (2, 2))))
    truthy(zero and len(got) == 2 and reported == 0.0, "gradients that are all zero should stay zero, with norm 0 (is there a division 0/0?)")


@check("schedule", "the learning rate rises in a line, falls smoothly and ends where it should", uses=["lr_schedule"], hint="schedule")
def _(lab):
    schedule = lab.fn("lr_schedule", returns="float")
    total, warmup = int(lab.rng.integers(40, 60)), int(lab.rng.integers(5, 15))
    base, final = 0.2 + lab.rng.random(), 0.01 + 0.05 * lab.rng.random()

    def curve(kind, warm, steps):
        return np.array([schedule(t, total, warm, base, kind, final) for t in steps])

    rising = np.arange(1, warmup + 1)
    for kind in ("constant", "linear", "cosine"):
        want = np.array([base * t / warmup for t in rising])
        close(
            curve(kind, warmup, rising),
            want,
            "the warm-up of %r" % kind,
            axes="(step - 1,)",
            alternatives={
                "there is no warm-up": np.full(warmup, base),
                "steps are counted from 0, so that the first step has rate 0": want - base / warmup,
                "the warm-up is one step early": want + base / warmup,
            },
        )
    for warm in (warmup, 0):
        falling = list(range(max(warm, 1), total + 1))
        x = [(t - warm) / (total - warm) for t in falling]
        mid = (base + final) / 2
        shapes = {
            "constant": [base for _ in x],
            "linear": [base - (base - final) * u for u in x],
            "cosine": [mid + (base - mid) * math.cos(math.pi * u) for u in x],
        }
        for kind, want in shapes.items():
            late = [0.0 if t == warm else t / total for t in falling]
            close(
                curve(kind, warm, falling),
                np.array(want),
                "%r with warmup=%d, from step %d on" % (kind, warm, falling[0]),
                axes="(step - %d,)" % falling[0],
                alternatives={
                    "the fall is measured from step 0 instead of from the end of the warm-up, which makes a jump": np.array(
                        [mid + (base - mid) * math.cos(math.pi * u) if kind == "cosine" else base - (base - final) * u for u in late]
                    ),
                    "`final` is ignored and the rate falls to 0": np.array(want) * 0
                    + [base * (1 - u) if kind == "linear" else base * (1 + math.cos(math.pi * u)) / 2 for u in x],
                    "the half cosine runs over a whole period": np.array([mid + (base - mid) * math.cos(2 * math.pi * u) for u in x]),
                },
            )
    for kind, end in (("constant", base), ("linear", final), ("cosine", final)):
        after = schedule(total + 9, total, warmup, base, kind, final)
        close(after, end, "%r nine steps after the end" % kind)
    try:
        schedule(3, total, 0, base, "magic", final)
    except ValueError:
        return
    except LookupError as error:
        fail("an unknown kind should raise ValueError, and raises %s: look at `kind` before you use it" % type(error).__name__)
    fail("an unknown kind should raise ValueError: a misspelt name must not train with some other schedule")


@check(
    "together",
    "batches, clipping, schedule and AdamW fit a regression despite a broken example",
    uses=["minibatches", "sgd_step", "adamw_step", "clip_by_global_norm", "lr_schedule"],
    needs=["minibatches", "momentum", "adamw", "clip", "schedule"],
    timeout=8,
    hint="clip",
)
def _(lab):
    rng = lab.pool_rng
    minibatches = lab.fn("minibatches", returns=["array"])
    clip, schedule = lab.fn("clip_by_global_norm", returns=(["array"], "float")), lab.fn("lr_schedule", returns="float")
    sgd_step = lab.fn("sgd_step", returns=("array", "dict"))
    adamw_step = lab.fn("adamw_step", returns=("array", "dict"))
    n, d, b, epochs = 96, 4, 16, 20
    X, true = rng.normal(size=(n, d)) * [3.0, 1.0, 0.3, 0.1], rng.normal(size=d)
    y = X @ true + 0.1 * rng.normal(size=n)
    best = np.linalg.lstsq(X, y, rcond=None)[0]
    best_loss = float(((X @ best - y) ** 2).mean())
    total = epochs * (n // b)

    def loss_of(w):
        return float(((X @ w - y) ** 2).mean())

    def train(step, clipped, spike, **settings):
        w, s, t = np.zeros(d), {}, 0
        order = np.random.default_rng(lab.pool)
        for _ in range(epochs):
            for rows in minibatches(n, b, order):
                t += 1
                g = 2 * X[rows].T @ (X[rows] @ w - y[rows]) / len(rows)
                if spike and t == total * 3 // 4:
                    g = g * 1e4 + 1e4
                if clipped:
                    (g,), _ = clip([g], 5.0)
                w, s = step(w, g, s, lr=schedule(t, total, total // 10, settings["base"], "cosine"), **settings["more"])
                same_shape(w, (d,), "the weights after step %d" % t)
        truthy(np.isfinite(w).all(), "the weights become NaN or infinite in training")
        return loss_of(w)

    adamw = train(adamw_step, True, True, base=0.1, more=dict(wd=0.0))
    plain = train(sgd_step, False, False, base=0.02, more={})
    spiked = train(sgd_step, False, True, base=0.02, more={})
    saved = train(sgd_step, True, True, base=0.02, more={})
    lab.metric("excess_loss_adamw", adamw - best_loss)
    lab.metric("excess_loss_sgd", plain - best_loss)
    lab.metric("log10_loss_after_spike_unclipped", math.log10(spiked))
    lab.metric("loss_after_spike_clipped", saved)
    start = loss_of(np.zeros(d))
    truthy(
        adamw - best_loss < 0.05 * start,
        "the loss ends %.3g above that of least squares, after a start at %.3g: the parts do not work together" % (adamw - best_loss, start),
    )
    truthy(saved < spiked, "clipping does not help against one gradient that is 10000 times too large")
