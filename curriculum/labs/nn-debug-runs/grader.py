import math

import numpy as np

from aisafe_lab import check, close, fail, fixture, truthy
from training_runs import changed, changes, labels, overfit_run, plan, train

each = 4
"""Runs of each kind."""


@fixture("runs")
def _(lab):
    """Unseen runs: (label, log), four of each kind."""
    return [(label, train(plan(label, 10000 + 100 * lab.pool + i))) for label in labels for i in range(each)]


def copy_of(log, every=1, unit=1.0):
    thin = {name: value[::every].copy() if isinstance(value, np.ndarray) else value for name, value in log.items()}
    thin["grad_norm"] = thin["grad_norm"] * unit
    return thin


def answer(diagnose, log):
    got = diagnose(log)
    truthy(got in labels, "diagnose returns %r, which is not one of the labels" % got[:40])
    return got


@check("initial-loss", "a network that knows nothing has a loss of about ln C", uses=["initial_loss_ok"], hint="start")
def _(lab):
    ok = lab.fn("initial_loss_ok", returns="bool")
    for C in (2, int(lab.rng.integers(5, 20)), 50):
        nats = math.log(C)
        for factor, want in ((1.0, True), (1.2, True), (0.8, True), (1.5, False), (0.5, False), (40.0, False)):
            if ok(factor * nats, C) == want:
                continue
            words = "%.4g with %d classes (ln %d = %.4g)" % (factor * nats, C, C, nats)
            if factor < 1 and not want:
                fail("a starting loss of %s passes: one that is too low is as suspicious as one that is too high (does the network see the answer?)" % words)
            fail(
                "a starting loss of %s should %s. The loss is in nats, so compare with the natural logarithm; and `tol` is a share of ln C, "
                "not a number of nats" % (words, "pass" if want else "not pass")
            )
        truthy(not ok(1.2 * nats, C, 0.1) and ok(1.05 * nats, C, 0.1), "`tol` is not used: with tol=0.1 a loss of 1.2 ln C should fail and 1.05 ln C should pass")
    for bad in (float("nan"), float("inf")):
        truthy(not ok(bad, 5), "a starting loss of %g should not pass" % bad)


@check("one-batch", "a sound network learns one batch by heart", uses=["overfit_one_batch"], timeout=10, hint="batch")
def _(lab):
    fits = lab.fn("overfit_one_batch", returns="bool")
    start = 1.0 + lab.rng.random()

    def curve(shape):
        calls = []

        def train_fn(steps):
            calls.append(steps)
            return [start * shape(t / steps) for t in range(int(steps) + 1)]

        return train_fn, calls

    nan = float("nan")
    for words, shape, want in (
        ("fall to 1 % of the start", lambda x: math.exp(-4.6 * x), True),
        ("fall to 40 % of the start: small, but not learned by heart", lambda x: math.exp(-0.9 * x), False),
        ("do not move", lambda x: 1.0, False),
        ("fall to 1 % and then jump back: only the last one counts", lambda x: math.exp(-9 * x) if x < 0.8 else 2.0, False),
        ("become NaN", lambda x: math.exp(-9 * x) if x < 0.7 else nan, False),
        ("grow without bound", lambda x: math.inf if x > 0.9 else math.exp(20 * x), False),
    ):
        train_fn, calls = curve(shape)
        got = fits(train_fn)
        truthy(calls == [200], "train_fn should be called once, with 200 steps; you call it with %s" % calls)
        truthy(got == want, "losses that %s should give %s" % (words, want))
    passed = {}
    for label, n in (("healthy", 1), ("vanishing", 1), ("shuffled_labels", 2)):
        passed[label] = [fits(overfit_run(plan(label, 10000 + 100 * lab.pool + i))) for i in range(n)]
    truthy(all(passed["healthy"]), "a healthy network should learn one batch by heart")
    truthy(not any(passed["vanishing"]), "a network without a gradient cannot learn a batch")
    lab.metric("shuffled_labels_that_pass_one_batch", sum(passed["shuffled_labels"]) / 2)


def made_up_log(rng, finite=True):
    T, L, C = 9, int(rng.integers(3, 6)), int(rng.integers(3, 9))
    log = {
        "classes": C,
        "train_loss": 0.5 + rng.random(T),
        "val_loss": 0.8 + rng.random(T),
        "grad_norm": rng.random((T, L)) + 0.1,
        "update_ratio": rng.random((T, L)) / 50,
        "dead": rng.integers(0, 9, (T, L - 1)) / 10,
    }
    if not finite:
        log["val_loss"][-3:] = [math.inf, math.nan, math.nan]
        log["train_loss"][-2:] = math.nan
        log["val_loss"][2] = math.nan
    return log


def slow_summary(log):
    unit = math.log(log["classes"])
    train, val = log["train_loss"].tolist(), log["val_loss"].tolist()

    def last(values):
        for v in values[::-1]:
            if math.isfinite(v):
                return v / unit
        return math.inf

    best = min([v / unit for v in val if math.isfinite(v)] or [math.inf])
    first, dead, update = log["grad_norm"][0].tolist(), log["dead"][0].tolist(), sorted(log["update_ratio"][0].tolist())
    n = len(update)
    return {
        "start": train[0] / unit if math.isfinite(train[0]) else math.inf,
        "final_train": last(train),
        "final_val": last(val),
        "best_val": best,
        "rise": last(val) - best if math.isfinite(best) else 0.0,
        "gap": last(val) - last(train) if math.isfinite(last(val)) and math.isfinite(last(train)) else 0.0,
        "grad_ratio": first[0] / first[-1] if first[-1] else 0.0,
        "zero_grad": sum(v == 0 for v in first) / len(first),
        "update": (update[(n - 1) // 2] + update[n // 2]) / 2,
        "dead_most": max(dead),
        "dead_least": min(dead),
    }


@check("summarise", "the summary is right, also for logs that end in NaN", uses=["summarise"], hint="summary")
def _(lab):
    keys = ["start", "final_train", "final_val", "best_val", "rise", "gap", "grad_ratio", "zero_grad", "update", "dead_most", "dead_least"]
    summarise = lab.fn("summarise", returns=dict({key: "float" for key in keys}, finite="bool"))
    plain, broken, lost = made_up_log(lab.rng), made_up_log(lab.rng, False), made_up_log(lab.rng)
    lost["train_loss"][:] = math.nan
    lost["val_loss"][:] = math.nan
    frozen = made_up_log(lab.rng)
    frozen["grad_norm"][0] = 0.0
    partly = made_up_log(lab.rng)
    partly["grad_norm"][0, 0] = 0.0
    for words, log in (
        ("a finished run", plain),
        ("a run that ends in NaN", broken),
        ("a run of nothing but NaN", lost),
        ("a run without any gradient", frozen),
        ("a run whose first layer has no gradient", partly),
    ):
        got, want = summarise(log), slow_summary(log)
        whole = bool(np.isfinite(log["train_loss"]).all() and np.isfinite(log["val_loss"]).all())
        truthy(got["finite"] == whole, 'for %s "finite" should be %s' % (words, whole))
        unit = math.log(log["classes"])
        train, val = log["train_loss"], log["val_loss"]
        for key in keys:
            if math.isnan(got[key]):
                fail('for %s "%s" is NaN: take the last or smallest finite value' % (words, key))
            wrong = {
                "you do not divide by ln C": want[key] * unit,
                "you divide by the logarithm to base 2": want[key] * math.log(2),
            }
            if key in ("final_train", "final_val", "best_val"):
                values = train if key == "final_train" else val
                wrong["you take the very last value, although it is not finite"] = float(values[-1] / unit)
            if key == "rise":
                wrong["you compare the last validation loss with 0 instead of with its own minimum"] = want["final_val"]
                wrong["you compare with the first validation loss"] = want["final_val"] - float(val[0] / unit)
            if key == "gap":
                wrong["you subtract the other way round"] = -want["gap"]
            if key == "grad_ratio" and log["grad_norm"][0].all():
                wrong["you divide the last layer by the first"] = 1 / want["grad_ratio"]
                wrong["you give the norm of the first layer alone"] = float(log["grad_norm"][0, 0])
                wrong["you use the last row"] = float(log["grad_norm"][-1, 0] / log["grad_norm"][-1, -1])
            if key == "update":
                wrong["you average instead of taking the median"] = float(log["update_ratio"][0].mean())
                wrong["you use all rows"] = float(np.median(log["update_ratio"]))
            if key in ("dead_most", "dead_least"):
                wrong["you use all rows"] = float(log["dead"].max() if key == "dead_most" else log["dead"].min())
            with np.errstate(invalid="ignore"):
                close(got[key], want[key], 'for %s "%s"' % (words, key), alternatives=wrong)


def judge(pairs):
    """How many are right of each kind, and lines about the others."""
    right = {label: sum(got == label for truth, got, _ in pairs if truth == label) for label in labels}
    lines = []
    for truth, got, log in pairs:
        if got != truth:
            s = slow_summary(log)
            shown = ("start", "final_train", "final_val", "gap", "grad_ratio", "update", "dead_most", "dead_least")
            lines.append("%s, you say %s:  %s" % (truth, got, "  ".join("%s %.3g" % (key, s[key]) for key in shown)))
    return right, lines


@check("diagnose", "at least 33 of 36 unseen runs are diagnosed", uses=["diagnose"], needs=["summarise"], timeout=30, hint="rules")
def _(lab):
    diagnose = lab.fn("diagnose", returns="str")
    pairs = [(truth, answer(diagnose, copy_of(log)), log) for truth, log in lab.get("runs")]
    right, lines = judge(pairs)
    total = sum(right.values())
    lab.metric("runs_diagnosed", total)
    shown = "\n".join(lines[:10])
    if each - right["healthy"] > 1:
        fail("%d of %d healthy runs are called faulty: someone will spend a day on each" % (each - right["healthy"], each), shown)
    for label in labels:
        if right[label] < 2:
            answers = sorted({got for truth, got, _ in pairs if truth == label and got != label})
            fail("only %d of %d runs with the fault %s are found; you call the others %s" % (right[label], each, label, ", ".join(answers)), shown)
    truthy(total >= 33, "%d of 36 runs are diagnosed, at least 33 are asked for" % total, shown)
    by_label = {label: [slow_summary(log)["grad_ratio"] for truth, log in lab.get("runs") if truth == label] for label in ("healthy", "exploding", "vanishing")}
    middle = {label: float(np.median(np.log10(values))) for label, values in by_label.items()}
    lab.metric("log10_grad_ratio_healthy", middle["healthy"])
    lab.metric("log10_grad_ratio_vanishing", middle["vanishing"])
    lab.metric("log10_grad_ratio_exploding_minus_healthy", middle["exploding"] - middle["healthy"])
    starts = [slow_summary(log)["start"] for truth, log in lab.get("runs") if truth == "exploding"]
    lab.metric("smallest_start_exploding", min(starts))


@check("units", "the diagnosis depends neither on the unit of the gradient nor on the number of rows", uses=["diagnose"], needs=["diagnose"], timeout=20, hint="units")
def _(lab):
    diagnose = lab.fn("diagnose", returns="str")
    before = [(truth, answer(diagnose, copy_of(log)), log) for truth, log in lab.get("runs")]
    for unit in (1e3, 1e-3):
        moved = ["%s: %s becomes %s" % (truth, old, new) for (truth, old, log) in before for new in [answer(diagnose, copy_of(log, unit=unit))] if new != old]
        if moved:
            fail(
                "with all gradient norms multiplied by %g, %d of 36 diagnoses change: a loss that is summed instead of averaged, or a "
                "wider network, would do the same. Compare layers with each other" % (unit, len(moved)),
                "\n".join(moved[:8]),
            )
    thin = [(truth, answer(diagnose, copy_of(log, every=2)), log) for truth, log in lab.get("runs")]
    right, lines = judge(thin)
    truthy(sum(right.values()) >= 33, "with every second row only, %d of 36 runs are diagnosed: do not count on a fixed number of rows" % sum(right.values()), "\n".join(lines[:8]))


@check("recommend", "the recommended change repairs the run", uses=["recommend"], needs=["one-batch"], timeout=20, hint="change")
def _(lab):
    recommend = lab.fn("recommend", returns={"change": "str"})
    cured, lines = {}, []
    for label in labels:
        change = recommend(label)["change"]
        truthy(change in changes, "recommend(%r) gives the change %r, which is not one of training_runs.changes" % (label, change[:40]))
        if label == "healthy":
            truthy(change == "none", "a healthy run should be left as it is, and you recommend %s" % change)
            continue
        truthy(change != "none", "recommend(%r) leaves the run as it is" % label)
        cured[label] = 0
        log = train(changed(plan(label, 50000 + lab.pool), change))
        s = slow_summary(log)
        cured[label] = s["final_val"] < 0.7 and bool(np.isfinite(log["val_loss"]).all())
        if not cured[label]:
            lines.append("%s, after %s: the validation loss ends at %.3g ln C" % (label, change, s["final_val"]))
    total = sum(cured.values())
    lab.metric("runs_repaired_of_8", total)
    truthy(total >= 7, "%d of 8 faulty runs recover after your change, at least 7 are asked for" % total, "\n".join(lines))
    try:
        recommend("something else")
    except ValueError:
        return
    except LookupError as error:
        fail("recommend should raise ValueError for an unknown label, and raises %s: look whether the label is known first" % type(error).__name__)
    fail("recommend should raise ValueError for an unknown label")
