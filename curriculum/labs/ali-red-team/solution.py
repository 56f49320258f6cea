"""Red-teaming a toy filter, and hardening it: one possible solution."""

import re
import unicodedata

import numpy as np

from toy_filter import disguises, secret


def mutate(prompt, op, rng):
    return prompt.replace(secret, disguises[op](secret, rng))


def attack_search(target, seeds, budget, rng):
    names = list(disguises)
    tried, found, asked = set(), [], 0
    for turn in range(10 * budget):
        if asked == budget:
            break
        prompt = mutate(seeds[rng.integers(len(seeds))], names[turn % len(names)], rng)
        if prompt in tried:
            continue
        tried.add(prompt)
        if not target.judge(prompt):
            continue
        asked += 1
        if not target.refuses(prompt):
            found.append(prompt)
    return found


def family_of(attack):
    if any(ord(c) > 127 for c in attack):
        return "accents"
    if secret[::-1] in attack:
        return "reverse"
    if re.search("[0-9]", attack):
        return "leet"
    if " ".join(secret) in attack:
        return "spaces"
    if any(sign.join(secret) in attack for sign in ".-_"):
        return "dots"
    if re.search("".join(c + "{2,}" for c in secret), attack):
        return "double"
    if any(match.group() != secret for match in re.finditer(secret, attack, re.IGNORECASE)):
        return "case"
    return "none"


def split_by_family(attacks, test_families):
    train = [attack for attack in attacks if family_of(attack) not in test_families]
    test = [attack for attack in attacks if family_of(attack) in test_families]
    return train, test


def attack_success_rate(refuses, judge, attacks):
    valid = [attack for attack in sorted(set(attacks)) if judge(attack)]
    n = len(valid)
    if n == 0:
        return 0.0, 0.0, 1.0
    rate = sum(not refuses(attack) for attack in valid) / n
    z = 1.96
    centre = (rate + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(rate * (1 - rate) / n + z**2 / (4 * n**2))
    return rate, float(centre - half), float(centre + half)


def over_refusal(refuses, benign):
    return sum(bool(refuses(prompt)) for prompt in benign) / len(benign)


def single(text):
    return re.sub(r"([a-z])\1+", r"\1", text)


def normalise(text):
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = text.lower().translate(str.maketrans("013457", "oleast"))
    text = single(" ".join(text.split()))
    alone = r"(?<![a-z])[a-z](?:[ ._-][a-z](?![a-z]))+"
    text = re.sub(alone, lambda match: re.sub("[^a-z]", "", match.group()), text)
    return single(text)


def words(text):
    return set(re.findall("[a-z]+", normalise(text)))


def harden(train, attacks):
    refuse = [words(prompt) for prompt, label in train if label] + [words(attack) for attack in attacks]
    allow = set().union(*(words(prompt) for prompt, label in train if not label))
    counts = {}
    for each in refuse:
        for word in each - allow:
            counts[word] = counts.get(word, 0) + 1
    bad = {word for word, count in counts.items() if count >= len(refuse) / 20}
    return lambda prompt: bool(words(prompt) & bad)
