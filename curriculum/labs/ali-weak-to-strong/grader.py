import numpy as np

from aisafe_lab import check, close, fail, fixture, gradcheck, same_shape, truthy

scores = {"weak": "float", "student": "float", "ceiling": "float", "pgr": "float"}


def squash(z):
    return 1 / (1 + np.exp(-np.clip(z, -40, 40)))


def logreg_gradient(theta, X, y, l2):
    p = squash(X @ theta[:-1] + theta[-1])
    return np.append(X.T @ (p - y) / len(y) + l2 * theta[:-1], (p - y).mean())


def oracle_logreg(X, y, l2):
    """Iteratively reweighted least squares on standardised inputs, until the gradient vanishes."""
    A = np.column_stack([X, np.ones(len(X))])
    theta = np.zeros(A.shape[1])
    ridge = np.diag(np.append(np.full(X.shape[1], l2 * len(y)), 0.0))
    for _ in range(25):
        p = squash(A @ theta)
        weight = np.maximum(p * (1 - p), 1e-9)
        theta = np.linalg.solve((A.T * weight) @ A + ridge, A.T @ (weight * (A @ theta) + y - p))
    return theta


def labels_of(theta, X):
    return (X @ theta[:-1] + theta[-1] > 0).astype(float)


def world(rng, seen, noise, shared, n=6000, d=12):
    """y depends on all d features alike; the weak model sees the first `seen` of them through noise, the strong one all."""
    z = rng.normal(size=(n, d))
    y = (z.sum(1) / np.sqrt(d) + 0.15 * rng.normal(size=n) > 0).astype(float)
    weak = z[:, :seen] + noise * rng.normal(size=(n, seen))
    strong = z + 0.2 * rng.normal(size=(n, d))
    return weak, np.hstack([strong, weak]) if shared else strong, y


def cut(n, rng):
    order = rng.permutation(n)
    return order[: n // 3], order[n // 3 : 2 * (n // 3)], order[2 * (n // 3) :]


def oracle_run(data, split, l2, labels="weak", judge="true"):
    Xw, Xs, y = data
    teach, transfer, test = split
    weak = oracle_logreg(Xw[teach], y[teach], l2)
    taught = labels_of(weak, Xw[transfer]) if labels == "weak" else y[transfer]
    student = oracle_logreg(Xs[transfer], taught, l2)
    ceiling = oracle_logreg(Xs[transfer], y[transfer], l2)
    truth = y[test] if judge == "true" else labels_of(weak, Xw[test])
    return np.array(
        [(labels_of(weak, Xw[test]) == truth).mean()] + [(labels_of(m, Xs[test]) == truth).mean() for m in (student, ceiling)]
    )


@fixture("main")
def _(lab):
    rng = lab.pool_rng
    data = world(rng, 8, 1.2, False)
    return data, cut(len(data[2]), rng)


@check("logreg", "logistic regression has converged to the minimum of its loss", uses=["train_logreg"], hint="logreg", timeout=15)
def _(lab):
    train = lab.fn("train_logreg", returns=("array", "float"))
    n, d = 240, int(lab.rng.integers(3, 7))
    X = lab.rng.normal(size=(n, d)) * lab.rng.uniform(0.5, 2, d) + 0.5
    y = (X @ lab.rng.normal(size=d) - 0.7 + lab.rng.logistic(size=n) > 0).astype(float)
    for l2 in (1e-3, 0.2):
        w, b = train(X, y) if l2 == 1e-3 else train(X, y, l2)
        same_shape(w, (d,), "w")
        theta = np.append(w, b)
        truthy(np.isfinite(theta).all(), "train_logreg gives NaN or infinity")
        slope = np.abs(logreg_gradient(theta, X, y, l2))
        if slope.max() > 1e-4:
            close(
                theta,
                oracle_logreg(X, y, l2),
                "the largest component of the gradient is %.3g, and should be below 1e-4: (w, b) for l2 = %.3g"
                % (slope.max(), l2),
                rtol=1e-3,
                atol=1e-4,
                alternatives={
                    "the bias is penalised too": lambda: _penalised_bias(X, y, l2),
                    "the penalty is l2 * sum(w²) instead of half of it": lambda: oracle_logreg(X, y, 2 * l2),
                    "the penalty is missing": lambda: oracle_logreg(X, y, 1e-9),
                    "the penalty is not weighed against the mean but against the sum of the losses": lambda: oracle_logreg(
                        X, y, l2 / n
                    ),
                },
            )
            fail("the largest component of the gradient is %.3g, and should be below 1e-4: take more steps" % slope.max())


def _penalised_bias(X, y, l2):
    A = np.column_stack([X, np.ones(len(X))])
    theta = np.zeros(A.shape[1])
    for _ in range(25):
        p = squash(A @ theta)
        weight = np.maximum(p * (1 - p), 1e-9)
        theta = np.linalg.solve((A.T * weight) @ A + l2 * len(y) * np.eye(len(theta)), A.T @ (weight * (A @ theta) + y - p))
    return theta


@check("labels", "a classifier labels by the sign of its logit", uses=["weak_labels"], hint="experiment")
def _(lab):
    label = lab.fn("weak_labels", returns="array")
    n, d = 19, 4
    X, w, b = lab.rng.normal(size=(n, d)), lab.rng.normal(size=d), float(lab.rng.normal() + 1.5)
    want = np.array([1.0 if sum(X[i, j] * w[j] for j in range(d)) + b > 0 else 0.0 for i in range(n)])
    close(
        label(w, b, X),
        want,
        "weak_labels",
        alternatives={
            "the bias is left out": (X @ w > 0).astype(float),
            "you return probabilities": squash(X @ w + b),
            "labels are -1 and 1": 2 * want - 1,
            "the two labels are exchanged": 1 - want,
        },
    )


@check("split", "the three sets are disjoint, random and complete", uses=["three_way_split"], hint="split")
def _(lab):
    split = lab.fn("three_way_split", returns=("array", "array", "array"))
    n = int(lab.rng.integers(60, 90))
    parts = split(n, np.random.default_rng(1))
    names = ("teach", "transfer", "test")
    for name, part, size in zip(names, parts, (n // 3, n // 3, n - 2 * (n // 3))):
        truthy(part.ndim == 1 and part.dtype.kind in "iu", "%s should be a one-dimensional array of whole numbers" % name)
        truthy(len(part) == size, "%s has %d rows of %d, expected %d" % (name, len(part), n, size))
    for i in range(3):
        for j in range(i):
            common = len(set(parts[i].tolist()) & set(parts[j].tolist()))
            truthy(
                common == 0,
                "%s and %s share %d rows: a model would be scored or taught on rows that another has seen"
                % (names[j], names[i], common),
            )
    truthy(sorted(np.concatenate(parts).tolist()) == list(range(n)), "the three sets together do not hold each row number once")
    truthy(
        (np.diff(np.concatenate(parts)) < 0).any(),
        "the rows are not shuffled: data are often sorted, so a split has to be random",
    )
    again = split(n, np.random.default_rng(2))
    truthy(not np.array_equal(parts[0], again[0]), "two different generators give the same split: use rng")


@check("pgr", "the performance gap recovered is 0 at the supervisor and 1 at the ceiling", uses=["pgr"], hint="pgr")
def _(lab):
    recovered = lab.fn("pgr", returns="float")
    weak = float(lab.rng.uniform(0.5, 0.6))
    ceiling = float(lab.rng.uniform(0.8, 0.95))
    share = float(lab.rng.uniform(0.2, 0.4))
    student = weak + share * (ceiling - weak)
    close(
        recovered(weak, student, ceiling),
        share,
        "pgr(%.4g, %.4g, %.4g)" % (weak, student, ceiling),
        alternatives={
            "numerator and denominator are exchanged": 1 / share,
            "you take the share of the gap that is left": 1 - share,
            "you divide by the ceiling": (student - weak) / ceiling,
            "you divide the student by the ceiling": student / ceiling,
        },
    )
    close(
        [recovered(0.6, 0.5, 0.8), recovered(0.6, 0.9, 0.8)],
        [-0.5, 1.5],
        "pgr of a student below its supervisor, and of one above the ceiling",
    )
    for top in (0.6, 0.5):
        try:
            got = recovered(0.6, 0.6, top)
        except ValueError:
            continue
        except ZeroDivisionError:
            fail("pgr divides by zero when ceiling and weak model are equal: raise ValueError, for there is no gap to recover")
        fail("pgr gives %.6g when the ceiling (%.2g) is not above the weak model (0.6): raise ValueError" % (got, top))


@check(
    "experiment",
    "weak, student and ceiling are trained on what each may see, and scored on the truth",
    uses=["run_experiment"],
    needs=["logreg", "labels", "pgr"],
    hint="experiment",
    timeout=20,
)
def _(lab):
    run = lab.fn("run_experiment", returns=scores)
    data, split = lab.get("main")
    try:
        got = run(data[0], data[1], data[2], split, 1e-3)
    except ValueError as error:
        if not _raised_by(error, "pgr"):
            raise
        fail(
            "run_experiment finds no gap between weak model and ceiling: is a model scored against the weak labels? Their author is always right by them"
        )
    triple = np.array([got["weak"], got["student"], got["ceiling"]])
    want = oracle_run(data, split, 1e-3)
    swapped = (split[0], split[0], split[2])
    close(
        triple,
        want,
        "the accuracies (weak, student, ceiling)",
        rtol=0,
        atol=0.004,
        alternatives={
            "the student is trained on true labels": lambda: oracle_run(data, split, 1e-3, labels="true"),
            "the models are scored against the weak labels": lambda: oracle_run(data, split, 1e-3, judge="weak"),
            "the student learns on the rows on which the weak model was trained": lambda: oracle_run(data, swapped, 1e-3),
            "the models are scored on the transfer rows": lambda: oracle_run(data, (split[0], split[1], split[1]), 1e-3),
            "the models are scored on the teach rows": lambda: oracle_run(data, (split[0], split[1], split[0]), 1e-3),
        },
    )
    close(got["pgr"], (triple[1] - triple[0]) / (triple[2] - triple[0]), "pgr")
    strong = run(data[0], data[1], data[2], split, 0.3)
    close(
        [strong[k] for k in ("weak", "student", "ceiling")],
        oracle_run(data, split, 0.3),
        "the accuracies with l2 = 0.3",
        rtol=0,
        atol=0.004,
    )
    lab.metric("accuracy_weak", got["weak"])
    lab.metric("accuracy_student", got["student"])
    lab.metric("accuracy_ceiling", got["ceiling"])
    lab.metric("pgr", got["pgr"])


def _raised_by(error, name):
    trace = error.__traceback__
    while trace.tb_next is not None:
        trace = trace.tb_next
    return trace.tb_frame.f_code.co_name == name


@check(
    "imitation", "agreement is counted apart on the supervisor's errors and elsewhere", uses=["imitation_test"], hint="imitation"
)
def _(lab):
    test = lab.fn("imitation_test", returns=("float", "float"))
    n = 60
    y = (lab.rng.random(n) < 0.5).astype(float)
    weak = np.where(lab.rng.random(n) < 0.3, 1 - y, y)
    student = np.where(lab.rng.random(n) < 0.25, 1 - y, y)
    weak[:4], y[:4], student[:4] = [0, 0, 1, 1], [1, 1, 1, 1], [0, 1, 1, 0]
    wrong = [i for i in range(n) if weak[i] != y[i]]
    right = [i for i in range(n) if weak[i] == y[i]]

    def rate(items, other):
        return sum(1.0 for i in items if student[i] == other[i]) / len(items)

    close(
        np.array(test(student, weak, y)),
        np.array([rate(wrong, weak), rate(right, weak)]),
        "imitation_test",
        axes="(on_errors, on_right)",
        alternatives={
            "you count how often the student is right": np.array([rate(wrong, y), rate(right, y)]),
            "you divide by all items instead of those in question": np.array(
                [rate(wrong, weak) * len(wrong), rate(right, weak) * len(right)]
            )
            / n,
            "the sets are chosen by the student's errors": lambda: _by_student(student, weak, y),
        },
    )
    close(np.array(test(y, y, y)), np.array([0.0, 1.0]), "imitation_test when the supervisor makes no error")


def _by_student(student, weak, y):
    same, wrong = student == weak, student != y
    return np.array([same[wrong].mean(), same[~wrong].mean()])


@check(
    "where-errors-go",
    "errors that the student can reproduce are learned, the others are filtered out",
    uses=["run_experiment", "imitation_test", "three_way_split"],
    needs=["experiment", "split", "imitation"],
    hint="experiment",
    timeout=30,
)
def _(lab):
    run, split_rows = lab.fn("run_experiment", returns=scores), lab.fn("three_way_split", returns=("array", "array", "array"))
    rng = lab.pool_rng
    results = {}
    for name, seen, noise, shared in (("shared", 8, 1.2, True), ("bias_only", 8, 0.0, False), ("noise_only", 12, 1.0, False)):
        Xw, Xs, y = world(rng, seen, noise, shared)
        parts = split_rows(len(y), rng)
        results[name] = run(Xw, Xs, y, parts, 1e-3)["pgr"]
        lab.metric("pgr_" + name, results[name])
    truthy(
        abs(results["shared"]) < 0.1,
        "a student that sees the supervisor's own inputs recovers %.3g of the gap, expected about 0: it can imitate every error"
        % results["shared"],
    )
    truthy(
        results["bias_only"] < 0.2,
        "a supervisor without noise leaves %.3g of the gap recovered, expected 0 or less: all its errors can be learned"
        % results["bias_only"],
    )
    truthy(
        results["noise_only"] > 0.7,
        "a supervisor with nothing but noise leaves %.3g of the gap recovered, expected nearly 1" % results["noise_only"],
    )
    data, split = lab.get("main")
    Xw, Xs, y = data
    weak = oracle_logreg(Xw[split[0]], y[split[0]], 1e-3)
    taught = labels_of(weak, Xw[split[1]])
    student = labels_of(oracle_logreg(Xs[split[1]], taught, 1e-3), Xs[split[2]])
    on_errors, on_right = lab.fn("imitation_test", returns=("float", "float"))(
        student, labels_of(weak, Xw[split[2]]), y[split[2]]
    )
    lab.metric("agreement_on_errors", on_errors)
    lab.metric("agreement_elsewhere", on_right)
    truthy(
        on_errors < on_right - 0.1,
        "the student follows its supervisor as often into errors (%.3g) as elsewhere (%.3g)" % (on_errors, on_right),
    )


@check(
    "confidence-loss",
    "the student's own prediction is a constant target beside the weak label",
    uses=["confidence_loss_grad"],
    hint="confidence",
)
def _(lab):
    loss_grad = lab.fn("confidence_loss_grad", returns=("float", "array"))
    N = 17
    logits = lab.rng.normal(size=N) * 2
    logits += np.sign(logits) * 0.05
    weak = (lab.rng.random(N) < 0.5).astype(float)
    for alpha in (0.0, float(lab.rng.uniform(0.3, 0.7)), 1.0):
        s = squash(logits)
        own = np.where(logits > 0, 1.0, 0.0)

        def entropy(t, s=s):
            return -t * np.log(s) - (1 - t) * np.log(1 - s)

        loss, gradient = loss_grad(logits, weak, alpha)
        close(
            loss,
            ((1 - alpha) * entropy(weak) + alpha * entropy(own)).mean(),
            "the loss at alpha = %.3g" % alpha,
            alternatives={
                "alpha and 1 - alpha are exchanged": (alpha * entropy(weak) + (1 - alpha) * entropy(own)).mean(),
                "the student's probability is the target instead of its hard prediction": (
                    (1 - alpha) * entropy(weak) + alpha * entropy(s)
                ).mean(),
                "you add the losses up instead of averaging": ((1 - alpha) * entropy(weak) + alpha * entropy(own)).sum(),
                "the own prediction is not used": entropy(weak).mean(),
                "the own term is subtracted": ((1 - alpha) * entropy(weak) - alpha * entropy(own)).mean(),
            },
        )
        same_shape(gradient, (N,), "d_logits")
        gradcheck(lambda p, a=alpha: loss_grad(p["logits"], weak, a)[0], {"logits": logits.copy()}, {"logits": gradient}, lab.rng)
    big = np.array([800.0, -800.0, 700.0])
    loss, gradient = loss_grad(big, np.array([1.0, 0.0, 0.0]), 0.5)
    truthy(
        np.isfinite(loss) and np.isfinite(gradient).all(),
        "the loss or its gradient is not finite at logits of 800: use np.logaddexp(0, z) - t * z",
    )
    close(loss, 350.0 / 3, "the loss at logits of 800, -800 and 700")


@check(
    "confidence-effect",
    "trained with the confidence loss, the student recovers no less",
    uses=["confidence_loss_grad"],
    needs=["confidence-loss", "experiment"],
    hint="confidence",
    timeout=20,
)
def _(lab):
    loss_grad = lab.fn("confidence_loss_grad", returns=("float", "array"))
    (Xw, Xs, y), (teach, transfer, test) = lab.get("main")
    weak = oracle_logreg(Xw[teach], y[teach], 1e-3)
    taught = labels_of(weak, Xw[transfer])
    base, _, top = oracle_run((Xw, Xs, y), (teach, transfer, test), 1e-3)
    recovered = {}
    for most in (0.0, 0.5):
        w, b = np.full(Xs.shape[1], 1e-3), 0.0
        for step in range(150):
            _, gradient = loss_grad(Xs[transfer] @ w + b, taught, most * min(1.0, step / 75))
            same_shape(gradient, (len(transfer),), "d_logits")
            w, b = w - 2.0 * (Xs[transfer].T @ gradient), b - 2.0 * gradient.sum()
        accuracy = ((Xs[test] @ w + b > 0) == (y[test] > 0.5)).mean()
        recovered[most] = (accuracy - base) / (top - base)
    lab.metric("pgr_with_confidence_minus_without", recovered[0.5] - recovered[0.0])
    truthy(
        recovered[0.5] > recovered[0.0] - 0.15,
        "with the confidence loss the student recovers %.3g of the gap, without it %.3g" % (recovered[0.5], recovered[0.0]),
    )


def joint_answers(rng, n):
    """Correct answers of three models with accuracies 0.67, 0.78 and 0.92 that find the same items hard."""
    common, own = rng.random(n), rng.random((3, n))
    follows = rng.random((3, n)) < 0.8
    return [np.where(follows[i], common, own[i]) < p for i, p in enumerate((0.67, 0.78, 0.92))]


@check(
    "bootstrap",
    "a resample keeps the three answers to an item together",
    uses=["bootstrap_pgr"],
    needs=["pgr"],
    hint="bootstrap",
    timeout=15,
)
def _(lab):
    interval = lab.fn("bootstrap_pgr", returns=("float", "float"))
    rng = lab.pool_rng
    answers = joint_answers(rng, 400)
    got = np.array(interval(*answers, 600, np.random.default_rng(5)))
    truthy(np.isfinite(got).all(), "bootstrap_pgr gives NaN or infinity")
    reps = 3000

    def resampled(paired):
        shares = [a.mean() for a in answers]
        if not paired:
            w, s, c = (rng.binomial(400, p, reps) / 400 for p in shares)
        else:
            pattern = 4 * answers[0] + 2 * answers[1] + answers[2]
            counts = rng.multinomial(400, np.bincount(pattern, minlength=8) / 400, reps) / 400
            w, s, c = (sum(counts[:, k] for k in range(8) if k & bit) for bit in (4, 2, 1))
        return (s - w) / (c - w)

    paired, apart = np.percentile(resampled(True), [2.5, 97.5]), np.percentile(resampled(False), [2.5, 97.5])
    width, want, other = got[1] - got[0], paired[1] - paired[0], apart[1] - apart[0]
    lab.metric("unpaired_over_paired_width", other / want)
    if abs(width / want - 1) > 0.2:
        cause = ""
        if abs(width / other - 1) < 0.15:
            cause = ". That is the width when each model is resampled on items of its own: draw the items once and use them for all three"
        elif width == 0:
            cause = ". All resamples are equal: draw with replacement"
        elif abs(width / want - 0.51) < 0.12:
            cause = ". It is about half as wide as it should be: 2.5 and 97.5 are the percentiles, not a standard error"
        fail("the interval is %.4g wide, expected about %.4g%s" % (width, want, cause))
    close(got, paired, "bootstrap_pgr", axes="(low, high)", rtol=0, atol=0.25 * want)


@check(
    "bootstrap-coverage",
    "over repeated experiments the interval holds the true value",
    uses=["bootstrap_pgr"],
    needs=["bootstrap"],
    hint="bootstrap",
    timeout=20,
)
def _(lab):
    interval = lab.fn("bootstrap_pgr", returns=("float", "float"))
    rng = lab.pool_rng
    true, runs, held = 0.11 / 0.25, 40, 0
    for i in range(runs):
        low, high = interval(*joint_answers(rng, 400), 100, np.random.default_rng(i))
        held += low <= true <= high
    lab.metric("bootstrap_coverage", held / runs)
    truthy(
        held / runs >= 0.8,
        "the interval holds the true value in %d of %d simulated experiments, expected about 95 %%" % (held, runs),
    )
