"""What `aisafe lab doctor` runs: one check for each way a check can end, and how fast this computer multiplies."""

import time

import numpy as np

from aisafe_lab import check, close


@check("right", "a right answer passes", uses=["right"], timeout=10)
def _(lab):
    x = lab.rng.normal(size=(3, 4))
    close(lab.fn("right", returns="array")(x), np.array([[2 * v for v in row] for row in x]), "right(x)")


@check("wrong", "a wrong answer fails", uses=["wrong"], timeout=10)
def _(lab):
    x = lab.rng.normal(size=(3, 4))
    close(lab.fn("wrong", returns="array")(x), 2 * x, "wrong(x)")


@check("raises", "an exception is an error at its line", uses=["raises"], timeout=10)
def _(lab):
    lab.fn("raises")(0.0)


@check("unwritten", "what is not written is to do", uses=["unwritten"], timeout=10)
def _(lab):
    lab.fn("unwritten")(0.0)


@check("endless", "an endless loop is stopped", uses=["endless"], timeout=0.5)
def _(lab):
    lab.fn("endless")(0.0)


@check("speed", "how long a product of two 512 x 512 matrices takes", timeout=60)
def _(lab):
    a = lab.rng.normal(size=(512, 512))
    best = min(_seconds(lambda: a @ a) for _ in range(3))
    lab.metric("matmul_ms", best * 1000)


def _seconds(work):
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
