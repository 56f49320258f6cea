"""A sparse autoencoder: one possible solution."""

import numpy as np


def sae_forward(P, h):
    f = np.maximum((h - P["b_dec"]) @ P["W_enc"] + P["b_enc"], 0)
    return f, f @ P["W_dec"] + P["b_dec"]


def sae_loss_grads(P, h, lam):
    f, out = sae_forward(P, h)
    error = out - h
    loss = ((error**2).sum() + lam * f.sum()) / len(h)
    d_out = 2 * error / len(h)
    d_f = d_out @ P["W_dec"].T + lam / len(h)
    d_pre = d_f * (f > 0)
    grads = {
        "W_enc": (h - P["b_dec"]).T @ d_pre,
        "b_enc": d_pre.sum(axis=0),
        "W_dec": f.T @ d_out,
        "b_dec": d_out.sum(axis=0) - (d_pre @ P["W_enc"].T).sum(axis=0),
    }
    return loss, grads


def normalize_decoder(W_dec):
    lengths = np.linalg.norm(W_dec, axis=1, keepdims=True)
    return W_dec / np.where(lengths > 0, lengths, 1)


def project_decoder_grad(W_dec, grad):
    units = normalize_decoder(W_dec)
    return grad - (grad * units).sum(axis=1, keepdims=True) * units


def mmcs(true, found):
    cosines = normalize_decoder(true) @ normalize_decoder(found).T
    return float(cosines.max(axis=1).mean())


def l0(f):
    return float((f > 0).sum(axis=1).mean())


def dead_latents(f):
    return np.flatnonzero(~(f > 0).any(axis=0))


def choose_lambda(sweep, max_error=0.3):
    good = [run for run in sweep if run["error"] <= max_error]
    if not good:
        return min(sweep, key=lambda run: run["error"])["lam"]
    return min(good, key=lambda run: run["l0"])["lam"]


def steer(h, P, latent, value):
    f, _ = sae_forward(P, h)
    return h + (value - f[:, latent])[:, None] * P["W_dec"][latent]
