package org.relupath.core.solve.rows.relu;

import java.util.Arrays;
import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.loss.SquaredLoss;
import org.relupath.core.program.ConeProjection;

/**
 * Minimises a group lasso with cones given by its quadratic form,
 *
 * <pre>F(w) = 1/2 y'y - b'w + 1/2 w'Hw + lambda sum_g ||w_g||,   w_g in K_g,
 * H = Z'Z, b = Z'y, k groups of d,</pre>
 *
 * by the augmented Lagrangian method on its dual (core/docs/solver.md#augmented-lagrangian-step),
 * the dual point being u = y - Z v for a v of R^N, so that only H is needed: Z'u = b - Hv, ||u||^2
 * = y'y - 2 b'v + v'Hv. With x the weights so far and sigma the penalty, a step minimises over v
 *
 * <pre>psi(v) = 1/2 v'Hv + 1/(2 sigma) sum_g (||q_g|| - sigma lambda)_+^2,
 * q_g = Proj_{K_g}((x + sigma (b - Hv))_g),   grad psi = H (v - x+),
 * x+_g = (1 - sigma lambda / ||q_g||)_+ q_g</pre>
 *
 * by a semismooth Newton method, and takes x+ for x. H may be singular.
 */
final class ConicLasso {
  /** Augmented Lagrangian steps at most. */
  private static final int STEPS = 100;

  /** Newton steps at most in one of them. */
  private static final int NEWTON_STEPS = 60;

  /** Share of the predicted fall of psi that a step must bring. */
  private static final double ARMIJO = 1e-4;

  /** The line search ends here: float64 resolves no shorter step. */
  private static final double SMALLEST_STEP = 1e-7;

  /** Relative rounding of psi and of its gradient. */
  private static final double ROUNDING = 1e-13;

  /** Size of the gradient against the move of the weights at which psi is minimised well enough. */
  private static final double INNER = 0.2;

  /** Share of tolerance times lambda that the gradient may always add to a group's norm. */
  private static final double DUAL = 0.1;

  /** The penalty sigma = s max_g ||w_g|| / lambda, s from FIRST to CAP; see {@link #adapt}. */
  private static final double FIRST = 3;

  /** Factor on s after a step that gained little. */
  private static final double GROWTH = 4;

  /** Largest s: beyond it Newton systems are too ill-conditioned. */
  private static final double CAP = 1e6;

  /** Divisor of s after a step that broke down. */
  private static final double RETREAT = 16;

  /** Smallest s. */
  private static final double SMALLEST = 1e-3;

  /**
   * Steps in a row that lower the gap by less than a tenth before sigma falls, or the solve ends.
   */
  private static final int PATIENCE = 5;

  /** Stalls after which the solve ends. */
  private static final int STALLS = 3;

  private final int d;
  private final int n;
  private final double[] h;
  private final double[] b;
  private final double square;
  private final ConicSystem system;
  private final ConeProjection[] cones;
  private int newtonSteps;

  /**
   * A program.
   *
   * @param h H, N x N with N = k d, both triangles
   * @param b N numbers
   * @param square y'y
   * @param cones of the groups, null for R^d
   */
  ConicLasso(int d, double[] h, double[] b, double square, ConeProjection[] cones) {
    this.d = d;
    this.n = b.length;
    this.h = h;
    this.b = b;
    this.square = square;
    this.cones = cones;
    this.system = new ConicSystem(d, n, h, cones);
  }

  /** Newton systems solved so far. */
  int newtonSteps() {
    return newtonSteps;
  }

  /**
   * Solves.
   *
   * @param lambda the penalty, > 0
   * @param start where to start, N numbers; projected onto the cones
   * @param unit sigma while all weights are zero: weights over gradients, in order of magnitude
   * @param tolerance for the relative gap
   * @return w of the smallest gap, N numbers
   */
  double[] solve(double lambda, double[] start, double unit, double tolerance) {
    State at = new State(lambda, start);
    double[] best = at.x.clone();
    double smallest = at.gap();
    double reference = smallest;
    double scale = FIRST;
    int waiting = 0;
    int stalls = 0;
    for (int step = 0; step < STEPS && smallest > tolerance && stalls < STALLS; step++) {
      double largest = largest(at.x);
      boolean solved = at.step(largest > 0 ? scale * largest / lambda : unit, tolerance);
      double gap = at.gap();
      if (gap < smallest) {
        best = at.x.clone();
      }
      waiting = gap <= 0.9 * reference ? 0 : waiting + 1;
      scale = adapt(scale, gap, smallest, solved && waiting < PATIENCE);
      smallest = Math.min(smallest, gap);
      reference = Math.min(reference, gap);
      if (waiting == PATIENCE) {
        waiting = 0;
        stalls++;
      }
    }
    return best;
  }

  /** s grows fourfold unless the gap has fallen tenfold; it falls sixteenfold on a breakdown. */
  private static double adapt(double scale, double gap, double before, boolean sound) {
    if (!sound) {
      return Math.max(scale / RETREAT, SMALLEST);
    }
    return gap > 0.1 * before ? Math.min(CAP, scale * GROWTH) : scale;
  }

  private double largest(double[] w) {
    double largest = 0;
    for (int g = 0; g < n; g += d) {
      largest = Math.max(largest, Vectors.norm(w, g, d));
    }
    return largest;
  }

  /** H w, by the columns of the groups that are not zero. */
  private double[] times(double[] w) {
    double[] product = new double[n];
    for (int g = 0; g < n; g += d) {
      if (Vectors.norm(w, g, d) > 0) {
        Blas.gemm(false, false, n, 1, d, 1, h, g * n, n, w, g, d, 1, product, 0, n);
      }
    }
    return product;
  }

  /** A point: x with H x, v with H v, and what the last prox has left. */
  private final class State {
    private final double lambda;
    private double[] x;
    private double[] hx;
    private double[] v;
    private double[] hv;
    private double[] next;
    private double[] hnext;
    private final double[] norms = new double[n / d];

    State(double lambda, double[] start) {
      this.lambda = lambda;
      this.next = new double[n];
      prox(start, 0);
      this.x = next.clone();
      this.hx = times(x);
      this.v = x.clone();
      this.hv = hx.clone();
    }

    /** Leaves [(1 - t / ||q_g||)_+ q_g] in next; 1/2 sum_g (||q_g|| - t)_+^2. */
    private double prox(double[] z, double t) {
      double sum = 0;
      for (int g = 0; g < n; g += d) {
        ConeProjection cone = cones[g / d];
        double norm = cone == null ? Vectors.norm(z, g, d) : cone.project(z, g, t);
        norms[g / d] = norm;
        Arrays.fill(next, g, g + d, 0);
        if (norm > t) {
          double[] q = cone == null ? z : cone.v();
          Vectors.axpy(1 - t / norm, q, cone == null ? g : 0, next, g, d);
          sum += 0.5 * (norm - t) * (norm - t);
        }
      }
      return sum;
    }

    /** The certificate's gap over these groups and cones at x. */
    double gap() {
      double bx = Vectors.dot(b, x);
      double uu = Math.max(0, square - 2 * bx + Vectors.dot(x, hx));
      double primal = SquaredLoss.ofSquare(uu);
      double norm = 0;
      double[] c = new double[d];
      for (int g = 0; g < n; g += d) {
        primal += lambda * Vectors.norm(x, g, d);
        for (int j = 0; j < d; j++) {
          c[j] = b[g + j] - hx[g + j];
        }
        ConeProjection cone = cones[g / d];
        norm = Math.max(norm, cone == null ? Vectors.norm(c) : cone.project(c, 0, lambda));
      }
      double uy = square - bx;
      double t = SquaredLoss.dualScale(uy, uu, lambda, norm);
      double gap = (primal - t * uy + SquaredLoss.conjugate(t, uu)) / primal;
      return primal > 0 ? Math.max(0, gap) : 0;
    }

    /** Minimises psi and takes x+ for x; whether the inner tolerance was met. */
    boolean step(double sigma, double tolerance) {
      double t = sigma * lambda;
      double psi = evaluate(v, hv, t, sigma);
      hnext = times(next);
      boolean solved = solved(sigma, tolerance);
      int flat = 0;
      for (int i = 0; i < NEWTON_STEPS && !solved && flat < 3; i++) {
        double before = psi;
        psi = newton(psi, t, sigma);
        newtonSteps++;
        flat = psi < before - 0.1 * ROUNDING * Math.abs(before) ? 0 : flat + 1;
        solved = solved(sigma, tolerance);
      }
      x = next.clone();
      hx = hnext.clone();
      return solved;
    }

    private double evaluate(double[] v, double[] hv, double t, double sigma) {
      double[] z = x.clone();
      Vectors.axpy(sigma, b, 0, z, 0, n);
      Vectors.axpy(-sigma, hv, 0, z, 0, n);
      return 0.5 * Vectors.dot(v, hv) + prox(z, t) / sigma;
    }

    /** One Newton step with Armijo's rule; psi after it. */
    private double newton(double psi, double t, double sigma) {
      double[] g = difference(v, next);
      double[] hg = difference(hv, hnext);
      double[] direction = system.direction(next, norms, t, sigma, g, hg);
      double[] image = times(direction);
      double slope = Vectors.dot(hg, direction);
      double slack = ROUNDING * Math.abs(psi);
      double step = 1;
      while (true) {
        double[] moved = v.clone();
        double[] product = hv.clone();
        Vectors.axpy(step, direction, 0, moved, 0, n);
        Vectors.axpy(step, image, 0, product, 0, n);
        double value = evaluate(moved, product, t, sigma);
        if (value <= psi + ARMIJO * step * slope + slack || step <= SMALLEST_STEP) {
          v = moved;
          hv = product;
          hnext = times(next);
          return value;
        }
        step *= 0.5;
      }
    }

    /**
     * Whether the gradient, ||u - (y - Z x+)||, is small against the move of the weights and its
     * square against the objective times the gap, or has reached rounding.
     */
    private boolean solved(double sigma, double tolerance) {
      double[] g = difference(v, next);
      double[] hg = difference(hv, hnext);
      double norm = Math.sqrt(Math.max(0, Vectors.dot(g, hg)));
      double floor = ROUNDING * Math.sqrt(square);
      double moved = Vectors.norm(difference(next, x));
      double uu = square - 2 * Vectors.dot(b, next) + Vectors.dot(next, hnext);
      double objective = SquaredLoss.ofSquare(uu);
      for (int i = 0; i < n; i += d) {
        objective += lambda * Vectors.norm(next, i, d);
      }
      double left = Math.max(moved / sigma, DUAL * tolerance * lambda);
      return norm <= floor
          || (norm <= INNER * moved / Math.sqrt(sigma) + floor
              && largest(hg) <= left
              && norm * norm <= INNER * objective * Math.max(tolerance, ROUNDING));
    }
  }

  private double[] difference(double[] a, double[] b) {
    double[] difference = a.clone();
    Vectors.axpy(-1, b, 0, difference, 0, n);
    return difference;
  }
}
