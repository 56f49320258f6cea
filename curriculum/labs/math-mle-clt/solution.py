"""Likelihood and sampling: one possible solution."""

import numpy as np


def log_likelihood_normal(x, mu, sigma):
    z = (x - mu) / sigma
    return np.sum(-0.5 * z**2 - np.log(sigma) - 0.5 * np.log(2 * np.pi))


def mle_normal(x):
    mu = x.mean()
    return mu, np.sqrt(((x - mu) ** 2).mean())


def mle_bernoulli(x):
    return x.mean()


def neg_log_lik_grad(theta, x):
    return np.exp(theta) - x.mean()


def bayes_update(prior, lik):
    with np.errstate(divide="ignore"):
        score = np.log(prior) + np.log(lik).sum(axis=0)
    weight = np.exp(score - score.max())
    return weight / weight.sum()


def standard_error(x):
    return x.std(ddof=1) / np.sqrt(len(x))


def clt_means(sampler, n, reps, rng):
    return np.sqrt(n) * sampler((reps, n), rng).mean(axis=1)


def coverage(ci_fn, sampler, true, reps, rng):
    hits = 0
    for _ in range(reps):
        lo, hi = ci_fn(sampler(rng))
        hits += lo <= true <= hi
    return hits / reps
