"""A sparse autoencoder. README.md beside this file explains each step; write the functions in this order.

h: (B, d), activations of a model. The autoencoder has k latents and the parameters P, a dict of float64 arrays:
"W_enc" (d, k), "b_enc" (k,), "W_dec" (k, d), "b_dec" (d,). Row j of W_dec is the direction of latent j.
`toy_dictionary.py` beside this file makes activations and trains. None of the functions may change its inputs.
"""

import numpy as np


def sae_forward(P, h):
    """Encode and decode.

    f = relu((h - b_dec) W_enc + b_enc), out = f W_dec + b_dec. Returns (f, out): (B, k) and (B, d).
    """
    raise NotImplementedError("sae_forward")


def sae_loss_grads(P, h, lam):
    """The loss and its gradients.

    loss = mean over the B rows of ( sum over d of (out - h)**2 + lam * sum over k of f ). Returns (loss, grads): a
    float and a dict with the keys and shapes of P. b_dec is used twice. At a pre-activation of exactly 0 take the
    ReLU's slope as 0.
    """
    raise NotImplementedError("sae_loss_grads")


def normalize_decoder(W_dec):
    """Each latent's direction (row) scaled to length 1; a row of zeros stays zero. Returns an array of the same shape."""
    raise NotImplementedError("normalize_decoder")


def project_decoder_grad(W_dec, grad):
    """The gradient without the part that would only change the lengths of the rows.

    From each row of grad its component along the same row of W_dec is removed. Rows of W_dec have any positive length.
    Returns an array of the same shape.
    """
    raise NotImplementedError("project_decoder_grad")


def mmcs(true, found):
    """Mean max cosine similarity: how well the true features were found.

    true: (n, d), found: (k, d), rows of any length. For each TRUE feature the largest cosine with any found
    direction, signed (a direction that points the opposite way has not been found); then the mean over the true
    features. A row of zeros in `found` has cosine 0 with everything. Returns a float.
    """
    raise NotImplementedError("mmcs")


def l0(f):
    """The mean number of active latents (f > 0) in a row. f: (B, k). Returns a float."""
    raise NotImplementedError("l0")


def dead_latents(f):
    """The numbers of the latents that are active in no row, ascending. f: (B, k). Returns a 1-D array of ints."""
    raise NotImplementedError("dead_latents")


def choose_lambda(sweep, max_error=0.3):
    """Which run of a sweep to use, without knowing the true features.

    sweep: list of dicts with "lam", "l0" and "error", the share of the variance of held-out activations that the run
    leaves unexplained (0 is perfect). Among the runs whose error is at most max_error, the one of smallest l0; if
    there is none, the run of smallest error. Returns its lam as a float.
    """
    raise NotImplementedError("choose_lambda")


def steer(h, P, latent, value):
    """Set one latent to a value and leave everything else alone, what the autoencoder cannot reconstruct included.

    latent: int. value: float. Each row of h is moved along the latent's decoder direction by (value - the latent's
    present activation). Returns (B, d).
    """
    raise NotImplementedError("steer")
