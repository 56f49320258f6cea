"""Scoring a multiple-choice benchmark.

README.md beside this file explains each step; write the functions in this order.

N questions with K options each. `correct` is a (N,) bool array: was the answer to each question right?
None of the functions may change its inputs.
"""

import numpy as np


def score_mcq(logprobs, lengths, gold, norm):
    """Which questions does the model answer correctly?

    logprobs: (N, K) sum of the log-probabilities of each option's tokens. lengths: (N, K) int >= 1, tokens of each
    option.
    gold: (N,) int, index of the right option. norm: "sum" compares the sums, "mean" the log-probability per token.
    The model's answer is the option with the highest score, the first of equals. Returns (N,) bool.
    """
    raise NotImplementedError("score_mcq")


def wilson_ci(k, n, z=1.96):
    """Wilson's interval for a probability of which k of n trials came out true: (low, high), floats within [0, 1].

    k: int from 0 to n. n: int >= 1. For k = 0 `low` is 0, for k = n `high` is 1.
    """
    raise NotImplementedError("wilson_ci")


def clustered_se(correct, groups):
    """Standard error of the accuracy when questions of one group are not independent: a float.

    correct: (N,) bool. groups: (N,) int, the group of each question, in any order and of different sizes.
    sqrt(sum over groups of (sum of correct - mean(correct) within the group)²) / N, without a correction for few groups.
    """
    raise NotImplementedError("clustered_se")


def ece(conf, correct, bins):
    """Expected calibration error with `bins` bins of equal width over [0, 1]: a float.

    conf: (N,) float from 0 to 1, the model's confidence in its answer. correct: (N,) bool.
    Bin i holds i/bins <= conf < (i+1)/bins; a confidence of 1 belongs to the last bin. Each bin contributes its share of
    the N answers times |mean confidence - accuracy|, both over the answers in the bin. Empty bins contribute nothing.
    """
    raise NotImplementedError("ece")


def brier(conf, correct):
    """The mean squared distance between confidence and outcome (1 for correct, 0 for wrong): a float."""
    raise NotImplementedError("brier")


def fit_temperature(logits, y):
    """The temperature T > 0 for which softmax(logits / T) gives the labels the lowest mean negative log-likelihood.

    logits: (N, K), may be large. y: (N,) int. The best T lies between 0.05 and 20. Returns a float, to three significant
    figures or better.
    """
    raise NotImplementedError("fit_temperature")


def position_bias(logprobs):
    """Does the model prefer a place to an answer?

    logprobs: (N, K, K): question, rotation r, position p. In rotation r, option (p + r) % K stands at position p. The
    model chooses the position with the highest log-probability (the first of equals).
    Returns (share, consistency). share: (K,) how often each position is chosen, over all N * K presentations; sums to 1.
    consistency: float, the share of questions for which the same option is chosen in all K rotations.
    """
    raise NotImplementedError("position_bias")


def compare_models(a, b):
    """Two models on the same N questions: (difference, standard_error), floats.

    a, b: (N,) bool, correct answers of each, question by question. difference: accuracy of a minus accuracy of b.
    standard_error: that of the mean of the N paired differences, with the sample standard deviation (N - 1).
    """
    raise NotImplementedError("compare_models")


def unlearning_report(before, after, options=4):
    """What an unlearning method did.

    before, after: dicts with "hazard" (N,) bool and "general" (M,) bool, the correct answers of the model before and
    after, to the same questions. options: int, the number of options of each question.
    Returns a dict:
      "chance"          1 / options
      "hazard_before", "hazard_after", "general_before", "general_after"   accuracies
      "removed"         share of the hazard accuracy above chance that is gone: 1 at chance, 0 for no change, negative
                        for a rise; 0.0 when the accuracy before was not above chance
      "at_chance"       bool: does the 95 % Wilson interval (z = 1.96) of hazard_after contain the chance level?
      "general_drop"    general_before - general_after
      "general_drop_se" its standard error, paired
    """
    raise NotImplementedError("unlearning_report")
