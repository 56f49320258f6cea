import math

import numpy as np

from aisafe_lab import allclose, check, close, fail, fixture, gradcheck, same_shape, truthy

block_names = ("ln1_g", "ln1_b", "Wq", "Wk", "Wv", "Wo", "ln2_g", "ln2_b", "W1", "b1", "W2", "b2")


def random_params(rng, V, longest, D, L, spread=1.0):
    """A model whose every tensor is random, so that none can be left out unnoticed."""
    shapes = {"wte": (V, D), "wpe": (longest, D), "lnf_g": (D,), "lnf_b": (D,)}
    for i in range(L):
        for name in block_names:
            shape = {"W1": (D, D + 2), "b1": (D + 2,), "W2": (D + 2, D)}.get(name, (D, D) if name[0] == "W" else (D,))
            shapes["h%d.%s" % (i, name)] = shape
    params = {}
    for name, shape in shapes.items():
        scale = spread if name in ("wte", "wpe") else shape[0] ** -0.5 if len(shape) == 2 else 0.3
        params[name] = scale * rng.normal(size=shape) + (1 if name.endswith("_g") else 0)
    return params


def slow_norm(row, gain, bias):
    mean = sum(row) / len(row)
    var = sum((value - mean) ** 2 for value in row) / len(row)
    return np.array([(value - mean) / math.sqrt(var + 1e-5) * g + b for value, g, b in zip(row, gain, bias)])


def slow_gelu(x):
    return 0.5 * x * (1 + math.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def slow_gpt(params, tokens, n_heads, causal=True, positions=True, last_norm=True, unembed=None):
    """One sequence, position by position. Returns (logits (T, V), weights (L, H, T, T))."""
    T, D = len(tokens), params["wte"].shape[1]
    d = D // n_heads
    rows = [params["wte"][token] + (params["wpe"][t] if positions else 0) for t, token in enumerate(tokens)]
    weights, i = [], 0
    while "h%d.Wq" % i in params:
        p = {name: params["h%d.%s" % (i, name)] for name in block_names}
        normed = [slow_norm(row, p["ln1_g"], p["ln1_b"]) for row in rows]
        q, k, v = (np.array([row @ p[name] for row in normed]) for name in ("Wq", "Wk", "Wv"))
        joined, pattern = np.zeros((T, D)), np.zeros((n_heads, T, T))
        for h in range(n_heads):
            part = slice(h * d, (h + 1) * d)
            for t in range(T):
                exps = [math.exp(float(q[t, part] @ k[s, part]) / math.sqrt(d)) for s in range(t + 1 if causal else T)]
                for s, e in enumerate(exps):
                    pattern[h, t, s] = e / sum(exps)
                    joined[t, part] += pattern[h, t, s] * v[s, part]
        rows = [row + each @ p["Wo"] for row, each in zip(rows, joined)]
        hidden = [slow_norm(row, p["ln2_g"], p["ln2_b"]) @ p["W1"] + p["b1"] for row in rows]
        rows = [row + np.array([slow_gelu(value) for value in each]) @ p["W2"] + p["b2"] for row, each in zip(rows, hidden)]
        weights.append(pattern)
        i += 1
    if last_norm:
        rows = [slow_norm(row, params["lnf_g"], params["lnf_b"]) for row in rows]
    table = params["wte"] if unembed is None else unembed
    return np.array([[float(row @ each) for each in table] for row in rows]), np.array(weights)


def slow_losses(logits, y):
    """-log(probability) of every target, those that are -1 included (as the last token), as (B, T)."""
    return np.array(
        [
            [math.log(sum(math.exp(z - row.max()) for z in row)) + row.max() - row[t] for row, t in zip(rows, targets)]
            for rows, targets in zip(logits, y)
        ]
    )


def slow_loss(params, x, y, n_heads, unembed=None):
    logits = np.array([slow_gpt(params, row, n_heads, unembed=unembed)[0] for row in x])
    losses = slow_losses(logits, y)
    return sum(loss for loss, target in zip(losses.ravel(), y.ravel()) if target >= 0) / (y >= 0).sum()


def small_case(rng, L=2, D=6, H=3, V=7):
    B, T = (int(n) for n in rng.permutation([3, 4, 5])[:2])
    params = random_params(rng, V, T + 2, D, L)
    x = rng.integers(0, V, (B, T))
    y = rng.integers(0, V, (B, T))
    y[0, : T - 1] = -1
    y[1, 0] = -1
    return params, x, y, H


@check("tokenizer", "tokenize and detokenize are each other's inverse", uses=["tokenize", "detokenize"], hint="tokens")
def _(lab):
    tokenize, detokenize = lab.fn("tokenize", returns="array"), lab.fn("detokenize", returns="str")
    vocab = "".join(str(each) for each in lab.rng.permutation(list("zebra knt.")))
    text = "".join(vocab[i] for i in lab.rng.integers(0, len(vocab), 20))
    got = tokenize(text, vocab)
    truthy(got.dtype.kind in "iu", "tokens should be whole numbers, and are %s" % got.dtype)
    want = np.array([[i for i, each in enumerate(vocab) if each == character][0] for character in text])
    close(
        got,
        want,
        "tokenize(%r, %r)" % (text, vocab),
        alternatives={
            "the characters get the numbers of sorted(vocab) instead of their places in vocab": lambda: [
                sorted(vocab).index(c) for c in text
            ],
            "you use the character codes (ord)": lambda: [ord(c) for c in text],
        },
    )
    back = detokenize(want, vocab)
    truthy(back == text, "detokenize should give back the text %r, and gives %r" % (text, back[:60]))
    try:
        unknown = tokenize("z?", vocab)
    except ValueError:
        return
    fail("a character that is not in vocab must raise ValueError, and gives %s: it would be taken for another token" % unknown.tolist())


@check("targets", "shift_targets asks for the next token, and not inside the prompt", uses=["shift_targets"], hint="targets")
def _(lab):
    shift = lab.fn("shift_targets", returns=("array", "array"))
    B, n = int(lab.rng.integers(2, 4)), int(lab.rng.integers(7, 10))
    tokens = lab.rng.integers(0, 50, (B, n))
    for prompt_len in (0, 1, int(lab.rng.integers(3, n - 2))):

        def slow(shifted=1, ends=prompt_len):
            return np.array([[row[t + shifted] if t + 1 >= ends else -1 for t in range(n - 1)] for row in tokens])

        x, y = shift(tokens, prompt_len)
        close(x, tokens[:, : n - 1], "x", axes="(B, T)")
        close(
            y,
            slow(),
            "y, for a prompt of %d," % prompt_len,
            axes="(B, T)",
            alternatives={
                "the targets are not shifted: the model would only have to repeat its input": lambda: slow(shifted=0),
                "the first token after the prompt is not asked for: it is the target at the prompt's last position": lambda: slow(
                    ends=prompt_len + 1
                ),
                "the last token of the prompt is asked for": lambda: slow(ends=prompt_len - 1),
                "the prompt is asked for as well": lambda: slow(ends=0),
            },
        )


@check("init", "init_params gives all tensors, and a model that knows nothing", uses=["init_params", "gpt_loss"], hint="init")
def _(lab):
    init, gpt_loss = lab.fn("init_params", returns="dict"), lab.fn("gpt_loss", returns="float")
    V, longest, D, L = 13, 9, 8, 2
    params = init(lab.rng, V, longest, D, L)
    shapes = {"wte": (V, D), "wpe": (longest, D), "lnf_g": (D,), "lnf_b": (D,)}
    for i in range(L):
        for name in block_names:
            shape = {"W1": (D, 4 * D), "b1": (4 * D,), "W2": (4 * D, D)}.get(name, (D, D) if name[0] == "W" else (D,))
            shapes["h%d.%s" % (i, name)] = shape
    missing, extra = sorted(set(shapes) - set(params)), sorted(str(each) for each in set(params) - set(shapes))
    truthy(not missing and not extra, "params lacks the tensors %s and has the unknown ones %s" % (missing, extra))
    for name, shape in shapes.items():
        tensor = params[name]
        truthy(isinstance(tensor, np.ndarray) and tensor.dtype == np.float64, "%s should be a float64 array" % name)
        same_shape(tensor, shape, name)
        if len(shape) == 1:
            want = np.ones(shape) if name.endswith("_g") else np.zeros(shape)
            close(tensor, want, name)
        else:
            truthy(np.unique(tensor).size > 1, "all entries of %s are equal: they would stay equal in training" % name)
            truthy(
                0.03 < tensor.std() < 0.07,
                "the entries of %s have the standard deviation %.4g, expected about sd = 0.05" % (name, tensor.std()),
            )
    other = init(lab.rng, V, longest, D, L, sd=0.2)
    same_shape(other["h0.Wq"], (D, D), "h0.Wq")
    truthy(0.12 < other["h0.Wq"].std() < 0.28, "sd=0.2 is asked for and h0.Wq has the standard deviation %.4g" % other["h0.Wq"].std())
    x, y = lab.rng.integers(0, V, (20, longest)), lab.rng.integers(0, V, (20, longest))
    loss = gpt_loss(params, x, y)
    truthy(
        abs(loss - math.log(V)) < 0.05 * math.log(V),
        "an untrained model should find all %d tokens about equally likely: loss log(%d) = %.4g within 5 %%, got %.4g"
        % (V, V, math.log(V), loss),
    )
    lab.metric("untrained_loss", loss)


@check(
    "loss",
    "logits and loss agree with a slow model, and targets of -1 do not count",
    uses=["gpt_logits", "gpt_loss"],
    hint="loss",
)
def _(lab):
    gpt_logits, gpt_loss = lab.fn("gpt_logits", returns="array"), lab.fn("gpt_loss", returns="float")
    params, x, y, H = small_case(lab.rng)

    def slow(**kw):
        return np.array([slow_gpt(params, row, H, **kw)[0] for row in x])

    want = slow()
    close(
        gpt_logits(params, x, n_heads=H),
        want,
        "gpt_logits",
        axes="(B, T, V)",
        alternatives={
            "the position embedding is missing": lambda: slow(positions=False),
            "the last layer norm is missing": lambda: slow(last_norm=False),
            "the attention sees the future": lambda: slow(causal=False),
        },
    )
    losses = slow_losses(want, y)
    counted = y >= 0
    close(
        gpt_loss(params, x, y, n_heads=H),
        losses[counted].sum() / counted.sum(),
        "gpt_loss",
        alternatives={
            "targets of -1 count too (as an index, -1 is the last token)": losses.mean(),
            "targets of -1 add nothing to the sum, and yet count in the number that you divide by": losses[counted].sum() / y.size,
            "the sum is not divided by the number of targets": losses[counted].sum(),
            "you average over each sequence first, so that one with few targets weighs as much as the others": (
                lambda: np.mean([row[ok].mean() for row, ok in zip(losses, counted) if ok.any()])
            ),
            "the logarithm has base 2": losses[counted].mean() / math.log(2),
        },
    )
    shift = params.copy()
    shift["lnf_b"] = params["lnf_b"] + 800 * np.linalg.pinv(params["wte"]) @ np.ones(len(params["wte"]))
    truthy(
        np.isfinite(gpt_loss(shift, x, y, n_heads=H)),
        "with logits of several hundred the loss overflows: subtract the largest logit of each row before exp",
    )


@check(
    "no-future",
    "tokens after a position do not change the logits at it",
    uses=["gpt_logits"],
    needs=["loss"],
    hint="loss",
)
def _(lab):
    gpt_logits = lab.fn("gpt_logits", returns="array")
    params = random_params(lab.rng, 7, 8, 6, 2)
    x = lab.rng.integers(0, 7, (3, 8))
    at = int(lab.rng.integers(1, 7))
    changed = x.copy()
    changed[:, at:] = (x[:, at:] + 1) % 7
    before, after = gpt_logits(params, x, n_heads=3), gpt_logits(params, changed, n_heads=3)
    same_shape(before, (3, 8, 7), "gpt_logits")
    same_shape(after, (3, 8, 7), "gpt_logits")
    close(after[:, :at], before[:, :at], "the logits before position %d, after a change from there on," % at, axes="(B, T, V)")


@check(
    "grads",
    "gpt_grads gives the derivatives of the loss with respect to every tensor",
    uses=["gpt_grads"],
    needs=["loss"],
    timeout=20,
    hint="grads",
)
def _(lab):
    gpt_loss, gpt_grads = lab.fn("gpt_loss", returns="float"), lab.fn("gpt_grads", returns=("float", "dict"))
    params, x, y, H = small_case(lab.rng, L=1, D=4, H=2, V=13)
    loss, grads = gpt_grads(params, x, y, n_heads=H)
    close(loss, slow_loss(params, x, y, H), "the loss that gpt_grads returns")
    for name in params:
        truthy(isinstance(grads.get(name), np.ndarray), "gpt_grads should give an array for %s" % name)
        same_shape(grads[name], params[name].shape, "the gradient of " + name)

    def numeric(f, table):
        result = np.zeros(table.shape)
        for index in np.ndindex(table.shape):
            before = table[index]
            table[index] = before + 1e-5
            above = f()
            table[index] = before - 1e-5
            result[index] = (above - f()) / 2e-5
            table[index] = before
        return result

    got = grads["wte"]
    if not allclose(got, numeric(lambda: gpt_loss(params, x, y, n_heads=H), params["wte"]), rtol=1e-4, atol=1e-6):
        fixed = params["wte"].copy()
        as_embedding = numeric(lambda: slow_loss(params, x, y, H, unembed=fixed), params["wte"])
        as_unembedding = numeric(lambda: slow_loss(params, x, y, H, unembed=fixed), fixed)
        if allclose(got, as_unembedding, rtol=1e-3, atol=1e-5):
            fail("the gradient of wte lacks its use as embedding: wte is used twice, and the gradients of both uses are added")
        if allclose(got, as_embedding, rtol=1e-3, atol=1e-5):
            fail("the gradient of wte lacks its use as map to the logits: wte is used twice, and the gradients of both uses are added")
        tokens, times = np.unique(x, return_counts=True)
        once = [each for each in range(len(got)) if each not in tokens[times > 1]]
        if set(once) & set(tokens.tolist()) and allclose(got[once], (as_embedding + as_unembedding)[once], rtol=1e-3, atol=1e-5):
            fail(
                "the gradient of wte is wrong in the rows of tokens that occur more than once in x: such a token gets the sum of its "
                "gradients, which grads[x] += ... does not give (use np.add.at)"
            )
    order = ("wte", "lnf_b", "lnf_g", "wpe") + tuple("h0." + name for name in block_names[::-1])
    gradcheck(lambda p: gpt_loss(p, x, y, n_heads=H), {name: params[name] for name in order}, grads, lab.rng, coords=6)
    truthy(set(grads) == set(params), "gpt_grads should have exactly the keys of params")


def adamw(params, batches, grads_of, lr, clip, decay, frozen=(), kind=""):
    """AdamW tensor by tensor; `kind` is a known mistake. Returns the params after all batches."""
    params = {name: value.copy() for name, value in params.items()}
    m = {name: np.zeros_like(value) for name, value in params.items()}
    v = {name: np.zeros_like(value) for name, value in params.items()}
    for n, (x, y) in enumerate(batches, 1):
        grads = {name: grad for name, grad in grads_of(params, x, y).items() if name not in frozen or kind == "frozen counts"}
        length = math.sqrt(sum(float((grad**2).sum()) for grad in grads.values()))
        for name, grad in grads.items():
            own = np.linalg.norm(grad) if kind == "clip each" else length
            if kind == "clip values":
                grad = np.clip(grad, -clip, clip)
            elif kind == "clip always" or (own > clip and kind != "no clip"):
                grad = grad * (clip / own)
            if kind == "l2" and grad.ndim == 2:
                grad = grad + decay * params[name]
            m[name] = 0.9 * m[name] + 0.1 * grad
            v[name] = 0.99 * v[name] + 0.01 * grad**2
            fix = (1.0, 1.0) if kind == "no correction" else (1 - 0.9**n, 1 - 0.99**n)
            step = (m[name] / fix[0]) / (np.sqrt(v[name] / fix[1]) + 1e-8)
            if kind == "sgd":
                step = grad
            if kind != "l2" and kind != "no decay" and (grad.ndim == 2 or kind == "decay all"):
                step = step + decay * params[name]
            if name not in frozen:
                params[name] = params[name] - lr * step * (-1 if kind == "ascent" else 1)
    return params


@check(
    "train-step",
    "train_step is AdamW with clipping, and leaves frozen tensors alone",
    uses=["train_step"],
    needs=["grads"],
    hint="step",
)
def _(lab):
    gpt_grads = lab.fn("gpt_grads", returns=("float", "dict"))
    train_step = lab.fn("train_step", returns=("dict", "any", "float"))
    params, x, y, H = small_case(lab.rng, L=1)
    batches = [(x, y), (x[::-1].copy(), y), (x, np.where(y >= 0, (y + 1) % 3, -1))]
    names = sorted(params)

    def flat(tensors):
        return np.concatenate([tensors[name].ravel() for name in names])

    def oracle(kind="", clip=1.0, frozen=()):
        return flat(adamw(params, batches, lambda p, a, b: gpt_grads(p, a, b, n_heads=H)[1], 0.01, clip, 0.1, frozen, kind))

    length = math.sqrt(sum(float((grad**2).sum()) for grad in gpt_grads(params, x, y, n_heads=H)[1].values()))
    frozen = ("wpe", "h0.W1", "lnf_g")
    for clip, freeze in ((0.3 * length, ()), (50 * length, ()), (0.3 * length, frozen)):
        new, state, losses = params, None, []
        for a, b in batches:
            new, state, loss = train_step(new, state, a, b, 0.01, n_heads=H, clip=clip, weight_decay=0.1, freeze=freeze)
            losses.append(loss)
        truthy(set(new) == set(params), "train_step should return params with the same keys")
        for name in names:
            truthy(isinstance(new[name], np.ndarray), "train_step returns no array for %s" % name)
            same_shape(new[name], params[name].shape, name)
            if name in freeze:
                truthy(np.array_equal(new[name], params[name]), "%s is frozen and changes in train_step" % name)
        ways = {
            "m and v are not corrected for their start at zero": "no correction",
            "the decay is added to the gradient (L2) instead of being taken from the weights": "l2",
            "gains and biases decay as well: only tensors with two axes should": "decay all",
            "nothing decays": "no decay",
            "the gradients are not clipped": "no clip",
            "each tensor is clipped by its own length: the length of all gradients together counts": "clip each",
            "each entry is clipped by itself": "clip values",
            "gradients shorter than clip are stretched to that length": "clip always",
            "frozen gradients count in the length for clipping": "frozen counts",
            "you step up the gradient": "ascent",
            "this is plain gradient descent": "sgd",
        }
        close(
            flat(new),
            oracle("", clip, freeze),
            "the parameters (all tensors in alphabetical order) after three steps, clip %s the length of the gradient,"
            % ("below" if clip < length else "above"),
            alternatives={phrase: (lambda kind=kind: oracle(kind, clip, freeze)) for phrase, kind in ways.items()},
        )
        close(losses[0], slow_loss(params, x, y, H), "the loss that the first train_step returns (that before the step)")


letters, copied, steps = 10, 5, 120
"""The language: five letters, a bar, and the same five letters again. Token 10 is the bar."""


def copying(rng, B, cipher=None):
    first = rng.integers(0, letters, (B, copied))
    second = first if cipher is None else cipher[first]
    tokens = np.concatenate([first, np.full((B, 1), letters), second], axis=1)
    y = tokens[:, 1:].copy()
    y[:, :copied] = -1
    return tokens[:, :-1].copy(), y


def bigram_loss(train, test):
    """The loss of counting which token follows which, on the targets that count."""
    counts = np.ones((letters + 1, letters + 1))
    for x, y in train:
        for a, b in zip(x[y >= 0], y[y >= 0]):
            counts[a, b] += 1
    probs = counts / counts.sum(axis=1, keepdims=True)
    x, y = test
    return -np.mean([math.log(probs[a, b]) for a, b in zip(x[y >= 0], y[y >= 0])])


@fixture("trained")
def _(lab):
    rng = lab.pool_rng
    params = lab.fn("init_params", returns="dict")(rng, letters + 1, 2 * copied, 16, 1)
    guarded, plain = lab.fn("train_step", returns=("dict", "any", "float")), lab.raw("train_step")
    state, curve, seen = None, [], []
    for n in range(steps):
        seen.append(copying(rng, 16))
        warm, rest = min(1.0, (n + 1) / 20), n / steps
        # The checks before have looked at what train_step returns; looking at every step would take as long as the step.
        params, state, loss = (plain if n % 40 else guarded)(
            params, state, *seen[-1], 0.01 * warm * (0.55 + 0.45 * math.cos(math.pi * rest))
        )
        curve.append(loss)
    return dict(params=params, curve=curve, seen=seen, test=copying(rng, 100), rng=rng)


@check(
    "training",
    "120 steps bring the loss far below that of counting pairs of tokens",
    uses=["train_step", "gpt_loss"],
    needs=["init", "train-step"],
    timeout=20,
    hint="training",
)
def _(lab):
    run = lab.get("trained")
    gpt_loss = lab.fn("gpt_loss", returns="float")
    oracle = bigram_loss(run["seen"], run["test"])
    loss = gpt_loss(run["params"], *run["test"])
    truthy(
        loss < 0.5 * oracle,
        "after %d steps the loss on new sequences is %.4g; counting which token follows which gives %.4g, and attention should do far better"
        % (steps, loss, oracle),
        "loss of every tenth step:\n" + " ".join("%.3g" % each for each in run["curve"][::10]),
    )
    lab.metric("bigram_loss", oracle)
    lab.metric("loss_at_start", run["curve"][0])
    lab.metric("loss_after_40_steps", run["curve"][39])
    lab.metric("loss_after_training", loss)


def slow_continue(params, prompt, n, H, crop=None, feed=True):
    longest = len(params["wpe"])
    tokens, seen = list(prompt), list(prompt)
    for _ in range(n):
        window = seen[:longest] if crop == "front" else seen[-longest:]
        tokens.append(int(np.argmax(slow_gpt(params, window, H)[0][-1])))
        seen = tokens if feed else list(prompt)
    return np.array(tokens)


@check("sample", "sample draws from softmax(logits / temp), token after token", uses=["sample"], needs=["loss"], timeout=10, hint="sample")
def _(lab):
    sample = lab.fn("sample", returns="array")
    H, longest, V = 3, 5, 6
    for _ in range(60):
        params = random_params(lab.rng, V, longest, 6, 1)
        prompt = lab.rng.integers(0, V, longest + 2)
        ways = {
            "": slow_continue(params, prompt, 5, H),
            "new tokens are not given back to the model: each is predicted from the prompt alone": slow_continue(
                params, prompt, 5, H, feed=False
            ),
            "of a long text the first tokens are used instead of the last": slow_continue(params, prompt, 5, H, crop="front"),
        }
        if len({tuple(each.tolist()) for each in ways.values()}) == 3:
            break
    want = ways.pop("")
    got = sample(params, prompt, 5, 0, lab.rng, n_heads=H)
    close(
        got,
        want,
        "sample at temp=0 (always the largest logit), prompt and five tokens,",
        alternatives=dict(ways, **{"the prompt is left out of what you return": want[len(prompt) :]}),
    )

    temp, n = 2.5, 250

    def probs(z):
        e = np.exp(z - z.max())
        return e / e.sum()

    # Logits that spread over 8, such that the shares with temp, without it, and with it the wrong way round lie well apart.
    widest = 0.0
    for _ in range(30):
        other = random_params(lab.rng, V, longest, 6, 1)
        raw = slow_gpt(other, prompt[-longest:], H)[0][-1]
        factor = 8.0 / np.ptp(raw)
        right = probs(raw * factor / temp)
        apart = min(np.abs(right - probs(raw * factor * wrong)).max() for wrong in (1.0, temp))
        if apart > widest:
            widest, logits = apart, raw * factor
            scaled = dict(other, lnf_g=other["lnf_g"] * factor, lnf_b=other["lnf_b"] * factor)

    drawn = []
    for _ in range(n):
        out = sample(scaled, prompt, 1, temp, lab.rng, n_heads=H)
        same_shape(out, (len(prompt) + 1,), "sample(..., n=1)")
        drawn.append(int(out[-1]))
    truthy(min(drawn) >= 0 and max(drawn) < V, "sample returns a token outside the vocabulary: %d" % max(drawn, key=abs))
    shares = np.bincount(drawn, minlength=V) / n

    def fits(p):
        return bool((np.abs(shares - p) <= 5 * np.sqrt(p * (1 - p) / n) + 2 / n).all())

    if not fits(probs(logits / temp)):
        for phrase, other in {
            "you multiply the logits by temp instead of dividing": logits * temp,
            "temp is not used": logits,
            "you divide by the square of temp": logits / temp**2,
            "all tokens are equally likely": 0 * logits,
        }.items():
            if fits(probs(other)):
                fail(
                    "the shares of %d draws at temp=%.3g do not fit softmax(logits / temp): they fit what you get when %s"
                    % (n, temp, phrase),
                    _shares(shares, probs(logits / temp)),
                )
        fail("the shares of %d draws at temp=%.3g do not fit softmax(logits / temp)" % (n, temp), _shares(shares, probs(logits / temp)))
    best = np.sort(logits)[-2:]
    if best[1] - best[0] > 0.1:
        cold = sample(scaled, prompt, 1, 1e-3, lab.rng, n_heads=H)
        truthy(int(cold[-1]) == int(np.argmax(logits)), "at temp=0.001 the largest logit should always win (is exp overflowing?)")


def _shares(got, want):
    return "shares drawn\n%s\nexpected\n%s" % (np.array2string(got, precision=3), np.array2string(want, precision=3))


@check(
    "fine-tune",
    "fine_tune learns the new task, and frozen tensors come back bit by bit",
    uses=["fine_tune"],
    needs=["training"],
    timeout=20,
    hint="fine-tune",
)
def _(lab):
    run = lab.get("trained")
    gpt_loss, fine_tune = lab.fn("gpt_loss", returns="float"), lab.fn("fine_tune", returns="dict")
    rng = lab.pool_rng
    cipher = np.roll(rng.permutation(letters), 1)
    freeze = [name for name in run["params"] if name == "wpe" or name.split(".")[-1] in ("ln1_g", "ln1_b", "Wq", "Wk")]
    test = copying(rng, 100, cipher)
    tuned = fine_tune(run["params"], [copying(rng, 16, cipher) for _ in range(40)], freeze, 0.007)
    truthy(set(tuned) == set(run["params"]), "fine_tune should return params with the same keys")
    for name, old in run["params"].items():
        truthy(isinstance(tuned[name], np.ndarray), "fine_tune returns no array for %s" % name)
        same_shape(tuned[name], old.shape, name)
        if name in freeze:
            truthy(
                np.array_equal(tuned[name], old),
                "%s is frozen and comes back changed: largest change %.3g" % (name, np.abs(tuned[name] - old).max()),
            )
    moved = [name for name in tuned if name not in freeze and not np.array_equal(tuned[name], run["params"][name])]
    truthy(moved, "no tensor changes in fine_tune: only those named in freeze should stay")
    before, after = gpt_loss(run["params"], *test), gpt_loss(tuned, *test)
    truthy(
        after < 0.5 * before,
        "after 40 steps of fine-tuning the loss on the new task is %.4g, it was %.4g before: it should fall below half" % (after, before),
    )
    lab.metric("new_task_before", before)
    lab.metric("new_task_after", after)
    old_before, old_after = gpt_loss(run["params"], *run["test"]), gpt_loss(tuned, *run["test"])
    lab.metric("old_task_change", old_after - old_before)


@check(
    "attention-map",
    "attention_map gives the weights of every block and head",
    uses=["attention_map"],
    needs=["training"],
    timeout=20,
    hint="maps",
)
def _(lab):
    attention_map = lab.fn("attention_map", returns="array")
    params = random_params(lab.rng, 7, 6, 6, 2)
    x = lab.rng.integers(0, 7, 5)
    want = slow_gpt(params, x, 3)[1]
    got = attention_map(params, x, n_heads=3)
    close(
        got,
        want,
        "attention_map",
        axes="(block, head, query, key)",
        alternatives={
            "query and key are exchanged": lambda: want.swapaxes(-1, -2),
            "the heads are averaged": lambda: want.mean(axis=1),
            "only the last block is returned": lambda: want[-1],
        },
    )
    run = lab.get("trained")
    maps = attention_map(run["params"], run["test"][0][0])
    same_shape(maps, (1, 2, 2 * copied, 2 * copied), "attention_map of the trained model")
    back = np.array([[np.mean([head[t, t - copied] for t in range(copied, 2 * copied)]) for head in block] for block in maps])
    lab.metric("largest_weight_on_the_letter_to_copy", back.max())


@check("heatmap", "ascii_heatmap draws one character for each weight", uses=["ascii_heatmap"], hint="maps")
def _(lab):
    heatmap = lab.fn("ascii_heatmap", returns="str")
    T, S = int(lab.rng.integers(4, 7)), int(lab.rng.integers(8, 12))
    A = lab.rng.integers(0, 20, (T, S)) / 20 + 0.02
    A[0, :3] = 0, 1, 0.995
    levels = " .:-=+*#%@"

    def draw(values, number=lambda v: min(int(10 * v), 9)):
        return "\n".join("".join(levels[number(v)] for v in row) for row in values)

    got, want = heatmap(A), draw(A)
    if got == want:
        return
    details = "got\n%s\nexpected\n%s" % (got[:400], want)
    lines = got.split("\n")
    for phrase, other in {
        "rows and columns are exchanged": draw(A.T),
        "there is a newline too many at the end": want + "\n",
        "values are rounded instead of cut off": draw(A, lambda v: min(int(round(10 * v)), 9)),
        "values are scaled by 9 instead of 10": draw(A, lambda v: int(9 * v)),
        "values are scaled by 9 and rounded, instead of scaled by 10 and cut off": draw(A, lambda v: int(round(9 * v))),
        "spaces at the ends of the lines are cut off": "\n".join(line.rstrip() for line in want.split("\n")),
        "the characters are in reverse order": draw(A, lambda v: 9 - min(int(10 * v), 9)),
    }.items():
        if got == other:
            fail("ascii_heatmap: " + phrase, details)
    truthy(len(lines) == T, "the heatmap should have %d lines, and has %d" % (T, len(lines)), details)
    truthy(all(len(line) == S for line in lines), "every line of the heatmap should have %d characters" % S, details)
    fail("the heatmap has other characters than expected", details)
