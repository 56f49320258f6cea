import math

import numpy as np
from toy_gpt import ToyGPT

from aisafe_lab import check, close, fail, same_shape, truthy

published = {
    "GPT-2 small": ({"n_layer": 12, "n_head": 12, "d_model": 768, "n_ctx": 1024, "n_vocab": 50257}, 124439808),
    "GPT-2 medium": ({"n_layer": 24, "n_head": 16, "d_model": 1024, "n_ctx": 1024, "n_vocab": 50257}, 354823168),
    "GPT-2 large": ({"n_layer": 36, "n_head": 20, "d_model": 1280, "n_ctx": 1024, "n_vocab": 50257}, 774030080),
    "GPT-2 XL": ({"n_layer": 48, "n_head": 25, "d_model": 1600, "n_ctx": 1024, "n_vocab": 50257}, 1557611200),
}


def random_config(rng):
    H = int(rng.integers(2, 5))
    n_layer, n_ctx, n_vocab = int(rng.integers(2, 5)), int(rng.integers(9, 14)), int(rng.integers(17, 25))
    return {"n_layer": n_layer, "n_head": H, "d_model": H * int(rng.integers(3, 6)), "n_ctx": n_ctx, "n_vocab": n_vocab}


def toy(rng, cfg):
    return ToyGPT(rng, cfg["n_layer"], cfg["n_head"], cfg["d_model"], cfg["n_ctx"], cfg["n_vocab"])


def counted_by_hand(model):
    """The sizes of all arrays of the toy model, by kind; its unembedding, which GPT-2 does not have, is left out."""
    parts = {
        "embedding": model.W_E.size,
        "positions": model.W_pos.size,
        "norms": model.lnf_g.size + model.lnf_b.size,
        "weights": 0,
        "biases": 0,
        "last": 2 * model.d_model,
    }
    for layer in model.layers:
        for name, (first, second) in layer.items():
            if name.startswith("ln"):
                parts["norms"] += first.size + second.size
            else:
                parts["weights"] += first.size
                parts["biases"] += second.size
    return parts


@check("param-count", "param_count gives the published number of GPT-2's parameters", uses=["param_count"], hint="params")
def _(lab):
    count = lab.fn("param_count", returns="int")
    cases = list(published.items()) + [("a small model", (random_config(lab.rng), None))]
    for name, (cfg, number) in cases:
        D, L = cfg["d_model"], cfg["n_layer"]
        if number is None:
            number = sum(value for key, value in counted_by_hand(toy(lab.rng, cfg)).items() if key != "last")
        got = count(cfg)
        if got == number:
            continue
        wrong = {
            "the unembedding is counted, although it is tied to the token embedding": D * cfg["n_vocab"],
            "the unembedding is counted with a bias of its own": cfg["n_vocab"],
            "all biases of the maps are missing": -L * (3 * D + D + 4 * D + D),
            "the biases of the attention maps are missing": -L * 4 * D,
            "the biases of the MLP are missing": -L * 5 * D,
            "all layer norms are missing": -(2 * L + 1) * 2 * D,
            "the layer norms of the layers are missing": -L * 4 * D,
            "the last layer norm is missing": -2 * D,
            "layer norms have a gain and a bias, and one of them is missing": -(2 * L + 1) * D,
            "the position embedding is missing": -cfg["n_ctx"] * D,
            "the output map of the attention is missing": -L * (D * D + D),
            "each layer has two layer norms, and one is missing": -L * 2 * D,
        }
        for phrase, difference in wrong.items():
            if got - number == difference:
                fail("param_count of %s is %d, expected %d (%+d): %s" % (name, got, number, difference, phrase))
        fail("param_count of %s is %d, expected %d (%+d)" % (name, got, number, got - number))
    small = published["GPT-2 small"][0]
    D = small["d_model"]
    lab.metric("gpt2_small_parameters_millions", count(small) / 1e6)
    lab.metric("share_of_mlp", small["n_layer"] * (8 * D * D + 5 * D) / count(small))
    lab.metric("share_of_attention", small["n_layer"] * (4 * D * D + 4 * D) / count(small))
    lab.metric("share_of_embeddings", (small["n_vocab"] + small["n_ctx"]) * D / count(small))


@check("shapes", "activation_shapes names the shape of every step", uses=["activation_shapes"], hint="shapes")
def _(lab):
    shapes = lab.fn("activation_shapes", returns="dict")
    cfg = random_config(lab.rng)
    B, T = int(lab.rng.integers(2, 4)), int(lab.rng.integers(5, 9))
    D, H = cfg["d_model"], cfg["n_head"]
    model = toy(lab.rng, cfg)
    logits, cache = model.run(lab.rng.integers(0, cfg["n_vocab"], (B, T)))
    up = model.layers[0]["up"][0]
    want = {"embed": cache["embed"].shape, "resid": cache["resid.1"].shape}
    want.update({name: (B, H, T, D // H) for name in ("q", "k", "v", "z")})
    want.update(pattern=(B, H, T, T), mlp_hidden=(B, T, up.shape[1]), logits=logits.shape)
    got = shapes(cfg, B, T)
    for name, shape in want.items():
        truthy(name in got, "activation_shapes lacks the key %r" % name)
        value = got[name]
        ok = isinstance(value, (tuple, list)) and all(isinstance(n, (int, np.integer)) for n in value)
        truthy(ok, "the shape of %s should be a tuple of whole numbers, and is %s" % (name, str(value)[:60]))
        value = tuple(int(n) for n in value)
        if value == shape:
            continue
        reason = ""
        if name in ("q", "k", "v", "z"):
            wrong = {
                (B, T, H, D // H): "the heads come before the positions",
                (B, H, T, D): "each head has the width d_model / n_head",
                (B, T, D): "it is cut into heads",
            }
            reason = wrong.get(value, "")
        if name == "pattern":
            wrong = {
                (B, T, T): "there is one pattern for each head",
                (B, T, H, T): "the heads come before query and key",
                (B, H, T, D // H): "it holds a weight for each pair of positions",
            }
            reason = wrong.get(value, "")
        if name == "mlp_hidden" and value == (B, T, D):
            reason = "the hidden layer is 4 times as wide as the stream"
        if name == "logits" and value == (B, cfg["n_vocab"]):
            reason = "there is a prediction at every position"
        fail("the shape of %s is %s, expected %s%s" % (name, value, tuple(int(n) for n in shape), reason and ": " + reason))


@check("kv-cache", "kv_cache_bytes counts a key and a value for every layer and token", uses=["kv_cache_bytes"], hint="kv")
def _(lab):
    cache = lab.fn("kv_cache_bytes", returns="int")
    small = published["GPT-2 small"][0]
    for cfg, B, T, size in ((small, 1, 1024, 2), (random_config(lab.rng), 3, 7, 1)):
        L, H, D = cfg["n_layer"], cfg["n_head"], cfg["d_model"]
        want = sum(size * (D // H) * T * B for _ in range(L) for _ in range(H) for _ in ("key", "value"))
        got = cache(cfg, B, T) if size == 2 else cache(cfg, B, T, bytes_per_number=size)
        wrong = {
            "2 bytes are taken, whatever `bytes_per_number` says": want // size * 2,
            "only keys or only values are counted": want // 2,
            "only one layer is counted": want // L,
            "the prompts of the batch are not counted": want // B,
            "`bytes_per_number` is not used": want // size,
            "each head is given the full width d_model: together they have it": want * H,
            "only one head is counted": want // H,
            "the attention weights are counted, which nobody keeps": L * B * H * T * T * size,
        }
        for phrase, value in wrong.items():
            if got == value and got != want:
                fail("kv_cache_bytes is %d, expected %d: %s" % (got, want, phrase))
        truthy(
            got == want,
            "kv_cache_bytes(n_layer=%d, n_head=%d, d_model=%d, B=%d, T=%d, %d bytes) is %d, expected %d" % (L, H, D, B, T, size, got, want),
        )
    lab.metric("kv_cache_mebibytes_small_1024_tokens", cache(small, 1, 1024) / 2**20)


@check("flops", "flops_per_token counts the matrix products of one new token", uses=["flops_per_token"], hint="flops")
def _(lab):
    flops = lab.fn("flops_per_token", returns="int")
    small = published["GPT-2 small"][0]
    for cfg, T in ((random_config(lab.rng), int(lab.rng.integers(5, 9))), (small, 1024)):
        L, H, D, V = cfg["n_layer"], cfg["n_head"], cfg["d_model"], cfg["n_vocab"]
        d = D // H

        def product(rows, inner, columns):
            """Operations of a matrix product, counted entry by entry: `inner` multiplications and as many additions."""
            return rows * columns * (inner + inner)

        maps = product(1, D, 3 * D) + product(1, D, D) + product(1, D, 4 * D) + product(1, 4 * D, D)
        mix = H * (product(1, d, T) + product(1, T, d))
        want = L * (maps + mix) + product(1, D, V)
        got = flops(cfg, T)
        wrong = {
            "a multiplication with its addition counts as 1 instead of 2": want // 2,
            "the unembedding is missing: it is tied, but still a product": want - product(1, D, V),
            "scores and weighted sum of the values are missing": want - L * mix,
            "the scores are counted and the weighted sum of the values is not (or the reverse)": want - L * mix // 2,
            "the keys and values of all T tokens are computed again, although they are in the cache": want
            + L * (T - 1) * 2 * product(1, D, D),
            "all T queries are counted: only that of the new token is needed": want + L * (T - 1) * mix,
            "each head is given the full width d_model": want + L * (H - 1) * mix,
            "the embedding is counted as a product: it is a look-up": want + product(1, V, D),
            "it is the number for all T tokens": want * T,
            "the output map of the attention is missing": want - L * product(1, D, D),
            "only one layer is counted": maps + mix + product(1, D, V),
        }
        for phrase, value in wrong.items():
            if got == value and got != want:
                fail("flops_per_token is %d, expected %d: %s" % (got, want, phrase))
        truthy(
            got == want, "flops_per_token(n_layer=%d, d_model=%d, T=%d) is %d, expected %d (ratio %.6g)" % (L, D, T, got, want, got / want)
        )
    lab.metric("flops_over_twice_the_parameters", flops(small, 1) / (2 * published["GPT-2 small"][1]))
    lab.metric("share_of_scores_and_mixing_at_1024", 2 * (flops(small, 1024) - flops(small, 512)) / flops(small, 1024))


def slow_head(model, row, scale=None, norm=True, gain=True, bias=True, table=None):
    """The logits of one stream vector, entry by entry."""
    mean = sum(row) / len(row) if norm else 0.0
    scale = scale or (math.sqrt(sum((value - mean) ** 2 for value in row) / len(row) + model.eps) if norm else 1.0)
    normed = [(value - mean) / scale * (g if gain else 1.0) + (b if bias else 0.0) for value, g, b in zip(row, model.lnf_g, model.lnf_b)]
    table = model.W_U if table is None else table
    return np.array([sum(a * b for a, b in zip(normed, column)) for column in table.T])


def toy_case(rng):
    cfg = random_config(rng)
    B, T = 2, int(rng.integers(3, 6))
    model = toy(rng, cfg)
    return model, rng.integers(0, cfg["n_vocab"], (B, T)), cfg


@check("logit-lens", "logit_lens reads each stream as the model reads the last", uses=["logit_lens"], hint="lens")
def _(lab):
    lens = lab.fn("logit_lens", returns="array")
    model, tokens, cfg = toy_case(lab.rng)
    logits, cache = model.run(tokens)
    B, T = tokens.shape
    L, V = cfg["n_layer"], cfg["n_vocab"]

    def slow(**kw):
        return np.array(
            [[[slow_head(model, cache["resid.%d" % layer][b, t], **kw) for t in range(T)] for b in range(B)] for layer in range(L + 1)]
        )

    got = lens(model, tokens)
    same_shape(got, (L + 1, B, T, V), "logit_lens (one entry for each of the streams resid.0 to resid.%d)" % L)
    last = np.array([[cache["ln_scale"][b, t, 0] for t in range(T)] for b in range(B)])
    close(
        got,
        slow(),
        "logit_lens",
        axes="(layer, B, T, V)",
        alternatives={
            "the last layer norm is left out": lambda: slow(norm=False, gain=False, bias=False),
            "gain and bias of the last layer norm are left out": lambda: slow(gain=False, bias=False),
            "the bias of the last layer norm is left out": lambda: slow(bias=False),
            "you use the embedding instead of the unembedding": lambda: slow(table=model.W_E.T),
            "every stream is divided by the scale of the last one: here each has its own": lambda: np.array(
                [
                    [[slow_head(model, cache["resid.%d" % layer][b, t], scale=last[b, t]) for t in range(T)] for b in range(B)]
                    for layer in range(L + 1)
                ]
            ),
            "you read what each layer adds instead of the stream": lambda: _read_terms(model, cache, L, B, T),
        },
    )
    close(got[-1], logits, "the lens at the last layer, which must be the model's own logits,", axes="(B, T, V)")
    agree = (got.argmax(-1) == logits.argmax(-1)).mean(axis=(1, 2))
    lab.metric("lens_agreement_at_the_embedding", agree[0])
    lab.metric("lens_agreement_after_the_last_layer", agree[-1])


def _read_terms(model, cache, L, B, T):
    streams = [cache["resid.0"]] + [cache["resid.%d" % (i + 1)] - cache["resid.%d" % i] for i in range(L)]
    return np.array([[[slow_head(model, stream[b, t]) for t in range(T)] for b in range(B)] for stream in streams])


@check(
    "attribution",
    "direct_logit_attribution splits the logit difference into its terms",
    uses=["direct_logit_attribution"],
    hint="attribution",
)
def _(lab):
    attribute = lab.fn("direct_logit_attribution", returns="dict")
    model, tokens, cfg = toy_case(lab.rng)
    logits, cache = model.run(tokens)
    B, T = tokens.shape
    good = lab.rng.integers(0, cfg["n_vocab"], B)
    bad = (good + lab.rng.integers(1, cfg["n_vocab"], B)) % cfg["n_vocab"]
    names = ["embed"] + ["%s.%d" % (kind, i) for i in range(cfg["n_layer"]) for kind in ("attn", "mlp")]
    got = attribute(model, tokens, good, bad)
    missing = [name for name in names + ["bias"] if name not in got]
    truthy(not missing, "direct_logit_attribution lacks %s" % ", ".join(missing))
    unknown = [str(name) for name in got if name not in names + ["bias"]]
    truthy(not unknown, "direct_logit_attribution has the unknown keys %s" % ", ".join(unknown))
    for name in names + ["bias"]:
        truthy(isinstance(got[name], np.ndarray) and got[name].dtype.kind == "f", "the attribution of %s should be an array" % name)
        same_shape(got[name], (B,), "the attribution of " + name)

    def slow(term, at=-1, own_scale=False, centre=True, gain=True, scaled=True, bias=False, table=None):
        table = model.W_U if table is None else table
        values = []
        for b in range(B):
            row = term[b, at] if term is not None else np.zeros(cfg["d_model"])
            mean = sum(row) / len(row) if centre else 0.0
            scale = cache["ln_scale"][b, at, 0]
            if own_scale:
                scale = math.sqrt(sum((value - mean) ** 2 for value in row) / len(row) + model.eps)
            total = 0.0
            for i, value in enumerate(row):
                each = (value - mean) / (scale if scaled else 1.0) * (model.lnf_g[i] if gain else 1.0) + (model.lnf_b[i] if bias else 0.0)
                total += each * (table[i, good[b]] - table[i, bad[b]])
            values.append(total)
        return np.array(values)

    for name in names:
        term = cache[name]
        close(
            got[name],
            slow(term),
            "the attribution of %s" % name,
            axes="(B)",
            alternatives={
                "you read with the embedding instead of the unembedding": lambda: slow(term, table=model.W_E.T),
                "each term is divided by its own scale: take that of the whole stream, cache['ln_scale']": lambda: slow(
                    term, own_scale=True
                ),
                "the layer norm is left out": lambda: slow(term, centre=False, gain=False, scaled=False),
                "the division by the scale is left out": lambda: slow(term, scaled=False),
                "the mean of the term is not subtracted": lambda: slow(term, centre=False),
                "the gain of the layer norm is left out": lambda: slow(term, gain=False),
                "the bias of the layer norm is added to every term: it is a contribution of its own": lambda: slow(term, bias=True),
                "you read at the first position": lambda: slow(term, at=0),
                "you average over the positions": lambda: np.mean([slow(term, at=t) for t in range(T)], axis=0),
            },
        )
    close(
        got["bias"],
        slow(None, bias=True),
        "the attribution of bias (the bias of the last layer norm)",
        axes="(B)",
        alternatives={"it is set to zero, so that the terms do not add up to the logit difference": np.zeros(B)},
    )
    want = np.array([logits[b, -1, good[b]] - logits[b, -1, bad[b]] for b in range(B)])
    close(sum(got[name] for name in names + ["bias"]), want, "the sum of all attributions", axes="(B)")
