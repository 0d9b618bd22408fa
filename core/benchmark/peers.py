"""Runs the public solvers and writes, for every target gap, the fastest of their settings whose answer is certified.

    python peers.py INSTANCES_DIR OUT_CSV [--instances a,b] [--peers a,b] [--models gated,relu] [--ratios .1,.01]
                    [--cap SECONDS] [--relu-cap SECONDS] [--no-paths] [--resume]

One peer on one task is one process, so that it can be stopped: it sweeps its settings from loose to tight, each solve
limited to the cap in CPU seconds, and ends when the tightest target is reached or tightening no longer helps. Every
solve goes to OUT_CSV with the ending .jsonl, the choice to OUT_CSV (columns: README.md). With --resume both files grow
by the tasks that they do not have yet.
"""
import argparse
import csv
import importlib.util
import itertools
import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

import solvers
from certify import Problem, relative_gap
from instances import NAMES, read

COLUMNS = ("instance", "model", "task", "target", "solver", "setting", "seconds", "gap", "peakMemoryMb", "status")
PATH = "path-100"
TARGETS = {"lambda": (1e-3, 1e-6), "path": (1e-2, 1e-3, 1e-6)}
REPEATS, REPEAT_BELOW = 2, 1.0  # short solves: the shortest of three
# Large temporaries stay in the process: fresh pages cost the numpy solvers half their time.
MALLOC = {"MALLOC_MMAP_THRESHOLD_": str(2**33), "MALLOC_TRIM_THRESHOLD_": str(2**34)}


def powers(start, stop, step=1.0):
    """10^-start, ..., 10^-stop."""
    return [10.0**-k for k in np.arange(start, stop + step / 2, step)]


def sequences(peer, model, path):
    """Sequences of settings, each from loose to tight; `points` > 1 reaches a single lambda through a short path from
    lambda_max."""
    if peer == "adelie" and path:
        return [[dict(tol=t) for t in powers(8, 12, 0.5) + powers(13, 18)]]
    if peer == "adelie" and model == "gated":
        return [[dict(tol=t, points=k) for t in powers(7, 18)] for k in (2, 6)]
    if peer == "adelie":
        return [[dict(tol=t, cone_tol=c) for t in powers(9, 21, 2)] for c in powers(5, 10)]
    if peer == "skglm":
        return [[dict(tol=t) for t in powers(0.5, 9, 0.5)]]
    if peer == "celer":
        return [[dict(tol=t) for t in powers(2, 14)]]
    if peer == "scnn" and model == "gated":
        return [[dict(tol=t, iterations=10**6) for t in powers(4, 20)]]
    if peer == "scnn":
        return [[dict(tol=1e-12, iterations=250 * 4**k) for k in range(9)]]
    return [[dict(tol=t) for t in (1e-4, 1e-7)]]


PEERS = {  # name, also of the package to import: how to make the solver, and what it solves
    "adelie": (lambda: solvers.adelie, ("gated", "relu")),
    "skglm": (solvers.Skglm, ("gated",)),
    "celer": (solvers.Celer, ("gated",)),
    "scnn": (lambda: solvers.scnn, ("gated", "relu")),
    "clarabel": (lambda: solvers.clarabel, ("relu",)),
}
TOO_LARGE = {("clarabel", "dig"), ("clarabel", "syn")}  # tens of GB


def sweep(folder, name, model, task, peer, sequence, cap):
    """Solves with each setting of one sequence and prints a JSON line a solve."""
    X, y, D, gates, _ = read(folder, name)
    problem = Problem(X, y, D, model, gates)
    largest = problem.lambda_max()
    path = task == PATH
    end = 0.01 if path else float(task.removeprefix("lambda-"))
    solver = PEERS[peer][0]()
    target = min(TARGETS["path" if path else "lambda"])
    best, idle = np.inf, 0
    if isinstance(solver, solvers.Skglm):
        solver.prepare(problem)
    for setting in sequences(peer, model, path)[sequence]:
        setting = dict(setting)
        label = " ".join(f"{k}={v:.1e}" if isinstance(v, float) else f"{k}={v}" for k, v in setting.items())
        points = setting.pop("points", 100 if path else 1)
        lams = largest * (np.logspace(0, np.log10(end), points) if points > 1 else np.array([end]))
        print(json.dumps(dict(setting=label, status="started")), flush=True)
        signal.setitimer(signal.ITIMER_PROF, cap)  # SIGPROF ends the process, native code or not
        try:
            seconds, weights = solver(problem, lams, **setting)
            for _ in range(REPEATS if seconds < REPEAT_BELOW else 0):
                seconds = min(seconds, solver(problem, lams, **setting)[0])
        except (RuntimeError, ValueError, ArithmeticError) as error:
            signal.setitimer(signal.ITIMER_PROF, 0)
            print(json.dumps(dict(setting=label, status=f"failed: {str(error)[:200]}")), flush=True)
            continue
        signal.setitimer(signal.ITIMER_PROF, 0)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        bounds = [problem.bounds(weights[i], lams[i]) for i in (range(points) if path else [points - 1])]
        gap = max(relative_gap(F, G) for F, G in bounds)
        print(json.dumps(dict(setting=label, seconds=round(seconds, 4), gap=float(f"{gap:.3e}"),
                              peakMemoryMb=round(memory), status="solved", bounds=bounds)), flush=True)
        idle = 0 if gap < 0.7 * best else idle + 1
        best = min(best, gap)
        if best <= target or idle >= 3:
            return


def run_sweep(arguments, wall):
    """The JSON lines of one sweep in its own process; a killed solve is `timeout`."""
    process = subprocess.Popen([sys.executable, "-W", "ignore", __file__, "--sweep", *map(str, arguments)],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | MALLOC)
    try:
        out, err = process.communicate(timeout=wall)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
    records = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    done = [r for r in records if r["status"] != "started"]
    if process.returncode:
        last = records[-1]["setting"] if records and records[-1]["status"] == "started" else ""
        timeout = process.returncode in (-signal.SIGPROF, -signal.SIGKILL)
        done.append(dict(setting=last, status="timeout" if timeout else f"failed: {err.strip()[-300:]}"))
    return done


def choose(records, target, cap):
    """The fastest certified record, else the nearest one, marked."""
    solved = [r for r in records if r["status"] == "solved"]
    reached = [r for r in solved if r["gap"] <= target]
    if reached:
        return dict(min(reached, key=lambda r: r["seconds"]), status="reached")
    stopped = any(r["status"] == "timeout" for r in records)
    nearest = min(solved, key=lambda r: r["gap"]) if solved else dict(setting="", seconds="", gap="", peakMemoryMb="")
    return dict(nearest, status=f"not reached in {cap:g} s" if stopped else "not reached")


def jobs(options):
    """(instance, model, task, peer) in turn."""
    for name, model in itertools.product(options.instances, options.models):
        tasks = [f"lambda-{r:g}" for r in options.ratios]
        if model == "gated" and not options.no_paths:
            tasks.append(PATH)
        for task, peer in itertools.product(tasks, options.peers):
            if model in PEERS[peer][1] and (peer, name) not in TOO_LARGE:
                yield name, model, task, peer


def finished(out):
    """{(instance, model, task, peer)} of the rows of OUT_CSV, empty where it is missing."""
    if not out.exists():
        return set()
    with open(out, newline="") as file:
        return {(r["instance"], r["model"], r["task"], r["solver"]) for r in csv.DictReader(file)}


def main(options):
    out = Path(options.out)
    out.parent.mkdir(parents=True, exist_ok=True)
    for peer in [p for p in options.peers if importlib.util.find_spec(p) is None]:
        print(f"peers: {peer} is not installed and is left out", file=sys.stderr)
        options.peers.remove(peer)
    done = finished(out) if options.resume else set()
    mode = "a" if done else "w"
    with open(out, mode, newline="") as table, open(out.with_suffix(".jsonl"), mode) as raw:
        writer = csv.DictWriter(table, COLUMNS, extrasaction="ignore")
        if not done:
            writer.writeheader()
        for name, model, task, peer in jobs(options):
            if (name, model, task, peer) in done:
                continue
            key = dict(instance=name, model=model, task=task, solver=peer)
            cap = options.relu_cap if model == "relu" else options.cap * (2 if task == PATH else 1)
            records = []
            for sequence in range(len(sequences(peer, model, task == PATH))):
                swept = run_sweep((options.folder, name, model, task, peer, sequence, cap), 20 * cap)
                records += swept
                reached = any(r.get("gap", np.inf) <= min(TARGETS["lambda"]) for r in swept)
                if (swept and swept[0]["status"] == "timeout") or (model == "relu" and reached):
                    break  # the next sequence of cone tolerances is tighter, and slower
            for record in records:
                raw.write(json.dumps(dict(key, **record)) + "\n")
            for target in TARGETS["path" if task == PATH else "lambda"]:
                row = dict(key, target=f"{target:g}", **choose(records, target, cap))
                writer.writerow(row)
                print(f"{time.strftime('%H:%M:%S')} {name} {model} {task} {peer} {target:g}: {row['status']}, "
                      f"{row['seconds']} s, gap {row['gap']}, {row['setting']}", flush=True)
            raw.flush()
            table.flush()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--sweep"]:
        folder, name, model, task, peer, sequence, cap = sys.argv[2:]
        sweep(folder, name, model, task, peer, int(sequence), float(cap))
    else:
        parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
        names = lambda text: text.split(",")
        parser.add_argument("folder", metavar="INSTANCES_DIR")
        parser.add_argument("out", metavar="OUT_CSV")
        parser.add_argument("--instances", type=names, default=list(NAMES))
        parser.add_argument("--peers", type=names, default=list(PEERS))
        parser.add_argument("--models", type=names, default=["gated", "relu"])
        parser.add_argument("--ratios", type=lambda t: [float(r) for r in t.split(",") if r], default=[0.1, 0.03, 0.01])
        parser.add_argument("--cap", type=float, default=60, help="CPU seconds a gated solve; twice that for a path")
        parser.add_argument("--relu-cap", type=float, default=150, help="CPU seconds a relu solve")
        parser.add_argument("--no-paths", action="store_true")
        parser.add_argument("--resume", action="store_true", help="keep OUT_CSV's rows and go on")
        main(parser.parse_args())
