"""Texts, topics and rules for explaining toy neurons. Yours to read and to play with; nothing to write here."""

topics = {
    "animal": ("cat", "horse", "falcon", "otter"),
    "food": ("bread", "soup", "apple", "rice"),
    "music": ("drum", "violin", "song", "choir"),
    "weather": ("storm", "snow", "fog", "thunder"),
}
verbs = ("walking", "singing", "reading", "rebuild", "return", "repair", "unpack", "unlock", "undo")
others = ("table", "lamp", "window", "silver", "quiet", "happy", "seldom", "kindness", "darkness", "harbour", "bridge", "castle")
vocabulary = tuple(word for words in topics.values() for word in words) + verbs + others


def sentences(rng, count, length=5):
    """`count` texts of `length` different words each."""
    return [" ".join(vocabulary[i] for i in rng.choice(len(vocabulary), length, replace=False)) for _ in range(count)]


def all_rules():
    """Every simple rule of the language, and some that are longer than they need to be."""
    simple = [("word", word) for word in vocabulary]
    simple += [("prefix", "re"), ("prefix", "un"), ("prefix", "s"), ("suffix", "ing"), ("suffix", "ness"), ("suffix", "r")]
    simple += [("topic", name) for name in topics]
    longer = [("or", rule, ("word", "zeppelin")) for rule in simple[:4] + simple[len(vocabulary) :]]
    return longer + simple
