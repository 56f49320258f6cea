import itertools

import numpy as np

from aisafe_lab import allclose, check, close, fail, gradcheck, same_shape, truthy

pairs = [("array", "array")]


def random_params(sizes, rng):
    """Parameters of a grader's own making: large enough biases, so that none can be forgotten."""
    return [(rng.normal(size=(a, b)) / np.sqrt(a), 0.5 * rng.normal(size=b)) for a, b in zip(sizes, sizes[1:])]


def slow_forward(params, x, hidden_relu=True, last_relu=False, bias=True):
    """The inputs of all layers and the logits, one example and one unit at a time."""
    logits, inputs = [], [[] for _ in params]
    for row in x:
        for layer, (W, b) in enumerate(params):
            inputs[layer].append(row)
            row = np.array([sum(row[i] * W[i, j] for i in range(len(row))) + (b[j] if bias else 0.0) for j in range(W.shape[1])])
            if (layer < len(params) - 1 and hidden_relu) or (layer == len(params) - 1 and last_relu):
                row = np.array([max(value, 0.0) for value in row])
        logits.append(row)
    return np.array(logits), [np.array(each) for each in inputs]


def slow_backward(params, x, dlogits, gate=True):
    """The gradients, added up one example at a time."""
    _, inputs = slow_forward(params, x)
    grads = [(np.zeros(W.shape), np.zeros(b.shape)) for W, b in params]
    for n in range(len(x)):
        d = dlogits[n]
        for layer in reversed(range(len(params))):
            h = inputs[layer][n]
            grads[layer][0][...] += np.outer(h, d)
            grads[layer][1][...] += d
            d = params[layer][0] @ d
            if gate:
                d = d * (h > 0)
    return grads


def log_softmax(row):
    top = max(row)
    return np.array([value - top for value in row]) - np.log(sum(np.exp(value - top) for value in row))


@check("init", "init_params draws weights of the right size", uses=["init_params"], hint="init")
def _(lab):
    init = lab.fn("init_params", returns=pairs)
    sizes = [400, 300, 7]
    params = init(sizes, lab.rng)
    truthy(len(params) == 2, "init_params([400, 300, 7]) returns %d layers, expected 2" % len(params))
    for (W, b), a, c, name in zip(params, sizes, sizes[1:], ("the first layer", "the last layer")):
        same_shape(W, (a, c), "W of " + name)
        same_shape(b, (c,), "b of " + name)
        truthy((b == 0).all(), "b of %s is not 0 everywhere" % name)
    (W, _), (last, _) = params
    variance = float(W.var())
    truthy(variance > 0, "all weights of the first layer are equal: its units then compute the same, get the same gradient, and stay equal for ever")
    named = {
        "1 / fan_in: relu passes half of the mean square, so 2 is needed": 1 / 400,
        "2 / fan_out: count the inputs of a unit, not its outputs": 2 / 300,
        "(2 / fan_in)²: rng.normal has to be multiplied by the standard deviation, and you multiply by the variance": (2 / 400) ** 2,
        "1: the weights are not scaled": 1.0,
    }
    reason = "".join(". That is %s" % phrase for phrase, value in named.items() if abs(variance / value - 1) < 0.03)
    truthy(abs(variance * 400 / 2 - 1) < 0.03, "the weights of the first layer (400 inputs) have variance %.3g, expected 2 / 400 = 0.005%s" % (variance, reason))
    truthy(abs(W.mean()) < 6 * np.sqrt(2 / 400 / W.size), "the weights of the first layer have mean %.3g, expected 0" % W.mean())
    spread = float(last.std())
    truthy(
        abs(spread * np.sqrt(300) / 0.1 - 1) < 0.15,
        "the weights of the last layer (300 inputs) have standard deviation %.3g, expected 0.1 / sqrt(300) = 0.00577%s"
        % (spread, ". That is the size of the other layers" if abs(spread / np.sqrt(2 / 300) - 1) < 0.15 else ""),
    )


@check("forward", "forward applies relu between the layers and not after the last", uses=["forward"], hint="forward")
def _(lab):
    forward = lab.fn("forward", returns=("array", "any"))
    for layers in (1, 2, 3):
        sizes = [int(n) for n in lab.rng.permutation([3, 4, 5, 6])][: layers + 1]
        params, x = random_params(sizes, lab.rng), lab.rng.normal(size=(7, sizes[0]))
        close(
            forward(params, x)[0],
            slow_forward(params, x)[0],
            "the logits of a network of widths %s" % sizes,
            axes="(example, class)",
            alternatives={
                "there is a relu after the last layer": lambda: slow_forward(params, x, last_relu=True)[0],
                "there is no relu between the layers, so that they amount to one": lambda: slow_forward(params, x, hidden_relu=False)[0],
                "the biases are left out": lambda: slow_forward(params, x, bias=False)[0],
            },
        )


@check("loss", "softmax_cross_entropy is the mean over the batch, with its gradient", uses=["softmax_cross_entropy"], hint="loss")
def _(lab):
    cross_entropy = lab.fn("softmax_cross_entropy", returns=("float", "array"))
    N, C = (int(n) for n in lab.rng.permutation([4, 6]))
    logits, y = lab.rng.normal(size=(N, C)), lab.rng.integers(0, C, N)

    def slow(z):
        return float(np.mean([-log_softmax(row)[k] for row, k in zip(z, y)]))

    loss, dlogits = cross_entropy(logits, y)
    close(
        loss,
        slow(logits),
        "loss",
        alternatives={
            "the losses are added up instead of averaged": N * slow(logits),
            "the mean runs over the classes as well": slow(logits) / C,
            "the sign is flipped": -slow(logits),
            "the logarithm has the base 2": slow(logits) / np.log(2),
        },
    )
    want = np.zeros((N, C))
    for index in np.ndindex(N, C):
        high, low = logits.copy(), logits.copy()
        high[index] += 1e-5
        low[index] -= 1e-5
        want[index] = (slow(high) - slow(low)) / 2e-5
    close(
        dlogits,
        want,
        "dlogits",
        axes="(example, class)",
        alternatives={
            "the gradient is not divided by the size of the batch": want * N,
            "the sign is flipped: one-hot minus probabilities": -want,
            "the 1 of the right class is not subtracted": lambda: np.exp([log_softmax(row) for row in logits]) / N,
        },
    )


@check("loss-stable", "logits of 10000 give finite numbers", uses=["softmax_cross_entropy"], needs=["loss"], hint="loss")
def _(lab):
    cross_entropy = lab.fn("softmax_cross_entropy", returns=("float", "array"))
    logits = np.array([[1e4, 0.0, -1e4], [0.0, -1e4, 1e4]])
    loss, dlogits = cross_entropy(logits, np.array([1, 0]))
    truthy(
        np.isfinite(loss) and np.isfinite(dlogits).all(),
        "with logits of 10000 the loss is %s: exp overflows, or the logarithm of a probability that is 0 is taken. Subtract the largest logit and "
        "compute log softmax directly" % loss,
    )
    close(loss, 1e4, "the loss of two examples whose right class is 10000 below the largest")
    close(dlogits, np.array([[0.5, -0.5, 0.0], [-0.5, 0.0, 0.5]]), "dlogits")


@check("backward", "backward gives dW and db of both layers", uses=["backward", "forward"], needs=["forward"], hint="backward")
def _(lab):
    forward, backward = lab.fn("forward", returns=("array", "any")), lab.fn("backward", returns=pairs)
    d, hidden, C, N = (int(n) for n in lab.rng.permutation([3, 4, 5, 6]))
    params, x, g = random_params([d, hidden, C], lab.rng), lab.rng.normal(size=(N, d)), lab.rng.normal(size=(N, C))
    grads = backward(params, forward(params, x)[1], g)
    truthy(len(grads) == 2, "backward returns %d pairs for 2 layers" % len(grads))
    want, ungated = slow_backward(params, x, g), slow_backward(params, x, g, gate=False)
    for layer in (1, 0):
        name = ("the first layer", "the last layer")[layer]
        for which in (0, 1):
            close(
                grads[layer][which],
                want[layer][which],
                "%s of %s" % (("dW", "db")[which], name),
                alternatives={
                    "the gate of relu is always open (>= 0 holds for every output of a relu)": ungated[layer][which],
                    "the gradient is divided by N a second time: dlogits already is": want[layer][which] / N,
                    "the gradients come in the order of the backward pass, the last layer first": want[1 - layer][which],
                    "it is not summed over the batch": g if layer == 1 else None,
                    "it is averaged over the batch": want[layer][which] / N,
                },
            )


@check("gradients", "every W and b agrees with finite differences, for 1 to 4 layers", uses=["backward"], needs=["backward", "loss"], hint="backward")
def _(lab):
    forward, backward = lab.fn("forward", returns=("array", "any")), lab.fn("backward", returns=pairs)
    cross_entropy = lab.fn("softmax_cross_entropy", returns=("float", "array"))
    for layers in (1, 2, 3, 4):
        sizes = [int(n) for n in lab.rng.permutation([3, 4, 5, 6, 7])][: layers + 1]
        params, x = random_params(sizes, lab.rng), lab.rng.normal(size=(6, sizes[0]))
        y = lab.rng.integers(0, sizes[-1], 6)
        logits, cache = forward(params, x)
        grads = backward(params, cache, cross_entropy(logits, y)[1])
        truthy(len(grads) == layers, "backward returns %d pairs for %d layers" % (len(grads), layers))
        named, flat = {}, {}
        for layer in range(layers):
            for which, letter in enumerate("Wb"):
                named["%s of layer %d of %d" % (letter, layer + 1, layers)] = params[layer][which]
                flat["%s of layer %d of %d" % (letter, layer + 1, layers)] = grads[layer][which]
        gradcheck(lambda _: cross_entropy(forward(params, x)[0], y)[0], named, flat, lab.rng, tol=1e-4, coords=6)


@check("step", "sgd_step goes downhill and leaves the old parameters alone", uses=["sgd_step"], hint="step")
def _(lab):
    step = lab.fn("sgd_step", returns=pairs)
    params, grads = random_params([3, 4, 2], lab.rng), random_params([3, 4, 2], lab.rng)
    new = step(params, grads, 0.3)
    truthy(len(new) == 2, "sgd_step returns %d pairs for 2 layers" % len(new))
    for layer in (0, 1):
        for which in (0, 1):
            p, g = params[layer][which], grads[layer][which]
            close(
                new[layer][which],
                p - 0.3 * g,
                "%s of layer %d after a step" % ("Wb"[which], layer + 1),
                alternatives={
                    "you add the gradient, which goes uphill": p + 0.3 * g,
                    "the step size is not used": p - g,
                    "this parameter is not changed": p.copy(),
                    "the step comes back instead of the new parameter": -0.3 * g,
                },
            )


@check("accuracy", "accuracy counts how often the largest logit is the right one", uses=["accuracy"], needs=["forward"], hint="accuracy")
def _(lab):
    accuracy = lab.fn("accuracy", returns="float")
    params, X = random_params([3, 5, 4], lab.rng), lab.rng.normal(size=(13, 3))
    logits = slow_forward(params, X)[0]
    best, worst = logits.argmax(1), logits.argmin(1)
    y = np.where(np.arange(13) < 8, best, np.where(np.arange(13) < 11, worst, (best + 1) % 4))
    want = float(np.mean([logits[i, y[i]] == max(logits[i]) for i in range(13)]))
    close(
        accuracy(params, X, y),
        want,
        "accuracy",
        alternatives={
            "the hits are counted and not divided by N": want * 13,
            "the error rate comes back": 1 - want,
            "accuracy is given in per cent": 100 * want,
        },
    )


def linear_step(state, x, y, lr):
    """One step of a network without a hidden layer, with its loss before: the oracle of the training loop."""
    W, b = state
    scores = np.exp(x @ W + b)
    p = scores / scores.sum(1)[:, None]
    right = np.arange(W.shape[1]) == y[:, None]
    loss = float(-np.log(p[right]).mean())
    d = p - right
    return (W - lr * x.T @ d / len(x), b - lr * d.sum(0) / len(x)), loss


def epoch(state, X, y, batches, lr):
    losses = []
    for rows in batches:
        state, loss = linear_step(state, X[list(rows)], y[list(rows)], lr)
        losses.append(loss)
    return state, losses


def orders(n, batch):
    """All ways to cut n examples into batches; the order within a batch does not matter."""
    for order in itertools.permutations(range(n)):
        batches = [order[i : i + batch] for i in range(0, n, batch)]
        if all(list(rows) == sorted(rows) for rows in batches):
            yield batches


def same(got, state):
    return abs(got[1][0] - state[1][0]) < 1e-6 and allclose(got[0], state[0], 1e-8, 1e-10) and allclose(got[1], state[1], 1e-8, 1e-10)


def small_problem(lab, n):
    X, y = lab.rng.normal(size=(n, 2)) * 2, lab.rng.permutation(np.arange(n) % 3)
    W, b = random_params([2, 3], lab.rng)[0]
    return X, y, (W, b)


def trained_state(params):
    truthy(len(params) == 1, "train returns parameters of %d layers for a network of 1" % len(params))
    same_shape(params[0][0], (2, 3), "W after training")
    same_shape(params[0][1], (3,), "b after training")
    return params[0]


ready_to_train = ["forward", "loss", "backward", "step"]


@check("train-batches", "an epoch of train takes each example once, in batches, in a random order", uses=["train"], needs=ready_to_train, hint="train")
def _(lab):
    train = lab.fn("train", returns=(pairs, ["float"]))
    n, batch, lr = 5, 2, 1.0
    X, y, start = small_problem(lab, n)
    outcomes = [(batches, epoch(start, X, y, batches, lr)[0]) for batches in orders(n, batch)]
    found = []
    for seed in range(6):
        got = trained_state(train([start], X, y, lr, 1, batch, np.random.default_rng([lab.seed, seed]))[0])
        match = [batches for batches, state in outcomes if same(got, state)]
        if not match:
            fail("one epoch of train on 5 examples in batches of 2 gives none of the %d results that an order of the examples can give%s" % (len(outcomes), explain_epoch(got, start, X, y, lr)))
        found.append(match[0])
    truthy(any(each != found[0] for each in found), "with six different generators, train takes the examples in the same order (%s): shuffle them" % found[0])


def explain_epoch(got, start, X, y, lr):
    """Which known mistake gives this result, as the end of a sentence."""
    if same(got, start):
        return ". The parameters do not change at all: keep what sgd_step returns."
    for batches in orders(5, 2):
        if same(got, epoch(start, X, y, batches[:2], lr)[0]):
            return ". Your numbers match exactly what you get when the last, smaller batch is left out."
        if same(got, epoch(start, X, y, batches[:1] * 3, lr)[0]) or same(got, epoch(start, X, y, batches[:1] * 2, lr)[0]):
            return ". Your numbers match exactly what you get when every step uses the same batch."
    if same(got, epoch(start, X, y, [range(5)], lr)[0]):
        return ". Your numbers match exactly what you get when all examples form one batch."
    for order in itertools.permutations(range(5)):
        batches = [(0, 1), (2, 3), (4,)]
        if same(got, epoch(start, X[list(order)], y, batches, lr)[0]) or same(got, epoch(start, X, y[list(order)], batches, lr)[0]):
            return ". Your numbers match exactly what you get when X is shuffled and y is not: the labels no longer belong to the inputs."
    picks = list(itertools.combinations(range(5), 2))
    for batches in itertools.product(picks, picks, picks + [(i,) for i in range(5)]):
        if same(got, epoch(start, X, y, batches, lr)[0]):
            return ". Your numbers match what you get when each step draws its examples anew: some are seen twice and others not."
    return ""


@check("train-shuffles", "each epoch has an order of its own", uses=["train"], needs=["train-batches"], hint="train")
def _(lab):
    train = lab.fn("train", returns=(pairs, ["float"]))
    n, batch, lr = 4, 2, 1.0
    X, y, start = small_problem(lab, n)
    cuts = list(orders(n, batch))
    outcomes = [((), start)]
    for _ in range(3):
        outcomes = [(path + (i,), epoch(state, X, y, cut, lr)[0]) for path, state in outcomes for i, cut in enumerate(cuts)]
    paths = []
    for seed in range(8):
        got = trained_state(train([start], X, y, lr, 3, batch, np.random.default_rng([lab.seed, seed]))[0])
        match = [path for path, state in outcomes if same(got, state)]
        truthy(match, "three epochs of train on 4 examples in batches of 2 give none of the %d results that three orders can give" % len(outcomes))
        paths.append(match[0])
    truthy(
        any(len(set(path)) > 1 for path in paths),
        "in eight trainings of three epochs, the order was the same in all epochs of each: draw a new one inside the loop over epochs",
    )


@check("train-losses", "train reports the mean loss of each epoch", uses=["train"], needs=["train-batches"], hint="train")
def _(lab):
    train = lab.fn("train", returns=(pairs, ["float"]))
    n, batch, lr = 5, 2, 1.0
    X, y, start = small_problem(lab, n)
    params, losses = train([start], X, y, lr, 1, batch, lab.rng)
    got = trained_state(params)
    truthy(len(losses) == 1, "train with 1 epoch returns %d losses: one for each epoch is wanted" % len(losses))
    for batches in orders(n, batch):
        state, each = epoch(start, X, y, batches, lr)
        if same(got, state):
            after = np.mean([linear_step(state, X[list(rows)], y[list(rows)], lr)[1] for rows in batches])
            close(
                losses[0],
                np.mean(each),
                "the loss of the epoch",
                alternatives={
                    "the losses of the batches are added up instead of averaged": np.sum(each),
                    "only the last batch is reported": each[-1],
                    "only the first batch is reported": each[0],
                    "the loss is computed after the epoch": after,
                    "each batch counts by its number of examples, where the docstring asks for the plain mean over the batches": np.average(
                        each, weights=[len(rows) for rows in batches]
                    ),
                },
            )
    longer = train([start], X, y, lr, 4, batch, lab.rng)[1]
    truthy(len(longer) == 4, "train with 4 epochs returns %d losses" % len(longer))


@check("overfit", "twenty random labels are learned by heart", uses=["train", "accuracy", "init_params"], needs=["init", "accuracy", "train-shuffles", "train-losses"], hint="train", timeout=8)
def _(lab):
    train, accuracy = lab.fn("train", returns=(pairs, ["float"])), lab.fn("accuracy", returns="float")
    init, forward = lab.fn("init_params", returns=pairs), lab.fn("forward", returns=("array", "any"))
    cross_entropy = lab.fn("softmax_cross_entropy", returns=("float", "array"))
    rng = lab.pool_rng
    X, y = rng.normal(size=(200, 30)), rng.integers(0, 10, 200)
    first = cross_entropy(forward(init([30, 40, 10], rng), X)[0], y)[0]
    truthy(abs(first - np.log(10)) < 0.1, "before any training, the loss with 10 classes should be near log 10 = 2.303, and is %.4g" % first)
    lab.metric("init_loss", first)
    X, y = rng.normal(size=(20, 5)), rng.integers(0, 3, 20)
    params, losses = train(init([5, 32, 32, 3], rng), X, y, 0.3, 200, 10, rng)
    right = accuracy(params, X, y)
    truthy(right == 1.0, "after 200 epochs on 20 points with random labels, %.0f %% are right and the loss went from %.3g to %.3g: such a network should learn them by heart" % (100 * right, losses[0], losses[-1]))


def spiral(n, rng):
    """Three arms, each wound about the origin."""
    arm, radius = np.arange(n) % 3, rng.uniform(0.15, 1.0, n)
    angle = arm * 2 * np.pi / 3 + 4 * radius + 0.15 * rng.normal(size=n)
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1), arm


@check("spiral", "three spiral arms are told apart on points not trained on", uses=["train", "accuracy", "init_params"], needs=["overfit"], hint="train", timeout=12)
def _(lab):
    train, accuracy, init = lab.fn("train", returns=(pairs, ["float"])), lab.fn("accuracy", returns="float"), lab.fn("init_params", returns=pairs)
    rng = lab.pool_rng
    (X, y), (X_test, y_test) = spiral(300, rng), spiral(300, rng)
    linear, _ = train(init([2, 3], rng), X, y, 0.3, 20, 16, rng)
    lab.metric("linear_accuracy", accuracy(linear, X_test, y_test))
    params, losses = train(init([2, 32, 32, 3], rng), X, y, 0.3, 60, 16, rng)
    truthy(np.isfinite(losses).all(), "the training loss becomes NaN or infinite: the training diverges")
    right = accuracy(params, X_test, y_test)
    lab.metric("test_accuracy", right)
    lab.metric("final_loss", losses[-1])
    truthy(right >= 0.95, "on 300 new points %.1f %% are right, expected at least 95 %%; the training loss went from %.3g to %.3g" % (100 * right, losses[0], losses[-1]))
