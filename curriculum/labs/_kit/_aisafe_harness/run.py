"""One run of a lab's checks on the learner's module."""

import time

from aisafe_lab import registry
from aisafe_lab.compare import CheckFailed
from .lab import Lab, fnv1a
from .learner import NotWritten
from .limits import CheckTimeout

_longest_message = 2000
_longest_details = 8000


class Run:
    """State of one run: seed, fixtures, what came of each check."""

    def __init__(self, module, places, seed, channel=None):
        self.module = module
        self.places = places
        self.seed = seed
        self.channel = channel
        self._fixtures = {}
        self._called = {}
        self.asked = set()
        """Names of the fixtures that the check at hand asked for."""

    def note_call(self, name, function):
        # The last one called stands last.
        self._called.pop(name, None)
        self._called[name] = function

    def send_metric(self, check, name, value):
        if self.channel:
            self.channel.send("metric", id=check, name=name, value=value)

    def fixture(self, name):
        self.asked.add(name)
        if name not in self._fixtures:
            if name not in registry.fixtures:
                raise KeyError("there is no fixture %r" % name)
            try:
                self._fixtures[name] = (registry.fixtures[name](Lab(self, "fixture:" + name)), None)
            except BaseException as error:
                self._fixtures[name] = (None, error)
        value, error = self._fixtures[name]
        if error is not None:
            raise error
        return value

    def perform(self, check, stopwatch, seconds):
        """Runs one check; returns the fields of its event."""
        self._called = {}
        self.asked = set()
        started = time.perf_counter()
        try:
            with stopwatch.limit(seconds):
                check.body(Lab(self, check.id))
            outcome = ("pass", "", None, None)
        except BaseException as error:
            outcome = self.judge(error, check.uses)
        status, message, where, details = outcome
        return {
            "id": check.id,
            "status": status,
            "ms": round((time.perf_counter() - started) * 1000, 1),
            "message": clean(message, _longest_message),
            "where": where,
            "details": clean(details, _longest_details) if details else None,
        }

    def judge(self, error, uses=()):
        """What an exception out of a check means: status, message, place, details."""
        where = self.places.where(error)
        if isinstance(error, CheckFailed):
            return "fail", error.message, self.places.definition(self._tested(uses)), error.details
        if isinstance(error, NotWritten):
            return "todo", str(error), None, None
        if isinstance(error, CheckTimeout):
            return "timeout", str(error), where, None
        if isinstance(error, NotImplementedError) and where:
            name = str(error) or where["func"]
            return "todo", "%s is not written yet" % name, where, None
        if isinstance(error, MemoryError):
            return "error", describe(error) + " (the lab's limit of memory)", where, None
        if where or getattr(error, "is_planted", False):
            return "error", describe(error), where, None
        return "grader_error", describe(error), None, _traceback(error)

    def _tested(self, uses):
        """The learner's function that a failure is about: the last one called of those that the check is for."""
        meant = [function for name, function in self._called.items() if name in uses]
        called = meant or list(self._called.values())
        return called[-1] if called else None


def describe(error):
    """An exception in one sentence."""
    if isinstance(error, SystemExit):
        return "the code ends the program (sys.exit, exit or os._exit)"
    try:
        text = str(error)
    except Exception:
        text = ""
    return "%s: %s" % (type(error).__name__, text) if text else type(error).__name__


def describe_with_place(error):
    """The same with the file and the line that raised it."""
    import os
    import traceback

    frames = traceback.extract_tb(error.__traceback__, limit=-1)
    place = " (%s, line %s)" % (os.path.basename(frames[0].filename), frames[0].lineno) if frames else ""
    return describe(error) + place


def _traceback(error):
    import traceback

    return "".join(traceback.format_exception(type(error), error, error.__traceback__, limit=-12))


def clean(text, most):
    """Text for one event: bounded, always valid UTF-8."""
    text = str(text).encode("utf-8", "replace").decode("utf-8")
    return text if len(text) <= most else text[: most - 1] + "…"


def check_seed(seed, check_id):
    """The seed of the global generators in a check."""
    return (seed * 1000003 + fnv1a(check_id)) % 2**32
