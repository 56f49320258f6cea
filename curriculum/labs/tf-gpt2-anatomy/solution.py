"""GPT-2 in numbers: one possible solution."""

import numpy as np


def param_count(cfg):
    D, F = cfg["d_model"], 4 * cfg["d_model"]
    norm = 2 * D
    attention = D * 3 * D + 3 * D + D * D + D
    mlp = D * F + F + F * D + D
    layer = norm + attention + norm + mlp
    return cfg["n_vocab"] * D + cfg["n_ctx"] * D + cfg["n_layer"] * layer + norm


def activation_shapes(cfg, B, T):
    D, H = cfg["d_model"], cfg["n_head"]
    heads = (B, H, T, D // H)
    return {
        "embed": (B, T, D),
        "resid": (B, T, D),
        "q": heads,
        "k": heads,
        "v": heads,
        "pattern": (B, H, T, T),
        "z": heads,
        "mlp_hidden": (B, T, 4 * D),
        "logits": (B, T, cfg["n_vocab"]),
    }


def kv_cache_bytes(cfg, B, T, bytes_per_number=2):
    return 2 * cfg["n_layer"] * B * T * cfg["d_model"] * bytes_per_number


def flops_per_token(cfg, T):
    D = cfg["d_model"]
    weights = cfg["n_layer"] * (3 * D * D + D * D + 2 * D * 4 * D)
    attention = cfg["n_layer"] * 2 * T * D
    return 2 * (weights + attention + D * cfg["n_vocab"])


def logit_lens(model, tokens):
    _, cache = model.run(tokens)
    streams = np.stack([cache[f"resid.{layer}"] for layer in range(model.n_layer + 1)])
    centred = streams - streams.mean(axis=-1, keepdims=True)
    scale = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + model.eps)
    return (centred / scale * model.lnf_g + model.lnf_b) @ model.W_U


def direct_logit_attribution(model, tokens, good, bad):
    _, cache = model.run(tokens)
    direction = (model.W_U[:, good] - model.W_U[:, bad]).T
    names = ["embed"] + [f"{kind}.{layer}" for layer in range(model.n_layer) for kind in ("attn", "mlp")]
    result = {}
    for name in names:
        term = cache[name][:, -1]
        normed = (term - term.mean(axis=-1, keepdims=True)) / cache["ln_scale"][:, -1] * model.lnf_g
        result[name] = (normed * direction).sum(axis=-1)
    result["bias"] = direction @ model.lnf_b
    return result
