"""A transformer block, forwards and backwards: one possible solution."""

import numpy as np


def layernorm(x, gain, bias, eps=1e-5):
    return _normalise(x, eps)[0] * gain + bias


def _normalise(x, eps):
    centred = x - x.mean(axis=-1, keepdims=True)
    sd = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + eps)
    return centred / sd, sd


def layernorm_backward(dy, x, gain, eps=1e-5):
    z, sd = _normalise(x, eps)
    dz = dy * gain
    dx = (dz - dz.mean(axis=-1, keepdims=True) - z * (dz * z).mean(axis=-1, keepdims=True)) / sd
    others = tuple(range(x.ndim - 1))
    return dx, (dy * z).sum(axis=others), dy.sum(axis=others)


_c = np.sqrt(2 / np.pi)


def gelu(x):
    return 0.5 * x * (1 + np.tanh(_c * (x + 0.044715 * x**3)))


def gelu_grad(x):
    tanh = np.tanh(_c * (x + 0.044715 * x**3))
    inner = _c * (1 + 3 * 0.044715 * x**2)
    return 0.5 * (1 + tanh) + 0.5 * x * (1 - tanh**2) * inner


def mlp(x, W1, b1, W2, b2):
    return gelu(x @ W1 + b1) @ W2 + b2


def block_forward(params, x, n_heads):
    p = params
    normed1 = layernorm(x, p["ln1_g"], p["ln1_b"])
    q, k, v = (_split(normed1 @ p[name], n_heads) for name in ("Wq", "Wk", "Wv"))
    weights = _causal_weights(q, k)
    joined = _merge(weights @ v)
    attn = joined @ p["Wo"]
    middle = x + attn
    normed2 = layernorm(middle, p["ln2_g"], p["ln2_b"])
    hidden = normed2 @ p["W1"] + p["b1"]
    out = gelu(hidden) @ p["W2"] + p["b2"]
    y = middle + out
    cache = dict(params=p, x=x, normed1=normed1, q=q, k=k, v=v, weights=weights, joined=joined, attn=attn)
    cache.update(middle=middle, normed2=normed2, hidden=hidden, mlp=out)
    return y, cache


def _split(x, n_heads):
    B, T, D = x.shape
    return x.reshape(B, T, n_heads, D // n_heads).transpose(0, 2, 1, 3)


def _merge(x):
    B, H, T, d = x.shape
    return x.transpose(0, 2, 1, 3).reshape(B, T, H * d)


def _causal_weights(q, k):
    T, d = q.shape[-2:]
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(d)
    scores = np.where(np.tri(T, dtype=bool), scores, -np.inf)
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return weights / weights.sum(axis=-1, keepdims=True)


def residual_stream_contributions(cache):
    return {"attn": cache["attn"], "mlp": cache["mlp"]}


def block_backward(dy, cache):
    c, p = cache, cache["params"]
    grads = {}
    grads["W2"], grads["b2"] = _matrix_grad(gelu(c["hidden"]), dy), dy.sum(axis=(0, 1))
    d_hidden = dy @ p["W2"].T * gelu_grad(c["hidden"])
    grads["W1"], grads["b1"] = _matrix_grad(c["normed2"], d_hidden), d_hidden.sum(axis=(0, 1))
    d_middle, grads["ln2_g"], grads["ln2_b"] = layernorm_backward(d_hidden @ p["W1"].T, c["middle"], p["ln2_g"])
    d_middle = d_middle + dy

    grads["Wo"] = _matrix_grad(c["joined"], d_middle)
    d_heads = _split(d_middle @ p["Wo"].T, c["q"].shape[1])
    dv = np.swapaxes(c["weights"], -1, -2) @ d_heads
    d_weights = d_heads @ np.swapaxes(c["v"], -1, -2)
    d_scores = c["weights"] * (d_weights - (d_weights * c["weights"]).sum(axis=-1, keepdims=True))
    d_scores = d_scores / np.sqrt(c["q"].shape[-1])
    dq, dk = d_scores @ c["k"], np.swapaxes(d_scores, -1, -2) @ c["q"]
    d_normed1 = 0
    for name, d_part in (("Wq", dq), ("Wk", dk), ("Wv", dv)):
        d_part = _merge(d_part)
        grads[name] = _matrix_grad(c["normed1"], d_part)
        d_normed1 = d_normed1 + d_part @ p[name].T
    dx, grads["ln1_g"], grads["ln1_b"] = layernorm_backward(d_normed1, c["x"], p["ln1_g"])
    return dx + d_middle, grads


def _matrix_grad(x, dy):
    return np.einsum("bti,btj->ij", x, dy)
