"""Places in the learner's own files: what a message points at."""

import linecache
import os
import traceback

_shown_frames = 12


class Places:
    """Which frames are the learner's: those of the file under test and of files beside or below it."""

    def __init__(self, learner_file, lab_dir):
        self.file = learner_file
        self._path = os.path.realpath(learner_file)
        self._folder = os.path.dirname(self._path) + os.sep
        kit = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
        self._foreign = (os.path.realpath(lab_dir) + os.sep, kit + os.sep)

    def is_own(self, filename):
        """Is it one of the learner's files?"""
        path = os.path.realpath(filename)
        if path == self._path:
            return True
        return path.startswith(self._folder) and not path.startswith(self._foreign) and "site-packages" not in path

    def own_frames(self, error):
        """The learner's frames of a traceback, outermost first."""
        frames = []
        for frame, line in traceback.walk_tb(error.__traceback__):
            code = frame.f_code
            if self.is_own(code.co_filename):
                frames.append(self._place(code.co_filename, line, code.co_name))
        return frames

    def where(self, error):
        """The innermost place in the learner's files, with the way to it; None when the error lies elsewhere."""
        frames = self.own_frames(error)
        if isinstance(error, SyntaxError) and error.filename and self.is_own(error.filename):
            frames.append(self._place(error.filename, error.lineno or 1, ""))
        if not frames:
            return None
        return dict(frames[-1], chain=frames[-_shown_frames:])

    def definition(self, value):
        """Where a function or class of the learner begins; None when that is not known."""
        code = getattr(value, "__code__", None)
        if code is None or not self.is_own(code.co_filename):
            return None
        place = self._place(code.co_filename, code.co_firstlineno, code.co_name)
        return dict(place, chain=[place])

    def line(self, number):
        """A place in the file under test."""
        place = self._place(self.file, number, "")
        return dict(place, chain=[place])

    def _place(self, filename, line, func):
        return {"file": filename, "line": line, "func": func, "code": linecache.getline(filename, line).strip()[:200]}
