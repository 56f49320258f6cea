import numpy as np

from aisafe_lab import check, close, fixture, same_shape, truthy
from toy_neurons import all_rules, sentences, topics, vocabulary


def slow_holds(rule, text):
    if rule[0] == "or":
        return slow_holds(rule[1], text) or slow_holds(rule[2], text)
    padded = " " + text + " "
    if rule[0] == "word":
        return " %s " % rule[1] in padded
    if rule[0] == "prefix":
        return " " + rule[1] in padded
    if rule[0] == "suffix":
        return rule[1] + " " in padded
    return any(" %s " % word in padded for word in topics[rule[1]])


def slow_simulate(rule, texts):
    return np.array([1.0 if slow_holds(rule, text) else 0.0 for text in texts])


def slow_score(sim, acts):
    n = len(sim)
    a, b = sum(sim) / n, sum(acts) / n
    top = sum((x - a) * (y - b) for x, y in zip(sim, acts))
    below = sum((x - a) ** 2 for x in sim) * sum((y - b) ** 2 for y in acts)
    return float(top / np.sqrt(below)) if below > 1e-18 else 0.0


def words_of(rule):
    return words_of(rule[1]) + " or " + words_of(rule[2]) if rule[0] == "or" else "%s %r" % rule


def shown(rule):
    """A rule of the learner's in words, whatever it is."""
    if rule is None:
        return "no rule"
    try:
        return words_of(rule)
    except Exception:
        return "something that is not a rule"


def respond(rng, rule, texts, strength):
    return strength * slow_simulate(rule, texts) * rng.uniform(0.85, 1.15, len(texts))


def neuron(rng, planted, count=120, noise=0.05):
    """A neuron that answers to each (rule, strength), with a little noise; on texts to explain it from, and on others."""
    out = {"rules": all_rules(), "k": 12}
    for name in ("", "held_out_"):
        texts = sorted(set(sentences(rng, count)))
        texts = [texts[i] for i in rng.permutation(len(texts))]
        acts = np.abs(noise * rng.normal(size=len(texts)))
        for rule, strength in planted:
            acts = np.maximum(acts, respond(rng, rule, texts, strength))
        out[name + "texts"], out[name + "acts"] = texts, acts
    return out


planted_rules = (("word", "otter"), ("prefix", "un"), ("suffix", "ness"), ("topic", "music"), ("word", "storm"), ("topic", "food"))


@check("top", "the top examples come in order of activation", uses=["top_examples"], hint="top")
def _(lab):
    top = lab.fn("top_examples", returns=["str"])
    texts = ["text number %d" % i for i in range(9)]
    acts = np.round(lab.rng.normal(size=9), 1)
    acts[[2, 5]] = 4.0
    k = int(lab.rng.integers(3, 6))
    want = [texts[i] for i in sorted(range(9), key=lambda i: (-acts[i], i))[:k]]
    got = top(acts, texts, k)
    truthy(len(got) == k, "top_examples gives %d texts, expected %d" % (len(got), k))
    lowest = [texts[i] for i in sorted(range(9), key=lambda i: (acts[i], i))[:k]]
    truthy(got != lowest, "these are the texts of lowest activation")
    truthy(got == want, "top_examples gives %s, expected %s (most active first; of equal ones the earlier first)" % (got, want))


@check("simulate", "a rule is simulated on whole words", uses=["simulate"], hint="simulate")
def _(lab):
    simulate = lab.fn("simulate", returns="array")
    texts = sentences(lab.rng, 25) + ["storm warning", "thunderstorm", "the cat", "concatenate", "bringing in", "ring a bell", "kindness"]
    pairs = (
        (("word", "storm"), "a word is found inside a longer one"),
        (("word", "cat"), "a word is found inside a longer one"),
        (("prefix", "un"), "a prefix is looked for inside words, or only at the start of the text"),
        (("suffix", "ing"), "a suffix is looked for inside words, or only at the end of the text"),
        (("suffix", "ness"), "a suffix is looked for inside words, or only at the end of the text"),
        (("topic", "weather"), "a topic holds when any of its words is there, as a whole word"),
        (("or", ("word", "cat"), ("prefix", "re")), "either side is enough"),
        (("or", ("suffix", "r"), ("or", ("word", "bell"), ("topic", "food"))), "rules can be nested"),
    )
    for rule, why in pairs:
        got = simulate(rule, texts)
        want = slow_simulate(rule, texts)
        same_shape(got, want.shape, "simulate")
        wrong = np.flatnonzero(got != want)
        truthy(
            len(wrong) == 0,
            "the rule %s on %r should give %.3g and gives %.3g: %s" % (words_of(rule), texts[wrong[0]], want[wrong[0]], got[wrong[0]], why) if len(wrong) else "",
        )


@check("score", "the score is a correlation, with its sign; a constant scores 0", uses=["score"], hint="score")
def _(lab):
    score = lab.fn("score", returns="float")
    n = int(lab.rng.integers(8, 14))
    sim, acts = (lab.rng.random(n) < 0.5).astype(float), 3 + 2 * lab.rng.normal(size=n)
    sim[:2] = 0, 1
    for a, b in ((sim, acts + 2 * sim), (sim, acts - 9 * sim), (lab.rng.normal(size=n), acts)):
        want = slow_score(a, b)
        close(
            score(a, b),
            want,
            "score",
            alternatives={
                "the sign is dropped: a rule that predicts the opposite would count as an explanation": abs(want),
                "you take the covariance, which depends on how large the activations are": float(np.mean((a - a.mean()) * (b - b.mean()))),
                "you square the correlation": want**2,
                "means are not subtracted": float(a @ b / np.sqrt((a @ a) * (b @ b))),
            },
        )
    for a, b, what in ((np.zeros(n), acts, "a simulation that is always 0"), (np.ones(n), acts, "a simulation that is always 1"), (sim, np.full(n, 0.3), "a neuron that is always 0.3")):
        with np.errstate(all="ignore"):
            got = score(a, b)
        truthy(np.isfinite(got), "%s scores NaN: a correlation divides by the spread, which is 0 there. The score is 0" % what)
        truthy(abs(got) < 1e-12, "%s scores %.3g, expected 0" % (what, got))


@check("propose", "planted rules are named exactly, in their shortest form", uses=["propose"], needs=["simulate", "score"], timeout=10, hint="propose")
def _(lab):
    propose = lab.fn("propose")
    rng, rules = lab.pool_rng, all_rules()
    right = 0
    for rule in planted_rules:
        given = neuron(rng, [(rule, 1.0)])
        got = propose(given["texts"], given["acts"], rules)
        longer = ("or", rule, ("word", "zeppelin"))
        truthy(
            got != longer,
            "the neuron answers to %s, and you name %s: no text tells the two apart, and the shorter explanation is to be taken" % (words_of(rule), words_of(longer)),
        )
        truthy(got == rule, "the neuron answers to %s, and you name %s" % (words_of(rule), shown(got)))
        right += 1
    lab.metric("planted_rules_named", right / len(planted_rules))
    texts = ["cat lamp", "lamp table", "cat snow", "snow fog"]
    acts = np.array([1.0, 0.0, 1.0, 0.0])
    for order in ([("word", "cat"), ("topic", "animal")], [("topic", "animal"), ("word", "cat")]):
        got = propose(texts, acts, order)
        truthy(got == order[0], "of equally good rules of one length the earliest in the list should be taken: %s, not %s" % (words_of(order[0]), shown(got)))


@check("unexplained", "a dead neuron has no explanation, and the opposite is none", uses=["propose"], needs=["propose"], hint="propose")
def _(lab):
    propose = lab.fn("propose")
    texts = sentences(lab.rng, 60)
    got = propose(texts, np.zeros(60), all_rules())
    truthy(got is None, "a neuron that is never active gets the explanation %s; it should be None" % shown(got))
    texts = ["cat lamp", "lamp table", "cat snow", "snow fog", "fog"]
    acts = 1 - slow_simulate(("word", "cat"), texts)
    rules = [("word", "cat"), ("or", ("word", "cat"), ("word", "table")), ("word", "fog")]
    got = propose(texts, acts, rules)
    truthy(
        got == ("word", "fog"),
        "the neuron is active where 'cat' is absent, and you explain it by %s: a rule of negative score says the opposite of the truth" % shown(got),
    )
    got = propose(texts, acts, rules[:1])
    truthy(got is None, "where every rule has a negative score, there is no explanation (None); you give %s" % shown(got))


def slow_best(texts, acts, rules):
    best, at = None, 1e-9
    for rule in sorted(rules, key=lambda rule: rule[0] == "or"):
        value = slow_score(slow_simulate(rule, texts), acts)
        if value > at + 1e-9:
            best, at = rule, value
    return best


def proposal_set(given):
    k, positions = given["k"], range(len(given["texts"]))
    chosen = sorted(positions, key=lambda i: (-given["acts"][i], i))[:k] + sorted(positions, key=lambda i: (given["acts"][i], i))[:k]
    return [given["texts"][i] for i in chosen], given["acts"][chosen]


evaluation = {"rule": "any", "top_score": "float", "random_score": "float"}


@check("evaluate", "an explanation is scored where it was made and where it was not", uses=["evaluate"], needs=["top", "unexplained"], timeout=10, hint="evaluate")
def _(lab):
    evaluate = lab.fn("evaluate", returns=evaluation)
    rng = lab.pool_rng
    given = neuron(rng, [(("topic", "food"), 1.0), (("word", "lamp"), 0.8)], noise=0.2)
    texts, acts = proposal_set(given)
    want = slow_best(texts, acts, given["rules"])
    got = evaluate(given)
    truthy(
        got["rule"] == want,
        "from the top examples and as many texts of lowest activation the rule should be %s, and you get %s" % (words_of(want), shown(got["rule"])),
        "top: %s\nlowest: %s" % (texts[:2], texts[given["k"] : given["k"] + 2]),
    )
    held_texts, held_acts = given["held_out_texts"], given["held_out_acts"]
    here, there = slow_score(slow_simulate(want, texts), acts), slow_score(slow_simulate(want, held_texts), held_acts)
    everything = slow_score(slow_simulate(want, given["texts"]), given["acts"])
    top_held = sorted(range(len(held_texts)), key=lambda i: -held_acts[i])[: given["k"]]
    close(
        got["random_score"],
        there,
        "random_score",
        alternatives={
            "you score on the texts that the rule was made from": here,
            "you score on the other texts of the first set, which contain those the rule was made from": everything,
            "you score only on the held-out texts of highest activation": slow_score(
                slow_simulate(want, [held_texts[i] for i in top_held]), held_acts[top_held]
            ),
        },
    )
    close(
        got["top_score"],
        here,
        "top_score",
        alternatives={
            "you score on the held-out texts": there,
            "you score on all texts of the first set": everything,
            "you score on the top examples alone, without those of lowest activation": slow_score(
                slow_simulate(want, texts[: given["k"]]), acts[: given["k"]]
            ),
        },
    )
    tied = {
        "texts": ["cat lamp", "cat snow", "fog lamp", "soup table", "cat fog", "cat soup"],
        "acts": np.array([1.0, 0.8, 0.0, 0.0, 0.0, 0.0]),
        "held_out_texts": ["cat rice", "fog rice", "soup lamp"],
        "held_out_acts": np.array([1.0, 0.0, 0.0]),
        "rules": [("word", "cat"), ("word", "lamp")],
        "k": 2,
    }
    got = evaluate(tied)
    truthy(
        got["rule"] == ("word", "cat"),
        "of six texts, four have the activation 0, and with k = 2 the rule should be word 'cat'; you get %s: of equally silent texts take the earlier ones" % shown(got["rule"]),
        "texts: %s\nacts: %s" % (tied["texts"], tied["acts"]),
    )
    dead = dict(given, acts=np.zeros(len(given["acts"])), held_out_acts=np.zeros(len(held_acts)))
    got = evaluate(dead)
    truthy(
        got["rule"] is None and got["top_score"] == 0 and got["random_score"] == 0,
        "a dead neuron should give the rule None and both scores 0; you give %s, %.3g, %.3g" % (shown(got["rule"]), got["top_score"], got["random_score"]),
    )


@check("illusion", "few examples flatter: two neurons that look explained and are not", uses=["evaluate"], needs=["evaluate"], timeout=15, hint="evaluate")
def _(lab):
    evaluate = lab.fn("evaluate", returns=evaluation)
    rng = lab.pool_rng
    double = neuron(rng, [(("suffix", "ness"), 2.0), (("topic", "weather"), 1.4)])
    got = evaluate(double)
    lab.metric("polysemantic_top_score", got["top_score"])
    lab.metric("polysemantic_random_score", got["random_score"])
    chance = [evaluate(neuron(rng, [], noise=1.0)) for _ in range(8)]
    lab.metric("noise_top_score", np.mean([each["top_score"] for each in chance]))
    lab.metric("noise_random_score", np.mean([each["random_score"] for each in chance]))
    single = evaluate(neuron(rng, [(("prefix", "un"), 1.0)]))
    lab.metric("monosemantic_random_score", single["random_score"])
    truthy(got["rule"] == ("suffix", "ness"), "the top examples of this neuron all have the suffix 'ness'; you name %s" % shown(got["rule"]))
    truthy(
        got["top_score"] > got["random_score"] + 0.15,
        "a neuron that answers to two things should look better explained by its top examples (%.3g) than it is on random texts (%.3g)"
        % (got["top_score"], got["random_score"]),
    )
    truthy(
        np.mean([each["random_score"] for each in chance]) < 0.2,
        "neurons of pure noise get a random_score of %.3g on average: nothing can predict them" % np.mean([each["random_score"] for each in chance]),
    )
    truthy(single["random_score"] > 0.8, "a neuron with one clean rule should score above 0.8 on random texts, and scores %.3g" % single["random_score"])


@check("split", "a polysemantic neuron needs two rules, a clean one needs one, a dead one none", uses=["split_polysemantic"], needs=["unexplained"], timeout=15, hint="split")
def _(lab):
    split = lab.fn("split_polysemantic", returns="list")
    rng, rules = lab.pool_rng, all_rules()
    pairs = [(("topic", "animal"), ("suffix", "ing")), (("prefix", "re"), ("word", "bridge"))]
    first, both = [], []
    for strong, weak in pairs:
        given = neuron(rng, [(strong, 2.0), (weak, 1.5)], count=160)
        got = split(given["acts"], given["texts"], rules)
        truthy(
            len(got) != 1,
            "the neuron answers to %s and to %s, and you find only %s: leave out the texts that the first rule explains, and look again"
            % (words_of(strong), words_of(weak), shown(got[0]) if got else "nothing"),
        )
        truthy(len(got) == len({shown(rule) for rule in got}), "the same rule is found twice: leave out the texts on which it holds")
        truthy(len(got) == 2, "the neuron answers to two rules, and you find %d: %s" % (len(got), ", ".join(shown(rule) for rule in got)))
        truthy(
            {shown(rule) for rule in got} == {words_of(strong), words_of(weak)},
            "the neuron answers to %s and to %s, and you find %s and %s" % (words_of(strong), words_of(weak), shown(got[0]), shown(got[1])),
        )
        one = slow_simulate(got[0], given["held_out_texts"])
        two = slow_simulate(("or", got[0], got[1]), given["held_out_texts"])
        first.append(slow_score(one, given["held_out_acts"]))
        both.append(slow_score(two, given["held_out_acts"]))
    lab.metric("score_of_first_rule", np.mean(first))
    lab.metric("score_of_both_rules", np.mean(both))
    given = neuron(rng, [(("topic", "food"), 1.0)])
    got = split(given["acts"], given["texts"], rules)
    truthy(list(got) == [("topic", "food")], "a neuron that answers to one topic needs one rule, and you find %s" % ", ".join(shown(rule) for rule in got))
    truthy(split(np.zeros(len(given["texts"])), given["texts"], rules) == [], "a dead neuron is explained by nothing: []")
    noisy = neuron(rng, [], noise=1.0)
    truthy(split(noisy["acts"], noisy["texts"], rules) == [], "noise is explained by nothing: no rule reaches a score of 0.5")
    strict = split(given["acts"], given["texts"], rules, least=0.999)
    truthy(strict == [], "with least=0.999 no rule is good enough; `least` seems to be ignored")
