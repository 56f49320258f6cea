import math
from fractions import Fraction

import numpy as np

from aisafe_lab import check, close, fail, same_shape, truthy


def slow_log_likelihood(x, mu, sigma):
    total = 0.0
    for value in x:
        total += -0.5 * ((value - mu) / sigma) ** 2 - math.log(sigma * math.sqrt(2 * math.pi))
    return total


@check("log-likelihood", "log_likelihood_normal adds up the log densities", uses=["log_likelihood_normal"], hint="likelihood")
def _(lab):
    log_likelihood = lab.fn("log_likelihood_normal", returns="float")
    n = int(lab.rng.integers(5, 12))
    mu, sigma = float(lab.rng.normal()), float(lab.rng.uniform(1.5, 3.0))
    x = lab.rng.normal(mu, sigma, n)
    want = slow_log_likelihood(x, mu, sigma)
    squares = ((x - mu) ** 2).sum()
    close(
        log_likelihood(x, mu, sigma),
        want,
        "log_likelihood_normal(x, %.3g, %.3g)" % (mu, sigma),
        alternatives={
            "sigma is taken for the variance": slow_log_likelihood(x, mu, math.sqrt(sigma)),
            "the constant -log(sqrt(2 pi)) is missing": want + n * 0.5 * math.log(2 * math.pi),
            "the term -log(sigma) is missing": want + n * math.log(sigma),
            "the factor 1/2 of the squares is missing": want - 0.5 * squares / sigma**2,
            "the mean over the samples is taken instead of the sum": want / n,
            "the sign is flipped: that is the negative log-likelihood": -want,
            "the constants are added once and not for each sample": -0.5 * squares / sigma**2 - math.log(sigma * math.sqrt(2 * math.pi)),
            "the density and not its logarithm comes back": math.exp(want),
        },
    )


@check(
    "log-likelihood-many",
    "ten thousand samples, or one far away, do not underflow",
    uses=["log_likelihood_normal"],
    needs=["log-likelihood"],
    hint="likelihood",
)
def _(lab):
    log_likelihood = lab.fn("log_likelihood_normal", returns="float")
    x = lab.rng.normal(1.0, 2.0, 10000)
    for data, what in ((x, "10000 samples"), (np.array([0.5, 400.0]), "a sample 400 standard deviations away")):
        got = log_likelihood(data, 0.0, 1.0)
        truthy(
            np.isfinite(got),
            "for %s, log_likelihood_normal is %s: the density, or the product of densities, is smaller than any float and becomes 0. "
            "Take the logarithm on paper first and add" % (what, got),
        )
        close(got, slow_log_likelihood(data, 0.0, 1.0), "log_likelihood_normal of %s" % what)


@check("mle-normal", "no other mean and standard deviation make the samples likelier", uses=["mle_normal"], hint="mle")
def _(lab):
    mle = lab.fn("mle_normal", returns=("float", "float"))
    n = int(lab.rng.integers(5, 9))
    x = lab.rng.normal(3.0, 2.0, n)
    mu, sigma = mle(x)
    mean = sum(x) / n
    squares = sum((value - mean) ** 2 for value in x)
    close(mu, mean, "mu", alternatives={"the median is taken": float(np.median(x))})
    close(
        sigma,
        math.sqrt(squares / n),
        "sigma",
        alternatives={
            "you divide by n - 1: that makes the variance unbiased, and does not maximise the likelihood": math.sqrt(squares / (n - 1)),
            "the variance comes back instead of the standard deviation": squares / n,
            "the unbiased variance comes back": squares / (n - 1),
            "the squares are not divided by n": math.sqrt(squares),
        },
    )
    best = slow_log_likelihood(x, mu, sigma)
    for _ in range(50):
        other_mu, other_sigma = mu + 0.3 * lab.rng.normal(), sigma * math.exp(0.3 * lab.rng.normal())
        better = slow_log_likelihood(x, other_mu, other_sigma)
        truthy(better <= best, "mu = %.4g and sigma = %.4g are likelier: log-likelihood %.6g against %.6g" % (other_mu, other_sigma, better, best))


@check("mle-far", "a mean of 1e8 does not spoil the standard deviation", uses=["mle_normal"], needs=["mle-normal"], hint="mle")
def _(lab):
    mle = lab.fn("mle_normal", returns=("float", "float"))
    x = 1e8 + lab.rng.normal(size=50)
    exact = [Fraction(float(value)) for value in x]
    mean = sum(exact) / len(exact)
    sigma = math.sqrt(sum((value - mean) ** 2 for value in exact) / len(exact))
    got = mle(x)
    close(got[0], float(mean), "mu")
    if not abs(got[1] - sigma) <= 1e-6 * sigma:
        fail(
            "sigma is %.6g, expected %.6g: the mean of the squares minus the square of the mean subtracts two numbers near 1e16, of which only 16 "
            "digits are kept. Subtract the mean from each sample first" % (got[1], sigma)
        )


@check("mle-bernoulli", "mle_bernoulli is the fraction of ones", uses=["mle_bernoulli"], hint="mle")
def _(lab):
    mle = lab.fn("mle_bernoulli", returns="float")
    n = int(lab.rng.integers(8, 15))
    x = (np.arange(n) < lab.rng.integers(2, n - 1)).astype(int)
    lab.rng.shuffle(x)
    ones = int(sum(x))
    want = max((k / n for k in range(1, n)), key=lambda p: ones * math.log(p) + (n - ones) * math.log(1 - p))
    close(
        mle(x),
        want,
        "mle_bernoulli(x)",
        alternatives={
            "one more of each kind is counted (Laplace's rule): that is a posterior mean, not the maximum of the likelihood": (ones + 1) / (n + 2),
            "the odds come back": ones / (n - ones),
            "the probability of a 0 comes back": 1 - want,
            "the ones are counted and not divided": float(ones),
        },
    )
    close(mle(np.zeros(6, int)), 0.0, "mle_bernoulli of zeros only")


@check("poisson-gradient", "neg_log_lik_grad is the slope of the mean loss of the counts", uses=["neg_log_lik_grad"], hint="poisson")
def _(lab):
    grad = lab.fn("neg_log_lik_grad", returns="float")
    n = int(lab.rng.integers(5, 10))
    x = lab.rng.poisson(3.0, n)
    x[0] += 2
    theta = float(lab.rng.uniform(0.3, 0.8))

    def loss(t):
        return -sum(k * t - math.exp(t) - math.lgamma(k + 1) for k in x) / n

    want = (loss(theta + 1e-5) - loss(theta - 1e-5)) / 2e-5
    mean = float(np.mean(x))
    close(
        grad(theta, x),
        want,
        "neg_log_lik_grad(%.3g, x)" % theta,
        rtol=1e-5,
        atol=1e-6,
        alternatives={
            "the sum over the counts is taken instead of the mean": n * want,
            "theta is taken for the rate; the rate is exp(theta)": 1 - mean / theta,
            "you differentiate in the rate, and the factor exp(theta) of the chain rule is missing": 1 - mean / math.exp(theta),
            "the sign is that of the log-likelihood, not of its negative": -want,
            "the rate is used without exp": theta - mean,
        },
    )
    close(grad(math.log(mean), x), 0.0, "the slope at the maximum likelihood estimate, theta = log(mean of the counts),", atol=1e-9)


@check("bayes", "bayes_update weighs the prior with every observation and normalises", uses=["bayes_update"], hint="bayes")
def _(lab):
    update = lab.fn("bayes_update", returns="array")
    K, n = (int(k) for k in lab.rng.permutation([3, 4]))
    prior = lab.rng.dirichlet(np.ones(K) * 3)
    lik = lab.rng.uniform(0.05, 0.95, size=(n, K))

    def joint(weights, rows):
        return np.array([weights[k] * math.prod(float(row[k]) for row in rows) for k in range(K)])

    evidence = joint(prior, lik)
    close(
        update(prior, lik),
        evidence / evidence.sum(),
        "bayes_update(prior, lik)",
        axes="(hypothesis)",
        alternatives={
            "the products are not divided by their sum, the probability of the observations": evidence,
            "the prior is not used": lambda: joint(np.ones(K), lik) / joint(np.ones(K), lik).sum(),
            "only the last observation is used": lambda: joint(prior, lik[-1:]) / joint(prior, lik[-1:]).sum(),
            "only the first observation is used": lambda: joint(prior, lik[:1]) / joint(prior, lik[:1]).sum(),
            "likelihoods are added up instead of multiplied": lambda: prior * lik.sum(0) / (prior * lik.sum(0)).sum(),
            "likelihoods are averaged in the logarithm, as if there were one observation": lambda: _averaged(prior, lik),
        },
    )


def _averaged(prior, lik):
    weight = prior * np.exp(np.log(lik).mean(0))
    return weight / weight.sum()


@check("bayes-many", "thousands of observations do not underflow, and a prior of 0 stays 0", uses=["bayes_update"], needs=["bayes"], hint="bayes")
def _(lab):
    update = lab.fn("bayes_update", returns="array")
    n = 3000
    prior = np.array([0.5, 0.3, 0.2, 0.0])
    lik = np.column_stack([lab.rng.uniform(0.1, 0.9, n), np.zeros(n), np.full(n, 0.9), np.full(n, 0.9)])
    lik[:, 1] = lik[lab.rng.permutation(n), 0]
    lik[:, 2] = lik[:, 0] * np.exp(1.0 / n)
    got = update(prior, lik)
    same_shape(got, (4,), "bayes_update(prior, lik)")
    truthy(
        np.isfinite(got).all() and got.sum() > 0,
        "after 3000 observations the posterior is %s: products of thousands of probabilities become 0. Add logarithms, and subtract the largest "
        "before exp" % np.array2string(got, precision=3),
    )
    truthy(got[3] == 0, "the hypothesis of prior probability 0 has the posterior probability %.3g: no observation can bring it back" % got[3])
    logs = [math.log(prior[k]) + math.fsum(math.log(value) for value in lik[:, k]) for k in range(3)]
    weights = [math.exp(value - max(logs)) for value in logs]
    close(got, np.array(weights + [0.0]) / sum(weights), "bayes_update with 3000 observations", rtol=1e-6, atol=1e-9)


@check("standard-error", "standard_error is the estimated spread of a mean", uses=["standard_error"], hint="error")
def _(lab):
    standard_error = lab.fn("standard_error", returns="float")
    n = int(lab.rng.integers(5, 9))
    x = lab.rng.normal(1.0, 2.0, n)
    mean = sum(x) / n
    squares = sum((value - mean) ** 2 for value in x)
    sd = math.sqrt(squares / (n - 1))
    close(
        standard_error(x),
        sd / math.sqrt(n),
        "standard_error(x)",
        alternatives={
            "the spread of one sample is estimated with n instead of n - 1 in the denominator": math.sqrt(squares / n) / math.sqrt(n),
            "the variance is divided by sqrt(n) instead of the standard deviation": squares / (n - 1) / math.sqrt(n),
            "the standard deviation of one sample comes back: it is not divided by sqrt(n)": sd,
            "you divide by n instead of sqrt(n)": sd / n,
            "the variance of the mean comes back: take its root": squares / (n - 1) / n,
            "you divide by sqrt(n - 1) as well": sd / math.sqrt(n - 1),
        },
    )


@check("clt-means", "clt_means averages each row and scales by sqrt(n)", uses=["clt_means"], hint="clt")
def _(lab):
    clt_means = lab.fn("clt_means", returns="array")
    n, reps = (int(k) for k in lab.rng.permutation([5, 7]))
    table = lab.rng.normal(size=(reps, n))
    sizes = []

    def sampler(size, rng):
        sizes.append(size)
        return rng.normal(size=size) * 0 + (table if size == (reps, n) else 0.0)

    got = clt_means(sampler, n, reps, lab.rng)
    truthy(sizes == [(reps, n)], "the sampler should be called once, with the size (reps, n) = (%d, %d); it is called with %s" % (reps, n, sizes[:4]))
    want = np.array([sum(row) / n * math.sqrt(n) for row in table])
    close(
        got,
        want,
        "clt_means(sampler, %d, %d, rng)" % (n, reps),
        axes="(repetition)",
        alternatives={
            "the means are not scaled: their spread falls like 1 / sqrt(n)": want / math.sqrt(n),
            "you divide by sqrt(n) instead of multiplying": want / n,
            "the sums come back, or you multiply the means by n instead of sqrt(n)": want * math.sqrt(n),
            "you average over the repetitions instead of the draws": table.mean(0) * math.sqrt(n),
            "the means are scaled by their own spread": (want - want.mean()) / want.std(),
        },
    )


def distance_from_normal(z):
    """The largest gap between the distribution of the sample and the standard normal one (Kolmogorov-Smirnov)."""
    z = np.sort(z)
    cdf = np.array([0.5 * math.erfc(-value / math.sqrt(2)) for value in z])
    steps = np.arange(len(z) + 1) / len(z)
    return float(max((steps[1:] - cdf).max(), (cdf - steps[:-1]).max()))


def middle_half(z):
    low, high = np.quantile(z, [0.25, 0.75])
    return float(high - low)


@check("clt", "means of skewed draws approach the normal distribution, those of Cauchy draws do not", uses=["clt_means"], needs=["clt-means"], hint="clt")
def _(lab):
    clt_means = lab.fn("clt_means", returns="array")
    rng, reps = lab.pool_rng, 10000

    def skewed(size, rng):
        return rng.exponential(size=size) - 1.0

    def cauchy(size, rng):
        return rng.standard_cauchy(size=size)

    distances = {}
    for n in (1, 16, 64):
        z = clt_means(skewed, n, reps, rng)
        same_shape(z, (reps,), "clt_means")
        truthy(np.isfinite(z).all(), "clt_means gives NaN or infinity")
        distances[n] = distance_from_normal(z)
        lab.metric("distance_from_normal_n%d" % n, distances[n])
    truthy(
        distances[16] < 0.4 * distances[1] and distances[64] < 0.25 * distances[1],
        "the distance of the scaled means from the normal distribution should fall like 1 / sqrt(n); for n = 1, 16, 64 it is %.3g, %.3g, %.3g"
        % (distances[1], distances[16], distances[64]),
    )
    one, many = clt_means(cauchy, 1, reps, rng), clt_means(cauchy, 100, reps, rng) / 10.0
    for z in (one, many):
        same_shape(z, (reps,), "clt_means")
        truthy(np.isfinite(z).all(), "clt_means gives NaN or infinity")
    lab.metric("cauchy_narrowing", middle_half(one) / middle_half(many))


@check("coverage", "coverage counts the data sets whose interval holds the true value", uses=["coverage"], hint="coverage")
def _(lab):
    coverage = lab.fn("coverage", returns="float")
    reps = int(lab.rng.integers(13, 19))
    true = 2.0
    low = np.array([1.0, 2.0, 3.0, 0.0, 1.0, 2.5, 1.0, 1.5, 1.9, 3.0, 1.0, 1.2] + [1.0] * reps)[:reps]
    high = np.array([3.0, 4.0, 4.0, 1.0, 2.0, 3.0, 1.5, 2.5, 2.1, 5.0, 4.0, 9.0] + [3.0] * reps)[:reps]
    calls = []

    def sampler(rng):
        calls.append(rng)
        return np.full(3, (len(calls) - 1) % reps)

    def interval(x):
        return low[int(x[0])], high[int(x[0])]

    got = coverage(interval, sampler, true, reps, lab.rng)
    truthy(
        len(calls) == reps,
        "the sampler is called %d times for %d repetitions: each repetition needs a data set of its own" % (len(calls), reps),
    )
    truthy(all(each is lab.rng for each in calls), "the sampler should be given the rng that coverage was given")

    def share(holds):
        return sum(bool(holds(a, b)) for a, b in zip(low, high)) / reps

    close(
        got,
        share(lambda a, b: a <= true <= b),
        "coverage",
        alternatives={
            "the misses are counted instead of the hits": share(lambda a, b: not a <= true <= b),
            "an interval that begins or ends at the true value is not counted": share(lambda a, b: a < true < b),
            "only the lower end is compared": share(lambda a, b: a <= true),
            "only the upper end is compared": share(lambda a, b: true <= b),
            "hits are counted and not divided by reps": reps * share(lambda a, b: a <= true <= b),
        },
    )


@check(
    "interval",
    "mean ± 1.96 standard errors holds the truth about 95 times in 100, and less often for five samples",
    uses=["coverage", "standard_error"],
    needs=["coverage", "standard-error"],
    hint="error",
    timeout=8,
)
def _(lab):
    coverage, standard_error = lab.fn("coverage", returns="float"), lab.raw("standard_error")
    rng = lab.pool_rng

    def interval(x):
        middle, width = x.mean(), 1.96 * standard_error(x)
        return middle - width, middle + width

    found = {}
    for n, reps in ((50, 1200), (5, 2000)):
        found[n] = coverage(interval, lambda rng: rng.normal(3.0, 2.0, n), 3.0, reps, rng)
        lab.metric("coverage_%d" % n, found[n])
    truthy(0.92 <= found[50] <= 0.97, "with 50 samples, mean ± 1.96 standard errors should cover the truth in about 95 %% of cases; it does in %.3g %%" % (100 * found[50]))
    truthy(found[5] < found[50], "with 5 samples the interval should cover less often than with 50, and covers %.3g against %.3g" % (found[5], found[50]))
