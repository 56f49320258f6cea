from itertools import product

import numpy as np

from aisafe_lab import CheckFailed, check, close, fail, truthy

n = 256


class Oracle:
    """Tells single values, counts, and refuses to be asked more often than allowed."""

    def __init__(self, values, budget, rng=None, eps=0.0, wrong=0):
        self.values, self.budget, self.calls = values, budget, 0
        self.rng, self.eps, self.wrong = rng, eps, wrong

    def __call__(self, i):
        if not isinstance(i, (int, np.integer)) or isinstance(i, bool) or not 0 <= i < len(self.values):
            raise CheckFailed("the oracle is asked about %r, which is not the number of a value" % (i,))
        self.calls += 1
        if self.calls > self.budget:
            raise CheckFailed(
                "the judge asks the oracle %d times and is allowed %d: it must not add up the values itself"
                % (self.calls, self.budget)
            )
        if self.eps and self.rng.random() < self.eps:
            return self.wrong
        return int(self.values[i])


def truth(values, lo, hi):
    total = 0
    for i in range(lo, hi):
        total += int(values[i])
    return total


def honest(values):
    def debater(claim):
        lo, hi, _ = claim
        mid = (lo + hi) // 2
        return (lo, mid, truth(values, lo, mid)), (mid, hi, truth(values, mid, hi))

    return debater


def liar(values, rng, style):
    """Six ways to defend a wrong total."""

    def debater(claim):
        lo, hi, total = claim
        mid = (lo + hi) // 2
        left, right = truth(values, lo, mid), truth(values, mid, hi)
        excess = total - left - right
        if style == "push-left":
            left += excess
        elif style == "push-right":
            right += excess
        elif style == "spread":
            left, right = left + excess // 2, right + excess - excess // 2
        elif style == "two-lies":
            extra = int(rng.integers(5, 50))
            left, right = left + extra, right + excess - extra
        elif style == "does-not-add-up":
            pass
        elif style == "moves-the-border":
            shift = 1 if hi - mid > 1 else 0
            return (lo, mid + shift, left), (mid + shift, hi, total - left)
        return (lo, mid, left), (mid, hi, right)

    return debater


styles = ("push-left", "push-right", "spread", "two-lies", "does-not-add-up", "moves-the-border")


def is_claim(value):
    return (
        isinstance(value, tuple)
        and len(value) == 3
        and all(isinstance(x, (int, np.integer)) and not isinstance(x, bool) for x in value)
    )


def is_transcript(value):
    return isinstance(value, list) and all(
        isinstance(turn, dict)
        and is_claim(turn.get("claim"))
        and isinstance(turn.get("halves"), tuple)
        and len(turn["halves"]) == 2
        and all(is_claim(half) for half in turn["halves"])
        for turn in value
    )


def well_formed(debate):
    for name in ("a", "b"):
        truthy(
            is_transcript(debate[name]),
            'run_debate(...)["%s"] should be a list of rounds {"claim": (lo, hi, total), "halves": (left, right)}' % name,
        )
    last = debate["last"]
    truthy(
        isinstance(last, tuple) and len(last) == 2 and all(is_claim(c) for c in last),
        'run_debate(...)["last"] should be a tuple of two claims (lo, hi, total)',
    )


def slow_debate(a, b, totals, size, first=(0, 1)):
    """The rules of the docstring, one after the other; gives the claims at the end and the claims of each round."""
    lo, hi, claims, rounds = 0, size, list(totals), []
    while hi - lo > 1 and claims[0] != claims[1]:
        mid = (lo + hi) // 2
        split = [d((lo, hi, c)) for d, c in zip((a, b), claims)]
        rounds.append(((lo, hi, claims[0]), (lo, hi, claims[1])))
        if any(s[0][:2] != (lo, mid) or s[1][:2] != (mid, hi) or s[0][2] + s[1][2] != c for s, c in zip(split, claims)):
            break
        side = next(i for i in first if split[0][i] != split[1][i])
        lo, hi, _ = split[0][side]
        claims = [split[0][side][2], split[1][side][2]]
    return ((lo, hi, claims[0]), (lo, hi, claims[1])), rounds


def draw_values(rng, size=n):
    return rng.integers(-20, 21, size)


def say(claim):
    return "(%s)" % ", ".join(str(int(x)) for x in claim)


@check("honest-split", "an honest debater splits a claim into two true ones", uses=["honest_split"], hint="split")
def _(lab):
    split = lab.fn("honest_split")
    values = draw_values(lab.rng)
    for lo, hi in ((0, 256), (64, 128), (200, 202), (128, 136)):
        for total in (truth(values, lo, hi), truth(values, lo, hi) + 7):
            got = split(values, (lo, hi, total))
            truthy(
                isinstance(got, tuple) and len(got) == 2 and all(is_claim(c) for c in got),
                "honest_split should return two claims, tuples (lo, hi, total) of whole numbers",
            )
            mid = (lo + hi) // 2
            want = ((lo, mid, truth(values, lo, mid)), (mid, hi, truth(values, mid, hi)))
            if got != want:
                cause = ""
                if got[0] == want[0] and got[1][2] == total - want[0][2] and total != want[0][2] + want[1][2]:
                    cause = ". The right half is made to fit the claim: an honest debater says the true sum even when the claim is false"
                elif got[1][1] == hi - 1 or got[0][1] == mid - 1:
                    cause = ". The end of an interval does not belong to it"
                fail(
                    "honest_split of %s gives %s and %s, expected %s and %s%s"
                    % ((say((lo, hi, total)),) + tuple(say(c) for c in got + want) + (cause,))
                )


def transcript_of(debater, claim, path):
    """One debater's rounds, going into the halves that `path` names."""
    rounds = []
    for side in path:
        halves = debater(claim)
        rounds.append({"claim": claim, "halves": halves})
        claim = halves[side]
    return rounds


@check("find-lie", "a transcript that is wrong on its face is found, a consistent one is not", uses=["find_lie"], hint="lie")
def _(lab):
    find = lab.fn("find_lie")
    values = draw_values(lab.rng, 32)
    path = [int(x) for x in lab.rng.integers(0, 2, 5)]
    total = truth(values, 0, 32)
    at = int(lab.rng.integers(1, 4))

    def spoiled(change):
        rounds = transcript_of(honest(values), (0, 32, total), path)
        rounds[at] = dict(rounds[at], **change(rounds[at]["claim"], *rounds[at]["halves"]))
        return rounds

    def shift(half, by):
        return (half[0], half[1], half[2] + by)

    def other_story(claim, left, right):
        claim = shift(claim, 3)
        return {"claim": claim, "halves": (shift(left, 3), right)}

    cases = [
        ("an honest transcript", transcript_of(honest(values), (0, 32, total), path), None),
        (
            "a false total that is defended consistently",
            transcript_of(liar(values, lab.rng, "two-lies"), (0, 32, total + 9), path),
            None,
        ),
        ("halves that add up to 2 too much", spoiled(lambda c, l, r: {"halves": (shift(l, 2), r)}), at),
        (
            "halves whose border is moved",
            spoiled(lambda c, l, r: {"halves": ((l[0], l[1] + 1, l[2]), (r[0] + 1, r[1], r[2]))}),
            at,
        ),
        ("the same half twice, with totals that add up", spoiled(lambda c, l, r: {"halves": (l, (l[0], l[1], c[2] - l[2]))}), at),
        ("halves in the wrong order", spoiled(lambda c, l, r: {"halves": (r, l)}), at),
        ("a claim that is neither of the halves of the round before: the story has changed", spoiled(other_story), at),
        ("no rounds", [], None),
    ]
    for words, transcript, want in cases:
        got = find(transcript)
        right = got is None if want is None else isinstance(got, (int, np.integer)) and not isinstance(got, bool) and got == want
        if not right:
            later = ""
            if want is not None and isinstance(got, (int, np.integer)) and got > want:
                later = ": the first wrong round is asked for"
            fail("find_lie gives %s for %s, expected %s%s" % (repr(got)[:40], words, want, later))


@check(
    "debate",
    "a debate goes into the first half in dispute until one value is left",
    uses=["run_debate"],
    needs=["find-lie"],
    hint="debate",
)
def _(lab):
    debate = lab.fn("run_debate", returns={"a": "any", "b": "any", "last": "any"})
    values = draw_values(lab.rng)
    total = truth(values, 0, n)
    for style in styles:
        for honest_first in (True, False):
            seed = int(lab.rng.integers(10**6))
            off = int(lab.rng.integers(1, 30))

            def pair():
                players = (honest(values), liar(values, np.random.default_rng(seed), style))
                return players if honest_first else players[::-1]

            totals = (total, total + off) if honest_first else (total + off, total)
            got = debate(*pair(), totals, n)
            well_formed(got)
            want, rounds = slow_debate(*pair(), totals, n)
            if len(got["a"]) != len(rounds) or len(got["b"]) != len(rounds):
                cause = (
                    ". It ended in an interval about which the two agree: go where they differ"
                    if got["last"][0] == got["last"][1]
                    else ""
                )
                fail(
                    "against a liar (%s) the transcripts have %d and %d rounds, expected %d%s"
                    % (style, len(got["a"]), len(got["b"]), len(rounds), cause)
                )
            for i, (first, second) in enumerate(rounds):
                for name, claim in (("a", first), ("b", second)):
                    made = got[name][i]["claim"]
                    if made == claim:
                        continue
                    cause = ""
                    if (
                        slow_debate(*pair(), totals, n, first=(1, 0))[1][i : i + 1]
                        and made[:2] == slow_debate(*pair(), totals, n, (1, 0))[1][i][0][:2]
                    ):
                        cause = ". Both halves are in dispute: the left one comes first"
                    elif i and got["a"][i]["claim"] == got["b"][i]["claim"]:
                        cause = ". About this half the two agree: go where they differ"
                    fail(
                        "against a liar (%s) round %d of debater %s has the claim %s, expected %s%s"
                        % (style, i, name, say(made), say(claim), cause)
                    )
            truthy(
                got["last"] == want,
                "against a liar (%s) the last claims are %s and %s, expected %s and %s"
                % ((style,) + tuple(say(c) for c in got["last"] + want)),
            )
    same = debate(honest(values), honest(values), (total, total), n)
    well_formed(same)
    truthy(same["a"] == [] and same["b"] == [], "with equal totals there is no dispute, and there should be no round")
    truthy(
        same["last"] == ((0, n, total), (0, n, total)),
        "with equal totals `last` should hold the two equal claims about [0, %d)" % n,
    )


@check("noise", "a majority of noisy answers is right as often as the binomial law says", uses=["noisy_judge"], hint="noise")
def _(lab):
    accuracy = lab.fn("noisy_judge", returns="float")
    eps = float(lab.rng.uniform(0.1, 0.35))
    for rounds in (3, 2, 1, 4, 5, 6, 7):
        want = at_least = 0.0
        for right in product([True, False], repeat=rounds):
            weight = float(np.prod([1 - eps if ok else eps for ok in right]))
            want += weight * (1.0 if 2 * sum(right) > rounds else 0.5 if 2 * sum(right) == rounds else 0.0)
            at_least += weight * (2 * sum(right) >= rounds)
        close(
            accuracy(eps, rounds),
            want,
            "noisy_judge(%.3g, %d)" % (eps, rounds),
            alternatives={
                "a tie counts as right": at_least,
                "every answer has to be right": (1 - eps) ** rounds,
                "one right answer is enough": 1 - eps**rounds,
                "a tie counts as wrong": 2 * want - at_least,
                "eps is taken for the chance of a right answer": 1 - want,
            },
        )


def ready_debate(last, a=(), b=()):
    return {"a": list(a), "b": list(b), "last": last}


@check("judge", "the judge first looks for contradictions, then at one value", uses=["judge"], needs=["find-lie"], hint="judge")
def _(lab):
    decide = lab.fn("judge", returns="str")
    values = draw_values(lab.rng)
    at = int(lab.rng.integers(0, n))
    value = int(values[at])
    good = transcript_of(honest(values), (0, n, truth(values, 0, n)), [0, 1])
    bad = transcript_of(liar(values, lab.rng, "does-not-add-up"), (0, n, truth(values, 0, n) + 4), [0])
    wide = ((0, n, 5), (0, n, 6))

    def leaf(a, b):
        return ((at, at + 1, value + a), (at, at + 1, value + b))

    cases = [
        ("the last claim of a is true", ready_debate(leaf(0, 3)), "a", 1),
        ("the last claim of b is true", ready_debate(leaf(-2, 0)), "b", 1),
        ("both last claims are false", ready_debate(leaf(2, 1)), "neither", 1),
        ("only b contradicts itself", ready_debate(wide, good[:1], bad), "a", 0),
        ("only a contradicts itself", ready_debate(wide, bad, good[:1]), "b", 0),
        ("both contradict themselves", ready_debate(wide, bad, bad), "neither", 0),
        ("both make the same claim, which is false", ready_debate(leaf(1, 1)), "neither", 0),
        ("both make the same claim, which is true", ready_debate(leaf(0, 0)), "neither", 0),
        ("the last claims are about many values", ready_debate(wide), "neither", 0),
    ]
    for words, debate, want, calls in cases:
        for budget in (1, 4, 9):
            oracle = Oracle(values, budget)
            got = decide(debate, oracle, budget)
            if got != want:
                cause = ""
                if "false" in words and got in ("a", "b"):
                    cause = ": being contradicted by a liar does not make a claim true"
                fail("%s (budget %d): the judge says %r, expected %r%s" % (words, budget, got[:20], want, cause))
            if calls == 0:
                truthy(
                    oracle.calls == 0,
                    "%s: this can be seen without the oracle, and the judge asks it %d times" % (words, oracle.calls),
                )
            else:
                expected = budget if budget % 2 else budget - 1
                truthy(
                    oracle.calls == expected,
                    "with a budget of %d the oracle should be asked %d times, the largest odd number, and is asked %d times"
                    % (budget, expected, oracle.calls),
                )
    answers = iter([value + 3, value, value])
    got = decide(ready_debate(leaf(0, 3)), lambda i: next(answers), 3)
    truthy(
        got == "a",
        "two of three answers speak for a, the first for b: the judge says %r. All answers count, not only the first" % got[:20],
    )
    # Two answers of five for each debater, one for neither: nobody has more.
    answers = iter([value, value + 3, value + 9, value + 3, value])
    got = decide(ready_debate(leaf(0, 3)), lambda i: next(answers), 5)
    truthy(got == "neither", "two of five answers speak for each debater: the judge says %r, expected 'neither'" % got[:20])


@check(
    "noisy-debate",
    "with a noisy oracle the judge is right as often as theory says",
    uses=["judge"],
    needs=["judge", "noise"],
    hint="judge",
    timeout=10,
)
def _(lab):
    decide, accuracy = lab.fn("judge", returns="str"), lab.fn("noisy_judge", returns="float")
    rng, trials, eps = lab.pool_rng, 400, 0.3
    for budget in (1, 5, 9):
        right = 0
        for i in range(trials):
            values = rng.integers(-20, 21, 4)
            claims = ((2, 3, int(values[2])), (2, 3, int(values[2]) + 5))
            winner = "a" if i % 2 else "b"
            oracle = Oracle(values, budget, rng, eps, wrong=int(values[2]) + 5)
            right += decide(ready_debate(claims if i % 2 else claims[::-1]), oracle, budget) == winner
        want = accuracy(eps, budget)
        sigma = (want * (1 - want) / trials) ** 0.5
        if abs(right / trials - want) > 4 * sigma:
            fail(
                "with %d answers, each wrong with probability %.2g, the judge is right in %.3g of %d debates; theory says %.3g"
                % (budget, eps, right / trials, trials, want)
            )
        lab.metric("accuracy_with_%d_answers" % budget, right / trials)


@check("consultancy", "an adviser without an opponent is rarely found out", uses=["consultancy"], hint="consultancy", timeout=10)
def _(lab):
    believe = lab.fn("consultancy", returns="bool")
    rng, budget = lab.pool_rng, 9
    right, trials = 0, 400
    for i in range(trials):
        values = draw_values(rng)
        claims = values.copy()
        if i % 2:
            claims[int(rng.integers(0, n))] += 1
        oracle = Oracle(values, budget)
        got = believe(claims, oracle, budget, np.random.default_rng([lab.pool, i]))
        truthy(i % 2 or got, "consultancy does not believe an honest adviser")
        truthy(i % 2 == 0 or got or oracle.calls <= budget, "consultancy asks too often")
        right += got == (i % 2 == 0)
    want = 0.5 + budget / (2 * n)
    caught = right / trials - 0.5
    lab.metric("consultancy_accuracy", right / trials)
    truthy(
        caught < 0.06,
        "consultancy finds %.3g of the false statements, expected about %.3g: the places have to be random"
        % (2 * caught, budget / n),
    )
    small = np.arange(8)
    found = 0
    for i in range(200):
        wrong = small.copy()
        wrong[int(rng.integers(0, 8))] += 1
        oracle = Oracle(small, 6)
        found += not believe(wrong, oracle, 6, np.random.default_rng(i))
        truthy(oracle.calls >= 1, "consultancy does not ask the oracle")
    low = 1 - (7 / 8) ** 6
    if abs(found / 200 - 6 / 8) > 4 * (6 / 8 * 2 / 8 / 200) ** 0.5:
        cause = (
            ". That is about what you get when the same value may be checked twice (%.3g)" % low
            if abs(found / 200 - low) < 0.08
            else ""
        )
        fail(
            "with 6 of 8 values checked, one false statement is found in %.3g of the cases, expected 0.75%s"
            % (found / 200, cause)
        )
    truthy(want < 0.52, "the grader's theory is off")
    spread = set()
    for i in range(40):
        asked = []
        believe(small, lambda j: asked.append(int(j)) or int(small[j]), 2, np.random.default_rng(i))
        truthy(
            len(set(asked)) == 2,
            "with a budget of 2 and an honest adviser, consultancy checks %d different values" % len(set(asked)),
        )
        spread.update(asked)
    truthy(len(spread) == 8, "over 40 runs consultancy never looks at some values: an adviser would lie there")


@check(
    "honest-wins",
    "the honest debater wins against every liar, with one look",
    uses=["honest_split", "run_debate", "judge"],
    needs=["honest-split", "debate", "judge"],
    hint="judge",
    timeout=10,
)
def _(lab):
    split, debate = lab.fn("honest_split"), lab.fn("run_debate", returns={"a": "any", "b": "any", "last": "any"})
    decide = lab.fn("judge", returns="str")
    won, played, most = 0, 0, 0
    for style in styles:
        for i in range(10):
            values = draw_values(lab.rng)
            total = truth(values, 0, n)
            off = int(lab.rng.integers(1, 40)) * (1 if i % 4 < 2 else -1)

            def good(claim, values=values):
                return split(values, claim)

            bad = liar(values, lab.rng, style)
            players, totals, side = (
                ((good, bad), (total, total + off), "a") if i % 2 else ((bad, good), (total + off, total), "b")
            )
            got = debate(*players, totals, n)
            well_formed(got)
            oracle = Oracle(values, 1)
            winner = decide(got, oracle, 1)
            most, played, won = max(most, oracle.calls), played + 1, won + (winner == side)
            truthy(winner == side, "against a liar (%s) the judge says %r; the honest debater is %r" % (style, winner[:20], side))
    lab.metric("debate_accuracy", won / played)
    lab.metric("most_looks_in_debate", most)


@check(
    "random-leaf-fails",
    "a judge who looks at a random value instead of the disputed one learns nothing",
    uses=["run_debate", "judge"],
    needs=["honest-wins"],
    hint="judge",
    timeout=10,
)
def _(lab):
    debate, decide = lab.fn("run_debate", returns={"a": "any", "b": "any", "last": "any"}), lab.fn("judge", returns="str")
    rng, right, aimed, trials = lab.pool_rng, 0, 0, 100
    for i in range(trials):
        values = rng.integers(-20, 21, 32)
        total = truth(values, 0, 32)
        got = debate(honest(values), liar(values, rng, "push-left" if i % 2 else "spread"), (total, total + 5), 32)
        well_formed(got)
        aimed += decide(got, Oracle(values, 1), 1) == "a"
        place = int(rng.integers(0, 32))
        right += decide(got, lambda j: int(values[place]), 1) == "a"
    lab.metric("accuracy_random_look", right / trials)
    truthy(aimed == trials, "the honest debater wins %d of %d debates" % (aimed, trials))
    truthy(right < 0.3 * trials, "a judge with a random value is right %d times in %d" % (right, trials))
