package org.relupath.core.solve.rows.gated;

import java.util.Arrays;
import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.Cholesky;
import org.relupath.core.linalg.SymmetricEigen;
import org.relupath.core.linalg.Vectors;

/**
 * Minimises a group lasso given by its quadratic form,
 *
 * <pre>1/2 w'Hw - b'w + lambda sum_g ||w_g||,   H positive semidefinite, k groups of d,</pre>
 *
 * by block coordinate descent, every block exactly, and Newton steps on the support in between.
 * Cones would take away the exact block minimisers; without them this is two to ten times faster
 * than the augmented Lagrangian method of the programs that have some, at the same accuracy.
 */
final class QuadraticLasso {
  private static final int FIRST_SWEEPS = 5;
  private static final int SWEEPS = 2;
  private static final int ROUNDS = 60;
  private static final int NEWTON_STEPS = 3;
  private static final int SECULAR_STEPS = 60;

  /** Curvatures below this part of the largest are taken as this: H may be singular. */
  private static final double FLAT = 1e-12;

  /** Added to the diagonal of a Newton system, relative to its mean. */
  private static final double RIDGE = 1e-11;

  private final int d;
  private final int k;
  private final int n;
  private final double[] h;
  private final double[][] basis;
  private final double[][] curvature;
  private double[] system = new double[0];
  private int newtonSteps;

  /**
   * A quadratic form.
   *
   * @param h H, N x N with N = k d, both triangles; not to be changed while this is used
   * @param d the length of a group
   */
  QuadraticLasso(double[] h, int n, int d) {
    this.h = h;
    this.n = n;
    this.d = d;
    this.k = n / d;
    this.basis = new double[k][];
    this.curvature = new double[k][];
  }

  /** Newton systems solved so far. */
  int newtonSteps() {
    return newtonSteps;
  }

  /**
   * Solves.
   *
   * @param b N numbers
   * @param lambda the penalty, > 0
   * @param start where to start, N numbers
   * @param tolerance for max_g of ||gradient condition of g|| / lambda
   * @return w, N numbers
   */
  double[] solve(double[] b, double lambda, double[] start, double tolerance) {
    Iterate at = new Iterate(b, lambda, start.clone());
    for (int round = 0; round < ROUNDS; round++) {
      for (int sweep = 0; sweep < (round == 0 ? FIRST_SWEEPS : SWEEPS); sweep++) {
        at.sweep();
      }
      at.refresh();
      if (at.residual() <= tolerance || at.support().length == 0) {
        break;
      }
      for (int step = 0; step < NEWTON_STEPS; step++) {
        if (!at.newton() || at.residual() <= tolerance) {
          break;
        }
      }
    }
    return at.w;
  }

  /** H x. */
  private double[] times(double[] x) {
    double[] product = new double[n];
    Blas.gemv(false, n, n, 1, h, n, x, 0, product);
    return product;
  }

  /** Eigenvectors and eigenvalues of H_gg, found when first needed. */
  private void decompose(int g) {
    if (basis[g] != null) {
      return;
    }
    double[] own = new double[d * d];
    for (int j = 0; j < d; j++) {
      System.arraycopy(h, g * d + (g * d + j) * n, own, j * d, d);
    }
    SymmetricEigen eigen = SymmetricEigen.of(d, own);
    basis[g] = eigen.vectors();
    curvature[g] = eigen.values();
    for (int j = 0; j < d; j++) {
      curvature[g][j] = Math.max(curvature[g][j], FLAT * curvature[g][0]);
    }
  }

  /** A point, its gradient part g = b - Hw, and H w. */
  private final class Iterate {
    private final double[] b;
    private final double lambda;
    private final double[] target;
    private final double[] turned;
    private double[] w;
    private double[] hw;
    private double[] gradient;

    Iterate(double[] b, double lambda, double[] w) {
      this.b = b;
      this.lambda = lambda;
      this.w = w;
      this.target = new double[d];
      this.turned = new double[d];
      refresh();
    }

    void refresh() {
      hw = times(w);
      gradient = b.clone();
      Vectors.axpy(-1, hw, 0, gradient, 0, n);
    }

    /** Minimises over one block after the other. */
    void sweep() {
      for (int g = 0; g < k; g++) {
        boolean zero = Vectors.norm(w, g * d, d) == 0;
        System.arraycopy(gradient, g * d, target, 0, d);
        for (int j = 0; j < d && !zero; j++) {
          Vectors.axpy(w[g * d + j], h, g * d + (g * d + j) * n, target, 0, d);
        }
        if (Vectors.norm(target) > lambda) {
          move(g, minimiser(g));
        } else if (!zero) {
          move(g, new double[d]);
        }
      }
    }

    private void move(int g, double[] to) {
      for (int j = 0; j < d; j++) {
        double change = to[j] - w[g * d + j];
        w[g * d + j] = to[j];
        if (change != 0) {
          Vectors.axpy(-change, h, (g * d + j) * n, gradient, 0, n);
        }
      }
    }

    /**
     * argmin 1/2 x'H_gg x - target'x + lambda ||x||: x = s (s E + lambda)^-1 target in the basis of
     * H_gg's eigenvectors, s = ||x|| the root of sum_j (target_j / (e_j s + lambda))^2 = 1, which
     * Newton's method on 1 - 1/sqrt finds from below.
     */
    private double[] minimiser(int g) {
      decompose(g);
      double[] e = curvature[g];
      Blas.gemv(true, d, d, 1, basis[g], d, target, 0, turned);
      double s = 0;
      for (int step = 0; step < SECULAR_STEPS; step++) {
        double sum = 0;
        double slope = 0;
        for (int j = 0; j < d; j++) {
          double q = turned[j] / (e[j] * s + lambda);
          sum += q * q;
          slope += q * q * e[j] / (e[j] * s + lambda);
        }
        double change = (Math.sqrt(sum) - 1) * sum / slope;
        s += change;
        if (!(Math.abs(change) > 1e-15 * s)) {
          break;
        }
      }
      for (int j = 0; j < d; j++) {
        turned[j] *= s / (e[j] * s + lambda);
      }
      double[] x = new double[d];
      Blas.gemv(false, d, d, 1, basis[g], d, turned, 0, x);
      return x;
    }

    /** The groups that are not zero. */
    int[] support() {
      int[] support = new int[k];
      int size = 0;
      for (int g = 0; g < k; g++) {
        if (Vectors.norm(w, g * d, d) > 0) {
          support[size++] = g;
        }
      }
      return Arrays.copyOf(support, size);
    }

    /**
     * max_g ||g_g - lambda w_g / ||w_g|| ||, or (||g_g|| - lambda)_+ where w_g = 0, over lambda.
     */
    double residual() {
      double worst = 0;
      for (int g = 0; g < k; g++) {
        double norm = Vectors.norm(w, g * d, d);
        if (norm == 0) {
          worst = Math.max(worst, Vectors.norm(gradient, g * d, d) - lambda);
        } else {
          System.arraycopy(gradient, g * d, target, 0, d);
          Vectors.axpy(-lambda / norm, w, g * d, target, 0, d);
          worst = Math.max(worst, Vectors.norm(target));
        }
      }
      return worst / lambda;
    }

    /** One damped Newton step on the support; false where it does not get on. */
    boolean newton() {
      int[] support = support();
      double[] direction = direction(support);
      if (direction == null) {
        return false;
      }
      double[] step = new double[n];
      for (int a = 0; a < support.length; a++) {
        System.arraycopy(direction, a * d, step, support[a] * d, d);
      }
      double[] image = times(step);
      double before = value(w, hw);
      double slope = -Vectors.dot(gradient, step);
      for (int g : support) {
        slope += lambda * Vectors.dot(w, g * d, step, g * d, d) / Vectors.norm(w, g * d, d);
      }
      for (double t = 1; t > 1e-4; t /= 2) {
        double[] moved = sum(w, t, step);
        double[] product = sum(hw, t, image);
        if (value(moved, product) <= before + 1e-4 * t * slope + 1e-14 * Math.abs(before)) {
          w = moved;
          refresh();
          return t == 1;
        }
      }
      return false;
    }

    /** (H + lambda blockdiag((I - q q') / ||w_g||))^-1 (gradient - lambda q) on the support. */
    private double[] direction(int[] support) {
      int m = support.length * d;
      if (system.length < m * m) {
        system = new double[m * m];
      }
      double[] right = new double[m];
      double trace = 0;
      for (int b = 0; b < support.length; b++) {
        int from = support[b] * d;
        double norm = Vectors.norm(w, from, d);
        for (int j = 0; j < d; j++) {
          int column = (b * d + j) * m;
          for (int a = b; a < support.length; a++) {
            System.arraycopy(h, support[a] * d + (from + j) * n, system, column + a * d, d);
          }
          for (int i = 0; i < d; i++) {
            double q = w[from + i] / norm * (w[from + j] / norm);
            system[column + b * d + i] += lambda / norm * ((i == j ? 1 : 0) - q);
          }
          trace += system[column + b * d + j];
          right[b * d + j] = gradient[from + j] - lambda * w[from + j] / norm;
        }
      }
      for (int i = 0; i < m; i++) {
        system[i + i * m] += RIDGE * trace / m;
      }
      newtonSteps++;
      Cholesky factor = Cholesky.of(m, system);
      if (factor == null) {
        return null;
      }
      factor.solve(right);
      return right;
    }

    private double value(double[] x, double[] hx) {
      double penalty = 0;
      for (int g = 0; g < k; g++) {
        penalty += Vectors.norm(x, g * d, d);
      }
      return 0.5 * Vectors.dot(x, hx) - Vectors.dot(b, x) + lambda * penalty;
    }
  }

  private static double[] sum(double[] a, double t, double[] b) {
    double[] sum = a.clone();
    Vectors.axpy(t, b, 0, sum, 0, sum.length);
    return sum;
  }
}
