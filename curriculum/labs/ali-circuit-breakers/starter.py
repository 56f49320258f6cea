"""Circuit breakers: rerouting instead of refusing.

README.md beside this file explains each step; write the functions in this order.

A prompt is a row x of X, (n, d). The toy model represents it as h = X @ W.T, with W (m, d), and answers with the option
of the highest logit, h @ head, where head is (m, K). None of the functions may change its inputs.
"""

import numpy as np


def reroute_loss_grad(h_new, h_old):
    """mean over rows of max(0, cosine of the two rows), and its gradient.

    h_new, h_old: (n, m), no row is zero. Returns (loss, d_h_new): a float and (n, m). h_old is a constant. Rows whose
    cosine is not positive contribute nothing to either.
    """
    raise NotImplementedError("reroute_loss_grad")


def retain_loss_grad(h_new, h_old):
    """mean over rows of the squared distance |h_new - h_old|², summed over the m coordinates.

    Returns (loss, d_h_new): a float and (n, m). h_old is a constant.
    """
    raise NotImplementedError("retain_loss_grad")


def rr_coefficients(step, total):
    """The weights of the two losses at a step from 0 to total - 1: (c_reroute, c_retain), floats.

    c_retain rises from 0 in proportion to step / total and would reach 1/2 at step = total; c_reroute = 1 - c_retain.
    """
    raise NotImplementedError("rr_coefficients")


def train_rr(W, harmful, benign, steps, lr, rng, retain_weight=2.0):
    """Representation rerouting by gradient descent on W.

    W: (m, d) as trained so far. harmful (n1, d), benign (n2, d): prompts. rng: np.random.Generator.
    The reference representations h_old come from the W passed in and stay fixed. Training starts from
    W + 0.02 * rng.normal(size=W.shape), the only use of rng. Each of the steps 0..steps-1 subtracts lr times the
    gradient, at the current W, of
        c_reroute * (reroute loss on harmful) + retain_weight * c_retain * (retain loss on benign).
    Returns the new W, (m, d).
    """
    raise NotImplementedError("train_rr")


def refusal_baseline(harmful, benign):
    """A refusal rule learned from plain prompts: (direction, threshold), (d,) and float.

    direction = mean of the harmful prompts - mean of the benign ones; threshold = half-way between the projections X @
    direction of the two means. A prompt is refused when X @ direction > threshold.
    """
    raise NotImplementedError("refusal_baseline")


def attack_eval(model, prompts):
    """What a set of harmful prompts achieves.

    model: dict {"W": (m, d), "head": (m, K), "refusal": None or (direction, threshold)}. prompts: dict {"X": (n, d),
    "answer": (n,) int}.
    Returns a dict of floats: "refused", the share of prompts refused (0 without a rule); "capability", the share whose
    highest logit is the right answer, refused or not; "success", the share that is not refused *and* answered rightly.
    """
    raise NotImplementedError("attack_eval")


def worst_case(model, suites):
    """The suite of attacks that succeeds most: (name, success), the first in the dict among equals.

    suites: dict name -> prompts as above.
    """
    raise NotImplementedError("worst_case")
