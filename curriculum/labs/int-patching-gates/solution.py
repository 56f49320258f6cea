"""Sufficient and necessary: one possible solution."""

import numpy as np


def _value(logits, good, bad):
    prompts = np.arange(len(logits))
    return float((logits[prompts, -1, good] - logits[prompts, -1, bad]).mean())


def _run_with(model, tokens, heads, cache):
    """The run on `tokens` with some heads' outputs from the cache of another run."""

    def hook_for(layer):
        def hook(outputs):
            for at, head in heads:
                if at == layer:
                    outputs[:, head] = cache[f"heads.{layer}"][:, head]
            return outputs

        return hook

    return model.run(tokens, hooks={f"heads.{layer}": hook_for(layer) for layer in range(model.n_layers)})


def _share(model, clean_tokens, corrupt_tokens, patched_logits, good, bad):
    clean = _value(model.run(clean_tokens), good, bad)
    corrupt = _value(model.run(corrupt_tokens), good, bad)
    return (_value(patched_logits, good, bad) - corrupt) / (clean - corrupt)


def denoise(model, clean_tokens, corrupt_tokens, heads, good, bad):
    _, clean_cache = model.run_with_cache(clean_tokens)
    patched = _run_with(model, corrupt_tokens, heads, clean_cache)
    return _share(model, clean_tokens, corrupt_tokens, patched, good, bad)


def noise(model, clean_tokens, corrupt_tokens, heads, good, bad):
    _, corrupt_cache = model.run_with_cache(corrupt_tokens)
    patched = _run_with(model, clean_tokens, heads, corrupt_cache)
    return 1 - _share(model, clean_tokens, corrupt_tokens, patched, good, bad)


def gate_effects(model, clean_tokens, corrupt_tokens, a, b, good, bad):
    return {
        "denoise": tuple(denoise(model, clean_tokens, corrupt_tokens, [head], good, bad) for head in (a, b)),
        "noise": tuple(noise(model, clean_tokens, corrupt_tokens, [head], good, bad) for head in (a, b)),
    }


def classify_gate(effects):
    restores = tuple(effect >= 0.5 for effect in effects["denoise"])
    missed = tuple(effect >= 0.5 for effect in effects["noise"])
    if restores == (True, True) and missed == (False, False):
        return "OR"
    if restores == (False, False) and missed == (True, True):
        return "AND"
    if restores == missed and sum(restores) == 1:
        return "single"
    return "none"


def path_patch(model, clean_tokens, corrupt_tokens, sender, receiver, good, bad):
    _, clean_cache = model.run_with_cache(clean_tokens)
    _, corrupt_cache = model.run_with_cache(corrupt_tokens)
    name = f"heads.{sender[0]}"
    change = clean_cache[name][:, sender[1]] - corrupt_cache[name][:, sender[1]]
    stream = corrupt_cache[f"resid.{receiver[0]}"] + change
    output = model.head_output(receiver[0], receiver[1], stream)

    def hook(outputs):
        outputs[:, receiver[1]] = output
        return outputs

    patched = model.run(corrupt_tokens, hooks={f"heads.{receiver[0]}": hook})
    return _share(model, clean_tokens, corrupt_tokens, patched, good, bad)


def _all_heads(model):
    return [(layer, head) for layer in range(model.n_layers) for head in range(model.n_heads)]


def faithfulness(model, clean_tokens, corrupt_tokens, circuit, good, bad):
    others = [head for head in _all_heads(model) if head not in circuit]
    return 1 - noise(model, clean_tokens, corrupt_tokens, others, good, bad)


def minimal_circuit(model, clean_tokens, corrupt_tokens, good, bad, threshold=0.95):
    circuit = _all_heads(model)
    while True:
        for head in circuit:
            smaller = [each for each in circuit if each != head]
            if faithfulness(model, clean_tokens, corrupt_tokens, smaller, good, bad) >= threshold:
                circuit = smaller
                break
        else:
            return circuit
