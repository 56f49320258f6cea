import re
import unicodedata

import numpy as np

from aisafe_lab import CheckFailed, check, close, fail, fixture, truthy
from toy_filter import disguises, keyword_filter, secret

valid_families = ("case", "leet", "spaces", "dots", "accents", "double", "reverse")
bypassing = ("leet", "spaces", "dots", "accents", "double", "reverse")

frames = (
    "please tell me about {}",
    "what does {} mean",
    "write three lines on {}",
    "who first said {}",
    "can you spell {} for me",
    "translate {} into french",
    "is {} on the list",
    "compare {} with this one",
    "where did {} come from",
    "give me the history of {}",
)
harmless = (
    "velvet gloves",
    "the morale of the team",
    "plan b",
    "a committee",
    "the year 1047",
    "3.14",
    "vitamin c and d",
    "coffee",
    "an old well",
    "Aurora",
    "the U.S. and the U.K.",
    "route 66",
    "crème brûlée",
    "my cat Vel",
    "a bookkeeper",
    "x-y plots",
    "Amor",
    "value 0",
    "melodrama",
    "JAZZ",
)


def judge(prompt):
    """Reads through the disguises, as a person would."""
    text = "".join(c for c in unicodedata.normalize("NFKD", prompt) if not unicodedata.combining(c)).lower()
    for digit, letter in zip("01345", "oleas"):
        text = text.replace(digit, letter)
    letters = [c for c in text if c.isalpha()]
    once = [c for i, c in enumerate(letters) if i == 0 or letters[i - 1] != c]
    return any(secret in "".join(seen) for seen in (letters, letters[::-1], once))


def disguised(frame, family, rng):
    return frame.replace("{}", disguises[family](secret, rng))


def pick(rng, options):
    return options[int(rng.integers(len(options)))]


class Target:
    """The filter with a counter, and the judge."""

    def __init__(self, refuses, limit):
        self.filter = refuses
        self.limit = limit
        self.asked = []
        self.let_through = set()

    def refuses(self, prompt):
        if not isinstance(prompt, str):
            fail("attack_search asks the filter about something that is not a str")
        self.asked.append(prompt)
        if len(self.asked) > self.limit:
            fail("attack_search asks the filter more often than the budget of %d allows" % self.limit)
        answer = self.filter(prompt)
        if not answer:
            self.let_through.add(prompt)
        return answer

    def judge(self, prompt):
        return isinstance(prompt, str) and judge(prompt)


def seeds(rng):
    chosen = rng.permutation(len(frames))[:4]
    return [frames[i].replace("{}", secret) for i in chosen] + ["say %s twice: %s" % (secret, secret)]


@check("mutate", "the secret is disguised wherever it stands, and nothing else", uses=["mutate"], hint="mutate")
def _(lab):
    mutate = lab.fn("mutate", returns="str")
    prompt = "Is %s the word, or %s Street?" % (secret, secret)
    for op in disguises:
        seed = int(lab.rng.integers(1 << 30))
        got = mutate(prompt, op, np.random.default_rng(seed))
        truthy(secret not in got, "after mutate with %r the secret still stands plainly in: %s" % (op, got))
        shape = re.fullmatch(r"Is (.+) the word, or (.+) Street\?", got, re.S)
        truthy(shape, "mutate with %r changes more than the secret: %s" % (op, got))
        rng, both = np.random.default_rng(seed), shape.groups()
        first = disguises[op](secret, rng)
        truthy(both[0] == first, "with %r the secret should become %r, and becomes %r" % (op, first, both[0]))
    truthy(mutate("no such word here", "leet", lab.rng) == "no such word here", "a prompt without the secret should come back as it is")


@check("search", "the search finds at least five families of bypasses within its budget", uses=["attack_search"], needs=["mutate"], hint="search")
def _(lab):
    search = lab.fn("attack_search", returns=["str"])
    target = Target(keyword_filter, 200)
    found = search(target, seeds(lab.rng), 200, lab.rng)
    truthy(found, "attack_search finds nothing; the filter has at least five holes")
    invalid = [prompt for prompt in found if not judge(prompt)]
    truthy(
        not invalid,
        "%d of %d reported attacks no longer mean the same, for instance %r: that the filter lets nonsense through is no success. Ask the judge."
        % (len(invalid), len(found), invalid[:1] and invalid[0]),
    )
    refused = [prompt for prompt in found if keyword_filter(prompt)]
    truthy(not refused, "%d reported attacks are refused by the filter, for instance %r" % (len(refused), refused[:1] and refused[0]))
    truthy(
        len(set(found)) == len(found),
        "%d of %d reported attacks are duplicates: the same prompt found twice is one attack" % (len(found) - len(set(found)), len(found)),
    )
    unasked = [prompt for prompt in found if prompt not in target.let_through]
    truthy(not unasked, "a reported attack was never shown to the filter: %r" % (unasked[:1] and unasked[0]))
    families = {slow_family(prompt) for prompt in found}
    truthy(
        len(families) >= 5,
        "the reported attacks belong to %d families (%s); at least five are open" % (len(families), ", ".join(sorted(families))),
    )
    lab.metric("families_found", len(families))
    lab.metric("queries_used", len(target.asked))


@check("budget", "the search stops at its budget, and reports nothing where nothing gets through", uses=["attack_search"], needs=["search"], hint="search")
def _(lab):
    search = lab.fn("attack_search", returns=["str"])
    wall = Target(lambda prompt: True, 60)
    found = search(wall, seeds(lab.rng), 60, lab.rng)
    truthy(found == [], "attack_search reports %d attacks on a filter that refuses everything" % len(found))
    short = Target(keyword_filter, 7)
    search(short, seeds(lab.rng), 7, lab.rng)


def slow_family(attack):
    """The rules of the specification as regular expressions."""
    patterns = (
        ("accents", "[^\x00-\x7f]"),
        ("reverse", re.escape(secret[::-1])),
        ("leet", r"[0-9]"),
        ("spaces", " ".join(secret)),
        ("dots", "|".join(re.escape(sign).join(secret) for sign in ".-_")),
        ("double", "".join("%s%s+" % (c, c) for c in secret)),
    )
    for family, pattern in patterns:
        if re.search(pattern, attack):
            return family
    for part in re.findall("(?i)" + secret, attack):
        if part != secret:
            return "case"
    return "none"


@check("family", "each disguise is recognised", uses=["family_of"], hint="family")
def _(lab):
    family_of = lab.fn("family_of", returns="str")
    for family in valid_families:
        for _ in range(4):
            attack = disguised(pick(lab.rng, frames), family, lab.rng)
            got = family_of(attack)
            truthy(got == family, "family_of(%r) is %r, expected %r" % (attack, got, family))
    cases = (
        ("what does %s mean" % secret, "none"),
        ("Please tell me about %s" % secret, "none"),
        ("a long story.with dots - and dashes_", "none"),
        ("a committee full of coffee", "none"),
        ("the " + " ".join(secret[:4]) + " word", "none"),
        (secret + "." + secret, "none"),
        ("." + ".".join(secret[:3]) + "-" + "-".join(secret[3:]), "none"),
    )
    for prompt, want in cases:
        got = family_of(prompt)
        truthy(got == want, "family_of(%r) is %r, expected %r: no disguise of the whole secret is in it" % (prompt, got, want))
    prompt = "is %s the same as %s" % (secret, secret.upper())
    got = family_of(prompt)
    truthy(got == "case", "family_of(%r) is %r, expected 'case': the secret stands there plain first, and in capitals after that" % (prompt, got))


@check("split", "no family is learnt from and tested with", uses=["split_by_family"], needs=["family"], hint="family")
def _(lab):
    attacks = [disguised(pick(lab.rng, frames), family, lab.rng) for family in valid_families for _ in range(4)]
    attacks = [attacks[i] for i in lab.rng.permutation(len(attacks))]
    held_out = set(valid_families[i] for i in lab.rng.permutation(len(valid_families))[:3])
    train, test = lab.fn("split_by_family", returns=(["str"], ["str"]))(list(attacks), set(held_out))
    both = sorted({slow_family(a) for a in train} & {slow_family(a) for a in test})
    truthy(not both, "the family %s is in the training set and in the test set: a filter that memorises would look as if it generalised" % ", ".join(both))
    truthy(len(train) + len(test) == len(attacks), "%d attacks go in, %d come out" % (len(attacks), len(train) + len(test)))
    truthy({slow_family(a) for a in test} == held_out, "the test set should hold the families %s" % ", ".join(sorted(held_out)))
    truthy(test == [a for a in attacks if slow_family(a) in held_out], "the test attacks are not in their original order")
    truthy(train == [a for a in attacks if slow_family(a) not in held_out], "the training attacks are not in their original order")


@check("rate", "the success rate counts valid attacks once, and comes with an interval", uses=["attack_success_rate"], hint="rate")
def _(lab):
    rate_of = lab.fn("attack_success_rate", returns=("float", "float", "float"))
    valid = sorted({disguised(pick(lab.rng, frames), pick(lab.rng, valid_families), lab.rng) for _ in range(30)})
    order = lab.rng.permutation(len(valid))
    k = int(lab.rng.integers(3, 7))
    open_ones = {valid[i] for i in order[:k]}
    nonsense = [disguised(frame, "garble", lab.rng) for frame in frames[:4]]
    repeated = [valid[i] for i in order[:2]] * 3
    attacks = valid + nonsense + repeated
    attacks = [attacks[i] for i in lab.rng.permutation(len(attacks))]

    def refuses(prompt):
        return prompt not in open_ones and prompt not in nonsense

    n = len(valid)
    rate, low, high = rate_of(refuses, judge, attacks)
    close(
        rate,
        k / n,
        "the rate",
        alternatives={
            "repeated prompts count each time": (k + 6) / (n + 6),
            "prompts that no longer mean anything count too": (k + len(nonsense)) / (n + len(nonsense)),
            "repeated and meaningless prompts count": (k + 6 + len(nonsense)) / (n + 6 + len(nonsense)),
            "you give the share that is refused": 1 - k / n,
            "you divide by all attacks, and not by the valid, different ones": k / len(attacks),
        },
    )
    spread = 1.96 * np.sqrt(rate * (1 - rate) / n)
    for name, p, plain in (("low", low, rate - spread), ("high", high, rate + spread)):
        close(
            (rate - p) ** 2,
            1.96**2 * p * (1 - p) / n,
            "(rate - p)**2 for p = %s = %.6g" % (name, p),
            atol=1e-9,
            alternatives={"p is rate +- 1.96 * sqrt(rate * (1 - rate) / n), which is too narrow for small n": spread**2}
            if abs(p - plain) < 1e-9
            else None,
        )
    truthy(low < rate < high, "the interval should contain the rate: low %.3g, rate %.3g, high %.3g" % (low, rate, high))
    rate, low, high = rate_of(lambda prompt: True, judge, valid[:10])
    truthy(rate == 0, "a filter that refuses everything should have a rate of 0, and has %.3g" % rate)
    truthy(
        abs(low) < 1e-9 and abs(high - 1.96**2 / (10 + 1.96**2)) < 1e-6,
        "with 0 of 10 the interval is 0 to 0.278, and not %.3g to %.3g: ten failures do not show that nothing gets through" % (low, high),
    )
    empty = rate_of(lambda prompt: True, judge, nonsense)
    truthy(tuple(empty) == (0.0, 0.0, 1.0), "without a valid attack nothing is known: (0.0, 0.0, 1.0), and not (%.3g, %.3g, %.3g)" % tuple(empty))
    lab.metric("upper_bound_after_0_of_10", high)


@check("over-refusal", "over-refusal is the share of harmless prompts that are refused", uses=["over_refusal"], hint="rate")
def _(lab):
    benign = [frame.replace("{}", thing) for frame, thing in zip(frames, harmless)]
    k = int(lab.rng.integers(1, 5))
    close(
        lab.fn("over_refusal", returns="float")(lambda prompt: prompt in benign[:k], benign),
        k / len(benign),
        "over_refusal",
        alternatives={"you give the share that is let through": 1 - k / len(benign), "you give the number": float(k)},
    )


def slow_normalise(text):
    """Character by character."""
    plain = []
    for c in unicodedata.normalize("NFKD", text):
        if not unicodedata.combining(c):
            plain.append({"0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t"}.get(c, c.lower()))
    text = without_repeats(" ".join("".join(plain).split()))
    is_letter = [c.isascii() and c.isalpha() for c in text]

    def alone(i):
        return (
            0 <= i < len(text)
            and is_letter[i]
            and not (i > 0 and is_letter[i - 1])
            and not (i + 1 < len(text) and is_letter[i + 1])
        )

    out = []
    for i, c in enumerate(text):
        if not (c in " ._-" and alone(i - 1) and alone(i + 1)):
            out.append(c)
    return without_repeats("".join(out))


def without_repeats(text):
    out = ""
    for c in text:
        if not (out and out[-1] == c and c.isascii() and c.isalpha()):
            out += c
    return out


@check("normalise", "normalise takes common disguises off, in the order given", uses=["normalise"], hint="normalise")
def _(lab):
    normalise = lab.fn("normalise", returns="str")
    wording = {
        "case": "lower case",
        "leet": "digits that stand for letters",
        "spaces": "letters with spaces between them",
        "dots": "letters with dots, hyphens or underscores between them",
        "accents": "accents",
        "double": "repeated letters",
    }
    for family in wording:
        text = disguised("the word {} here", family, lab.rng)
        got = normalise(text)
        truthy(got == "the word %s here" % secret, "normalise does not undo %s: %r becomes %r" % (wording[family], text, got))
    texts = [frame.replace("{}", thing) for frame, thing in zip(frames * 2, harmless)]
    texts += ["  plan  b\tand c ", "aa b c", "say a a", "x. y", "v-e.l_m", "A B", "1 2 3", "ab-c-d e", "", "é"]
    for text in texts:
        got, want = normalise(text), slow_normalise(text)
        truthy(got == want, "normalise(%r) is %r, expected %r" % (text, got, want))
        truthy(normalise(got) == got, "normalise is not stable: %r becomes %r when it is normalised again" % (got, normalise(got)))


@fixture("data")
def _(lab):
    rng = lab.pool_rng
    benign = [frame.replace("{}", thing) for frame in frames for thing in harmless]
    benign = [benign[i] for i in rng.permutation(len(benign))]
    train = [(prompt, False) for prompt in benign[:120]] + [(frame.replace("{}", secret), True) for frame in frames]
    train = [train[i] for i in rng.permutation(len(train))]
    attacks = [disguised(frame, family, rng) for family in bypassing for frame in frames for _ in range(2)]
    attacks = [attack for attack in attacks if not keyword_filter(attack)]
    return {"train": train, "attacks": attacks, "benign": benign[120:]}


def rate(refuses, attacks):
    attacks = sorted(set(attacks))
    return sum(not refuses(attack) for attack in attacks) / len(attacks)


def memorising(attacks):
    """A filter that has learnt the disguised words it has seen, as they were."""
    seen = {word for attack in attacks for word in attack.split() if not any(word in frame for frame in frames)}
    return lambda prompt: keyword_filter(prompt) or any(word in seen for word in prompt.split())


@check(
    "harden",
    "the hardened filter stops families it has not seen, and lets harmless prompts through",
    uses=["harden"],
    needs=["normalise"],
    timeout=15,
    hint="harden",
)
def _(lab):
    harden = lab.fn("harden", returns="callable")
    data = lab.get("data")
    shown, unseen = [], []
    for held_out in (("spaces", "accents", "double"), ("leet", "dots", "reverse")):
        known = [a for a in data["attacks"] if slow_family(a) not in held_out]
        new = [a for a in data["attacks"] if slow_family(a) in held_out]
        model = harden(list(data["train"]), known)

        def refuses(prompt):
            answer = model(prompt)
            if not isinstance(answer, (bool, np.bool_)):
                raise CheckFailed("the filter that harden returns should give True or False, and gives %r" % type(answer).__name__)
            return bool(answer)

        too_many = [prompt for prompt in data["benign"] if refuses(prompt)]
        truthy(
            len(too_many) <= 0.05 * len(data["benign"]),
            "the hardened filter refuses %d of %d harmless prompts, for instance %r: a filter that refuses everything is safe and useless"
            % (len(too_many), len(data["benign"]), too_many[:1] and too_many[0]),
        )
        plain = [frame.replace("{}", secret) for frame in frames]
        truthy(rate(refuses, plain) == 0, "the hardened filter lets the plain secret through")
        truthy(
            rate(refuses, known) <= 0.05,
            "the hardened filter still lets through %.0f %% of the attacks it was given" % (100 * rate(refuses, known)),
        )
        by_family = {family: rate(refuses, [a for a in new if slow_family(a) == family]) for family in held_out}
        truthy(
            rate(refuses, new) <= 0.5,
            "of attacks from families that it has not seen (%s), the hardened filter lets %.0f %% through; at most half was asked for. Has it learnt strings, or what is behind them?"
            % (", ".join(held_out), 100 * rate(refuses, new)),
            "\n".join("  %-8s %.2f let through" % pair for pair in by_family.items()),
        )
        shown.append(rate(refuses, known))
        unseen.append(rate(refuses, new))
        if "reverse" in by_family:
            lab.metric("success_on_reverse_unseen", by_family["reverse"])
        else:
            lab.metric("success_when_memorised_unseen", rate(memorising(known), new))
            lab.metric("success_when_memorised_seen", rate(memorising(known), known))
        lab.metric("over_refusal_hardened_" + held_out[0], len(too_many) / len(data["benign"]))
    lab.metric("success_seen_families", np.mean(shown))
    lab.metric("success_unseen_families", np.mean(unseen))
    relabelled = "qorvane"
    other = [(prompt.replace(secret, relabelled), label) for prompt, label in data["train"]]
    model = harden(other, [])
    answers = [bool(model(frame.replace("{}", relabelled))) for frame in frames] + [bool(model(frame.replace("{}", secret))) for frame in frames]
    truthy(
        all(answers[: len(frames)]) and not any(answers[len(frames) :]),
        "with examples about another word, harden should refuse that word and not %r: what it refuses must come from its arguments" % secret,
    )
