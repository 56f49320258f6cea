"""A small attention-only transformer whose activations can be read and replaced. You do not have to change this file.

    model, planted = induction_model(np.random.default_rng(0))
    clean, corrupt, good, bad = induction_prompts(np.random.default_rng(1), 4)
    logits, cache = model.run_with_cache(clean)
    logits = model.run(corrupt, hooks={"heads.1": edit})

A hook is a function that gets an activation and gives back what the model shall use instead, of the same shape. It gets
a copy: it may change it and return it. The activations, with their shapes:

    resid.l      (B, T, D)      the residual stream before layer l; resid.n_layers is the stream after the last layer
    pattern.l    (B, H, T, T)   the attention weights of layer l: row = query, column = key
    heads.l      (B, H, T, D)   what each head of layer l adds to the stream

B prompts, T positions, H heads, D width of the stream, V tokens.
"""

import numpy as np


class ToyTransformer:
    """stream = embedding + position; each layer adds the sum of its heads' outputs; logits = stream @ W_U."""

    def __init__(self, W_E, W_pos, W_Q, W_K, W_V, W_O, W_U):
        """W_E (V, D), W_pos (longest T, D), W_Q, W_K, W_V (L, H, D, d), W_O (L, H, d, D), W_U (D, V)."""
        self.W_E, self.W_pos, self.W_U = W_E, W_pos, W_U
        self.W_Q, self.W_K, self.W_V, self.W_O = W_Q, W_K, W_V, W_O
        self.n_layers, self.n_heads = W_Q.shape[:2]
        self.d_model, self.n_vocab = W_U.shape

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
        T = tokens.shape[1]
        seen = np.tri(T, dtype=bool)
        stream = self.W_E[tokens] + self.W_pos[:T]
        for layer in range(self.n_layers):
            stream = use("resid.%d" % layer, stream)
            x = stream[:, None]
            q, k, v = x @ self.W_Q[layer], x @ self.W_K[layer], x @ self.W_V[layer]
            scores = np.where(seen, q @ k.swapaxes(-1, -2) / np.sqrt(q.shape[-1]), -np.inf)
            weights = np.exp(scores - scores.max(-1, keepdims=True))
            pattern = use("pattern.%d" % layer, weights / weights.sum(-1, keepdims=True))
            heads = use("heads.%d" % layer, pattern @ v @ self.W_O[layer])
            stream = stream + heads.sum(axis=1)
        stream = use("resid.%d" % self.n_layers, stream)
        if hooks:
            raise ValueError("the model has no activation called %s" % ", ".join(hooks))
        return stream @ self.W_U, cache


def random_model(rng, n_layers, n_heads, d_model, d_head, n_vocab, longest):
    """A model with random weights: it computes nothing in particular, and every activation matters."""

    def normal(*shape):
        return rng.normal(size=shape) / np.sqrt(shape[-2])

    per_head = (n_layers, n_heads, d_model, d_head)
    return ToyTransformer(
        rng.normal(size=(n_vocab, d_model)),
        rng.normal(size=(longest, d_model)),
        normal(*per_head),
        normal(*per_head),
        normal(*per_head),
        normal(n_layers, n_heads, d_head, d_model),
        normal(d_model, n_vocab),
    )


n_tokens, n_positions, n_spare = 15, 10, 12
"""Token 0 begins every prompt. The stream has room for: token, token before, answer, position, and spare directions."""


def induction_model(rng):
    """A model of two layers of five heads that continues `x y ... x` with y, by weights set by hand.

    Returns (model, planted): planted is {(layer, head): share of the answer that the head carries}. The order of the heads
    and the basis of the stream are random, so that neither a head's number nor a coordinate of the stream means anything.
    """
    V, T, S = n_tokens, n_positions, n_spare
    D, d = 3 * V + T + S, max(V, T)
    rotation = np.linalg.qr(rng.normal(size=(D, D)))[0]
    room = np.split(rotation, np.cumsum([V, V, V, T]))
    token, before, answer, position, spare = room
    strong = 14 * np.sqrt(d)
    noise = [rng.normal(size=(V, S)) for _ in range(4)]
    favourites = rng.normal(size=V) @ answer

    def head(read_q, read_k, read_v, write):
        """Matrices of one head; reads are (n, D), rows matched between q and k and between v and write."""
        parts = []
        for rows in (read_q, read_k, read_v):
            part = np.zeros((D, d))
            part[:, : len(rows)] = rows.T
            parts.append(part)
        out = np.zeros((d, D))
        out[: len(write)] = write
        return parts + [out]

    nowhere = np.zeros((T, D))
    # The only key that a head "at the start" can match: position 0. Every position asks for it.
    start = np.tile(position[:1], (T, 1))
    to_previous = (strong * position[1:], position[:-1])
    to_self = (strong * position, position)
    to_start = (strong * position / T, start * T)
    to_match = (strong * token, before)
    everywhere = (nowhere, nowhere)
    constant = np.tile(favourites, (V, 1))
    layers = [
        [
            ("previous token", head(*to_previous, token, before)),
            ("loud", head(*to_self, token, 2.5 * noise[0] @ spare)),
            ("average", head(*everywhere, token, 3 * noise[1] @ spare)),
            ("constant", head(*to_start, token, 0.4 * constant)),
            ("faint", head(*to_self, token, 0.3 * noise[1] @ spare)),
        ],
        [
            ("induction", head(*to_match, token, 0.7 * 5 * answer)),
            ("second induction", head(*to_match, token, 0.3 * 5 * answer)),
            ("looks alike", head(*to_match, token, 3.5 * noise[2] @ spare)),
            ("loud", head(*to_self, token, 2 * noise[3] @ spare)),
            ("constant", head(*to_start, token, 0.25 * constant)),
        ],
    ]
    shares = {(0, "previous token"): 1.0, (1, "induction"): 0.7, (1, "second induction"): 0.3}
    planted, stacks = {}, [[], [], [], []]
    for layer, heads in enumerate(layers):
        order = [int(i) for i in rng.permutation(len(heads))]
        for place, i in enumerate(order):
            if (layer, heads[i][0]) in shares:
                planted[layer, place] = shares[layer, heads[i][0]]
        for stack, part in zip(stacks, range(4)):
            stack.append([heads[i][1][part] for i in order])
    W_Q, W_K, W_V, W_O = (np.array(stack) for stack in stacks)
    return ToyTransformer(token, position, W_Q, W_K, W_V, W_O, answer.T.copy()), planted


def induction_prompts(rng, n):
    """Pairs of prompts whose right continuation differs.

    Returns (clean, corrupt, good, bad): clean and corrupt (n, T), good and bad (n,). A clean prompt reads
    `start . x y . u v . . x` and goes on with good = y. The corrupt one has x and u exchanged where they stand first, so
    that it goes on with bad = v. Where the pairs stand is the same in all n prompts, and so is the length.
    """
    first = int(rng.integers(1, 3))
    second = int(rng.integers(first + 2, n_positions - 2))
    clean = np.zeros((n, n_positions), dtype=int)
    for row in clean:
        row[1:] = 1 + rng.permutation(n_tokens - 1)[: n_positions - 1]
        row[-1] = row[first]
    corrupt = clean.copy()
    corrupt[:, first], corrupt[:, second] = clean[:, second], clean[:, first]
    return clean, corrupt, clean[:, first + 1].copy(), clean[:, second + 1].copy()
