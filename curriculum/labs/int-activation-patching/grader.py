import numpy as np
from toy_transformer import induction_model, induction_prompts, random_model

from aisafe_lab import check, close, fail, fixture, same_shape, truthy


def slow_run(model, tokens, resid=None, heads=None):
    """The forward pass again, one prompt and one head at a time.

    resid: function (prompt, layer, stream (T, D)) -> stream; heads: function (prompt, layer, head, output (T, D)) -> output.
    Returns (logits, streams[layer][prompt], outputs[layer][prompt][head]).
    """
    L, H = model.n_layers, model.n_heads
    logits, streams, outputs = [], [[] for _ in range(L + 1)], [[] for _ in range(L)]
    for b, row in enumerate(tokens):
        T = len(row)
        x = np.array([model.W_E[token] + model.W_pos[t] for t, token in enumerate(row)])
        for layer in range(L):
            x = resid(b, layer, x) if resid else x
            streams[layer].append(x)
            outputs[layer].append([])
            for h in range(H):
                q, k, v = (x @ W[layer, h] for W in (model.W_Q, model.W_K, model.W_V))
                scores = q @ k.T / q.shape[1] ** 0.5
                exps = np.tril(np.exp(scores - scores.max()))
                out = (exps.T / exps.sum(axis=1)).T @ v @ model.W_O[layer, h]
                outputs[layer][b].append(heads(b, layer, h, out) if heads else out)
            x = x + sum(outputs[layer][b])
        x = resid(b, L, x) if resid else x
        streams[L].append(x)
        logits.append(x @ model.W_U)
    return np.array(logits), streams, outputs


def slow_patch(model, into, source, layer, positions, head=None):
    """Logits of the run on `into` with what `source` computed at some positions: of the stream, or of one head.

    source: prompts, or what slow_run gave for them.
    """
    _, streams, outputs = source if isinstance(source, tuple) else slow_run(model, source)

    def stream_hook(b, at, x):
        return put(x, streams[at][b], positions) if at == layer else x

    def head_hook(b, at, h, out):
        return put(out, outputs[at][b][h], positions) if at == layer and h in heads else out

    heads = range(model.n_heads) if head == "all" else [head]
    if head is None:
        return slow_run(model, into, resid=stream_hook)[0]
    return slow_run(model, into, heads=head_hook)[0]


def put(old, new, positions):
    result = old.copy()
    for pos in positions:
        result[pos] = new[pos]
    return result


def preference(logits, good, bad, at=-1):
    return np.array([row[at][g] - row[at][b] for row, g, b in zip(logits, good, bad)])


def share(patched, clean, corrupt):
    return (sum(patched) - sum(corrupt)) / (sum(clean) - sum(corrupt))


@fixture("random")
def _(lab):
    """A model without meaning, and two sets of prompts without relation: nothing is symmetric here."""
    B, H, T, V, D, d = 2, 3, 5, 7, 11, 4
    model = random_model(lab.rng, n_layers=2, n_heads=H, d_model=D, d_head=d, n_vocab=V, longest=T)
    clean, corrupt = lab.rng.integers(0, V, (B, T)), lab.rng.integers(0, V, (B, T))
    corrupt[:, 0] = (clean[:, 0] + 1) % V
    corrupt[:, -1] = (clean[:, -1] + 1) % V
    good = lab.rng.integers(0, V, B)
    return model, clean, corrupt, good, (good + 1 + lab.rng.integers(0, V - 1, B)) % V


@fixture("induction")
def _(lab):
    """A model with planted heads, and prompts for it."""
    model, planted = induction_model(lab.rng)
    return (model, planted) + induction_prompts(lab.rng, 4)


@check("metric", "logit_diff compares the two answers at the last position, prompt by prompt", uses=["logit_diff"], hint="metric")
def _(lab):
    B, T, V = (int(n) for n in lab.rng.permutation([4, 5, 6]))
    logits = lab.rng.normal(size=(B, T, V)) * 3
    good = lab.rng.integers(0, V, B)
    bad = (good + lab.rng.integers(1, V, B)) % V
    want = preference(logits, good, bad)
    close(
        lab.fn("logit_diff", returns="array")(logits, good, bad),
        want,
        "logit_diff",
        axes="(prompt)",
        alternatives={
            "you take the difference at the first position": lambda: preference(logits, good, bad, at=0),
            "you average over the positions": lambda: np.mean([preference(logits, good, bad, at=t) for t in range(T)], axis=0),
            "you average over the prompts: the metric is one number for each": lambda: want.mean(),
            "you look up the answers of every prompt in every row": lambda: logits[:, -1][:, good] - logits[:, -1][:, bad],
        },
    )


@check("recovered", "recovered is 0 for the corrupt run and 1 for the clean one", uses=["recovered"], hint="metric")
def _(lab):
    recovered = lab.fn("recovered", returns="float")
    B = int(lab.rng.integers(4, 8))
    corrupt = lab.rng.normal(size=B) - 1
    clean = corrupt + lab.rng.uniform(0.2, 4, B)
    patched = lab.rng.normal(size=B)

    for value, what, want in ((corrupt, "corrupt", 0.0), (clean, "clean", 1.0)):
        close(
            recovered(value, clean, corrupt),
            want,
            "recovered of the %s run itself" % what,
            alternatives={
                "the scale is the other way round: 1 belongs to the clean run": 1 - want,
                "you divide by the clean value without taking the corrupt one as zero": value.mean() / clean.mean(),
            },
        )
    want = share(patched, clean, corrupt)
    close(
        recovered(patched, clean, corrupt),
        want,
        "recovered of a run between them",
        alternatives={
            "you divide prompt by prompt and average the shares: a prompt whose two runs hardly differ then outweighs all others": (
                lambda: np.mean((patched - corrupt) / (clean - corrupt))
            ),
            "you cut the share off at 0 and 1": lambda: min(1.0, max(0.0, want)),
        },
    )
    beyond = recovered(clean + 1, clean, corrupt)
    truthy(beyond > 1, "a patch that overshoots the clean run must give more than 1, and gives %.6g: do not cut the share off" % beyond)
    try:
        got = recovered(patched, clean, clean.copy())
    except ValueError:
        return
    fail(
        "clean and corrupt runs without a difference must raise ValueError, and give %.6g: the share has no meaning there" % got,
        "Such a number would come out of 0/0 and look like any other entry of a sweep.",
    )


@check(
    "patch-resid",
    "patch_resid replaces the stream at one layer and one position, and nothing else",
    uses=["patch_resid"],
    hint="patching",
)
def _(lab):
    patch = lab.fn("patch_resid", returns="array")
    model, clean, corrupt, _, _ = lab.get("random")
    _, cache = model.run_with_cache(clean)
    T, L = clean.shape[1], model.n_layers
    places = [(1, T - 2), (0, 0), (L, T - 1)] + [(int(lab.rng.integers(0, L + 1)), int(lab.rng.integers(0, T))) for _ in range(2)]
    for layer, pos in places:

        def wrong(layer=layer, pos=(pos,), into=corrupt, source=clean):
            return lambda: slow_patch(model, into, source, layer, pos) if 0 <= layer <= L else None

        close(
            patch(model, corrupt, cache, layer, pos),
            slow_patch(model, corrupt, clean, layer, [pos]),
            "the logits of patch_resid(layer=%d, pos=%d)" % (layer, pos),
            axes="(B, T, V)",
            alternatives={
                "nothing is patched at all: this is the plain corrupt run": lambda: slow_run(model, corrupt)[0],
                "every position is patched, not only `pos`: this is the clean run": wrong(pos=range(T)),
                "all positions up to `pos` are patched": wrong(pos=range(pos + 1)),
                "the stream after the layer is patched instead of that before it": wrong(layer=layer + 1),
                "the patch goes the wrong way, from the corrupt run into the clean one": wrong(into=clean, source=corrupt),
            },
        )


@check(
    "patch-head",
    "patch_head replaces one head's output, at one position or at all",
    uses=["patch_head"],
    hint="patching",
)
def _(lab):
    patch = lab.fn("patch_head", returns="array")
    model, clean, corrupt, _, _ = lab.get("random")
    _, cache = model.run_with_cache(clean)
    T, L, H = clean.shape[1], model.n_layers, model.n_heads
    for pos in (None, T - 1, int(lab.rng.integers(1, T - 1)), 0):
        layer, head = int(lab.rng.integers(0, L)), int(lab.rng.integers(0, H))
        at = range(T) if pos is None else [pos]
        name = "patch_head(layer=%d, head=%d, pos=%s)" % (layer, head, pos)

        def wrong(into=corrupt, source=clean, layer=layer, pos=at, head=head):
            return lambda: slow_patch(model, into, source, layer, pos, head)

        got = patch(model, corrupt, cache, layer, head) if pos is None else patch(model, corrupt, cache, layer, head, pos=pos)
        close(
            got,
            slow_patch(model, corrupt, clean, layer, at, head),
            "the logits of " + name,
            axes="(B, T, V)",
            alternatives={
                "nothing is patched at all: this is the plain corrupt run": lambda: slow_run(model, corrupt)[0],
                "the outputs of all heads of the layer are patched": wrong(head="all"),
                "the head is patched at all positions, although `pos` is given (0 is a position too, and not None)": wrong(pos=range(T)),
                "the head is patched at the last position only, although `pos` is None": wrong(pos=[T - 1]),
                "the patch goes the wrong way, from the corrupt run into the clean one": wrong(into=clean, source=corrupt),
            },
        )


@check(
    "resid-sweep",
    "resid_sweep shows where the information is after each layer",
    uses=["resid_sweep"],
    needs=["metric", "recovered", "patch-resid"],
    hint="sweeps",
)
def _(lab):
    sweep = lab.fn("resid_sweep", returns="array")
    for name in ("random", "induction"):
        model, clean, corrupt, good, bad = _case(lab, name)
        got = sweep(model, clean, corrupt, good, bad)
        L, T = model.n_layers, clean.shape[1]
        want = _slow_resid_sweep(model, clean, corrupt, good, bad)
        same_shape(got, (L + 1, T), "resid_sweep (one row for each of the streams 0 to L, one column for each position)")
        close(
            got,
            want,
            "resid_sweep",
            axes="(layer, position)",
            alternatives={
                "clean and corrupt prompts are exchanged": lambda: _slow_resid_sweep(model, corrupt, clean, good, bad),
                "the cache is that of the corrupt run, so that a run is patched with itself": np.zeros((L + 1, T)),
                "clean and corrupt are exchanged in the runs you compare with, so that every patch seems to bring back all": np.ones(
                    (L + 1, T)
                ),
            },
        )
        if name == "induction":
            first = int(np.argmax(want[0] > 0.25))
            lab.metric("recovered_first_x", got[0, first])
            lab.metric("recovered_last_position", got[L, T - 1])


def _case(lab, name):
    case = lab.get(name)
    return case if name == "random" else (case[0],) + case[2:]


def _endpoints(model, clean, corrupt, good, bad):
    source = slow_run(model, clean)
    return preference(source[0], good, bad), preference(slow_run(model, corrupt)[0], good, bad), source


def _slow_resid_sweep(model, clean, corrupt, good, bad):
    high, low, source = _endpoints(model, clean, corrupt, good, bad)
    return np.array(
        [
            [share(preference(slow_patch(model, corrupt, source, layer, [t]), good, bad), high, low) for t in range(clean.shape[1])]
            for layer in range(model.n_layers + 1)
        ]
    )


def _slow_head_sweep(model, clean, corrupt, good, bad, positions):
    high, low, source = _endpoints(model, clean, corrupt, good, bad)
    return np.array(
        [
            [
                share(preference(slow_patch(model, corrupt, source, layer, positions, head), good, bad), high, low)
                for head in range(model.n_heads)
            ]
            for layer in range(model.n_layers)
        ]
    )


@check(
    "head-sweep",
    "head_sweep ranks heads by what they do to the answer, not by how loud they are",
    uses=["head_sweep"],
    needs=["metric", "recovered", "patch-head"],
    hint="sweeps",
)
def _(lab):
    sweep = lab.fn("head_sweep", returns="array")
    for name in ("induction", "random"):
        case = _case(lab, name)
        model, clean, corrupt, good, bad = case
        T = clean.shape[1]
        want = _slow_head_sweep(*case, range(T))
        _, _, outputs = slow_run(model, clean)
        loudness = np.linalg.norm(np.array(outputs), axis=-1).mean(axis=(1, 3))
        got = sweep(*case)
        same_shape(got, want.shape, "head_sweep")
        if name == "induction":
            loudest = np.unravel_index(loudness.argmax(), loudness.shape)
            truthy(
                abs(got[loudest]) < 0.05 or (got >= got[loudest]).sum() > 1,
                "the head with the largest output has no effect on the answer, and you give it %.6g: its share of the answer counts, "
                "not the size of its output" % got[loudest],
            )
        close(
            got,
            want,
            "head_sweep",
            axes="(layer, head)",
            alternatives={
                "you patch the heads at the last position only: what an early head moves elsewhere is missed": (
                    lambda: _slow_head_sweep(*case, [T - 1])
                ),
                "clean and corrupt prompts are exchanged": lambda: _slow_head_sweep(model, corrupt, clean, good, bad, range(T)),
                "the cache is that of the corrupt run, so that a run is patched with itself": np.zeros(want.shape),
                "clean and corrupt are exchanged in the runs you compare with, so that every patch seems to bring back all": np.ones(
                    want.shape
                ),
            },
        )
        if name == "induction":
            lab.metric("loudest_head_effect", got[loudest])
            lab.metric("loudest_head_norm", loudness[loudest])
            lab.metric("largest_norm_of_a_planted_head", max(loudness[place] for place in lab.get(name)[1]))


@check(
    "ablation",
    "ablation_sweep replaces a head by its mean over other prompts",
    uses=["ablation_sweep"],
    needs=["metric"],
    hint="ablation",
)
def _(lab):
    sweep = lab.fn("ablation_sweep", returns="array")
    model, tokens, _, good, bad = lab.get("random")
    others = lab.rng.integers(0, model.n_vocab, (6, tokens.shape[1]))
    for name in ("random", "induction"):
        if name == "induction":
            model, tokens, _, good, bad = _case(lab, name)
            others = np.concatenate(induction_prompts(lab.rng, 8)[:2])
        _, _, reference = slow_run(model, others)
        _, _, own = slow_run(model, tokens)
        averages = {
            "mean": lambda layer, h: np.mean([prompt[h] for prompt in reference[layer]], axis=0),
            "zero": lambda layer, h: np.zeros(reference[layer][0][h].shape),
            "flat": lambda layer, h: np.broadcast_to(np.mean([p[h] for p in reference[layer]], axis=(0, 1)), reference[layer][0][h].shape),
            "own": lambda layer, h: np.mean([prompt[h] for prompt in own[layer]], axis=0),
        }
        want = _slow_ablation(model, tokens, good, bad, averages["mean"])
        close(
            sweep(model, tokens, good, bad, others),
            want,
            "ablation_sweep",
            axes="(layer, head)",
            alternatives={
                "the head is set to zero: a constant that it always adds is then lost too": (
                    lambda: _slow_ablation(model, tokens, good, bad, averages["zero"])
                ),
                "the mean runs over the positions as well: take it for each position by itself": (
                    lambda: _slow_ablation(model, tokens, good, bad, averages["flat"])
                ),
                "the mean is taken over the very prompts that are tested, which still tells the model something about them": (
                    lambda: _slow_ablation(model, tokens, good, bad, averages["own"])
                ),
            },
        )
    zero = _slow_ablation(model, tokens, good, bad, averages["zero"])
    lab.metric("zero_minus_mean_ablation", np.abs(zero - want).max())


def _slow_ablation(model, tokens, good, bad, average):
    whole = preference(slow_run(model, tokens)[0], good, bad)
    result = np.zeros((model.n_layers, model.n_heads))
    for layer in range(model.n_layers):
        for head in range(model.n_heads):
            new = average(layer, head)
            run = slow_run(model, tokens, heads=lambda b, at, h, out: new if (at, h) == (layer, head) else out)
            result[layer, head] = np.mean(whole - preference(run[0], good, bad))
    return result


def pairs(got, what):
    """The learner's list as tuples of two whole numbers."""
    result = []
    for each in got:
        good = isinstance(each, (tuple, list)) and len(each) == 2
        if not good or not all(isinstance(n, (int, np.integer)) and not isinstance(n, bool) for n in each):
            fail("%s should hold tuples (layer, head) of whole numbers, and holds %s" % (what, str(each)[:60]))
        result.append((int(each[0]), int(each[1])))
    return result


@check("find-circuit", "find_circuit keeps what passes the threshold, largest effect first", uses=["find_circuit"], hint="circuit")
def _(lab):
    find = lab.fn("find_circuit", returns="list")
    L, H = int(lab.rng.integers(2, 4)), int(lab.rng.integers(4, 7))
    sizes = lab.rng.permutation(np.linspace(0.02, 0.9, L * H)).reshape(L, H)
    effects = sizes * lab.rng.choice([-1, 1], (L, H))
    order = [int(i) for i in np.argsort(-sizes.ravel())]
    effects[divmod(order[1], H)] = -sizes[divmod(order[1], H)]
    for threshold in (None, 0.3):
        limit = 0.1 if threshold is None else threshold
        got = pairs(find(effects) if threshold is None else find(effects, threshold=threshold), "find_circuit")
        want = [divmod(i, H) for i in order if sizes[divmod(i, H)] >= limit]
        details = "got\n%s\nexpected\n%s" % (got, want)
        positive = [place for place in want if effects[place] > 0]
        truthy(
            sorted(got) != sorted(positive),
            "heads with a negative effect are missing: a head that works against the answer matters too, so compare absolute values",
            details,
        )
        truthy(sorted(got) == sorted(want), "find_circuit (threshold %.6g) names the wrong heads" % limit, details)
        truthy(got == want, "find_circuit names the right heads in the wrong order: the largest absolute effect comes first", details)
    exact = pairs(find(np.array([[0.5, 0.1], [0.2, 0.0]]), 0.5), "find_circuit")
    truthy(exact == [(0, 0)], "an effect of exactly the threshold counts: expected [(0, 0)], got %s" % exact)


@check(
    "circuit",
    "on three fresh models the planted heads are found, and no others",
    uses=["head_sweep", "find_circuit"],
    needs=["head-sweep", "find-circuit"],
    hint="circuit",
)
def _(lab):
    sweep, find = lab.fn("head_sweep", returns="array"), lab.fn("find_circuit", returns="list")
    for _ in range(3):
        model, planted = induction_model(lab.rng)
        effects = sweep(model, *induction_prompts(lab.rng, 3))
        same_shape(effects, (model.n_layers, model.n_heads), "head_sweep")
        got = pairs(find(effects), "find_circuit")
        truthy(
            sorted(got) == sorted(planted),
            "the heads that do the work are %s, and you name %s" % (sorted(planted), sorted(got)),
        )
        close(
            np.array([effects[place] for place in sorted(planted)]),
            np.array([planted[place] for place in sorted(planted)]),
            "the effects of the planted heads",
            rtol=0.02,
        )
