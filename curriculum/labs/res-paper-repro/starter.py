"""A small reproduction, from the claim to the report.

README.md beside this file explains each step. Write the functions in this order, fill in config.json, run `python
repro.py`, and write REPORT.md. `settings_of` and `main` are finished.
"""

import json
import os

import numpy as np

# The factor of a 95 % interval: T95[n - 1] for n values.
T95 = {
    1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262, 10: 2.228,
    11: 2.201, 12: 2.179, 13: 2.160, 14: 2.145, 15: 2.131, 16: 2.120, 17: 2.110, 18: 2.101, 19: 2.093,
}  # fmt: skip


def settings_of(config, name):
    """The settings of one condition: the shared ones with its changes."""
    return {**config["shared"], **config["conditions"][name]["changes"]}


def check_plan(config):
    """What is wrong with a plan, before anything is run: a sorted list of codes, each once; empty for a sound plan.

    config: dict with
      "claim"       {"more": name, "less": name, "by": float}: under the condition `more` the measure is larger by at
                    least `by` than under `less`
      "shared"      dict of settings
      "conditions"  dict name -> {"role": "main" | "baseline" | "ablation", "changes": dict of settings}; the changes
                    replace shared settings
      "seeds"       list of ints
    Codes:
      "few-seeds"       fewer than three different seeds
      "no-main"         not exactly one condition with the role main
      "no-baseline", "no-ablation"   no condition with this role
      "not-one-change"  a baseline or ablation in which not exactly one setting has another value than in `shared` (a
                        change to the same value is none), or a main condition in which any has
      "unknown-claim"   the claim names a condition that does not exist
    """
    raise NotImplementedError("check_plan")


def sample(rng, n, features, density):
    """(n, features) inputs: each entry, on its own, is 0 with probability 1 - density, else uniform between 0 and 1."""
    raise NotImplementedError("sample")


def loss_and_grads(W, b, X, importance, relu):
    """The toy model of superposition: its loss and gradients.

    W: (hidden, features). b: (features,). X: (n, features). importance: (features,). relu: bool.
    h = X Wᵀ;  out = max(0, h W + b), or h W + b when relu is False.
    loss = mean over the n rows of the sum over features of importance * (out - X)². Returns (loss, dW, db).
    """
    raise NotImplementedError("loss_and_grads")


def run(settings, seed):
    """Trains one model and measures it.

    settings: dict with "features", "hidden", "density", "relu", "decay", "steps", "batch", "lr". The importance of
    feature i (from 0) is decay ** i.
    seed: int. Everything random comes from it: the same seed gives the same result, another seed another one.
    Train on fresh samples for `steps` steps of `batch` rows. Initialisation and optimiser are yours; small random W,
    b = 0 and Adam work. (With large initial weights, such as standard normal ones, dense features get stuck; plain
    gradient descent is too slow with the `lr` of the plan.) It takes a few seconds at most.
    Returns a dict of plain Python numbers (results.json cannot hold an np.int64):
      "loss"                    float, on at least 2000 fresh samples
      "norms"                   list of floats, |W[:, i]|² for each feature
      "features_per_dimension"  float, the sum of the norms / hidden
      "stored"                  int, how many norms exceed 0.5
    """
    raise NotImplementedError("run")


def aggregate(runs, key="features_per_dimension"):
    """Mean and 95 % interval of one number over runs with different seeds.

    runs: list of 2 to 20 dicts as `run` returns. Returns {"n": int, "mean": float, "low": float, "high": float}: mean ±
    T95[n - 1] * s / sqrt(n) with the sample standard deviation s (n - 1).
    """
    raise NotImplementedError("aggregate")


def verdict(summaries, claim):
    """What the intervals say about the claim: "supported", "not supported" or "unclear".

    summaries: dict name -> what `aggregate` returns. claim: as in the plan. difference = mean of `more` - mean of
    `less`; its half-width is sqrt(half_more² + half_less²), where a half is (high - low) / 2. Supported when the whole
    interval lies at or above `by`, not supported when the whole interval lies below it, unclear otherwise.
    """
    raise NotImplementedError("verdict")


def report_table(summaries):
    """The results as a Markdown table (a str, lines separated by a newline, none at the end):

    | condition | n | mean | low | high |
    |---|---|---|---|---|
    | sparse | 5 | 1.234 | 1.100 | 1.368 |

    One line for each condition, in the order of the dict, the last three numbers with three decimals.
    """
    raise NotImplementedError("report_table")


def figure_csv(summaries):
    """The figure as data (a str): a first line "condition,mean,low,high", then a line for each condition in order,
    numbers as %.6g.

    Every line ends with a newline, the last one too.
    """
    raise NotImplementedError("figure_csv")


def main():
    """Carries out the plan in config.json; writes results.json and figure.csv beside this file."""
    folder = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(folder, "config.json"), encoding="utf-8") as file:
        config = json.load(file)
    problems = check_plan(config)
    if problems:
        raise SystemExit("config.json is not a plan yet: " + ", ".join(problems))
    runs = {}
    for name in config["conditions"]:
        runs[name] = {str(seed): run(settings_of(config, name), seed) for seed in config["seeds"]}
        print("%s: done" % name)
    summaries = {name: aggregate(list(each.values())) for name, each in runs.items()}
    results = {"runs": runs, "summaries": summaries, "verdict": verdict(summaries, config["claim"])}
    with open(os.path.join(folder, "results.json"), "w", encoding="utf-8") as file:
        json.dump(results, file, indent=1)
    with open(os.path.join(folder, "figure.csv"), "w", encoding="utf-8") as file:
        file.write(figure_csv(summaries))
    print(report_table(summaries))
    print("Verdict:", results["verdict"])


if __name__ == "__main__":
    main()
