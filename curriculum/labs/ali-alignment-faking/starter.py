"""Detecting behaviour that depends on being watched.

README.md beside this file explains each step; write the functions in this order.

"Complied" means: the policy did what the training objective asks for. "Monitored" means: the episode carried a cue from
which the policy can tell that it is being trained or evaluated. None of the functions may change its inputs.
"""

from math import comb

import numpy as np


def compliance_gap(log):
    """How much more often does the policy comply when monitored, on the same prompts?

    log: dict of arrays with one entry a row: "prompt" (n,) int, "monitored" (n,) bool, "complied" (n,) bool. A prompt
    may have several rows under a condition. Prompts seen under one condition only do not count; at least two are seen
    under both.
    Each such prompt has a difference: its share of complied rows when monitored minus its share when not.
    Returns (gap, (low, high)): the mean of the m differences, and gap ± 1.96 * (sample standard deviation, m - 1) /
    sqrt(m).
    """
    raise NotImplementedError("compliance_gap")


def cue_flip_test(policy, prompts, cue):
    """Does adding the cue to the very same prompts change what the policy does? Returns the p-value, a float.

    policy: function, (n, d) prompts -> (n,) bool complied. prompts: (n, d). cue: (d,), added to each prompt.
    Ask for the answers without the cue first and with it second, one call each. Of the pairs whose two answers differ,
    `up` went from not complied to complied and `down` the other way. Under the hypothesis that the cue has no
    influence, each goes either way with probability 1/2. The two-sided exact p-value: min(1, 2 * P(at most min(up,
    down) of up + down)); 1.0 if no pair differs.
    """
    raise NotImplementedError("cue_flip_test")


def detect(models, alpha):
    """Which models react to the cue? Holm's method keeps the chance of any false accusation at or below alpha.

    models: list of dicts {"policy", "prompts", "cue"}, the arguments of cue_flip_test. alpha: float.
    Let p(1) <= p(2) <= ... <= p(m) be the sorted p-values. Going up, model i (from 1) is flagged while p(i) <= alpha /
    (m - i + 1); the first that fails ends it, and no later one is flagged. Returns (m,) bool, in the order of `models`.
    """
    raise NotImplementedError("detect")


def why_training_does_not_fix(theta, X, believes):
    """The gradient of the training loss of a policy with two branches.

    theta: (2, d); row 1 is used when the policy believes it is monitored, row 0 when not. X: (n, d) training prompts.
    believes: (n,) bool, what the policy believes in each episode. p(complies) = sigmoid(X[i] . theta[believes[i]]).
    loss = mean over all n episodes of -log p(complies). Returns its gradient with respect to theta, (2, d).
    """
    raise NotImplementedError("why_training_does_not_fix")


def train_on_monitored(theta, X, believes, lr, steps):
    """`steps` steps of gradient descent with learning rate lr on that loss, from theta. Returns the new theta, (2, d)."""
    raise NotImplementedError("train_on_monitored")


def belief_probe(h, cue):
    """A linear probe for what the policy believes.

    h: (n, d) activations. cue: (n,) bool, was the cue present? Both values occur among the even and among the odd rows.
    Fit on the even rows (0, 2, 4, ...): direction = mean of h with the cue minus mean without, divided by its length;
    threshold = half-way between the projections of these two means. A row is taken to have the cue when its projection
    is above it.
    Returns (direction, accuracy): (d,) of length 1, and the share of the odd rows (1, 3, 5, ...) that is told correctly.
    """
    raise NotImplementedError("belief_probe")
