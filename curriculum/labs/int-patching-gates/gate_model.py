"""A small transformer in which two heads are joined by a gate. You do not have to change this file.

    model, planted = gate_model(np.random.default_rng(0), "OR")           # or "AND", or "single"
    clean, corrupt, good, bad = gate_prompts(np.random.default_rng(1), 4)
    logits, cache = model.run_with_cache(clean)
    logits = model.run(corrupt, hooks={"heads.1": edit})

Two layers of attention heads, then an MLP that makes the logits. A hook is a function that gets a copy of an activation and
gives back what the model shall use instead, of the same shape:

    resid.l     (B, T, D)      the stream before layer l; resid.n_layers is the stream after the last layer
    heads.l     (B, H, T, D)   what each head of layer l adds to the stream

model.head_output(layer, head, stream) tells what one head would write, (B, T, D), if the stream before its layer were `stream`.
B prompts, T positions, H heads, D width of the stream, V tokens.
"""

import numpy as np


class GateModel:
    """stream = embedding + position; each layer adds its heads' outputs; logits = relu(stream W_in + b_in) W_out."""

    def __init__(self, W_E, W_pos, W_Q, W_K, W_V, W_O, W_in, b_in, W_out):
        """W_E (V, D), W_pos (longest T, D), W_Q, W_K, W_V (L, H, D, d), W_O (L, H, d, D), W_in (D, F), b_in (F,), W_out (F, V)."""
        self.W_E, self.W_pos = W_E, W_pos
        self.W_Q, self.W_K, self.W_V, self.W_O = W_Q, W_K, W_V, W_O
        self.W_in, self.b_in, self.W_out = W_in, b_in, W_out
        self.n_layers, self.n_heads = W_Q.shape[:2]
        self.n_vocab, self.d_model = W_E.shape

    def head_output(self, layer, head, stream):
        """What one head writes, (B, T, D), given the stream before its layer, (B, T, D)."""
        T = stream.shape[-2]
        q, k, v = (stream @ W[layer, head] for W in (self.W_Q, self.W_K, self.W_V))
        scores = np.where(np.tri(T, dtype=bool), q @ k.swapaxes(-1, -2) / np.sqrt(q.shape[-1]), -np.inf)
        weights = np.exp(scores - scores.max(-1, keepdims=True))
        return weights / weights.sum(-1, keepdims=True) @ v @ self.W_O[layer, head]

    def run(self, tokens, hooks=None):
        """tokens (B, T) of int -> logits (B, T, V). hooks: {name: function}."""
        return self.run_with_cache(tokens, hooks)[0]

    def run_with_cache(self, tokens, hooks=None):
        """As `run`, and a dict of all activations by name, as they were after the hooks."""
        hooks, cache = dict(hooks or {}), {}

        def use(name, value):
            if name in hooks:
                new = hooks.pop(name)(value.copy())
                if np.shape(new) != value.shape:
                    raise ValueError("the hook of %s returns shape %s, the activation has %s" % (name, np.shape(new), value.shape))
                value = np.asarray(new)
            cache[name] = value.copy()
            return value

        tokens = np.asarray(tokens)
        stream = self.W_E[tokens] + self.W_pos[: tokens.shape[1]]
        for layer in range(self.n_layers):
            stream = use("resid.%d" % layer, stream)
            heads = np.stack([self.head_output(layer, head, stream) for head in range(self.n_heads)], axis=1)
            stream = stream + use("heads.%d" % layer, heads).sum(axis=1)
        stream = use("resid.%d" % self.n_layers, stream)
        if hooks:
            raise ValueError("the model has no activation called %s" % ", ".join(hooks))
        return np.maximum(stream @ self.W_in + self.b_in, 0) @ self.W_out, cache


def random_model(rng, n_layers, n_heads, d_model, d_head, d_mlp, n_vocab, longest):
    """A model with random weights: it computes nothing in particular, and every activation matters."""

    def normal(*shape):
        return rng.normal(size=shape) / np.sqrt(shape[-2])

    per_head = (n_layers, n_heads, d_model, d_head)
    return GateModel(
        rng.normal(size=(n_vocab, d_model)),
        rng.normal(size=(longest, d_model)),
        normal(*per_head),
        normal(*per_head),
        normal(*per_head),
        normal(n_layers, n_heads, d_head, d_model),
        normal(d_model, d_mlp),
        rng.normal(size=d_mlp),
        normal(d_mlp, n_vocab),
    )


n_tokens, n_positions, n_spare = 14, 8, 8
"""Token 0 begins every prompt. The stream has room for: token, token before, answer, position, and spare directions."""


def gate_model(rng, kind):
    """A model of two layers of four heads that continues `x y ... x` with y. kind: "OR", "AND" or "single".

    One head of layer 0 writes which token came before. Two heads of layer 1, a and b, look for the x and write the token that
    follows it; for "single" only a does. The MLP answers y if a or b wrote it (OR), or if both did (AND).
    Returns (model, planted): planted is {"previous": (0, head), "a": (1, head), "b": (1, head)}; for "single", b is a head
    that attends like a and writes what nobody reads. The order of heads and the basis of the stream are random.
    """
    V, T, S = n_tokens, n_positions, n_spare
    D, d = 3 * V + T + S, V + T
    rotation = np.linalg.qr(rng.normal(size=(D, D)))[0]
    token, before, answer, position, spare = np.split(rotation, np.cumsum([V, V, V, T]))
    noise = [rng.normal(size=(V, S)) @ spare for _ in range(4)]
    nothing = np.zeros((V, D))
    no_start = np.ones((V, 1))
    no_start[0] = 0

    def head(pairs, write):
        """pairs: (query rows, key rows, score) that match; write: what is written for each token that is read."""
        W_Q, W_K, W_V, W_O = np.zeros((D, d)), np.zeros((D, d)), np.zeros((D, d)), np.zeros((d, D))
        column = 0
        for rows_q, rows_k, score in pairs:
            n = len(rows_q)
            W_Q[:, column : column + n] = score * np.sqrt(d) * rows_q.T
            W_K[:, column : column + n] = rows_k.T
            column += n
        W_V[:, :V], W_O[:V] = token.T, write
        return W_Q, W_K, W_V, W_O

    previous = [(position[1:], position[:-1], 16.0)]
    itself = [(position, position, 16.0)]
    # A head that finds no match rests on the first token, of which it writes nothing.
    match = [(token, before, 20.0), (position, np.tile(position[:1], (T, 1)), 10.0)]
    layers = [
        [
            ("previous", head(previous, before)),
            ("loud", head(itself, 3 * noise[0])),
            ("average", head([], 2 * noise[1])),
            ("idle", head(previous, nothing)),
        ],
        [
            ("a", head(match, no_start * answer)),
            ("b", head(match, no_start * answer if kind != "single" else 2 * noise[2])),
            ("loud", head(itself, 3 * noise[3])),
            ("alike", head(match, 4 * noise[2])),
        ],
    ]
    planted, stacks = {}, []
    for layer, heads in enumerate(layers):
        order = [int(i) for i in rng.permutation(len(heads))]
        for place, i in enumerate(order):
            if heads[i][0] in ("previous", "a", "b"):
                planted[heads[i][0]] = (layer, place)
        stacks.append([heads[i][1] for i in order])
    W_Q, W_K, W_V, W_O = (np.array([[parts[n] for parts in layer] for layer in stacks]) for n in range(4))
    # Of the sum s that stands at a token's answer direction: OR gives min(s, 1), AND gives max(s - 1, 0), single gives s.
    low, first, second = {"OR": (0.0, 4.0, -4.0), "AND": (-1.0, 4.0, 0.0), "single": (0.0, 4.0, 0.0)}[kind]
    W_in, b_in = np.concatenate([answer.T, answer.T], axis=1), np.repeat([low, -1.0], V)
    W_out = np.concatenate([first * np.eye(V), second * np.eye(V)])
    return GateModel(token, position, W_Q, W_K, W_V, W_O, W_in, b_in, W_out), planted


def gate_prompts(rng, n):
    """Pairs of prompts: the clean one has an answer, the corrupt one has none.

    Returns (clean, corrupt, good, bad): clean and corrupt (n, T), good and bad (n,). A clean prompt reads `start . x y . . . x`,
    and good = y. In the corrupt one another token stands in the place of the first x. bad is a token of neither prompt.
    """
    place = int(rng.integers(2, n_positions - 3))
    clean = np.zeros((n, n_positions), dtype=int)
    bad, other = np.zeros(n, dtype=int), np.zeros(n, dtype=int)
    for i in range(n):
        tokens = 1 + rng.permutation(n_tokens - 1)
        clean[i, 1:] = tokens[: n_positions - 1]
        clean[i, -1] = clean[i, place]
        bad[i], other[i] = tokens[n_positions], tokens[n_positions + 1]
    corrupt = clean.copy()
    corrupt[:, place] = other
    return clean, corrupt, clean[:, place + 1].copy(), bad
