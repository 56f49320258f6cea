"""Sufficient and necessary: patching where heads are joined by gates. README.md beside this file explains each step.

gate_model.py beside this file holds the model and says what its activations are called. A head is a tuple (layer, number); a
set of heads is a list of such tuples. Shapes: B prompts, T positions. clean_tokens and corrupt_tokens are (B, T), good and bad
are (B,) of int. None of the functions may change its inputs.

The value of a run is always the mean over the prompts of (logit of good - logit of bad) at the last position.
"""

import numpy as np


def denoise(model, clean_tokens, corrupt_tokens, heads, good, bad):
    """How much of the answer some heads restore in the corrupt run.

    Runs the corrupt prompts with the output of each of `heads`, at all positions, replaced by that of the clean run.
    Returns (patched - corrupt) / (clean - corrupt) of the values of the runs, one float: 0 if nothing comes back, 1 if all
    does. The clean and the corrupt value differ.
    """
    raise NotImplementedError("denoise")


def noise(model, clean_tokens, corrupt_tokens, heads, good, bad):
    """How much of the answer is lost when some heads fail in the clean run.

    Runs the clean prompts with the output of each of `heads`, at all positions, replaced by that of the corrupt run.
    Returns (clean - patched) / (clean - corrupt) of the values of the runs, one float: 0 if nothing is lost, 1 if all is.
    """
    raise NotImplementedError("noise")


def gate_effects(model, clean_tokens, corrupt_tokens, a, b, good, bad):
    """Both experiments for two heads, each by itself.

    Returns {"denoise": (effect of a, effect of b), "noise": (effect of a, effect of b)}, tuples of float.
    """
    raise NotImplementedError("gate_effects")


def classify_gate(effects):
    """How two heads work together, from what gate_effects returns. An effect counts as present if it is at least 0.5.

    Returns a str:
    "OR"      each of the two restores the answer, and neither is missed
    "AND"     neither restores the answer, and each is missed
    "single"  one of the two restores the answer and is missed, and the other does neither
    "none"    anything else
    """
    raise NotImplementedError("classify_gate")


def path_patch(model, clean_tokens, corrupt_tokens, sender, receiver, good, bad):
    """How much of the answer comes back along one path: from the sender straight into the receiver.

    sender and receiver are heads, the sender in an earlier layer. In the corrupt run only the receiver learns that the sender
    has its clean output: take the stream before the receiver's layer from the corrupt run, exchange in it the sender's corrupt
    output for its clean one, and compute what the receiver writes then. Run the corrupt prompts with this as the receiver's
    output. All other heads of the receiver's layer and before it keep their corrupt outputs; later layers follow.
    Returns (patched - corrupt) / (clean - corrupt), one float.
    """
    raise NotImplementedError("path_patch")


def faithfulness(model, clean_tokens, corrupt_tokens, circuit, good, bad):
    """How much of the answer is left if only a circuit works.

    Runs the clean prompts with the outputs of all heads that are *not* in `circuit` replaced by those of the corrupt run.
    Returns (patched - corrupt) / (clean - corrupt), one float: 1 for the circuit of all heads, 0 for the empty one.
    """
    raise NotImplementedError("faithfulness")


def minimal_circuit(model, clean_tokens, corrupt_tokens, good, bad, threshold=0.95):
    """A circuit from which no head can be taken.

    Returns a list of heads with faithfulness of at least threshold, such that leaving out any one of them brings it below
    threshold. If there are several such circuits, any of them will do.
    """
    raise NotImplementedError("minimal_circuit")
