"""Debate: one possible solution."""

from math import comb

import numpy as np


def honest_split(values, claim):
    lo, hi, _ = claim
    mid = (lo + hi) // 2
    return (lo, mid, int(values[lo:mid].sum())), (mid, hi, int(values[mid:hi].sum()))


def find_lie(transcript):
    for i, turn in enumerate(transcript):
        lo, hi, total = turn["claim"]
        left, right = turn["halves"]
        mid = (lo + hi) // 2
        fits = (left[:2], right[:2]) == ((lo, mid), (mid, hi))
        adds_up = left[2] + right[2] == total
        follows = i == 0 or turn["claim"] in transcript[i - 1]["halves"]
        if not (fits and adds_up and follows):
            return i
    return None


def run_debate(a, b, totals, n):
    claims = [(0, n, totals[0]), (0, n, totals[1])]
    debate = {"a": [], "b": []}
    while claims[0] != claims[1] and claims[0][1] - claims[0][0] > 1:
        halves = [a(claims[0]), b(claims[1])]
        debate["a"].append({"claim": claims[0], "halves": halves[0]})
        debate["b"].append({"claim": claims[1], "halves": halves[1]})
        if find_lie(debate["a"]) is not None or find_lie(debate["b"]) is not None:
            break
        side = 0 if halves[0][0] != halves[1][0] else 1
        claims = [halves[0][side], halves[1][side]]
    debate["last"] = (claims[0], claims[1])
    return debate


def noisy_judge(eps, rounds):
    total = 0.0
    for right in range(rounds + 1):
        weight = 1.0 if 2 * right > rounds else 0.5 if 2 * right == rounds else 0.0
        total += weight * comb(rounds, right) * (1 - eps) ** right * eps ** (rounds - right)
    return total


def judge(debate, oracle, budget):
    caught = [find_lie(debate[name]) is not None for name in ("a", "b")]
    if caught[0] or caught[1]:
        return "neither" if caught[0] and caught[1] else "b" if caught[0] else "a"
    (lo, hi, total_a), (_, _, total_b) = debate["last"]
    if total_a == total_b or hi - lo > 1:
        return "neither"
    answers = [oracle(lo) for _ in range(budget if budget % 2 else budget - 1)]
    for_a, for_b = answers.count(total_a), answers.count(total_b)
    return "neither" if for_a == for_b else "a" if for_a > for_b else "b"


def consultancy(claims, oracle, budget, rng):
    places = rng.choice(len(claims), budget, replace=False)
    return all(oracle(int(i)) == claims[i] for i in places)
