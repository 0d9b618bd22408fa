"""Sums up heldout.csv of HeldOutBenchmark as a markdown table.

    python heldout.py HELDOUT_CSV
"""
import csv
import statistics
import sys


def pairs(rows, name):
    """The two rows of every fold and seed of a data set, by source."""
    found = {}
    for r in rows:
        if r["data"] == name:
            found.setdefault((r["fold"], r["seed"]), {})[r["source"]] = r
    return [p for p in found.values() if len(p) == 2]


def line(name, folds):
    def column(source, key):
        return [float(p[source][key]) for p in folds]

    both = ("random", "adaptive")
    mean = {s: statistics.mean(column(s, "heldOutMse")) for s in both}
    better = sum(a < r for r, a in zip(column("random", "heldOutMse"), column("adaptive", "heldOutMse")))
    last = statistics.median(a / r for r, a in zip(column("random", "lastObjective"), column("adaptive", "lastObjective")))
    accuracy = {s: "" for s in both}
    if folds[0]["random"]["heldOutAccuracy"]:
        accuracy = {s: f"{100 * statistics.mean(column(s, 'heldOutAccuracy')):.1f} %" for s in both}
    seconds = {s: statistics.mean(column(s, "seconds")) for s in both}
    patterns = statistics.median(column("adaptive", "patterns"))
    return (f"| {name} | {accuracy['random']} | {accuracy['adaptive']} | {mean['random']:.4g} | {mean['adaptive']:.4g} "
            f"| {better} of {len(folds)} | {100 * (last - 1):.0f} % | {patterns:.0f} "
            f"| {seconds['random']:.2f} | {seconds['adaptive']:.1f} |")


if __name__ == "__main__":
    with open(sys.argv[1], newline="") as file:
        records = list(csv.DictReader(file))
    print("| data | accuracy random | generated | MSE random | generated | generated better | objective | patterns "
          "| s random | s generated |")
    print("|" + "---|" * 10)
    for data in dict.fromkeys(r["data"] for r in records):
        print(line(data, pairs(records, data)))
