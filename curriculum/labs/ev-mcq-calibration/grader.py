from math import comb

import numpy as np

from aisafe_lab import check, close, fail, same_shape, truthy


@check("scoring", "an answer is the option with the highest score, summed or per token", uses=["score_mcq"], hint="scoring")
def _(lab):
    score = lab.fn("score_mcq", returns="array")
    N, K = int(lab.rng.integers(25, 35)), int(lab.rng.integers(3, 6))
    lengths = lab.rng.integers(1, 9, (N, K))
    logprobs = -lab.rng.uniform(0.5, 1.5, (N, K)) * lengths
    gold = lab.rng.integers(0, K, N)
    # Three stated questions. 0: the right option is long and likely per token; 1: short; 2: a tie, the first counts.
    lengths[0], logprobs[0], gold[0] = 2, -4.0, 1
    lengths[0, 1], logprobs[0, 1] = 10, -8.0
    lengths[1], logprobs[1], gold[1] = 8, -7.0, 0
    lengths[1, 0], logprobs[1, 0] = 1, -3.0
    lengths[2], logprobs[2], gold[2] = 3, -6.0, 0

    def answers(scores, best):
        chosen = []
        for row in scores:
            at = 0
            for j in range(1, K):
                if best(row[j], row[at]):
                    at = j
            chosen.append(at)
        return np.array(chosen)

    for norm in ("sum", "mean"):
        got = score(logprobs, lengths, gold, norm)
        same_shape(got, (N,), 'score_mcq(..., "%s")' % norm)
        truthy(got.dtype == bool, "score_mcq should hold True and False, and holds %s" % got.dtype)
        used, other = (logprobs, logprobs / lengths) if norm == "sum" else (logprobs / lengths, logprobs)
        close(
            got,
            answers(used, lambda a, b: a > b) == gold,
            'score_mcq(..., "%s")' % norm,
            axes="(question,)",
            alternatives={
                "you choose the option with the lowest score": answers(used, lambda a, b: a < b) == gold,
                "the lengths are not used" if norm == "mean" else "the sums are divided by the lengths": answers(
                    other, lambda a, b: a > b
                )
                == gold,
                "the sums are multiplied by the lengths": answers(logprobs * lengths, lambda a, b: a > b) == gold,
                "of equal options the last one is taken": answers(used, lambda a, b: a >= b) == gold,
            },
        )


def wilson_by_search(k, n, z):
    """The values p for which k lies within z standard errors sqrt(p (1 - p) / n) of n p: ends found by bisection."""

    def inside(p):
        return (k / n - p) ** 2 <= z**2 * p * (1 - p) / n

    def end(inner, outer):
        for _ in range(80):
            middle = (inner + outer) / 2
            inner, outer = (middle, outer) if inside(middle) else (inner, middle)
        return inner

    start = (k + z**2 / 2) / (n + z**2)
    return end(start, 0.0), end(start, 1.0)


@check(
    "wilson",
    "Wilson's interval holds the probabilities that fit the data, and stays in [0, 1]",
    uses=["wilson_ci"],
    hint="intervals",
)
def _(lab):
    interval = lab.fn("wilson_ci", returns=("float", "float"))
    n = int(lab.rng.integers(12, 40))
    for k in (int(lab.rng.integers(2, n - 2)), 0, n, 1):
        for z in (1.96, 2.576):
            p = k / n
            half = z * np.sqrt(p * (1 - p) / n)
            shrink = 1 + z**2 / n
            centre = (p + z**2 / (2 * n)) / shrink
            wilson_half = z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2)) / shrink
            got = interval(k, n) if z == 1.96 else interval(k, n, z)
            what = "wilson_ci(%d, %d%s)" % (k, n, "" if z == 1.96 else ", %.4g" % z)
            close(
                np.array(got),
                np.array(wilson_by_search(k, n, z)),
                what,
                axes="(low, high)",
                atol=1e-9,
                alternatives={
                    "you use p ± z sqrt(p (1 - p) / n), the Wald interval": np.array([p - half, p + half]),
                    "you use the Wald interval and cut it off at 0 and 1": np.clip([p - half, p + half], 0, 1),
                    "the interval is centred on p instead of being pulled towards 1/2": np.clip(
                        [p - wilson_half, p + wilson_half], 0, 1
                    ),
                    "z is always 1.96": np.array(wilson_by_search(k, n, 1.96)),
                    "the half-width is not divided by 1 + z²/n": np.clip(
                        [centre - wilson_half * shrink, centre + wilson_half * shrink], 0, 1
                    ),
                },
            )
            truthy(got[0] >= 0 and got[1] <= 1, "%s is (%.6g, %.6g), and leaves [0, 1]" % ((what,) + got))


def exact_coverage(intervals, n, p):
    """The probability, under p, of a count whose interval contains p."""
    return sum(comb(n, k) * p**k * (1 - p) ** (n - k) for k, (low, high) in enumerate(intervals) if low <= p <= high)


@check(
    "wilson-coverage",
    "for rare events the interval still holds the truth about 95 times in 100",
    uses=["wilson_ci"],
    needs=["wilson"],
    hint="intervals",
)
def _(lab):
    interval = lab.fn("wilson_ci", returns=("float", "float"))
    n, rates = 40, np.arange(0.02, 0.31, 0.01)
    mine = [interval(k, n) for k in range(n + 1)]
    wald = [(k / n - h, k / n + h) for k in range(n + 1) for h in [1.96 * np.sqrt(k / n * (1 - k / n) / n)]]
    coverage, simple = (float(np.mean([exact_coverage(each, n, p) for p in rates])) for each in (mine, wald))
    lab.metric("wilson_coverage", coverage)
    lab.metric("wald_coverage", simple)
    truthy(
        0.93 <= coverage <= 0.97,
        "over the rates from 0.02 to 0.3 the intervals hold the truth with probability %.3g, expected 0.93 to 0.97" % coverage,
    )


def grouped_answers(rng, groups, size, rho, p):
    """(groups, size) bool: an answer follows its group's common draw with probability sqrt(rho), otherwise its own."""
    common = rng.random((groups, 1)) < p
    own = rng.random((groups, size)) < p
    return np.where(rng.random((groups, size)) < rho**0.5, common, own)


@check("clustered", "deviations are summed within a group before they are squared", uses=["clustered_se"], hint="clusters")
def _(lab):
    se = lab.fn("clustered_se", returns="float")
    sizes = lab.rng.integers(1, 8, 11)
    groups = lab.rng.permutation(np.repeat(np.arange(11) * 3 + 5, sizes))
    quality = dict(zip(np.unique(groups), lab.rng.uniform(0.1, 0.9, 11)))
    correct = np.array([lab.rng.random() < quality[g] for g in groups])
    correct[:2] = [True, False]
    N, mean = len(correct), correct.mean()
    sums, means = {}, {}
    for x, g in zip(correct, groups):
        sums[g] = sums.get(g, 0.0) + (float(x) - mean)
        means.setdefault(g, []).append(float(x))
    means = np.array([np.mean(each) for each in means.values()])
    alternatives = {
        "the groups are ignored": np.sqrt(mean * (1 - mean) / N),
        "the groups are ignored (with N - 1)": np.sqrt(mean * (1 - mean) / (N - 1)),
        "you square before you sum": np.sqrt(((correct - mean) ** 2).sum()) / N,
        "you take the spread of the group means, as if all groups were of one size": means.std(ddof=1) / np.sqrt(len(means)),
        "you divide by the number of groups instead of the number of questions": np.sqrt(sum(s * s for s in sums.values()))
        / len(sums),
    }
    close(se(correct, groups), np.sqrt(sum(s * s for s in sums.values())) / N, "clustered_se", alternatives=alternatives)
    apart = np.arange(N)
    close(se(correct, apart), np.sqrt(mean * (1 - mean) / N), "clustered_se with every question in a group of its own")


@check(
    "clustered-coverage",
    "intervals from the clustered error hold the truth, those that ignore the groups do not",
    uses=["clustered_se"],
    needs=["clustered"],
    hint="clusters",
    timeout=15,
)
def _(lab):
    se = lab.fn("clustered_se", returns="float")
    rng = lab.pool_rng
    groups, size, p, exams = 40, 5, 0.6, 250
    labels = np.repeat(np.arange(groups), size)
    right = naive = 0
    for _ in range(exams):
        correct = grouped_answers(rng, groups, size, 0.6, p).reshape(-1)
        mean = correct.mean()
        right += abs(mean - p) <= 1.96 * se(correct, labels)
        naive += abs(mean - p) <= 1.96 * np.sqrt(mean * (1 - mean) / len(correct))
    lab.metric("clustered_coverage", right / exams)
    lab.metric("naive_coverage", naive / exams)
    truthy(
        0.89 <= right / exams <= 0.985,
        "over %d simulated benchmarks the clustered intervals hold the truth with frequency %.3g, expected about 0.95"
        % (exams, right / exams),
    )


def slow_ece(conf, correct, bins, weight=True, midpoint=False, signed=False):
    total, used = 0.0, 0
    for i in range(bins):
        inside = [j for j in range(len(conf)) if int(conf[j] * bins) == i or (i == bins - 1 and conf[j] == 1)]
        if not inside:
            continue
        used += 1
        mean = (i + 0.5) / bins if midpoint else sum(conf[j] for j in inside) / len(inside)
        gap = mean - sum(1.0 for j in inside if correct[j]) / len(inside)
        total += (len(inside) / len(conf) if weight else 1.0) * (gap if signed else abs(gap))
    return abs(total) if weight else total / used


@check("ece", "calibration error weighs each bin by its answers", uses=["ece"], hint="calibration")
def _(lab):
    error = lab.fn("ece", returns="float")
    bins = int(lab.rng.integers(6, 12))
    conf = np.append(1 - lab.rng.random(90) ** 2 * 0.95, [1.0, 1.0])
    # Too modest below 0.5, too sure above: gaps of both signs.
    correct = lab.rng.random(92) < np.where(conf < 0.5, 0.9, conf - 0.3)
    correct[-1] = False
    close(
        error(conf, correct, bins),
        slow_ece(conf, correct, bins),
        "ece with %d bins" % bins,
        alternatives={
            "the bins are averaged without weights": slow_ece(conf, correct, bins, weight=False),
            "the bin's middle stands in for its mean confidence": slow_ece(conf, correct, bins, midpoint=True),
            "gaps of different sign cancel": slow_ece(conf, correct, bins, signed=True),
            "answers with a confidence of exactly 1 are left out": lambda: slow_ece(conf[:-2], correct[:-2], bins) * 90 / 92,
        },
    )
    calibrated = np.repeat([0.125, 0.375, 0.625, 0.875], 8)
    outcome = np.concatenate([np.arange(8) < k for k in (1, 3, 5, 7)])
    close(error(calibrated, outcome, 10), 0.0, "ece of a perfectly calibrated model", atol=1e-9)
    close(
        error(np.full(20, 0.83), np.arange(20) < 12, 10), 0.23, "ece of a model that is always 0.83 sure and right 12 times in 20"
    )


@check("brier", "the Brier score is the mean squared distance to the outcome", uses=["brier"], hint="calibration")
def _(lab):
    score = lab.fn("brier", returns="float")
    conf, correct = lab.rng.random(31), lab.rng.random(31) < 0.6
    want = sum((c - (1.0 if ok else 0.0)) ** 2 for c, ok in zip(conf, correct)) / 31
    close(
        score(conf, correct),
        want,
        "brier",
        alternatives={
            "you take the absolute distance": np.abs(conf - correct).mean(),
            "you take the root of the mean": want**0.5,
            "you square the mean of the distances": (conf - correct).mean() ** 2,
            "you add the squares up without dividing by N": want * 31,
        },
    )


@check(
    "temperature",
    "the fitted temperature minimises the negative log-likelihood",
    uses=["fit_temperature"],
    hint="temperature",
    timeout=10,
)
def _(lab):
    fit = lab.fn("fit_temperature", returns="float")
    N, K = 250, 4
    for true in (float(lab.rng.uniform(2, 4)), float(lab.rng.uniform(0.2, 0.5))):
        base = lab.rng.normal(size=(N, K)) * 1.5
        weights = np.exp(base) / np.exp(base).sum(1, keepdims=True)
        y = np.array([lab.rng.choice(K, p=row) for row in weights])
        logits = base * true + lab.rng.normal(size=(N, 1)) * 200

        def nll(t):
            z = (logits - logits.max(1, keepdims=True)) / t
            return float((np.log(np.exp(z).sum(1)) - z[np.arange(N), y]).mean())

        grid = np.exp(np.linspace(np.log(0.05), np.log(20), 61))
        for _ in range(4):
            at = int(np.argmin([nll(t) for t in grid]))
            grid = np.linspace(grid[max(at - 1, 0)], grid[min(at + 1, len(grid) - 1)], 21)
        best = float(grid[int(np.argmin([nll(t) for t in grid]))])
        got = fit(logits, y)
        truthy(
            np.isfinite(got),
            "fit_temperature gives %.6g: logits reach several hundred, so subtract each row's maximum before exp" % got,
        )
        truthy(got > 0, "fit_temperature gives %.6g; a temperature is positive, so that the order of the options stays" % got)
        close(
            got,
            best,
            "fit_temperature (mean negative log-likelihood %.6g, lowest %.6g)" % (nll(got), nll(best)),
            rtol=2e-3,
            alternatives={
                "the logits are multiplied by T instead of divided": 1 / best,
                "the temperature is not allowed below 1": max(1.0, best),
                "the temperature is not allowed above 1": min(1.0, best),
            },
        )


@check("position", "a bias for places shows, and a model without it is left alone", uses=["position_bias"], hint="position")
def _(lab):
    bias = lab.fn("position_bias", returns=("array", "float"))
    N, K = int(lab.rng.integers(20, 30)), int(lab.rng.integers(3, 6))
    liked = lab.rng.normal(size=(N, K))
    unbiased = np.zeros((N, K, K))
    for n in range(N):
        for r in range(K):
            for p in range(K):
                unbiased[n, r, p] = liked[n, (p + r) % K]
    share, consistency = bias(unbiased)
    same_shape(share, (K,), "share")
    close(
        share,
        np.full(K, 1 / K),
        "share for a model that goes by the answer only",
        alternatives={"you count options instead of positions": np.bincount(liked.argmax(1), minlength=K) / N},
    )
    close(
        consistency,
        1.0,
        "consistency of a model that goes by the answer only",
        alternatives={"you compare positions instead of options": 0.0},
    )
    pull = np.zeros(K)
    pull[int(lab.rng.integers(0, K))] = 1.0
    biased = unbiased + pull
    counts, same = np.zeros(K), 0
    for n in range(N):
        options = set()
        for r in range(K):
            at = max(range(K), key=lambda p: biased[n, r, p])
            counts[at] += 1
            options.add((at + r) % K)
        same += len(options) == 1
    share, consistency = bias(biased)
    close(share, counts / (N * K), "share for a model that prefers one position", axes="(position,)")
    close(consistency, same / N, "consistency for a model that prefers one position")
    lab.metric("consistency_with_bias", consistency)


@check("paired", "two models on the same questions are compared question by question", uses=["compare_models"], hint="comparing")
def _(lab):
    compare = lab.fn("compare_models", returns=("float", "float"))
    N = 400
    easy = lab.rng.random(N) < 0.55
    a = np.where(easy, lab.rng.random(N) < 0.95, lab.rng.random(N) < 0.2)
    b = np.where(easy, lab.rng.random(N) < 0.9, lab.rng.random(N) < 0.12)
    difference, error = compare(a, b)
    d = [float(x) - float(y) for x, y in zip(a, b)]
    mean = sum(d) / N
    want = (sum((x - mean) ** 2 for x in d) / (N - 1) / N) ** 0.5
    unpaired = np.sqrt(a.mean() * (1 - a.mean()) / N + b.mean() * (1 - b.mean()) / N)
    close(difference, mean, "difference", alternatives={"you subtract a from b": -mean})
    close(
        error,
        want,
        "standard_error",
        alternatives={
            "the two models are treated as separate samples": unpaired,
            "the two models are treated as separate samples (with N - 1)": unpaired * (N / (N - 1)) ** 0.5,
            "you return the standard deviation of the differences, not that of their mean": want * N**0.5,
            "you divide by N instead of N - 1": want * ((N - 1) / N) ** 0.5,
        },
        rtol=1e-6,
    )
    lab.metric("unpaired_minus_paired_se", unpaired - error)
    lab.metric("unpaired_over_paired_se", unpaired / want)


@check(
    "unlearning",
    "the report measures against chance and names the price",
    uses=["unlearning_report"],
    needs=["wilson", "paired"],
    hint="report",
)
def _(lab):
    numbers = [
        "chance",
        "hazard_before",
        "hazard_after",
        "general_before",
        "general_after",
        "removed",
        "general_drop",
        "general_drop_se",
    ]
    report = lab.fn("unlearning_report", returns=dict({name: "float" for name in numbers}, at_chance="bool"))
    N, M = 200, 150
    options = int(lab.rng.choice([3, 5, 6]))
    chance = 1 / options
    general = lab.rng.random(M) < 0.8
    later = np.where(lab.rng.random(M) < 0.05, ~general, general)
    later[0] = not general[0]

    def hazard(rate):
        return lab.rng.permutation(np.arange(N) < round(rate * N))

    cases = [
        ("partly removed", 0.85, 0.6, False),
        ("down to chance", 0.85, chance, True),
        ("far below chance", 0.85, 0.02, False),
        ("never above chance", 0.1, 0.15, None),
    ]
    for words, first, last, verdict in cases:
        before, after = {"hazard": hazard(first), "general": general}, {"hazard": hazard(last), "general": later}
        got = report(before, after, options)
        h0, h1 = sum(before["hazard"].tolist()) / N, sum(after["hazard"].tolist()) / N
        d = general.astype(float) - later
        want = {
            "chance": chance,
            "hazard_before": h0,
            "hazard_after": h1,
            "general_before": sum(general.tolist()) / M,
            "general_after": sum(later.tolist()) / M,
            "general_drop": sum(d) / M,
            "general_drop_se": (sum((x - sum(d) / M) ** 2 for x in d) / (M - 1) / M) ** 0.5,
        }
        for name, value in want.items():
            close(
                got[name],
                value,
                "%s (%s, %d options)" % (name, words, options),
                alternatives={"there are always four options": 0.25 if name == "chance" else 9.0},
            )
        close(
            got["removed"],
            (h0 - h1) / (h0 - chance) if h0 > chance else 0.0,
            "removed (%s)" % words,
            alternatives={
                "you divide by the whole accuracy: then a model at chance seems to have kept much of its knowledge": (h0 - h1)
                / h0,
                "you return the plain drop": h0 - h1,
                "you return the share that is left": 1 - (h0 - h1) / (h0 - chance),
                "you also divide when the accuracy before was not above chance": (h0 - h1) / (h0 - chance)
                if h0 < chance
                else 9.0,
            },
        )
        if verdict is not None and got["at_chance"] != verdict:
            cause = ""
            if words == "far below chance":
                cause = ": to be wrong that often one has to know the answers, so this is not a sign of removed knowledge"
            fail(
                "at_chance is %s for an accuracy of %.3g with %d questions and a chance level of %.3g%s"
                % (got["at_chance"], h1, N, chance, cause)
            )
