from itertools import product

import numpy as np

from aisafe_lab import check, close, fail, fixture, same_shape, truthy


def audit_table(scores, budget):
    """{score value: probability of an audit}, by spending the budget from the top, one group of equal scores at a time."""
    table, left = {}, budget * len(scores)
    for value in sorted(set(scores.tolist()), reverse=True):
        count = sum(1 for s in scores if s == value)
        table[value] = min(1.0, max(0.0, left) / count)
        left -= count * table[value]
    return table


def slow_safety(policy, table):
    q = sum(table[s] for s in policy["scores"].tolist()) / len(policy["scores"])
    missed = 1.0
    for _ in range(policy["attempts"]):
        missed *= 1 - q
    return 1 - missed


def slow_usefulness(protocol):
    table = audit_table(protocol["honest_scores"], protocol["budget"])
    total = 0.0
    for score, mine, theirs in zip(
        protocol["honest_scores"].tolist(), protocol["untrusted_quality"], protocol["trusted_quality"]
    ):
        total += table[score] * theirs + (1 - table[score]) * mine
    return total / len(protocol["honest_scores"])


def honest_scores(rng, n):
    """Whole numbers from 0 to 10, with many ties; each occurs, so that no attack has a score that no honest output has."""
    scores = rng.binomial(10, 0.35, n).astype(float)
    scores[:11] = np.arange(11.0)
    return rng.permutation(scores)


def make_protocol(rng, budget, n=90):
    return {
        "budget": budget,
        "honest_scores": honest_scores(rng, n),
        "untrusted_quality": rng.uniform(0.7, 1.0, n),
        "trusted_quality": rng.uniform(0.2, 0.6, n),
    }


def make_attacks(rng, how_many):
    """An attack in more pieces looks less suspicious piece by piece, and has to pass more often."""
    attacks = {}
    for i in range(how_many):
        attempts = int(rng.integers(1, 9))
        level = 0.42 + 0.4 * rng.random() / attempts**0.5
        attacks["attack-%d" % i] = {
            "scores": rng.binomial(10, level, int(rng.integers(20, 40))).astype(float),
            "attempts": attempts,
        }
    return attacks


@fixture("world")
def _(lab):
    return make_protocol(lab.rng, 0.1, 200), make_attacks(lab.rng, 12)


@check("catch-probability", "repeated attempts are caught with 1 - (1 - q)^m", uses=["catch_probability"], hint="attempts")
def _(lab):
    catch = lab.fn("catch_probability", returns="float")
    q = float(lab.rng.uniform(0.1, 0.4))
    for attempts in range(6):
        want = 0.0
        for outcome in product([True, False], repeat=attempts):
            if any(outcome):
                want += float(np.prod([q if caught else 1 - q for caught in outcome]))
        close(
            catch(q, attempts),
            want,
            "catch_probability(%.3g, %d)" % (q, attempts),
            alternatives={
                "you add the probabilities up, which counts attackers that are caught twice": q * attempts,
                "you return the chance that every single attempt is caught": q**attempts,
                "you return the chance that none is caught": (1 - q) ** attempts,
            },
        )
    close([catch(0.0, 5), catch(1.0, 5)], [0.0, 1.0], "catch_probability at q = 0 and q = 1")
    lab.metric("caught_in_ten", catch(0.2, 10))


@check("threshold", "the rule spends exactly the budget on the highest scores", uses=["threshold_for_budget"], hint="budget")
def _(lab):
    rule = lab.fn("threshold_for_budget", returns=("float", "float"))
    scores = honest_scores(lab.rng, int(lab.rng.integers(40, 60)))
    values = sorted(set(scores.tolist()))
    budgets = [
        float(lab.rng.uniform(0.15, 0.35)),
        float(lab.rng.uniform(0.4, 0.7)),
        float((scores > values[-3]).mean()),
        0.0,
        1.0,
    ]
    for budget in budgets:
        threshold, share = rule(scores, budget)
        truthy(
            np.isfinite([threshold, share]).all(),
            "threshold_for_budget gives %.6g and %.6g, which should be finite" % (threshold, share),
        )
        truthy(-1e-9 <= share <= 1 + 1e-9, "tie_share is %.6g, and should be a probability" % share)
        table = audit_table(scores, budget)
        got = np.array([1.0 if v > threshold else share if v == threshold else 0.0 for v in values])
        spent = float(sum(g * (scores == v).mean() for g, v in zip(got, values)))
        lowest = audit_table(-scores, budget)
        edge = min((v for v in values if table[v] > 0), default=values[-1])
        close(
            got,
            np.array([table[v] for v in values]),
            "with a budget of %.3g your rule spends %.3g: the audit probability of each score, from the lowest to the highest,"
            % (budget, spent),
            alternatives={
                "every output at the threshold is audited, which exceeds the budget": np.array(
                    [float(v >= edge) for v in values]
                ),
                "no output at the threshold is audited, which leaves budget unspent": np.array([float(v > edge) for v in values]),
                "the lowest scores are audited instead of the highest": np.array([lowest[-v] for v in values]),
                "the threshold is taken at the quantile `budget`, instead of 1 - budget": lambda: _from_below(
                    scores, values, budget
                ),
            },
        )
        truthy(threshold in values, "the threshold %.6g is not one of the scores" % threshold)


def _from_below(scores, values, budget):
    table = audit_table(scores, 1 - budget)
    return np.array([table[v] for v in values])


@check(
    "audit-probability", "above the threshold always, at it sometimes, below it never", uses=["audit_probability"], hint="budget"
)
def _(lab):
    probability = lab.fn("audit_probability", returns="array")
    scores = lab.rng.integers(0, 6, 17).astype(float)
    scores[:3] = [2.0, 3.0, 4.0]
    share = float(lab.rng.uniform(0.2, 0.8))
    close(
        probability(scores, 3.0, share),
        np.array([1.0 if s > 3 else share if s == 3 else 0.0 for s in scores]),
        "audit_probability",
        alternatives={
            "scores at the threshold are always audited": np.array([float(s >= 3) for s in scores]),
            "scores at the threshold are never audited": np.array([float(s > 3) for s in scores]),
            "low scores are audited instead of high ones": np.array([1.0 if s < 3 else share if s == 3 else 0.0 for s in scores]),
        },
    )


@check(
    "protocol-run",
    "a run audits by the calibrated rule and replaces what it audits",
    uses=["trusted_monitoring"],
    needs=["threshold", "audit-probability"],
    hint="protocol",
)
def _(lab):
    run = lab.fn("trusted_monitoring", returns={"audited": "array", "quality": "array", "escaped": "int"})
    n = 3000
    budget = 0.2
    calibration = honest_scores(lab.rng, 200)
    attack = lab.rng.random(n) < 0.3
    scores = np.where(attack, lab.rng.binomial(10, 0.6, n), lab.rng.binomial(10, 0.35, n)).astype(float)
    tasks = {
        "calibration_scores": calibration,
        "scores": scores,
        "is_attack": attack,
        "untrusted_quality": lab.rng.uniform(0.7, 1.0, n),
        "trusted_quality": lab.rng.uniform(0.2, 0.6, n),
    }
    got = run(tasks, budget, np.random.default_rng(int(lab.rng.integers(10**6))))
    audited = got["audited"]
    same_shape(audited, (n,), "audited")
    truthy(audited.dtype == bool, "audited should hold True and False, and holds %s" % audited.dtype)
    table = audit_table(calibration, budget)
    want = np.array([table[s] for s in scores.tolist()])
    for value in sorted(table, reverse=True):
        here = scores == value
        if not here.any():
            continue
        rate, p = float(audited[here].mean()), table[value]
        if abs(rate - p) > 5 * np.sqrt(p * (1 - p) / here.sum()) + 1e-9:
            leaked = audit_table(scores, budget)[value]
            cause = ""
            if leaked != p and abs(rate - leaked) <= 5 * np.sqrt(leaked * (1 - leaked) / here.sum()) + 1e-9:
                cause = ". That is what you get when the threshold is set on today's scores, attacks included, instead of on the calibration scores"
            elif abs(rate - round(rate)) < 1e-9:
                cause = ". At the threshold a coin with probability tie_share decides"
            fail("of the outputs with score %d a share of %.3g is audited, expected %.3g%s" % (value, rate, p, cause))
    same_shape(got["quality"], (n,), "quality")
    close(
        got["quality"],
        np.where(audited, tasks["trusted_quality"], tasks["untrusted_quality"]),
        "quality",
        alternatives={
            "an audited output keeps the untrusted model's quality, although it has been replaced": tasks["untrusted_quality"],
            "the outputs that were not audited are the ones replaced": np.where(
                audited, tasks["untrusted_quality"], tasks["trusted_quality"]
            ),
        },
    )
    close(
        got["escaped"],
        sum(1 for a, b in zip(attack, audited) if a and not b),
        "escaped",
        alternatives={
            "you count the attacks that were audited": int((attack & audited).sum()),
            "you count all outputs that were not audited": int((~audited).sum()),
        },
    )
    lab.metric("budget_spent_on_today", audited.mean())
    truthy(want.mean() > budget, "the grader's tasks should hold more suspicious outputs than the calibration")


@check(
    "usefulness",
    "audited outputs count with the trusted model's quality",
    uses=["usefulness"],
    needs=["threshold", "audit-probability"],
    hint="measures",
)
def _(lab):
    measure = lab.fn("usefulness", returns="float")
    protocol = make_protocol(lab.rng, float(lab.rng.uniform(0.2, 0.5)))
    close(
        measure(protocol),
        slow_usefulness(protocol),
        "usefulness",
        alternatives={
            "replaced outputs still count with the untrusted model's quality": protocol["untrusted_quality"].mean(),
            "replaced outputs count as worth nothing": slow_usefulness(
                dict(protocol, trusted_quality=0 * protocol["trusted_quality"])
            ),
            "audited and unaudited outputs are exchanged": protocol["untrusted_quality"].mean()
            + protocol["trusted_quality"].mean()
            - slow_usefulness(protocol),
        },
    )


@check(
    "safety",
    "safety is the chance that any attempt is caught under the calibrated rule",
    uses=["safety"],
    needs=["catch-probability", "threshold", "audit-probability"],
    hint="measures",
)
def _(lab):
    measure = lab.fn("safety", returns="float")
    protocol = make_protocol(lab.rng, float(lab.rng.uniform(0.1, 0.3)))
    honest, budget = protocol["honest_scores"], protocol["budget"]
    policy = {"scores": lab.rng.binomial(10, 0.5, 33).astype(float), "attempts": int(lab.rng.integers(2, 5))}
    close(
        measure(policy, protocol),
        slow_safety(policy, audit_table(honest, budget)),
        "safety",
        alternatives={
            "only one attempt is counted": slow_safety(dict(policy, attempts=1), audit_table(honest, budget)),
            "the threshold is set on the attack's own scores: a leak, since the protocol never sees which outputs are attacks": lambda: (
                slow_safety(policy, audit_table(policy["scores"], budget))
            ),
            "you return the chance that the attack succeeds": 1 - slow_safety(policy, audit_table(honest, budget)),
            "the threshold is set on honest and attack scores together": lambda: slow_safety(
                policy, audit_table(np.concatenate([honest, policy["scores"]]), budget)
            ),
        },
    )


@check(
    "best-response",
    "the attacker takes the option that is caught least often",
    uses=["best_response"],
    needs=["safety"],
    hint="attacker",
)
def _(lab):
    respond = lab.fn("best_response", returns=("str", "float"))
    protocol = make_protocol(lab.rng, 0.15)
    attacks = make_attacks(lab.rng, 200)
    table = audit_table(protocol["honest_scores"], 0.15)
    levels = {name: slow_safety(policy, table) for name, policy in attacks.items()}
    name, level = respond(attacks, protocol)
    truthy(name in levels, "best_response gives the name %r, which is not one of the options" % name)
    lowest, highest = min(levels.values()), max(levels.values())
    if levels[name] > lowest + 1e-9:
        better = sum(1 for each in levels.values() if each < levels[name] - 1e-9)
        words = (
            "it is the option that is caught most often"
            if levels[name] == highest
            else "%d of the 200 options are better for the attacker" % better
        )
        fail(
            "best_response chooses an attack that is caught with probability %.4g; the lowest is %.4g: %s"
            % (levels[name], lowest, words)
        )
    close(level, lowest, "the safety that best_response returns")
    twins = {"first": {"scores": np.zeros(3), "attempts": 1}, "second": {"scores": np.zeros(4), "attempts": 2}}
    truthy(
        respond(twins, protocol)[0] == "first",
        "two options are never caught: best_response should give the first of them in the dict",
    )


@check(
    "worst-case",
    "the report gives safety against the best response",
    uses=["evaluate_protocol"],
    needs=["best-response", "usefulness"],
    hint="attacker",
)
def _(lab):
    evaluate = lab.fn("evaluate_protocol", returns={"safety": "float", "usefulness": "float", "attack": "str"})
    protocol, attacks = lab.get("world")
    got = evaluate(attacks, protocol)
    table = audit_table(protocol["honest_scores"], protocol["budget"])
    levels = {name: slow_safety(policy, table) for name, policy in attacks.items()}
    worst, average = min(levels.values()), float(np.mean(list(levels.values())))
    close(
        got["safety"],
        worst,
        'evaluate_protocol(...)["safety"]',
        alternatives={
            "safety is averaged over the attacker's options: an attacker does not choose at random": average,
            "safety is taken against the option that is caught most often": max(levels.values()),
            "safety is the chance that the attack succeeds": 1 - worst,
        },
    )
    close(got["usefulness"], slow_usefulness(protocol), 'evaluate_protocol(...)["usefulness"]')
    truthy(
        got["attack"] in levels and abs(levels[got["attack"]] - worst) < 1e-9,
        'evaluate_protocol(...)["attack"] is %r, and should name the best response' % got["attack"],
    )
    lab.metric("safety_worst_case", worst)
    lab.metric("average_minus_worst_safety", average - worst)
    lab.metric("usefulness_lost", float(protocol["untrusted_quality"].mean()) - got["usefulness"])


@check("pareto", "the front has no dominated protocol and misses none", uses=["pareto"], hint="pareto")
def _(lab):
    front = lab.fn("pareto", returns=["int"])
    points = [{"safety": float(s), "usefulness": float(u)} for s, u in lab.rng.integers(0, 6, (14, 2)) / 5.0]
    points.append(dict(points[0]))
    points += [{"safety": 1.0, "usefulness": 0.1}, {"safety": 0.5, "usefulness": 1.2}, {"safety": 0.5, "usefulness": 1.2}]

    def dominated(p, strict=False):
        for q in points:
            if strict and q["safety"] > p["safety"] and q["usefulness"] > p["usefulness"]:
                return True
            if not strict and q["safety"] >= p["safety"] and q["usefulness"] >= p["usefulness"] and q != p:
                return True
        return False

    got = front(points)
    want = [i for i, p in enumerate(points) if not dominated(p)]
    truthy(all(0 <= i < len(points) for i in got), "pareto gives an index that is not in the list")
    words = [
        (
            "you drop a protocol only when another is better in both numbers: equal in one and worse in the other is dominated too",
            [i for i, p in enumerate(points) if not dominated(p, True)],
        ),
        (
            "of two equal protocols at most one is kept",
            [i for i in want if points.count(points[i]) == 1 or points.index(points[i]) == i],
        ),
        ("equal protocols knock each other out", [i for i in want if points.count(points[i]) == 1]),
        ("you return the dominated ones", [i for i in range(len(points)) if i not in want]),
    ]
    if got != want:
        cause = next((". Your list is what you get when %s." % phrase for phrase, value in words if value == got), "")
        extra, missing = [i for i in got if i not in want], [i for i in want if i not in got]
        fail(
            "pareto gives %s, expected %s (dominated: %s, left out: %s)%s"
            % (got, want, extra or "none", missing or "none", cause),
            "\n".join("%2d: safety %.3g, usefulness %.3g" % (i, p["safety"], p["usefulness"]) for i, p in enumerate(points)),
        )


@check(
    "extremes",
    "budget 0 is the untrusted model alone, budget 1 the trusted one; between them more budget is never less safe",
    uses=["evaluate_protocol"],
    needs=["worst-case", "pareto"],
    hint="attacker",
    timeout=10,
)
def _(lab):
    evaluate = lab.fn("evaluate_protocol", returns={"safety": "float", "usefulness": "float", "attack": "str"})
    front = lab.fn("pareto", returns=["int"])
    protocol, attacks = lab.get("world")
    budgets = [0.0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.7, 1.0]
    reports = [evaluate(attacks, dict(protocol, budget=budget)) for budget in budgets]
    close([reports[0]["safety"], reports[-1]["safety"]], [0.0, 1.0], "safety at budget 0 and at budget 1")
    close(
        [reports[0]["usefulness"], reports[-1]["usefulness"]],
        [protocol["untrusted_quality"].mean(), protocol["trusted_quality"].mean()],
        "usefulness at budget 0 and at budget 1",
    )
    levels = np.array([report["safety"] for report in reports])
    truthy((np.diff(levels) >= -1e-9).all(), "safety falls as the budget grows: %s" % ", ".join("%.3g" % x for x in levels))
    kept = front(reports)
    truthy(
        kept and kept[-1] == len(budgets) - 1, "the trusted model alone is the safest protocol and belongs to the Pareto front"
    )
    print("budget  safety  usefulness  best response")
    for budget, report in zip(budgets, reports):
        print("%6.2f  %6.3f  %10.3f  %s" % (budget, report["safety"], report["usefulness"], report["attack"]))
