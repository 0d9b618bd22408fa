"""One certificate for every solver, written apart from all of them.

    F(w) = 1/2 ||sum_b s_b D_b X w_b - y||^2 + lambda sum_b ||w_b||,   w_b in K_b

gated: one block a pattern, K_b = R^d. relu: two blocks a pattern (s = +1, -1), K_b = {w : A_b w >= 0},
A_b = (2 D_b - I) X. With u = y - fit, c_b = s_b X' D_b u and v_b = Proj_{K_b}(c_b),

    t = clip(y'u / ||u||^2, 0, lambda / max_b ||v_b||),   G(t u) = t y'u - t^2 ||u||^2 / 2 <= F*,

and the certified relative gap is (F - G) / F. relu weights are first projected on their cones, so that F belongs to a
feasible point and bounds the optimum from above whatever the solver returned.

    python certify.py INSTANCES_DIR RESULTS_CSV

recomputes the gap of every row of RESULTS_CSV that names a solution file (README.md has both formats).
"""
import csv
import sys
from pathlib import Path

import numpy as np
from scipy.optimize import nnls

from instances import read


ROUNDING = 1e-14  # of A w, rows of unit norm, relative to ||w||


def project(A, c):
    """Proj of c on {w : A w >= 0}: c + A' rho with rho = argmin_{rho >= 0} ||c + A' rho||. Any rho >= 0 gives
    ||c + A' rho|| >= ||Proj(c)||, so a rho that is not quite optimal weakens a certificate and never falsifies it."""
    try:
        rho = nnls(A.T, -c, maxiter=30 * max(A.shape))[0]
    except RuntimeError:
        return c.copy()
    v = c + A.T @ np.maximum(rho, 0)
    return v if v @ v <= c @ c else c.copy()  # a projection is never longer; nnls can be wrong


def relative_gap(F, G):
    """(F - G) / F, 0 at F = 0."""
    if F - G < -1e-12 * F:
        raise ArithmeticError(f"bound {G} above objective {F}: a false certificate")
    return (F - G) / F if 0 < F < np.inf else F


class Problem:
    """X, y and the patterns D (P x n) of one model, `gated` or `relu`. Weights are arrays (signs, P, d): one sign
    (+1) for gated, two (+1, -1) for relu."""

    def __init__(self, X, y, D, model, gates=None):
        self.X, self.y, self.D, self.model, self.gates = X, y, D, model, gates
        self.signs = (1.0,) if model == "gated" else (1.0, -1.0)
        norms = np.linalg.norm(X, axis=1)
        self.unit = X[norms > 0] / norms[norms > 0, None]  # the same cones, better scaled
        self.orthant = np.where(D[:, norms > 0], 1.0, -1.0)

    @property
    def shape(self):
        return len(self.signs), len(self.D), self.X.shape[1]

    def cone(self, b):
        return self.orthant[b][:, None] * self.unit

    def feasible(self, W):
        """W with every block projected on its cone. A block inside it up to rounding stays as it is: nnls, asked to mend
        a violation of 1e-16, may return any point. A block that a projection cannot place is dropped (w = 0)."""
        if self.model == "gated":
            return W
        W = W.copy()
        for s, b in zip(*np.nonzero(np.abs(W).sum(2))):
            A = self.cone(b)
            if (A @ W[s, b]).min() < -ROUNDING * np.linalg.norm(W[s, b]):
                W[s, b] = project(A, W[s, b])
                if (A @ W[s, b]).min() < -1e-9 * np.linalg.norm(W[s, b]):
                    W[s, b] = 0
        return W

    def fit(self, W):
        f = np.zeros(len(self.y))
        for s, sign in enumerate(self.signs):
            active = np.nonzero(np.abs(W[s]).sum(1))[0]
            if len(active):
                f += sign * (self.D[active].T * (self.X @ W[s][active].T)).sum(1)
        return f

    def dual_norm(self, u):
        """max_b ||v_b||. Blocks in falling ||c_b|| >= ||v_b||: the rest cannot matter once ||c_b|| <= the maximum."""
        C = (self.D * u) @ self.X
        norms = np.linalg.norm(C, axis=1)
        if self.model == "gated":
            return norms.max()
        largest = 0.0
        for b in np.argsort(-norms):
            if norms[b] <= largest:
                break
            for sign in self.signs:
                largest = max(largest, np.linalg.norm(project(self.cone(b), sign * C[b])))
        return largest

    def lambda_max(self):
        return self.dual_norm(self.y)

    def bounds(self, W, lam):
        """(F, G): the objective of weights W (signs, P, d), made feasible, and the dual bound on the optimum."""
        if not np.isfinite(W).all():
            return np.inf, 0.0
        W = self.feasible(W)
        u = self.y - self.fit(W)
        yu, uu = self.y @ u, u @ u
        F = uu / 2 + lam * np.linalg.norm(W, axis=2).sum()
        largest = self.dual_norm(u)
        t = max(yu / uu, 0.0) if uu else 0.0
        t = min(t, lam / largest) if largest else t
        return F, t * yu - t * t * uu / 2


def solution_gap(problem, block, file):
    """The largest gap over the lambdas of a solution file: rows lambda,gate,sign,w_1..w_d, gate a row of gates.csv
    (from 0); a lambda whose solution is zero is the row lambda,-1,0,0,..,0."""
    table = np.loadtxt(file, delimiter=",", ndmin=2)
    worst = 0.0
    for lam in np.unique(table[:, 0]):
        W = np.zeros(problem.shape)
        for row in table[(table[:, 0] == lam) & (table[:, 1] >= 0)]:
            W[0 if row[2] > 0 else 1, block[int(row[1])]] += row[3:]
        worst = max(worst, relative_gap(*problem.bounds(W, lam)))
    return worst, len(np.unique(table[:, 0]))


def main(instances, results):
    with open(results, newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if not row.get("solution"):
            continue
        X, y, D, _, block = read(instances, row["instance"])
        problem = Problem(X, y, D, row["model"])
        claimed = float(row["gap"])
        gap, lambdas = solution_gap(problem, block, Path(results).parent / row["solution"])
        expected = 100 if row["task"] == "path-100" else 1
        if lambdas != expected:
            raise ValueError(f"{row['solution']}: {lambdas} lambdas, expected {expected}")
        row["gap"] = f"{gap:.3e}"
        row["status"] = "reached" if gap <= float(row["target"]) else "not reached"
        print(f"{row['instance']} {row['model']} {row['task']} claimed {claimed:.1e} certified {gap:.1e}", flush=True)
    with open(results, "w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main(*sys.argv[1:3])
