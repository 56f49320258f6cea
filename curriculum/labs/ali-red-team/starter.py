"""Red-teaming a toy filter, and hardening it. README.md beside this file explains each step; write the functions in
this order.

A prompt is a str. A filter is a function from a prompt to True (it refuses) or False. `toy_filter.py` beside this
file holds the made-up word `secret`, the dict `disguises` and the filter under attack. A judge is a function from a
prompt to True when a person would still understand that it is about the secret. None of the functions may change its
inputs.
"""

import re
import unicodedata

import numpy as np

from toy_filter import disguises, secret


def mutate(prompt, op, rng):
    """The prompt with every occurrence of the secret replaced by disguises[op](secret, rng), and nothing else changed.

    op: a key of disguises. rng: a NumPy Generator. Returns a str.
    """
    raise NotImplementedError("mutate")


def attack_search(target, seeds, budget, rng):
    """Looks for prompts that get past a filter and still mean the same.

    target: an object with two methods: target.refuses(prompt) asks the filter and costs one query, at most `budget`
    of which are allowed in all; target.judge(prompt) asks a person and is free. seeds: list of str, plain prompts
    with the secret in them. budget: int, 200 when it is graded on how much it finds. rng: a NumPy Generator. Returns
    a list of different prompts (str), each made by `mutate` from a seed, let through by the filter when you asked,
    and understood by the judge. A filter may let one variant of a disguise through and stop another, so try each more
    than once.
    """
    raise NotImplementedError("attack_search")


def family_of(attack):
    """Which disguise a prompt wears: a str. The first rule that applies, where "in the prompt" means anywhere in it:

    "accents": a character above code 127. "reverse": the secret spelt backwards. "leet": a digit 0 to 9. "spaces":
    the letters of the secret, in order, with one space between each. "dots": the same with one ".", "-" or "_"
    between each, all of one kind. "double": the letters of the secret in order, each twice or more. "case": the
    secret in any mixture of upper and lower case, with at least one upper. Otherwise "none". The rules from "reverse"
    to "double" are for lower case.
    """
    raise NotImplementedError("family_of")


def split_by_family(attacks, test_families):
    """Attacks to learn from and attacks to test with, no family on both sides.

    attacks: list of str. test_families: set of names. Returns (train, test), two lists in the original order: test
    holds the attacks whose family is in test_families, train the others.
    """
    raise NotImplementedError("split_by_family")


def attack_success_rate(refuses, judge, attacks):
    """The share of attacks that get through, with a 95 % Wilson interval.

    refuses: a filter. judge: a judge. attacks: list of str. The same prompt several times counts once; prompts that
    the judge does not understand do not count at all. Of the n that remain, k are not refused. Returns (rate, low,
    high): rate = k / n, and the two solutions p of (rate - p)**2 = z**2 * p * (1 - p) / n with z = 1.96. For n = 0:
    (0.0, 0.0, 1.0).
    """
    raise NotImplementedError("attack_success_rate")


def over_refusal(refuses, benign):
    """The share of harmless prompts that a filter refuses, 0 to 1. benign: list of str, not empty. Returns a float."""
    raise NotImplementedError("over_refusal")


def normalise(text):
    """A text with common disguises taken off. In this order:

    1. Unicode NFKD; combining characters (unicodedata.combining) are dropped. 2. Lower case. 3. The digits 0 1 3 4 5
    7 become o l e a s t. 4. Runs of white space become one space; none at the ends. 5. A letter a to z repeated
    becomes one: "committee" becomes "comite". 6. Two or more letters a to z that stand alone, with exactly one space,
    ".", "-" or "_" between neighbours, are joined: "say v e l" and "say v-e-l" become "say vel". A letter stands
    alone when no letter a to z touches it. 7. Step 5 again. Returns a str; normalise(normalise(text)) is
    normalise(text).
    """
    raise NotImplementedError("normalise")


def harden(train, attacks):
    """A better filter, learnt from examples.

    train: list of (prompt, label), label True for what is to be refused. attacks: list of prompts that got past the
    old filter and are to be refused. How the filter decides is yours: for instance by words that occur, after
    normalising, in at least one in twenty of the texts to be refused and in none of the harmless ones. It must not
    know the secret in any other way than from its arguments. It is tested on families of attacks that it has not
    seen, and on harmless prompts that it has not seen (at most 5 % refused). Returns a filter: a function from a
    prompt to True or False.
    """
    raise NotImplementedError("harden")
