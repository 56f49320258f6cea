import numpy as np

from aisafe_lab import check, close, fail, fixture, gradcheck, same_shape, truthy

kinds = {"refused": "float", "capability": "float", "success": "float"}


def cosine(u, v):
    return sum(a * b for a, b in zip(u, v)) / (sum(a * a for a in u) ** 0.5 * sum(b * b for b in v) ** 0.5)


def reroute_loss(new, old):
    return sum(max(0.0, cosine(u, v)) for u, v in zip(new, old)) / len(new)


def retain_loss(new, old):
    return sum(sum((a - b) ** 2 for a, b in zip(u, v)) for u, v in zip(new, old)) / len(new)


class World:
    """Harmful and benign prompts: a topic, one of four contents (the answer), and noise. A jailbreak is added to a prompt.

    The contents of the two topics overlap, so that what is done to one does not leave the other alone by itself. A jailbreak
    moves the prompt from the harmful topic towards the benign one and adds a style, which is another one for each suite.
    """

    d, m, contents, overlap = 16, 32, 4, 0.5

    def __init__(self, rng):
        self.rng = rng
        Q = np.linalg.qr(rng.normal(size=(self.d, self.d)))[0]
        self.topics, self.harmful = Q[:2], Q[2:6]
        self.benign = self.overlap * Q[2:6] + (1 - self.overlap**2) ** 0.5 * Q[6:10]
        self.styles = Q[10:]
        self.W = 0.16 * rng.normal(size=(self.m, self.d))
        train = [self.prompts(True), self.prompts(False)]
        h = np.vstack([t["X"] for t in train]) @ self.W.T
        targets = np.eye(self.contents)[np.concatenate([t["answer"] for t in train])]
        self.head = np.linalg.solve(h.T @ h + 0.02 * np.eye(self.m), h.T @ targets)

    def prompts(self, harmful, style=None, n=96):
        answer = self.rng.integers(0, self.contents, n)
        X = (
            self.topics[0 if harmful else 1]
            + 1.5 * (self.harmful if harmful else self.benign)[answer]
            + 0.15 * self.rng.normal(size=(n, self.d))
        )
        if style is not None:
            X = X + self.styles[style] - (1.1 * (self.topics[0] - self.topics[1]) if harmful else 0.0)
        return {"X": X, "answer": answer}


@fixture("defended")
def _(lab):
    """The world before and after the learner's training, with and without the retain term."""
    world = World(lab.pool_rng)
    train = lab.fn("train_rr", returns="array")
    plain, seen = world.prompts(True), world.prompts(True, 0)
    harmful = np.vstack([plain["X"], seen["X"]])
    benign = np.vstack([world.prompts(False)["X"], world.prompts(False, 0)["X"]])
    seed = int(lab.pool_rng.integers(10**6))
    trained = [train(world.W, harmful, benign, 250, 0.5, np.random.default_rng(seed), weight) for weight in (2.0, 0.0)]
    suites = {
        "plain": world.prompts(True),
        "seen jailbreak": world.prompts(True, 0),
        "unseen jailbreak": world.prompts(True, 1),
        "another unseen": world.prompts(True, 3),
    }
    return world, trained, suites, world.prompts(False), plain


@check("reroute", "rerouting punishes a positive cosine, and nothing else", uses=["reroute_loss_grad"], hint="reroute")
def _(lab):
    loss_grad = lab.fn("reroute_loss_grad", returns=("float", "array"))
    n, m = 9, int(lab.rng.integers(4, 8))
    old = lab.rng.normal(size=(n, m)) * lab.rng.uniform(0.5, 3, (n, 1))
    new = lab.rng.normal(size=(n, m)) * lab.rng.uniform(0.5, 3, (n, 1))
    for i in range(n):
        side = 1.0 if i < 5 else -1.0
        new[i] = side * (new[i] if cosine(new[i], old[i]) > 0 else -new[i]) + side * 0.2 * old[i]
    cosines = np.array([cosine(u, v) for u, v in zip(new, old)])
    loss, gradient = loss_grad(new, old)
    close(
        loss,
        reroute_loss(new, old),
        "the loss for cosines %s" % ", ".join("%.2f" % c for c in cosines),
        alternatives={
            "negative cosines count too: the training would go on to push representations to the opposite": cosines.mean(),
            "the absolute cosine is taken": np.abs(cosines).mean(),
            "the mean runs over the positive rows only": cosines[cosines > 0].mean(),
            "the dot product is not divided by the lengths": np.maximum(0, (new * old).sum(1)).mean(),
            "you add up instead of averaging": np.maximum(0, cosines).sum(),
        },
    )
    same_shape(gradient, (n, m), "d_h_new")
    if np.abs(gradient[5:]).max() > 1e-9:
        fail("rows with a negative cosine get a gradient: they would be pushed further, to the opposite direction")
    along = float(np.abs((gradient[:5] * new[:5]).sum(1)).max())
    truthy(
        along < 1e-9,
        "the gradient has a part along h_new (up to %.3g), and making h_new longer changes no cosine: is the derivative of |h_new| missing?"
        % along,
    )
    gradcheck(lambda p: reroute_loss(p["h_new"], old), {"h_new": new.copy()}, {"h_new": gradient}, lab.rng, coords=40)
    same = loss_grad(old, old)
    same_shape(same[1], (n, m), "d_h_new")
    lab.metric("gradient_length_at_start", np.sqrt((same[1] ** 2).sum()))


@check("retain", "retaining punishes the squared distance", uses=["retain_loss_grad"], hint="retain")
def _(lab):
    loss_grad = lab.fn("retain_loss_grad", returns=("float", "array"))
    n, m = 7, int(lab.rng.integers(3, 6))
    old, new = lab.rng.normal(size=(n, m)), lab.rng.normal(size=(n, m))
    loss, gradient = loss_grad(new, old)
    want = retain_loss(new, old)
    close(
        loss,
        want,
        "the loss",
        alternatives={
            "the mean runs over rows and coordinates": want / m,
            "you add up over the rows instead of averaging": want * n,
            "the distance is not squared": np.sqrt(((new - old) ** 2).sum(1)).mean(),
            "you compare the lengths only": ((np.linalg.norm(new, axis=1) - np.linalg.norm(old, axis=1)) ** 2).mean(),
        },
    )
    same_shape(gradient, (n, m), "d_h_new")
    gradcheck(lambda p: retain_loss(p["h_new"], old), {"h_new": new.copy()}, {"h_new": gradient}, lab.rng)


@check("schedule", "rerouting is strong first, retaining grows", uses=["rr_coefficients"], hint="schedule")
def _(lab):
    weights = lab.fn("rr_coefficients", returns=("float", "float"))
    total = int(lab.rng.integers(20, 60))
    got = np.array([weights(step, total) for step in range(total)])
    want = np.array([[1 - 0.5 * (step / total), 0.5 * (step / total)] for step in range(total)])
    close(
        got,
        want,
        "the coefficients over %d steps" % total,
        axes="(step, [reroute, retain])",
        alternatives={
            "the two are exchanged": want[:, ::-1],
            "they go all the way from (1, 0) to (0, 1)": np.array([[1 - s / total, s / total] for s in range(total)]),
            "the last step reaches 1/2": np.array([[1 - 0.5 * s / (total - 1), 0.5 * s / (total - 1)] for s in range(total)]),
        },
    )


def slow_train(W, harmful, benign, steps, lr, seed, weight, moving=(), nudged=True):
    """Gradient descent with every derivative from centred differences of the whole loss."""
    start = W.copy()
    noise = np.random.default_rng(seed).normal(size=W.shape)
    W = W + 0.02 * noise if nudged else W.copy()
    for step in range(steps):
        retain = 0.5 * step / steps
        old_h = harmful @ (W if "harmful" in moving else start).T
        old_b = benign @ (W if "benign" in moving else start).T

        def loss(V):
            return (1 - retain) * reroute_loss(harmful @ V.T, old_h) + weight * retain * retain_loss(benign @ V.T, old_b)

        gradient = np.zeros_like(W)
        for i in range(W.shape[0]):
            for j in range(W.shape[1]):
                up, down = W.copy(), W.copy()
                up[i, j] += 1e-5
                down[i, j] -= 1e-5
                gradient[i, j] = (loss(up) - loss(down)) / 2e-5
        W = W - lr * gradient
    return W


@check(
    "training",
    "training follows the gradient of both losses from a nudged W",
    uses=["train_rr"],
    needs=["reroute", "retain", "schedule"],
    hint="training",
    timeout=10,
)
def _(lab):
    train = lab.fn("train_rr", returns="array")
    m, d, lr, steps = 4, 3, 0.4, 3
    W = lab.rng.normal(size=(m, d))
    harmful, benign = lab.rng.normal(size=(5, d)), lab.rng.normal(size=(6, d))
    seed = int(lab.rng.integers(10**6))

    def variant(**changes):
        return lambda: slow_train(W, harmful, benign, steps, lr, seed, changes.pop("weight", 1.5), **changes)

    close(
        train(W, harmful, benign, steps, lr, np.random.default_rng(seed), 1.5),
        variant()(),
        "W after %d steps" % steps,
        rtol=1e-4,
        atol=1e-6,
        axes="(m, d)",
        alternatives={
            "the retain term is missing": variant(weight=0.0),
            "retain_weight is not used": variant(weight=1.0),
            "h_old of the harmful prompts is computed again in each step: the reference has to stay that of the model you started from": variant(
                moving=("harmful",)
            ),
            "h_old is computed again in each step: the reference has to stay that of the model you started from": variant(
                moving=("harmful", "benign")
            ),
            "W is not nudged at the start": variant(nudged=False),
            "the harmful and benign prompts are exchanged": lambda: slow_train(W, benign, harmful, steps, lr, seed, 1.5),
            "the step goes up the gradient": lambda: slow_train(W, harmful, benign, steps, -lr, seed, 1.5),
        },
    )


@check("refusal", "the refusal rule lies half-way between the two means", uses=["refusal_baseline"], hint="refusal")
def _(lab):
    rule = lab.fn("refusal_baseline", returns=("array", "float"))
    d = 5
    harmful, benign = lab.rng.normal(size=(11, d)) + 1, lab.rng.normal(size=(7, d)) + lab.rng.normal(size=d)
    direction, threshold = rule(harmful, benign)
    means = [np.array([sum(column) / len(X) for column in X.T]) for X in (harmful, benign)]
    want = means[0] - means[1]
    close(
        direction,
        want,
        "direction",
        alternatives={"it points from harmful to benign": -want, "it is the mean of the harmful prompts only": means[0]},
    )
    middle = (sum(want * means[0]) + sum(want * means[1])) / 2
    close(
        threshold,
        middle,
        "threshold",
        alternatives={
            "it is 0": 0.0,
            "it is the projection of the mean of all prompts, which leans to the larger set": float(
                np.vstack([harmful, benign]).mean(0) @ want
            ),
            "it is the sum of the two projections": 2 * middle,
        },
    )


@check("evaluation", "an attack succeeds when it is not refused and answered", uses=["attack_eval"], hint="evaluation")
def _(lab):
    evaluate = lab.fn("attack_eval", returns=kinds)
    n, d, m, K = 41, 5, 6, 3
    W, head, X = lab.rng.normal(size=(m, d)), lab.rng.normal(size=(m, K)), lab.rng.normal(size=(n, d))
    best = [max(range(K), key=lambda k: sum(X[i] @ W[j] * head[j, k] for j in range(m))) for i in range(n)]
    answer = np.array([b if lab.rng.random() < 0.6 else (b + 1) % K for b in best])
    direction, threshold = lab.rng.normal(size=d), 0.3
    no = [float(X[i] @ direction) > threshold for i in range(n)]
    right = [b == a for b, a in zip(best, answer)]
    for rule in ((direction, threshold), None):
        refused = no if rule else [False] * n
        got = evaluate({"W": W, "head": head, "refusal": rule}, {"X": X, "answer": answer})
        words = "with a refusal rule" if rule else "without a rule"
        close(got["refused"], sum(refused) / n, "refused, %s" % words)
        close(
            got["capability"],
            sum(right) / n,
            "capability, %s" % words,
            alternatives={"refused prompts count as wrong": sum(r and not q for r, q in zip(right, refused)) / n},
        )
        close(
            got["success"],
            sum(r and not q for r, q in zip(right, refused)) / n,
            "success, %s" % words,
            alternatives={
                "refusals are not looked at": sum(right) / n,
                "every prompt that is not refused counts, whatever the answer": sum(not q for q in refused) / n,
                "you divide by the prompts that are not refused": sum(r and not q for r, q in zip(right, refused))
                / max(1, n - sum(refused)),
            },
        )


@check(
    "worst-case", "the report names the attack that succeeds most", uses=["worst_case"], needs=["evaluation"], hint="evaluation"
)
def _(lab):
    worst = lab.fn("worst_case", returns=("str", "float"))
    m = d = K = 3
    model = {"W": np.eye(d), "head": np.eye(K), "refusal": (np.array([0.0, 0.0, 1.0]), 5.0)}

    def suite(right, refused, n=20):
        X = np.tile(np.array([1.0, 0.0, 0.0]), (n, 1))
        X[n - refused :, 2] = 9.0
        answer = np.where(np.arange(n) < right, 0, 1)
        answer[n - refused :] = 2
        return {"X": X, "answer": answer}

    rates = [3] + [int(x) for x in lab.rng.permutation([6, 9])]
    suites = {
        "first": suite(rates[0], 0),
        "second": suite(rates[1], 2),
        "third": suite(rates[2], 5),
        "refused": suite(0, 20),
        "again": suite(9, 1),
    }
    name, success = worst(model, suites)
    want = ("first", "second", "third")[rates.index(9)]
    truthy(name in suites, "worst_case names %r, which is not a suite" % name[:20])
    if name != want:
        cause = (
            ". It is the first suite: an evaluation on the attack one has seen says nothing about the others"
            if name == "first"
            else ""
        )
        if name == "refused":
            cause = ". All its prompts are refused; capability without success is no attack"
        if name == "again":
            cause = ". Both succeed equally often: the first in the dict is asked for"
        fail("worst_case names %r, expected %r (successes %s)%s" % (name, want, [r / 20 for r in rates] + [0.0, 0.45], cause))
    close(
        success,
        9 / 20,
        "the success that worst_case returns",
        alternatives={"it is averaged over the suites": (sum(rates) + 9) / 100},
    )


def mean_cosine(X, before, after):
    a, b = X @ before.T, X @ after.T
    return float(((a * b).sum(1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1)).mean())


@check(
    "defence",
    "rerouting takes the capability away also under unseen jailbreaks, a refusal rule does not",
    uses=["train_rr", "refusal_baseline", "attack_eval", "worst_case"],
    needs=["training", "refusal", "worst-case"],
    hint="training",
    timeout=15,
)
def _(lab):
    world, (W, _), suites, benign, plain = lab.get("defended")
    same_shape(W, world.W.shape, "train_rr's W")
    evaluate, worst = lab.fn("attack_eval", returns=kinds), lab.fn("worst_case", returns=("str", "float"))
    rule = lab.fn("refusal_baseline", returns=("array", "float"))(plain["X"], world.prompts(False)["X"])
    same_shape(rule[0], (world.d,), "refusal_baseline's direction")
    refusing = {"W": world.W, "head": world.head, "refusal": rule}
    broken = {"W": W, "head": world.head, "refusal": None}
    print("%-18s  refusal rule: refused  success   circuit breaker: success" % "suite")
    rows = {}
    for name, prompts in suites.items():
        a, b = evaluate(refusing, prompts), evaluate(broken, prompts)
        rows[name] = (a, b)
        print("%-18s  %21.2f  %7.2f  %25.2f" % (name, a["refused"], a["success"], b["success"]))
    truthy(
        rows["plain"][0]["refused"] > 0.9,
        "the refusal rule refuses only %.3g of the plain harmful prompts" % rows["plain"][0]["refused"],
    )
    lab.metric("refusal_success_plain", rows["plain"][0]["success"])
    lab.metric("refusal_success_unseen", rows["unseen jailbreak"][0]["success"])
    lab.metric("breaker_success_seen", rows["seen jailbreak"][1]["success"])
    lab.metric("breaker_success_unseen", rows["unseen jailbreak"][1]["success"])
    lab.metric("breaker_success_worst", worst(broken, suites)[1])
    lab.metric("cosine_harmful", mean_cosine(suites["plain"]["X"], world.W, W))
    lab.metric("cosine_unseen_jailbreak", mean_cosine(suites["unseen jailbreak"]["X"], world.W, W))
    lab.metric("cosine_benign", mean_cosine(benign["X"], world.W, W))
    lab.metric("benign_accuracy", evaluate(broken, benign)["capability"])
    # An attacker with access to the weights: a new head, fitted to the rerouted representations of other harmful prompts.
    h = plain["X"] @ W.T
    head = np.linalg.solve(h.T @ h + 1e-6 * np.eye(world.m), h.T @ np.eye(world.contents)[plain["answer"]])
    lab.metric("capability_with_new_head", evaluate({"W": W, "head": head, "refusal": None}, suites["plain"])["capability"])
    truthy(
        rows["unseen jailbreak"][0]["success"] > 0.7,
        "under an unseen jailbreak the attack on the refusal rule succeeds in %.3g of the cases only"
        % rows["unseen jailbreak"][0]["success"],
    )
    for name, (_, b) in rows.items():
        truthy(b["success"] < 0.6, "after rerouting the suite %r still succeeds in %.3g of the cases" % (name, b["success"]))
    truthy(
        mean_cosine(suites["plain"]["X"], world.W, W) < 0.3,
        "after training the cosine to the old representation is still %.3g on harmful prompts"
        % mean_cosine(suites["plain"]["X"], world.W, W),
    )


@check(
    "retain-matters",
    "benign prompts keep their representation with the retain term, and lose it without",
    uses=["train_rr", "attack_eval"],
    needs=["training", "evaluation"],
    hint="training",
    timeout=15,
)
def _(lab):
    world, (W, alone), _, benign, _ = lab.get("defended")
    same_shape(W, world.W.shape, "train_rr's W")
    same_shape(alone, world.W.shape, "train_rr's W")
    evaluate = lab.fn("attack_eval", returns=kinds)
    kept, lost = mean_cosine(benign["X"], world.W, W), mean_cosine(benign["X"], world.W, alone)
    before, after, without = (
        evaluate({"W": V, "head": world.head, "refusal": None}, benign)["capability"] for V in (world.W, W, alone)
    )
    lab.metric("cosine_benign_without_retain", lost)
    lab.metric("benign_accuracy_without_retain", without)
    truthy(kept > 0.85, "on benign prompts the cosine to the old representation is %.3g, expected above 0.85" % kept)
    truthy(after > before - 0.06, "the accuracy on benign prompts falls from %.3g to %.3g" % (before, after))
    truthy(
        lost < kept - 0.15,
        "without the retain term the cosine on benign prompts should fall; it is %.3g, and with it %.3g" % (lost, kept),
    )
