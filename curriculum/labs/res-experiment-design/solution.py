"""Designing experiments: one possible solution."""

import math
from statistics import NormalDist

import numpy as np


def bootstrap_ci(x, stat, reps, rng, level=0.95):
    n = len(x)
    draws = [stat(x[rng.integers(0, n, n)]) for _ in range(reps)]
    low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def paired_permutation_test(a, b, reps, rng):
    d = a - b
    signs = rng.choice([-1.0, 1.0], size=(reps, len(d)))
    count = int((np.abs((signs * d).mean(axis=1)) >= abs(d.mean()) - 1e-12).sum())
    return (count + 1) / (reps + 1)


def sample_size(effect, sd, power=0.8, alpha=0.05):
    z = NormalDist().inv_cdf
    return math.ceil(2 * ((z(1 - alpha / 2) + z(power)) * sd / effect) ** 2)


def seeds_needed(pilot, width):
    sd = float(np.std(pilot, ddof=1))
    return max(2, math.ceil((4 * sd / width) ** 2))


def holm(pvalues):
    m = len(pvalues)
    order = np.argsort(pvalues)
    stepped = pvalues[order] * (m - np.arange(m))
    adjusted = np.empty(m)
    adjusted[order] = np.minimum(np.maximum.accumulate(stepped), 1.0)
    return adjusted


def benjamini_hochberg(pvalues):
    m = len(pvalues)
    order = np.argsort(pvalues)
    stepped = pvalues[order] * m / np.arange(1, m + 1)
    adjusted = np.empty(m)
    adjusted[order] = np.minimum(np.minimum.accumulate(stepped[::-1])[::-1], 1.0)
    return adjusted


def ablation_table(run, components, seeds):
    everything = frozenset(components)
    full = np.array([run(everything, seed) for seed in seeds])
    table = {}
    for component in components:
        without = np.array([run(everything - {component}, seed) for seed in seeds])
        differences = full - without
        d = float(differences.mean())
        se = float(differences.std(ddof=1)) / math.sqrt(len(seeds))
        table[component] = {"difference": d, "low": d - 2 * se, "high": d + 2 * se}
    return table


def peeking_rate(looks, reps, rng, z=1.959964):
    totals = rng.normal(size=(reps, looks[-1])).cumsum(axis=1)
    n = np.array(looks)
    scores = np.abs(totals[:, n - 1]) / np.sqrt(n)
    return float((scores > z).any(axis=1).mean())
