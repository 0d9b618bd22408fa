"""Draws patterns.csv of PatternsBenchmark, and prints how few generated patterns do what random ones do.

    python patterns.py PATTERNS_CSV OUT_SVG
"""
import csv
import sys

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt  # noqa: E402


def read(path):
    """{data set: {source: [(patterns, objective, seconds), ...]}}, in the order of the file."""
    data = {}
    with open(path, newline="") as file:
        for r in csv.DictReader(file):
            point = (int(r["patterns"]), float(r["objective"]), float(r["seconds"]))
            data.setdefault(r["data"], {}).setdefault(r["source"], []).append(point)
    return data


def table(data):
    """For the largest and the 3,200 random gates: patterns and seconds, and the first round that is as good."""
    print("| data | random gates | objective | s | generated | objective | s | fewer |")
    print("|---|---|---|---|---|---|---|---|")
    for name, sources in data.items():
        for count, objective, seconds in sources.get("random", []):
            if count < 3000:
                continue
            first = next((p for p in sources["adaptive"] if p[1] <= objective), None)
            cells = ("-", "-", "-", "-") if first is None else (
                first[0], f"{first[1]:.6g}", f"{first[2]:.2f}", f"{count / first[0]:.0f} times")
            print(f"| {name} | {count} | {objective:.6g} | {seconds:.2f} | " + " | ".join(map(str, cells)) + " |")


def draw(data, path):
    plt.rcParams.update({"svg.hashsalt": "patterns", "font.size": 9, "svg.fonttype": "none"})
    figure, axes = plt.subplots(1, len(data), figsize=(3.1 * len(data), 2.9), layout="constrained")
    for axis, (name, sources) in zip(axes, data.items()):
        best = min(p[1] for points in sources.values() for p in points)
        for source, colour, label in (("random", "#b3541e", "random"), ("adaptive", "#1f5fa8", "generated")):
            points = sources.get(source, [])
            axis.plot([p[0] for p in points], [p[1] / best for p in points], marker="o", markersize=3,
                      color=colour, label=label)
        axis.set_xscale("log")
        axis.set_title(name)
        axis.set_xlabel("activation patterns")
        axis.grid(alpha=0.3)
    axes[0].set_ylabel("objective / smallest found")
    axes[0].legend(frameon=False)
    figure.savefig(path, metadata={"Date": None})


if __name__ == "__main__":
    rows = read(sys.argv[1])
    table(rows)
    draw(rows, sys.argv[2])
