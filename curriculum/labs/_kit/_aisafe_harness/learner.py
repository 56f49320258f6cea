"""The learner's file: what it may not use, loading it, and its functions as a grader calls them."""

import ast
import importlib.util
import inspect
import os
import sys
import tokenize

from numpy import array_equal as _array_equal, generic as _generic

from aisafe_lab.compare import CheckFailed, is_array


class NotWritten(BaseException):
    """A function of the lab is not there yet."""


class Forbidden(Exception):
    """The file uses what the lab is about to build."""

    def __init__(self, message, line):
        super().__init__(message)
        self.line = line


def scan(path, forbid):
    """Parses the file and looks for what the lab does not allow.

    raises Forbidden, SyntaxError, or UnicodeDecodeError.
    """
    with tokenize.open(path) as file:
        tree = ast.parse(file.read(), path)
    imports, calls = forbid.get("imports", []), [_full_name(name) for name in forbid.get("calls", [])]
    aliases = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                _refuse_import(alias.name, imports, node)
                bound = alias.asname or alias.name.split(".")[0]
                aliases[bound] = alias.name if alias.asname else bound
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            _refuse_import(node.module, imports, node)
            for alias in node.names:
                aliases[alias.asname or alias.name] = node.module + "." + alias.name
                _refuse_call(node.module + "." + alias.name, calls, node)
    for node in ast.walk(tree):
        if isinstance(node, (ast.Attribute, ast.Name)):
            _refuse_call(_dotted(node, aliases), calls, node)


def _full_name(name):
    return "numpy" + name[2:] if name.startswith("np.") else name


def _dotted(node, aliases):
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join([aliases.get(node.id, node.id)] + parts[::-1])


def _refuse_import(name, forbidden, node):
    for each in forbidden:
        if name == each or name.startswith(each + "."):
            raise Forbidden("this lab does not allow importing %s: you build it yourself here" % each, node.lineno)


def _refuse_call(name, forbidden, node):
    for each in forbidden:
        if name == each:
            raise Forbidden("this lab does not allow %s: you build it yourself here" % each, node.lineno)


def load(path, name=None):
    """Loads a Python file from where it is, without its folder in front of the standard library's."""
    name = name or os.path.splitext(os.path.basename(path))[0]
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


class LearnerFunction:
    """A function of the learner, with the manners that every lab asks for.

    A call checks that the function takes what the lab passes, leaves its inputs alone and gives back what was asked for.
    """

    def __init__(self, name, function, returns, mutates, on_call):
        self.name = name
        self.function = function
        self.returns = returns
        self.mutates = mutates
        self.on_call = on_call

    def __call__(self, *args, **kwargs):
        self.on_call(self.name, self.function)
        signature = _signature(self.function)
        if signature is not None:
            try:
                bound = signature.bind(*args, **kwargs)
            except TypeError:
                raise CheckFailed(
                    "%s takes %s, and the lab calls it with %s" % (self.name, signature, _describe_call(args, kwargs))
                ) from None
            names = list(bound.arguments)
        else:
            names = []
        before = None if self.mutates else [_snapshot(each) for each in args]
        result = self.function(*args, **kwargs)
        if before is not None:
            for i, (old, new) in enumerate(zip(before, args)):
                if not _unchanged(old, new):
                    name = names[i] if i < len(names) else "argument %d" % (i + 1)
                    raise CheckFailed("%s changes its input %s in place: work on a copy" % (self.name, name))
        return conform(result, self.returns, self.name)


def _signature(function):
    try:
        return inspect.signature(function)
    except (TypeError, ValueError):
        return None


def _describe_call(args, kwargs):
    words = ["%d positional argument%s" % (len(args), "" if len(args) == 1 else "s")] if args else []
    words += ["%s=" % name for name in kwargs]
    return ", ".join(words) or "no argument"


_deepest = 6


def _snapshot(value, depth=0):
    if is_array(value):
        return value.copy()
    if depth < _deepest and isinstance(value, (list, tuple)):
        return [_snapshot(each, depth + 1) for each in value]
    if depth < _deepest and isinstance(value, dict):
        return {key: _snapshot(each, depth + 1) for key, each in value.items()}
    return value


def _unchanged(old, new, depth=0):
    if is_array(new):
        if not is_array(old) or old.shape != new.shape or old.dtype != new.dtype:
            return False
        if new.dtype.kind in "fc":
            return bool(((old == new) | ((old != old) & (new != new))).all())
        return bool(_array_equal(old, new))
    if depth < _deepest and isinstance(new, (list, tuple)):
        return (
            isinstance(old, list) and len(old) == len(new) and all(_unchanged(a, b, depth + 1) for a, b in zip(old, new))
        )
    if depth < _deepest and isinstance(new, dict):
        return (
            isinstance(old, dict)
            and list(old) == list(new)
            and all(_unchanged(old[key], new[key], depth + 1) for key in new)
        )
    return old is new or isinstance(new, (bool, int, float, str, bytes, type(None))) and (old == new or new != new)


def conform(value, returns, what):
    """What the learner's function gave back, as the grader asked for it; CheckFailed when it is something else."""
    if returns is None or returns == "any":
        return value
    if isinstance(returns, tuple):
        if not isinstance(value, (tuple, list)) or len(value) != len(returns):
            raise CheckFailed("%s should return %d values, and returns %s" % (what, len(returns), _describe(value)))
        return tuple(conform(v, r, "%s, value %d," % (what, i + 1)) for i, (v, r) in enumerate(zip(value, returns)))
    if isinstance(returns, list):
        if not isinstance(value, (list, tuple)):
            raise CheckFailed("%s should return a list, and returns %s" % (what, _describe(value)))
        return [conform(each, returns[0], "%s[%d]" % (what, i)) for i, each in enumerate(value)]
    if isinstance(returns, dict):
        if not isinstance(value, dict):
            raise CheckFailed("%s should return a dict, and returns %s" % (what, _describe(value)))
        for key in returns:
            if key not in value:
                raise CheckFailed("%s returns a dict without the key %r" % (what, key))
        return {
            key: conform(value[key], returns[key], "%s[%r]" % (what, key)) if key in returns else value[key]
            for key in value
        }
    return _conform_plain(value, returns, what)


def _conform_plain(value, returns, what):
    if returns == "array":
        if is_array(value) and value.dtype.kind in "biuf":
            return value
        raise CheckFailed("%s should return an array of real numbers, and returns %s" % (what, _describe(value)))
    if returns in ("float", "int", "bool"):
        plain = value
        if isinstance(value, _generic) or (is_array(value) and value.ndim == 0):
            plain = value.item()
        if returns == "bool" and isinstance(plain, bool):
            return plain
        if returns == "int" and isinstance(plain, int) and not isinstance(plain, bool):
            return plain
        if returns == "float" and isinstance(plain, (int, float)) and not isinstance(plain, bool):
            return float(plain)
        words = {"float": "one number", "int": "a whole number", "bool": "True or False"}[returns]
        raise CheckFailed("%s should return %s, and returns %s" % (what, words, _describe(value)))
    kinds = {"str": str, "list": (list, tuple), "dict": dict, "set": (set, frozenset)}
    if returns == "callable":
        if callable(value):
            return value
    elif isinstance(value, kinds[returns]):
        return list(value) if returns == "list" else value
    raise CheckFailed("%s should return a %s, and returns %s" % (what, returns, _describe(value)))


def _describe(value):
    if value is None:
        return "None (is a return missing?)"
    if is_array(value):
        return "an array of shape (%s) and type %s" % (", ".join(map(str, value.shape)), value.dtype)
    if isinstance(value, (list, tuple)):
        return "a %s of %d" % (type(value).__name__, len(value))
    if isinstance(value, (bool, int, float, str)):
        return "%s %s" % (_article(type(value).__name__), _short(value))
    return _article(type(value).__name__)


def _article(word):
    return ("an " if word[:1] in "aeiou" else "a ") + word


def _short(value):
    text = "%.6g" % value if isinstance(value, float) else repr(value)
    return text if len(text) <= 40 else text[:37] + "..."


