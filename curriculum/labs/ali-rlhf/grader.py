import itertools

import numpy as np

from aisafe_lab import check, close, fail, fixture, gradcheck, same_shape, truthy

betas = (3.0, 1.0, 0.5, 0.25, 0.1, 0.0)


def slow_log_probs(theta):
    out = np.zeros(theta.shape)
    for i, row in enumerate(theta):
        top = max(row)
        total = sum(np.exp(x - top) for x in row)
        for j, x in enumerate(row):
            out[i, j] = x - top - np.log(total)
    return out


def slow_logp(theta, seqs):
    table = slow_log_probs(theta)
    totals = []
    for text in seqs:
        before, total = len(theta) - 1, 0.0
        for token in text:
            total += table[before, token]
            before = token
        totals.append(total)
    return np.array(totals)


def slow_score(theta, text, with_mean=True):
    """The gradient of log p(text), one token after the other."""
    p = np.exp(slow_log_probs(theta))
    grad = np.zeros(theta.shape)
    before = len(theta) - 1
    for token in text:
        grad[before, token] += 1
        if with_mean:
            grad[before] -= p[before]
        before = token
    return grad


def slow_estimate(theta, seqs, values, weights, with_mean=True):
    return sum(w * v * slow_score(theta, text, with_mean) for w, v, text in zip(weights, values, seqs))


def all_texts(V, L):
    return np.array(list(itertools.product(range(V), repeat=L)))


def softplus(x):
    return max(x, 0.0) + np.log1p(np.exp(-abs(x)))


def draw(lab):
    """A policy, a reference and some texts, all sizes different."""
    V, L, N = (int(n) for n in lab.rng.permutation([3, 4, 5]))
    N += 5
    theta, theta_ref = lab.rng.normal(size=(V + 1, V)), lab.rng.normal(size=(V + 1, V))
    return theta, theta_ref, lab.rng.integers(0, V, (N, L)), lab.rng.normal(size=N)


@check("log-probs", "log_probs gives the logarithm of each row's softmax, also for large logits", uses=["log_probs"], hint="policy")
def _(lab):
    log_probs = lab.fn("log_probs", returns="array")
    V = int(lab.rng.integers(3, 7))
    theta = lab.rng.normal(size=(V + 1, V)) * 2
    close(
        log_probs(theta),
        slow_log_probs(theta),
        "log_probs(theta)",
        axes="(token before, token)",
        alternatives={
            "you normalise over the tokens before instead of the tokens that follow": lambda: theta - np.log(np.exp(theta).sum(0)),
            "you return probabilities instead of their logarithms": lambda: np.exp(slow_log_probs(theta)),
            "you normalise over the whole table": lambda: theta - np.log(np.exp(theta).sum()),
        },
    )
    big = theta.copy()
    big[0, 0] += 2000.0
    big[1] -= 3000.0
    got = log_probs(big)
    truthy(
        np.isfinite(got).all(),
        "log_probs overflows or takes log(0) when a logit is 2000: subtract the largest logit of each row, and do not go through the probabilities",
    )
    close(got, slow_log_probs(big), "log_probs of large logits", axes="(token before, token)")


@check("sequence-logp", "the log-probability of a text is the sum over its tokens", uses=["sequence_logp"], needs=["log-probs"], hint="policy")
def _(lab):
    theta, _, seqs, _ = draw(lab)
    got = lab.fn("sequence_logp", returns="array")(theta, seqs)
    table = slow_log_probs(theta)
    want = slow_logp(theta, seqs)
    close(
        got,
        want,
        "sequence_logp",
        axes="(N,)",
        alternatives={
            "the first token of each text is left out": lambda: want - table[-1, seqs[:, 0]],
            "the first token is looked up in row 0 instead of row V": lambda: want - table[-1, seqs[:, 0]] + table[0, seqs[:, 0]],
            "you look up [token, token before] instead of [token before, token]": lambda: table[-1, seqs[:, 0]]
            + table[seqs[:, 1:], seqs[:, :-1]].sum(1),
            "you take the mean over the tokens instead of the sum": lambda: want / seqs.shape[1],
            "the first and the next tokens all come from row V": lambda: table[-1][seqs].sum(1),
        },
    )


@check(
    "sft",
    "the fine-tuning loss is the cross-entropy per token, and its gradient is right",
    uses=["sft_loss_grad"],
    needs=["sequence-logp"],
    hint="sft",
)
def _(lab):
    sft = lab.fn("sft_loss_grad", returns=("float", "array"))
    theta, _, demos, _ = draw(lab)
    loss, grad = sft(theta, demos)
    total = -slow_logp(theta, demos).sum()
    close(
        loss,
        total / demos.size,
        "the loss",
        alternatives={
            "you average over texts, not over tokens": total / len(demos),
            "you add up instead of averaging": total,
            "you leave out the minus sign": -total / demos.size,
        },
    )
    gradcheck(lambda p: -slow_logp(p["theta"], demos).sum() / demos.size, {"theta": theta}, {"theta": grad}, lab.rng)


@check(
    "reward-loss",
    "the Bradley-Terry loss is right and survives large differences",
    uses=["reward_loss_grad"],
    hint="reward",
)
def _(lab):
    reward_loss = lab.fn("reward_loss_grad", returns=("float", "array"))
    N, F = (int(n) for n in lab.rng.permutation([5, 7]))
    w, chosen, rejected = lab.rng.normal(size=F), lab.rng.normal(size=(N, F)), lab.rng.normal(size=(N, F))

    def slow(w, sign=1.0):
        return np.mean([softplus(-sign * sum(w[i] * (c[i] - r[i]) for i in range(F))) for c, r in zip(chosen, rejected)])

    loss, grad = reward_loss(w, chosen, rejected)
    close(
        loss,
        slow(w),
        "the loss",
        alternatives={
            "chosen and rejected are exchanged: the model learns to like what people reject": slow(w, -1.0),
            "you add up instead of averaging": N * slow(w),
        },
    )
    gradcheck(lambda p: slow(p["w"]), {"w": w}, {"w": grad}, lab.rng)
    far = np.zeros((2, F))
    far[:, 0] = 1000.0, -1000.0
    unit = np.eye(F)[0]
    loss, grad = reward_loss(unit, far, np.zeros((2, F)))
    truthy(
        np.isfinite(loss) and np.isfinite(grad).all(),
        "the loss or its gradient is not finite when the rewards differ by 1000: exp(1000) overflows. np.logaddexp(0, x) is log(1 + exp(x)) without that",
    )
    close(loss, 500.0, "the loss of one pair at +1000 and one at -1000")
    close(grad, 500.0 * unit, "the gradient of that loss (only the pair that is the wrong way round pulls)")


@check(
    "penalty",
    "the penalty charges a text for being more likely than under the reference",
    uses=["penalised_reward"],
    needs=["sequence-logp"],
    hint="penalty",
)
def _(lab):
    penalised = lab.fn("penalised_reward", returns="array")
    theta, theta_ref, seqs, rewards = draw(lab)
    beta = float(lab.rng.uniform(0.3, 0.8))
    ratio = slow_logp(theta, seqs) - slow_logp(theta_ref, seqs)
    got = penalised(theta, theta_ref, seqs, rewards, beta)
    close(
        got,
        rewards - beta * ratio,
        "penalised_reward",
        axes="(N,)",
        alternatives={
            "the penalty has the wrong sign: it pays for moving away from the reference": lambda: rewards + beta * ratio,
            "the penalty is left out": rewards,
            "beta is left out": lambda: rewards - ratio,
            "only the policy's log-probability is charged, not its ratio to the reference": lambda: rewards
            - beta * slow_logp(theta, seqs),
            "every text is charged the mean log-ratio instead of its own": lambda: rewards - beta * ratio.mean(),
        },
    )
    close(penalised(theta, theta, seqs, rewards, beta), rewards, "the penalised reward of the reference itself (no penalty is due)")


@check(
    "gradient-exact",
    "with every text and its probability, the estimate is the exact gradient",
    uses=["policy_gradient"],
    needs=["penalty"],
    hint="gradient",
)
def _(lab):
    estimate = lab.fn("policy_gradient", returns="array")
    V, L = (int(n) for n in lab.rng.permutation([3, 4]))
    if L == 4:
        V, L = 3, 3
    texts = all_texts(V, L)
    theta, theta_ref = lab.rng.normal(size=(V + 1, V)), lab.rng.normal(size=(V + 1, V))
    rewards = lab.rng.normal(size=len(texts))
    beta = float(lab.rng.uniform(0.3, 0.8))

    def objective(p):
        logp = slow_logp(p["theta"], texts)
        return float((np.exp(logp) * (rewards - beta * (logp - reference))).sum())

    reference = slow_logp(theta_ref, texts)
    p = np.exp(slow_logp(theta, texts))
    got = estimate(theta, theta_ref, texts, rewards, beta, weights=p)
    same_shape(got, theta.shape, "policy_gradient")
    value = rewards - beta * (np.log(p) - reference)
    truthy(
        not np.allclose(got, slow_estimate(theta, texts, value - (p * value).sum(), p, with_mean=False)),
        "the gradient of log p(token) is 1 at the token minus the probability of every token in that row. You left out the second part.",
    )
    plain = slow_estimate(theta, texts, rewards - (p * rewards).sum(), p)
    truthy(not np.allclose(got, plain), "policy_gradient uses the rewards without the penalty")
    gradcheck(objective, {"theta": theta}, {"theta": got}, lab.rng)


@check(
    "baseline",
    "a constant added to every reward changes nothing",
    uses=["policy_gradient"],
    needs=["gradient-exact"],
    hint="gradient",
)
def _(lab):
    estimate = lab.fn("policy_gradient", returns="array")
    theta, theta_ref, seqs, rewards = draw(lab)
    shift = float(lab.rng.uniform(5, 9))
    before = estimate(theta, theta_ref, seqs, rewards, 0.5)
    after = estimate(theta, theta_ref, seqs, rewards + shift, 0.5)
    same_shape(before, theta.shape, "policy_gradient")
    if not np.allclose(after, before, rtol=1e-6, atol=1e-9):
        fail(
            "adding %.3g to every reward changes the estimate by up to %.3g, although it changes no preference: there is no baseline. Subtract the weighted mean of the penalised rewards."
            % (shift, np.abs(after - before).max())
        )


@check(
    "gradient-sample",
    "from a sample of texts, the estimate is the mean of (R - b) times the score",
    uses=["policy_gradient"],
    needs=["baseline"],
    hint="gradient",
)
def _(lab):
    estimate = lab.fn("policy_gradient", returns="array")
    theta, theta_ref, seqs, rewards = draw(lab)
    N, beta = len(seqs), float(lab.rng.uniform(0.3, 0.8))
    value = rewards - beta * (slow_logp(theta, seqs) - slow_logp(theta_ref, seqs))
    centred = value - value.mean()
    even = np.full(N, 1 / N)
    want = slow_estimate(theta, seqs, centred, even)
    close(
        estimate(theta, theta_ref, seqs, rewards, beta),
        want,
        "policy_gradient without weights",
        axes="(token before, token)",
        alternatives={
            "you also differentiate the penalty inside R; its expectation is zero, so that only adds noise": lambda: slow_estimate(
                theta, seqs, centred - beta, even
            ),
            "you add up over the texts instead of averaging": lambda: N * want,
            "you divide the advantages by their standard deviation": lambda: want / value.std(),
            "you average over all tokens instead of over texts": lambda: want / seqs.shape[1],
        },
    )
    uneven = lab.rng.dirichlet(np.ones(N))
    close(
        estimate(theta, theta_ref, seqs, rewards, beta, weights=uneven),
        slow_estimate(theta, seqs, value - (uneven * value).sum(), uneven),
        "policy_gradient with weights",
        axes="(token before, token)",
        alternatives={
            "the baseline is the plain mean, not the weighted one": lambda: slow_estimate(theta, seqs, centred, uneven),
            "the weights are not used": want,
        },
    )


@check("kl-optimal", "kl_optimal finds the best distribution at a given beta", uses=["kl_optimal"], hint="optimum")
def _(lab):
    optimal = lab.fn("kl_optimal", returns="array")
    K = int(lab.rng.integers(4, 8))
    p_ref, rewards = lab.rng.dirichlet(np.ones(K)), lab.rng.normal(size=K)
    beta = float(lab.rng.uniform(0.4, 0.8))
    got = optimal(p_ref, rewards, beta)
    raw = [p_ref[i] * np.exp(rewards[i] / beta) for i in range(K)]
    softmax = np.exp(rewards / beta)
    multiplied = p_ref * np.exp(rewards * beta)
    close(
        got,
        np.array(raw) / sum(raw),
        "kl_optimal",
        alternatives={
            "the reference is left out: it is a softmax of the rewards alone": softmax / softmax.sum(),
            "the rewards are multiplied by beta instead of divided": multiplied / multiplied.sum(),
            "the result is not normalised": np.array(raw),
            "all goes to the outcome of highest reward": np.eye(K)[int(np.argmax(rewards))],
        },
    )

    def objective(p):
        return sum(p[i] * (rewards[i] - beta * np.log(p[i] / p_ref[i])) for i in range(K))

    others = [(1 - s) * got + s * lab.rng.dirichlet(np.ones(K)) for s in (0.003, 0.03, 0.3) for _ in range(20)]
    truthy(all(objective(q) <= objective(got) + 1e-9 for q in others), "another distribution reaches a higher objective than yours")
    blocked = np.append(p_ref, 0.0)
    got = optimal(blocked, np.append(rewards, 50.0), beta)
    close(got, np.append(np.array(raw) / sum(raw), 0.0), "kl_optimal with an outcome that the reference never gives")
    rewards = 1.0 + lab.rng.permutation(K)
    sharp = optimal(p_ref, rewards, 1e-4)
    truthy(
        np.isfinite(sharp).all(),
        "kl_optimal overflows at beta = 0.0001: subtract the largest of rewards / beta before exp. The factor cancels",
    )
    close(sharp, np.eye(K)[int(np.argmax(rewards))], "kl_optimal at beta = 0.0001", atol=1e-6)
    got = optimal(blocked, np.append(rewards, 5000.0), 1.0)
    truthy(
        np.isfinite(got).all(),
        "kl_optimal gives NaN when the outcome of highest reward is one that the reference never gives: subtract the largest of rewards / beta among the outcomes it does give",
    )
    weighed = p_ref * np.exp(rewards - rewards.max())
    close(got, np.append(weighed / weighed.sum(), 0.0), "kl_optimal when the reference never gives the outcome of highest reward")


@check("pick-beta", "the run to deploy is the one that people rate highest", uses=["pick_beta"], hint="deploy")
def _(lab):
    pick = lab.fn("pick_beta", returns="float")
    n = 6
    order = np.sort(lab.rng.uniform(0.05, 3, n))[::-1]
    best = int(lab.rng.integers(2, n - 2))
    few = best + 1 if best + 1 < n - 1 else best - 1
    ratings = [lab.rng.normal(-abs(i - best), 0.1, 3 if i == few else 12 + i) - 5 for i in range(n)]
    runs = [
        {"beta": float(order[i]), "proxy": float(i), "kl": float(i) ** 2, "people": ratings[i]} for i in lab.rng.permutation(n)
    ]
    close(
        pick(runs),
        order[best],
        "the beta picked",
        alternatives={
            "you pick the run of highest proxy reward: the number that training has been pushing up": order[-1],
            "you pick the run closest to the reference": order[0],
            "you add up the ratings instead of averaging: runs with fewer ratings win here": order[
                int(np.argmax([r.sum() for r in ratings]))
            ],
            "you pick the run that people rate lowest": order[int(np.argmin([r.mean() for r in ratings]))],
        },
    )
    low, high = float(order[-1]), float(order[0])
    tie = [
        {"beta": beta, "proxy": 1 / beta, "kl": 1 / beta, "people": np.array(people)}
        for beta, people in ((low, [1.0, 3.0]), (high, [2.0]), (high + 1, [1.5]))
    ]
    for runs in (tie, tie[::-1]):
        close(
            pick(runs),
            high,
            "the beta picked among runs of equal ratings",
            alternatives={"the smaller beta wins a tie; the larger one stays closer to the reference": low},
        )


def adam(params, gradient, steps, rate):
    """Descent by Adam. The gradient is the learner's."""
    mean, square = np.zeros_like(params), np.zeros_like(params)
    params = params.copy()
    for i in range(1, steps + 1):
        g = gradient(params)
        mean, square = 0.9 * mean + 0.1 * g, 0.99 * square + 0.01 * g * g
        params = params - rate * (mean / (1 - 0.9**i)) / (np.sqrt(square / (1 - 0.99**i)) + 1e-6)
    return params


@fixture("world")
def _(lab):
    """Five tokens, texts of four. People like some tokens, once; a token said again annoys them."""
    rng, V, L = lab.pool_rng, 5, 4
    texts = all_texts(V, L)
    counts = np.stack([(texts == v).sum(1) for v in range(V)], axis=1).astype(float)
    liking = rng.permutation([3.0, 1.0, 0.0, -0.5, -1.0])
    people = (liking * np.minimum(counts, 1)).sum(1) - 1.5 * np.maximum(counts - 1, 0).sum(1)
    writers = 0.5 * rng.normal(size=(V + 1, V))
    writers[np.arange(V), np.arange(V)] -= 1.0
    p = np.exp(slow_logp(writers, texts))
    demos = texts[rng.choice(len(texts), 300, p=p / p.sum())]

    def compare(n):
        a, b = rng.choice(len(texts), (2, n), p=p / p.sum())
        first = rng.random(n) < 1 / (1 + np.exp(people[b] - people[a]))
        return np.where(first, a, b), np.where(first, b, a)

    return {
        "texts": texts,
        "counts": counts,
        "people": people,
        "demos": demos,
        "pairs": compare(400),
        "held_out": compare(1000),
        "rating_rng": rng,
    }


@fixture("reference")
def _(lab):
    world = lab.get("world")
    sft = lab.fn("sft_loss_grad", returns=("float", "array"))

    def gradient(theta):
        grad = sft(theta, world["demos"])[1]
        same_shape(grad, theta.shape, "the gradient of sft_loss_grad")
        return grad

    return adam(np.zeros((6, 5)), gradient, 120, 0.1)


@fixture("reward-weights")
def _(lab):
    world = lab.get("world")
    reward_loss = lab.fn("reward_loss_grad", returns=("float", "array"))
    chosen, rejected = (world["counts"][side] for side in world["pairs"])

    def gradient(w):
        grad = reward_loss(w, chosen, rejected)[1]
        same_shape(grad, w.shape, "the gradient of reward_loss_grad")
        return grad + 0.01 * w

    return adam(np.zeros(5), gradient, 150, 0.1)


@fixture("sweep")
def _(lab):
    """Phase 3 at each beta, with exact expectations; what comes out, by the reward model and by people."""
    world, reference, w = lab.get("world"), lab.get("reference"), lab.get("reward-weights")
    estimate = lab.fn("policy_gradient", returns="array")
    texts, rewards = world["texts"], world["counts"] @ w
    p_ref = np.exp(fast_logp(reference, texts))
    rewards = rewards - (p_ref * rewards).sum()
    runs = []
    for beta in betas:

        def uphill(theta):
            grad = estimate(theta, reference, texts, rewards, beta, weights=np.exp(fast_logp(theta, texts)))
            same_shape(grad, theta.shape, "policy_gradient")
            return -grad

        theta = adam(reference, uphill, 80, 0.3)
        logp = fast_logp(theta, texts)
        p = np.exp(logp)
        runs.append(
            {
                "beta": beta,
                "proxy": float((p * rewards).sum()),
                "kl": float((p * (logp - np.log(p_ref))).sum()),
                "exact": float((p * world["people"]).sum()),
                "same": float((p * world["counts"].max(1)).sum() / texts.shape[1]),
                "people": world["people"][world["rating_rng"].choice(len(texts), 2000, p=p / p.sum())],
            }
        )
    return {"runs": runs, "reference": float((p_ref * world["people"]).sum()), "same": float((p_ref * world["counts"].max(1)).sum() / 4)}


def fast_logp(theta, texts):
    table = theta - theta.max(1, keepdims=True)
    table = table - np.log(np.exp(table).sum(1, keepdims=True))
    before = np.concatenate([np.full((len(texts), 1), len(theta) - 1), texts[:, :-1]], axis=1)
    return table[before, texts].sum(1)


@check(
    "held-out",
    "trained on comparisons, the reward model predicts comparisons that it has not seen",
    uses=["reward_loss_grad"],
    needs=["reward-loss"],
    timeout=10,
    hint="reward",
)
def _(lab):
    world, w = lab.get("world"), lab.get("reward-weights")
    chosen, rejected = world["held_out"]

    def accuracy(score):
        return float((np.sign(score[chosen] - score[rejected]) + 1).mean() / 2)

    got, fit = accuracy(world["counts"] @ w), accuracy(world["counts"] @ newton_fit(world))
    lab.metric("held_out_accuracy", got)
    lab.metric("held_out_accuracy_of_true_scores", accuracy(world["people"]))
    truthy(
        got > fit - 0.04,
        "the trained reward model predicts %.0f %% of 1000 unseen comparisons; Newton's method on the same 400 pairs gets to %.0f %%"
        % (100 * got, 100 * fit),
    )


def newton_fit(world):
    """The reward weights of largest (slightly regularised) likelihood, by another method than the learner's gradient."""
    chosen, rejected = (world["counts"][side] for side in world["pairs"])
    difference, w = chosen - rejected, np.zeros(5)
    for _ in range(8):
        p = 1 / (1 + np.exp(difference @ w))
        slope = difference.T @ p / len(p) - 0.01 * w
        curvature = (difference * (p * (1 - p))[:, None]).T @ difference / len(p) + 0.01 * np.eye(5)
        w = w + np.linalg.solve(curvature, slope)
    return w


def table(runs):
    lines = ["  beta   reward model   people   KL"]
    lines += ["%6.4g %14.4g %8.4g %4.3g" % (run["beta"], run["proxy"], run["exact"], run["kl"]) for run in runs]
    return "\n".join(lines)


@check(
    "over-optimisation",
    "less penalty means more reward from the model; what people think rises, then collapses",
    uses=["sft_loss_grad", "reward_loss_grad", "policy_gradient", "pick_beta"],
    needs=["sft", "held-out", "gradient-sample", "pick-beta"],
    timeout=45,
    hint="deploy",
)
def _(lab):
    sweep = lab.get("sweep")
    runs, start = sweep["runs"], sweep["reference"]
    proxy, people = [run["proxy"] for run in runs], [run["exact"] for run in runs]
    kl = [run["kl"] for run in runs]
    truthy(
        all(later > earlier - 0.02 for earlier, later in zip(proxy, proxy[1:])) and proxy[0] < 0.5 * proxy[-1],
        "the reward model's score should rise as beta falls from 3 to 0, and it does not: is the penalty at work, and does the gradient point uphill?",
        table(runs),
    )
    truthy(all(later > earlier - 0.02 for earlier, later in zip(kl, kl[1:])), "the KL from the reference should grow as beta falls", table(runs))
    best = int(np.argmax(people))
    truthy(people[best] > start + 0.2, "no run does better by people's ratings than the reference (%.3g)" % start, table(runs))
    truthy(
        people[-1] < start - 0.5,
        "without a penalty people's rating should fall below the reference (%.3g): the optimiser should have found what the reward model gets wrong" % start,
        table(runs),
    )
    picked = lab.fn("pick_beta", returns="float")(
        [{key: run[key] for key in ("beta", "proxy", "kl", "people")} for run in runs]
    )
    by_beta = {run["beta"]: run["exact"] for run in runs}
    truthy(picked in by_beta, "pick_beta should return the beta of one of the runs, and returns %.6g" % picked)
    truthy(
        by_beta[picked] > people[best] - 0.3,
        "you would deploy beta = %.6g, which people rate %.3g; the best run has %.3g" % (picked, by_beta[picked], people[best]),
        table(runs),
    )
    lab.metric("people_reference", start)
    lab.metric("people_best", people[best])
    lab.metric("people_no_penalty", people[-1])
    lab.metric("people_no_penalty_minus_reference", people[-1] - start)
    lab.metric("proxy_best", proxy[best])
    lab.metric("proxy_no_penalty", proxy[-1])
    lab.metric("beta_deployed", picked)
    lab.metric("same_token_share_reference", sweep["same"])
    lab.metric("same_token_share_no_penalty", runs[-1]["same"])
