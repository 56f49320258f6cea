"""Checking gradients against centred differences.

The rules are those that practice has settled on (see the CS231n notes on gradient checks): float64, a relative error, a
few coordinates of every parameter, and kinks left out.
"""

from numpy import abs as _abs, arange as _arange, asarray as _asarray, isfinite as _isfinite, zeros as _zeros

from .compare import CheckFailed, is_array, number

step = 1e-5
"""Half the width of the difference. The error of a centred difference is of the order of its square."""


def gradcheck(f, params, grads, rng, tol=1e-5, coords=24):
    """Ends the check unless grads are the derivatives of f.

    f: a function of `params` that gives a float; it is called with the very arrays, changed in place by 1e-5.
    params: {name: float64 array}, contiguous. grads: {name: array of the same shape}, what the learner computed.
    rng: chooses the coordinates. tol: largest |got - want| / max(|got|, |want|, floor), where the floor is a thousandth of
    the largest derivative of that parameter. coords: most coordinates looked at, of each parameter.
    """
    for name, param in params.items():
        if not is_array(param) or param.dtype.kind != "f" or param.dtype.itemsize != 8:
            raise TypeError("gradcheck wants float64 arrays, %r is not one" % name)
        if not param.flags.c_contiguous:
            raise TypeError("gradcheck changes parameters in place and would change a copy of %r" % name)
        if name not in grads:
            raise CheckFailed("there is no gradient for %s" % name)
        grad = _asarray(grads[name])
        if grad.shape != param.shape:
            raise CheckFailed(
                "the gradient of %s has shape %s, the parameter has %s" % (name, tuple(grad.shape), tuple(param.shape))
            )
        if grad.dtype.kind not in "biuf":
            raise CheckFailed("the gradient of %s does not hold real numbers" % name)
        if not bool(_isfinite(grad).all()):
            raise CheckFailed("the gradient of %s holds NaN or infinity" % name)
        _check_one(f, params, param, grad, name, rng, tol, coords)


def _check_one(f, params, param, grad, name, rng, tol, coords):
    flat, flat_grad = param.reshape(-1), grad.reshape(-1)
    chosen = _arange(flat.size) if flat.size <= coords else rng.choice(flat.size, coords, replace=False)
    got, want = [], []
    for i in chosen:
        slope = _slope(f, params, flat, int(i), tol)
        if slope is None:
            continue
        got.append(float(flat_grad[i]))
        want.append(slope)
    if not want:
        raise ValueError("every coordinate of %r lies on a kink: nothing can be compared" % name)
    got, want = _asarray(got), _asarray(want)
    floor = max(1e-3 * float(_abs(want).max()), 1e-8)
    scale = _abs(got)
    scale[scale < _abs(want)] = _abs(want)[scale < _abs(want)]
    scale[scale < floor] = floor
    error = _abs(got - want) / scale
    worst = int(error.argmax())
    if float(error[worst]) <= tol:
        return
    index = _unravel(int(chosen[worst]), param.shape)
    wrong = int((error > tol).sum())
    message = "the gradient of %s is off at %s: got %s, centred differences give %s (%d of %d looked at differ)" % (
        name,
        index,
        number(got[worst]),
        number(want[worst]),
        wrong,
        len(want),
    )
    raise CheckFailed(message + _diagnose(got, want, tol, grad))


def _slope(f, params, flat, i, tol):
    """The centred difference; None where the one-sided slopes disagree: a kink lies within the step."""
    before = float(flat[i])
    try:
        middle = float(f(params))
        flat[i] = before + step
        above = float(f(params))
        flat[i] = before - step
        below = float(f(params))
    finally:
        flat[i] = before
    right, left = (above - middle) / step, (middle - below) / step
    noise = 1e-10 * max(abs(above), abs(below), 1.0) / step
    if abs(right - left) > 0.02 * max(abs(right), abs(left)) + noise + 10 * tol:
        return None
    return (above - below) / (2 * step)


def _diagnose(got, want, tol, grad):
    def matches(other):
        floor = max(1e-3 * float(_abs(other).max()), 1e-8)
        return bool((_abs(got - other) <= max(tol, 1e-4) * _abs(other) + max(tol, 1e-4) * floor).all())

    if not bool(_abs(want).max() > 0):
        return ". It should be zero there."
    if not bool(_abs(got).max() > 0):
        return ". It is zero where it should not be."
    if matches(-want):
        return ". The sign is flipped."
    for factor, words in ((2.0, "exactly twice"), (0.5, "exactly half of")):
        if matches(factor * want):
            return ". It is %s what it should be." % words
    big = _abs(want) > 1e-3 * float(_abs(want).max())
    factor = float((got[big] / want[big]).mean())
    if len(want) > 1 and matches(factor * want):
        return ". It is %s times what it should be." % number(factor)
    if grad.dtype.itemsize < 8 and grad.dtype.kind == "f":
        return ". Your gradient is float32: this comparison needs float64 throughout."
    return ""


def _unravel(i, shape):
    index = _zeros(len(shape), dtype=int)
    for axis in range(len(shape) - 1, -1, -1):
        i, index[axis] = divmod(i, shape[axis])
    return "index (%s)" % ", ".join(str(int(n)) for n in index)
