"""How this process talks to the one that started it.

Events go out over a descriptor of their own, with the run's nonce and a running number; nothing that the learner's code
prints is ever read as a result. What it prints goes to descriptor 1, in order, whoever writes it.
"""

import io
import json
import os
import sys
import threading

_exit = os._exit


class Channel:
    """Events and output marks."""

    def __init__(self):
        self.number = 0
        self.nonce = ""
        self._events = -1
        self._output = os.dup(1)
        self.diagnostics = os.dup(2)
        self._lock = threading.Lock()
        self._streams = ()

    def read_config(self):
        """The line of JSON on standard input. The pipe stays open: its end tells that nobody waits any more."""
        private = os.dup(0)
        line = bytearray()
        while not line.endswith(b"\n"):
            block = os.read(private, 65536)
            if not block:
                end_group()
            line += block
        config = json.loads(bytes(line).decode("utf-8"))
        threading.Thread(target=_end_with_parent, args=(private,), daemon=True).start()
        return config

    def open(self, nonce, events):
        """Takes the descriptors away from the code to come."""
        self.nonce = nonce
        if events == "fd3":
            self._events = os.dup(3)
            os.close(3)
        else:
            self._events = os.open(events["path"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        os.dup2(1, 2)
        stream = io.TextIOWrapper(
            io.BufferedWriter(io.FileIO(1, "w", closefd=False)), encoding="utf-8", errors="backslashreplace", line_buffering=True
        )
        sys.stdin = open(0, encoding="utf-8", closefd=False)
        sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = stream
        self._streams = (stream,)

    def send(self, t, /, **fields):
        """Sends one event; `t` says of what kind."""
        with self._lock:
            event = {"n": self.nonce, "i": self.number, "t": t}
            event.update(fields)
            self.number += 1
            _write_all(self._events, (json.dumps(event, allow_nan=False) + "\n").encode("utf-8"))

    def mark(self, section):
        """Says in the output that what follows belongs to `section`."""
        self.flush()
        _write_all(self._output, ("\x1e%s:%s\x1e" % (self.nonce, section)).encode("utf-8"))

    def flush(self):
        """Whatever the learner's code did with the streams, what it printed goes out first."""
        for stream in self._streams + (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception:
                continue


def _write_all(descriptor, data):
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def _end_with_parent(private):
    while os.read(private, 65536):
        pass
    end_group()


def end_group():
    """Ends this process and all that it started."""
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        import signal

        os.killpg(0, signal.SIGKILL)
    _exit(3)
