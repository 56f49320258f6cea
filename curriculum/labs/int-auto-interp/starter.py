"""Automated interpretability with rules. README.md beside this file explains each step; write the functions in this
order.

A text is a str of lower-case words with single spaces. A rule is a tuple:

    ("word", w)      one of the words is w
    ("prefix", p)    one of the words begins with p
    ("suffix", s)    one of the words ends with s
    ("topic", name)  one of the words is in topics[name] of toy_neurons.py
    ("or", a, b)     the rule a or the rule b holds

texts: list of N str. acts: (N,) float64, the activation of one neuron on each text. rules: list of rules.
`toy_neurons.py` beside this file has texts and rules to play with. None of the functions may change its inputs.
"""

import numpy as np

from toy_neurons import topics


def top_examples(acts, texts, k):
    """The k texts on which the neuron is most active, the most active first; of equal ones the earlier first.

    Returns a list of k str.
    """
    raise NotImplementedError("top_examples")


def simulate(rule, texts):
    """What a neuron would do that is exactly the rule: 1.0 where the rule holds, 0.0 elsewhere. Returns (N,) float64."""
    raise NotImplementedError("simulate")


def score(sim, acts):
    """How well a simulation predicts the activations: the correlation coefficient (Pearson), -1 to 1.

    sim, acts: (N,). If either is the same throughout, there is nothing to predict or nothing is predicted: 0.0.
    Returns a float.
    """
    raise NotImplementedError("score")


def propose(texts, acts, rules):
    """The rule that explains best: the highest score on these texts.

    Scores within 1e-9 of each other count as equal; of equal rules the one with the fewest simple parts is taken
    ("or" counts the parts of both sides), then the earliest in the list. Returns the rule, or None if no rule has a
    score above 1e-9.
    """
    raise NotImplementedError("propose")


def evaluate(neuron):
    """Explains a neuron from a few examples, and scores the explanation twice.

    neuron: a dict with "texts", "acts", "held_out_texts", "held_out_acts", "rules", and "k", at most half the number
    of texts. The rule is proposed from 2 k texts: the k top examples and the k texts of lowest activation (of equal
    ones the earlier). Texts are all different. Returns a dict: "rule" (or None), "top_score", its score on the very
    texts it was proposed from, and "random_score", its score on all held-out texts; both 0.0 without a rule.
    """
    raise NotImplementedError("evaluate")


def split_polysemantic(acts, texts, rules, least=0.5):
    """Explains a neuron that answers to several things, one after the other.

    Propose a rule from all texts; keep it if its score is at least `least`. Then leave out the texts on which it
    holds, and propose again from the rest, and so on, until there is no rule or its score on the texts that are left
    is below `least`. Returns the list of rules kept, in the order in which they were found: [] for a neuron that
    nothing explains.
    """
    raise NotImplementedError("split_polysemantic")
