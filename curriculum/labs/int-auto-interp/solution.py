"""Automated interpretability with rules: one possible solution."""

import numpy as np

from toy_neurons import topics


def ranking(acts):
    return np.argsort(-acts, kind="stable")


def top_examples(acts, texts, k):
    return [texts[i] for i in ranking(acts)[:k]]


def holds(rule, words):
    kind = rule[0]
    if kind == "or":
        return holds(rule[1], words) or holds(rule[2], words)
    if kind == "word":
        return rule[1] in words
    if kind == "prefix":
        return any(word.startswith(rule[1]) for word in words)
    if kind == "suffix":
        return any(word.endswith(rule[1]) for word in words)
    return any(word in topics[rule[1]] for word in words)


def simulate(rule, texts):
    return np.array([float(holds(rule, text.split())) for text in texts])


def score(sim, acts):
    if np.ptp(sim) == 0 or np.ptp(acts) == 0:
        return 0.0
    return float(np.corrcoef(sim, acts)[0, 1])


def parts(rule):
    return parts(rule[1]) + parts(rule[2]) if rule[0] == "or" else 1


def propose(texts, acts, rules):
    scores = np.array([score(simulate(rule, texts), acts) for rule in rules])
    if scores.max() <= 1e-9:
        return None
    equal = [rule for rule, value in zip(rules, scores) if value > scores.max() - 1e-9]
    return min(equal, key=parts)


def evaluate(neuron):
    k = neuron["k"]
    chosen = np.concatenate([ranking(neuron["acts"])[:k], ranking(-neuron["acts"])[:k]])
    texts, acts = [neuron["texts"][i] for i in chosen], neuron["acts"][chosen]
    rule = propose(texts, acts, neuron["rules"])
    if rule is None:
        return {"rule": None, "top_score": 0.0, "random_score": 0.0}
    return {
        "rule": rule,
        "top_score": score(simulate(rule, texts), acts),
        "random_score": score(simulate(rule, neuron["held_out_texts"]), neuron["held_out_acts"]),
    }


def split_polysemantic(acts, texts, rules, least=0.5):
    kept, left = [], np.arange(len(texts))
    while len(left):
        here = [texts[i] for i in left]
        rule = propose(here, acts[left], rules)
        if rule is None:
            break
        sim = simulate(rule, here)
        if score(sim, acts[left]) < least:
            break
        kept.append(rule)
        left = left[sim == 0]
    return kept
