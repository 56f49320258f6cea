"""A small reproduction, from the claim to the report: one possible solution."""

import json
import os

import numpy as np

T95 = {
    1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262, 10: 2.228,
    11: 2.201, 12: 2.179, 13: 2.160, 14: 2.145, 15: 2.131, 16: 2.120, 17: 2.110, 18: 2.101, 19: 2.093,
}  # fmt: skip


def settings_of(config, name):
    return {**config["shared"], **config["conditions"][name]["changes"]}


def check_plan(config):
    problems = []
    conditions = config["conditions"]
    roles = [condition["role"] for condition in conditions.values()]
    if len(set(config["seeds"])) < 3:
        problems.append("few-seeds")
    if roles.count("main") != 1:
        problems.append("no-main")
    if "baseline" not in roles:
        problems.append("no-baseline")
    if "ablation" not in roles:
        problems.append("no-ablation")
    for condition in conditions.values():
        changed = [key for key, value in condition["changes"].items() if value != config["shared"].get(key)]
        wanted = 0 if condition["role"] == "main" else 1
        if len(changed) != wanted:
            problems.append("not-one-change")
    if any(config["claim"][side] not in conditions for side in ("more", "less")):
        problems.append("unknown-claim")
    return sorted(set(problems))


def sample(rng, n, features, density):
    return np.where(rng.random((n, features)) < density, rng.random((n, features)), 0.0)


def loss_and_grads(W, b, X, importance, relu):
    h = X @ W.T
    out = h @ W + b
    active = out > 0 if relu else np.ones_like(out, dtype=bool)
    error = np.where(active, out, 0.0) - X
    loss = (importance * error**2).sum(axis=1).mean()
    d_out = 2 * importance * error * active / len(X)
    dW = h.T @ d_out + (d_out @ W.T).T @ X
    return float(loss), dW, d_out.sum(axis=0)


def run(settings, seed):
    rng = np.random.default_rng(seed)
    features, hidden = settings["features"], settings["hidden"]
    importance = settings["decay"] ** np.arange(features)
    W, b = rng.normal(size=(hidden, features)) * 0.3, np.zeros(features)
    params, first, second = [W, b], [np.zeros_like(W), np.zeros_like(b)], [np.zeros_like(W), np.zeros_like(b)]
    for step in range(1, settings["steps"] + 1):
        X = sample(rng, settings["batch"], features, settings["density"])
        _, *grads = loss_and_grads(*params, X, importance, settings["relu"])
        lr = settings["lr"] * min(1.0, 2 * (1 - (step - 1) / settings["steps"]))
        for i, g in enumerate(grads):
            first[i] = 0.9 * first[i] + 0.1 * g
            second[i] = 0.999 * second[i] + 0.001 * g**2
            params[i] = params[i] - lr * (first[i] / (1 - 0.9**step)) / (np.sqrt(second[i] / (1 - 0.999**step)) + 1e-8)
    W, b = params
    loss, _, _ = loss_and_grads(W, b, sample(rng, 4000, features, settings["density"]), importance, settings["relu"])
    norms = (W**2).sum(axis=0)
    return {
        "loss": loss,
        "norms": [float(x) for x in norms],
        "features_per_dimension": float(norms.sum() / hidden),
        "stored": int((norms > 0.5).sum()),
    }


def aggregate(runs, key="features_per_dimension"):
    values = np.array([each[key] for each in runs], dtype=float)
    n, mean = len(values), values.mean()
    half = T95[n - 1] * values.std(ddof=1) / np.sqrt(n)
    return {"n": n, "mean": float(mean), "low": float(mean - half), "high": float(mean + half)}


def verdict(summaries, claim):
    more, less = summaries[claim["more"]], summaries[claim["less"]]
    difference = more["mean"] - less["mean"]
    half = np.hypot((more["high"] - more["low"]) / 2, (less["high"] - less["low"]) / 2)
    if difference - half >= claim["by"]:
        return "supported"
    if difference + half < claim["by"]:
        return "not supported"
    return "unclear"


def report_table(summaries):
    lines = ["| condition | n | mean | low | high |", "|---|---|---|---|---|"]
    for name, s in summaries.items():
        lines.append("| %s | %d | %.3f | %.3f | %.3f |" % (name, s["n"], s["mean"], s["low"], s["high"]))
    return "\n".join(lines)


def figure_csv(summaries):
    rows = ["%s,%.6g,%.6g,%.6g" % (name, s["mean"], s["low"], s["high"]) for name, s in summaries.items()]
    return "\n".join(["condition,mean,low,high"] + rows) + "\n"


def main():
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
