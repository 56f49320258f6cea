"""Activation patching: one possible solution."""

import numpy as np


def logit_diff(logits, good, bad):
    last = logits[:, -1]
    prompts = np.arange(len(last))
    return last[prompts, good] - last[prompts, bad]


def recovered(patched, clean, corrupt):
    patched, clean, corrupt = np.mean(patched), np.mean(clean), np.mean(corrupt)
    if abs(clean - corrupt) <= 1e-9:
        raise ValueError("the clean and the corrupt run do not differ")
    return float((patched - corrupt) / (clean - corrupt))


def patch_resid(model, corrupt_tokens, clean_cache, layer, pos):
    name = f"resid.{layer}"

    def hook(stream):
        stream[:, pos] = clean_cache[name][:, pos]
        return stream

    return model.run(corrupt_tokens, hooks={name: hook})


def patch_head(model, corrupt_tokens, clean_cache, layer, head, pos=None):
    name = f"heads.{layer}"
    where = slice(None) if pos is None else pos

    def hook(heads):
        heads[:, head, where] = clean_cache[name][:, head, where]
        return heads

    return model.run(corrupt_tokens, hooks={name: hook})


def resid_sweep(model, clean_tokens, corrupt_tokens, good, bad):
    clean, cache, corrupt = _endpoints(model, clean_tokens, corrupt_tokens, good, bad)
    T = corrupt_tokens.shape[1]
    result = np.zeros((model.n_layers + 1, T))
    for layer in range(model.n_layers + 1):
        for pos in range(T):
            logits = patch_resid(model, corrupt_tokens, cache, layer, pos)
            result[layer, pos] = recovered(logit_diff(logits, good, bad), clean, corrupt)
    return result


def head_sweep(model, clean_tokens, corrupt_tokens, good, bad):
    clean, cache, corrupt = _endpoints(model, clean_tokens, corrupt_tokens, good, bad)
    result = np.zeros((model.n_layers, model.n_heads))
    for layer in range(model.n_layers):
        for head in range(model.n_heads):
            patched = patch_head(model, corrupt_tokens, cache, layer, head)
            result[layer, head] = recovered(logit_diff(patched, good, bad), clean, corrupt)
    return result


def _endpoints(model, clean_tokens, corrupt_tokens, good, bad):
    clean_logits, cache = model.run_with_cache(clean_tokens)
    corrupt_logits = model.run(corrupt_tokens)
    return logit_diff(clean_logits, good, bad), cache, logit_diff(corrupt_logits, good, bad)


def ablation_sweep(model, tokens, good, bad, reference_tokens):
    whole = logit_diff(model.run(tokens), good, bad).mean()
    _, reference = model.run_with_cache(reference_tokens)
    result = np.zeros((model.n_layers, model.n_heads))
    for layer in range(model.n_layers):
        mean = reference[f"heads.{layer}"].mean(axis=0)
        for head in range(model.n_heads):

            def hook(heads):
                heads[:, head] = mean[head]
                return heads

            without = model.run(tokens, hooks={f"heads.{layer}": hook})
            result[layer, head] = whole - logit_diff(without, good, bad).mean()
    return result


def find_circuit(effects, threshold=0.1):
    order = np.argsort(-np.abs(effects), axis=None, kind="stable")
    places = [np.unravel_index(i, effects.shape) for i in order]
    return [(int(layer), int(head)) for layer, head in places if abs(effects[layer, head]) >= threshold]
