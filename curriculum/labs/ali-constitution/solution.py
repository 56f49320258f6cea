"""A constitution at work: one possible solution."""

import re

from leaflets import examples

form = re.compile(
    r'(?P<id>[a-z][a-z0-9-]*) \[(?P<priority>\d+)\] (?P<kind>avoid|allow) "(?P<phrase>[A-Za-z]+\*?(?: [A-Za-z]+\*?)*)"'
    r'(?: -> "(?P<replacement>[^"]*)")? because (?P<reason>.+)'
)


def parse_principle(text):
    match = form.fullmatch(text.strip())
    if not match:
        raise ValueError('expected: id [priority] avoid "phrase" -> "replacement" because reason; got: %s' % text)
    parts = match.groupdict()
    if parts["kind"] == "allow" and parts["replacement"] is not None:
        raise ValueError("an allow principle has no replacement: %s" % text)
    return dict(parts, priority=int(parts["priority"]), replacement=parts["replacement"] or "")


def places(phrase, text):
    words = [word.replace("*", r"\w*") for word in phrase.split()]
    pattern = r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)"
    return [match.span() for match in re.finditer(pattern, text, re.IGNORECASE)]


def overlap(a, b):
    return a[0] < b[1] and b[0] < a[1]


def critique(text, constitution):
    allowed = [(p["priority"], span) for p in constitution if p["kind"] == "allow" for span in places(p["phrase"], text)]
    found = []
    for p in sorted(constitution, key=lambda p: -p["priority"]):
        if p["kind"] == "allow":
            continue
        for span in places(p["phrase"], text):
            excused = any(priority >= p["priority"] and overlap(span, other) for priority, other in allowed)
            if not excused and not any(overlap(span, other) for other, _ in found):
                found.append((span, p))
    return [
        {"principle": p["id"], "start": a, "span": text[a:b], "replacement": p["replacement"], "reason": p["reason"]}
        for (a, b), p in sorted(found, key=lambda each: each[0])
    ]


def revise(text, critiques):
    for each in sorted(critiques, key=lambda each: -each["start"]):
        start, end = each["start"], each["start"] + len(each["span"])
        new = each["replacement"]
        if new and each["span"][0].isupper():
            new = new[0].upper() + new[1:]
        if not new:
            if text[start - 1 : start] == " ":
                start -= 1
            elif text[end : end + 1] == " ":
                end += 1
        text = text[:start] + new + text[end:]
    return text


def critique_revise(text, constitution, max_rounds):
    seen = {text}
    critiques = critique(text, constitution)
    counts = [len(critiques)]
    while critiques and len(counts) <= max_rounds:
        text = revise(text, critiques)
        critiques = critique(text, constitution)
        counts.append(len(critiques))
        if text in seen:
            break
        seen.add(text)
    return text, counts


def resolve_conflicts(principles):
    best = {}
    for p in principles:
        phrase = p["phrase"].lower()
        if phrase not in best or p["priority"] > best[phrase]["priority"]:
            best[phrase] = p
    return [p for p in principles if best[p["phrase"].lower()] is p]


def preference_pairs(drafts, constitution):
    pairs = []
    for draft in drafts:
        revised, counts = critique_revise(draft, constitution, 5)
        if counts[-1] < counts[0]:
            pairs.append({"chosen": revised, "rejected": draft})
    return pairs


def coverage(constitution, cases):
    flagged = [bool(critique(text, constitution)) for text, _ in cases]
    return {
        "caught": sum(flag and bad for flag, (_, bad) in zip(flagged, cases)),
        "missed": [text for flag, (text, bad) in zip(flagged, cases) if bad and not flag],
        "false_alarms": [text for flag, (text, bad) in zip(flagged, cases) if flag and not bad],
    }


def my_constitution():
    return [
        'no-guarantee [5] avoid "guarantee*" -> "hope" because nobody can promise an outcome',
        'honest-limit [8] allow "cannot guarantee" because saying what one cannot promise is honest',
        'no-always [5] avoid "always works" -> "often helps" because no medicine works for all',
        'no-cures [5] avoid "cures" -> "may help with" because an effect is not a cure',
        'no-cured [5] avoid "cured" -> "helped" because an effect is not a cure',
        'no-curing [5] avoid "curing" -> "helping with" because an effect is not a cure',
        'no-stopping [6] avoid "stop* taking" -> "ask a doctor about" because a doctor decides',
        'no-doubling [6] avoid "doubl* the dose" -> "keep to the dose" because a doctor decides',
        'no-skipping [6] avoid "skip*" -> "ask a doctor about" because a doctor decides',
        'warn-stop [9] allow "never stop taking" because it is a warning',
        'warn-double [9] allow "never double the dose" because it is a warning',
        'warn-skip [9] allow "never skip" because it is a warning',
        'no-names [7] avoid "lazy" because respect',
        'no-blame [7] avoid "your own fault" -> "no fault of yours" because nobody chooses an illness',
        'see-doctor [7] avoid "no need to see" -> "good reason to see" because help must stay open',
        'tell-doctor [7] avoid "not tell your doctor" -> "tell your doctor" because help must stay open',
    ]
