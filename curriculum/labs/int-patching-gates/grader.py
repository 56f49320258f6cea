import numpy as np
from gate_model import gate_model, gate_prompts, random_model

from aisafe_lab import check, close, fail, fixture, truthy


def slow_head(model, layer, h, x):
    """One head on one prompt's stream x (T, D)."""
    q, k, v = (x @ W[layer, h] for W in (model.W_Q, model.W_K, model.W_V))
    scores = q @ k.T / q.shape[1] ** 0.5
    exps = np.tril(np.exp(scores - scores.max()))
    return (exps.T / exps.sum(axis=1)).T @ v @ model.W_O[layer, h]


def slow_run(model, tokens, replace=None):
    """The forward pass prompt by prompt. replace: {(layer, head): outputs (B, T, D)}.

    Returns (logits, streams[prompt][layer], outputs {(layer, head): (B, T, D)}).
    """
    replace = replace or {}
    logits, streams, outputs = [], [], {place: [] for place in places(model)}
    for b, row in enumerate(tokens):
        x = np.array([model.W_E[token] + model.W_pos[t] for t, token in enumerate(row)])
        streams.append([])
        for layer in range(model.n_layers):
            streams[b].append(x)
            total = np.zeros_like(x)
            for h in range(model.n_heads):
                out = replace[layer, h][b] if (layer, h) in replace else slow_head(model, layer, h, x)
                outputs[layer, h].append(out)
                total = total + out
            x = x + total
        logits.append(np.maximum(x @ model.W_in + model.b_in, 0) @ model.W_out)
    return np.array(logits), streams, {place: np.array(value) for place, value in outputs.items()}


def places(model):
    return [(layer, h) for layer in range(model.n_layers) for h in range(model.n_heads)]


class Case:
    """A model with prompts, and every experiment on it by the slow way."""

    def __init__(self, model, clean, corrupt, good, bad):
        self.model, self.clean, self.corrupt, self.good, self.bad = model, clean, corrupt, good, bad
        self.runs = {"clean": slow_run(model, clean), "corrupt": slow_run(model, corrupt)}
        self.high, self.low = (self.value(self.runs[name][0]) for name in ("clean", "corrupt"))
        self.args = (model, clean, corrupt)
        self.answers = (good, bad)

    def value(self, logits, at=-1):
        return sum(row[at][g] - row[at][b] for row, g, b in zip(logits, self.good, self.bad)) / len(self.good)

    def share(self, logits):
        return (self.value(logits) - self.low) / (self.high - self.low)

    def patched(self, into, source, heads, only_last=False):
        """The share of the answer in the run `into` with heads from the run `source` ("clean", "corrupt", or "zero")."""
        replace = {}
        for place in heads:
            new = 0 * self.runs["clean"][2][place] if source == "zero" else self.runs[source][2][place]
            if only_last:
                new = np.concatenate([self.runs[into][2][place][:, :-1], new[:, -1:]], axis=1)
            replace[place] = new
        return self.share(slow_run(self.model, {"clean": self.clean, "corrupt": self.corrupt}[into], replace)[0])

    def late(self, into, source, heads):
        """As `patched`, when the hooks are made in a loop and all see its last head: the last (layer, number) in every layer."""
        if not heads:
            return self.share(self.runs[into][0])
        last = heads[-1]
        replace = {(layer, last[1]): self.runs[source][2][last] for layer, _ in heads}
        return self.share(slow_run(self.model, {"clean": self.clean, "corrupt": self.corrupt}[into], replace)[0])

    def path(self, sender, receiver, frozen=True, receivers=None):
        streams, outputs = self.runs["corrupt"][1], self.runs["corrupt"][2]
        change = self.runs["clean"][2][sender] - outputs[sender]
        if frozen:
            before = [streams[b][receiver[0]] + change[b] for b in range(len(streams))]
        else:
            followed = slow_run(self.model, self.corrupt, {sender: self.runs["clean"][2][sender]})[1]
            before = [followed[b][receiver[0]] for b in range(len(streams))]
        replace = {place: np.array([slow_head(self.model, *place, x) for x in before]) for place in receivers or [receiver]}
        return self.share(slow_run(self.model, self.corrupt, replace)[0])

    def faithful(self, circuit):
        return self.patched("clean", "corrupt", [place for place in places(self.model) if place not in circuit])


@fixture("random")
def _(lab):
    """A model of three layers without meaning, whose clean and corrupt values lie well apart."""
    B, H, T, V, D, d, F = 2, 3, 5, 7, 10, 4, 9
    for _ in range(200):
        model = random_model(lab.rng, 3, H, D, d, F, V, T)
        clean, corrupt = lab.rng.integers(0, V, (B, T)), lab.rng.integers(0, V, (B, T))
        good = lab.rng.integers(0, V, B)
        case = Case(model, clean, corrupt, good, (good + lab.rng.integers(1, V, B)) % V)
        if abs(case.high - case.low) > 1:
            break
    return case


kinds = ("OR", "AND", "single")


@fixture("gates")
def _(lab):
    result = {}
    for kind in kinds:
        model, planted = gate_model(lab.rng, kind)
        result[kind] = Case(model, *gate_prompts(lab.rng, 3)), planted
    return result


def some_heads(rng, model):
    """Sets of heads: one, two of different layers, all of a layer, none."""
    H = model.n_heads
    one, two, three = (int(n) for n in rng.integers(0, H, 3))
    return [[(1, one)], [(0, two), (2, three)], [(1, h) for h in range(H)], []]


late_hooks = "all hooks patch the last head of the set: a function made in a loop sees the loop's variables as they are in the end"


@check("denoise", "denoise puts clean heads into the corrupt run", uses=["denoise"], hint="patching")
def _(lab):
    denoise = lab.fn("denoise", returns="float")
    case = lab.get("random")
    for heads in some_heads(lab.rng, case.model):
        close(
            denoise(*case.args, heads, *case.answers),
            case.patched("corrupt", "clean", heads),
            "denoise of %s" % heads,
            alternatives={
                "corrupt heads are put into the clean run, and the share that is left is returned": lambda: case.patched(
                    "clean", "corrupt", heads
                ),
                "this is noise: corrupt heads in the clean run, and the share that is lost": lambda: 1
                - case.patched("clean", "corrupt", heads),
                "the share that is still missing is returned, instead of the share restored": lambda: 1
                - case.patched("corrupt", "clean", heads),
                "the heads are patched at the last position only": lambda: case.patched("corrupt", "clean", heads, only_last=True),
                "all heads of the layer are patched": lambda: case.patched(
                    "corrupt", "clean", [p for p in places(case.model) if p[0] in [h[0] for h in heads]]
                ),
                "only the first head of the set is patched": lambda: case.patched("corrupt", "clean", heads[:1]),
                "only the last head of the set is patched": lambda: case.patched("corrupt", "clean", heads[-1:]),
                late_hooks: lambda: case.late("corrupt", "clean", heads),
            },
        )


@check("noise", "noise puts corrupt heads into the clean run", uses=["noise"], hint="patching")
def _(lab):
    noise = lab.fn("noise", returns="float")
    case = lab.get("random")
    for heads in some_heads(lab.rng, case.model):
        close(
            noise(*case.args, heads, *case.answers),
            1 - case.patched("clean", "corrupt", heads),
            "noise of %s" % heads,
            alternatives={
                "you take 1 - denoise for it: what does not restore the answer need not be needed": lambda: 1
                - case.patched("corrupt", "clean", heads),
                "you return denoise": lambda: case.patched("corrupt", "clean", heads),
                "the share that is left is returned, instead of the share lost": lambda: case.patched("clean", "corrupt", heads),
                "the heads are set to zero instead of their corrupt outputs": lambda: 1 - case.patched("clean", "zero", heads),
                "the heads are patched at the last position only": lambda: 1 - case.patched("clean", "corrupt", heads, only_last=True),
                "only the first head of the set is patched": lambda: 1 - case.patched("clean", "corrupt", heads[:1]),
                "only the last head of the set is patched": lambda: 1 - case.patched("clean", "corrupt", heads[-1:]),
                late_hooks: lambda: 1 - case.late("clean", "corrupt", heads),
            },
        )


def effects_of(case, a, b, way=""):
    restored = [case.patched("corrupt", "clean", [head]) for head in (a, b)]
    lost = [1 - case.patched("clean", "corrupt", [head]) for head in (a, b)]
    both = case.patched("corrupt", "clean", [a, b]), 1 - case.patched("clean", "corrupt", [a, b])
    return np.array(
        {
            "": [restored, lost],
            "complement": [restored, [1 - each for each in restored]],
            "both": [[both[0]] * 2, [both[1]] * 2],
            "exchanged": [lost, restored],
            "order": [restored[::-1], lost[::-1]],
        }[way]
    )


@check(
    "gate-effects",
    "gate_effects does both experiments for each of two heads",
    uses=["gate_effects"],
    needs=["denoise", "noise"],
    timeout=8,
    hint="gates",
)
def _(lab):
    effects = lab.fn("gate_effects", returns={"denoise": ("float", "float"), "noise": ("float", "float")})
    cases = [("a random model", lab.get("random"), (0, 1), (2, 0))]
    cases += [("a model with the gate %s" % kind, case, planted["a"], planted["b"]) for kind, (case, planted) in lab.get("gates").items()]
    for what, case, a, b in cases:
        value = effects(*case.args, a, b, *case.answers)
        got = np.array([value["denoise"], value["noise"]])
        close(
            got,
            effects_of(case, a, b),
            "gate_effects of %s (rows: denoise, noise; columns: a, b)" % what,
            rtol=1e-4,
            atol=1e-6,
            alternatives={
                "noise is taken to be 1 - denoise": lambda: effects_of(case, a, b, "complement"),
                "both heads are patched at once: each should be tried by itself": lambda: effects_of(case, a, b, "both"),
                "denoise and noise are exchanged": lambda: effects_of(case, a, b, "exchanged"),
                "a and b are exchanged": lambda: effects_of(case, a, b, "order"),
            },
        )
    for kind, (case, planted) in lab.get("gates").items():
        if kind != "single":
            lab.metric("denoise_one_head_%s" % kind.lower(), case.patched("corrupt", "clean", [planted["a"]]))
            lab.metric("noise_one_head_%s" % kind.lower(), 1 - case.patched("clean", "corrupt", [planted["a"]]))
    case, planted = lab.get("gates")["OR"]
    lab.metric("noise_both_heads_or", 1 - case.patched("clean", "corrupt", [planted["a"], planted["b"]]))
    case, planted = lab.get("gates")["AND"]
    lab.metric("denoise_both_heads_and", case.patched("corrupt", "clean", [planted["a"], planted["b"]]))
    lab.metric("faithfulness_of_a_and_b_and", case.faithful([planted["a"], planted["b"]]))


@check("classify", "classify_gate tells OR, AND and single apart", uses=["classify_gate"], hint="gates")
def _(lab):
    classify = lab.fn("classify_gate", returns="str")
    names = {(1, 1, 0, 0): "OR", (0, 0, 1, 1): "AND", (1, 0, 1, 0): "single", (0, 1, 0, 1): "single"}
    for number in lab.rng.permutation(16):
        pattern = tuple((int(number) >> i) & 1 for i in range(4))
        sizes = [float(lab.rng.uniform(0.5, 1.1) if present else lab.rng.uniform(-0.2, 0.49)) for present in pattern]
        effects = {"denoise": tuple(sizes[:2]), "noise": tuple(sizes[2:])}
        want, got = names.get(pattern, "none"), classify(effects)
        if got == want:
            continue
        shown = "denoise (%.3g, %.3g), noise (%.3g, %.3g)" % tuple(sizes)
        if {got, want} == {"OR", "AND"}:
            fail(
                "classify_gate of %s is %s, expected %s: for OR one head is enough and none is missed, for AND it is the reverse"
                % (shown, got, want)
            )
        fail("classify_gate of %s is %r, expected %r" % (shown, got[:20], want))
    exact = classify({"denoise": (0.5, 0.5), "noise": (0.0, 0.0)})
    truthy(exact == "OR", "an effect of exactly 0.5 is present: expected 'OR', got %r" % exact[:20])


@check("path-patch", "path_patch changes one receiver's input by one sender, and nothing else", uses=["path_patch"], hint="path")
def _(lab):
    path = lab.fn("path_patch", returns="float")
    case = lab.get("random")
    H = case.model.n_heads
    for layers in ((0, 2), (0, 1), (1, 2)):
        sender, receiver = ((layer, int(lab.rng.integers(0, H))) for layer in layers)
        close(
            path(*case.args, sender, receiver, *case.answers),
            case.path(sender, receiver),
            "path_patch from %s to %s" % (sender, receiver),
            alternatives={
                "the receiver sees the whole clean run, and not only the sender": lambda: case.patched("corrupt", "clean", [receiver]),
                "everything sees the sender's clean output (denoise of the sender), and not only the receiver": lambda: case.patched(
                    "corrupt", "clean", [sender]
                ),
                "all heads of the receiver's layer see the sender's clean output": lambda: case.path(
                    sender, receiver, receivers=[(receiver[0], h) for h in range(H)]
                ),
                "heads in the layers between follow the sender: they should keep their corrupt outputs": lambda: case.path(
                    sender, receiver, frozen=False
                ),
                "nothing is patched": 0.0,
            },
        )


@check(
    "paths",
    "in the gate models, paths from the previous-token head carry what the receiver can do alone",
    uses=["path_patch"],
    needs=["path-patch"],
    hint="path",
)
def _(lab):
    path = lab.fn("path_patch", returns="float")
    for kind, (case, planted) in lab.get("gates").items():
        alone = case.patched("corrupt", "clean", [planted["a"]])
        got = path(*case.args, planted["previous"], planted["a"], *case.answers)
        close(got, alone, "the path from the previous-token head to head a (gate %s)" % kind, rtol=1e-4, atol=1e-6)
        for h in range(case.model.n_heads):
            if (0, h) != planted["previous"]:
                decoy = path(*case.args, (0, h), planted["a"], *case.answers)
                truthy(abs(decoy) < 1e-6, "head %s sends nothing that head a reads, and its path has the effect %.6g" % ((0, h), decoy))
        if kind == "AND":
            lab.metric("path_to_one_head_and", got)
            lab.metric("denoise_sender_and", case.patched("corrupt", "clean", [planted["previous"]]))


@check(
    "faithfulness",
    "faithfulness lets only the circuit work",
    uses=["faithfulness"],
    needs=["noise"],
    hint="circuit",
)
def _(lab):
    faithfulness = lab.fn("faithfulness", returns="float")
    case = lab.get("random")
    everything = places(case.model)
    chosen = [everything[int(i)] for i in sorted(lab.rng.permutation(len(everything))[:4])]
    for circuit in (chosen, everything, []):
        outside = [place for place in everything if place not in circuit]
        close(
            faithfulness(*case.args, circuit, *case.answers),
            case.faithful(circuit),
            "faithfulness of %s" % ("the circuit of all heads" if circuit == everything else circuit or "the empty circuit"),
            alternatives={
                "the heads of the circuit are made to fail instead of all others": lambda: case.faithful(outside),
                "you return what is lost instead of what is left": lambda: 1 - case.faithful(circuit),
                "the circuit's clean outputs are put into the corrupt run (denoise): its heads then do not work, they are played back": (
                    lambda: case.patched("corrupt", "clean", circuit)
                ),
                "the other heads are set to zero": lambda: case.patched("clean", "zero", outside),
            },
        )


def pairs(got, model):
    """The learner's list as tuples of two whole numbers that name heads."""
    result = []
    for each in got:
        ok = isinstance(each, (tuple, list)) and len(each) == 2 and all(isinstance(n, (int, np.integer)) for n in each)
        if not ok or (int(each[0]), int(each[1])) not in places(model):
            fail("minimal_circuit should hold heads (layer, number) of the model, and holds %s" % str(each)[:60])
        result.append((int(each[0]), int(each[1])))
    truthy(len(set(result)) == len(result), "minimal_circuit holds a head twice: %s" % result)
    return sorted(result)


@check(
    "minimal-circuit",
    "minimal_circuit is faithful, and no head can be taken from it",
    uses=["minimal_circuit"],
    needs=["faithfulness"],
    timeout=12,
    hint="circuit",
)
def _(lab):
    minimal = lab.fn("minimal_circuit", returns="list")
    sizes = {}
    for kind, (case, planted) in lab.get("gates").items():
        circuit = pairs(minimal(*case.args, *case.answers), case.model)
        faithful = case.faithful(circuit)
        named = "%s (planted: %s)" % (circuit, planted if kind != "single" else {key: planted[key] for key in ("previous", "a")})
        if faithful < 0.95:
            reason = ""
            if kind == "OR" and planted["a"] not in circuit and planted["b"] not in circuit:
                reason = (
                    ". Each of a and b can be spared while the other is there: test each removal on what is left, not on the whole model"
                )
            fail("the circuit for the gate %s keeps %.4g of the answer, and should keep at least 0.95%s" % (kind, faithful, reason), named)
        for head in circuit:
            rest = case.faithful([each for each in circuit if each != head])
            truthy(rest < 0.95, "the circuit for the gate %s is not minimal: without %s it still keeps %.4g" % (kind, head, rest), named)
            truthy(
                faithful - rest > 0.3,
                "leaving out %s from the circuit for the gate %s loses only %.4g" % (head, kind, faithful - rest),
                named,
            )
        sizes[kind] = len(circuit)
    for kind, size in sizes.items():
        lab.metric("size_of_minimal_circuit_%s" % kind.lower(), size)


@check(
    "fresh-gates",
    "on fresh models each gate is recognised",
    uses=["gate_effects", "classify_gate"],
    needs=["gate-effects", "classify"],
    hint="gates",
)
def _(lab):
    effects = lab.fn("gate_effects", returns={"denoise": ("float", "float"), "noise": ("float", "float")})
    classify = lab.fn("classify_gate", returns="str")
    for kind in lab.rng.permutation(list(kinds)):
        model, planted = gate_model(lab.rng, str(kind))
        clean, corrupt, good, bad = gate_prompts(lab.rng, 3)
        value = effects(model, clean, corrupt, planted["a"], planted["b"], good, bad)
        got = classify(value)
        shown = "denoise (%.3g, %.3g), noise (%.3g, %.3g)" % (tuple(value["denoise"]) + tuple(value["noise"]))
        truthy(got == str(kind), "a fresh model with the gate %s is classified as %s: %s" % (kind, got[:20], shown))
