"""Tables that the networks of tests are fitted to, and rows that they predict: seeded, the same on every machine."""

from __future__ import annotations

import csv
import random
import sys
from pathlib import Path


def table(name: str, rows: int, seed: int) -> list[list[str]]:
    """A header and rows of one of the tables."""
    own = random.Random(f"{name} {seed}")
    header, row = TABLES[name]
    return [header, *([str(cell) for cell in row(own)] for _ in range(rows))]


def _numbers(own: random.Random) -> list[object]:
    x = [round(own.gauss(0, 1), 4) for _ in range(3)]
    # A column far from zero, whose digits cancel.
    return [x[0], 1e8 + x[1], round(1e-3 * x[2], 9), round(abs(x[0]) - x[1] * x[2] + own.gauss(0, 0.1), 6)]


def _mixed(own: random.Random) -> list[object]:
    age = own.randint(18, 90)
    sex = own.choice(["female", "male"])
    city = own.choice(["Ulm", "Bonn", "Köln", "a, b", "rare" if own.random() < 0.1 else "Jena"])
    day = f"{own.randint(1990, 2024)}-{own.randint(1, 12):02}-{own.randint(1, 28):02}"
    when = day if own.random() < 0.5 else f"{day} {own.randint(0, 23):02}:{own.randint(0, 59):02}"
    smoker = own.choice(["true", "False"])
    risk = age + 20 * (smoker == "true") + 10 * (sex == "male") + own.gauss(0, 8)
    label = "high" if risk > 70 else "low"

    def some(cell: object) -> object:
        return own.choice(["", "NA", "?"]) if own.random() < 0.08 else cell

    return [some(age), some(sex), some(city), some(when), some(smoker), label]


def _kinds(own: random.Random, labels: list[object]) -> list[object]:
    at = own.randrange(3)
    x = own.gauss((0, 2, 1)[at], 0.7)
    y = own.gauss((0, 0, 2)[at], 0.7)
    return [round(x, 4), round(y, 4), labels[at]]


def _columns(own: random.Random) -> list[object]:
    x, y = own.gauss(0, 1), own.gauss(0, 1)
    return [round(x, 4), round(y, 4), round(abs(x) + y, 4), 7 if x * y > 0 else 3]


TABLES = {
    "numbers": (["a", "far", "small", "label"], _numbers),
    "mixed": (["age", "sex", "city", "when", "smoker", "label"], _mixed),
    "kinds": (["x", "y", "label"], lambda own: _kinds(own, ["cat", "dog", "eel"])),
    "digits": (["x", "y", "label"], lambda own: _kinds(own, [0, 1, 2])),
    "columns": (["x", "y", "amount", "side"], _columns),
}

if __name__ == "__main__":
    for name in TABLES:
        for use, rows, seed in (("train", 120, 1), ("new", 40, 2)):
            with open(Path(sys.argv[1]) / f"{name}-{use}.csv", "w", newline="", encoding="utf-8") as file:
                csv.writer(file, lineterminator="\n").writerows(table(name, rows, seed))
