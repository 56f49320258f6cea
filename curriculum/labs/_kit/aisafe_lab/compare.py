"""Comparing a learner's numbers with what is expected, and saying how they differ.

NumPy's functions are bound here, before the learner's file is loaded, so that a patched NumPy changes no verdict.
"""

from numpy import (
    abs as _abs,
    all as _all,
    argmax as _argmax,
    array2string as _array2string,
    asarray as _asarray,
    count_nonzero as _count_nonzero,
    errstate as _errstate,
    isfinite as _isfinite,
    isnan as _isnan,
    median as _median,
    nan_to_num as _nan_to_num,
    ndarray as _ndarray,
    unravel_index as _unravel_index,
    where as _where,
)


class CheckFailed(BaseException):
    """The property does not hold. A BaseException: a learner's `except Exception` must not swallow it."""

    def __init__(self, message, details=None):
        super().__init__(message)
        self.message = message
        self.details = details


def fail(message, details=None):
    """Ends the check: `message` is one sentence for the learner, `details` some lines below it."""
    raise CheckFailed(message, details)


def truthy(condition, message, details=None):
    """Ends the check unless the condition holds."""
    if not condition:
        raise CheckFailed(message, details)


def same_shape(got, shape, what):
    """Ends the check unless `got` has the shape."""
    shape = tuple(shape)
    if tuple(got.shape) == shape:
        return
    message = "%s has shape %s, expected %s" % (what, _shape(got.shape), _shape(shape))
    if tuple(got.shape) == shape[::-1] and len(shape) > 1:
        message += " (is it transposed?)"
    elif got.size == _size(shape):
        message += " (the same number of values, arranged differently)"
    raise CheckFailed(message)


def allclose(got, want, rtol=1e-5, atol=1e-7):
    """Are the arrays of one shape and equal within atol + rtol * |want|? NaN equals nothing."""
    got, want = _asarray(got), _asarray(want)
    if got.shape != want.shape:
        return False
    return bool(_all(_near(got, want, rtol, atol)))


def close(got, want, what, rtol=1e-5, atol=1e-7, axes=None, alternatives=None):
    """Ends the check unless got equals want within atol + rtol * |want|.

    what: the name of the value in the message. axes: names of the axes, such as "(B, T, V)", shown with an index.
    alternatives: {"you divide by d instead of sqrt(d)": value or function giving it}. When the learner's numbers are
    those of a wrong variant, the message says which.
    """
    got, want = _asarray(got), _asarray(want)
    if got.dtype.kind not in "biufc":
        raise CheckFailed("%s does not hold numbers but %s" % (what, got.dtype))
    if got.shape != want.shape:
        sentence = _matching_alternative(got, alternatives, rtol, atol)
        try:
            same_shape(got, want.shape, what)
        except CheckFailed as failure:
            raise CheckFailed(failure.message + sentence) from None
    near = _near(got, want, rtol, atol)
    if bool(_all(near)):
        return
    message = _describe_worst(got, want, near, what, axes)
    sentence = _matching_alternative(got, alternatives, rtol, atol) or _common_mistake(got, want, rtol, atol)
    raise CheckFailed(message + sentence, _side_by_side(got, want))


def number(value):
    """A number as it is shown to the learner."""
    return "%.6g" % float(value)


def _near(got, want, rtol, atol):
    with _errstate(invalid="ignore"):
        difference = _abs(got.astype(float) - want) if got.dtype.kind in "biu" else _abs(got - want)
    same = _asarray(got == want)
    return same | (_nan_to_num(difference, nan=float("inf"), posinf=float("inf")) <= atol + rtol * _abs(want))


def _describe_worst(got, want, near, what, axes):
    if got.ndim == 0:
        return "%s is %s, expected %s" % (what, number(got), number(want))
    bad = _isnan(got) & ~_isnan(want) if got.dtype.kind == "f" else _asarray(False)
    if bool(bad.any()):
        index = _unravel_index(int(_argmax(bad)), got.shape)
        count = int(_count_nonzero(bad))
        return "%s is NaN at %s (%d of %d values are)" % (what, _index(index, axes), count, got.size)
    distance = _where(near, 0.0, _nan_to_num(_abs(got.astype(float) - want), nan=float("inf"), posinf=1e308))
    index = _unravel_index(int(_argmax(distance)), got.shape)
    wrong = int(_count_nonzero(~near))
    return "%s is off at %s: got %s, expected %s (%d of %d differ)" % (
        what,
        _index(index, axes),
        number(got[index]),
        number(want[index]),
        wrong,
        got.size,
    )


def _matching_alternative(got, alternatives, rtol, atol):
    for phrase, alternative in (alternatives or {}).items():
        value = alternative() if callable(alternative) else alternative
        if allclose(got, value, rtol, atol):
            return ". Your numbers match exactly what you get when %s." % phrase
    return ""


def _common_mistake(got, want, rtol, atol):
    got, want = got.astype(float), want.astype(float)
    if not bool(_all(_isfinite(got))) or not bool(_all(_isfinite(want))) or not bool((_abs(want) > atol).any()):
        return ""
    if allclose(got, -want, rtol, atol):
        return ". The sign is flipped everywhere."
    if got.size > 1:
        big = _abs(want) > max(atol * 100, float(_abs(want).max()) * 1e-3)
        factor = float(_median(got[big] / want[big]))
        if factor != 0 and allclose(got, factor * want, max(rtol, 1e-6), atol):
            return ". Every value is %s times what is expected." % number(factor)
        shift = float(_median(got - want))
        if allclose(got - shift, want, rtol, max(atol, 1e-9 * abs(shift))):
            return ". Every value is %s too %s." % (number(abs(shift)), "large" if shift > 0 else "small")
    if got.ndim == 2 and got.shape[0] == got.shape[1] and allclose(got.T, want, rtol, atol):
        return ". It is transposed."
    return ""


_most_shown = 40


def _side_by_side(got, want):
    if got.ndim == 0 or got.size > _most_shown:
        return None
    return "got\n%s\nexpected\n%s" % (show(got), show(want))


def show(array):
    """A small array as text, four significant figures."""
    return _array2string(
        _asarray(array), precision=4, suppress_small=True, max_line_width=88, formatter={"float_kind": lambda x: "%.4g" % x}
    )


def _shape(shape):
    return "(%s)" % ", ".join(str(int(n)) for n in shape)


def _size(shape):
    size = 1
    for n in shape:
        size *= n
    return size


def _index(index, axes):
    values = ", ".join(str(int(i)) for i in index)
    return "(%s) of axes %s" % (values, axes) if axes else "index (%s)" % values


def is_array(value):
    """Is it an array, whatever the learner did to NumPy's names?"""
    return isinstance(value, _ndarray)


__all__ = ["CheckFailed", "allclose", "close", "fail", "is_array", "number", "same_shape", "show", "truthy"]
