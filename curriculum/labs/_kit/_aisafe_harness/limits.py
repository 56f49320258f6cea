"""Limits of time and memory, in layers: each stops what the one before it cannot."""

import contextlib
import faulthandler
import os
import signal
import sys
import threading

try:
    import resource
except ImportError:  # Windows
    resource = None

_has_timer = hasattr(signal, "setitimer")


class CheckTimeout(BaseException):
    """The time is up. A BaseException: a learner's `except Exception` must not swallow it."""

    def __init__(self, seconds):
        super().__init__("still running after %gs" % seconds)


class Stopwatch:
    """Interrupts Python code after some seconds; ends the process somewhat later when that did not help."""

    def __init__(self, diagnostics):
        self.diagnostics = diagnostics
        self._seconds = 0.0
        self._armed = False
        self._started = faulthandler.dump_traceback_later, faulthandler.cancel_dump_traceback_later
        self._timer = signal.setitimer if _has_timer else None
        self._process, self._leave = os.getpid, os._exit
        self._install()

    @contextlib.contextmanager
    def limit(self, seconds):
        """Raises CheckTimeout in the main thread after `seconds`, and again every 0.3 s until the block is left."""
        later, cancel = self._started
        process = self._process()
        self._install()
        self._seconds, self._armed = seconds, True
        later(seconds + max(1.5, seconds / 4), exit=True, file=self.diagnostics)
        try:
            if self._timer:
                self._timer(signal.ITIMER_REAL, seconds, 0.3)
            yield
        finally:
            if self._process() != process:
                # A fork of the learner's came back here: only its parent speaks for the run.
                self._leave(0)
            self._armed = False
            if self._timer:
                self._timer(signal.ITIMER_REAL, 0)
            cancel()

    def _install(self):
        if _has_timer:
            signal.signal(signal.SIGALRM, self._on_alarm)

    def _on_alarm(self, _signal, _frame):
        if self._armed:
            raise CheckTimeout(self._seconds)


def refuse_exit():
    """Makes `os._exit` an exception in this process, so that it can be shown where the learner's code called it."""
    process, getpid, leave = os.getpid(), os.getpid, os._exit

    def exit_here(status):
        if getpid() != process:
            leave(status)
        raise SystemExit(status)

    os._exit = exit_here


def limit_resources(total_s, memory_mb):
    """Limits of the whole process. Called after NumPy is loaded: its libraries reserve much and use little."""
    if resource is None:
        return
    _set_limit("RLIMIT_CORE", 0)
    _set_limit("RLIMIT_FSIZE", 64 * 1024 * 1024)
    _set_limit("RLIMIT_CPU", int(2 * total_s + 10))
    if sys.platform.startswith("linux"):
        _set_limit("RLIMIT_AS", _address_space() + memory_mb * 1024 * 1024)
    elif sys.platform == "darwin":
        threading.Thread(target=_watch_memory, args=(memory_mb,), daemon=True).start()


def _set_limit(name, value):
    kind = getattr(resource, name, None)
    if kind is None:
        return
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(kind, (value, hard))


def _address_space():
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")


def _watch_memory(memory_mb):
    """Where the system does not enforce a limit: looks at the largest size so far, and raises in the main thread."""
    import ctypes
    import time

    start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    main = threading.main_thread().ident
    while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - start < memory_mb * 1024 * 1024:
        time.sleep(0.1)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(main), ctypes.py_object(MemoryError))
