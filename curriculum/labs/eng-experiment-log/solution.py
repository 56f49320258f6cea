"""A small experiment log: one possible solution."""

import hashlib
import json
import math
import os

import numpy as np


def config_hash(config):
    text = json.dumps(config, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]


class Run:
    def __init__(self, folder, config):
        self.path = os.path.join(folder, config_hash(config))
        self.file = os.path.join(self.path, "metrics.jsonl")
        os.makedirs(self.path, exist_ok=True)
        with open(os.path.join(self.path, "config.json"), "w", encoding="utf-8") as file:
            json.dump(config, file)
        if os.path.exists(self.file):
            with open(self.file, encoding="utf-8") as file:
                text = file.read()
            if text and not text.endswith("\n"):
                self.write("\n")

    def write(self, text):
        with open(self.file, "a", encoding="utf-8") as file:
            file.write(text)

    def log(self, step, **metrics):
        row = {"step": int(step)}
        row.update((name, float(value)) for name, value in metrics.items())
        self.write(json.dumps(row) + "\n")


def load_runs(folder):
    runs = []
    for name in sorted(os.listdir(folder)):
        config_file = os.path.join(folder, name, "config.json")
        if os.path.exists(config_file):
            with open(config_file, encoding="utf-8") as file:
                config = json.load(file)
            runs.append({"config": config, "hash": name, "history": read_history(os.path.join(folder, name, "metrics.jsonl"))})
    return runs


def read_history(path):
    rows = {}
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            for line in file:
                try:
                    row = json.loads(line)
                except ValueError:
                    continue
                rows[row["step"]] = row
    return [rows[step] for step in sorted(rows)]


def finite_values(run, metric):
    return [row[metric] for row in run["history"] if metric in row and math.isfinite(row[metric])]


def best(runs, metric, mode):
    pick = {"max": max, "min": min}[mode]
    candidates = [(run, pick(finite_values(run, metric))) for run in runs if finite_values(run, metric)]
    return pick(candidates, key=lambda pair: pair[1]) if candidates else None


def compare(runs, key, metric):
    groups = {}
    for run in runs:
        values = finite_values(run, metric)
        if key in run["config"] and values:
            groups.setdefault(run["config"][key], []).append(values[-1])
    return {setting: summary(values) for setting, values in groups.items()}


def summary(values):
    sd = float(np.std(values, ddof=1)) if len(values) > 1 else None
    return {"n": len(values), "mean": float(np.mean(values)), "sd": sd}


def same_seed_same_curve(train_fn, seed):
    first = list(train_fn(np.random.default_rng(seed)))
    second = list(train_fn(np.random.default_rng(seed)))
    return first == second
