"""GPT-2 in numbers. README.md beside this file explains each step; write the functions in this order.

A configuration is a dict, here that of GPT-2 small:

    gpt2_small = {"n_layer": 12, "n_head": 12, "d_model": 768, "n_ctx": 1024, "n_vocab": 50257}

The hidden width of the MLP is 4 * d_model. All attention and MLP maps have biases. The unembedding is the token embedding
(tied) and has no bias. The model of the last two functions lives in toy_gpt.py, whose docstring says what its cache holds.
None of the functions may change its inputs.
"""

import numpy as np


def param_count(cfg):
    """The number of parameters, one int.

    Token embedding and position embedding; in each layer two layer norms (gain and bias), the map to q, k and v, the output
    map of the attention, and the two maps of the MLP, each with its bias; after the last layer one layer norm.
    """
    raise NotImplementedError("param_count")


def activation_shapes(cfg, B, T):
    """The shapes of the activations in a forward pass without cache, for B prompts of T tokens.

    Returns a dict of tuples of int: "embed" and "resid" (the stream); "q", "k" and "v", cut into heads, heads before
    positions; "pattern" (the attention weights); "z" (the heads' outputs before they are joined, heads before positions);
    "mlp_hidden"; "logits".
    """
    raise NotImplementedError("activation_shapes")


def kv_cache_bytes(cfg, B, T, bytes_per_number=2):
    """The memory, in bytes, in which generation keeps the keys and values of T tokens of B prompts in all layers: one int."""
    raise NotImplementedError("kv_cache_bytes")


def flops_per_token(cfg, T):
    """Floating-point operations of the forward pass for one new token, given a cache with T - 1 tokens before it: one int.

    Counts the matrix products only, a multiplication and an addition as 2: the maps with weights in all layers, without
    their biases; the scores (the query with T keys) and the weighted sum of T values in all layers; and the unembedding. The
    embedding is a look-up and costs nothing.
    """
    raise NotImplementedError("flops_per_token")


def logit_lens(model, tokens):
    """What the model would predict if it stopped after each layer.

    tokens: (B, T) of int. Returns (n_layer + 1, B, T, V): entry l are the logits computed from the stream resid.l by the last
    layer norm and the unembedding of the model.
    """
    raise NotImplementedError("logit_lens")


def direct_logit_attribution(model, tokens, good, bad):
    """How much each term of the stream contributes directly to the difference of two logits, at the last position.

    tokens: (B, T) of int. good, bad: (B,) of int. The last layer norm is taken as a linear map, with its scale as it was in
    this run (cache["ln_scale"]): it subtracts from each term the term's own mean, divides by the scale, and multiplies by the
    gain; its bias is a contribution of its own.
    Returns a dict of arrays (B,): "embed", "attn.0", "mlp.0", "attn.1", ... for all layers, and "bias". Their sum is the
    logit of `good` minus the logit of `bad`.
    """
    raise NotImplementedError("direct_logit_attribution")
