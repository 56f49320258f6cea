"""Debate: a judge that can check one number.

README.md beside this file explains each step; write the functions in this order.

values: (n,) ints, n a power of two. The judge cannot add them up; it has an oracle that tells single values: oracle(i)
-> int.
A claim is a tuple (lo, hi, total) of ints: "the values lo, lo + 1, ..., hi - 1 sum to total". Its halves are the claims
about [lo, mid) and [mid, hi) with mid = (lo + hi) // 2.
A debater is a function: claim -> (left, right), the two half claims with which it defends the claim.
A transcript is the list of one debater's rounds, in order; a round is a dict {"claim": claim, "halves": (left, right)}.
None of the functions may change its inputs.
"""

from math import comb

import numpy as np


def honest_split(values, claim):
    """What an honest debater answers: (left, right), the halves of the claim's interval with their true sums.

    values: (n,) int array. claim: (lo, hi, total) with hi - lo >= 2. Returns two tuples of ints, whatever `total` says.
    """
    raise NotImplementedError("honest_split")


def find_lie(transcript):
    """The index of the first round of one debater that is wrong on its face, or None.

    A round is wrong on its face when its halves are not about exactly [lo, mid) and [mid, hi), or their totals do not
    add up to the claim's total, or (from the second round on) its claim is not one of the two halves of the round before.
    """
    raise NotImplementedError("find_lie")


def run_debate(a, b, totals, n):
    """Lets two debaters narrow down what they disagree about.

    a, b: debaters. totals: (total_a, total_b), ints: what each says about the sum of all n values.
    In each round both split their own claim about the interval in dispute, [0, n) at first. A debater caught by find_lie
    ends the debate after that round. Otherwise the debate goes into the first half (left before right) about which
    their totals differ, and so on until the interval has one value. If totals are equal, there is no dispute and no
    round.
    Returns a dict: "a", "b" the transcripts, and "last" (claim_a, claim_b), the claims of both about the last interval
    in dispute (that of one value, or the one whose split ended the debate; with equal totals the two equal claims about
    [0, n)).
    """
    raise NotImplementedError("run_debate")


def noisy_judge(eps, rounds):
    """The probability that the majority of `rounds` independent answers is right, each being wrong with probability eps.

    eps: float from 0 to 1. rounds: int >= 1. When right and wrong answers are equally many, a coin decides. Returns a
    float.
    """
    raise NotImplementedError("noisy_judge")


def judge(debate, oracle, budget):
    """Who is right? Returns "a", "b" or "neither".

    debate: what run_debate returns. oracle: i -> value, possibly wrong at times. budget: int >= 1, the most calls
    allowed.
    If find_lie catches exactly one debater, the other wins, without a call. If it catches both: "neither". If the last
    claims are equal, or are about more than one value: "neither", without a call. Otherwise the oracle is asked about
    that one value, the largest odd number of times within the budget; the debater whose last total equals more of the
    answers wins, "neither" when equally many (none, for instance).
    """
    raise NotImplementedError("judge")


def consultancy(claims, oracle, budget, rng):
    """The baseline: one adviser, nobody to contradict.

    claims: (n,) ints, the adviser's statement of every value. oracle as above, always right here. budget: int <= n.
    rng: Generator.
    The judge checks `budget` different values, drawn at random. Returns True (believes the adviser) when all agree.
    """
    raise NotImplementedError("consultancy")
