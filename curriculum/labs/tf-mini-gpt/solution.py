"""A mini-GPT: one possible solution. The second half of the file is that of the lab tf-block."""

import numpy as np


def tokenize(text, vocab):
    for character in text:
        if character not in vocab:
            raise ValueError(f"{character!r} is not in the vocabulary")
    return np.array([vocab.index(character) for character in text], dtype=int)


def detokenize(tokens, vocab):
    return "".join(vocab[token] for token in tokens)


def shift_targets(tokens, prompt_len):
    x, y = tokens[:, :-1].copy(), tokens[:, 1:].copy()
    y[:, : max(prompt_len - 1, 0)] = -1
    return x, y


def init_params(rng, n_vocab, longest, width, n_layers, sd=0.05):
    D = width

    def matrix(*shape):
        return sd * rng.normal(size=shape)

    params = {"wte": matrix(n_vocab, D), "wpe": matrix(longest, D), "lnf_g": np.ones(D), "lnf_b": np.zeros(D)}
    for i in range(n_layers):
        block = {"ln1_g": np.ones(D), "ln1_b": np.zeros(D), "ln2_g": np.ones(D), "ln2_b": np.zeros(D)}
        block.update({name: matrix(D, D) for name in ("Wq", "Wk", "Wv", "Wo")})
        block.update(W1=matrix(D, 4 * D), b1=np.zeros(4 * D), W2=matrix(4 * D, D), b2=np.zeros(D))
        params.update({f"h{i}.{name}": value for name, value in block.items()})
    return params


def _block(params, i):
    prefix = f"h{i}."
    return {name[len(prefix) :]: value for name, value in params.items() if name.startswith(prefix)}


def _forward(params, x, n_heads):
    """Logits, the caches of the blocks, the last stream and its normalised copy."""
    stream = params["wte"][x] + params["wpe"][: x.shape[1]]
    caches = []
    while f"h{len(caches)}.Wq" in params:
        stream, cache = block_forward(_block(params, len(caches)), stream, n_heads)
        caches.append(cache)
    normed = layernorm(stream, params["lnf_g"], params["lnf_b"])
    return normed @ params["wte"].T, caches, stream, normed


def gpt_logits(params, x, n_heads=2):
    return _forward(params, x, n_heads)[0]


def _log_softmax(logits):
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def gpt_loss(params, x, y, n_heads=2):
    log_probs = _log_softmax(gpt_logits(params, x, n_heads))
    counted = y >= 0
    return float(-log_probs[counted, y[counted]].mean())


def gpt_grads(params, x, y, n_heads=2):
    logits, caches, stream, normed = _forward(params, x, n_heads)
    log_probs = _log_softmax(logits)
    counted = y >= 0
    loss = float(-log_probs[counted, y[counted]].mean())

    d_logits = np.exp(log_probs) * counted[..., None]
    d_logits[counted, y[counted]] -= 1
    d_logits /= counted.sum()
    grads = {"wte": np.einsum("btv,btd->vd", d_logits, normed)}
    d_normed = d_logits @ params["wte"]
    d_stream, grads["lnf_g"], grads["lnf_b"] = layernorm_backward(d_normed, stream, params["lnf_g"])
    for i in reversed(range(len(caches))):
        d_stream, block_grads = block_backward(d_stream, caches[i])
        grads.update({f"h{i}.{name}": value for name, value in block_grads.items()})
    np.add.at(grads["wte"], x, d_stream)
    grads["wpe"] = np.zeros_like(params["wpe"])
    grads["wpe"][: x.shape[1]] = d_stream.sum(axis=0)
    return loss, grads


def train_step(params, state, x, y, lr, n_heads=2, clip=1.0, weight_decay=0.0, freeze=()):
    loss, grads = gpt_grads(params, x, y, n_heads)
    grads = {name: grad for name, grad in grads.items() if name not in freeze}
    length = np.sqrt(sum((grad**2).sum() for grad in grads.values()))
    scale = min(1.0, clip / (length + 1e-300))
    step = state["step"] + 1 if state else 1
    new, m, v = dict(params), {}, {}
    for name, grad in grads.items():
        grad = grad * scale
        m[name] = 0.9 * (state["m"][name] if state else 0) + 0.1 * grad
        v[name] = 0.99 * (state["v"][name] if state else 0) + 0.01 * grad**2
        update = m[name] / (1 - 0.9**step) / (np.sqrt(v[name] / (1 - 0.99**step)) + 1e-8)
        if grad.ndim == 2:
            update = update + weight_decay * params[name]
        new[name] = params[name] - lr * update
    return new, {"step": step, "m": m, "v": v}, loss


def sample(params, prompt, n, temp, rng, n_heads=2):
    tokens = [int(token) for token in prompt]
    longest = len(params["wpe"])
    for _ in range(n):
        logits = gpt_logits(params, np.array([tokens[-longest:]]), n_heads)[0, -1]
        if temp == 0:
            tokens.append(int(np.argmax(logits)))
        else:
            probs = np.exp(_log_softmax(logits / temp))
            tokens.append(int(rng.choice(len(probs), p=probs)))
    return np.array(tokens)


def fine_tune(params, batches, freeze, lr, n_heads=2):
    state = None
    for x, y in batches:
        params, state, _ = train_step(params, state, x, y, lr, n_heads, freeze=freeze)
    return params


def attention_map(params, x, n_heads=2):
    _, caches, _, _ = _forward(params, x[None], n_heads)
    return np.stack([cache["weights"][0] for cache in caches])


def ascii_heatmap(A):
    levels = " .:-=+*#%@"
    return "\n".join("".join(levels[min(int(10 * value), 9)] for value in row) for row in A)


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
