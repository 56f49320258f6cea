"""A small GPT-2-like model with random weights, to be taken apart. You do not have to change this file.

    model = ToyGPT(np.random.default_rng(0), n_layer=2, n_head=2, d_model=8, n_ctx=10, n_vocab=12)
    logits, cache = model.run(tokens)          # tokens (B, T) of int

cache holds, with B prompts, T positions, H heads, D width:

    embed               (B, T, D)      token embedding plus position embedding
    attn.0, attn.1 ...  (B, T, D)      what the attention of each layer adds to the stream
    mlp.0, mlp.1 ...    (B, T, D)      what the MLP of each layer adds to the stream
    resid.0             (B, T, D)      the stream before layer 0: equal to embed
    resid.l             (B, T, D)      the stream before layer l; resid.n_layer is the stream after the last layer
    ln_scale            (B, T, 1)      what the last layer norm divides by: sqrt(var + eps)

Parameters for the last step: model.lnf_g, model.lnf_b (D,), gain and bias of the last layer norm, model.eps, and model.W_U
(D, V), the map to the logits. GPT-2 ties W_U to the token embedding; this model does not, so that the two cannot be mistaken
for each other: model.W_E (V, D) is the embedding.
"""

import numpy as np


class ToyGPT:
    """Pre-norm blocks with biases, as GPT-2 has them; random weights."""

    def __init__(self, rng, n_layer, n_head, d_model, n_ctx, n_vocab, eps=1e-5):
        D, F = d_model, 4 * d_model

        def normal(*shape):
            return rng.normal(size=shape) * (shape[0] ** -0.5 if len(shape) == 2 else 0.2)

        self.n_layer, self.n_head, self.d_model, self.n_ctx, self.n_vocab, self.eps = n_layer, n_head, D, n_ctx, n_vocab, eps
        self.W_E, self.W_pos, self.W_U = rng.normal(size=(n_vocab, D)), 0.5 * rng.normal(size=(n_ctx, D)), normal(D, n_vocab)
        self.lnf_g, self.lnf_b = 1 + normal(D), normal(D)
        self.layers = [
            dict(
                ln1=(1 + normal(D), normal(D)),
                qkv=(normal(D, 3 * D), normal(3 * D)),
                proj=(normal(D, D), normal(D)),
                ln2=(1 + normal(D), normal(D)),
                up=(normal(D, F), normal(F)),
                down=(normal(F, D), normal(D)),
            )
            for _ in range(n_layer)
        ]

    def _norm(self, x, gain_bias):
        centred = x - x.mean(-1, keepdims=True)
        return centred / np.sqrt((centred**2).mean(-1, keepdims=True) + self.eps) * gain_bias[0] + gain_bias[1]

    def run(self, tokens):
        """tokens (B, T) -> logits (B, T, V) and the cache."""
        tokens = np.asarray(tokens)
        B, T = tokens.shape
        H, d = self.n_head, self.d_model // self.n_head
        stream = self.W_E[tokens] + self.W_pos[:T]
        cache = {"embed": stream.copy(), "resid.0": stream.copy()}
        for i, layer in enumerate(self.layers):
            qkv = self._norm(stream, layer["ln1"]) @ layer["qkv"][0] + layer["qkv"][1]
            q, k, v = (part.reshape(B, T, H, d).transpose(0, 2, 1, 3) for part in np.split(qkv, 3, axis=-1))
            scores = np.where(np.tri(T, dtype=bool), q @ k.swapaxes(-1, -2) / np.sqrt(d), -np.inf)
            weights = np.exp(scores - scores.max(-1, keepdims=True))
            weights /= weights.sum(-1, keepdims=True)
            joined = (weights @ v).transpose(0, 2, 1, 3).reshape(B, T, self.d_model)
            cache["attn.%d" % i] = joined @ layer["proj"][0] + layer["proj"][1]
            stream = stream + cache["attn.%d" % i]
            hidden = self._norm(stream, layer["ln2"]) @ layer["up"][0] + layer["up"][1]
            hidden = 0.5 * hidden * (1 + np.tanh(np.sqrt(2 / np.pi) * (hidden + 0.044715 * hidden**3)))
            cache["mlp.%d" % i] = hidden @ layer["down"][0] + layer["down"][1]
            stream = stream + cache["mlp.%d" % i]
            cache["resid.%d" % (i + 1)] = stream.copy()
        centred = stream - stream.mean(-1, keepdims=True)
        cache["ln_scale"] = np.sqrt((centred**2).mean(-1, keepdims=True) + self.eps)
        return self._norm(stream, (self.lnf_g, self.lnf_b)) @ self.W_U, cache
