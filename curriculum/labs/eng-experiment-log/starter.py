"""A small experiment log. README.md beside this file explains each step; write the functions in this order.

On disk, a log is a folder with a folder for each run:

    <folder>/<hash of the config>/config.json       the config, as JSON
    <folder>/<hash of the config>/metrics.jsonl     one line of JSON for each call of `log`: {"step": 3, "loss": 0.71}

A config is a dict with strings as keys; its values are numbers, strings, booleans, None, lists, or such dicts.
"""

import hashlib
import json
import math
import os

import numpy as np


def config_hash(config):
    """A name for a config: the first 12 hexadecimal digits of the SHA-256 of its JSON text with sorted keys.

    The JSON text is that of json.dumps with its usual separators, encoded as UTF-8. Configs that differ only in the
    order of their keys, at any depth, get the same name.
    """
    raise NotImplementedError("config_hash")


class Run:
    """One run, writing to disk.

    path: the run's folder, as a string: os.path.join(folder, config_hash(config)).
    """

    def __init__(self, folder, config):
        """Creates the run's folder (and those above it) if it is missing, and writes config.json.

        If there is a metrics.jsonl already, the run is resumed: its lines stay. Its last line may be unfinished
        because the process was killed while writing: what is logged from now on must begin on a line of its own.
        """
        raise NotImplementedError("Run")

    def log(self, step, **metrics):
        """Adds one line to metrics.jsonl: {"step": step, name: value, ...}.

        When it returns, the line is in the file. Earlier lines are not written again (another process may have
        added some).
        step and values may be NumPy scalars, such as np.int64 and np.float32; a value may be NaN.
        """
        raise NotImplementedError("Run.log")


def load_runs(folder):
    """All runs of a log, as a list of dicts, in the order of their hashes.

    Each dict has "config" (dict), "hash" (str, the name of the folder) and "history": a list of dicts, the rows of
    metrics.jsonl in ascending order of "step". Of two rows with the same step, the later line counts. Lines that
    are not valid JSON are skipped. A run without metrics.jsonl has an empty history. Whatever has no config.json is
    not a run.
    """
    raise NotImplementedError("load_runs")


def best(runs, metric, mode):
    """The run with the best value of a metric, over all its steps.

    runs: as from load_runs. mode: "max" or "min". Rows without the metric, and values that are NaN or infinite, do
    not count.
    Returns (run, value): the dict from `runs`, and the value. Of equal values, the run that comes first in the
    list. None if there is no value at all.
    """
    raise NotImplementedError("best")


def compare(runs, key, metric):
    """Compares the settings of one config key (its values are numbers, strings or booleans) over the runs that
    share them.

    The final value of a run is that of its last row with a finite value of the metric; a run without one does not
    count, nor does a run whose config has no such key.
    Returns a dict: {config[key]: {"n": number of runs, "mean": mean of their final values, "sd": standard
    deviation}}, the sd with n - 1 in its denominator, and None when n is 1: one run says nothing about spread.
    """
    raise NotImplementedError("compare")


def same_seed_same_curve(train_fn, seed):
    """Whether a seed fixes the result of a training.

    train_fn: takes a numpy Generator, returns a list of losses. It is called twice, each time with a fresh
    np.random.default_rng(seed). Returns True if the two lists are exactly equal, otherwise False.
    The global generators (np.random, random) are neither seeded nor used.
    """
    raise NotImplementedError("same_seed_same_curve")
