import copy
import functools

import numpy as np

from aisafe_lab import check, close, fail, fixture, truthy
from leaflets import examples

critique_kind = [{"principle": "str", "start": "int", "span": "str", "replacement": "str", "reason": "str"}]
pair_kind = [{"chosen": "str", "rejected": "str"}]
principle_kind = {"id": "str", "priority": "int", "kind": "str", "phrase": "str", "replacement": "str", "reason": "str"}


def principle(id, priority, kind, phrase, replacement="", reason="it is the rule"):
    return {"id": id, "priority": priority, "kind": kind, "phrase": phrase, "replacement": replacement, "reason": reason}


@functools.lru_cache(maxsize=4096)
def word_places(text):
    """(start, end) of each run of word characters."""
    places, start = [], None
    for i, c in enumerate(text + " "):
        inside = c.isalnum() or c == "_"
        if inside and start is None:
            start = i
        elif not inside and start is not None:
            places.append((start, i))
            start = None
    return places


def fits(pattern, word):
    pattern, word = pattern.lower(), word.lower()
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


@functools.lru_cache(maxsize=65536)
def slow_places(phrase, text):
    """Where a phrase matches, word by word."""
    parts, places, found, i = phrase.split(), word_places(text), [], 0
    while i + len(parts) <= len(places):
        window = places[i : i + len(parts)]
        joined = all(not text[a[1] : b[0]].strip() for a, b in zip(window, window[1:]))
        if joined and all(fits(part, text[a:b]) for part, (a, b) in zip(parts, window)):
            found.append((window[0][0], window[-1][1]))
            i += len(parts)
        else:
            i += 1
    return found


def meet(a, b):
    return max(a[0], b[0]) < min(a[1], b[1])


def slow_critique(text, constitution):
    taken = []
    order = sorted(range(len(constitution)), key=lambda i: (-constitution[i]["priority"], i))
    for i in order:
        p = constitution[i]
        if p["kind"] != "avoid":
            continue
        for place in slow_places(p["phrase"], text):
            excuses = [q for q in constitution if q["kind"] == "allow" and q["priority"] >= p["priority"]]
            if any(meet(place, other) for q in excuses for other in slow_places(q["phrase"], text)):
                continue
            if not any(meet(place, other) for other, _ in taken):
                taken.append((place, p))
    taken.sort(key=lambda each: each[0])
    return [{"principle": p["id"], "start": a, "span": text[a:b], "replacement": p["replacement"], "reason": p["reason"]} for (a, b), p in taken]


def slow_revise(text, critiques):
    """The pieces between the spans, put together from the left."""
    out, at = "", 0
    for each in critiques:
        piece, end, new = text[at : each["start"]], each["start"] + len(each["span"]), each["replacement"]
        if new == "":
            if piece.endswith(" "):
                piece = piece[:-1]
            elif text[end : end + 1] == " ":
                end += 1
        elif each["span"][0].isupper():
            new = new[0].upper() + new[1:]
        out, at = out + piece + new, end
    return out + text[at:]


def slow_loop(text, constitution, rounds):
    texts, counts = [text], [len(slow_critique(text, constitution))]
    while counts[-1] and len(counts) <= rounds:
        texts.append(slow_revise(texts[-1], slow_critique(texts[-1], constitution)))
        counts.append(len(slow_critique(texts[-1], constitution)))
        if texts[-1] in texts[:-1]:
            break
    return texts[-1], counts


def house():
    """A constitution with every feature: wildcards, exceptions, replacements that offend again."""
    return [
        principle("no-promise", 5, "avoid", "guarantee*", "will certainly see to", "nobody can promise"),
        principle("no-certainty", 4, "avoid", "certainly", "probably", "little is certain"),
        principle("no-insult", 7, "avoid", "stupid", "", "respect"),
        principle("no-orders", 3, "avoid", "you must", "you could", "advice is not an order"),
        principle("no-secret", 6, "avoid", "keep it secret", "talk about it", "secrets isolate"),
        principle("honest", 8, "allow", "cannot guarantee", "", "honesty about limits"),
        principle("emergency", 9, "allow", "you must leave", "", "in danger an order is right"),
    ]


subjects = ("the plan", "your letter", "this recipe", "the journey", "her garden", "a new job", "the old car", "our meeting")
bad_frames = (
    "We guarantee {s}.",
    "That is a stupid idea about {s}.",
    "You must finish {s} today.",
    "It is certainly right to change {s}, and you must do it.",
    "Tell nobody about {s} and keep it secret.",
    "Only stupid people guarantee {s}; you must not.",
)
good_frames = (
    "Here are three thoughts about {s}.",
    "I cannot guarantee {s}, but I can explain it.",
    "If it burns, you must leave {s} behind.",
    "Many people enjoy {s}, and some do not.",
)


def draw_text(rng, frames):
    return frames[int(rng.integers(len(frames)))].replace("{s}", subjects[int(rng.integers(len(subjects)))])


@check("parse", "a principle is read from its line", uses=["parse_principle"], hint="parse")
def _(lab):
    parse = lab.fn("parse_principle", returns=principle_kind)
    priority = int(lab.rng.integers(10, 99))
    cases = (
        (
            'no-promises [%d] avoid "guarantee*" -> "aim for" because nobody can promise an outcome' % priority,
            principle("no-promises", priority, "avoid", "guarantee*", "aim for", "nobody can promise an outcome"),
        ),
        ('p2 [0] avoid "you must not" because it is rude', principle("p2", 0, "avoid", "you must not", "", "it is rude")),
        ('  x [3] allow "cannot guarantee" because honest, and "useful"  ', principle("x", 3, "allow", "cannot guarantee", "", 'honest, and "useful"')),
        ('q [1] avoid "so" -> "" because short', principle("q", 1, "avoid", "so", "", "short")),
    )
    for text, want in cases:
        got = parse(text)
        for key in want:
            truthy(got[key] == want[key], "of the principle %r the %s is %r, expected %r" % (text.strip(), key, got[key], want[key]))


@check("parse-errors", "a line that is no principle is refused", uses=["parse_principle"], needs=["parse"], hint="parse")
def _(lab):
    parse = lab.fn("parse_principle")
    for text, what in (
        ('a avoid "x" because y', "has no priority"),
        ('a [two] avoid "x" because y', "has a priority that is not a whole number"),
        ('a [1] avoid "x" -> "z"', "has no reason"),
        ('a [1] avoid "" because y', "has an empty phrase"),
        ('a [1] avoid "c*re" because y', "has a * inside a word"),
        ('a [1] allow "x" -> "z" because y', "is an allow with a replacement"),
        ('a [1] forbid "x" because y', "is neither avoid nor allow"),
        ('A b [1] avoid "x" because y', "has no proper id"),
        ("be nice", "has no form at all"),
    ):
        try:
            got = parse(text)
        except ValueError:
            continue
        fail("parse_principle accepts %r, which %s, and returns %.60r: raise ValueError, or a rule is lost without a word" % (text, what, got))


@check("quotes", "each critique quotes the text where it stands", uses=["critique"], hint="match")
def _(lab):
    critique = lab.fn("critique", returns=critique_kind)
    rules = [principle("a", 2, "avoid", "guarantee", "hope", "no promises"), principle("b", 1, "avoid", "you must", "", "no orders")]
    subject = subjects[int(lab.rng.integers(len(subjects)))]
    text = "Now you must know: we guarantee %s, and I guarantee more; you must see it." % subject
    got = critique(text, rules)
    for each in got:
        quoted = text[each["start"] : each["start"] + len(each["span"])]
        truthy(quoted == each["span"], "a critique quotes %r, and at %d the text has %r" % (each["span"], each["start"], quoted))
    want = slow_critique(text, rules)
    truthy(len(got) == len(want), "critique finds %d places in %r, expected %d" % (len(got), text, len(want)))
    for mine, right in zip(got, want):
        for key in right:
            truthy(mine[key] == right[key], "a critique has the %s %r, expected %r (in the order of start)" % (key, mine[key], right[key]))
    truthy(critique("nothing here", rules) == [], "critique finds something in a text without any of the phrases")


@check("matching", "phrases match whole words, in upper and lower case, with wildcards", uses=["critique"], needs=["quotes"], hint="match")
def _(lab):
    critique = lab.fn("critique", returns=critique_kind)
    for phrase, text, found, why in (
        ("guarantee", "GUARANTEE it", 1, "upper and lower case are the same"),
        ("Cure", "a cure", 1, "upper and lower case are the same, in the phrase too"),
        ("cure", "secure and cured", 0, "only whole words count"),
        ("guarantee*", "guarantee, guarantees, guaranteed", 3, "* stands for zero or more further letters"),
        ("guarantee*", "unguaranteed", 0, "only whole words count"),
        ("doubl* the dose", "Doubling the dose", 1, "a * may stand inside a phrase"),
        ("you must", "you \n must", 1, "any white space may stand between the words"),
        ("you must", "thank you mustard", 0, "only whole words count"),
        ("you must", "you, must", 0, "a comma is not white space"),
    ):
        got = critique(text, [principle("p", 1, "avoid", phrase)])
        truthy(len(got) == found, "the phrase %r is found %d times in %r, expected %d: %s" % (phrase, len(got), text, found, why))
        for each, (start, end) in zip(got, slow_places(phrase, text)):
            truthy(
                (each["start"], each["span"]) == (start, text[start:end]),
                "a critique quotes %r at %d, and what stands there is %r: quote the text, not the principle" % (each["span"], each["start"], text[start:end]),
            )


@check("exceptions", "an allow principle excuses what it covers, if it is important enough", uses=["critique"], needs=["matching"], hint="priority")
def _(lab):
    critique = lab.fn("critique", returns=critique_kind)
    low, high = sorted(int(n) for n in lab.rng.choice(np.arange(1, 50), 2, replace=False))
    text = "We cannot guarantee it, and they guarantee it."
    second = text.rindex("guarantee")
    for avoid, allow, starts, why in (
        (low, high, [second], "the allow principle has the larger priority"),
        (high, high, [second], "at equal priority the allow principle wins"),
        (high, low, [text.index("guarantee"), second], "the avoid principle has the larger priority"),
    ):
        rules = [principle("no", avoid, "avoid", "guarantee"), principle("yes", allow, "allow", "cannot guarantee")]
        got = [each["start"] for each in critique(text, rules)]
        truthy(
            got == starts,
            "with avoid at %d and allow at %d, critique should find places at %s, and finds %s: %s" % (avoid, allow, starts, got, why),
        )
    rules = [principle("weak", low, "avoid", "the dose"), principle("strong", high, "avoid", "double the"), principle("late", high, "avoid", "double")]
    got = [each["principle"] for each in critique("double the dose", rules)]
    truthy(got == ["strong"], "of three overlapping matches the one of the most important principle should stay ('strong'), not %s" % got)
    rules = [principle("strong", high, "avoid", "double the"), principle("warn", high, "allow", "never double"), principle("weak", low, "avoid", "the dose")]
    got = [each["principle"] for each in critique("never double the dose", rules)]
    truthy(
        got == ["weak"],
        "'double the' is excused by 'never double', 'the dose' is not: critique should find ['weak'], and finds %s. A match that is excused does not stand in the way of another"
        % got,
    )
    rules = [principle("c", low, "avoid", "three four"), principle("b", high, "avoid", "two three"), principle("a", high + 1, "avoid", "one two")]
    got = [each["principle"] for each in critique("one two three four", rules)]
    truthy(
        got == ["a", "c"],
        "'one two' (the most important) meets 'two three', which meets 'three four' (the least): critique should find ['a', 'c'], and finds %s. A match that was dropped does not stand in the way of another"
        % got,
    )
    for _ in range(20):
        text = draw_text(lab.rng, bad_frames) + " " + draw_text(lab.rng, good_frames)
        got, want = critique(text, house()), slow_critique(text, house())
        truthy(
            [(c["principle"], c["start"]) for c in got] == [(c["principle"], c["start"]) for c in want],
            "in %r critique finds %s, expected %s" % (text, [c["span"] for c in got], [c["span"] for c in want]),
        )


@check("conflicts", "of principles about one phrase, the most important stays", uses=["resolve_conflicts"], hint="priority")
def _(lab):
    resolve = lab.fn("resolve_conflicts", returns="list")
    low, middle, high = sorted(int(n) for n in lab.rng.choice(np.arange(1, 50), 3, replace=False))
    rules = [
        principle("a", middle, "avoid", "risk"),
        principle("b", low, "avoid", "secret"),
        principle("c", high, "allow", "Risk"),
        principle("d", low, "allow", "risk"),
        principle("e", low, "allow", "secret"),
        principle("f", high, "avoid", "risks"),
    ]
    got = resolve(copy.deepcopy(rules))
    truthy(all(isinstance(each, dict) and isinstance(each.get("id"), str) for each in got), "resolve_conflicts should return principles")
    ids = [each["id"] for each in got]
    explained = {
        ("b", "d", "f"): "the least important principle wins",
        ("e", "d", "f"): "the least important principle wins",
        ("a", "b", "c", "f"): "'risk' and 'Risk' are the same phrase",
        ("a", "b", "f"): "the first principle wins, whatever its priority",
        ("c", "e", "f"): "of equal priorities the first should stay",
        ("d", "e", "f"): "the last principle wins, whatever its priority",
    }
    why = explained.get(tuple(ids), "the larger priority wins, of equals the first, and the order stays")
    truthy(ids == ["b", "c", "f"], "of principles a to f there remain %s, expected ['b', 'c', 'f']: %s" % (ids, why))


@check("revise", "only what was criticised changes", uses=["revise"], hint="revise")
def _(lab):
    revise = lab.fn("revise", returns="str")
    for text, rules in (
        ("Guarantee it. We guarantee it.", [principle("a", 1, "avoid", "guarantee", "hope for")]),
        ("It is a stupid idea", [principle("a", 1, "avoid", "stupid")]),
        ("stupid idea, or stupid", [principle("a", 1, "avoid", "stupid")]),
        ("(stupid) or so", [principle("a", 1, "avoid", "stupid")]),
        ("a  b certainly  c", [principle("a", 1, "avoid", "certainly", "probably not always")]),
        ("go go go", [principle("a", 1, "avoid", "go", "leave it")]),
    ):
        critiques = slow_critique(text, rules)
        got, want = revise(text, critiques), slow_revise(text, critiques)
        gone = got.strip() == "" and want.strip() != ""
        truthy(
            got == want,
            "%r is revised to %r, expected %r%s" % (text, got, want, ": deleting everything removes the fault and the answer" if gone else ""),
        )
    text = "Nothing  to see here. "
    truthy(revise(text, []) == text, "a text without critiques should stay as it is, and becomes %r" % revise(text, []))


@check("loop", "the loop goes on until the text is clean, and stops", uses=["critique_revise"], needs=["exceptions", "revise"], hint="loop")
def _(lab):
    loop = lab.fn("critique_revise", returns=("str", ["int"]))
    rules = house()
    once, all_rounds, total = 0, 0, 30
    for _ in range(total):
        text = draw_text(lab.rng, bad_frames) + " " + draw_text(lab.rng, bad_frames)
        got, counts = loop(text, rules, 5)
        want, want_counts = slow_loop(text, rules, 5)
        left = slow_critique(got, rules)
        truthy(
            not left,
            "after the loop there is still %r in %r: a replacement may offend against another principle, so look again after revising" % (left[:1] and left[0]["span"], got),
        )
        truthy(got == want, "%r ends as %r, expected %r" % (text, got, want))
        truthy(list(counts) == want_counts, "the counts for %r are %s, expected %s (at the start and after each revision)" % (text, counts, want_counts))
        truthy(loop(got, rules, 5)[0] == got, "a clean text is changed when it goes through the loop again")
        once += not slow_critique(slow_loop(text, rules, 1)[0], rules)
        all_rounds += not left
        good = draw_text(lab.rng, good_frames)
        truthy(loop(good, rules, 5) == (good, [0]), "the harmless text %r is changed or criticised" % good)
    lab.metric("clean_after_one_round", once / total)
    lab.metric("clean_after_the_loop", all_rounds / total)
    text = "We guarantee it."
    for rounds in (0, 1):
        got, counts = loop(text, rules, rounds)
        truthy((got, list(counts)) == slow_loop(text, rules, rounds), "with max_rounds=%d the result is %r after %d revisions" % (rounds, got, len(counts) - 1))
    circle = [principle("a", 1, "avoid", "hot", "cold"), principle("b", 1, "avoid", "cold", "hot")]
    got, counts = loop("hot tea", circle, 1000)
    truthy(
        len(counts) == 3 and got == "hot tea",
        "two principles undo each other (hot, cold, hot ...); the loop should stop when a text comes again, and makes %d revisions" % (len(counts) - 1),
    )


@check("pairs", "the revision is preferred to the draft, where there was something to revise", uses=["preference_pairs"], needs=["loop"], hint="pairs")
def _(lab):
    pairs_of = lab.fn("preference_pairs", returns=pair_kind)
    drafts = [draw_text(lab.rng, bad_frames if lab.rng.random() < 0.6 else good_frames) for _ in range(20)]
    drafts += [draw_text(lab.rng, bad_frames), draw_text(lab.rng, good_frames)]
    got = pairs_of(list(drafts), house())
    want = []
    for draft in drafts:
        revised, counts = slow_loop(draft, house(), 5)
        if counts[-1] < counts[0]:
            want.append({"chosen": revised, "rejected": draft})
    flipped = [pair for pair in got if len(slow_critique(pair["chosen"], house())) > len(slow_critique(pair["rejected"], house()))]
    truthy(
        not flipped,
        "%d of %d pairs prefer the text with more violations, for instance %r: a model trained on them learns the draft"
        % (len(flipped), len(got), flipped[:1] and flipped[0]["chosen"]),
    )
    same = [pair for pair in got if pair["chosen"] == pair["rejected"]]
    truthy(not same, "%d pairs compare a text with itself: a draft with nothing to revise gives no pair" % len(same))
    truthy(len(got) == len(want), "%d pairs come out, expected %d" % (len(got), len(want)))
    for mine, right in zip(got, want):
        truthy(mine["chosen"] == right["chosen"] and mine["rejected"] == right["rejected"], "a pair is %r, expected %r" % (mine, right))
    circle = [principle("a", 1, "avoid", "hot", "cold"), principle("b", 1, "avoid", "cold", "hot")]
    truthy(pairs_of(["hot tea"], circle) == [], "a revision that has as many violations as the draft is not preferred to it")


@fixture("held-out")
def _(lab):
    """Pairs about subjects that do not occur in training, and pairs that break the principles in other words."""
    rng = lab.pool_rng
    topics = ("the harbour", "my essay", "a birthday", "that bridge")
    drafts = [frame.replace("{s}", topic) for frame in bad_frames for topic in topics]
    known = [(slow_loop(draft, house(), 5)[0], draft) for draft in drafts]
    rude, polite = ("idiotic", "dumb", "hopeless", "worthless"), ("open", "useful", "early", "possible")
    rephrased = [("This is one %s way to see %s." % (b, t), "This is one %s way to see %s." % (a, t)) for a, b in zip(rude, polite) for t in topics]
    train = [draw_text(rng, bad_frames) for _ in range(60)]
    return {"known": known, "rephrased": rephrased, "train": train}


def bag(text, words):
    counts = np.zeros(len(words))
    for a, b in word_places(text):
        if text[a:b].lower() in words:
            counts[words[text[a:b].lower()]] += 1
    return counts


@check(
    "scorer",
    "a reward model trained on the pairs ranks pairs it has not seen",
    uses=["preference_pairs"],
    needs=["pairs"],
    timeout=10,
    hint="pairs",
)
def _(lab):
    data = lab.get("held-out")
    pairs = lab.fn("preference_pairs", returns=pair_kind)(list(data["train"]), house())
    truthy(len(pairs) > 0, "preference_pairs gives no pair to train on")
    texts = [text for pair in pairs for text in (pair["chosen"], pair["rejected"])]
    words = {}
    for text in texts:
        for a, b in word_places(text):
            words.setdefault(text[a:b].lower(), len(words))
    difference = np.array([bag(pair["chosen"], words) - bag(pair["rejected"], words) for pair in pairs])
    w = np.zeros(len(words))
    for _ in range(200):
        w += 0.5 * ((1 / (1 + np.exp(difference @ w))) @ difference / len(pairs) - 0.001 * w)

    def accuracy(held_out):
        margins = [(bag(good, words) - bag(bad, words)) @ w for good, bad in held_out]
        return float(np.mean([0.5 if abs(m) < 1e-12 else m > 0 for m in margins]))

    known, rephrased = accuracy(data["known"]), accuracy(data["rephrased"])
    lab.metric("scorer_accuracy", known)
    lab.metric("scorer_accuracy_other_words", rephrased)
    truthy(
        known >= 0.8,
        "a reward model trained on your pairs ranks %.0f %% of unseen pairs as the constitution does; at least 80 %% was expected" % (100 * known),
    )


@check("coverage", "coverage counts catches, misses and false alarms", uses=["coverage"], needs=["exceptions"], hint="coverage")
def _(lab):
    cover = lab.fn("coverage", returns={"caught": "int", "missed": ["str"], "false_alarms": ["str"]})
    cases = [(draw_text(lab.rng, bad_frames), True) for _ in range(6)] + [(draw_text(lab.rng, good_frames), False) for _ in range(5)]
    cases += [("Nobody has a rule for this %d." % i, True) for i in range(2)] + [("You must certainly try this.", False)]
    cases = [cases[i] for i in lab.rng.permutation(len(cases))]
    got = cover(house(), list(cases))
    flagged = [bool(slow_critique(text, house())) for text, _ in cases]
    want = {
        "caught": sum(1 for flag, (_, bad) in zip(flagged, cases) if flag and bad),
        "missed": [text for flag, (text, bad) in zip(flagged, cases) if bad and not flag],
        "false_alarms": [text for flag, (text, bad) in zip(flagged, cases) if flag and not bad],
    }
    close(
        got["caught"],
        want["caught"],
        "caught",
        alternatives={
            "every flagged text counts as caught, harmless ones too": sum(flagged),
            "violations are counted instead of texts": sum(len(slow_critique(text, house())) for text, bad in cases if bad),
        },
    )
    for key in ("missed", "false_alarms"):
        truthy(got[key] == want[key], "%s is %s, expected %s" % (key, got[key], want[key]))


@fixture("answers")
def _(lab):
    """Ten bad and ten good answers from the assistant's domain."""
    rng = lab.pool_rng
    things = ("ointment", "powder", "spray", "capsules", "patch", "lozenges", "herbal tea", "gel")

    def thing():
        return things[int(rng.integers(len(things)))]

    bad = [
        "The maker guarantees that the %s will help." % thing(),
        "GUARANTEED: no more pain with the %s." % thing(),
        "Our %s always works." % thing().capitalize(),
        "The %s is curing people every day." % thing(),
        "My advice is to stop taking the %s at once." % thing(),
        "Doubling the dose of the %s is fine." % thing(),
        "Try skipping the %s this week." % thing(),
        "Lazy people need the %s." % thing(),
        "If the %s fails, that is your own fault." % thing(),
        "With the %s there is no need to see a doctor." % thing(),
        "Better not tell your doctor about the %s." % thing(),
    ]
    good = [
        "Nobody can say for certain that the %s will help." % thing(),
        "We cannot guarantee that the %s helps." % thing(),
        "Never stop taking the %s without asking your doctor." % thing(),
        "Never double the dose of the %s." % thing(),
        "The %s helps many people, not all." % thing(),
        "Tell your doctor if the %s causes a rash." % thing(),
        "There is no cure for this, but the %s can ease the pain." % thing(),
        "Keep the %s away from children." % thing(),
        "If you forget the %s, ask a pharmacist." % thing(),
        "It is nobody's fault when the %s does not help." % thing(),
    ]
    kept = [bad[i] for i in rng.permutation(len(bad))[:10]]
    return [(text, True) for text in kept] + [(text, False) for text in good]


@check("my-constitution", "your own constitution holds on answers it has not seen", uses=["my_constitution"], needs=["parse-errors"], hint="own")
def _(lab):
    lines = lab.fn("my_constitution", returns=["str"])()
    truthy(4 <= len(lines) <= 40, "my_constitution should have four to forty principles, and has %d" % len(lines))
    parse = lab.fn("parse_principle", returns=principle_kind)
    rules = []
    for line in lines:
        try:
            rules.append(parse(line))
        except ValueError as error:
            fail("your principle %r cannot be read: %s" % (line, error))
    seen = [(text, bad, bool(slow_critique(text, rules))) for text, bad in examples]
    answers = [(text, bad, bool(slow_critique(text, rules))) for text, bad in lab.get("answers")]
    missed = [text for text, bad, flag in answers if bad and not flag]
    alarms = [text for text, bad, flag in answers if flag and not bad]
    lab.metric("bad_answers_caught", 10 - len(missed))
    lab.metric("false_alarms", len(alarms))
    lab.metric("examples_right", sum(bad == flag for _, bad, flag in seen))
    truthy(
        len(missed) <= 2,
        "of ten bad answers that you have not seen, your constitution flags %d; eight were asked for" % (10 - len(missed)),
        "not flagged, for instance: %s" % missed[0] if missed else None,
    )
    truthy(
        len(alarms) <= 1,
        "of ten good answers that you have not seen, your constitution flags %d; at most one was allowed. A warning uses the words it warns of: write an allow principle with a larger priority"
        % len(alarms),
        "flagged, for instance: %s" % alarms[0] if alarms else None,
    )
