"""Designing experiments: intervals, tests, sample sizes, corrections, ablations. README.md beside this file explains each step.

rng is always a numpy.random.Generator and the only source of chance. None of the functions may change its inputs.
NumPy and the standard library suffice: statistics.NormalDist().inv_cdf(q) gives the quantiles of the standard normal.
"""

import numpy as np


def bootstrap_ci(x, stat, reps, rng, level=0.95):
    """A percentile bootstrap interval.

    x: (n,) measurements. stat: a function of a (n,) array that gives a float, such as np.mean.
    Draw `reps` samples of n values from x *with* replacement, apply stat to each, and take the (1 - level) / 2 and
    (1 + level) / 2 quantiles of the results (np.quantile). Returns (low, high).
    """
    raise NotImplementedError("bootstrap_ci")


def paired_permutation_test(a, b, reps, rng):
    """A two-sided test that a and b have the same mean, for pairs.

    a, b: (n,) arrays; a[i] and b[i] belong together (the same seed, the same test item).
    If there is no difference, the sign of each a[i] - b[i] is as good as a coin toss. Toss all signs `reps` times and count how
    often the absolute mean is at least as large as the observed one (a tie counts; allow 1e-12 for rounding).
    Returns p = (count + 1) / (reps + 1): the observed assignment is one of the possible ones, so p is never 0.
    """
    raise NotImplementedError("paired_permutation_test")


def sample_size(effect, sd, power=0.8, alpha=0.05):
    """How many runs each of two groups needs.

    A two-sided test at level alpha of the difference between the means of two independent groups of n, each with standard
    deviation sd, should find a true difference `effect` > 0 with probability `power`. Normal approximation:
        effect >= (z(1 - alpha/2) + z(power)) * sd * sqrt(2 / n)          z: quantiles of the standard normal
    Returns the smallest such n, an int.
    """
    raise NotImplementedError("sample_size")


def seeds_needed(pilot, width):
    """How many seeds make the interval mean +- 2 standard errors at most `width` wide from end to end.

    pilot: (m,) results of a pilot study, m >= 2; estimate the standard deviation from it (divide by m - 1).
    The standard error for n seeds is sd / sqrt(n). Returns an int, at least 2.
    """
    raise NotImplementedError("seeds_needed")


def holm(pvalues):
    """Holm's adjusted p-values, which control the chance of *any* false positive.

    pvalues: (m,) array. With the p-values sorted in ascending order, the j-th (j = 1 ... m) is multiplied by m - j + 1. An adjusted
    value may not be smaller than that of a smaller p (running maximum) and not larger than 1.
    Returns (m,) adjusted values in the order of the *input*.
    """
    raise NotImplementedError("holm")


def benjamini_hochberg(pvalues):
    """Benjamini and Hochberg's adjusted p-values, which control the expected share of false positives among the findings.

    The j-th smallest is multiplied by m / j. An adjusted value may not be larger than that of a larger p (running minimum from
    the largest down) and not larger than 1. Returns (m,) adjusted values in the order of the input.
    """
    raise NotImplementedError("benjamini_hochberg")


def ablation_table(run, components, seeds):
    """What each component contributes, by leaving out one at a time.

    run(enabled, seed) trains with the components in the frozenset `enabled` and returns a score. components: list of names. seeds:
    list of at least two ints. Call run with all components, and with all but one for each of them, always with the *same* seeds,
    and with no combination of enabled and seed more than once.
    For each component and seed, the difference is score(all) - score(all but this one). Returns a dict
        {component: {"difference": d, "low": d - 2 * se, "high": d + 2 * se}}
    where d is the mean of the differences over the seeds and se their standard deviation (n - 1) over sqrt(n).
    """
    raise NotImplementedError("ablation_table")


def peeking_rate(looks, reps, rng, z=1.959964):
    """How often an experiment without any effect is declared a success when one looks at it several times.

    looks: ascending list of sample sizes. Simulate `reps` experiments of looks[-1] standard normal measurements each. An
    experiment is declared a success if at *any* of the looks |mean of the first n| * sqrt(n) > z.
    Returns the fraction of the experiments declared a success.
    """
    raise NotImplementedError("peeking_rate")
