"""Trusted monitoring under an audit budget.

README.md beside this file explains each step; write the functions in this order.

A trusted monitor gives every output of an untrusted model a suspicion score (higher is more suspicious). Scores are
numbers on a coarse scale, so equal scores are common. An audited output is replaced by one of the trusted model, and an
attack in it comes to nothing. A budget is the share of honest outputs that may be audited, between 0 and 1.

A protocol is a dict:
  "budget"             float
  "honest_scores"      (n,) scores of outputs known to be honest
  "untrusted_quality"  (n,) quality of these outputs
  "trusted_quality"    (n,) quality of what the trusted model would have written instead
An attack policy is a dict:
  "scores"    (m,) scores that outputs of this attack get; each attempt gets one of them, all equally likely
  "attempts"  int >= 1: how many outputs the attack needs; it succeeds only if none of them is audited
None of the functions may change its inputs.
"""

import numpy as np


def catch_probability(q, attempts):
    """The probability that at least one of `attempts` independent attempts is caught, each with probability q.

    q: float from 0 to 1. attempts: int >= 0. Returns a float; 0 for no attempts.
    """
    raise NotImplementedError("catch_probability")


def threshold_for_budget(scores, budget):
    """The rule that spends exactly the budget on the highest scores.

    scores: (n,) scores of honest outputs, often equal. budget: float from 0 to 1.
    The rule: audit every score above `threshold`, and each score equal to it with probability `tie_share`.
    Returns (threshold, tie_share), floats: threshold is the largest value among the scores for which the share of scores
    at or above it is at least `budget`; tie_share, from 0 to 1, makes the expected share of audited scores equal to
    `budget`.
    Budget 0 audits nothing (largest score, tie_share 0), budget 1 everything (smallest score, tie_share 1).
    """
    raise NotImplementedError("threshold_for_budget")


def audit_probability(scores, threshold, tie_share):
    """The probability with which each score is audited under the rule above: (n,) scores -> (n,) floats."""
    raise NotImplementedError("audit_probability")


def trusted_monitoring(tasks, budget, rng):
    """Runs the protocol once.

    tasks: dict with "calibration_scores" (c,), scores of outputs known to be honest and written earlier; and for
      today's n outputs "scores" (n,), "is_attack" (n,) bool, "untrusted_quality" (n,), "trusted_quality" (n,).
    budget: float. rng: np.random.Generator, for the coin at equal scores.
    The rule is set on the calibration scores only; the protocol does not know which outputs are attacks.
    Returns a dict: "audited" (n,) bool, "quality" (n,) the quality of what is shipped (the trusted model's where audited,
    the untrusted model's elsewhere), "escaped" int, the number of attacks that were not audited.
    """
    raise NotImplementedError("trusted_monitoring")


def usefulness(protocol):
    """The expected quality of what is shipped when the untrusted model is honest, averaged over the n outputs: a float.

    The expectation is over the coin at equal scores: compute it, do not draw it.
    """
    raise NotImplementedError("usefulness")


def safety(attack_policy, protocol):
    """The probability that the attack is caught at least once: a float, computed and not drawn.

    The rule is set on the protocol's honest scores. The attempts get their scores independently of each other.
    """
    raise NotImplementedError("safety")


def best_response(monitor, protocol):
    """The option that an attacker who knows the protocol would take.

    monitor: dict name -> attack policy, with the scores that the monitor gives to each.
    Returns (name, safety): the option with the lowest safety, the first one in the dict among equals.
    """
    raise NotImplementedError("best_response")


def evaluate_protocol(monitor, protocol):
    """What to report about a protocol.

    Returns a dict: "safety" float, against the attacker's best response; "usefulness" float; "attack" str, the name of
    that response.
    """
    raise NotImplementedError("evaluate_protocol")


def pareto(protocols):
    """Which protocols are worth considering.

    protocols: list of dicts with the floats "safety" and "usefulness".
    Returns the list of indices, ascending, of those that no other dominates: q dominates p when q is at least as good in
    both numbers and better in at least one. Of two equal protocols neither dominates the other.
    """
    raise NotImplementedError("pareto")
