"""Gives the checks every function of the solution replaced by something wrong: none may pass, none may break a grader."""

import functools
import inspect

import numpy as np

from aisafe_lab import registry
from .run import Run, check_seed

variants = ("none", "text", "zero", "raise", "nan", "axis", "noise", "empty")


def fuzz(module, places, config, channel, stopwatch, pristine):
    """Tries every function with every variant and sends one event for each."""
    seed, scale = config["seed"], config.get("time_scale", 1.0)
    allowed = set(config.get("fuzz_ok", ()))
    skipped = set(config.get("fuzz_skip", ()))
    used_by = _trace(module, places, config["functions"], seed, stopwatch, scale, pristine)
    for name in config["functions"]:
        original = getattr(module, name)
        for variant in variants:
            label = name + ":" + variant
            if label in allowed or label in skipped:
                continue
            if inspect.isclass(original) and variant in ("nan", "axis", "noise", "empty"):
                continue
            channel.send("start", id=label)
            setattr(module, name, _replacement(original, name, variant))
            try:
                outcome = _outcome(module, places, used_by[name], seed, stopwatch, scale, pristine)
            finally:
                setattr(module, name, original)
            channel.send("fuzz", fn=name, variant=variant, **outcome)


def _trace(module, places, functions, seed, stopwatch, scale, pristine):
    """Which checks run which function, those that a fixture ran included."""
    used_by = {name: [] for name in functions}
    seen = set()
    originals = {name: getattr(module, name) for name in functions}
    for name, original in originals.items():
        if not inspect.isclass(original):
            setattr(module, name, _watched(original, name, seen))
    run = Run(module, places, seed)
    by_fixture = {}
    try:
        for check in registry.checks.values():
            seen.clear()
            built = set(run._fixtures)
            pristine.restore(check_seed(seed, check.id))
            run.perform(check, stopwatch, check.timeout * scale)
            for fixture in set(run._fixtures) - built:
                by_fixture[fixture] = set(seen)
            used = seen.union(*(by_fixture.get(fixture, set()) for fixture in run.asked))
            for name in functions:
                if name in used or name in check.uses or inspect.isclass(originals[name]):
                    used_by[name].append(check)
    finally:
        for name, original in originals.items():
            setattr(module, name, original)
    return used_by


def _watched(function, name, seen):
    @functools.wraps(function)
    def watched(*args, **kwargs):
        seen.add(name)
        return function(*args, **kwargs)

    return watched


def _outcome(module, places, checks, seed, stopwatch, scale, pristine):
    run = Run(module, places, seed)
    caught = None
    statuses = {}
    for check in checks:
        if any(statuses.get(need, "pass") != "pass" for need in check.needs):
            statuses[check.id] = "skip"
            continue
        pristine.restore(check_seed(seed, check.id))
        result = run.perform(check, stopwatch, check.timeout * scale)
        statuses[check.id] = result["status"]
        if result["status"] == "grader_error":
            message = result["message"] + "\n" + (result["details"] or "")
            return {"outcome": "grader_error", "check": check.id, "message": message}
        if result["status"] != "pass" and caught is None:
            caught = {"outcome": "caught", "check": check.id, "message": result["message"]}
    return caught or {"outcome": "passed", "check": None, "message": ""}


def _replacement(original, name, variant):
    if variant == "none":
        return _like(original, lambda *args, **kwargs: None)
    if variant == "text":
        return _like(original, lambda *args, **kwargs: "hello")
    if variant == "zero":
        return _like(original, lambda *args, **kwargs: 0.0)
    if variant == "raise":
        return _like(original, _raise)
    change = {"nan": _nan, "axis": _axis, "noise": _noise, "empty": _empty}[variant]
    return _like(original, lambda *args, **kwargs: change(original(*args, **kwargs)))


def _like(original, body):
    """Keeps the signature and the place of the original, so that only what it gives back is wrong."""
    if inspect.isclass(original):
        return body
    wrapped = functools.wraps(original)(body)
    return wrapped


class Fuzzed(Exception):
    """Raised in the place of a function's result; counts as raised in the learner's code."""

    is_planted = True


def _raise(*args, **kwargs):
    raise Fuzzed("planted")


def _each(value, change):
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(_each(each, change) for each in value)
    if isinstance(value, list):
        return [_each(each, change) for each in value]
    if isinstance(value, dict):
        return {key: _each(each, change) for key, each in value.items()}
    return change(value)


def _nan(value):
    def change(each):
        if isinstance(each, np.ndarray) and each.dtype.kind in "biuf":
            return np.full(each.shape, np.nan)
        return float("nan") if isinstance(each, (int, float, np.generic)) else None

    return _each(value, change)


def _axis(value):
    def change(each):
        return each[None] if isinstance(each, np.ndarray) else [each]

    return _each(value, change)


def _empty(value):
    def change(each):
        if isinstance(each, np.ndarray):
            return np.zeros((0,) * max(each.ndim, 1), each.dtype)
        return "" if isinstance(each, str) else None

    return [] if isinstance(value, list) else {} if isinstance(value, dict) else _each(value, change)


def _noise(value):
    def change(each):
        if isinstance(each, np.ndarray) and each.size:
            if each.dtype.kind == "b":
                changed = each.copy()
                changed.reshape(-1)[0] = not changed.reshape(-1)[0]
                return changed
            if each.dtype.kind in "iu":
                return each + 1
            if each.dtype.kind == "f":
                size = float(np.abs(each[np.isfinite(each)]).mean()) if np.isfinite(each).any() else 1.0
                return each * 1.01 + 0.01 * (size or 1.0)
        if isinstance(each, (bool, np.bool_)):
            return not each
        if isinstance(each, (int, np.integer)):
            return each + 1
        if isinstance(each, (float, np.floating)):
            return float(each) * 1.01 + (0.01 if each == 0 else 0.0)
        return each + "x" if isinstance(each, str) else each

    return _each(value, change)
