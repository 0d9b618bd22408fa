"""The public solvers, each as a function

    solver(problem, lams, **setting) -> (seconds, weights)

with `lams` the falling lambdas, `weights` one (signs, P, d) array a lambda, and `seconds` the CPU time of the solve
alone: imports, compilation and the building of patterns and designs are left out, which is kind to all of them. Where
a solver's loss is 1/(2n) times the squared error and not 1/2, it gets lambda / n.
"""
import os
import time
from contextlib import contextmanager

import numpy as np


class Clock:
    """CPU seconds of a `with` block (all threads of the process)."""

    def __enter__(self):
        self.start = time.process_time()
        return self

    def __exit__(self, *_):
        self.seconds = time.process_time() - self.start


@contextmanager
def quiet():
    """Nothing on stdout, where the results go, even from native code."""
    saved = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        os.dup2(saved, 1)
        os.close(saved)


def design(problem):
    """[D_1 X, ..., D_P X], dense, n x Pd, by columns."""
    D, X = problem.D, problem.X
    return np.asfortranarray((D[:, :, None] * X[None]).transpose(1, 0, 2).reshape(len(X), -1))


def adelie(problem, lams, tol, cone_tol=None):
    """Group elastic net by block coordinate descent on adelie's own convex_relu matrix; for relu, A_b w_b >= 0 as its
    linear constraints, solved to cone_tol."""
    import adelie as ad
    X, D = problem.X, problem.D
    n, d = X.shape
    gated = problem.model == "gated"
    blocks = len(problem.signs) * len(D)
    matrix = ad.matrix.convex_relu(np.asfortranarray(X), np.asfortranarray(D.T), gated=gated, n_threads=1)
    constraints = None
    if not gated:
        cones = [np.ascontiguousarray(problem.cone(b)) for b in range(len(D))]
        configs = {"nnls_tol": cone_tol, "pinball_tol": cone_tol, "max_iters": 1000, "nnls_max_iters": 10**7}
        constraints = [
            ad.constraint.linear(A, np.zeros(len(A)), np.full(len(A), np.inf), configs=configs)
            for _ in problem.signs for A in cones
        ]
    with Clock() as clock, quiet():
        state = ad.grpnet(
            X=matrix, glm=ad.glm.gaussian(y=problem.y), groups=np.arange(blocks) * d, penalty=np.ones(blocks),
            constraints=constraints, lmda_path=np.asarray(lams) / n, intercept=False, tol=tol, max_iters=10**9,
            early_exit=False, progress_bar=False, n_threads=1)
    weights = state.betas.toarray().reshape(-1, *problem.shape)
    if len(weights) != len(lams):
        raise RuntimeError(f"adelie stopped after {len(weights)} of {len(lams)} lambdas")
    return clock.seconds, weights


class Skglm:
    """Group block coordinate descent with working sets and Anderson acceleration, on the dense design; tol is relative
    to lambda / n. Its step sizes are computed once a path, not at every lambda."""

    def prepare(self, problem):
        """Compiles, by solving a tiny problem, and builds the design: neither is timed."""
        from numba import float64
        from skglm.datafits import QuadraticGroup
        from skglm.penalties import WeightedGroupL2
        from skglm.utils.jit_compilation import compiled_clone

        class Quadratic(QuadraticGroup):
            """QuadraticGroup that is given its step sizes."""

            def __init__(self, grp_ptr, grp_indices, lipschitz):
                self.grp_ptr, self.grp_indices, self.lipschitz = grp_ptr, grp_indices, lipschitz

            def get_spec(self):
                return (*super().get_spec(), ("lipschitz", float64[::1]))

            def params_to_dict(self):
                return dict(super().params_to_dict(), lipschitz=self.lipschitz)

            def get_lipschitz(self, X, y):
                return self.lipschitz

        self.datafit = lambda *a: compiled_clone(Quadratic(*a))
        self.penalty = lambda *a: compiled_clone(WeightedGroupL2(*a))
        rng = np.random.default_rng(0)
        tiny = np.asfortranarray(rng.standard_normal((20, 6)))
        self.solve(tiny, rng.standard_normal(20), 3, 2, [0.5, 0.1], 1e-6)
        self.design = design(problem)

    def solve(self, Z, y, groups, d, lams, tol):
        from skglm.solvers import GroupBCD
        n = len(y)
        pointer = (np.arange(groups + 1) * d).astype(np.int32)
        index = np.arange(groups * d).astype(np.int32)
        with Clock() as clock:
            steps = np.array([np.linalg.norm(Z[:, g * d:g * d + d], 2) ** 2 / n for g in range(groups)])
        seconds, out = clock.seconds, []
        datafit = self.datafit(pointer, index, steps)
        penalty = self.penalty(1.0, np.ones(groups), pointer, index)
        w, fit = np.zeros(groups * d), np.zeros(n)
        for lam in lams:
            penalty.alpha = lam / n
            solver = GroupBCD(max_iter=10**4, max_epochs=10**4, tol=tol * lam / n, fit_intercept=False)
            with Clock() as clock:
                w = solver.solve(Z, y, datafit, penalty, w, fit, run_checks=False)[0]
            seconds += clock.seconds
            out.append(w.copy())
        return seconds, out

    def __call__(self, problem, lams, tol):
        P, d = problem.shape[1:]
        seconds, out = self.solve(self.design, problem.y, P, d, lams, tol)
        return seconds, [w.reshape(1, P, d) for w in out]


class Celer:
    """Working sets with dual extrapolation, on the dense design; tol is its own gap, relative to ||y||^2 / n."""

    design = None

    def __call__(self, problem, lams, tol):
        from celer.homotopy import celer_path
        if self.design is None:
            self.design = design(problem)
        n, (_, P, d) = len(problem.y), problem.shape
        with Clock() as clock, quiet():
            w = celer_path(self.design, problem.y, "grouplasso", alphas=np.asarray(lams) / n, groups=d, tol=tol,
                           max_iter=1000, prune=1)[1]
        return clock.seconds, [c.reshape(1, P, d) for c in w.T]


def scnn(problem, lams, tol, iterations):
    """R-FISTA (gated) or the augmented Lagrangian (relu). The time includes its own sampling of patterns from gates."""
    from scnn.metrics import Metrics
    from scnn.models import ConvexGatedReLU, ConvexReLU
    from scnn.optimize import optimize_path
    from scnn.regularizers import NeuronGL1
    from scnn.solvers import AL, RFISTA
    if problem.model == "gated":
        model = ConvexGatedReLU(problem.gates.T)
        method = RFISTA(model, max_iters=iterations, tol=tol)
    else:
        model = ConvexReLU(problem.gates.T)
        method = AL(model, max_primal_iters=iterations, max_dual_iters=iterations, tol=tol, constraint_tol=tol)
    n = len(problem.y)
    metrics = Metrics(metric_freq=10**9, objective=False, grad_norm=False, time=False)
    with Clock() as clock, quiet():
        models, _ = optimize_path(
            model, method, [NeuronGL1(lam / n) for lam in lams], metrics, problem.X, problem.y,
            return_convex=True, unitize_data=False, device="cpu", dtype="float64")
    place = {pattern.tobytes(): b for b, pattern in enumerate(problem.D)}
    out = []
    for solved in models:
        order = [place[p.tobytes()] for p in np.ascontiguousarray((problem.X @ solved.G > 0).T)]
        W = np.zeros(problem.shape)
        for s, w in enumerate(solved.parameters):
            W[s, order] = w[0]
        out.append(W)
    return clock.seconds, out


def clarabel(problem, lams, tol):
    """Interior point on the cone program in x = (w, t, r), without a modelling layer's time and memory:

        min lambda sum_b t_b + 1/2 ||r||^2,   r + sum_b Z_b w_b = y,   A_b w_b >= 0,   ||w_b|| <= t_b."""
    import clarabel as cl
    from scipy import sparse as sp
    (lam,) = lams
    signs, P, d = problem.shape
    n, blocks = len(problem.y), signs * P
    Z = np.hstack([sign * design(problem) for sign in problem.signs])
    equal = sp.hstack([sp.csc_matrix(Z), sp.csc_matrix((n, blocks)), sp.eye(n)])
    cones = sp.block_diag([-problem.cone(b) for _ in problem.signs for b in range(P)], format="csc")
    rows = cones.shape[0]
    cones = sp.hstack([cones, sp.csc_matrix((rows, blocks + n))])
    b, j = np.divmod(np.arange(blocks * d), d)
    norm = sp.csc_matrix(
        (-np.ones(blocks * (d + 1)),
         (np.r_[np.arange(blocks) * (d + 1), b * (d + 1) + 1 + j],
          np.r_[blocks * d + np.arange(blocks), np.arange(blocks * d)])),
        shape=(blocks * (d + 1), blocks * (d + 1) + n))
    A = sp.vstack([equal, cones, norm], format="csc")
    offset = np.r_[problem.y, np.zeros(A.shape[0] - n)]
    quadratic = sp.diags(np.r_[np.zeros(blocks * (d + 1)), np.ones(n)], format="csc")
    linear = np.r_[np.zeros(blocks * d), np.full(blocks, lam), np.zeros(n)]
    settings = cl.DefaultSettings()
    settings.verbose = False
    settings.max_threads = 1
    settings.direct_solve_method = "qdldl"  # here faster than "faer"
    settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = tol
    kinds = [cl.ZeroConeT(n), cl.NonnegativeConeT(rows)] + [cl.SecondOrderConeT(d + 1)] * blocks
    with Clock() as clock, quiet():
        solution = cl.DefaultSolver(quadratic, linear, A, offset, kinds, settings).solve()
    W = np.asarray(solution.x)[:blocks * d].reshape(problem.shape)
    W[np.linalg.norm(W, axis=2) < 1e-9 * np.abs(W).max()] = 0
    return clock.seconds, [W]
