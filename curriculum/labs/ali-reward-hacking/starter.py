"""Reward hacking, found and repaired. README.md beside this file explains each step; write the functions in this order.

A world has S states and A actions. P: (S, A, S), P[s, a, t] the probability of getting from s to t by action a. R:
(S, A, S), the reward of that step. gamma: the discount, between 0 and 1 (excluded). A policy is an array of S ints,
one action for each state. `boat_race.py` beside this file makes the world of the later functions. None of the
functions may change its inputs.
"""

import numpy as np


def value_iteration(P, R, gamma):
    """The optimal values and a policy that reaches them.

    Returns (V, pi). V: (S,), the largest expected discounted return from each state, to within 1e-8. pi: (S,) int, an
    action that is best under V; any of several equally good ones.
    """
    raise NotImplementedError("value_iteration")


def policy_return(pi, P, R, gamma):
    """The expected discounted return of following pi, from each state: (S,).

    pi: (S,) int. Exact to 1e-8, for instance by solving V = r + gamma * M V for V.
    """
    raise NotImplementedError("policy_return")


def proxy_gap(env):
    """What the best policy for the proxy earns, and what the best policy for the true reward earns, each by both
    measures.

    env: a dict with "P", "true" and "proxy" (rewards), "gamma" and "start" (a state). Returns a dict of four floats,
    all discounted returns from env["start"]: "hacker_proxy", "hacker_true" for the policy that is optimal for the
    proxy, and "honest_proxy", "honest_true" for the policy that is optimal for the true reward.
    """
    raise NotImplementedError("proxy_gap")


def shape_rewards(R, phi, gamma):
    """Potential-based shaping: to the reward of each step from s to t, gamma * phi[t] - phi[s] is added.

    R: (S, A, S). phi: (S,). Returns (S, A, S).
    """
    raise NotImplementedError("shape_rewards")


def quantilize(scores, base, q):
    """Do not take the best outcome; take a random one among the best share q of what the base distribution does.

    scores: (K,), all different. base: (K,), probabilities, summing to 1. q: float, 0 < q <= 1. Outcomes are taken in
    the order of falling score, each with its whole base probability, until q is used up; the last one is taken in
    part. Divided by q, these are the probabilities of the result, (K,), summing to 1.
    """
    raise NotImplementedError("quantilize")


def find_hack(env):
    """The loop in which the policy that is optimal for the proxy farms its reward.

    env as in proxy_gap; every P is 0 or 1. Follow the policy from env["start"] until a state comes a second time. The
    states from its first visit on, each once and in the order of visit, are the loop. Returns it as a list of ints if
    one lap earns proxy reward (in total more than 1e-9, undiscounted) and no true reward (less than 1e-9 in size);
    otherwise [].
    """
    raise NotImplementedError("find_hack")
