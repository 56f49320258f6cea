"""RLHF in three phases, on a toy language. README.md beside this file explains each step; write the functions in this
order.

The language has V tokens, numbered 0 to V - 1; a text is L of them. The policy is a table `theta` of logits, (V + 1,
V): row v holds the logits of the next token after token v, and row V (the last one) those of the first token of a
text. N counts texts. Everything is float64. None of the functions may change its inputs.
"""

import numpy as np


def log_probs(theta):
    """The logarithm of the softmax of each row.

    theta: (V + 1, V), with values of 1000 and more. Returns an array of the same shape, finite throughout.
    """
    raise NotImplementedError("log_probs")


def sequence_logp(theta, seqs):
    """The log-probability of whole texts: the first token from row V, every further one from the row of its
    predecessor.

    seqs: (N, L) int. Returns (N,): sums over the L tokens, not means.
    """
    raise NotImplementedError("sequence_logp")


def sft_loss_grad(theta, demos):
    """Phase 1, supervised fine-tuning: the cross-entropy of demonstrations and its gradient.

    demos: (N, L) int. Returns (loss, grad): loss is minus the mean log-probability over all N * L tokens, in nats;
    grad has the shape of theta.
    """
    raise NotImplementedError("sft_loss_grad")


def reward_loss_grad(w, chosen, rejected):
    """Phase 2, the reward model: the Bradley-Terry loss and its gradient.

    The reward of a text with features f is f @ w. w: (F,). chosen, rejected: (N, F), the features of the preferred
    and of the other text of each pair. Returns (loss, grad): loss is the mean of -log(sigmoid(reward of chosen -
    reward of rejected)), finite for differences of 1000 either way; grad: (F,).
    """
    raise NotImplementedError("reward_loss_grad")


def penalised_reward(theta, theta_ref, seqs, rewards, beta):
    """Phase 3: the reward of each text, minus beta times its log-ratio log(p_theta(text) / p_ref(text)).

    theta, theta_ref: the policy and the reference, (V + 1, V) each. seqs: (N, L) int. rewards: (N,). beta: float >= 0.
    Returns (N,).
    """
    raise NotImplementedError("penalised_reward")


def policy_gradient(theta, theta_ref, seqs, rewards, beta, weights=None):
    """The REINFORCE estimate of the gradient of the expected penalised reward, with a baseline.

    Let R be the penalised rewards and b their weighted mean. Returns the sum over texts of

        weights[i] * (R[i] - b) * (gradient of log p_theta(seqs[i]) with respect to theta),

    an array of the shape of theta. R counts as a number: it is not differentiated. The result points uphill. weights:
    (N,), positive, summing to 1; None stands for 1/N each (texts drawn from the policy). When `seqs` lists every
    possible text and `weights` its probability under theta, the result is the exact gradient.

    The last check calls this some 500 times with 625 texts; np.add.at adds up over all texts at once.
    """
    raise NotImplementedError("policy_gradient")


def kl_optimal(p_ref, rewards, beta):
    """The distribution p over K outcomes that maximises (sum of p * rewards) - beta * KL(p || p_ref).

    p_ref: (K,), summing to 1; an outcome of probability 0 keeps 0. rewards: (K,). beta: float > 0, small enough at
    times that exp(rewards / beta) overflows. Returns (K,), summing to 1.
    """
    raise NotImplementedError("kl_optimal")


def pick_beta(runs):
    """Which run to deploy: the beta of the run whose texts people rate highest on average.

    runs: list of dicts with "beta" (float), "proxy" (float, the mean reward by the reward model), "kl" (float, from the
    reference) and "people" (1-D array, ratings of some of the run's texts; runs may have different numbers of them).
    Equal averages: the larger beta, which is closer to the reference. Returns the beta as a float.
    """
    raise NotImplementedError("pick_beta")
