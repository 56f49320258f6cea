import math

import numpy as np

from aisafe_lab import allclose, check, close, fail, fixture, same_shape, truthy


def objective_gradient(X, y, w, b, l2):
    """The derivatives of the probe's objective, example by example."""
    N, D = X.shape
    gw, gb = l2 * w, 0.0
    for x, label in zip(X, y):
        error = 1 / (1 + math.exp(-max(-500.0, min(500.0, float(x @ w + b))))) - label
        gw = gw + error * x / N
        gb += error / N
    return gw, gb


def minimum(X, y, l2, penalise_b=False, weight=1.0):
    """The minimum of weight * mean loss + l2 / 2 * w·w, by Newton's method with step halving."""
    A = np.concatenate([X, np.ones((len(X), 1))], axis=1)
    ridge = np.full(A.shape[1], float(l2))
    ridge[-1] = l2 if penalise_b else 0.0

    def value(t):
        z = A @ t
        return weight * np.mean(np.logaddexp(0.0, z) - y * z) + 0.5 * (ridge * t) @ t

    t = np.zeros(A.shape[1])
    for _ in range(60):
        p = 1 / (1 + np.exp(-A @ t))
        grad = weight * A.T @ (p - y) / len(X) + ridge * t
        if np.abs(grad).max() < 1e-9:
            break
        hessian = weight * (A * (p * (1 - p))[:, None]).T @ A / len(X) + np.diag(ridge + 1e-12)
        step, size = np.linalg.solve(hessian, grad), 1.0
        while value(t - size * step) > value(t) and size > 1e-6:
            size /= 2
        t = t - size * step
    return t


def accuracy_of(t, X, y):
    right = 0
    for x, label in zip(X, y):
        right += (float(x @ t[:-1] + t[-1]) > 0) == (label == 1)
    return right / len(y)


def scaled(X, by):
    sd = by.std(axis=0)
    return (X - by.mean(axis=0)) / np.where(sd == 0, 1.0, sd)


def oracle_held_out(X_train, y_train, X_test, y_test, l2):
    return accuracy_of(minimum(scaled(X_train, X_train), y_train, l2), scaled(X_test, X_train), y_test)


@check("standardise", "standardise takes its numbers from the training set only", uses=["standardise"], hint="standardise")
def _(lab):
    standardise = lab.fn("standardise", returns=("array", "array"))
    D = int(lab.rng.integers(3, 6))
    train = lab.rng.normal(size=(7, D)) * lab.rng.uniform(0.5, 4, D) + lab.rng.normal(size=D)
    test = lab.rng.normal(size=(5, D)) * 2 + 3
    both = np.concatenate([train, test])
    got_train, got_test = standardise(train, test)
    sample = train.std(axis=0, ddof=1)
    close(
        got_train,
        np.array(
            [
                [(row[j] - train[:, j].mean()) / math.sqrt(np.mean((train[:, j] - train[:, j].mean()) ** 2)) for j in range(D)]
                for row in train
            ]
        ),
        "the training set",
        axes="(N, D)",
        alternatives={
            "the standard deviation divides by N - 1": (train - train.mean(axis=0)) / sample,
            "one mean and one deviation are used for all columns": (train - train.mean()) / train.std(),
            "the numbers come from training and test set together: the test set leaks into the training": scaled(train, both),
            "you divide by the variance": (train - train.mean(axis=0)) / train.var(axis=0),
        },
    )
    close(
        got_test,
        scaled(test, train),
        "the test set",
        axes="(M, D)",
        alternatives={
            "the test set is standardised with its own numbers": lambda: scaled(test, test),
            "the numbers come from training and test set together": lambda: scaled(test, both),
            "the test set is not standardised": test,
        },
    )
    train[:, 1] = 2.5
    got_train, got_test = standardise(train, test)
    same_shape(got_train, train.shape, "the training set")
    truthy(
        np.isfinite(got_train).all() and np.isfinite(got_test).all(),
        "a column that is constant in training gives NaN or infinity: its standard deviation is 0, so only shift it",
    )
    same_shape(got_test, test.shape, "the test set")
    truthy(
        np.abs(got_test[:, 1]).max() < 1e3 or np.abs(got_train[:, 1]).max() > 1e-6,
        "a column that is constant in training is divided by nearly nothing, so that the test set gets %.3g there: only shift it "
        "(a small number added to the deviation is not enough)" % np.abs(got_test[:, 1]).max(),
    )
    close(got_test, scaled(test, train), "the test set, with a column that is constant in training,", axes="(M, D)")


@check("fit-probe", "fit_probe finds the minimum of the penalised loss", uses=["fit_probe"], hint="fit")
def _(lab):
    fit = lab.fn("fit_probe", returns=("array", "float"))
    for l2 in (0.3, 0.03):
        D = int(lab.rng.integers(3, 7))
        X = lab.rng.normal(size=(90, D)) + 0.3
        direction = lab.rng.normal(size=D)
        # Few positive examples: the intercept is far from zero.
        y = (X @ direction + lab.rng.normal(size=90) > 1.2 * np.linalg.norm(direction)).astype(int)
        y[:2] = [0, 1]
        w, b = fit(X, y, l2)
        same_shape(w, (D,), "w")
        gw, gb = objective_gradient(X, y, w, b, l2)
        worst = max(np.abs(gw).max(), abs(gb))
        if worst <= 1e-5:
            continue
        got = np.append(w, b)
        for phrase, other in {
            "the intercept is penalised too: b must be free, or rare labels cannot be predicted as rare": lambda: minimum(
                X, y, l2, penalise_b=True
            ),
            "the loss is summed over the examples instead of averaged, so that the penalty hardly counts": lambda: minimum(
                X, y, l2, weight=90
            ),
            "the penalty is l2 * (w · w) without the half": lambda: minimum(X, y, 2 * l2),
            "the penalty is l2 / 4 * (w · w)": lambda: minimum(X, y, l2 / 2),
            "there is no penalty": lambda: minimum(X, y, 1e-9),
            "the labels are exchanged: w points towards y = 0": lambda: -minimum(X, y, l2),
            "there is no intercept": lambda: np.append(minimum_without_intercept(X, y, l2), 0.0),
        }.items():
            if allclose(got, other(), rtol=1e-2, atol=2e-3):
                fail("fit_probe does not minimise the objective: " + phrase, _compare(got, minimum(X, y, l2)))
        fail(
            "fit_probe stops away from the minimum: a derivative of the objective is %.6g at your solution, and must be below 0.00001. Take "
            "more steps, or larger ones, or check the gradient" % worst,
            _compare(got, minimum(X, y, l2)),
        )


def minimum_without_intercept(X, y, l2):
    t = np.zeros(X.shape[1])
    for _ in range(60):
        p = 1 / (1 + np.exp(-X @ t))
        t = t - np.linalg.solve((X * (p * (1 - p))[:, None]).T @ X / len(X) + l2 * np.eye(len(t)), X.T @ (p - y) / len(X) + l2 * t)
    return t


def _compare(got, want):
    return "your w and b\n%s\nthe minimum\n%s" % (np.array2string(got, precision=4), np.array2string(want, precision=4))


@check("accuracy", "probe_accuracy counts the answers that are right", uses=["probe_accuracy"], hint="fit")
def _(lab):
    D, N = int(lab.rng.integers(2, 6)), 31
    for _ in range(100):
        X, w, b = lab.rng.normal(size=(N, D)), lab.rng.normal(size=D), float(lab.rng.uniform(0.6, 1.0))
        y = lab.rng.integers(0, 2, N)
        values = [sum(x * v for x, v in zip(row, w)) for row in X]
        # The wrong thresholds must give other counts than the right one, and than each other.
        counts = {sum((value > limit) == (label == 1) for value, label in zip(values, y)) for limit in (-b, 0.0, 0.5 - b)}
        if len(counts) == 3:
            break
    close(
        lab.fn("probe_accuracy", returns="float")(w, b, X, y),
        sum((value + b > 0) == (label == 1) for value, label in zip(values, y)) / N,
        "probe_accuracy",
        alternatives={
            "the intercept is left out": lambda: np.mean((np.array(values) > 0) == (y == 1)),
            "the probe answers 1 above 0.5, as if x · w + b were a probability": lambda: np.mean((np.array(values) + b > 0.5) == (y == 1)),
            "you count the answers that are wrong": lambda: np.mean((np.array(values) + b > 0) != (y == 1)),
            "you count the right answers and do not divide": lambda: float(np.sum((np.array(values) + b > 0) == (y == 1))),
        },
    )


margin = 0.06
"""No test example lies closer to the boundary than this, so that two good fits agree on all of them."""


def away_from_boundary(t, X):
    return np.abs(X @ t[:-1] + t[-1]) > margin


def shifted_sets(rng, l2, D=5, N=80, M=61):
    """A training set, and a test set whose columns lie elsewhere and spread otherwise, so that leaks show."""
    scales = np.array([3.0] + [0.3] * (D - 1))
    shift = np.array([0.9] + [0.0] * (D - 1))

    def draw(n):
        X = rng.normal(size=(n, D))
        return X, (X[:, 0] + 0.5 * rng.normal(size=n) > 0).astype(int)

    (X_train, y_train), (X_test, y_test) = draw(N), draw(M)
    X_train[:, 1] += 1.5 * (2 * y_train - 1) * (rng.random(N) < 0.5)
    X_train, X_test = X_train * scales, (X_test * 1.3 + shift) * scales
    clear = away_from_boundary(minimum(scaled(X_train, X_train), y_train, l2), scaled(X_test, X_train))
    return X_train, y_train, X_test[clear], y_test[clear]


def held_out_ways(X_train, y_train, X_test, y_test, l2):
    """The accuracy that held_out_accuracy should give, under "", and those of known mistakes."""
    both = np.concatenate([X_train, X_test])
    fitted = minimum(scaled(X_train, X_train), y_train, l2)
    return {
        "": accuracy_of(fitted, scaled(X_test, X_train), y_test),
        "this is the accuracy on the training set, which the probe has seen": accuracy_of(fitted, scaled(X_train, X_train), y_train),
        "the test set is standardised with its own numbers": accuracy_of(fitted, scaled(X_test, X_test), y_test),
        "training and test set are standardised together": accuracy_of(
            minimum(scaled(X_train, both), y_train, l2), scaled(X_test, both), y_test
        ),
        "the probe is fitted on the test set": accuracy_of(minimum(scaled(X_test, X_train), y_test, l2), scaled(X_test, X_train), y_test),
        "the test set is not standardised, while the training set is": accuracy_of(fitted, X_test, y_test),
    }


@check(
    "held-out",
    "held_out_accuracy trains on one set and tests on the other",
    uses=["held_out_accuracy"],
    needs=["standardise", "fit-probe", "accuracy"],
    hint="held-out",
)
def _(lab):
    held_out = lab.fn("held_out_accuracy", returns="float")
    l2 = 0.05
    for _ in range(40):
        sets = shifted_sets(lab.rng, l2)
        ways = held_out_ways(*sets, l2)
        if len({round(value, 9) for value in ways.values()}) == len(ways):
            break
    want = ways.pop("")
    close(held_out(*sets, l2), want, "held_out_accuracy", alternatives=ways)


@check(
    "difference-of-means", "difference_of_means points from class 0 to class 1, with length 1", uses=["difference_of_means"], hint="means"
)
def _(lab):
    N, D = int(lab.rng.integers(9, 14)), int(lab.rng.integers(3, 7))
    X = lab.rng.normal(size=(N, D)) + 1
    y = (lab.rng.random(N) < 0.3).astype(int)
    y[:2] = [1, 0]
    mean = {label: sum(x for x, each in zip(X, y) if each == label) / sum(each == label for each in y) for label in (0, 1)}
    raw = mean[1] - mean[0]
    close(
        lab.fn("difference_of_means", returns="array")(X, y),
        raw / math.sqrt(sum(raw**2)),
        "difference_of_means",
        axes="(D)",
        alternatives={
            "the vector is not brought to length 1": raw,
            "it points from class 1 to class 0": -raw / np.linalg.norm(raw),
            "it is the mean of class 1 alone": mean[1] / np.linalg.norm(mean[1]),
            "class 1 is compared with the mean of all examples": raw / np.linalg.norm(raw) * (1 - y.mean()),
            "the sums of the classes are compared instead of the means": lambda: _unit(X[y == 1].sum(0) - X[y == 0].sum(0)),
        },
    )


def _unit(v):
    return v / np.linalg.norm(v)


@check("control-task", "control_task gives each type one label by chance", uses=["control_task"], hint="control")
def _(lab):
    control = lab.fn("control_task", returns="array")
    types = lab.rng.choice(1000, 12, replace=False)
    ids = lab.rng.permutation(np.repeat(types, 3))
    seed = int(lab.rng.integers(1 << 30))
    got = control(ids, np.random.default_rng(seed))
    same_shape(got, ids.shape, "control_task")
    truthy(np.isin(got, (0, 1)).all(), "the labels of a control task are 0 and 1")
    for each in types:
        labels = set(int(label) for label in got[ids == each])
        truthy(
            len(labels) == 1,
            "type %d has both labels: the coin is thrown for each example. It must be thrown once for each type, or a probe has nothing to "
            "memorise and the control is too easy to beat" % each,
        )
    coins = np.random.default_rng(seed).integers(0, 2, len(types))
    want = np.array([coins[sorted(types).index(each)] for each in ids])
    first_seen = list(dict.fromkeys(int(each) for each in ids))
    close(
        got,
        want,
        "control_task",
        axes="(N)",
        alternatives={
            "the types get their labels in the order in which they first occur, instead of increasing order": lambda: np.array(
                [coins[first_seen.index(each)] for each in ids]
            ),
            "the label is whether the id is odd, and not chance": ids % 2,
        },
    )


def coins(ids, rng):
    """A label for each type, in increasing order of the types."""
    label = dict(zip(sorted(set(ids.tolist())), rng.integers(0, 2, len(set(ids.tolist())))))
    return np.array([label[each] for each in ids.tolist()])


def typed_sets(rng, D, n_types=40, each=6):
    """Hidden states of words: a direction for the word's class, something of the word itself, and noise."""
    words = 0.4 * rng.normal(size=(n_types, D))
    label = rng.permutation(n_types) % 2
    direction = _unit(rng.normal(size=D))
    half_ids = np.repeat(np.arange(n_types), each // 2)
    ids = np.concatenate([rng.permutation(half_ids), rng.permutation(half_ids)])
    X = words[ids] + 1.5 * np.outer(2 * label[ids] - 1, direction) + 0.1 * rng.normal(size=(len(ids), D))
    half = len(ids) // 2
    return X[:half], label[ids[:half]], ids[:half], X[half:], label[ids[half:]], ids[half:]


@check(
    "selectivity",
    "selectivity is the accuracy on the task minus that on the control task",
    uses=["selectivity"],
    needs=["held-out", "control-task"],
    hint="control",
)
def _(lab):
    selectivity = lab.fn("selectivity", returns="float")
    l2 = 0.05
    parts = {}
    for D in (6, 64):
        X_train, y_train, ids_train, X_test, y_test, ids_test = typed_sets(lab.rng, D)
        seed = int(lab.rng.integers(1 << 30))
        # Every type occurs in the training set, so that leaving out test examples leaves its label as it is.
        labels = dict(zip(ids_train.tolist(), coins(ids_train, np.random.default_rng(seed)).tolist()))
        control_train = np.array([labels[each] for each in ids_train.tolist()])
        clear = np.ones(len(X_test), dtype=bool)
        for target in (y_train, control_train):
            clear &= away_from_boundary(minimum(scaled(X_train, X_train), target, l2), scaled(X_test, X_train))
        X_test, y_test, ids_test = X_test[clear], y_test[clear], ids_test[clear]
        control_test = np.array([labels[each] for each in ids_test.tolist()])
        sets = X_train, y_train, ids_train, X_test, y_test, ids_test
        task = oracle_held_out(X_train, y_train, X_test, y_test, l2)
        control = oracle_held_out(X_train, control_train, X_test, control_test, l2)
        parts[D] = task, control

        def drawn_twice(ids):
            """The control accuracy when the labels of the test set are drawn anew, after those for `ids`."""
            again = np.random.default_rng(seed)
            first, second = coins(ids, again), coins(ids_test, again)
            return oracle_held_out(X_train, first[: len(ids_train)], X_test, second, l2)

        close(
            selectivity(*sets, l2, np.random.default_rng(seed)),
            task - control,
            "selectivity",
            alternatives={
                "it is the accuracy on the task alone": task,
                "it is the accuracy on the control task alone": control,
                "the control accuracy minus the task accuracy": control - task,
                "the control labels are drawn anew for the test set: no probe can get those right, and the control says nothing": (
                    lambda: task - drawn_twice(ids_train)
                ),
                "the control labels are drawn anew for the test set, after those for both sets: no probe can get them right": (
                    lambda: task - drawn_twice(np.concatenate([ids_train, ids_test]))
                ),
                "the control probe is tested on its training set": (
                    lambda: task - oracle_held_out(X_train, control_train, X_train, control_train, l2)
                ),
            },
        )
    lab.metric("control_accuracy_in_6_dimensions", parts[6][1])
    lab.metric("control_accuracy_in_64_dimensions", parts[64][1])
    lab.metric("control_accuracy_gain_with_width", parts[64][1] - parts[6][1])
    lab.metric("selectivity_in_6_dimensions", parts[6][0] - parts[6][1])
    lab.metric("selectivity_in_64_dimensions", parts[64][0] - parts[64][1])


@check(
    "ablation", "ablate_direction is a projection: nothing along d is left, and all else stays", uses=["ablate_direction"], hint="ablation"
)
def _(lab):
    ablate = lab.fn("ablate_direction", returns="array")
    N, D = (int(n) for n in lab.rng.permutation([4, 5, 6])[:2])
    h = lab.rng.normal(size=(N, D)) * 2 + 0.5
    d = lab.rng.normal(size=D) * 3
    unit = d / math.sqrt(sum(d**2))
    want = np.array([row - sum(a * b for a, b in zip(row, unit)) * unit for row in h])
    got = ablate(h, d)
    close(
        got,
        want,
        "ablate_direction",
        axes="(N, D)",
        alternatives={
            "the unit vector is subtracted once from each row, whatever the row holds": h - unit,
            "d is subtracted once from each row, whatever the row holds": h - d,
            "d is not brought to length 1": h - np.outer(h @ d, d),
            "you divide by the length of d once instead of twice": h - np.outer(h @ d, d) / np.linalg.norm(d),
            "the mean component of all rows is removed from each": h - (h @ unit).mean() * unit,
            "each row is turned to its mirror image: the component is subtracted twice": h - 2 * np.outer(h @ unit, unit),
            "only what lies along d is kept": np.outer(h @ unit, unit),
        },
    )
    close(ablate(got, d), got, "ablate_direction applied twice", axes="(N, D)")


@check("causal-effect", "causal_effect is the mean change of the output", uses=["causal_effect"], needs=["ablation"], hint="effect")
def _(lab):
    effect = lab.fn("causal_effect", returns="float")
    N, D = 9, int(lab.rng.integers(3, 7))
    h, d = lab.rng.normal(size=(N, D)), lab.rng.normal(size=D) * 2
    W, v = lab.rng.normal(size=(D, 4)), lab.rng.normal(size=4)

    def model(x):
        return np.tanh(x @ W) @ v

    unit = d / np.linalg.norm(d)
    changes = np.array([float(model(row[None])[0] - model((row - row @ unit * unit)[None])[0]) for row in h])
    close(
        effect(model, h, d),
        sum(abs(change) for change in changes) / N,
        "causal_effect",
        alternatives={
            "changes of opposite sign cancel: take the absolute value for each row first": np.mean(changes),
            "you take the absolute value of the mean change": abs(np.mean(changes)),
            "you average the squared changes": np.mean(changes**2),
            "it is the root of the mean squared change": np.sqrt(np.mean(changes**2)),
            "the model is only asked about what lies along d": lambda: np.mean(np.abs(model(h) - model(np.outer(h @ unit, unit)))),
            "d is added instead of removed": lambda: np.mean(np.abs(model(h) - model(h + d))),
        },
    )


@fixture("world")
def _(lab):
    """Hidden states with two features, of which the model reads one; and a second set where the two go together."""
    rng = lab.pool_rng
    D = 16
    basis = np.linalg.qr(rng.normal(size=(D, D)))[0]
    used, unused = basis[0], basis[1]
    readers = basis[[0] + list(range(2, D))]
    W = readers.T @ (rng.normal(size=(D - 1, 8)) * 0.15)
    W[:, 0] += 1.2 * used
    v = np.append(2.0, 0.3 * rng.normal(size=7))

    def draw(n, agree):
        a = rng.integers(0, 2, n)
        b = np.where(rng.random(n) < agree, a, 1 - a)
        h = 1.5 * np.outer(2 * a - 1, used) + 1.5 * np.outer(2 * b - 1, unused) + 0.5 * rng.normal(size=(n, D))
        return h, a, b

    return dict(
        model=lambda h: np.tanh(h @ W) @ v, used=used, unused=unused, even=(draw(600, 0.5), draw(300, 0.5)), together=draw(600, 0.9)
    )


@check(
    "decodable-is-not-used",
    "a feature that a probe reads perfectly may be one that the model does not read",
    uses=["held_out_accuracy", "difference_of_means", "causal_effect"],
    needs=["held-out", "difference-of-means", "causal-effect"],
    hint="effect",
)
def _(lab):
    held_out, effect = lab.fn("held_out_accuracy", returns="float"), lab.fn("causal_effect", returns="float")
    means = lab.fn("difference_of_means", returns="array")
    world = lab.get("world")
    (h, a, b), (h_test, a_test, b_test) = world["even"]
    accuracy = {name: held_out(h, y, h_test, y_test, 0.01) for name, y, y_test in (("used", a, a_test), ("unused", b, b_test))}
    for name, value in accuracy.items():
        truthy(value > 0.95, "a probe should read the %s feature nearly perfectly, and yours gets %.6g" % (name, value))
    exact = effect(world["model"], h_test, world["unused"])
    truthy(exact < 1e-9, "the model does not read the second feature at all, and you give its direction an effect of %.6g" % exact)
    directions = {"used": means(h, a), "unused": means(h, b), "confounded": means(world["together"][0], world["together"][2])}
    for direction in directions.values():
        same_shape(direction, (h.shape[1],), "difference_of_means")
    effects = {name: effect(world["model"], h_test, d) for name, d in directions.items()}
    along = np.outer(h_test @ world["used"], world["used"])
    exact = np.mean([abs(change) for change in world["model"](h_test) - world["model"](h_test - along)])
    truthy(
        effects["used"] > 0.5 * exact,
        "removing the direction of the feature that the model reads should change its output by about %.6g, and changes it by %.6g"
        % (exact, effects["used"]),
    )
    truthy(
        effects["used"] > 4 * effects["unused"],
        "along the means of the used feature the effect should be several times that of the unused one, got %.6g and %.6g"
        % (effects["used"], effects["unused"]),
    )
    lab.metric("accuracy_used", accuracy["used"])
    lab.metric("accuracy_unused", accuracy["unused"])
    lab.metric("effect_unused_over_used", effects["unused"] / effects["used"])
    lab.metric("effect_unused_over_used_when_they_go_together", effects["confounded"] / effects["used"])
