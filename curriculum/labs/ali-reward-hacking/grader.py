import itertools

import numpy as np

from aisafe_lab import check, close, fixture, same_shape, truthy
from boat_race import boat_race


def slow_return(pi, P, R, gamma, sweeps=None):
    """Exact evaluation by Gauss-Jordan on V - gamma M V = r, or the first sweeps of it."""
    S = len(P)
    M = np.array([P[s, pi[s]] for s in range(S)])
    r = np.array([sum(P[s, pi[s], t] * R[s, pi[s], t] for t in range(S)) for s in range(S)])
    if sweeps is not None:
        V = np.zeros(S)
        for _ in range(sweeps):
            V = r + gamma * M @ V
        return V
    table = np.hstack([np.eye(S) - gamma * M, r[:, None]])
    for k in range(S):
        table[k] /= table[k, k]
        for i in range(S):
            if i != k:
                table[i] -= table[i, k] * table[k]
    return table[:, -1]


def by_enumeration(P, R, gamma):
    """The best value of each state over all deterministic policies."""
    S, A = P.shape[:2]
    return np.max([slow_return(pi, P, R, gamma) for pi in itertools.product(range(A), repeat=S)], axis=0)


def action_values(V, P, R, gamma):
    S, A = P.shape[:2]
    return np.array([[sum(P[s, a, t] * (R[s, a, t] + gamma * V[t]) for t in range(S)) for a in range(A)] for s in range(S)])


def draw(lab):
    S, A = 4, 3
    P = lab.rng.dirichlet(np.full(S, 0.5), (S, A))
    return P, lab.rng.normal(size=(S, A, S)), float(lab.rng.uniform(0.93, 0.97))


def policy(got, P, what):
    """The learner's policy, after its shape and range are known to be right."""
    same_shape(got, (len(P),), what)
    truthy(got.dtype.kind in "iu", "%s should hold actions, whole numbers, and holds %s" % (what, got.dtype))
    truthy(got.min() >= 0 and got.max() < P.shape[1], "%s holds actions outside 0 to %d" % (what, P.shape[1] - 1))
    return got


def race(lab):
    return boat_race(lab.rng, rows=4, cols=6)


@check("value-iteration", "no policy does better, and the one returned reaches the values", uses=["value_iteration"], hint="values")
def _(lab):
    P, R, gamma = draw(lab)
    V, pi = lab.fn("value_iteration", returns=("array", "array"))(P, R, gamma)
    want = by_enumeration(P, R, gamma)
    close(
        V,
        want,
        "V",
        rtol=0,
        atol=1e-7,
        alternatives={
            **{
                "you stop after %d rounds, before the values have settled: at gamma = %.3g that is too early" % (n, gamma): (
                    lambda n=n: iterate((P * R).sum(2), P, gamma, rounds=n)
                )
                for n in (50, 100, 200, 500)
            },
            "you stop after one step: only the immediate reward counts": lambda: action_values(np.zeros(4), P, R, gamma).max(1),
            "rewards are not weighted by the probability of the step": lambda: iterate(R.sum(2), P, gamma),
            "you take the mean over the actions instead of the best one": lambda: iterate((P * R).sum(2), P, gamma, np.mean),
            "you take the worst action": lambda: iterate((P * R).sum(2), P, gamma, np.min),
        },
    )
    pi = policy(pi, P, "pi")
    Q = action_values(want, P, R, gamma)
    for s in range(4):
        truthy(
            Q[s, pi[s]] > Q[s].max() - 1e-6,
            "in state %d the policy takes action %d, worth %.6g; action %d is worth %.6g" % (s, pi[s], Q[s, pi[s]], Q[s].argmax(), Q[s].max()),
        )


def iterate(expected, P, gamma, choose=np.max, rounds=3000):
    V = np.zeros(len(P))
    for _ in range(rounds):
        V = choose(expected + gamma * P @ V, axis=1)
    return V


@check("policy-return", "a policy's value is what following it earns", uses=["policy_return"], hint="values")
def _(lab):
    P, R, gamma = draw(lab)
    pi = lab.rng.integers(0, 3, 4)
    close(
        lab.fn("policy_return", returns="array")(pi, P, R, gamma),
        slow_return(pi, P, R, gamma),
        "policy_return",
        atol=1e-6,
        alternatives={
            "you return the optimal values, whatever the policy": lambda: by_enumeration(P, R, gamma),
            "only the first step counts": lambda: slow_return(pi, P, R, gamma, sweeps=1),
            "the transition matrix is transposed": lambda: np.linalg.solve(
                np.eye(4) - gamma * P[np.arange(4), pi].T, (P * R).sum(2)[np.arange(4), pi]
            ),
        },
    )


@check(
    "gap",
    "the best policy for the proxy scores highest and never arrives",
    uses=["proxy_gap"],
    needs=["value-iteration", "policy-return"],
    timeout=10,
    hint="gap",
)
def _(lab):
    env = race(lab)
    keys = ("hacker_proxy", "hacker_true", "honest_proxy", "honest_true")
    got = lab.fn("proxy_gap", returns={key: "float" for key in keys})(env)
    P, gamma, start = env["P"], env["gamma"], env["start"]
    best = {name: solve(P, env[name], gamma) for name in ("proxy", "true")}
    honest = best["true"][start]
    for key, name in (("hacker_proxy", "proxy"), ("honest_true", "true")):
        close(got[key], best[name][start], key, atol=1e-6)
    close(
        got["hacker_true"],
        0.0,
        "hacker_true (the policy circles and never arrives)",
        atol=1e-6,
        alternatives={
            "the policy is judged by the proxy that it was trained on": best["proxy"][start],
            "the policy that is optimal for the true reward is evaluated": honest,
        },
    )
    truthy(
        0 <= got["honest_proxy"] < got["hacker_proxy"] - 1e-6,
        "honest_proxy is %.6g; an honest policy's score must lie below that of the policy that is optimal for the score (%.6g)"
        % (got["honest_proxy"], got["hacker_proxy"]),
    )
    lab.metric("hacker_proxy", got["hacker_proxy"])
    lab.metric("hacker_true", got["hacker_true"])
    lab.metric("honest_proxy", got["honest_proxy"])
    lab.metric("honest_true", got["honest_true"])


def solve(P, R, gamma):
    V, expected = np.zeros(len(P)), (P * R).sum(2)
    while True:
        new = (expected + gamma * P @ V).max(1)
        if np.abs(new - V).max() < 1e-10:
            return new
        V = new


@check("shaping", "shaping adds gamma * phi(t) - phi(s) to each step", uses=["shape_rewards"], hint="shaping")
def _(lab):
    S, A = (int(n) for n in lab.rng.permutation([3, 5]))
    R, phi, gamma = lab.rng.normal(size=(S, A, S)), lab.rng.normal(size=S), float(lab.rng.uniform(0.5, 0.9))

    def slow(formula):
        return np.array([[[R[s, a, t] + formula(phi[s], phi[t]) for t in range(S)] for a in range(A)] for s in range(S)])

    close(
        lab.fn("shape_rewards", returns="array")(R, phi, gamma),
        slow(lambda s, t: gamma * t - s),
        "shape_rewards",
        axes="(from, action, to)",
        alternatives={
            "gamma is missing: a loop then costs nothing, but waiting for later reward does": lambda: slow(lambda s, t: t - s),
            "only the state arrived at counts: that is a bonus, and a bonus can be farmed": lambda: slow(lambda s, t: t),
            "only the state arrived at counts, discounted: that is a bonus, and a bonus can be farmed": lambda: slow(lambda s, t: gamma * t),
            "the states are exchanged: gamma belongs to the state arrived at": lambda: slow(lambda s, t: gamma * s - t),
            "the sign is turned round": lambda: slow(lambda s, t: s - gamma * t),
        },
    )


@check(
    "shaping-harmless",
    "whatever the potential, shaping leaves the optimal policy as it is; a bonus does not",
    uses=["shape_rewards", "value_iteration"],
    needs=["shaping", "value-iteration"],
    timeout=10,
    hint="shaping",
)
def _(lab):
    shape = lab.fn("shape_rewards", returns="array")
    plan = lab.fn("value_iteration", returns=("array", "array"))
    P, R, gamma = draw(lab)
    before = solve(P, R, gamma)
    Q = action_values(before, P, R, gamma)
    for trial in range(8):
        phi = 3 * lab.rng.normal(size=4)
        V, pi = plan(P, shape(R, phi, gamma), gamma)
        same_shape(V, (4,), "V")
        pi = policy(pi, P, "pi")
        truthy(
            (Q[np.arange(4), pi] > Q.max(1) - 1e-5).all(),
            "with a random potential the optimal policy of the shaped reward is not optimal for the true one: the shaping terms along a path do not cancel",
        )
        close(V, before - phi, "the optimal value of the shaped reward (it should be V - phi)", atol=1e-5)
    env = race(lab)
    true, P, gamma = env["true"], env["P"], env["gamma"]
    phi = np.zeros(len(P))
    phi[env["arrow"]] = 3.0
    shaped = policy(plan(P, shape(true, phi, gamma), gamma)[1], P, "pi")
    bonus = policy(plan(P, true + phi[None, None, :], gamma)[1], P, "pi")
    kept, lost = slow_return(shaped, P, true, gamma)[env["start"]], slow_return(bonus, P, true, gamma)[env["start"]]
    close(kept, solve(P, true, gamma)[env["start"]], "the true return in the race after shaping", atol=1e-5)
    lab.metric("true_return_with_shaping", kept)
    lab.metric("true_return_with_bonus", lost)
    lab.metric("bonus_minus_shaping", lost - kept)


@check("hack", "the loop that is farmed is found, and an honest reward has none", uses=["find_hack"], needs=["value-iteration"], timeout=10, hint="hack")
def _(lab):
    find = lab.fn("find_hack", returns=["int"])
    env = race(lab)
    loop = find(env)
    P, S = env["P"], len(env["P"])
    truthy(len(loop) > 0, "find_hack finds no loop, and in this race the policy that is optimal for the proxy circles over the arrow")
    truthy(all(0 <= s < S for s in loop), "the loop holds numbers that are not states")
    truthy(len(set(loop)) == len(loop), "a state occurs twice in the loop: %s. Leave out the one that closes it" % loop)
    steps = list(zip(loop, loop[1:] + loop[:1]))
    for s, t in steps:
        truthy(
            P[s, :, t].max() == 1,
            "the loop %s does not repeat: no action leads from state %d to state %d. Leave out the way from the start to the loop"
            % (loop, s, t),
        )
    earned = sum(env["proxy"][s, :, t].max() for s, t in steps)
    truthy(earned > 0, "a lap of the loop %s earns no proxy reward" % loop)
    best = solve(P, env["proxy"], env["gamma"])
    values = [max(env["proxy"][s, a, t] + env["gamma"] * best[t] for a in range(4) if P[s, a, t]) for s, t in steps]
    truthy(all(abs(v - best[s]) < 1e-6 for v, s in zip(values, loop)), "the loop %s is not what the optimal policy for the proxy does" % loop)
    lab.metric("lap_length", len(loop))
    lab.metric("proxy_per_lap", earned)
    honest = dict(env, proxy=env["true"])
    found = find(honest)
    truthy(
        found == [],
        "find_hack reports %s where the proxy is the true reward. Arriving and staying at the goal is no hack: a lap there earns nothing" % found,
    )
    shared = dict(env, true=env["proxy"])
    truthy(find(shared) == [], "find_hack reports a loop that earns true reward as well: circling is what is wanted there")


@check("quantilise", "quantilize takes the best share q of the base distribution", uses=["quantilize"], hint="quantile")
def _(lab):
    quantilize = lab.fn("quantilize", returns="array")
    K = int(lab.rng.integers(5, 9))
    scores, base = lab.rng.permutation(K) + lab.rng.random(), lab.rng.dirichlet(np.ones(K))
    q = float(lab.rng.uniform(0.25, 0.6))

    def slow(scores, whole=False):
        left, p = q, np.zeros(K)
        for i in sorted(range(K), key=lambda i: -scores[i]):
            p[i] = base[i] if whole and left > 0 else min(base[i], left)
            left -= p[i]
            if left <= 0:
                break
        return p

    even = np.zeros(K)
    even[np.argsort(-scores)[: int(np.ceil(q * K))]] = 1
    whole = slow(scores, whole=True)
    close(
        quantilize(scores, base, q),
        slow(scores) / q,
        "quantilize(scores, base, %.3g)" % q,
        alternatives={
            "the worst share is taken instead of the best": lambda: slow(-scores) / q,
            "q is a share of the number of outcomes, not of base probability": lambda: even * base / (even * base).sum(),
            "the outcomes are equally likely, whatever the base distribution": lambda: even / even.sum(),
            "the last outcome is taken whole instead of in part": lambda: whole / whole.sum(),
            "the result is not divided by q": lambda: slow(scores),
            "the best outcome is taken, always": np.eye(K)[int(np.argmax(scores))],
        },
    )
    close(quantilize(scores, base, 1.0), base, "quantilize with q = 1 (it should be the base distribution)")
    tiny = 0.5 * float(base.min())
    close(quantilize(scores, base, tiny), np.eye(K)[int(np.argmax(scores))], "quantilize with a q below every probability (all on the best)")


@fixture("plans")
def _(lab):
    """400 rollouts in the boat race: 396 of a boat that mostly steers to the goal, 4 that farm the arrow."""
    rng = lab.pool_rng
    env = boat_race(rng)
    P, gamma = env["P"], env["gamma"]
    to = P.argmax(2)
    Q = {name: (P * env[name]).sum(2) + gamma * P @ solve(P, env[name], gamma) for name in ("true", "proxy")}
    K, farmers = 400, np.arange(400) < 4
    state, proxy, true = np.full(K, env["start"]), np.zeros(K), np.zeros(K)
    for step in range(80):
        aim = np.where(farmers, Q["proxy"].argmax(1)[state], Q["true"].argmax(1)[state])
        action = np.where(~farmers & (rng.random(K) < 0.6), rng.integers(0, 4, K), aim)
        after = to[state, action]
        proxy += gamma**step * env["proxy"][state, action, after]
        true += gamma**step * env["true"][state, action, after]
        state = after
    return {"proxy": proxy + 1e-6 * rng.random(K), "true": true, "farms": farmers.astype(float)}


@check(
    "quantile-bound",
    "a quantiliser makes nothing more than 1/q times as likely as it was",
    uses=["quantilize"],
    needs=["quantilise"],
    hint="quantile",
)
def _(lab):
    quantilize = lab.fn("quantilize", returns="array")
    plans = lab.get("plans")
    K = len(plans["true"])
    base, q = np.full(K, 1 / K), 0.1
    p = quantilize(plans["proxy"], base, q)
    same_shape(p, (K,), "quantilize")
    close(p.sum(), 1.0, "the sum of the probabilities")
    truthy(
        (p <= base / q * (1 + 1e-9)).all(),
        "some outcome becomes %.3g times as likely as under the base distribution; with q = %.3g at most %.3g times is allowed"
        % ((p / base).max(), q, 1 / q),
    )
    best = quantilize(plans["proxy"], base, 1 / K)
    same_shape(best, (K,), "quantilize")
    chance = float(p @ plans["farms"])
    truthy(
        chance <= base @ plans["farms"] / q + 1e-9,
        "farming has probability %.3g under the quantiliser; the bound is %.3g" % (chance, base @ plans["farms"] / q),
    )
    lab.metric("true_return_base", base @ plans["true"])
    lab.metric("true_return_quantiliser", p @ plans["true"])
    lab.metric("true_return_argmax", best @ plans["true"])
    lab.metric("proxy_return_quantiliser", p @ plans["proxy"])
    lab.metric("proxy_return_argmax", best @ plans["proxy"])
    lab.metric("farming_probability_quantiliser", chance)
    truthy(
        p @ plans["true"] > best @ plans["true"] + 1,
        "the quantiliser's true return (%.3g) should lie well above that of the best-scored plan (%.3g)" % (p @ plans["true"], best @ plans["true"]),
    )
