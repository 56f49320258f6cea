"""RLHF in three phases: one possible solution."""

import numpy as np


def log_probs(theta):
    shifted = theta - theta.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def previous(theta, seqs):
    start = np.full((len(seqs), 1), len(theta) - 1)
    return np.concatenate([start, seqs[:, :-1]], axis=1)


def sequence_logp(theta, seqs):
    return log_probs(theta)[previous(theta, seqs), seqs].sum(axis=1)


def weighted_score(theta, seqs, weights):
    """The sum over texts of weights[i] times the gradient of log p(seqs[i])."""
    counts = np.zeros(theta.shape)
    each = np.broadcast_to(weights[:, None], seqs.shape)
    np.add.at(counts, (previous(theta, seqs), seqs), each)
    return counts - counts.sum(axis=1, keepdims=True) * np.exp(log_probs(theta))


def sft_loss_grad(theta, demos):
    loss = -sequence_logp(theta, demos).sum() / demos.size
    return loss, weighted_score(theta, demos, np.full(len(demos), -1 / demos.size))


def reward_loss_grad(w, chosen, rejected):
    difference = chosen - rejected
    margin = difference @ w
    loss = np.logaddexp(0, -margin).mean()
    wrong = np.exp(-np.logaddexp(0, margin))
    return loss, -(wrong[:, None] * difference).mean(axis=0)


def penalised_reward(theta, theta_ref, seqs, rewards, beta):
    log_ratio = sequence_logp(theta, seqs) - sequence_logp(theta_ref, seqs)
    return rewards - beta * log_ratio


def policy_gradient(theta, theta_ref, seqs, rewards, beta, weights=None):
    if weights is None:
        weights = np.full(len(seqs), 1 / len(seqs))
    penalised = penalised_reward(theta, theta_ref, seqs, rewards, beta)
    advantage = penalised - (weights * penalised).sum()
    return weighted_score(theta, seqs, weights * advantage)


def kl_optimal(p_ref, rewards, beta):
    exponent = rewards / beta
    possible = p_ref > 0
    p = np.where(possible, p_ref * np.exp(np.where(possible, exponent - exponent[possible].max(), 0.0)), 0.0)
    return p / p.sum()


def pick_beta(runs):
    best = max(runs, key=lambda run: (run["people"].mean(), run["beta"]))
    return best["beta"]
