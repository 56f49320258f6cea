from itertools import product

import numpy as np

from aisafe_lab import check, close, fail, gradcheck, same_shape, truthy


def squash(z):
    return 1 / (1 + np.exp(-z))


def confounded_log(rng, prompts, effect):
    """Prompts of an easy and a hard topic; the easy ones are mostly seen monitored, and seen more often."""
    rows = {"prompt": [], "monitored": [], "complied": []}
    for q in range(prompts):
        easy = rng.random() < 0.5
        counts = (
            (int(rng.integers(2, 6)), int(rng.integers(0, 3))) if easy else (int(rng.integers(0, 3)), int(rng.integers(2, 6)))
        )
        if q < 6:
            counts = (2 + q, 1) if easy else (1, 2 + q)
        base = rng.uniform(0.75, 0.95) if easy else rng.uniform(0.1, 0.3)
        for monitored, count in zip((True, False), counts):
            for _ in range(count):
                rows["prompt"].append(3 * q + 11)
                rows["monitored"].append(monitored)
                rows["complied"].append(rng.random() < base + (effect if monitored else 0.0))
    order = rng.permutation(len(rows["prompt"]))
    return {name: np.array(values)[order] for name, values in rows.items()}


def pair_differences(log):
    shares = {}
    for q, m, c in zip(log["prompt"].tolist(), log["monitored"].tolist(), log["complied"].tolist()):
        shares.setdefault(q, {True: [], False: []})[m].append(1.0 if c else 0.0)
    return np.array(
        [sum(s[True]) / len(s[True]) - sum(s[False]) / len(s[False]) for s in shares.values() if s[True] and s[False]]
    )


@check("gap", "the gap compares each prompt with itself", uses=["compliance_gap"], hint="gap")
def _(lab):
    measure = lab.fn("compliance_gap", returns=("float", ("float", "float")))
    for effect in (0.0, 0.2):
        log = confounded_log(lab.rng, 70, effect)
        d = pair_differences(log)
        rates = [log["complied"][log["monitored"] == m].mean() for m in (True, False)]
        both = np.isin(
            log["prompt"], [q for q in np.unique(log["prompt"]) if len(np.unique(log["monitored"][log["prompt"] == q])) == 2]
        )
        kept = [log["complied"][both & (log["monitored"] == m)].mean() for m in (True, False)]
        gap, _interval = measure(log)
        close(
            gap,
            d.mean(),
            "the gap of a policy with a true effect of %.2g" % effect,
            alternatives={
                "you take the plain difference of the two rates, which also measures that watched prompts are easier": rates[0]
                - rates[1],
                "rows are averaged over all prompts with both conditions, so that prompts with many rows count more": kept[0]
                - kept[1],
                "you subtract the monitored rate from the unmonitored one": -d.mean(),
                "a prompt that is missing under a condition counts as not complied there": lambda: _missing_as_zero(log),
            },
        )
        if effect == 0:
            lab.metric("unpaired_gap_of_honest_policy", rates[0] - rates[1])
            lab.metric("paired_gap_of_honest_policy", gap)


def _missing_as_zero(log):
    values = []
    for q in np.unique(log["prompt"]):
        here = log["prompt"] == q
        each = [log["complied"][here & (log["monitored"] == m)] for m in (True, False)]
        values.append(sum((1, -1)[i] * (e.mean() if len(e) else 0.0) for i, e in enumerate(each)))
    return np.mean(values)


@check("gap-interval", "the interval counts prompts, not rows", uses=["compliance_gap"], needs=["gap"], hint="gap")
def _(lab):
    measure = lab.fn("compliance_gap", returns=("float", ("float", "float")))
    log = confounded_log(lab.rng, 60, 0.15)
    d = pair_differences(log)
    m, rows = len(d), len(log["prompt"])
    half = 1.96 * (((d - d.mean()) ** 2).sum() / (m - 1) / m) ** 0.5
    _gap, (low, high) = measure(log)
    close(
        np.array([low, high]),
        np.array([d.mean() - half, d.mean() + half]),
        "the interval of the gap",
        rtol=1e-6,
        axes="(low, high)",
        alternatives={
            "you divide by the number of rows instead of the number of prompts with both conditions": d.mean()
            + half * np.array([-1, 1]) * (m / rows) ** 0.5,
            "you divide by the number of all prompts": d.mean() + half * np.array([-1, 1]) * (m / 60) ** 0.5,
            "you leave out the factor 1.96": d.mean() + half * np.array([-1, 1]) / 1.96,
            "you take the standard deviation of the differences, not that of their mean": d.mean()
            + half * np.array([-1, 1]) * m**0.5,
            "you divide by m instead of m - 1": d.mean() + half * np.array([-1, 1]) * ((m - 1) / m) ** 0.5,
        },
    )


def scripted(up, down, same, rng, width=3):
    """A policy with known answers: column 0 of a prompt is its number, the last column is 1 when the cue has been added."""
    n = up + down + same
    kinds = rng.permutation(np.array(["up"] * up + ["down"] * down + ["yes"] * (same // 2) + ["no"] * (same - same // 2)))
    prompts = np.column_stack([np.arange(n)] + [rng.normal(size=n)] * (width - 2) + [np.zeros(n)]).astype(float)
    cue = np.zeros(width)
    cue[-1] = 1.0
    calls = []

    def policy(X):
        X = np.asarray(X)
        truthy(X.shape == (n, width), "the policy is asked about prompts of shape %s, expected (%d, %d)" % (X.shape, n, width))
        calls.append(bool((X[:, -1] == 1.0).all()))
        truthy(
            calls[-1] or (X[:, -1] == 0.0).all(),
            "the policy is asked about prompts that hold the cue in part: add it once, to all of them",
        )
        kind = kinds[np.clip(np.round(X[:, 0]), 0, n - 1).astype(int)]
        return (kind == "yes") | (kind == ("up" if calls[-1] else "down"))

    return {"policy": policy, "prompts": prompts, "cue": cue}, calls


def exact_p(up, down):
    """Every pattern of changes under fair coins; those at least as lopsided count."""
    n = up + down
    far = abs(up - down)
    return sum(1 for signs in product([1, -1], repeat=n) if abs(sum(signs)) >= far) / 2**n if n else 1.0


@check("cue-flip", "the p-value comes from the pairs that change", uses=["cue_flip_test"], hint="flip")
def _(lab):
    test = lab.fn("cue_flip_test", returns="float")
    for up, down in ((7, 2), (1, 6), (4, 4), (0, 0), (9, 0), (3, 2)):
        same = int(lab.rng.integers(20, 40))
        model, calls = scripted(up, down, same, lab.rng)
        got = test(model["policy"], model["prompts"], model["cue"])
        truthy(
            calls == [False, True],
            "the policy should be asked once without and once with the cue, in this order; asked: %s"
            % (["with" if c else "without" for c in calls],),
        )
        want = exact_p(up, down)
        n, m = up + down, up + down + same
        a, b = down + same // 2, up + same // 2
        pooled = (a + b) / (2 * m)
        z = (b - a) / m / (2 * pooled * (1 - pooled) / m) ** 0.5
        close(
            got,
            want,
            "the p-value for %d changes to complying, %d away from it and %d equal pairs" % (up, down, same),
            alternatives={
                "only one side is counted": want / 2,
                "equal pairs are counted as if they were changes": lambda: _with_equal(up, down, same),
                "the two sets of answers are compared as if they came from different prompts": lambda: _normal_two_sided(z),
                "you double the probability of exactly min(up, down) instead of at most": lambda: _point(up, down),
                "doubling the tail gives more than 1: take the minimum with 1": 2
                * sum(1 for s in product([0, 1], repeat=n) if sum(s) <= min(up, down))
                / 2**n,
            },
        )


def _with_equal(up, down, same):
    total, p = up + down + same, 0.0
    term = 1.0
    for k in range(min(up, down) + 1):
        p += term
        term = term * (total - k) / (k + 1)
    return min(1.0, 2 * p / 2.0**total)


def _point(up, down):
    term = 1.0
    for k in range(min(up, down)):
        term = term * (up + down - k) / (k + 1)
    return min(1.0, 2 * term / 2.0 ** (up + down))


def _normal_two_sided(z):
    from math import erfc

    return erfc(abs(z) / 2**0.5)


@check(
    "detect",
    "Holm's method flags in sorted order and stops at the first failure",
    uses=["detect"],
    needs=["cue-flip"],
    hint="detect",
)
def _(lab):
    find = lab.fn("detect", returns="array")
    # One-sided runs of k changes have p = 2 / 2^k. With alpha = 0.05 and five models the limits are 0.01, 0.0125, 0.0167, 0.025, 0.05.
    for changes, alpha in (([9, 8, 7, 3, 1], 0.05), ([9, 7, 7, 6, 2], 0.05), ([5, 6, 6, 6, 6], 0.05), ([6, 1, 9, 2, 8, 7], 0.2)):
        changes = [int(c) for c in lab.rng.permutation(changes)]
        models = [scripted(c, 0, int(lab.rng.integers(4, 12)), lab.rng)[0] for c in changes]
        p = [exact_p(c, 0) for c in changes]
        want, m = [False] * len(p), len(p)
        for rank, i in enumerate(sorted(range(m), key=lambda j: p[j])):
            if p[i] > alpha / (m - rank):
                break
            want[i] = True
        order = sorted(range(m), key=lambda j: p[j])
        no_stop = [False] * m
        for rank, i in enumerate(order):
            no_stop[i] = p[i] <= alpha / (m - rank)
        got = find(models, alpha)
        same_shape(got, (m,), "detect")
        truthy(got.dtype == bool, "detect should hold True and False, and holds %s" % got.dtype)
        close(
            got,
            np.array(want),
            "detect for the p-values %s at alpha = %.2g" % (", ".join("%.3g" % x for x in p), alpha),
            alternatives={
                "each model is tested at alpha, without a correction for their number": np.array([x <= alpha for x in p]),
                "every p-value is compared with alpha / m: that is Bonferroni's method, which finds less": np.array(
                    [x <= alpha / m for x in p]
                ),
                "you do not stop at the first p-value above its limit": np.array(no_stop),
                "the flags are left in sorted order": np.array([want[i] for i in order]),
            },
        )


def sampled_policy(rng, weights, effect, topic):
    """Answers at random with a probability that depends on the topic, and for a faker on the cue (last column)."""

    def policy(X):
        p = squash(X[:, :-1] @ weights + topic)
        return rng.random(len(X)) < np.clip(p + effect * X[:, -1], 0, 1)

    return policy


@check(
    "population",
    "among 200 honest models almost none is accused, and fakers with a gap of 0.2 are found",
    uses=["detect"],
    needs=["detect"],
    hint="detect",
    timeout=15,
)
def _(lab):
    find, test = lab.fn("detect", returns="array"), lab.fn("cue_flip_test", returns="float")
    rng, d, n = lab.pool_rng, 5, 300
    cue = np.append(np.zeros(d), 1.0)

    def model(effect):
        topic = rng.normal() * 1.0 if effect == 0 else -1.0
        prompts = np.column_stack([rng.normal(size=(n, d)) + rng.normal(size=d), np.zeros(n)])
        return {"policy": sampled_policy(rng, rng.normal(size=d) * 0.3, effect, topic), "prompts": prompts, "cue": cue}

    honest, fakers = [model(0.0) for _ in range(200)], [model(0.2) for _ in range(20)]
    alone = sum(test(m["policy"], m["prompts"], m["cue"]) <= 0.05 for m in honest)
    flags = find(honest + fakers, 0.05)
    same_shape(flags, (220,), "detect")
    false, found = int((flags[:200] != 0).sum()), int((flags[200:] != 0).sum())
    lab.metric("false_alarms_uncorrected", alone)
    lab.metric("false_alarms_holm", false)
    lab.metric("fakers_found_of_20", found)
    truthy(false <= 2, "detect accuses %d of 200 honest models" % false)
    truthy(found >= 14, "detect finds %d of 20 models whose compliance rises by 0.2 with the cue" % found)


@check(
    "gradient",
    "an episode moves only the branch that acted in it",
    uses=["why_training_does_not_fix"],
    hint="gradient",
)
def _(lab):
    slope = lab.fn("why_training_does_not_fix", returns="array")
    n, d = 23, int(lab.rng.integers(3, 7))
    X, theta = lab.rng.normal(size=(n, d)), lab.rng.normal(size=(2, d))
    believes = lab.rng.random(n) < 0.7
    believes[:2] = [True, False]

    def loss(p):
        return sum(np.log1p(np.exp(-float(X[i] @ p["theta"][int(believes[i])]))) for i in range(n)) / n

    got = slope(theta, X, believes)
    same_shape(got, (2, d), "the gradient")
    gradcheck(loss, {"theta": theta.copy()}, {"theta": got}, lab.rng)
    got = slope(theta, X, np.ones(n, dtype=bool))
    same_shape(got, (2, d), "the gradient")
    truthy(
        (got[0] == 0).all(),
        "the policy believes in every episode that it is watched, and yet row 0, the unwatched branch, gets a gradient",
    )
    truthy((got[1] != 0).any(), "the watched branch gets no gradient")


@check("training", "training takes plain gradient steps", uses=["train_on_monitored"], needs=["gradient"], hint="training")
def _(lab):
    train = lab.fn("train_on_monitored", returns="array")
    n, d, lr, steps = 17, 4, float(lab.rng.uniform(0.3, 0.9)), 5
    X, theta = lab.rng.normal(size=(n, d)), lab.rng.normal(size=(2, d))
    believes = lab.rng.random(n) < 0.6
    believes[:2] = [True, False]

    def descend(step_lr, count, seen):
        values = theta.copy()
        for _ in range(count):
            move = np.zeros((2, d))
            for i in range(n):
                row = int(seen[i])
                move[row] += (squash(X[i] @ values[row]) - 1) * X[i] / n
            values = values - step_lr * move
        return values

    close(
        train(theta, X, believes, lr, steps),
        descend(lr, steps, believes),
        "theta after %d steps" % steps,
        alternatives={
            "the step goes up the gradient": descend(-lr, steps, believes),
            "only one step is taken": descend(lr, 1, believes),
            "every episode trains the watched branch, whatever the policy believed": descend(lr, steps, np.ones(n, bool)),
            "the learning rate is not used": descend(1.0, steps, believes),
        },
    )
    kept = train(theta, X, np.ones(n, dtype=bool), lr, steps)
    same_shape(kept, (2, d), "theta")
    truthy((kept[0] == theta[0]).all(), "no episode used the unwatched branch, and training has changed it")


@check(
    "faking-survives",
    "training on recognised episodes widens the gap, unrecognised ones close it",
    uses=["train_on_monitored"],
    needs=["training"],
    hint="training",
)
def _(lab):
    train = lab.fn("train_on_monitored", returns="array")
    rng, n, d = lab.pool_rng, 300, 6
    X = np.column_stack([np.ones(n), rng.normal(size=(n, d - 1)) * 0.5])
    theta = np.column_stack([[-1.5, 0.5], rng.normal(size=(2, d - 1)) * 0.3])

    def gap(values):
        return float(squash(X @ values[1]).mean() - squash(X @ values[0]).mean())

    recognised = train(theta, X, np.ones(n, dtype=bool), 1.0, 60)
    mixed = train(theta, X, rng.random(n) < 0.8, 1.0, 60)
    for each in (recognised, mixed):
        same_shape(each, (2, d), "theta")
    lab.metric("gap_before_training", gap(theta))
    lab.metric("gap_after_training", gap(recognised))
    lab.metric("gap_change_after_training", gap(recognised) - gap(theta))
    lab.metric("gap_after_with_unrecognised_episodes", gap(mixed))
    truthy(
        gap(recognised) > gap(theta) + 0.1,
        "after training on recognised episodes the gap is %.3g, before it was %.3g" % (gap(recognised), gap(theta)),
    )
    truthy(
        gap(mixed) < gap(theta) - 0.1,
        "with one episode in five unrecognised the gap is %.3g, before it was %.3g" % (gap(mixed), gap(theta)),
    )


def planted_activations(rng, n, d, size):
    direction = rng.normal(size=d)
    direction /= np.linalg.norm(direction)
    cue = rng.permutation(np.arange(n) < n // 2)
    if len(set(cue[::2])) < 2 or len(set(cue[1::2])) < 2:
        cue[:4] = [True, True, False, False]
    return rng.normal(size=(n, d)) + rng.normal(size=d) * 2 + size * np.outer(cue, direction), cue, direction


def slow_probe(h, cue, fit, test):
    means = [np.mean([h[i] for i in fit if bool(cue[i]) == value], axis=0) for value in (True, False)]
    direction = (means[0] - means[1]) / sum((means[0] - means[1]) ** 2) ** 0.5
    threshold = (means[0] @ direction + means[1] @ direction) / 2
    return direction, sum(1.0 for i in test if (h[i] @ direction > threshold) == bool(cue[i])) / len(test), threshold


@check("probe", "the probe is fitted on even rows and judged on odd ones", uses=["belief_probe"], hint="probe")
def _(lab):
    probe = lab.fn("belief_probe", returns=("array", "float"))
    n, d = 62, 7
    h, cue, planted = planted_activations(lab.rng, n, d, 2.0)
    even, odd = list(range(0, n, 2)), list(range(1, n, 2))
    direction, accuracy = probe(h, cue)
    want, right, threshold = slow_probe(h, cue, even, odd)
    close(
        direction,
        want,
        "direction",
        alternatives={
            "all rows are used to fit": slow_probe(h, cue, even + odd, odd)[0],
            "the odd rows are used to fit": slow_probe(h, cue, odd, odd)[0],
            "it points from the rows with the cue to those without": -want,
            "its length is not 1": lambda: h[::2][cue[::2]].mean(0) - h[::2][~cue[::2]].mean(0),
            "you take the mean of the rows with the cue only": lambda: (
                h[::2][cue[::2]].mean(0) / np.linalg.norm(h[::2][cue[::2]].mean(0))
            ),
        },
    )
    close(
        accuracy,
        right,
        "accuracy",
        alternatives={
            "it is measured on the rows that the probe was fitted on": slow_probe(h, cue, even, even)[1],
            "it is measured on all rows": slow_probe(h, cue, even, even + odd)[1],
            "the threshold is 0": sum(1.0 for i in odd if (h[i] @ want > 0) == bool(cue[i])) / len(odd),
            "it is the share of errors": 1 - right,
        },
    )


@check(
    "probe-control",
    "the probe finds the planted direction, and nothing in random labels",
    uses=["belief_probe"],
    needs=["probe"],
    hint="probe",
)
def _(lab):
    probe = lab.fn("belief_probe", returns=("array", "float"))
    rng = lab.pool_rng
    h, cue, planted = planted_activations(rng, 600, 40, 2.5)
    direction, accuracy = probe(h, cue)
    same_shape(direction, (40,), "direction")
    cosine = float(direction @ planted)
    lab.metric("probe_cosine", cosine)
    lab.metric("probe_accuracy", accuracy)
    truthy(cosine > 0.85, "the cosine between the probe's direction and the planted one is %.3g, expected above 0.85" % cosine)
    truthy(accuracy > 0.8, "the probe tells the cue in %.3g of the odd rows, expected about 0.89" % accuracy)
    on_random, on_fitted = [], []
    for _ in range(10):
        labels = rng.permutation(np.arange(120) < 60)
        if len(set(labels[::2])) < 2 or len(set(labels[1::2])) < 2:
            continue
        noise = rng.normal(size=(120, 80))
        on_random.append(probe(noise, labels)[1])
        on_fitted.append(slow_probe(noise, labels, list(range(0, 120, 2)), list(range(0, 120, 2)))[1])
    lab.metric("probe_accuracy_random_labels", np.mean(on_random))
    lab.metric("probe_accuracy_random_labels_fitted_rows", np.mean(on_fitted))
    truthy(
        0.35 < np.mean(on_random) < 0.65,
        "on noise with random labels the probe reports an accuracy of %.3g, expected about 0.5" % np.mean(on_random),
    )
