"""Likelihood and sampling. README.md beside this file explains each step; write the functions in this order.

Everything is float64 unless said otherwise. log is the natural logarithm. None of the functions may change its
inputs.
"""

import numpy as np


def log_likelihood_normal(x, mu, sigma):
    """The logarithm of the density of all samples together, under independent normal distributions.

    x: (n,), n up to 1e5, samples may lie hundreds of sigma from mu. mu: mean. sigma: standard deviation, > 0.
    Returns a float: the sum over the samples of the log density, with all constants. It is finite.
    """
    raise NotImplementedError("log_likelihood_normal")


def mle_normal(x):
    """The mean and standard deviation under which x has the highest likelihood.

    x: (n,), n >= 2. The samples may lie far from zero (1e8) with a spread near 1, and both results must still be
    right to six digits. Returns (mu, sigma), two floats.
    """
    raise NotImplementedError("mle_normal")


def mle_bernoulli(x):
    """The probability of a 1 under which x has the highest likelihood. x: (n,) of 0 and 1 (integers). Returns a
    float."""
    raise NotImplementedError("mle_bernoulli")


def neg_log_lik_grad(theta, x):
    """The derivative in theta of the mean negative log-likelihood of counts, for a Poisson distribution of rate
    exp(theta).

    theta: a float. x: (n,) counts, 0, 1, 2, ... A count x has the probability rate**x * exp(-rate) / x!.
    Returns a float: the derivative of (1/n) * sum over the counts of -log probability.
    """
    raise NotImplementedError("neg_log_lik_grad")


def bayes_update(prior, lik):
    """The posterior probabilities of K hypotheses after n independent observations.

    prior: (K,), sums to 1; entries may be 0. lik: (n, K), all > 0: entry (i, k) is the probability of observation i
    if hypothesis k is true. n may be thousands: the product of a column is then smaller than any float.
    Returns (K,), sums to 1. A hypothesis of prior probability 0 keeps probability 0.
    """
    raise NotImplementedError("bayes_update")


def standard_error(x):
    """The estimated standard deviation of the mean of x. x: (n,), n >= 2. Returns a float.

    The variance of one sample is estimated without bias (n - 1 in its denominator).
    """
    raise NotImplementedError("standard_error")


def clt_means(sampler, n, reps, rng):
    """Means of n draws, scaled so that their spread does not depend on n; reps of them.

    sampler(size, rng): an array of the shape `size` of independent draws with mean 0 and variance 1. Call it once,
    with the size (reps, n). Returns (reps,): the mean of each row, scaled to variance 1.
    """
    raise NotImplementedError("clt_means")


def coverage(ci_fn, sampler, true, reps, rng):
    """How often an interval contains the true value.

    ci_fn(x): a pair (lo, hi) for one data set. sampler(rng): one fresh data set. true: a float. reps: number of
    data sets.
    Returns a float: the fraction of the data sets with lo <= true <= hi.
    """
    raise NotImplementedError("coverage")
