package org.relupath.core.solve;

import java.util.Arrays;
import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.Capacity;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Problem;

/**
 * Newton systems by the method of conjugate gradients with the inverse diagonal as preconditioner,
 * for many columns: a product
 *
 * <pre>H p = p + sum_b Z_b [c_b (I - Q_b Q_b') + e_b q q'] Z_b' p</pre>
 *
 * costs two with X to a block, and few are needed where the penalty is moderate. It gives up where
 * a factorisation would have cost less, and for a while after that is not tried again.
 */
final class ConjugateGradients {
  /** Residual, relative to the right-hand side, at which a direction is good enough. */
  private static final double TOLERANCE = 1e-2;

  /** Products where nothing else than this method has room. */
  private static final int MOST = 500;

  /** Systems that a failure keeps from being tried. */
  private static final int PAUSE = 8;

  private final Problem problem;
  private final ActiveBlocks active;
  private final int n;
  private final int d;
  private final double[] product;
  private double[] g = new double[0];
  private double[] scores = new double[0];
  private int pause;

  ConjugateGradients(Problem problem, ActiveBlocks active) {
    this.problem = problem;
    this.active = active;
    this.n = problem.n();
    this.d = problem.d();
    this.product = new double[n];
  }

  /**
   * Solves H x = {@code direction} in place; false, and the right-hand side as it was, where that
   * takes too many products.
   *
   * @param flops what a factorisation takes
   */
  boolean solve(double[] direction, double flops) {
    int most = (int) Math.min(n, flops / (4.0 * n * d * active.count()));
    if (!Problem.isWide(d) || most < 2 || pause-- > 0) {
      return false;
    }
    boolean solved = solve(direction, most, false);
    pause = solved ? 0 : PAUSE;
    return solved;
  }

  /**
   * Solves H x = {@code direction} in place, however many products that takes up to a limit: then x
   * is as far as it has come, a direction of descent all the same.
   */
  void solveFar(double[] direction) {
    solve(direction, MOST, true);
  }

  /**
   * Solves, or leaves the right-hand side as it was.
   *
   * @param far whether x as far as it has come is taken where products run out
   */
  private boolean solve(double[] direction, int most, boolean far) {
    reserve();
    double[] inverse = inverseDiagonal();
    double[] x = new double[n];
    double[] rest = direction.clone();
    double[] p = new double[n];
    double enough = TOLERANCE * Vectors.norm(rest);
    double before = 0;
    for (int k = 0; k < most; k++) {
      double square = 0;
      for (int r = 0; r < n; r++) {
        square += rest[r] * inverse[r] * rest[r];
      }
      double keep = k == 0 ? 0 : square / before;
      for (int r = 0; r < n; r++) {
        p[r] = inverse[r] * rest[r] + keep * p[r];
      }
      before = square;
      multiply(p);
      double step = square / Vectors.dot(p, product);
      Vectors.axpy(step, p, 0, x, 0, n);
      Vectors.axpy(-step, product, 0, rest, 0, n);
      if (Vectors.norm(rest) <= enough || (far && k + 1 == most)) {
        System.arraycopy(x, 0, direction, 0, n);
        return true;
      }
    }
    return false;
  }

  private void reserve() {
    long count = active.count();
    if (g.length < count * d || scores.length < count * n) {
      g = new double[Capacity.of(count * d, count * d * 5 / 4)];
      scores = new double[Capacity.of(count * n, count * n * 5 / 4)];
    }
  }

  /** 1 / (1 + ||x_r||^2 sum_b c_b of the blocks that are active in row r). */
  private double[] inverseDiagonal() {
    double[] sums = new double[n];
    for (int a = 0, i = 0; a < active.count(); a++) {
      for (int r = 0; r < n; r++, i++) {
        sums[r] += active.c(a) * active.mask()[i] * active.mask()[i];
      }
    }
    for (int r = 0; r < n; r++) {
      sums[r] = 1 / (1 + sums[r] * problem.design().square(r));
    }
    return sums;
  }

  /** product = H p. */
  private void multiply(double[] p) {
    active.correlate(p, g);
    for (int a = 0; a < active.count(); a++) {
      weigh(a);
    }
    problem.design().multiply(g, active.count(), scores);
    System.arraycopy(p, 0, product, 0, n);
    double[] mask = active.mask();
    for (int a = 0, i = 0; a < active.count(); a++) {
      for (int r = 0; r < n; r++, i++) {
        product[r] += mask[i] * scores[i];
      }
    }
  }

  /** [c (I - Q Q') + e q q'] of a block, times its entries of g. */
  private void weigh(int a) {
    int at = a * d;
    double along = active.e(a) * Vectors.dot(active.unit(), at, g, at, d);
    int t = active.tightCount(a);
    if (t > 0) {
      double[] own = Arrays.copyOfRange(g, at, at + d);
      if (problem.design().isSparse()) {
        active.removeSpan(a, own);
      } else {
        double[] basis = active.tightBasis(a);
        double[] parts = new double[t];
        Blas.gemv(true, d, t, 1, basis, d, own, 0, parts);
        Blas.gemv(false, d, t, -1, basis, d, parts, 1, own);
      }
      System.arraycopy(own, 0, g, at, d);
    }
    Vectors.scale(active.c(a), g, at, d);
    Vectors.axpy(along, active.unit(), at, g, at, d);
  }
}
