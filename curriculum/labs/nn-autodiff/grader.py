import inspect

import numpy as np

from aisafe_lab import check, close, fail, gradcheck, same_shape, truthy


class Engine:
    """The learner's Var, with each step looked at before it is used."""

    def __init__(self, lab):
        self.Var = lab.raw("Var")
        truthy(inspect.isclass(self.Var), "Var should be a class")
        self._fitting = set()

    def var(self, data, parents=()):
        self._takes(self.Var, "Var", (data, parents))
        return self.node(self.Var(data, parents), "Var(data, parents)", np.shape(data))

    def call(self, v, name, *arguments):
        """The method called, its result a Var."""
        return self.node(self._method(v, name, arguments)(*arguments), "Var." + name)

    def backward(self, v):
        truthy(np.size(v.data) == 1, "the Var on which the lab calls backward should hold one number, and has shape %s" % (np.shape(v.data),))
        self._method(v, "backward", ())()

    def node(self, v, what, shape=None):
        if not isinstance(v, self.Var):
            fail("%s should give a Var, and gives %s" % (what, "None (is a return missing?)" if v is None else "a " + type(v).__name__))
        data = np.asarray(getattr(v, "data", None))
        truthy(data.dtype == np.float64, "%s gives a Var whose data is not a float64 array" % what)
        if shape is not None:
            same_shape(data, shape, "%s: data" % what)
        return v

    def grad(self, v, name):
        grad = np.asarray(getattr(v, "grad", None))
        truthy(grad.dtype.kind == "f", "the grad of %s is not an array of real numbers" % name)
        if grad.shape != np.shape(v.data):
            fail(
                "the grad of %s has shape %s, its data %s%s"
                % (name, grad.shape, np.shape(v.data), ": sum over the axes that broadcasting stretched" if grad.size > np.size(v.data) else "")
            )
        return grad.copy()

    def total(self, v):
        """The sum of all entries, as a Var of one number."""
        return v if np.shape(v.data) == () else self.call(v, "sum")

    def _method(self, v, name, arguments):
        method = getattr(v, name, None)
        truthy(callable(method), "Var has no method %s" % name)
        self._takes(method, "Var." + name, arguments)
        return method

    def _takes(self, function, name, arguments):
        if (name, len(arguments)) in self._fitting:
            return
        self._fitting.add((name, len(arguments)))
        try:
            signature = inspect.signature(function)
            signature.bind(*arguments)
        except TypeError:
            fail("%s takes %s, and the lab calls it with %d argument%s" % (name, signature, len(arguments), "" if len(arguments) == 1 else "s"))


@check("unbroadcast", "unbroadcast sums over the axes that were stretched", uses=["unbroadcast"], hint="unbroadcast")
def _(lab):
    a, b, c = (int(n) for n in lab.rng.permutation([2, 3, 4]))
    cases = [((b, 1), (a, b, c)), ((a, 1), (a, b)), ((b,), (a, b)), ((), (a, b)), ((a, b), (a, b)), ((1, b, 1), (a, b, c)), ((1,), (a,)), ((1, b), (1, b))]
    for shape, full in cases:
        unbroadcast = lab.fn("unbroadcast", returns="array" if shape else "float")
        grad = lab.rng.normal(size=full)
        want = np.zeros(shape)
        padded = want.reshape((1,) * (len(full) - len(shape)) + shape)
        for index in np.ndindex(*full):
            padded[tuple(0 if n == 1 else i for i, n in zip(index, padded.shape))] += grad[index]
        what = "unbroadcast(grad of shape %s, %s)" % (full, shape)
        close(
            np.asarray(unbroadcast(grad, shape)),
            want,
            what,
            alternatives={
                "the gradient is averaged instead of summed": want * want.size / grad.size,
                "nothing is summed": grad,
                "only the axes in front are summed, not those stretched from length 1": grad.sum(axis=tuple(range(len(full) - len(shape)))),
                "the stretched axis is dropped instead of kept with length 1": np.squeeze(want),
            },
        )


@check("forward", "each operation computes its value in a new Var", uses=["Var"], hint="forward")
def _(lab):
    engine = Engine(lab)
    n, m, k = (int(i) for i in lab.rng.permutation([2, 3, 4]))
    A, B, row, M = lab.rng.normal(size=(n, m)), lab.rng.uniform(0.5, 2.0, (n, m)), lab.rng.normal(size=m), lab.rng.normal(size=(m, k))
    a, b = engine.var(A), engine.var(B)
    table = [
        ("__add__", a, (b,), A + B),
        ("__add__", a, (2.5,), A + 2.5),
        ("__add__", a, (engine.var(row),), A + row),
        ("__mul__", a, (b,), A * B),
        ("__mul__", a, (row,), A * row),
        ("__matmul__", a, (engine.var(M),), A @ M),
        ("exp", a, (), np.exp(A)),
        ("log", b, (), np.log(B)),
        ("relu", a, (), np.where(A > 0, A, 0.0)),
        ("sum", a, (), A.sum()),
        ("sum", a, (0,), A.sum(0)),
        ("sum", a, (-1,), A.sum(1)),
    ]
    for name, v, arguments, want in table:
        out = engine.call(v, name, *arguments)
        close(np.asarray(out.data), want, "the data of Var.%s%s" % (name, "(%d)" % arguments[0] if name == "sum" and arguments else ""))
        truthy(out is not v, "Var.%s returns self: make a new Var" % name)
        parents = getattr(out, "parents", None)
        truthy(
            isinstance(parents, (tuple, list)) and any(parent is v for parent in parents),
            "the result of Var.%s does not have self among its parents" % name,
        )
        for arg in arguments:
            if isinstance(arg, engine.Var):
                truthy(any(parent is arg for parent in parents), "the result of Var.%s does not have `other` among its parents" % name)
        truthy((np.asarray(a.data) == A).all() and (np.asarray(b.data) == B).all(), "Var.%s changes the data of its inputs" % name)


def links(order):
    return {id(v): place for place, v in enumerate(order)}


def look_at_order(engine, order, nodes, out):
    for v in order:
        engine.node(v, "topo_order, an entry of it,")
    place = links(order)
    if len(place) < len(order):
        fail("topo_order lists a Var more than once: %d entries for %d Vars. Remember which were seen" % (len(order), len(place)))
    truthy(len(order) == len(nodes), "topo_order lists %d Vars, and %d lie behind this one" % (len(order), len(nodes)))
    truthy(all(id(v) in place for v in nodes), "topo_order leaves out a Var that was used")
    truthy(order[-1] is out, "the last Var of topo_order should be `out` itself")
    for v in order:
        for parent in v.parents:
            truthy(place[id(parent)] < place[id(v)], "topo_order lists a Var before one of its parents: place %d, parent at place %d" % (place[id(v)], place[id(parent)]))


@check("topo-order", "topo_order lists parents first, and each Var once", uses=["topo_order"], hint="topo")
def _(lab):
    engine, topo_order = Engine(lab), lab.fn("topo_order", returns=["any"])
    leaf = engine.var(1.0)
    left, right = engine.var(1.0, (leaf,)), engine.var(1.0, (leaf,))
    out = engine.var(1.0, (left, right))
    engine.var(1.0, (leaf,))
    look_at_order(engine, topo_order(out), [leaf, left, right, out], out)
    late = engine.var(1.0, (leaf, right))
    tail = engine.var(1.0, (leaf, engine.var(1.0, (late,))))
    look_at_order(engine, topo_order(tail), [leaf, right, late, tail.parents[1], tail], tail)
    for _ in range(5):
        nodes = [engine.var(1.0), engine.var(1.0)]
        for _ in range(12):
            count = int(lab.rng.integers(1, 4))
            nodes.append(engine.var(1.0, tuple(nodes[int(i)] for i in lab.rng.integers(0, len(nodes), count))))
        behind, queue = {}, [nodes[-1]]
        while queue:
            v = queue.pop()
            if id(v) not in behind:
                behind[id(v)] = v
                queue.extend(v.parents)
        look_at_order(engine, topo_order(nodes[-1]), list(behind.values()), nodes[-1])


@check("add-mul", "backward through a * b + c", uses=["Var"], needs=["forward", "topo-order"], hint="backward")
def _(lab):
    engine = Engine(lab)
    values = lab.rng.uniform(1.5, 3.0, 3) * lab.rng.choice([-1.0, 1.0], 3)
    a, b, c = (engine.var(value) for value in values)
    product = engine.call(a, "__mul__", b)
    out = engine.call(product, "__add__", c)
    engine.backward(out)
    want = {"a": values[1], "b": values[0], "c": 1.0}
    wrong = {"a": values[0], "b": values[1], "c": values[2]}
    for name, v in (("a", a), ("b", b), ("c", c)):
        close(
            engine.grad(v, name),
            want[name],
            "the derivative of a * b + c in %s" % name,
            alternatives={
                "no gradient arrives": 0.0,
                "each factor gets its own value instead of that of the other": wrong[name],
                "it arrives twice": 2 * want[name],
            },
        )
    close(engine.grad(out, "the result"), 1.0, "the grad of the result itself")
    close(engine.grad(product, "a * b"), 1.0, "the grad of a * b, in the middle,")


@check("reuse", "a Var that is used twice gets the sum of both gradients", uses=["Var"], needs=["add-mul"], hint="backward")
def _(lab):
    engine = Engine(lab)
    value = float(lab.rng.uniform(1.5, 3.0))
    x = engine.var(value)
    square = engine.call(x, "__mul__", x)
    engine.backward(engine.call(square, "__add__", x))
    close(
        engine.grad(x, "x"),
        2 * value + 1,
        "the derivative of x * x + x at %.3g" % value,
        alternatives={
            "a later gradient overwrites an earlier one (= where += is needed): x * x arrives last": value,
            "a later gradient overwrites an earlier one (= where += is needed): x arrives last": 1.0,
            "x * x counts once instead of twice": value + 1,
        },
    )
    x = engine.var(value)
    middle = engine.call(x, "__mul__", 3.0)
    out = engine.call(engine.call(middle, "__mul__", middle), "__mul__", middle)
    engine.backward(out)
    close(engine.grad(x, "x"), 81 * value**2, "the derivative of (3 x)³, with 3 x computed once,")


@check("sum", "sum hands its gradient to every entry along the axis", uses=["Var"], needs=["reuse"], hint="sum")
def _(lab):
    engine = Engine(lab)
    n, m = (int(i) for i in lab.rng.permutation([3, 4]))
    X = lab.rng.normal(size=(n, m))
    x = engine.var(X)
    engine.backward(engine.call(x, "sum"))
    close(engine.grad(x, "x"), np.ones((n, m)), "the derivative of x.sum()")
    for shape, axis in (((3, 3), 0), ((3, 3), 1), ((n, m), 0), ((n, m), -1), ((2, n, m), 1), ((2, n, m), -1)):
        X = lab.rng.normal(size=shape)
        x = engine.var(X)
        sums = engine.call(x, "sum", axis)
        weight = lab.rng.normal(size=X.sum(axis).shape)
        engine.backward(engine.total(engine.call(sums, "__mul__", weight)))
        want = np.zeros(shape)
        at = axis % len(shape)
        for index in np.ndindex(*shape):
            want[index] = weight[index[:at] + index[at + 1 :]]
        alternatives = {"the gradient is divided by the number of entries, as for a mean": want / shape[at]}
        if shape == (3, 3):
            alternatives["the gradient is spread along the wrong axis"] = want.T
        close(engine.grad(x, "x"), want, "the derivative through x.sum(%d), x of shape %s," % (axis, shape), alternatives=alternatives)


@check("broadcast", "gradients of broadcast Vars have the shape of their data", uses=["Var", "unbroadcast"], needs=["unbroadcast", "sum"], hint="unbroadcast")
def _(lab):
    engine = Engine(lab)
    for left, right in (((3, 1), (4,)), ((2, 3), ()), ((1,), (2, 3)), ((2, 1, 3), (4, 1))):
        A, B = lab.rng.normal(size=left), lab.rng.normal(size=right)
        weight = lab.rng.normal(size=(A + B).shape)
        for name, sign in (("__add__", "+"), ("__mul__", "*")):
            a, b = engine.var(A), engine.var(B)
            engine.backward(engine.total(engine.call(engine.call(a, name, b), "__mul__", weight)))
            shape = weight.shape
            full = {
                "a": weight * np.ones(shape) if sign == "+" else weight * np.broadcast_to(B, shape),
                "b": weight * np.ones(shape) if sign == "+" else weight * np.broadcast_to(A, shape),
            }
            for which, v in (("a", a), ("b", b)):
                want = np.zeros(np.shape(v.data))
                origin = np.broadcast_to(np.arange(want.size).reshape(want.shape), shape)
                for index in np.ndindex(*shape):
                    want.reshape(-1)[origin[index]] += full[which][index]
                close(engine.grad(v, which), want, "the derivative in %s of a %s b, shapes %s and %s," % (which, sign, left, right))


@check("elementwise", "exp, log and relu multiply the gradient by their own slope", uses=["Var"], needs=["sum"], hint="operations")
def _(lab):
    engine = Engine(lab)
    n, m = (int(i) for i in lab.rng.permutation([3, 4]))
    X, weight = lab.rng.normal(size=(n, m)), lab.rng.normal(size=(n, m))
    X[0, :3], weight[0, :3] = [1.5, -1.5, 0.0], [-1.0, 1.0, 2.0]
    positive = np.exp(X)
    gate = (X > 0).astype(float)
    cases = [
        ("exp", X, weight * np.exp(X), {"you multiply by x instead of exp(x)": weight * X, "the slope exp(x) is missing": weight}),
        (
            "log",
            positive,
            weight / positive,
            {"you multiply by log(x) instead of dividing by x": weight * X, "you divide by log(x)": lambda: weight / np.where(X == 0, np.nan, X), "the slope 1 / x is missing": weight},
        ),
        (
            "relu",
            X,
            weight * gate,
            {
                "the gate opens by the sign of the gradient instead of the sign of x": np.maximum(weight, 0.0),
                "the gate is always open": weight,
                "you multiply by the value instead of by 0 or 1": weight * X * gate,
                "the gate is open at x = 0, where the docstring says 0": weight * (X >= 0),
            },
        ),
    ]
    for name, data, want, alternatives in cases:
        x = engine.var(data)
        engine.backward(engine.call(engine.call(engine.call(x, name), "__mul__", weight), "sum"))
        close(engine.grad(x, "x"), want, "the derivative through x.%s()" % name, alternatives=alternatives)


@check("matmul", "a matrix product hands each factor the gradient times the other, transposed", uses=["Var"], needs=["sum"], hint="matmul")
def _(lab):
    engine = Engine(lab)
    n, m, k = (int(i) for i in lab.rng.permutation([2, 3, 4]))
    for rows, inner, columns in ((3, 3, 3), (n, m, k)):
        A, B, g = lab.rng.normal(size=(rows, inner)), lab.rng.normal(size=(inner, columns)), lab.rng.normal(size=(rows, columns))
        a, b = engine.var(A), engine.var(B)
        engine.backward(engine.call(engine.call(engine.call(a, "__matmul__", b), "__mul__", g), "sum"))
        want_a, want_b = np.zeros(A.shape), np.zeros(B.shape)
        for i, j, c in np.ndindex(rows, inner, columns):
            want_a[i, j] += g[i, c] * B[j, c]
            want_b[j, c] += A[i, j] * g[i, c]
        square = rows == inner == columns
        swapped = "the gradients of the two factors are exchanged"
        for which, v, want, wrong in (
            ("a", a, want_a, {swapped: want_b, "b is not transposed": lambda: g @ B, "the order is wrong: bᵀ g instead of g bᵀ": lambda: B.T @ g}),
            ("b", b, want_b, {swapped: want_a, "a is not transposed": lambda: A @ g, "the order is wrong: g aᵀ instead of aᵀ g": lambda: g @ A.T}),
        ):
            close(engine.grad(v, which), want, "the derivative in %s of a @ b, shapes %s and %s," % (which, A.shape, B.shape), alternatives=wrong if square else None)


@check("twice", "leaves add up over calls of backward, everything between starts anew", uses=["Var"], needs=["reuse"], hint="backward")
def _(lab):
    engine = Engine(lab)
    p, q, r = (float(value) for value in lab.rng.uniform(1.5, 3.0, 3))
    a, b, c = engine.var(p), engine.var(q), engine.var(r)
    out = engine.call(engine.call(a, "__mul__", b), "__mul__", c)
    engine.backward(out)
    close(engine.grad(a, "a"), q * r, "the derivative of a * b * c in a, after one call,")
    engine.backward(out)
    close(
        engine.grad(a, "a"),
        2 * q * r,
        "the grad of a after a second call of backward on a * b * c",
        alternatives={
            "backward sets the grad of leaves to zero: then gradients of several losses cannot be added up": q * r,
            "the Vars in the middle keep their grad from the first call and hand it on again": 3 * q * r,
            "the result and the Vars in the middle keep their grad from the first call and hand it on again": 4 * q * r,
        },
    )
    engine.backward(engine.call(a, "__mul__", 5.0))
    close(engine.grad(a, "a"), 2 * q * r + 5, "the grad of a after backward on another expression, a * 5,")


@check("deep", "a chain of 5000 operations, and 60 doublings in a row", uses=["topo_order", "Var"], needs=["reuse"], hint="topo", timeout=6)
def _(lab):
    engine = Engine(lab)
    x = engine.var(0.5)
    out = x
    for _ in range(5000):
        out = out + 0.001
    engine.backward(out)
    close(engine.grad(x, "x"), 1.0, "the derivative through 5000 additions")
    x = engine.var(1.0)
    out = x
    for _ in range(60):
        out = out + out
    engine.backward(out)
    close(engine.grad(x, "x"), 2.0**60, "the derivative through 60 doublings (x + x, and so on)", rtol=1e-9)


@check(
    "expressions",
    "random expressions agree with finite differences",
    uses=["Var", "unbroadcast", "topo_order"],
    needs=["broadcast", "elementwise", "matmul", "twice"],
    hint="operations",
    timeout=8,
)
def _(lab):
    engine = Engine(lab)
    for _ in range(2):
        leaves = {"A": lab.rng.normal(size=(3, 4)), "row": lab.rng.normal(size=4), "column": lab.rng.normal(size=(3, 1)), "W": lab.rng.normal(size=(4, 2)), "s": np.array([0.7])}
        steps = [(str(lab.rng.choice(["add", "mul", "exp", "log", "relu"])), lab.rng.integers(0, 100, 2)) for _ in range(8)]

        def build(params):
            v = {name: engine.var(value) for name, value in params.items()}
            pool = [engine.call(v["A"], "__add__", v["row"]), engine.call(v["A"], "__mul__", v["column"])]
            for kind, (i, j) in steps:
                first, second = pool[int(i) % len(pool)], pool[int(j) % len(pool)]
                if kind == "add":
                    new = engine.call(first, "__add__", second)
                elif kind == "mul":
                    new = engine.call(first, "__mul__", second)
                elif kind == "exp":
                    new = engine.call(engine.call(engine.call(first, "__mul__", first), "__mul__", -1.0), "exp")
                elif kind == "log":
                    new = engine.call(engine.call(engine.call(first, "__mul__", first), "__add__", 1.0), "log")
                else:
                    new = engine.call(first, "relu")
                pool.append(engine.call(new, "__mul__", 0.5))
            whole = pool[0]
            for each in pool[1:]:
                whole = engine.call(whole, "__add__", each)
            columns = engine.call(engine.call(whole, "__matmul__", v["W"]), "sum", 0)
            return v, engine.call(engine.call(columns, "__mul__", v["s"]), "sum")

        v, out = build(leaves)
        engine.backward(out)
        grads = {name: engine.grad(each, name) for name, each in v.items()}
        gradcheck(lambda params: float(build(params)[1].data), leaves, grads, lab.rng, tol=1e-4, coords=6)


@check("learns", "a network written with the engine learns a problem that no line can separate", uses=["Var"], needs=["expressions"], hint="operations", timeout=8)
def _(lab):
    engine, rng = Engine(lab), lab.pool_rng
    points, hidden, rate = 60, 16, 0.15
    X = rng.uniform(-1, 1, size=(points, 2))
    X = np.sign(X) * (0.15 + 0.85 * np.abs(X))
    y = np.sign(X[:, :1] * X[:, 1:])
    weights = [rng.normal(size=(2, hidden)), np.zeros(hidden), rng.normal(size=(hidden, 1)) / np.sqrt(hidden), np.zeros(1)]

    def network():
        leaves = [engine.var(each) for each in weights]
        h = engine.call(engine.call(engine.call(engine.var(X), "__matmul__", leaves[0]), "__add__", leaves[1]), "relu")
        return leaves, engine.call(engine.call(h, "__matmul__", leaves[2]), "__add__", leaves[3])

    losses = []
    for _ in range(150):
        leaves, out = network()
        error = engine.call(out, "__add__", -y)
        loss = engine.call(engine.call(engine.call(error, "__mul__", error), "sum"), "__mul__", 1.0 / points)
        engine.backward(loss)
        losses.append(float(loss.data))
        weights = [each - rate * engine.grad(leaf, "a weight") for each, leaf in zip(weights, leaves)]
    accuracy = float((np.sign(network()[1].data) == y).mean())
    truthy(np.isfinite(losses).all(), "the loss becomes NaN or infinite in a training that should not diverge")
    lab.metric("loss_before", losses[0])
    lab.metric("loss_after", losses[-1])
    lab.metric("accuracy_after_training", accuracy)
    truthy(accuracy > 0.85 and losses[-1] < 0.6 * losses[0], "after 150 steps the loss went from %.3g to %.3g, and %.0f %% of the points are right" % (losses[0], losses[-1], 100 * accuracy))
