"""Activation patching. README.md beside this file explains each step; write the functions in this order.

toy_transformer.py beside this file holds the model and says what its activations are called ("resid.0", "heads.1", ...).
Shapes: B prompts, T positions, L layers, H heads, V tokens. None of the functions may change its inputs.
"""

import numpy as np


def logit_diff(logits, good, bad):
    """How much the model prefers the good answer to the bad one, for each prompt.

    logits: (B, T, V). good, bad: (B,) of int, one token for each prompt.
    Returns (B,): the logit of `good` minus the logit of `bad`, at the last position.
    """
    raise NotImplementedError("logit_diff")


def recovered(patched, clean, corrupt):
    """The share of the difference between the corrupt and the clean run that a patch brings back.

    patched, clean, corrupt: (B,) logit differences of the same prompts in three runs.
    Takes the mean of each over the prompts first, and returns one float: 0 when the patched mean is that of the corrupt
    run, 1 when it is that of the clean run, linear in between and beyond (it may be negative or larger than 1).
    Raises ValueError when the clean and the corrupt mean are within 1e-9: then there is nothing to bring back.
    """
    raise NotImplementedError("recovered")


def patch_resid(model, corrupt_tokens, clean_cache, layer, pos):
    """The corrupt run with the stream of the clean run at one place.

    corrupt_tokens: (B, T). clean_cache: what model.run_with_cache gave for the clean prompts.
    layer: 0 to L; the activation "resid.<layer>" is patched, for all prompts, at position `pos` only.
    Returns the logits, (B, T, V).
    """
    raise NotImplementedError("patch_resid")


def patch_head(model, corrupt_tokens, clean_cache, layer, head, pos=None):
    """The corrupt run with one head's output from the clean run.

    layer: 0 to L - 1. head: 0 to H - 1. pos: the position at which the output is replaced; None: at all positions.
    The other heads of the layer keep what they compute in this run. Returns the logits, (B, T, V).
    """
    raise NotImplementedError("patch_head")


def resid_sweep(model, clean_tokens, corrupt_tokens, good, bad):
    """patch_resid at every place, as an array (L + 1, T) of `recovered`: row = layer, column = position."""
    raise NotImplementedError("resid_sweep")


def head_sweep(model, clean_tokens, corrupt_tokens, good, bad):
    """patch_head for every head at all positions, as an array (L, H) of `recovered`: row = layer, column = head."""
    raise NotImplementedError("head_sweep")


def ablation_sweep(model, tokens, good, bad, reference_tokens):
    """How much worse the model gets when one head tells it nothing about the prompt.

    tokens: (B, T). reference_tokens: (R, T), other prompts of the same length. The output of the head is replaced, in all
    prompts, by its mean over the reference prompts, taken for each position by itself.
    Returns an array (L, H): the mean logit difference of the whole model minus that of the model without the head.
    """
    raise NotImplementedError("ablation_sweep")


def find_circuit(effects, threshold=0.1):
    """The heads that matter.

    effects: (L, H), of either sign. Returns a list of tuples (layer, head) of int: those whose effect is at least
    `threshold` in absolute value, the largest absolute value first.
    """
    raise NotImplementedError("find_circuit")
