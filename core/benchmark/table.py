"""Markdown tables of a benchmark: ours against the fastest peer, then every peer.

    python table.py PEERS_CSV [OURS_CSV [JAVA_CSV]]

The files have the columns of README.md; JAVA_CSV is ours without a native BLAS. ratio = seconds of the fastest peer that
reached the target / ours.
"""
import csv
import sys
from pathlib import Path


def load(file):
    """{(instance, model, task, target): [row, ...]} in the order of the file."""
    rows = {}
    if file and Path(file).exists():
        with open(file, newline="") as lines:
            for row in csv.DictReader(lines):
                key = row["instance"], row["model"], row["task"], float(row["target"])
                rows.setdefault(key, []).append(row)
    return rows


def reached(row):
    return row["status"] == "reached"


def best(rows):
    """The fastest row that reached the target, else the nearest to it, else None."""
    fast = [r for r in rows if reached(r)]
    if fast:
        return min(fast, key=lambda r: float(r["seconds"]))
    solved = [r for r in rows if r["gap"] != ""]
    return min(solved, key=lambda r: float(r["gap"])) if solved else None


def figures(row):
    """seconds and gap; a gap that misses the target is in brackets."""
    if row is None or row["gap"] == "":
        return "-", "-"
    gap = f"{float(row['gap']):.1e}"
    return f"{float(row['seconds']):.3g}", gap if reached(row) else f"({gap})"


def print_table(head, rows):
    for row in (head, ["---"] * len(head), *rows):
        print("| " + " | ".join(map(str, row)) + " |")
    print()


def compare(ours, java, peers):
    """One line a task and target."""
    for key in dict.fromkeys([*ours, *peers]):
        mine, other = best(ours.get(key, [])), best(peers.get(key, []))
        both = mine and other and reached(mine) and reached(other)
        ratio = f"{float(other['seconds']) / float(mine['seconds']):.1f}" if both else "-"
        name = "-" if other is None else other["solver"] if reached(other) else f"none reached; {other['solver']}"
        yield [*key[:3], f"{key[3]:g}", *figures(mine), figures(best(java.get(key, [])))[0], name, *figures(other), ratio]


def every(peers, names):
    """One line a task and target, one column a peer: seconds, and the gap where it misses the target."""
    for key, rows in peers.items():
        cells = {r["solver"]: figures(r)[0] if reached(r) else " ".join(figures(r)) for r in rows}
        yield [*key[:3], f"{key[3]:g}", *(cells.get(name, "") for name in names)]


if __name__ == "__main__":
    peers, ours, java = (load(file) for file in (*sys.argv[1:4], None, None)[:3])
    key = ["instance", "model", "task", "target"]
    print_table(key + ["ours s", "gap", "pure Java s", "fastest peer", "s", "gap", "ratio"], compare(ours, java, peers))
    names = list(dict.fromkeys(r["solver"] for rows in peers.values() for r in rows))
    print_table(key + names, every(peers, names))
