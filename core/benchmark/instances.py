"""The four benchmark problems, as data files that every solver reads.

NAME/X.csv      n rows of d numbers, as the solver sees them: standardised, nothing to add
NAME/y.csv      n targets
NAME/gates.csv  one gate g a row (d numbers); D_g = diag(1[X g >= 0])
All files are headerless, comma-separated and exact (17 digits). Several gates may share a pattern: a block of the
convex program is one *distinct*, non-empty pattern.

    python instances.py INSTANCES_DIR [NAME ...]
"""
import sys
from pathlib import Path

import numpy as np

NAMES = ("bc", "diab", "dig", "syn")
GATES = {"bc": 500, "diab": 500, "dig": 1000, "syn": 1000}


def standardise(X):
    return (X - X.mean(0)) / X.std(0)


def breast_cancer():
    """Breast cancer Wisconsin (569 x 30), labels -1, +1."""
    from sklearn.datasets import load_breast_cancer
    X, t = load_breast_cancer(return_X_y=True)
    return standardise(X), 2.0 * t - 1


def diabetes():
    """Diabetes (442 x 10 and a column of ones), standardised target."""
    from sklearn.datasets import load_diabetes
    X, t = load_diabetes(return_X_y=True)
    return np.c_[standardise(X), np.ones(len(X))], (t - t.mean()) / t.std()


def digits():
    """Digits 3 (+1) against 8 (-1), constant pixels dropped (357 rows)."""
    from sklearn.datasets import load_digits
    X, t = load_digits(return_X_y=True)
    keep = (t == 3) | (t == 8)
    X, t = X[keep], t[keep]
    return standardise(X[:, X.std(0) > 0]), np.where(t == 3, 1.0, -1.0)


def teacher():
    """1000 x 50 Gaussian rows, a ReLU teacher of 10 neurons, noise of 0.1 standard deviations."""
    rng = np.random.default_rng(1)
    X = rng.standard_normal((1000, 50))
    W, a = rng.standard_normal((50, 10)), rng.standard_normal(10)
    y = np.maximum(X @ W, 0) @ a
    return X, y + 0.1 * y.std() * rng.standard_normal(1000)


MAKERS = {"bc": breast_cancer, "diab": diabetes, "dig": digits, "syn": teacher}


def write(folder, name):
    X, y = MAKERS[name]()
    G = np.random.default_rng(0).standard_normal((X.shape[1], GATES[name]))
    target = Path(folder) / name
    target.mkdir(parents=True, exist_ok=True)
    for file, table in (("X", X), ("y", y), ("gates", G.T)):
        np.savetxt(target / f"{file}.csv", table, fmt="%.17g", delimiter=",")


def read(folder, name):
    """X (n x d), y (n), distinct non-empty patterns D (P x n, bool), one gate of each (P x d), and for every row of
    gates.csv the index of its pattern in D (-1: the empty pattern)."""
    folder = Path(folder) / name
    X = np.loadtxt(folder / "X.csv", delimiter=",", ndmin=2)
    y = np.loadtxt(folder / "y.csv", ndmin=1)
    gates = np.loadtxt(folder / "gates.csv", delimiter=",", ndmin=2)
    D, first, block = np.unique((X @ gates.T >= 0).T, axis=0, return_index=True, return_inverse=True)
    block = block.ravel()
    if not D[0].any():  # the rows of D are sorted: the empty pattern, if any, is the first
        D, first, block = D[1:], first[1:], block - 1
    return X, y, np.ascontiguousarray(D), gates[first], block


if __name__ == "__main__":
    for name in sys.argv[2:] or NAMES:
        write(sys.argv[1], name)
