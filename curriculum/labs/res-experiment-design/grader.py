import itertools
import math
from statistics import NormalDist

import numpy as np

from aisafe_lab import allclose, check, close, fail, same_shape, truthy

normal = NormalDist()


@check("bootstrap", "a bootstrap interval has the right width and covers the truth", uses=["bootstrap_ci"], timeout=15, hint="bootstrap")
def _(lab):
    ci = lab.fn("bootstrap_ci", returns=("float", "float"))
    rng = lab.pool_rng
    low, high = ci(np.full(9, 3.0), np.mean, 50, rng)
    truthy(low == 3.0 and high == 3.0, "nine measurements of 3 should give the interval 3 to 3, and give %.6g to %.6g" % (low, high))
    n = 40
    x = rng.normal(size=n) * 2 + 5
    low, high = ci(x, np.mean, 3000, rng)
    truthy(low <= high, "the interval begins at %.4g and ends at %.4g: the lower end comes first" % (low, high))
    se = math.sqrt(float(((x - x.mean()) ** 2).mean()) / n)
    want, got = 2 * normal.inv_cdf(0.975) * se, high - low
    truthy(got > 1e-6 * se, "the interval has width 0: samples drawn without replacement are all the same set. Draw n values with replacement")
    if abs(got / want - 1) > 0.11:
        cause = ""
        for words, factor in (
            ("it is as wide as a 90 % interval: 2.5 % belong on each side", normal.inv_cdf(0.95) / normal.inv_cdf(0.975)),
            ("you give mean +- one standard deviation of the results", 1 / normal.inv_cdf(0.975)),
            ("it has the spread of the measurements, not of the statistic", math.sqrt(n)),
        ):
            if abs(got / want / factor - 1) < 0.09:
                cause = ": " + words
        fail("the 95 %% interval for a mean of %d values is %.4g wide, expected about %.4g%s" % (n, got, want, cause))
    truthy(abs((low + high) / 2 - x.mean()) < 0.5 * se, "the interval %.4g to %.4g is not around the mean %.4g" % (low, high, x.mean()))
    half = ci(x, np.mean, 800, rng, 0.5)
    ratio = (half[1] - half[0]) / got
    expected = normal.inv_cdf(0.75) / normal.inv_cdf(0.975)
    truthy(abs(ratio / expected - 1) < 0.25, "a 50 %% interval should be %.2f times as wide as a 95 %% one, and yours is %.2f times: is `level` used? Half of what is left out belongs on each side." % (expected, ratio))
    low, high = ci(x, np.max, 60, rng)
    truthy(high <= x.max() and low >= x.min(), "for the maximum the interval leaves the range of the data: is `stat` used?")
    truthy(low > np.median(x), "for the maximum the interval should lie in the upper half of the data: is `stat` used?")
    seed = int(lab.rng.integers(1 << 30))
    same = [ci(x, np.mean, 20, np.random.default_rng(seed)) for _ in range(2)]
    truthy(same[0] == same[1], "two generators with the same seed should give the same interval: take all chance from `rng`")
    for size, name in ((30, "30"), (5, "5")):
        hits, trials = 0, 100
        for _ in range(trials):
            low, high = ci(rng.normal(size=size), np.mean, 60, rng)
            hits += low <= 0.0 <= high
        lab.metric("coverage_with_%s_measurements" % name, hits / trials)
        if size == 30:
            truthy(0.75 < hits / trials, "95 %% intervals for 30 measurements cover the true mean in %.0f %% of %d experiments" % (100 * hits / trials, trials))


@check("permutation", "the paired test agrees with all possible signs", uses=["paired_permutation_test"], hint="permutation")
def _(lab):
    test = lab.fn("paired_permutation_test", returns="float")
    n, reps = 9, 3000
    for shift in (0.3, 0.7):
        common = lab.rng.normal(size=n) * 5
        a = common + shift + 0.5 * lab.rng.normal(size=n)
        b = common + 0.5 * lab.rng.normal(size=n)
        d = (a - b).tolist()
        seen = abs(sum(d) / n)
        means = [sum(s * v for s, v in zip(signs, d)) / n for signs in itertools.product((-1, 1), repeat=n)]
        exact = sum(abs(m) >= seen - 1e-12 for m in means) / len(means)
        one_sided = sum(m >= sum(d) / n - 1e-12 for m in means) / len(means)
        sure = 5 * math.sqrt(exact * (1 - exact) / reps) + 2 / reps
        got = test(a, b, reps, lab.rng)
        if not abs(got - exact) <= sure:
            cause = ""
            if abs(got - one_sided) < sure:
                cause = ". That is the one-sided value: a difference in the other direction counts too (and tossing 0 and 1 instead of -1 and 1 gives about the same)"
            elif abs(got - unpaired(a, b, seen, lab.rng)) < 3 * sure:
                cause = ". That is the value of a test which shuffles a and b together: pairs have to stay together"
            fail("p = %.4g, and going through all %d signs gives %.4g%s" % (got, 2**n, exact, cause))
        whole = got * (reps + 1)
        truthy(abs(whole - round(whole)) < 1e-6, "p should be a whole number divided by reps + 1 = %d, namely (count + 1) / (reps + 1); it is %.6g" % (reps + 1, got))
    strong = lab.rng.normal(size=30)
    p = test(strong + 3.0, strong, 200, lab.rng)
    truthy(p > 0, "p = 0 says that the observed result is impossible: count it as one of the possible assignments, (count + 1) / (reps + 1)")
    truthy(allclose(p, 1 / 201), "30 pairs that all differ by 3 give p = %.4g with 200 permutations, expected 1 / 201" % p)
    p = test(strong, strong.copy(), 200, lab.rng)
    truthy(allclose(p, 1.0), "two equal arrays give p = %.4g, expected 1: a tie counts as at least as large" % p)


def unpaired(a, b, seen, rng):
    both, n, reps = np.concatenate([a, b]), len(a), 1000
    count = 0
    for _ in range(reps):
        mixed = rng.permutation(both)
        count += abs(mixed[:n].mean() - mixed[n:].mean()) >= seen
    return count / reps


@check("uniform-p", "without an effect all p-values are equally frequent", uses=["paired_permutation_test"], needs=["permutation"], timeout=10, hint="permutation")
def _(lab):
    test = lab.fn("paired_permutation_test", returns="float")
    rng, trials, reps = lab.pool_rng, 200, 99
    p = sorted(test(rng.normal(size=10), rng.normal(size=10), reps, rng) for _ in range(trials))
    distance = max(max(abs((i + 1) / trials - v), abs(i / trials - v)) for i, v in enumerate(p))
    lab.metric("share_of_p_below_0_05_without_effect", sum(v <= 0.05 for v in p) / trials)
    truthy(distance < 0.16, "without an effect your p-values are not uniform: their distribution function is off by up to %.3f" % distance)


@check("sample-size", "the sample size gives the power that was asked for", uses=["sample_size"], hint="power")
def _(lab):
    size = lab.fn("sample_size", returns="int")

    def smallest(effect, sd, power, alpha, groups=2, sides=2):
        z = normal.inv_cdf(1 - alpha / sides)
        n = 1
        while normal.cdf(effect / (sd * math.sqrt(groups / n)) - z) < power:
            n += 1
        return n

    for _ in range(5):
        sd = 0.5 + 2 * lab.rng.random()
        effect = sd * (0.25 + lab.rng.random())
        power, alpha = float(lab.rng.choice([0.7, 0.8, 0.9])), float(lab.rng.choice([0.01, 0.05]))
        want = smallest(effect, sd, power, alpha)
        got = size(effect, sd, power, alpha)
        close(
            got,
            want,
            "sample_size(effect=%.4g, sd=%.4g, power=%g, alpha=%g)" % (effect, sd, power, alpha),
            rtol=0,
            atol=0.1,
            alternatives={
                "the test is one-sided: alpha has two sides to share": lambda: smallest(effect, sd, power, alpha, sides=1),
                "the factor 2 is missing: the difference of two means has twice the variance of one": lambda: smallest(effect, sd, power, alpha, groups=1),
                "you round down, which gives a little less power than asked for": want - 1,
                "you give the total of both groups": 2 * want,
            },
        )
    n = size(0.5, 1.0)
    lab.metric("runs_for_half_a_standard_deviation", n)
    rng, sims = lab.rng, 20000
    means = rng.normal(0.5, math.sqrt(1 / n), sims) - rng.normal(0.0, math.sqrt(1 / n), sims)
    found = float((np.abs(means) > normal.inv_cdf(0.975) * math.sqrt(2 / n)).mean())
    lab.metric("simulated_power", found)
    truthy(0.77 < found < 0.84, "with your %d runs a group, %d simulated experiments find the effect in %.1f %%, expected 80" % (n, sims, 100 * found))


@check("seeds", "the number of seeds follows from a pilot study", uses=["seeds_needed"], hint="seeds")
def _(lab):
    needed = lab.fn("seeds_needed", returns="int")
    for _ in range(4):
        m = int(lab.rng.integers(3, 6))
        pilot = lab.rng.normal(size=m) * 3 + 70
        values = pilot.tolist()
        mean = sum(values) / m
        squares = sum((v - mean) ** 2 for v in values)
        width = 0.3 * math.sqrt(squares)

        def smallest(divisor, ends=4.0):
            n = 2
            while ends * math.sqrt(squares / divisor) / math.sqrt(n) > width:
                n += 1
            return n

        close(
            needed(pilot, width),
            smallest(m - 1),
            "seeds_needed for a pilot of %d and a width of %.4g" % (m, width),
            rtol=0,
            atol=0.1,
            alternatives={
                "the standard deviation of the pilot divides by m instead of m - 1": lambda: smallest(m),
                "`width` is taken as half of the interval: it runs from end to end": lambda: smallest(m - 1, 2.0),
                "you round down": smallest(m - 1) - 1,
            },
        )
    truthy(needed(np.array([1.0, 1.1, 0.9]), 50.0) == 2, "a single seed has no standard error: ask for at least 2")


def some_p(rng, m):
    p = rng.random(m) ** 3
    p[int(rng.integers(m))] = 0.9
    i, j = rng.permutation(m)[:2]
    p[i] = p[j]
    return p


@check("holm", "Holm's values are those of testing every group of hypotheses", uses=["holm"], hint="corrections")
def _(lab):
    holm = lab.fn("holm", returns="array")
    for m in (5, 6, 2):
        p = some_p(lab.rng, m)
        want = np.zeros(m)
        for i in range(m):
            groups = [g for size in range(1, m + 1) for g in itertools.combinations(range(m), size) if i in g]
            want[i] = max(min(1.0, len(g) * min(p[j] for j in g)) for g in groups)
        order = np.argsort(p)
        ranks = np.empty(m)
        ranks[order] = np.arange(m)
        close(
            holm(p),
            want,
            "holm(p) for %d p-values" % m,
            alternatives={
                "every p is multiplied by m: that is Bonferroni, which finds less": np.minimum(1, m * p),
                "the values come back sorted, not in the order of the input": np.sort(want),
                "the running maximum is missing, so that a larger p gets a smaller value": np.minimum(1, p * (m - ranks)),
                "values above 1 are not cut off": want_uncut(p),
                "the largest p is multiplied by m and the smallest by 1": np.minimum(1, p * (ranks + 1)),
            },
        )
    rng, m, trials = lab.pool_rng, 20, 2000
    any_raw = float((rng.random((trials, m)) < 0.05).any(axis=1).mean())
    lab.metric("any_false_positive_in_20_uncorrected", any_raw)
    lab.metric("any_false_positive_in_20_holm", sum((holm(rng.random(m)) < 0.05).any() for _ in range(400)) / 400)


def want_uncut(p):
    m, order = len(p), np.argsort(p)
    result = np.empty(m)
    result[order] = np.maximum.accumulate(p[order] * (m - np.arange(m)))
    return result


@check("benjamini-hochberg", "Benjamini and Hochberg's values are the smallest levels at which each is found", uses=["benjamini_hochberg"], hint="corrections")
def _(lab):
    bh = lab.fn("benjamini_hochberg", returns="array")
    for m in (5, 7, 2):
        p = some_p(lab.rng, m)
        values = p.tolist()
        want = np.array([min(min(1.0, m * t / sum(v <= t for v in values)) for t in values if t >= own) for own in values])
        ranks = np.empty(m)
        ranks[np.argsort(p)] = np.arange(1, m + 1)
        order = np.argsort(p)
        upward = np.empty(m)
        upward[order] = np.minimum(1, np.maximum.accumulate(p[order] * m / np.arange(1, m + 1)))
        close(
            bh(p),
            want,
            "benjamini_hochberg(p) for %d p-values" % m,
            alternatives={
                "the values come back sorted, not in the order of the input": np.sort(want),
                "the running minimum is missing, so that a smaller p can get a larger value": np.minimum(1, p * m / ranks),
                "the running minimum starts at the smallest p instead of the largest (or is a maximum)": upward,
                "every p is multiplied by m: that is Bonferroni": np.minimum(1, m * p),
            },
        )


@check("ablation", "one component at a time, the same seeds, differences with intervals", uses=["ablation_table"], hint="ablation")
def _(lab):
    components = ["attention", "dropout", "warm-up", "data"]
    effects = dict(zip(components, (lab.rng.normal(size=4) * 2).tolist()))
    seeds = [int(s) for s in lab.rng.choice(1000, 6, replace=False)]
    base = {seed: 10 * float(lab.rng.normal()) for seed in seeds}
    own = {(c, seed): 0.3 * float(lab.rng.normal()) for c in components for seed in seeds}
    calls = []

    def run(enabled, seed):
        truthy(isinstance(enabled, frozenset), "run wants its components as a frozenset, and gets a %s" % type(enabled).__name__)
        truthy(seed in base, "run is called with the seed %r, which is not in `seeds`" % (seed,))
        truthy(enabled <= set(components), "run is called with an unknown component")
        calls.append((enabled, seed))
        return base[seed] + sum(effects[c] + own[(c, seed)] for c in components if c in enabled)

    inner = {"difference": "float", "low": "float", "high": "float"}
    table = lab.fn("ablation_table", returns={c: inner for c in components})(run, components, seeds)
    for enabled, seed in calls:
        missing = [c for c in components if c not in enabled]
        if len(missing) > 1:
            fail("run is called without %s at once: leave out one component at a time" % " and ".join(missing))
    everything = frozenset(components)
    for enabled in [everything] + [everything - {c} for c in components]:
        used = [seed for e, seed in calls if e == enabled]
        what = "all components" if enabled == everything else "all but %s" % next(c for c in components if c not in enabled)
        truthy(used, "run is never called with %s" % what)
        if sorted(used) != sorted(seeds):
            fail(
                "with %s run is called with the seeds %s, expected each of %s once: the comparison is fair only with the same seeds"
                % (what, used, seeds)
            )
    for c in components:
        d = [effects[c] + own[(c, seed)] for seed in seeds]
        mean = sum(d) / len(d)
        sd = math.sqrt(sum((v - mean) ** 2 for v in d) / (len(d) - 1))
        close(
            table[c]["difference"],
            mean,
            'the difference for "%s"' % c,
            alternatives={"you subtract the full run from the one without the component": -mean},
        )
        full = np.array([base[s] + sum(effects[k] + own[(k, s)] for k in components) for s in seeds])
        pooled = math.sqrt(full.var(ddof=1) / len(d) + (full - np.array(d)).var(ddof=1) / len(d))
        se = sd / math.sqrt(len(d))
        for key, sign in (("low", -1), ("high", 1)):
            close(
                table[c][key],
                mean + sign * 2 * se,
                'the %s end for "%s"' % ("lower" if sign < 0 else "upper", c),
                alternatives={
                    "the standard error is that of unpaired groups: take the differences by seed first": mean + sign * 2 * pooled,
                    "the standard deviation divides by n instead of n - 1": mean + sign * 2 * se * math.sqrt(1 - 1 / len(d)),
                    "you use the standard deviation instead of the standard error": mean + sign * 2 * sd,
                    "you use one standard error instead of two": mean + sign * se,
                },
            )
        if c == components[0]:
            lab.metric("interval_width_paired", 4 * se)
            lab.metric("interval_width_unpaired", 4 * pooled)


@check("peeking", "looking again and again finds effects that are not there", uses=["peeking_rate"], timeout=10, hint="peeking")
def _(lab):
    rate = lab.fn("peeking_rate", returns="float")
    reps = 4001

    def simulate(looks, z, rng, which=any):
        x = rng.normal(size=(20000, looks[-1])).cumsum(axis=1)
        hits = [np.abs(x[:, n - 1]) / math.sqrt(n) > z for n in looks]
        return float((np.any(hits, axis=0) if which is any else np.all(hits, axis=0)).mean())

    rng = lab.pool_rng
    for looks, z in (([40], 1.959964), (list(range(10, 101, 10)), 1.959964), ([20, 50, 90], 1.3)):
        got, want = rate(looks, reps, rng, z), simulate(looks, z, rng)
        what = "peeking_rate with looks %s and z = %.4g" % (looks, z)
        sure = 5 * math.sqrt(want * (1 - want) * (1 / reps + 1 / 20000))
        if not abs(got - want) <= sure:
            wrong = (
                ("only the last look counts", 2 * normal.cdf(-z)),
                ("you ask for success at every look instead of any", simulate(looks, z, rng, all)),
                ("only one direction counts: take the absolute value", want / 2),
                ("you add up the chances of the single looks", len(looks) * 2 * normal.cdf(-z)),
                ("each look has fresh data of its own: they should share the first measurements", 1 - (1 - 2 * normal.cdf(-z)) ** len(looks)),
            )
            cause = [words for words, value in wrong if abs(got - value) < sure and len(looks) > 1]
            fail("%s is %.4g, expected about %.4g%s" % (what, got, want, ": " + cause[0] if cause else ""))
        whole = got * reps
        truthy(abs(whole - round(whole)) < 1e-6, "%s should be a whole number divided by reps; it is %.6g" % (what, got))
        if len(looks) == 10:
            lab.metric("false_positives_with_ten_looks", got)
        if len(looks) == 1:
            lab.metric("false_positives_with_one_look", got)
