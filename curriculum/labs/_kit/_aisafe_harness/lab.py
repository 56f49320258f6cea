"""What a check is given: chance, the learner's functions, fixtures, metrics."""

import os

import numpy as np

from aisafe_lab.compare import CheckFailed
from .learner import LearnerFunction, NotWritten

pool_size = 24


class Lab:
    """One check's view of the run."""

    def __init__(self, run, check_id):
        self._run = run
        self._check = check_id
        self._rng = None

    @property
    def seed(self):
        """The seed of the run."""
        return self._run.seed

    @property
    def folder(self):
        """The folder of the learner's file: where the lab's further `files` and what the learner's program writes lie."""
        return os.path.dirname(os.path.abspath(self._run.places.file))

    @property
    def rng(self):
        """A generator of this check alone: checks do not disturb each other's draws."""
        if self._rng is None:
            self._rng = np.random.default_rng([self._run.seed, fnv1a(self._check)])
        return self._rng

    @property
    def pool(self):
        """A number below 24 for what is trained: seeds on which the reference solution has been verified."""
        return self._run.seed % pool_size

    @property
    def pool_rng(self):
        """A generator that has only 24 states: for fixtures and checks that train."""
        return np.random.default_rng([self.pool, fnv1a(self._check)])

    def fn(self, name, returns="any", mutates=False):
        """A function of the learner.

        returns: "array" | "float" | "int" | "bool" | "str" | "list" | "dict" | "set" | "callable" | "any", a tuple of
        these for several values, [kind] for a list of one kind, {"key": kind} for a dict. mutates: may it change its inputs?
        """
        function = self.raw(name)
        if not callable(function):
            raise CheckFailed("%s is not a function" % name)
        return LearnerFunction(name, function, returns, mutates, self._run.note_call)

    def raw(self, name):
        """Anything that the learner's file defines, a class for instance."""
        if not hasattr(self._run.module, name):
            raise NotWritten("%s is not defined in your file" % name)
        return getattr(self._run.module, name)

    def get(self, name):
        """A fixture, built once a run. A fixture that failed fails every check that asks for it."""
        return self._run.fixture(name)

    def metric(self, name, value):
        """A number to keep with the result: shown, stored, exported."""
        value = float(value)
        if not np.isfinite(value):
            raise ValueError("the metric %r is not finite" % name)
        self._run.send_metric(self._check, name, value)


def fnv1a(text):
    """The 32-bit FNV-1a hash of a text."""
    value = 0x811C9DC5
    for byte in text.encode("utf-8"):
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value
