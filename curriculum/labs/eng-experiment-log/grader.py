import hashlib
import inspect
import json
import math
import os
import random
import shutil
import tempfile

import numpy as np

from aisafe_lab import check, close, fail, truthy


class Folder:
    """A folder for one check, inside the learner's own, gone afterwards."""

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix=".log-", dir=os.getcwd())
        return self.path

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)


def a_config(rng):
    return {"seed": int(rng.integers(1000)), "lr": float(rng.choice([0.1, 0.03, 0.001])), "model": {"width": int(rng.integers(8, 64)), "act": "relu"}, "tags": ["a", "b"], "decay": None}


def turned(config):
    """An equal config with the keys in the opposite order, at every depth."""
    return {key: turned(config[key]) if isinstance(config[key], dict) else config[key] for key in reversed(list(config))}


def in_order(value):
    if isinstance(value, dict):
        return {key: in_order(value[key]) for key in sorted(value)}
    return value


def expected_hash(config):
    return hashlib.sha256(json.dumps(in_order(config)).encode("utf-8")).hexdigest()[:12]


@check("config-hash", "config_hash depends on the content of a config and on nothing else", uses=["config_hash"], hint="hash")
def _(lab):
    config_hash = lab.fn("config_hash", returns="str")
    config = a_config(lab.rng)
    one, other = config_hash(config), config_hash(turned(config))
    top = {key: config[key] for key in reversed(list(config))}
    if one != other:
        depth = "inside a nested dict" if config_hash(top) == one else "at the top level"
        fail("two equal configs get different names, %s and %s: the order of keys %s goes into the hash" % (one, other, depth))
    truthy(one != config_hash(dict(config, seed=config["seed"] + 1)), "configs that differ in their seed get the same name, %s" % one)
    deep = dict(config, model=dict(config["model"], width=1))
    truthy(one != config_hash(deep), "configs that differ inside a nested dict get the same name, %s" % one)
    truthy(
        one == expected_hash(config),
        "config_hash gives %s, expected %s: the first 12 hexadecimal digits of the SHA-256 of json.dumps(config, sort_keys=True)" % (one[:40], expected_hash(config)),
    )


def make(lab, folder, config):
    """The learner's Run, and the path of its metrics."""
    Run = lab.raw("Run")
    truthy(inspect.isclass(Run), "Run should be a class")
    try:
        inspect.signature(Run).bind(folder, config)
    except TypeError:
        fail("Run takes %s, and the lab calls it with a folder and a config" % inspect.signature(Run))
    run = Run(folder, config)
    truthy(callable(getattr(run, "log", None)), "Run has no method log")
    try:
        inspect.signature(run.log).bind(0, loss=1.0)
    except TypeError:
        fail("Run.log takes %s, and the lab calls it as log(0, loss=1.0)" % inspect.signature(run.log))
    path = os.path.join(folder, expected_hash(config))
    truthy(getattr(run, "path", None) == path, "run.path is %r, expected %r" % (getattr(run, "path", None), path))
    truthy(os.path.isdir(path), "the folder of the run, named by the hash of its config, is not there after Run(folder, config)")
    return run, os.path.join(path, "metrics.jsonl")


def text_of(path):
    if not os.path.exists(path):
        return ""
    with open(path, encoding="utf-8") as file:
        return file.read()


def add(path, text):
    with open(path, "a", encoding="utf-8") as file:
        file.write(text)


def rows_of(text):
    rows = []
    for number, line in enumerate(text.splitlines()):
        try:
            rows.append(json.loads(line))
        except ValueError:
            fail("line %d of metrics.jsonl is not valid JSON" % (number + 1), line[:200])
    return rows


@check("run", "a Run keeps its config, and has each line on disk when log returns", uses=["Run"], needs=["config-hash"], hint="run")
def _(lab):
    with Folder() as top:
        folder, config = os.path.join(top, "logs", "first"), a_config(lab.rng)
        run, path = make(lab, folder, config)
        stored = text_of(os.path.join(run.path, "config.json"))
        truthy(stored, "config.json is not there, or is empty, after Run(folder, config)")
        truthy(rows_of(stored.replace("\n", " ")) == [config], "config.json does not hold the config")
        losses = lab.rng.random(3)
        for step, loss in enumerate(losses):
            run.log(np.int64(step), loss=np.float32(loss), acc=0.5)
            text = text_of(path)
            truthy(text.count("\n") >= step + 1, "after %d calls of log, metrics.jsonl has %d finished lines: write and close (or flush) before log returns" % (step + 1, text.count("\n")))
        want = [{"step": step, "loss": float(np.float32(loss)), "acc": 0.5} for step, loss in enumerate(losses)]
        truthy(rows_of(text_of(path)) == want, "metrics.jsonl does not hold what was logged", "got\n%s\nexpected\n%s" % (text_of(path), "\n".join(map(json.dumps, want))))
        run.log(3, loss=float("nan"))
        truthy(math.isnan(rows_of(text_of(path))[-1]["loss"]), "a loss of NaN is not in the file: that a run failed is worth keeping")


@check("append", "log adds a line and touches no other", uses=["Run"], needs=["run"], hint="run")
def _(lab):
    with Folder() as folder:
        run, path = make(lab, folder, a_config(lab.rng))
        run.log(0, loss=1.0)
        add(path, '{"step": 1, "loss": 0.9, "by": "another process"}\n')
        before = text_of(path)
        run.log(2, loss=0.8)
        after = text_of(path)
        truthy(
            after.startswith(before),
            "log writes the file anew: a line that another process had added is gone, and a process killed at that moment would lose the whole history. "
            "Open the file for appending",
        )
        truthy(rows_of(after)[-1] == {"step": 2, "loss": 0.8}, "the last line of metrics.jsonl is not the row that was logged last")


@check("resume", "a Run on the same config goes on where a killed one ended", uses=["Run"], needs=["append"], hint="run")
def _(lab):
    with Folder() as folder:
        config = a_config(lab.rng)
        run, path = make(lab, folder, config)
        run.log(0, loss=1.0)
        run.log(1, loss=0.9)
        again, _ = make(lab, folder, turned(config))
        again.log(2, loss=0.8)
        steps = [row["step"] for row in rows_of(text_of(path))]
        truthy(steps == [0, 1, 2], "a second Run with the same config should add to the history; the file holds the steps %s" % steps)
        add(path, '{"step": 3, "lo')
        later, _ = make(lab, folder, config)
        later.log(3, loss=0.7)
        lines = text_of(path).splitlines()
        wanted = json.dumps({"step": 3, "loss": 0.7})
        readable = []
        for line in lines:
            try:
                readable.append(json.loads(line))
            except ValueError:
                pass
        truthy(
            {"step": 3, "loss": 0.7} in readable,
            "after a killed process had left half a line, the next row was glued to it, and both are lost: begin on a new line",
            "the end of the file\n%s\nexpected\n%s\n%s" % ("\n".join(lines[-2:]), '{"step": 3, "lo', wanted),
        )
        truthy([row["step"] for row in readable] == [0, 1, 2, 3], "after resuming a run with half a line at its end, the readable steps are %s" % [row.get("step") for row in readable])


def plant(folder, config, lines):
    """A run's folder, written by the grader."""
    path = os.path.join(folder, expected_hash(config))
    os.makedirs(path)
    with open(os.path.join(path, "config.json"), "w", encoding="utf-8") as file:
        json.dump(config, file)
    if lines is not None:
        add(os.path.join(path, "metrics.jsonl"), lines)
    return os.path.basename(path)


loaded = [{"config": "dict", "hash": "str", "history": ["dict"]}]


@check("load", "load_runs finds every run, in the order of the hashes", uses=["load_runs"], hint="load")
def _(lab):
    load_runs = lab.fn("load_runs", returns=loaded)
    with Folder() as folder:
        configs = [a_config(lab.rng) for _ in range(5)]
        configs = [dict(config, seed=i) for i, config in enumerate(configs)]
        rows = [{"step": i, "loss": float(x)} for i, x in enumerate(lab.rng.random(4))]
        names = [plant(folder, config, "".join(json.dumps(row) + "\n" for row in rows[: i + 1]) if i else None) for i, config in enumerate(configs)]
        os.makedirs(os.path.join(folder, "figures"))
        add(os.path.join(folder, "notes.txt"), "not a run\n")
        runs = load_runs(folder)
        truthy(len(runs) == 5, "load_runs finds %d runs, expected 5: a folder without config.json and a file do not count" % len(runs))
        truthy([run["hash"] for run in runs] == sorted(names), "load_runs lists the hashes %s, expected %s" % ([run["hash"] for run in runs], sorted(names)))
        for run in runs:
            at = names.index(run["hash"])
            truthy(run["config"] == configs[at], "the config of run %s is not what its config.json holds" % run["hash"])
            want = rows[: at + 1] if at else []
            truthy(run["history"] == want, "the history of run %s is not what its metrics.jsonl holds" % run["hash"], "got\n%s\nexpected\n%s" % (run["history"], want))


@check("load-damaged", "steps are sorted, later rows count, and half a line spoils nothing", uses=["load_runs"], needs=["load"], hint="load")
def _(lab):
    load_runs = lab.fn("load_runs", returns=loaded)

    def history(rows, tail=""):
        with Folder() as folder:
            plant(folder, {"seed": 1}, "".join(json.dumps(row) + "\n" for row in rows) + tail)
            return load_runs(folder)[0]["history"]

    order = [int(i) for i in lab.rng.permutation([3, 12, 20, 100])]
    if order == sorted(order):
        order.reverse()
    got = history([{"step": step, "loss": step / 10} for step in order])
    want = [{"step": step, "loss": step / 10} for step in sorted(order)]
    truthy(got == want, "the rows are not in ascending order of their steps", "got\n%s\nexpected\n%s" % (got, want))
    got = history([{"step": 0, "loss": 1.0}, {"step": 1, "loss": 0.9}, {"step": 2, "loss": 0.8}, {"step": 1, "loss": 0.5}])
    if [row.get("step") for row in got] == [0, 1, 1, 2]:
        fail("step 1, logged again after the run was resumed, is in the history twice: the later row counts")
    truthy(got[1:2] == [{"step": 1, "loss": 0.5}], "of two rows with step 1 the earlier one was kept: the later line counts")
    got = history([{"step": 0, "loss": 1.0}, {"step": 1, "loss": 0.9}], '{"step": 2, "lo')
    truthy([row.get("step") for row in got] == [0, 1], "with half a line at the end of the file, the steps are %s, expected [0, 1]" % [row.get("step") for row in got])
    got = history([{"step": 0, "loss": 1.0}], '{"step": 1, "lo\n{"step": 1, "loss": 0.9}\n')
    truthy([row.get("step") for row in got] == [0, 1], "what follows a broken line is lost: the steps are %s, expected [0, 1]. Skip the line only" % [row.get("step") for row in got])


def runs_with(curves, metric="acc"):
    return [
        {"config": {"seed": i}, "hash": "%012x" % (100 - i), "history": [{"step": s, metric: value} for s, value in enumerate(curve)]}
        for i, curve in enumerate(curves)
    ]


def look_at_best(lab, runs, metric, mode, want, what):
    got = lab.fn("best")(runs, metric, mode)
    if not isinstance(got, tuple) or len(got) != 2:
        fail("best(runs, %r, %r) should return a pair (run, value), and returns %s" % (metric, mode, type(got).__name__))
    run, value = got
    truthy(isinstance(run, dict) and any(run is each for each in runs), "the first value of best is not one of the runs")
    truthy(isinstance(value, float) and math.isfinite(value), "%s: the value is %s, expected %.6g" % (what, value, want[1]))
    place = [each is run for each in runs].index(True)
    values = [row[metric] for each in runs for row in each["history"] if metric in row and math.isfinite(row[metric])]
    last = [each["history"][-1][metric] for each in runs if each["history"] and metric in each["history"][-1]]
    close(
        value,
        want[1],
        what + ": the value",
        alternatives={
            "the other end is taken: min for max, or max for min": min(values) if mode == "max" else max(values),
            "only the last row of each run is looked at": max(last) if mode == "max" else min(last),
        },
    )
    truthy(place == want[0], "%s: run %d of the list comes back, expected run %d" % (what, place, want[0]))


@check("best", "best finds the run with the best value over all its steps", uses=["best"], hint="best")
def _(lab):
    curves = lab.rng.permutation(np.arange(1, 13)).reshape(3, 4) / 10.0
    curves[:, 2] += np.where(np.arange(3) == int(lab.rng.integers(3)), 5.0, 0.0)
    curves[:, 1] -= np.where(np.arange(3) == int(lab.rng.integers(3)), 5.0, 0.0)
    runs = runs_with([[float(value) for value in curve] for curve in curves])
    for mode, pick in (("max", np.argmax), ("min", np.argmin)):
        at = int(pick(curves))
        look_at_best(lab, runs, "acc", mode, (at // 4, float(curves.reshape(-1)[at])), 'best(runs, "acc", "%s")' % mode)
    tied = runs_with([[0.1, 0.5], [0.9, 0.2], [0.2, 0.9]])
    look_at_best(lab, tied, "acc", "max", (1, 0.9), "of two runs with the same best value, the first counts")


@check("best-nan", "NaN, infinity and missing values are never the best", uses=["best"], needs=["best"], hint="best")
def _(lab):
    nan, inf = float("nan"), float("inf")
    runs = runs_with([[nan, nan], [nan, 0.4, 0.3], [0.7, nan, 0.6], [0.5, inf, -inf]])
    runs.append({"config": {}, "hash": "f" * 12, "history": [{"step": 0, "other": 9.0}]})
    runs.append({"config": {}, "hash": "e" * 12, "history": []})
    what = "with NaN and infinity among the values (every comparison with NaN is False)"
    for order in (list(range(6)), [2, 0, 1, 4, 3, 5], [5, 4, 3, 1, 2, 0]):
        turned_runs = [runs[i] for i in order]
        look_at_best(lab, turned_runs, "acc", "max", (order.index(2), 0.7), what)
        look_at_best(lab, turned_runs, "acc", "min", (order.index(1), 0.3), what)
    truthy(lab.fn("best")(runs, "nowhere", "max") is None, "best of a metric that no run has should be None")
    truthy(lab.fn("best")(runs[:1], "acc", "min") is None, "best of runs whose values are all NaN should be None")


@check("compare", "compare gives number, mean and spread of the final values of each setting", uses=["compare"], hint="compare")
def _(lab):
    compare = lab.fn("compare", returns="dict")
    settings = [0.1] * 4 + [0.01] * 3 + [1.0]
    runs = []
    for i, lr in enumerate(settings):
        curve = lab.rng.random(3) + i
        history = [{"step": s, "acc": float(value)} for s, value in enumerate(curve)]
        if i % 3 == 0:
            history.append({"step": 3, "acc": float("nan")})
        if i % 3 == 1:
            history.append({"step": 3, "other": 1.0})
        runs.append({"config": {"lr": lr, "seed": i}, "hash": "%012x" % i, "history": history, "final": float(curve[-1])})
    extra = [
        {"config": {"lr": 0.1}, "hash": "a" * 12, "history": [{"step": 0, "acc": float("nan")}]},
        {"config": {"seed": 3}, "hash": "b" * 12, "history": [{"step": 0, "acc": 5.0}]},
    ]
    given = [{key: run[key] for key in ("config", "hash", "history")} for run in runs] + extra
    given = [given[i] for i in lab.rng.permutation(len(given))]
    got = compare(given, "lr", "acc")
    truthy(set(got) == set(settings), "compare has the settings %s, expected %s" % (sorted(map(str, got)), sorted(map(str, set(settings)))))
    for lr in sorted(set(settings)):
        entry = got[lr]
        truthy(isinstance(entry, dict) and set(entry) == {"n", "mean", "sd"}, 'the entry of lr = %g should be a dict with the keys "n", "mean" and "sd"' % lr)
        finals = [run["final"] for run, each in zip(runs, settings) if each == lr]
        firsts = [run["history"][0]["acc"] for run, each in zip(runs, settings) if each == lr]
        tops = [max(row["acc"] for row in run["history"] if math.isfinite(row.get("acc", math.nan))) for run, each in zip(runs, settings) if each == lr]
        truthy(entry["n"] == len(finals), "lr = %g: n is %s, expected %d (a run whose values are all NaN does not count)" % (lr, entry["n"], len(finals)))
        n, mean = len(finals), sum(finals) / len(finals)
        truthy(isinstance(entry["mean"], float), "lr = %g: the mean is not a float" % lr)
        close(
            entry["mean"],
            mean,
            "lr = %g: the mean" % lr,
            alternatives={
                "the best value of each run is taken instead of the final one": sum(tops) / n,
                "the first value of each run is taken": sum(firsts) / n,
                "the last row is taken although its value is NaN": float("nan"),
            },
        )
        squares = sum((value - mean) ** 2 for value in finals)
        if n == 1:
            truthy(entry["sd"] is None, "lr = %g: there is one run, and the sd is %s. It should be None: one run says nothing about spread" % (lr, entry["sd"]))
            continue
        truthy(isinstance(entry["sd"], float), "lr = %g: the sd is not a float" % lr)
        close(
            entry["sd"],
            math.sqrt(squares / (n - 1)),
            "lr = %g: the sd" % lr,
            alternatives={
                "you divide by n instead of n - 1": math.sqrt(squares / n),
                "the variance comes back": squares / (n - 1),
                "the standard error comes back instead of the standard deviation": math.sqrt(squares / (n - 1) / n),
            },
        )
    measure_luck(lab)


def measure_luck(lab):
    """How far the winner of two equally good settings is ahead: with one seed each, and with five."""
    draws = lab.pool_rng.normal(size=(2, 20000, 5))
    lab.metric("winner_ahead_one_seed", np.abs(draws[0, :, 0] - draws[1, :, 0]).mean())
    lab.metric("winner_ahead_five_seeds", np.abs(draws[0].mean(1) - draws[1].mean(1)).mean())


@check("same-seed", "same_seed_same_curve tells a seeded training from one that is not", uses=["same_seed_same_curve"], hint="seed")
def _(lab):
    same = lab.fn("same_seed_same_curve", returns="bool")
    seed = int(lab.rng.integers(1, 1000))
    first_draws = []

    def good(rng):
        values = [float(value) for value in rng.normal(size=4)]
        first_draws.append(values[0])
        return values

    truthy(
        same(good, seed),
        "a training that uses nothing but the generator it is given counts as not reproducible: give each call a fresh generator with the same seed",
    )
    truthy(len(first_draws) == 2, "train_fn was called %d times, expected 2" % len(first_draws))
    truthy(first_draws[0] == float(np.random.default_rng(seed).normal()), "train_fn was not given np.random.default_rng(seed)")
    calls = []

    def nearly(rng):
        calls.append(1)
        return [1.0, 0.5, 0.25 + 1e-12 * len(calls)]

    truthy(not same(nearly, seed), "curves that differ in the twelfth digit count as the same: compare exactly. A small difference is where a large one begins")
    calls.clear()

    def longer(rng):
        calls.append(1)
        return [1.0, 0.5] + [0.25] * len(calls)

    truthy(not same(longer, seed), "curves of different lengths count as the same: zip stops at the shorter")

    def careless(_):
        return [float(value) for value in np.random.normal(size=3)] + [random.random()]

    truthy(
        not same(careless, seed),
        "a training that draws from the global generator counts as reproducible: you seed the global generator, and so hide the very mistake that the test is for",
    )


@check("global-rng", "the global generators are left alone", uses=["same_seed_same_curve"], needs=["same-seed"], hint="seed")
def _(lab):
    same = lab.fn("same_seed_same_curve", returns="bool")
    np.random.seed(5)
    random.seed(5)
    before = np.random.get_state()[1].copy(), np.random.get_state()[2], random.getstate()
    same(lambda rng: [float(rng.random())], 7)
    after = np.random.get_state()
    truthy((before[0] == after[1]).all() and before[1] == after[2], "same_seed_same_curve changes the state of NumPy's global generator: whoever uses it gets other numbers after your test")
    truthy(before[2] == random.getstate(), "same_seed_same_curve changes the state of the module random")
