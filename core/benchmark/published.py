"""What the published selection of "optimal" networks selects.

The convex program of a two-layer ReLU network over fixed gates g_b, D_b = diag(1(X g_b > 0)), is

    min  1/(2n) ||sum_b D_b X (v_b - w_b) - y||^2 + lambda sum_b (||v_b|| + ||w_b||)
    s.t. (2 D_b - I) X v_b >= 0,  (2 D_b - I) X w_b >= 0.

Every optimum has the same fit on the training rows, so the optimal networks are found by scaling the neurons of one
optimum: {beta >= 0 : Z beta = fit}, a column of Z being the fit of one neuron. That holds only for neurons on which
the penalty is tight (those that can be nonzero in an optimum). The code published with "Optimal Sets and Solution
Paths of ReLU Networks" (table 1) solves the program by an interior point method, in whose answer every block is
nonzero, and admits every nonzero block. A block of norm 1e-9 may then be scaled by 1e9: the fit stays, the penalty
grows, and the network chosen need not be optimal.

This script solves the program by an interior point method (Clarabel), applies the rules of the published code to

    nonzero    every block that is not exactly zero, as published;
    rescaled   the same set of networks, with beta ||block|| as the variable: the same problem in exact arithmetic, but
               one in which the tolerances and the scaling of the solver cannot hide the tiny blocks;
    active     the blocks with a norm above 1e-6 of the largest one;

and writes for each chosen network its objective relative to the optimum. Rules: `base` is the solver's answer itself
(beta = 1), min_l2 the least ||beta||, max_l1 the largest sum of beta, valid_mse and test_mse the least squared error
on the validation or test rows. As in the published code beta = 1 is taken where the solver returns nothing (max_l1 is
often unbounded), and what it returns is taken without a look at its accuracy; the status tells.

How much of this `nonzero` shows depends on the solver: at a tolerance of 1e-8 most blocks are below 1e-8 and the second
solver's own tolerance keeps them out; at 1e-6 (--tolerance) they come in. `active` presumes a tolerance of 1e-8 or less.

Columns: neurons = blocks with beta ||block|| above 1e-6 of the largest; testAccuracy = that of the ReLU network;
gatedAccuracy = that of the convex model sum_b 1(x g_b > 0) x (v_b - w_b), which is what the published code reports;
relativeExcess = F / F* - 1, F* the solver's optimum; fitResidual = ||Z beta - fit|| / ||fit||, networkResidual the
same for the ReLU network in place of Z beta (larger where scaled blocks leave their cones).
"""
import argparse
import csv
import pathlib
import time
import warnings

import cvxpy as cp
import numpy as np

RULES = ["base", "min_l2", "max_l1", "valid_mse", "test_mse"]
CUTS = [0, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3]
COLUMNS = ["data", "split", "support", "rule", "neurons", "testAccuracy", "relativeExcess", "fitResidual",
           "gatedAccuracy", "networkResidual", "status"]


def part(X, y, share, seed):
    """Cut off a share of the rows, as the published code does: (rest, cut)."""
    order = np.arange(len(y))
    np.random.default_rng(seed).shuffle(order)
    cut, rest = np.split(order, [int(np.floor(len(y) * share))])
    return (X[rest], y[rest]), (X[cut], y[cut])


def load(path, split, rows):
    """15 % of the rows train, 5 % validate, 80 % test; features standardised by the training rows."""
    table = np.loadtxt(path, delimiter=",", skiprows=1)
    if rows:
        table = np.random.default_rng(7).permutation(table)[:rows]
    most, test = part(table[:, :-1], table[:, -1], 0.8, 650 + split)
    train, valid = part(*most, 0.25, split)
    mean, scale = train[0].mean(0), train[0].std(0)
    scale[scale == 0] = 1
    return [((X - mean) / scale, y) for X, y in (train, valid, test)]


def gates(X, count, seed):
    """Gaussian gates, one for each pattern met on the rows of X, without the empty pattern."""
    G = np.random.default_rng(123 + seed).standard_normal((X.shape[1], count))
    patterns, first = np.unique(X @ G > 0, axis=1, return_index=True)
    return G[:, first[patterns.any(axis=0)]]


def solve(X, y, G, strength, tolerance):
    """Interior point solution of the convex program: blocks v, blocks w, optimum."""
    n, d = X.shape
    D = (X @ G > 0).astype(float)
    V, W = cp.Variable((G.shape[1], d)), cp.Variable((G.shape[1], d))
    fit = cp.sum(cp.multiply(D, X @ (V - W).T), axis=1)
    penalty = cp.sum(cp.norm(V, 2, axis=1)) + cp.sum(cp.norm(W, 2, axis=1))
    cones = [cp.multiply(2 * D - 1, X @ U.T) >= 0 for U in (V, W)]
    problem = cp.Problem(cp.Minimize(cp.sum_squares(fit - y) / (2 * n) + strength * penalty), cones)
    problem.solve(solver="CLARABEL", tol_gap_abs=tolerance, tol_gap_rel=tolerance, tol_feas=tolerance)
    return V.value, W.value, problem.status


def choose(rule, unit, Z, fit, Zvalid, yvalid, Ztest, ytest):
    """Scales beta of the neurons by a rule of the published code, and how its problem ended.

    The variable is beta / unit, unit one number for each neuron."""
    ones = np.ones(Z.shape[1])
    if rule == "base":
        return ones, "none"
    size = cp.Variable(Z.shape[1], nonneg=True)
    beta = cp.multiply(unit / unit.min(), size)
    aim = {"min_l2": lambda: cp.norm2(beta), "max_l1": lambda: -cp.sum(beta),
           "valid_mse": lambda: cp.sum_squares((Zvalid * unit) @ size - yvalid),
           "test_mse": lambda: cp.sum_squares((Ztest * unit) @ size - ytest)}[rule]()
    problem = cp.Problem(cp.Minimize(aim), [(Z * unit) @ size == fit])
    status = "failed"
    for solver in ("CLARABEL", "ECOS"):
        try:
            problem.solve(solver=solver)
            status = problem.status
            if size.value is not None:
                return np.maximum(size.value, 0) * unit, status
        except cp.SolverError:
            pass
    return ones, status + ", beta = 1"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path, help="folder with <name>.csv, last column the label -1/+1")
    parser.add_argument("names", nargs="+")
    parser.add_argument("--gates", type=int, default=500)
    parser.add_argument("--splits", type=int, default=5)
    parser.add_argument("--rows", type=int, help="use only this many rows, drawn at random")
    parser.add_argument("--strength", type=float, default=1e-3, help="lambda")
    parser.add_argument("--tolerance", type=float, default=1e-8, help="of the interior point solution")
    parser.add_argument("--out", type=pathlib.Path, default="published.csv")
    options = parser.parse_args()
    warnings.filterwarnings("ignore")
    records = []
    for name in options.names:
        for split in range(options.splits):
            start = time.time()
            (X, y), (Xvalid, yvalid), (Xtest, ytest) = load(options.folder / f"{name}.csv", split, options.rows)
            G = gates(X, options.gates, split)
            V, W, status = solve(X, y, G, options.strength, options.tolerance)
            blocks, sign = np.vstack([V, W]), np.repeat([1.0, -1.0], G.shape[1])
            G2 = np.hstack([G, G])
            norms = np.linalg.norm(blocks, axis=1)

            def relu(X):
                return np.maximum(X @ blocks.T, 0) * sign

            def gated(X):
                return (X @ G2 > 0) * (X @ blocks.T) * sign

            def objective(beta, chosen):
                residual = gated(X)[:, chosen] @ beta - y
                return residual @ residual / (2 * len(y)) + options.strength * norms[chosen] @ beta

            everything = np.ones(len(norms), bool)
            best = objective(np.ones(len(norms)), everything)
            counts = ", ".join(f"{cut:.0e}: {(norms > cut * norms.max()).sum()}" for cut in CUTS)
            print(f"{name} split {split}: {len(y)} rows, {G.shape[1]} gates, {status}, F* {best:.6g}, "
                  f"blocks above a share of the largest {counts}, {time.time() - start:.0f} s", flush=True)
            for support, chosen in (("nonzero", norms != 0), ("rescaled", norms != 0),
                                    ("active", norms > 1e-6 * norms.max())):
                unit = 1 / norms[chosen] if support == "rescaled" else np.ones(chosen.sum())
                Z, Zvalid, Ztest = gated(X)[:, chosen], relu(Xvalid)[:, chosen], relu(Xtest)[:, chosen]
                fit = Z.sum(axis=1)
                for rule in RULES:
                    beta, ended = choose(rule, unit, Z, fit, Zvalid, yvalid, Ztest, ytest)
                    size = beta * norms[chosen]
                    records.append([
                        name, split, support, rule, int((size > 1e-6 * size.max()).sum()),
                        round(float(np.mean(np.sign(Ztest @ beta) == ytest)), 4),
                        float(f"{objective(beta, chosen) / best - 1:.3e}"),
                        float(f"{np.linalg.norm(Z @ beta - fit) / np.linalg.norm(fit):.3e}"),
                        round(float(np.mean(np.sign(gated(Xtest)[:, chosen] @ beta) == ytest)), 4),
                        float(f"{np.linalg.norm(relu(X)[:, chosen] @ beta - fit) / np.linalg.norm(fit):.3e}"), ended])
                    print("   ", *records[-1][2:], flush=True)
            print(f"    {time.time() - start:.0f} s", flush=True)
            with open(options.out, "w", newline="") as file:
                csv.writer(file).writerows([COLUMNS] + records)
    print("medians:", *COLUMNS[:1], *COLUMNS[2:-1])
    for name in options.names:
        for support in ("nonzero", "rescaled", "active"):
            for rule in RULES:
                rows = [r[4:10] for r in records if r[0] == name and r[2] == support and r[3] == rule]
                print(name, support, rule, *(f"{value:.3g}" for value in np.median(np.array(rows, float), axis=0)))


if __name__ == "__main__":
    main()
