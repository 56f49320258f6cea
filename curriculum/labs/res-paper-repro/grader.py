import json
import os
import re

import numpy as np

from aisafe_lab import allclose, check, close, fail, gradcheck, same_shape, truthy

# Quantiles of Student's distribution, 97.5 %, for 1 to 9 degrees of freedom.
quantile = {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262}
codes = ("few-seeds", "no-main", "no-baseline", "no-ablation", "not-one-change", "unknown-claim")
measured = {"loss": "float", "norms": ["float"], "features_per_dimension": "float", "stored": "int"}
summary = {"n": "int", "mean": "float", "low": "float", "high": "float"}


def plan(**parts):
    shared = {"features": 8, "hidden": 3, "density": 0.1, "relu": True, "decay": 0.9, "steps": 50, "batch": 16, "lr": 0.02}
    conditions = {
        "few": {"role": "main", "changes": {}},
        "many": {"role": "baseline", "changes": {"density": 1.0}},
        "linear": {"role": "ablation", "changes": {"relu": False}},
    }
    base = {"claim": {"more": "few", "less": "many", "by": 0.2}, "shared": shared, "conditions": conditions, "seeds": [4, 5, 6]}
    base.update(parts)
    return base


def with_condition(**changes):
    conditions = dict(plan()["conditions"])
    for name, condition in changes.items():
        if condition is None:
            del conditions[name]
        else:
            conditions[name] = condition
    return plan(conditions=conditions)


@check("plan", "a plan is checked before it is run", uses=["check_plan"], hint="plan")
def _(lab):
    problems = lab.fn("check_plan", returns=["str"])
    cases = [
        ("a sound plan", plan(), []),
        ("one seed", plan(seeds=[3]), ["few-seeds"]),
        ("the same seed three times", plan(seeds=[3, 3, 3]), ["few-seeds"]),
        ("no ablation", with_condition(linear=None), ["no-ablation"]),
        ("no baseline", with_condition(many={"role": "ablation", "changes": {"density": 1.0}}), ["no-baseline"]),
        (
            "an ablation that changes two settings",
            with_condition(linear={"role": "ablation", "changes": {"relu": False, "density": 1.0}}),
            ["not-one-change"],
        ),
        ("an ablation that changes nothing", with_condition(linear={"role": "ablation", "changes": {}}), ["not-one-change"]),
        (
            'an ablation whose only change sets "relu" to the value it has anyway',
            with_condition(linear={"role": "ablation", "changes": {"relu": True}}),
            ["not-one-change"],
        ),
        (
            "an ablation with one real change and one to the same value",
            with_condition(linear={"role": "ablation", "changes": {"relu": False, "hidden": 3}}),
            [],
        ),
        (
            "a baseline that changes two settings",
            with_condition(many={"role": "baseline", "changes": {"density": 1.0, "steps": 9}}),
            ["not-one-change"],
        ),
        ("a main condition with changes", with_condition(few={"role": "main", "changes": {"lr": 0.5}}), ["not-one-change"]),
        ("two main conditions", with_condition(other={"role": "main", "changes": {}}), ["no-main"]),
        (
            "a claim about a condition that does not exist",
            plan(claim={"more": "few", "less": "nothing", "by": 0.1}),
            ["unknown-claim"],
        ),
        (
            "a claim whose `more` does not exist",
            plan(claim={"more": "nothing", "less": "many", "by": 0.1}),
            ["unknown-claim"],
        ),
        (
            "a plan without a main condition",
            with_condition(few={"role": "baseline", "changes": {"density": 0.5}}),
            ["no-main"],
        ),
        (
            "a baseline and an ablation that both change nothing",
            with_condition(many={"role": "baseline", "changes": {}}, linear={"role": "ablation", "changes": {}}),
            ["not-one-change"],
        ),
        (
            "a plan with nothing but a main condition and a claim about another",
            with_condition(many=None, linear=None),
            ["no-ablation", "no-baseline", "unknown-claim"],
        ),
        (
            "one seed and no ablation",
            plan(seeds=[1], conditions=with_condition(linear=None)["conditions"]),
            ["few-seeds", "no-ablation"],
        ),
    ]
    for words, config, want in cases:
        got = problems(config)
        strange = [code for code in got if code not in codes]
        truthy(
            not strange, "check_plan gives the code %r, which is not one of %s" % ((strange or [""])[0][:30], ", ".join(codes))
        )
        truthy(got == want, "check_plan of %s gives %s, expected %s" % (words, got or "no problem", want or "no problem"))


@check("sample", "features are present with the density, and then uniform", uses=["sample"], hint="model")
def _(lab):
    draw = lab.fn("sample", returns="array")
    n, features, density = 4000, 7, float(lab.rng.uniform(0.1, 0.4))
    X = draw(np.random.default_rng(int(lab.rng.integers(10**6))), n, features, density)
    same_shape(X, (n, features), "sample")
    truthy(np.isfinite(X).all() and (X >= 0).all() and (X <= 1).all(), "sample holds values outside of 0 to 1")
    present = X > 0
    share = float(present.mean())
    if abs(share - density) > 5 * (density * (1 - density) / X.size) ** 0.5:
        cause = ". Density is the chance of being present, not of being absent" if abs(share - (1 - density)) < 0.02 else ""
        fail("a share of %.3g of the entries is not 0, expected %.3g%s" % (share, density, cause))
    rows = present.sum(1).astype(float)
    spread = float(rows.var())
    want = features * density * (1 - density)
    truthy(
        abs(spread - want) < 0.3 * want,
        "the number of features present in a row has the variance %.3g, expected %.3g: are they drawn together instead of one by one?"
        % (spread, want),
    )
    values = X[present]
    truthy(
        abs(values.mean() - 0.5) < 0.04 and abs(values.std() - 12**-0.5) < 0.03,
        "the values that are present have mean %.3g and spread %.3g; uniform ones have 0.5 and 0.289"
        % (values.mean(), values.std()),
    )


def slow_loss(W, b, X, importance, relu, encoder=None):
    encoder = W if encoder is None else encoder
    total = 0.0
    for x in X:
        h = [sum(encoder[j, i] * x[i] for i in range(len(x))) for j in range(len(W))]
        for i in range(len(x)):
            out = sum(h[j] * W[j, i] for j in range(len(W))) + b[i]
            total += importance[i] * ((max(0.0, out) if relu else out) - x[i]) ** 2
    return total / len(X)


def one_term(W, b, X, importance, relu, decodes):
    """The gradient of W if it did one of its two jobs only, by centred differences."""
    slopes = np.zeros(W.shape)
    for place in np.ndindex(*W.shape):
        losses = []
        for step in (1e-5, -1e-5):
            moved = W.copy()
            moved[place] += step
            decoder, encoder = (moved, W) if decodes else (W, moved)
            losses.append(slow_loss(decoder, b, X, importance, relu, encoder))
        slopes[place] = (losses[0] - losses[1]) / 2e-5
    return slopes


@check("gradients", "loss and gradients of the toy model", uses=["loss_and_grads"], hint="model")
def _(lab):
    loss_grads = lab.fn("loss_and_grads", returns=("float", "array", "array"))
    n, features, hidden = 6, 5, 3
    W, b = lab.rng.normal(size=(hidden, features)) * 0.7, lab.rng.normal(size=features) * 0.3
    X = lab.rng.random((n, features)) * (lab.rng.random((n, features)) < 0.6)
    importance = 0.7 ** np.arange(features)
    for relu in (True, False):
        loss, dW, db = loss_grads(W, b, X, importance, relu)
        want = slow_loss(W, b, X, importance, relu)
        words = "with the ReLU" if relu else "without the ReLU"
        close(
            loss,
            want,
            "the loss %s" % words,
            alternatives={
                "the importance is not used": lambda r=relu: slow_loss(W, b, X, np.ones(features), r),
                "relu is ignored": lambda r=relu: slow_loss(W, b, X, importance, not r),
                "the mean runs over features too": want / features,
                "the rows are added up": want * n,
                "the bias is missing": lambda r=relu: slow_loss(W, 0 * b, X, importance, r),
            },
        )
        for decodes, does, too in ((True, "decodes", "encodes"), (False, "encodes", "decodes")):
            truthy(
                dW.shape != W.shape or not allclose(dW, one_term(W, b, X, importance, relu, decodes), 1e-4, 1e-7),
                "the gradient of W %s is that of a matrix which only %s. W %s too: add the term for that" % (words, does, too),
            )
        gradcheck(
            lambda p, r=relu: slow_loss(p["W"], p["b"], X, importance, r),
            {"b": b.copy(), "W": W.copy()},
            {"W": dW, "b": db},
            lab.rng,
        )


def short(**changes):
    settings = {"features": 9, "hidden": 3, "density": 0.1, "relu": True, "decay": 0.9, "steps": 40, "batch": 32, "lr": 0.02}
    settings.update(changes)
    return settings


@check(
    "deterministic",
    "a run depends on its settings and its seed, and on nothing else",
    uses=["run"],
    needs=["sample", "gradients"],
    hint="run",
    timeout=20,
)
def _(lab):
    go = lab.fn("run", returns=measured)
    seed = int(lab.rng.integers(1000))
    first = go(short(), seed)
    np.random.seed(1)
    other = go(short(), seed + 1)
    again = go(short(), seed)
    keys = ("loss", "features_per_dimension")
    truthy(all(np.isfinite(first[k]) for k in keys) and np.isfinite(first["norms"]).all(), "a short run gives NaN or infinity")
    truthy(
        all(first[k] == again[k] for k in keys) and first["norms"] == again["norms"],
        "two runs with the seed %d differ (loss %.6g and %.6g): draw everything from a generator made of the seed"
        % (seed, first["loss"], again["loss"]),
    )
    truthy(
        first["norms"] != other["norms"],
        "runs with the seeds %d and %d give the same weights: the seed is not used" % (seed, seed + 1),
    )
    consistent(first, short())
    for key, value in (("decay", 0.5), ("steps", 60), ("batch", 16)):
        truthy(
            go(short(**{key: value}), seed)["norms"] != first["norms"],
            "%s = %g and %s = %g give the same weights: run does not use this setting" % (key, short()[key], key, value),
        )


def consistent(result, settings):
    norms = np.array(result["norms"])
    truthy(
        norms.shape == (settings["features"],),
        "norms has %d values, expected one for each of the %d features" % (len(norms), settings["features"]),
    )
    truthy((norms >= 0).all(), "norms holds a negative number")
    close(
        result["features_per_dimension"],
        norms.sum() / settings["hidden"],
        "features_per_dimension",
        rtol=1e-6,
        alternatives={
            "you divide by the number of features": norms.sum() / settings["features"],
            "you add up lengths instead of squared lengths": np.sqrt(norms).sum() / settings["hidden"],
            "you invert it, as the paper does": settings["hidden"] / max(norms.sum(), 1e-9),
        },
    )
    close(result["stored"], int((norms > 0.5).sum()), "stored")


@check(
    "science",
    "sparse features are stored in superposition, dense ones and those of a linear model are not",
    uses=["run"],
    needs=["deterministic"],
    hint="run",
    timeout=40,
)
def _(lab):
    go = lab.fn("run", returns=measured)
    base = {"features": 12, "hidden": 4, "density": 0.05, "relu": True, "decay": 0.9, "steps": 700, "batch": 128, "lr": 0.02}
    got = {}
    for name, changes in (("sparse", {}), ("dense", {"density": 1.0}), ("no_relu", {"relu": False})):
        settings = dict(base, **changes)
        got[name] = go(settings, 100 + lab.pool)
        consistent(got[name], settings)
        lab.metric("per_dimension_" + name, got[name]["features_per_dimension"])
        importance, p = 0.9 ** np.arange(12), settings["density"]
        variance = p / 3 - p * p / 4
        nothing = float(importance.sum() * variance)
        truthy(
            got[name]["loss"] < 0.85 * nothing,
            "%s: the loss is %.4g; a model that stores nothing and guesses the mean has %.4g. Start from small weights, and let Adam take steps of size lr"
            % (name, got[name]["loss"], nothing),
        )
        if name != "sparse":
            # A linear model can at best keep the most important features and guess the mean of the others.
            least = float(importance[4:].sum() * variance)
            truthy(
                got[name]["loss"] < 1.3 * least,
                "%s: the loss is %.4g; keeping the four most important features would give %.4g. Plain gradient descent is too slow with this lr, Adam is not"
                % (name, got[name]["loss"], least),
            )
    sparse, dense, linear = (got[name]["features_per_dimension"] for name in ("sparse", "dense", "no_relu"))
    truthy(
        sparse > dense + 0.5,
        "sparse features: %.3g per dimension, dense ones: %.3g. Superposition should show in the first" % (sparse, dense),
    )
    truthy(abs(dense - 1) < 0.25, "dense features: %.3g per dimension, expected about 1" % dense)
    truthy(abs(linear - 1) < 0.25, "without the ReLU: %.3g per dimension, expected about 1" % linear)


def interval(values):
    n = len(values)
    mean = sum(values) / n
    s = (sum((v - mean) ** 2 for v in values) / (n - 1)) ** 0.5
    half = quantile[n - 1] * s / n**0.5
    return np.array([n, mean, mean - half, mean + half])


@check("aggregate", "few seeds get Student's factor", uses=["aggregate"], hint="statistics")
def _(lab):
    gather = lab.fn("aggregate", returns=summary)
    for n in (3, 5, 8):
        values, losses = lab.rng.normal(2, 0.5, n), lab.rng.normal(0.3, 0.1, n)
        runs = [{"loss": float(x), "norms": [], "features_per_dimension": float(v), "stored": 3} for v, x in zip(values, losses)]
        for key, data in (("features_per_dimension", values), ("loss", losses)):
            got = gather(runs) if key != "loss" else gather(runs, "loss")
            want = interval(data.tolist())
            mean, half = want[1], want[3] - want[1]

            def other(factor):
                return np.array([n, mean, mean - half * factor, mean + half * factor])

            close(
                np.array([got[k] for k in ("n", "mean", "low", "high")]),
                want,
                "aggregate of %d runs (%s)" % (n, key),
                axes="(n, mean, low, high)",
                rtol=1e-4,
                alternatives={
                    "you use 1.96, which is too small for %d seeds" % n: other(1.96 / quantile[n - 1]),
                    "you use T95[n] instead of T95[n - 1]": other(quantile[n] / quantile[n - 1]),
                    "the standard deviation is not divided by sqrt(n)": other(n**0.5),
                    "the standard deviation divides by n instead of n - 1": other(((n - 1) / n) ** 0.5),
                    "the key is ignored": interval(values.tolist()),
                },
            )


def summed(mean, half, n=5):
    return {"n": n, "mean": mean, "low": mean - half, "high": mean + half}


@check("verdict", "the verdict follows from the interval, not from the means", uses=["verdict"], hint="statistics")
def _(lab):
    decide = lab.fn("verdict", returns="str")
    claim = {"more": "x", "less": "y", "by": 0.5}
    base = float(lab.rng.uniform(1, 2))
    cases = [
        (
            "the difference is 0.85 ± 0.28 (the sum of the two halves would be 0.4)",
            summed(base + 0.85, 0.2),
            summed(base, 0.2),
            "supported",
        ),
        ("the difference is 1 ± 0.28", summed(base + 1, 0.2), summed(base, 0.2), "supported"),
        ("the difference is 0.6 ± 0.28, so it may be below 0.5", summed(base + 0.6, 0.2), summed(base, 0.2), "unclear"),
        ("the difference is 0.4 ± 0.28, so it may be above 0.5", summed(base + 0.4, 0.2), summed(base, 0.2), "unclear"),
        ("the difference is 0.1 ± 0.28", summed(base + 0.1, 0.2), summed(base, 0.2), "not supported"),
        ("the difference is -1 ± 0.28", summed(base - 1, 0.2), summed(base, 0.2), "not supported"),
        (
            "the difference is 0.7 ± 0.25; one of the intervals is very narrow",
            summed(base + 0.7, 0.25),
            summed(base, 0.001),
            "unclear",
        ),
        (
            "the difference is 0.3 ± 0.1: there is one, but smaller than the claim says",
            summed(base + 0.3, 0.07),
            summed(base, 0.07),
            "not supported",
        ),
    ]
    for words, more, less, want in cases:
        got = decide({"z": summed(9.0, 0.1), "y": less, "x": more}, claim)
        if got != want:
            means = "supported" if more["mean"] - less["mean"] >= 0.5 else "not supported"
            cause = ". The means alone would say so; the interval does not" if want == "unclear" and got == means else ""
            fail("the claim is 'more by 0.5', and %s: the verdict is %r, expected %r%s" % (words, got[:30], want, cause))


def made_up(rng):
    return {
        name: summed(float(rng.uniform(1, 3)), float(rng.uniform(0.01, 0.2)), int(rng.integers(3, 9)))
        for name in ("thin", "thick", "flat")
    }


@check("table", "table and figure are written from the summaries", uses=["report_table", "figure_csv"], hint="reporting")
def _(lab):
    table, figure = lab.fn("report_table", returns="str"), lab.fn("figure_csv", returns="str")
    rows = made_up(lab.rng)
    want = "| condition | n | mean | low | high |\n|---|---|---|---|---|"
    for name in rows:
        want += "\n| %s | %d | %.3f | %.3f | %.3f |" % tuple([name] + [rows[name][k] for k in ("n", "mean", "low", "high")])
    compare_text(table(rows), want, "report_table")
    want = "condition,mean,low,high\n"
    for name in rows:
        want += "%s,%.6g,%.6g,%.6g\n" % tuple([name] + [rows[name][k] for k in ("mean", "low", "high")])
    compare_text(figure(rows), want, "figure_csv")


def compare_text(got, want, what):
    if got == want:
        return
    mine, theirs = got.split("\n"), want.split("\n")
    for i, (a, b) in enumerate(zip(mine, theirs)):
        truthy(a == b, "%s: line %d is %r, expected %r" % (what, i + 1, a[:80], b[:80]))
    fail("%s has %d lines, expected %d (a newline at the end counts)" % (what, len(mine), len(theirs)))


def read_json(lab, name, hint):
    try:
        with open(os.path.join(lab.folder, name), encoding="utf-8") as file:
            value = json.load(file)
    except OSError:
        fail("%s is missing beside your repro.py: %s" % (name, hint))
    except ValueError as error:
        fail("%s is not valid JSON: %s" % (name, error))
    truthy(isinstance(value, dict), "%s should hold an object" % name)
    return value


def number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and np.isfinite(value)


def read_plan(lab):
    """The learner's own config.json; its form is checked here, its content by rules that do not depend on check_plan."""
    config = read_json(lab, "config.json", "it was copied there when you started the lab")
    good = all(isinstance(config.get(k), dict) for k in ("claim", "shared", "conditions")) and isinstance(
        config.get("seeds"), list
    )
    good = good and all(
        isinstance(c, dict) and isinstance(c.get("changes"), dict) and isinstance(c.get("role"), str)
        for c in config["conditions"].values()
    )
    good = good and all(isinstance(s, int) and not isinstance(s, bool) for s in config["seeds"])
    good = good and number(config["claim"].get("by")) and all(isinstance(config["claim"].get(k), str) for k in ("more", "less"))
    truthy(good, "config.json has not the form that check_plan describes")
    truthy(
        all(k in config["shared"] for k in short()), "`shared` in config.json lacks one of the settings %s" % ", ".join(short())
    )
    return config


@check(
    "own-plan", "your config.json is a sound plan", uses=["check_plan"], needs=["plan", "verdict", "table", "science"], hint="own"
)
def _(lab):
    config = read_plan(lab)
    conditions, shared = config["conditions"], config["shared"]
    truthy(
        len(set(config["seeds"])) >= 3, "config.json names %d different seeds: take at least three" % len(set(config["seeds"]))
    )
    for role in ("main", "baseline", "ablation"):
        truthy(any(c["role"] == role for c in conditions.values()), "config.json has no condition with the role %r" % role)
    for name, c in conditions.items():
        for k in c["changes"]:
            truthy(k in shared, "the condition %r changes %r, which `shared` does not hold: is the name right?" % (name, k[:30]))
        changed = [k for k, v in c["changes"].items() if v != shared[k]]
        truthy(
            len(changed) == (0 if c["role"] == "main" else 1),
            "the condition %r changes %s; a %s changes %s"
            % (name, ", ".join(changed) or "nothing", c["role"], "nothing" if c["role"] == "main" else "exactly one setting"),
        )
    truthy(
        all(config["claim"][k] in conditions for k in ("more", "less")),
        "the claim in config.json names a condition that does not exist",
    )
    truthy(
        shared["relu"] and any(c["role"] == "ablation" and not c["changes"].get("relu", True) for c in conditions.values()),
        "the claim rests on the ReLU: `shared` should have it, and one of the ablations should remove it",
    )
    found = lab.fn("check_plan", returns=["str"])(config)
    truthy(not found, "your own check_plan finds problems in config.json: %s" % ", ".join(found))


def read_results(lab, config):
    results = read_json(lab, "results.json", "run `python repro.py` in this folder, it writes the file")
    runs, summaries = results.get("runs"), results.get("summaries")
    good = isinstance(runs, dict) and isinstance(summaries, dict) and isinstance(results.get("verdict"), str)
    good = good and all(isinstance(each, dict) for each in runs.values()) and all(isinstance(s, dict) for s in summaries.values())
    good = good and all(
        isinstance(r, dict) and number(r.get("features_per_dimension")) and number(r.get("loss"))
        for each in runs.values()
        for r in each.values()
    )
    good = good and all(number(s.get(k)) for s in summaries.values() for k in summary)
    truthy(good, "results.json has not the form that main() writes")
    names = list(config["conditions"])
    truthy(
        sorted(runs) == sorted(names) == sorted(summaries),
        "results.json holds the conditions %s, config.json %s: run repro.py again" % (sorted(runs), sorted(names)),
    )
    seeds = sorted(str(s) for s in set(config["seeds"]))
    for name in names:
        truthy(
            sorted(runs[name]) == seeds,
            "results.json holds the seeds %s for %r, config.json %s: run repro.py again" % (sorted(runs[name]), name, seeds),
        )
    return results


@check(
    "own-results",
    "your results.json follows from your code and your plan",
    uses=["run", "aggregate", "verdict"],
    needs=["own-plan", "aggregate"],
    hint="own",
    timeout=60,
)
def _(lab):
    config = read_plan(lab)
    results = read_results(lab, config)
    truthy(
        os.path.exists(os.path.join(lab.folder, "figure.csv")), "figure.csv is missing: run `python repro.py`, it writes the file"
    )
    for name, each in results["runs"].items():
        values = [r["features_per_dimension"] for r in each.values()]
        truthy(len(values) in range(2, 11), "the grader reads up to ten seeds, and %r has %d" % (name, len(values)))
        got = np.array([results["summaries"][name][k] for k in ("n", "mean", "low", "high")], dtype=float)
        close(
            got,
            interval(values),
            "the summary of %r in results.json, recomputed from its runs," % name,
            axes="(n, mean, low, high)",
            rtol=1e-3,
            atol=1e-6,
        )
    go = lab.fn("run", returns=measured)
    names = sorted(config["conditions"])
    for name in [names[i] for i in lab.rng.permutation(len(names))[:2]]:
        seed = int(lab.rng.choice(sorted(set(config["seeds"]))))
        stored = results["runs"][name][str(seed)]
        got = go(dict(config["shared"], **config["conditions"][name]["changes"]), seed)
        for key in ("features_per_dimension", "loss"):
            if abs(got[key] - stored[key]) > 0.03 * abs(stored[key]):
                fail(
                    "results.json says %s = %.6g for %r with seed %d; running it again gives %.6g. Run repro.py again after every change"
                    % (key, stored[key], name, seed, got[key])
                )
    difference = lab.fn("verdict", returns="str")({k: v for k, v in results["summaries"].items()}, config["claim"])
    truthy(
        results["verdict"] == difference,
        "results.json says the verdict is %r, your verdict function says %r: run repro.py again"
        % (results["verdict"][:20], difference[:20]),
    )


headings = ("Question", "Method", "Deviations", "Results", "Limitations", "What went wrong")


@check(
    "own-report",
    "your report has all its parts, and its numbers are those of results.json",
    uses=["report_table"],
    needs=["own-results"],
    hint="own",
)
def _(lab):
    config = read_plan(lab)
    results = read_results(lab, config)
    try:
        with open(os.path.join(lab.folder, "REPORT.md"), encoding="utf-8") as file:
            text = file.read()
    except (OSError, ValueError):
        fail("REPORT.md is missing beside your repro.py, or is not UTF-8 text")
    sections, current = {}, None
    for line in text.splitlines():
        found = re.match(r"##\s+(.*?)\s*$", line)
        if found:
            current = found.group(1)
            sections[current.lower()] = []
        elif current is not None:
            sections[current.lower()].append(line)
    for heading in headings:
        truthy(heading.lower() in sections, "REPORT.md has no heading '## %s'" % heading)
        lines = [line for line in sections[heading.lower()] if not line.lstrip().startswith("|")]
        body = " ".join(lines)
        truthy("TODO" not in body, "REPORT.md still says TODO below '## %s'" % heading)
        truthy(len(body.split()) >= 20, "REPORT.md says %d words below '## %s'; write at least 20" % (len(body.split()), heading))
    rows = {}
    for line in sections["results"]:
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.lstrip().startswith("|") and len(cells) == 5:
            # Another table (of the losses, say) may stand below the one that repro.py prints.
            rows.setdefault(cells[0], []).append(cells[1:])
    for name, s in results["summaries"].items():
        truthy(name in rows, "the results table in REPORT.md has no row for %r: paste the table that repro.py prints" % name)
        want = ["%d" % s["n"]] + ["%.3f" % s[k] for k in ("mean", "low", "high")]
        if want not in rows[name]:
            fail(
                "the row of %r in REPORT.md says %s, results.json says %s: never edit a table by hand, paste it again"
                % (name, " ".join(rows[name][0])[:60], " ".join(want))
            )
    said = re.findall(
        r"Verdict[*_]*\s*:[\s*_`]*(not supported|supported|unclear)", "\n".join(sections["results"]), flags=re.I
    )
    truthy(said, "REPORT.md has no line 'Verdict: supported', 'Verdict: not supported' or 'Verdict: unclear' below '## Results'")
    truthy(
        all(word.lower() == results["verdict"] for word in said),
        "REPORT.md says the verdict is %r, results.json says %r" % (said[0], results["verdict"]),
    )
    made = lab.fn("report_table", returns="str")(results["summaries"])
    for name in results["summaries"]:
        truthy(
            any("| %s |" % " | ".join([name] + cells) in made for cells in rows[name]),
            "your report_table no longer gives the row of %r that is in REPORT.md" % name,
        )
    lab.metric(
        "own_difference",
        results["summaries"][config["claim"]["more"]]["mean"] - results["summaries"][config["claim"]["less"]]["mean"],
    )
    lab.metric("own_seeds", len(set(config["seeds"])))
