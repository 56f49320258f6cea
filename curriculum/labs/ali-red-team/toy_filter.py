"""A toy filter and the disguises to attack it with. Yours to read and to play with; nothing to write here.

The "secret" is a made-up word. Nothing here is or asks for anything harmful.
"""

secret = "velmora"


def _case(word, rng):
    return "".join(c.upper() if i == 0 or rng.random() < 0.5 else c for i, c in enumerate(word))


def _leet(word, rng):
    digits = {"e": "3", "o": "0", "a": "4", "l": "1"}
    keep = rng.integers(len(digits))
    return "".join(digits[c] if c in digits and list(digits).index(c) != keep else c for c in word)


def _spaces(word, rng):
    return " ".join(word)


def _dots(word, rng):
    return (".", "-", "_")[rng.integers(3)].join(word)


def _accents(word, rng):
    marks = ("\u0301", "\u0308", "\u0302")
    return "".join(c + marks[rng.integers(3)] if c in "eoa" else c for c in word)


def _double(word, rng):
    return "".join(c * int(rng.integers(2, 4)) for c in word)


def _reverse(word, rng):
    return word[::-1]


def _garble(word, rng):
    return "".join(c if i == 0 else "bcdfghjk"[rng.integers(8)] for i, c in enumerate(word))


disguises = {
    "case": _case,
    "leet": _leet,
    "spaces": _spaces,
    "dots": _dots,
    "accents": _accents,
    "double": _double,
    "reverse": _reverse,
    "garble": _garble,
}
"""Name -> function(word, rng) giving the word in disguise. After `garble` nobody can tell any more which word it was."""


def keyword_filter(prompt):
    """The filter under attack: refuses (True) when it finds the secret, whatever the case and with or without full stops."""
    return secret in prompt.lower().replace(".", "")
