"""Reward hacking, found and repaired: one possible solution."""

import numpy as np


def value_iteration(P, R, gamma):
    expected = (P * R).sum(axis=2)
    V = np.zeros(len(P))
    while True:
        Q = expected + gamma * P @ V
        new = Q.max(axis=1)
        if np.abs(new - V).max() < 1e-9 * (1 - gamma):
            return new, Q.argmax(axis=1)
        V = new


def policy_return(pi, P, R, gamma):
    states = np.arange(len(P))
    M = P[states, pi]
    r = (M * R[states, pi]).sum(axis=1)
    return np.linalg.solve(np.eye(len(P)) - gamma * M, r)


def proxy_gap(env):
    gap = {}
    for name, reward in (("hacker", "proxy"), ("honest", "true")):
        _, pi = value_iteration(env["P"], env[reward], env["gamma"])
        for measure in ("proxy", "true"):
            gap[name + "_" + measure] = float(policy_return(pi, env["P"], env[measure], env["gamma"])[env["start"]])
    return gap


def shape_rewards(R, phi, gamma):
    return R + gamma * phi[None, None, :] - phi[:, None, None]


def quantilize(scores, base, q):
    order = np.argsort(-scores)
    taken_before = np.cumsum(base[order]) - base[order]
    p = np.zeros(len(base))
    p[order] = np.clip(q - taken_before, 0, base[order]) / q
    return p


def find_hack(env):
    _, pi = value_iteration(env["P"], env["proxy"], env["gamma"])
    path, state = [], env["start"]
    while state not in path:
        path.append(state)
        state = int(env["P"][state, pi[state]].argmax())
    loop = path[path.index(state) :]
    steps = list(zip(loop, loop[1:] + loop[:1]))
    proxy = sum(env["proxy"][s, pi[s], t] for s, t in steps)
    true = sum(env["true"][s, pi[s], t] for s, t in steps)
    return loop if proxy > 1e-9 and abs(true) < 1e-9 else []
