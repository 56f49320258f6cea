"""The process that checks a learner's file: reads its orders, runs the checks, sends what came of them.

The order matters. Channels before any code of others, so that it cannot write to them; NumPy before the limits, which count from
there; the kit and the grader before the learner's file, so that it cannot change what they have bound.
"""

import faulthandler
import os
import platform
import sys
import time

_load_seconds = 15.0
_exit = os._exit


def main():
    started = time.perf_counter()
    from .channel import Channel

    channel = Channel()
    faulthandler.enable(file=channel.diagnostics, all_threads=False)
    problem = None
    try:
        import numpy
    except Exception as error:
        problem = "%s: %s" % (type(error).__name__, str(error).strip().split("\n")[-1])
    boot_ms = round((time.perf_counter() - started) * 1000, 1)
    # Up to here nothing depends on the lab: Node may start this process before it knows which one is meant.
    config = channel.read_config()
    channel.open(config["nonce"], config["events"])
    os.chdir(os.path.dirname(config["learner_file"]))
    if problem is not None:
        channel.send("fatal", kind="numpy", message=problem)
        _leave(channel)
    channel.send(
        "hello",
        python=platform.python_version(),
        numpy=numpy.__version__,
        executable=sys.executable,
        pid=os.getpid(),
        boot_ms=boot_ms,
    )
    try:
        _work(channel, config)
    except BaseException as error:
        from .run import describe_with_place

        channel.send("fatal", kind="grader", message=describe_with_place(error))
    _leave(channel)


def _leave(channel):
    channel.flush()
    _exit(0)


def _work(channel, config):
    # The kit's compiled code is kept beside it, also where Python is told to keep none.
    sys.dont_write_bytecode = False
    from aisafe_lab import registry

    from . import lab, run  # noqa: F401
    from .learner import load
    from .limits import Stopwatch, limit_resources, refuse_exit
    from .places import Places
    from .pristine import Pristine

    if config.get("mode") == "fuzz":
        from .fuzz import fuzz
    # Nothing is left beside labs and learners' files.
    sys.dont_write_bytecode = True
    limit_resources(config["total_s"], config["memory_mb"])
    lab_dir = config["lab_dir"]
    places = Places(config["learner_file"], lab_dir)
    stopwatch = Stopwatch(channel.diagnostics)
    sys.path.insert(1, lab_dir)
    load(os.path.join(lab_dir, "grader.py"), "aisafe_grader")
    sys.path.remove(lab_dir)
    # From here on a learner's own modules come before ours, whatever they are called.
    sys.path.pop(0)
    checks = list(registry.checks.values())
    only = config.get("only")
    if only is not None:
        unknown = [id for id in only if id not in registry.checks]
        if unknown:
            channel.send("fatal", kind="config", message="there is no check %s" % ", ".join(unknown))
            return
        checks = [check for check in checks if check.id in only]
    channel.send("plan", checks=[check.describe() for check in checks])
    pristine = Pristine()
    refuse_exit()
    module = _load_learner(channel, config, places, stopwatch)
    if module is None:
        channel.mark("end")
        channel.send("done", counts={})
        return
    if config.get("mode") == "fuzz":
        fuzz(module, places, config, channel, stopwatch, pristine)
        channel.send("done", counts={})
        return
    counts = {}
    for seed in config.get("seeds") or [config["seed"]]:
        if config.get("seeds"):
            channel.send("seed", seed=seed)
        _run_checks(channel, config, checks, module, places, seed, stopwatch, pristine, counts)
    channel.mark("end")
    channel.send("done", counts=counts)


def _load_learner(channel, config, places, stopwatch):
    """The learner's module; None when it cannot be loaded, which is said in an event."""
    from .learner import Forbidden, load, scan
    from .limits import CheckTimeout
    from .run import clean, describe

    path = config["learner_file"]
    channel.mark("load")
    channel.send("start", id="load")
    status, message, where, module = "ok", "", None, None
    try:
        scan(path, config.get("forbid") or {})
        sys.path.append(os.path.dirname(path))
        with stopwatch.limit(_load_seconds * config.get("time_scale", 1.0)):
            module = load(path)
    except Forbidden as error:
        status, message, where = "forbidden", str(error), places.line(error.line)
    except CheckTimeout as error:
        status, message, where = "timeout", "loading the file: " + str(error), places.where(error)
    except OSError as error:
        status, message, where = "error", describe(error), places.where(error)
    except BaseException as error:
        status, message, where = "error", describe(error), places.where(error)
    channel.send("load", status=status, message=clean(message, 2000), where=where)
    return module if status == "ok" else None


def _run_checks(channel, config, checks, module, places, seed, stopwatch, pristine, counts):
    from .run import Run, check_seed

    run = Run(module, places, seed, channel)
    scale = config.get("time_scale", 1.0)
    statuses = dict(config.get("settled") or {})
    for check in checks:
        if check.id in statuses:
            continue
        unmet = [need for need in check.needs if statuses.get(need, "skip") != "pass"]
        if unmet and config.get("only") is None:
            channel.mark(check.id)
            result = {
                "id": check.id,
                "status": "skip",
                "ms": 0.0,
                "message": "waits for %s" % ", ".join(unmet),
                "where": None,
                "details": None,
            }
        else:
            pristine.restore(check_seed(seed, check.id))
            channel.mark(check.id)
            channel.send("start", id=check.id)
            result = run.perform(check, stopwatch, check.timeout * scale)
        channel.flush()
        statuses[check.id] = result["status"]
        counts[result["status"]] = counts.get(result["status"], 0) + 1
        channel.send("check", **result)
