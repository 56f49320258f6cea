import tracemalloc

import numpy as np

from aisafe_lab import check, close, fail, same_shape, truthy


def softmax(row):
    top = max(row)
    exps = [np.exp(value - top) for value in row]
    return np.array([e / sum(exps) for e in exps])


def difference(f, x, j, h):
    """The centred difference of f in entry j of the vector x."""
    high, low = x.copy(), x.copy()
    high[j] += h
    low[j] -= h
    return (f(high) - f(low)) / (2 * h)


def wavy(a, b):
    """A function of any shape of input whose third derivative is nowhere small, with its gradient."""

    def f(x):
        return float((a * np.exp(b * x)).sum())

    def grad(x):
        return a * b * np.exp(b * x)

    return f, grad


@check("numeric-grad", "numeric_grad gives the slope in every entry", uses=["numeric_grad"], hint="numeric")
def _(lab):
    numeric_grad = lab.fn("numeric_grad", returns="array")
    rows, columns = (int(n) for n in lab.rng.permutation([2, 3]))
    x = lab.rng.normal(size=(rows, columns))
    weight = lab.rng.normal(size=(rows, columns)) + 3.0

    def f(z):
        return float((weight * z).sum() + (z[0, 0] * z[-1, -1]))

    want = weight.copy()
    want[0, 0] += x[-1, -1]
    want[-1, -1] += x[0, 0]
    for h in (None, 1e-4):
        got = numeric_grad(f, x) if h is None else numeric_grad(f, x, h)
        close(
            got,
            want,
            "numeric_grad(f, x%s)" % ("" if h is None else ", %g" % h),
            rtol=1e-3,
            alternatives={
                "you divide by h, although the two points are 2h apart": 2 * want,
                "you divide by 2h, although the two points are h apart": want / 2,
                "all entries of x move together": np.full(want.shape, want.sum()),
                "both points are one and the same array: take a copy of x for each": np.zeros(want.shape),
            },
        )


@check("numeric-order", "the error of numeric_grad falls like h squared", uses=["numeric_grad"], needs=["numeric-grad"], hint="numeric")
def _(lab):
    numeric_grad = lab.fn("numeric_grad", returns="array")
    n = int(lab.rng.integers(3, 6))
    f, grad = wavy(lab.rng.uniform(0.5, 1.5, n), lab.rng.uniform(0.5, 1.5, n))
    x = lab.rng.normal(size=n) * 0.5

    def error(h):
        got = numeric_grad(f, x, h)
        same_shape(got, (n,), "numeric_grad(f, x, h)")
        return float(np.sqrt(((got - grad(x)) ** 2).sum()))

    wide, narrow = error(0.02), error(0.01)
    truthy(np.isfinite(wide + narrow) and narrow > 0, "numeric_grad gives NaN, or an exact result that differences cannot have")
    ratio = wide / narrow
    if abs(ratio - 4) > 0.1:
        reason = "that is not a centred difference"
        if abs(ratio - 2) < 0.1:
            reason = "that is a one-sided difference: evaluate f on both sides of x"
        elif abs(ratio - 1) < 0.05:
            reason = "is h used at all?"
        fail("with h halved from 0.02 to 0.01, the error should become 4 times smaller; it becomes %.3g times smaller: %s" % (ratio, reason))
    tiny, usual = error(1e-12), error(1e-5)
    truthy(np.isfinite(tiny) and usual > 0, "numeric_grad with h = 1e-12 gives NaN or infinity")
    lab.metric("log10_error_ratio", np.log10(tiny / usual))


@check("jacobian", "jacobian has a row for each output and a column for each input", uses=["jacobian"], hint="jacobian")
def _(lab):
    jacobian = lab.fn("jacobian", returns="array")
    n, m = (int(k) for k in lab.rng.permutation([3, 4]))
    W = lab.rng.normal(size=(m, n))
    x = lab.rng.normal(size=n)

    def f(z):
        return np.sin(W @ z) + z[0] ** 2

    want = np.zeros((m, n))
    for i in range(m):
        for j in range(n):
            want[i, j] = np.cos(sum(W[i, k] * x[k] for k in range(n))) * W[i, j] + (2 * x[0] if j == 0 else 0.0)
    close(
        jacobian(f, x),
        want,
        "jacobian(f, x)",
        axes="(output, input)",
        rtol=1e-4,
        atol=1e-6,
        alternatives={"rows and columns are exchanged: a change of one input gives a column": want.T, "you divide by h instead of 2h": 2 * want},
    )


@check("d-sigmoid", "d_sigmoid is the slope of the sigmoid", uses=["d_sigmoid"], hint="sigmoid")
def _(lab):
    d_sigmoid = lab.fn("d_sigmoid", returns="array")
    x = lab.rng.normal(size=(3, 4)) * 2

    def sigmoid(z):
        return 1 / (1 + np.exp(-z))

    want = (sigmoid(x + 1e-5) - sigmoid(x - 1e-5)) / 2e-5
    s = sigmoid(x)
    close(
        d_sigmoid(x),
        want,
        "d_sigmoid(x)",
        alternatives={
            "you return the sigmoid itself": s,
            "you take x for the sigmoid that was already computed: x (1 - x)": x * (1 - x),
            "the factor s is missing: 1 - s": 1 - s,
            "you return the derivative of tanh, 1 - s²": 1 - s**2,
            "the inner derivative -1 is missing or counted twice": -want,
        },
    )
    slopes = d_sigmoid(np.linspace(-5, 5, 101))
    same_shape(slopes, (101,), "d_sigmoid of 101 numbers")
    truthy(np.isfinite(slopes).all(), "d_sigmoid gives NaN or infinity between -5 and 5")
    lab.metric("sigmoid_slope_max", slopes.max())


@check("d-softmax", "d_softmax is the Jacobian of softmax", uses=["d_softmax"], hint="softmax")
def _(lab):
    d_softmax = lab.fn("d_softmax", returns="array")
    n = int(lab.rng.integers(3, 6))
    x = lab.rng.normal(size=n)
    p = softmax(x)
    want = np.stack([difference(softmax, x, j, 1e-5) for j in range(n)], axis=1)
    got = d_softmax(x)
    close(
        got,
        want,
        "d_softmax(x)",
        axes="(output, input)",
        alternatives={
            "only the diagonal is there, as if the probabilities did not depend on each other": np.diag(p * (1 - p)),
            "the entries off the diagonal have the wrong sign": np.diag(p) + np.outer(p, p) - 2 * np.diag(p**2),
            "the diagonal is p without its square": np.diag(p) - np.outer(p, p) + np.diag(p**2),
            "the term diag(p) is missing": -np.outer(p, p),
            "only the vector p (1 - p) comes back": p * (1 - p),
        },
    )
    close(got.sum(axis=0), np.zeros(n), "the sum of each column of d_softmax(x) (the probabilities sum to 1 whatever x is)")
    close(got.sum(axis=1), np.zeros(n), "the sum of each row of d_softmax(x) (adding one number to all of x changes nothing)")


@check("d-cross-entropy", "d_cross_entropy is the gradient of the mean loss", uses=["d_cross_entropy"], hint="cross-entropy")
def _(lab):
    d_cross_entropy = lab.fn("d_cross_entropy", returns="array")
    N, C = (int(n) for n in lab.rng.permutation([4, 5]))
    logits, y = lab.rng.normal(size=(N, C)), lab.rng.integers(0, C, N)
    y[1] = (y[0] + 1) % C

    def loss(flat):
        return float(np.mean([-np.log(softmax(row)[k]) for row, k in zip(flat.reshape(N, C), y)]))

    want = np.array([difference(loss, logits.ravel(), j, 1e-5) for j in range(N * C)]).reshape(N, C)
    p = np.array([softmax(row) for row in logits])
    close(
        d_cross_entropy(logits, y),
        want,
        "d_cross_entropy(logits, y)",
        axes="(example, class)",
        alternatives={
            "you do not divide by the number of examples": want * N,
            "you divide by the number of classes instead of examples": want * N / C,
            "you divide by the number of all entries": want / C,
            "the 1 of the right class is not subtracted": p / N,
            "the 1 is subtracted in the logits and not in the probabilities": (logits + want * N - p) / N,
            "the sign is flipped: one-hot minus probabilities": -want,
            "1 is subtracted in the columns of all labels, in every row": (p - np.isin(np.arange(C), y)) / N,
        },
    )


@check(
    "large-inputs",
    "inputs of 1000 give numbers and not NaN",
    uses=["d_sigmoid", "d_softmax", "d_cross_entropy"],
    needs=["d-sigmoid", "d-softmax", "d-cross-entropy"],
    hint="sigmoid",
)
def _(lab):
    far = np.array([-1000.0, -800.0, 0.0, 800.0, 1000.0])
    close(
        lab.fn("d_sigmoid", returns="array")(far),
        np.array([0.0, 0.0, 0.25, 0.0, 0.0]),
        "d_sigmoid of -1000, -800, 0, 800, 1000 (exp(1000) is infinite, and infinity / infinity is NaN)",
    )
    x = lab.rng.normal(size=4)
    close(
        lab.fn("d_softmax", returns="array")(x + 1000.0),
        np.diag(softmax(x)) - np.outer(softmax(x), softmax(x)),
        "d_softmax(x + 1000) (subtract the largest value before exp)",
    )
    logits = np.array([[1000.0, 0.0, -1000.0], [0.0, -1000.0, 1000.0]])
    close(
        lab.fn("d_cross_entropy", returns="array")(logits, np.array([0, 0])),
        np.array([[0.0, 0.0, 0.0], [-0.5, 0.0, 0.5]]),
        "d_cross_entropy of logits of 1000 (subtract the largest of each row before exp)",
    )


@check("chain", "chain multiplies Jacobians, the last map on the left", uses=["chain"], hint="chain")
def _(lab):
    chain = lab.fn("chain", returns="array")
    square = [lab.rng.normal(size=(3, 3)) for _ in range(3)]
    sizes = [int(n) for n in lab.rng.permutation([2, 3, 4, 5])]
    chained = [lab.rng.normal(size=(b, a)) for a, b in zip(sizes, sizes[1:])]

    def slow(matrices):
        """Pushes each unit vector through all maps."""
        columns = []
        for column in np.eye(matrices[0].shape[1]):
            for J in matrices:
                column = np.array([sum(J[i, j] * column[j] for j in range(len(column))) for i in range(len(J))])
            columns.append(column)
        return np.array(columns).T

    close(
        chain(square),
        slow(square),
        "chain of three square Jacobians",
        alternatives={
            "the first map stands on the left: the order is reversed": lambda: slow(square[::-1]),
            "the Jacobians are multiplied entry by entry": lambda: square[0] * square[1] * square[2],
            "the Jacobians are added": lambda: sum(square),
            "the first Jacobian is left out": lambda: slow(square[1:]),
            "the last Jacobian is left out": lambda: slow(square[:-1]),
        },
    )
    close(chain(chained), slow(chained), "chain of Jacobians of shapes %s" % ", ".join("(%d, %d)" % J.shape for J in chained))
    close(chain(square[:1]), square[0], "chain of a single Jacobian")


@check("chain-cost", "for a loss, the product is computed from the loss's end", uses=["chain"], needs=["chain"], hint="chain")
def _(lab):
    chain = lab.fn("chain", returns="array", mutates=True)
    n, layers = 120, 4
    jacobians = [lab.rng.normal(size=(n, n)) / np.sqrt(n) for _ in range(layers)] + [lab.rng.normal(size=(1, n))]
    chain(jacobians)
    tracemalloc.start()
    try:
        got = chain(jacobians)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    same_shape(got, (1, n), "chain of four Jacobians (%d, %d) and one (1, %d)" % (n, n, n))
    truthy(
        peak < 8 * n * n / 2,
        "on the way to a result of 1 x %d, your product holds an array of about %d x %d. Start with the last Jacobian, the one with a single "
        "row: every intermediate result is then one row" % (n, n, n),
    )
    lab.metric("cost_ratio", (5 * 100**3 + 100**2) / (6 * 100**2))


@check("compose", "the parts, chained, agree with the whole", uses=["jacobian", "chain", "d_softmax"], needs=["jacobian", "d-softmax", "chain"], hint="chain")
def _(lab):
    jacobian, chain, d_softmax = lab.fn("jacobian", returns="array"), lab.fn("chain", returns="array"), lab.fn("d_softmax", returns="array")
    n, hidden, out = (int(k) for k in lab.rng.permutation([3, 4, 5]))
    W1, W2, x = lab.rng.normal(size=(hidden, n)), lab.rng.normal(size=(out, hidden)), lab.rng.normal(size=n)

    def first(z):
        return np.tanh(W1 @ z)

    def whole(z):
        return softmax(W2 @ first(z))

    parts = [jacobian(first, x), W2, d_softmax(W2 @ first(x))]
    same_shape(parts[0], (hidden, n), "jacobian of a map from %d to %d numbers" % (n, hidden))
    same_shape(parts[2], (out, out), "d_softmax of %d numbers" % out)
    want = np.stack([difference(whole, x, j, 1e-5) for j in range(n)], axis=1)
    close(chain(parts), want, "chain([jacobian of tanh(W1 x), W2, d_softmax])", rtol=1e-4, atol=1e-6)


def bowl(rng, n=4):
    """A quadratic with known curvatures, as its matrix; the largest is L."""
    curvature = np.concatenate([[1.0], rng.uniform(0.2, 0.6, n - 1)]) * rng.uniform(0.5, 4.0)
    Q = np.linalg.qr(rng.normal(size=(n, n)))[0]
    return (Q * curvature) @ Q.T, Q, curvature


@check("descent", "gradient_descent walks downhill and keeps every point", uses=["gradient_descent"], hint="descent")
def _(lab):
    descent = lab.fn("gradient_descent", returns="array")
    H, Q, curvature = bowl(lab.rng)
    x0 = lab.rng.normal(size=4)
    lr, steps = 0.3 / curvature.max(), int(lab.rng.integers(4, 8))
    got = descent(lambda x: H @ x, x0, lr, steps)

    def closed_form(factor, count=steps):
        return np.array([Q @ (factor**t * (Q.T @ x0)) for t in range(count + 1)])

    want = closed_form(1 - lr * curvature)
    close(
        got,
        want,
        "gradient_descent on a quadratic",
        axes="(step, coordinate)",
        alternatives={
            "you add the gradient, which goes uphill": closed_form(1 + lr * curvature),
            "every row is the last point: x is changed in place, and the list holds it many times over": np.tile(want[-1], (steps + 1, 1)),
            "the start is missing from the path": want[1:],
            "the last point is missing from the path": want[:-1],
            "only the last point comes back": want[-1],
            "the step size is not used": closed_form(1 - curvature),
            "the step always uses the gradient at x0": np.array([x0 - t * lr * (H @ x0) for t in range(steps + 1)]),
        },
    )


@check("stability", "on a quadratic it converges below the step size 2 / L and diverges above", uses=["gradient_descent"], needs=["descent"], hint="descent")
def _(lab):
    descent = lab.fn("gradient_descent", returns="array")
    H, Q, curvature = bowl(lab.rng)
    L = curvature.max()
    x0 = Q @ np.ones(4)
    lengths = {}
    for factor in (1.9, 2.1):
        path = descent(lambda x: H @ x, x0, factor / L, 100)
        same_shape(path, (101, 4), "gradient_descent with 100 steps")
        truthy(np.isfinite(path).all(), "gradient_descent gives NaN or infinity on a quadratic, with the step size %.1f / L" % factor)
        lengths[factor] = float(np.sqrt((path[-1] ** 2).sum()))
    truthy(lengths[1.9] < 1e-3, "with the step size 1.9 / L, the distance from the minimum should fall below 0.001 in 100 steps, and is %.3g" % lengths[1.9])
    truthy(lengths[2.1] > 1e3, "with the step size 2.1 / L, gradient descent should diverge, and is %.3g from the minimum after 100 steps" % lengths[2.1])
    lab.metric("distance_after_100_steps_at_1.9", lengths[1.9])
    lab.metric("distance_after_100_steps_at_2.1", lengths[2.1])
