import numpy as np

from aisafe_lab import check, close, fixture, gradcheck, same_shape, truthy
from toy_dictionary import activations, directions, train

lambdas = (0.02, 0.2, 0.6, 1.5)
names = ("W_enc", "b_enc", "W_dec", "b_dec")


def slow_pre(P, h, subtract=True):
    d, k = P["W_enc"].shape
    pre = np.zeros((len(h), k))
    for e in range(len(h)):
        for j in range(k):
            pre[e, j] = sum((h[e, i] - (P["b_dec"][i] if subtract else 0)) * P["W_enc"][i, j] for i in range(d)) + P["b_enc"][j]
    return pre


def slow_decode(P, f):
    k, d = P["W_dec"].shape
    return np.array([[sum(row[j] * P["W_dec"][j, i] for j in range(k)) + P["b_dec"][i] for i in range(d)] for row in f])


def slow_loss(P, h, lam):
    f = np.maximum(slow_pre(P, h), 0)
    return ((slow_decode(P, f) - h) ** 2).sum() / len(h) + lam * f.sum() / len(h)


def draw(lab):
    d, k, B = 3, 5, int(lab.rng.integers(6, 9))
    P = {
        "W_enc": lab.rng.normal(size=(d, k)),
        "b_enc": 0.3 * lab.rng.normal(size=k),
        "W_dec": lab.rng.normal(size=(k, d)),
        "b_dec": lab.rng.normal(size=d),
    }
    return P, lab.rng.normal(size=(B, d)) + P["b_dec"], float(lab.rng.uniform(0.3, 0.9))


def slow_cosine(a, b):
    size = np.sqrt(sum(x * x for x in a)) * np.sqrt(sum(x * x for x in b))
    return sum(x * y for x, y in zip(a, b)) / size if size else 0.0


@check("forward", "the autoencoder encodes what is left after b_dec, and adds b_dec again", uses=["sae_forward"], hint="forward")
def _(lab):
    P, h, _ = draw(lab)
    pre = slow_pre(P, h)
    f = np.maximum(pre, 0)
    got_f, got_out = lab.fn("sae_forward", returns=("array", "array"))(P, h)
    close(
        got_f,
        f,
        "f",
        axes="(B, latent)",
        alternatives={
            "b_dec is not subtracted before encoding": lambda: np.maximum(slow_pre(P, h, subtract=False), 0),
            "the ReLU is missing": pre,
            "b_enc is missing": lambda: np.maximum(pre - P["b_enc"], 0),
        },
    )
    close(
        got_out,
        slow_decode(P, f),
        "out",
        axes="(B, d)",
        alternatives={"b_dec is not added at the end": lambda: slow_decode(P, f) - P["b_dec"]},
    )


@check("loss", "squared error, plus lam times the sum of the latents", uses=["sae_loss_grads"], needs=["forward"], hint="loss")
def _(lab):
    P, h, lam = draw(lab)
    f = np.maximum(slow_pre(P, h), 0)
    error, want = ((slow_decode(P, f) - h) ** 2).sum() / len(h), slow_loss(P, h, lam)
    close(
        lab.fn("sae_loss_grads", returns=("float", {name: "array" for name in names}))(P, h, lam)[0],
        want,
        "the loss",
        alternatives={
            "the sparsity term is missing": error,
            "the latents are averaged instead of added up": error + lam * f.mean(),
            "the squared error is averaged over the dimensions": error / h.shape[1] + want - error,
            "the sparsity term counts active latents; a count has no useful gradient": error + lam * (f > 0).sum() / len(h),
            "the sparsity term squares the latents, which makes them small instead of sparse": error + lam * (f**2).sum() / len(h),
            "everything is added up over the rows": want * len(h),
        },
    )


@check("gradients", "the gradients of all four parameters are right", uses=["sae_loss_grads"], needs=["loss"], hint="gradients")
def _(lab):
    P, h, lam = draw(lab)
    grads = lab.fn("sae_loss_grads", returns=("float", {name: "array" for name in names}))(P, h, lam)[1]
    for name in names:
        same_shape(grads[name], P[name].shape, "the gradient of %s" % name)
    f = np.maximum(slow_pre(P, h), 0)
    d_out = 2 * (slow_decode(P, f) - h) / len(h)
    to_latents = np.array([[sum(d_out[e, i] * P["W_dec"][j, i] for i in range(h.shape[1])) for j in range(f.shape[1])] for e in range(len(h))])

    def b_enc(gate, sparsity):
        return ((to_latents + sparsity) * gate).sum(0)

    close(
        grads["b_enc"],
        b_enc(f > 0, lam / len(h)),
        "the gradient of b_enc",
        alternatives={
            "the sparsity term is not differentiated": lambda: b_enc(f > 0, 0.0),
            "the gradient of the sparsity term is averaged over the latents": lambda: b_enc(f > 0, lam / f.size),
            "the sparsity term is not divided by the number of rows": lambda: b_enc(f > 0, lam),
            "the gradient passes the ReLU where it is closed": lambda: b_enc(np.ones(f.shape), lam / len(h)),
            "the sparsity term also pushes latents that are not active": lambda: b_enc(f > 0, 0.0) + lam,
        },
    )
    d_pre = (to_latents + lam / len(h)) * (f > 0)
    through = np.array([sum(d_pre[e, j] * P["W_enc"][i, j] for e in range(len(h)) for j in range(f.shape[1])) for i in range(h.shape[1])])
    close(
        grads["b_dec"],
        d_out.sum(0) - through,
        "the gradient of b_dec",
        alternatives={
            "b_dec is differentiated where it is added, and forgotten where it is subtracted": lambda: d_out.sum(0),
            "b_dec is differentiated where it is subtracted, and forgotten where it is added": lambda: -through,
            "its second use enters with the wrong sign: it is subtracted before encoding": lambda: d_out.sum(0) + through,
        },
    )
    params = {name: P[name] for name in names}
    gradcheck(lambda p: slow_loss(p, h, lam), params, grads, lab.rng)


@check("normalise", "every latent's direction has length 1", uses=["normalize_decoder"], hint="normalise")
def _(lab):
    k, d = (int(n) for n in lab.rng.permutation([3, 5]))
    W = lab.rng.normal(size=(k, d))
    want = np.array([row / np.sqrt(sum(x * x for x in row)) for row in W])
    normalise = lab.fn("normalize_decoder", returns="array")
    close(
        normalise(W),
        want,
        "normalize_decoder(W_dec)",
        axes="(latent, d)",
        alternatives={
            "the columns are scaled instead of the rows": lambda: W / np.sqrt((W**2).sum(0)),
            "the whole matrix is scaled by one number": lambda: W / np.sqrt((W**2).sum()),
            "the rows are divided by the sum of their sizes instead of their length": lambda: W / np.abs(W).sum(1, keepdims=True),
        },
    )
    W[1] = 0
    with np.errstate(all="ignore"):
        got = normalise(W)
    truthy(np.isfinite(got).all(), "a row of zeros becomes NaN in normalize_decoder: it should stay zero")


@check(
    "project",
    "the gradient keeps no part along the direction itself",
    uses=["project_decoder_grad"],
    needs=["normalise"],
    hint="normalise",
)
def _(lab):
    k, d = (int(n) for n in lab.rng.permutation([3, 5]))
    W, grad = lab.rng.normal(size=(k, d)) * 2, lab.rng.normal(size=(k, d))
    want = np.array([g - sum(g * w) / sum(w * w) * w for g, w in zip(grad, W)])
    close(
        lab.fn("project_decoder_grad", returns="array")(W, grad),
        want,
        "project_decoder_grad",
        axes="(latent, d)",
        alternatives={
            "nothing is projected": grad,
            "the rows are taken to have length 1": lambda: grad - (grad * W).sum(1, keepdims=True) * W,
            "you keep the component along the row instead of removing it": lambda: grad - want,
            "the projection runs over columns": lambda: grad - (grad * W).sum(0) / (W * W).sum(0) * W,
        },
    )


@check("mmcs", "recovery is measured for each true feature, with its sign", uses=["mmcs"], needs=["normalise"], hint="mmcs")
def _(lab):
    n, k, d = 4, 6, 3
    true = lab.rng.normal(size=(n, d)) * lab.rng.uniform(0.5, 2, (n, 1))
    found = lab.rng.normal(size=(k, d)) * lab.rng.uniform(0.5, 2, (k, 1))
    found[1] = -true[0]
    found[2] = 1.5 * true[1]
    found[3] = 0
    table = np.array([[slow_cosine(t, f) for f in found] for t in true])
    with np.errstate(all="ignore"):
        got = lab.fn("mmcs", returns="float")(true, found)
    close(
        got,
        table.max(1).mean(),
        "mmcs",
        alternatives={
            "you average over the latents: spare latents then count against a dictionary that found everything": table.max(0).mean(),
            "the sign is dropped: a direction that points the opposite way counts as found": np.abs(table).max(1).mean(),
            "dot products are compared instead of cosines": (true @ found.T).max(1).mean(),
            "only the best feature of all is kept": table.max(),
            "all cosines are averaged": table.mean(),
        },
    )


@check("l0", "l0 counts the active latents of a row", uses=["l0"], hint="sparsity")
def _(lab):
    B, k = 7, 5
    f = lab.rng.random((B, k)) * (lab.rng.random((B, k)) < 0.5)
    f[0], f[1] = 0, 0.1
    count = sum(1 for row in f for x in row if x > 0)
    close(
        lab.fn("l0", returns="float")(f),
        count / B,
        "l0",
        alternatives={
            "you give the share of active latents instead of their number": count / f.size,
            "you add up the activations; that is l1": f.sum() / B,
            "you count over all rows together": float(count),
            "you average over the latents instead of the rows": count / k,
        },
    )


@check("dead", "dead latents are those that no row activates", uses=["dead_latents"], hint="sparsity")
def _(lab):
    B, k = 6, 8
    f = lab.rng.random((B, k)) + 0.1
    dead, rare = sorted(lab.rng.choice(np.arange(1, k), 3, replace=False).tolist())[::2], 0
    f[:, dead] = 0
    f[:, rare] = 0
    f[3, rare] = 1e-4
    got = lab.fn("dead_latents", returns="array")(f)
    close(
        got,
        np.array(dead),
        "dead_latents(f)",
        alternatives={
            "a latent that is active only once, and weakly, is counted as dead": np.array([rare] + dead),
            "you return the living ones": np.array([j for j in range(k) if j not in dead]),
            "you return a mask instead of the numbers": np.array([j in dead for j in range(k)]),
        },
    )
    nobody = lab.fn("dead_latents", returns="array")(np.ones((2, 3)))
    same_shape(nobody, (0,), "dead_latents when all are active")


@check("choose", "the penalty is chosen by sparsity and held-out error alone", uses=["choose_lambda"], hint="choose")
def _(lab):
    choose = lab.fn("choose_lambda", returns="float")
    lam = np.sort(lab.rng.uniform(0.01, 2, 5))
    l0s, errors = [9.0, 6.0, 3.0, 3.5, 1.0], [0.01, 0.05, 0.2, 0.28, 0.6]
    order = lab.rng.permutation(5)
    sweep = [{"lam": float(lam[i]), "l0": l0s[i], "error": errors[i]} for i in order]
    close(
        choose(sweep),
        lam[2],
        "the lam chosen",
        alternatives={
            "you take the run of smallest error, which is the least sparse": lam[0],
            "you take the sparsest run, whatever it fails to explain": lam[4],
            "you take the largest lam that is good enough; l0 does not always fall as lam rises": lam[3],
        },
    )
    close(
        choose(sweep, max_error=0.05),
        lam[1],
        "the lam chosen with max_error=0.05 (a run exactly at the limit is allowed)",
        alternatives={"a run exactly at the limit is refused": lam[0], "max_error is ignored": lam[2]},
    )
    close(choose(sweep, max_error=0.001), lam[0], "the lam chosen when no run is good enough (it should be that of smallest error)")


@check("steer", "steering moves along one direction and keeps the rest", uses=["steer"], needs=["forward"], hint="steer")
def _(lab):
    P, h, _ = draw(lab)
    latent, value = int(lab.rng.integers(1, 5)), float(lab.rng.uniform(2, 4))
    f = np.maximum(slow_pre(P, h), 0)
    moved = f.copy()
    moved[:, latent] = value
    row = P["W_dec"][latent]
    want = np.array([h[e] + (value - f[e, latent]) * row for e in range(len(h))])
    close(
        lab.fn("steer", returns="array")(h, P, latent, value),
        want,
        "steer(h, P, %d, %.3g)" % (latent, value),
        axes="(B, d)",
        alternatives={
            "you return the decoded latents, and so lose what the autoencoder cannot reconstruct": lambda: slow_decode(P, moved),
            "you add the value without taking away the present activation": lambda: h + value * row,
            "you move along the encoder's direction instead of the decoder's": lambda: h
            + (value - f[:, [latent]]) * P["W_enc"][:, latent],
            "only the present activation is removed; the value is never set": lambda: h - f[:, [latent]] * row,
        },
    )


@fixture("truth")
def _(lab):
    rng = lab.pool_rng
    features = directions(rng)
    h = activations(rng, features)
    return {"features": features, "train": h[500:], "held_out": h[:500]}


@fixture("sweep")
def _(lab):
    """An autoencoder for each lambda, trained with the learner's functions."""
    truth = lab.get("truth")
    loss_grads = lab.fn("sae_loss_grads", returns=("float", {name: "array" for name in names}))
    normalise, project = lab.fn("normalize_decoder", returns="array"), lab.fn("project_decoder_grad", returns="array")

    def checked_loss(P, h, lam):
        loss, grads = loss_grads(P, h, lam)
        for name in names:
            same_shape(grads[name], P[name].shape, "the gradient of %s" % name)
        return loss, grads

    def checked_normalise(W):
        return shaped(normalise(W), W, "normalize_decoder(W_dec)")

    def checked_project(W, grad):
        return shaped(project(W, grad), W, "project_decoder_grad")

    rng = lab.pool_rng
    runs = []
    for lam in lambdas:
        P = train(truth["train"], lam, rng, checked_loss, checked_normalise, checked_project)
        f = np.maximum((truth["held_out"] - P["b_dec"]) @ P["W_enc"] + P["b_enc"], 0)
        rest = truth["held_out"] - f @ P["W_dec"] - P["b_dec"]
        spread = truth["held_out"] - truth["held_out"].mean(0)
        runs.append({"lam": lam, "P": P, "f": f, "error": float((rest**2).sum() / (spread**2).sum())})
    return runs


def shaped(got, like, what):
    same_shape(got, like.shape, what)
    return got


def cosines(features, found):
    return features @ (found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12)).T


@check(
    "recovery",
    "the run chosen without the truth has found the true features; the best reconstruction has not",
    uses=["sae_loss_grads", "normalize_decoder", "project_decoder_grad", "mmcs", "l0", "dead_latents", "choose_lambda"],
    needs=["gradients", "project", "mmcs", "l0", "dead", "choose"],
    timeout=30,
    hint="choose",
)
def _(lab):
    truth, runs = lab.get("truth"), lab.get("sweep")
    l0, mmcs, dead = lab.fn("l0", returns="float"), lab.fn("mmcs", returns="float"), lab.fn("dead_latents", returns="array")
    features = truth["features"]
    sweep = [{"lam": run["lam"], "l0": l0(run["f"]), "error": run["error"]} for run in runs]
    chosen = lab.fn("choose_lambda", returns="float")([dict(row) for row in sweep])
    truthy(chosen in lambdas, "choose_lambda should return the lam of one of the runs, and returns %.6g" % chosen)
    scores = [mmcs(features, run["P"]["W_dec"]) for run in runs]
    centred = truth["train"] - truth["train"].mean(0)
    components = np.linalg.svd(centred, full_matrices=False)[2]
    pca = float(np.abs(cosines(features, components)).max(1).mean())
    shown = "   lam     l0  unexplained  recovery  dead\n" + "\n".join(
        "%6.3g %6.3g %12.3g %9.3g %5d" % (row["lam"], row["l0"], row["error"], score, dead(run["f"]).size)
        for row, score, run in zip(sweep, scores, runs)
    )
    at = lambdas.index(chosen)
    truthy(
        scores[at] > 0.9 and scores[at] > pca + 0.2,
        "the chosen run (lam = %.3g) finds the true features with a mean cosine of %.3g; above 0.9 and 0.2 above PCA (%.3g) was expected" % (chosen, scores[at], pca),
        shown,
    )
    exact = float(cosines(features, runs[at]["P"]["W_dec"]).max(1).mean())
    close(scores[at], exact, "mmcs of the chosen run", rtol=1e-3)
    truthy(scores[0] < scores[at] - 0.1, "the smallest lam should reconstruct best and recover worse than the chosen one", shown)
    lab.metric("recovery_chosen", scores[at])
    lab.metric("recovery_pca", pca)
    random = lab.pool_rng.normal(size=(100, 24, features.shape[1]))
    lab.metric("recovery_random_directions", np.mean([cosines(features, found).max(1).mean() for found in random]))
    lab.metric("recovery_small_l1", scores[0])
    lab.metric("recovery_small_l1_minus_chosen", scores[0] - scores[at])
    lab.metric("unexplained_chosen", sweep[at]["error"])
    lab.metric("unexplained_small_l1", sweep[0]["error"])
    lab.metric("l0_chosen", sweep[at]["l0"])
    lab.metric("l0_small_l1", sweep[0]["l0"])
    lab.metric("lambda_chosen", chosen)
    lab.metric("dead_at_largest_lambda", dead(runs[-1]["f"]).size)


@check(
    "steering",
    "in the trained autoencoder, steering moves activations along the feature and nowhere else",
    uses=["steer"],
    needs=["recovery", "steer"],
    timeout=30,
    hint="steer",
)
def _(lab):
    truth, runs = lab.get("truth"), lab.get("sweep")
    features, P = truth["features"], runs[2]["P"]
    steer = lab.fn("steer", returns="array")
    h = truth["held_out"][:50]
    table = cosines(features, P["W_dec"])
    on, off = [], []
    for i in range(len(features)):
        moved = steer(h, P, int(table[i].argmax()), 3.0)
        same_shape(moved, h.shape, "steer")
        row = P["W_dec"][table[i].argmax()]
        aside = moved - h - ((moved - h) @ row)[:, None] * row / (row @ row)
        truthy(
            np.abs(aside).max() < 1e-6,
            "steering latent %d also moves activations in other directions than its own, by up to %.3g: is what the autoencoder cannot reconstruct kept?"
            % (table[i].argmax(), np.abs(aside).max()),
        )
        shift = (moved - h).mean(0)
        shift = shift / max(float(np.linalg.norm(shift)), 1e-12)
        on.append(float(shift @ features[i]))
        others = np.delete(np.arange(len(features)), i)
        off.append(float(np.abs(features[others] @ shift).mean()))
    between = np.abs(features @ features.T)[~np.eye(len(features), dtype=bool)].mean()
    lab.metric("steering_on_target", np.mean(on))
    lab.metric("steering_off_target", np.mean(off))
    lab.metric("overlap_of_true_features", between)
    truthy(
        np.mean(on) > 0.9 and np.mean(on) > 2 * np.mean(off),
        "steering the latent of a feature should move activations along that feature: the cosine is %.3g on average, and %.3g with other features"
        % (np.mean(on), np.mean(off)),
    )
