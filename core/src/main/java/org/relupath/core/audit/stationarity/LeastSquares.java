package org.relupath.core.audit.stationarity;

import java.util.List;
import org.relupath.core.linalg.Dense;
import org.relupath.core.linalg.Vectors;

/**
 * The least-squares problem with bounds
 *
 * <pre>minimise over lower &lt;= eta &lt;= upper of ||g + E eta||,   E = [e_1 ... e_m],
 * </pre>
 *
 * <p>by the active set method of Stark and Parker ("Bounded-variable least squares", 1995): of the
 * unknowns at a bound that want to leave it the most eager one is freed, the free ones go to their
 * minimiser by the pseudo-inverse, and those that hit a bound on the way stay there. Every step
 * lowers the norm, also where columns depend on each other. Columns have length one.
 */
final class LeastSquares {
  /** Singular values of unit columns below this count as zero. */
  private static final double DEPENDENT = 1e-11;

  /** A gradient below this times (||g|| + sum of the bounds) is rounding. */
  private static final double ROUNDING = 1e-14;

  private final double[] g;
  private final Dense columns;
  private final double[] lower;
  private final double[] upper;
  private final double[] eta;
  private final boolean[] free;
  private double[] residual;

  private LeastSquares(
      double[] g, List<double[]> columns, double[] lower, double[] upper, double[] start) {
    this.g = g;
    this.columns = Dense.ofColumns(g.length, columns);
    this.lower = lower;
    this.upper = upper;
    this.eta = start.clone();
    this.free = new boolean[eta.length];
    for (int i = 0; i < eta.length; i++) {
      free[i] = eta[i] > lower[i] && eta[i] < upper[i];
    }
    this.residual = residual();
  }

  /**
   * A minimiser and what is left.
   *
   * @param eta m unknowns
   * @param residual g + E eta
   * @param kkt the largest violation of the optimality conditions: |e_i'residual| of an unknown
   *     between its bounds, and of one at a bound where the norm falls inwards
   */
  @SuppressWarnings("ArrayRecordComponent") // numbers of a solution, never compared as a whole
  record Solution(double[] eta, double[] residual, double kkt) {
    double norm() {
      return Vectors.norm(residual);
    }
  }

  /** Minimises within finite bounds, lower &lt;= upper. */
  static Solution bounded(double[] g, List<double[]> columns, double[] lower, double[] upper) {
    return bounded(g, columns, lower, upper, lower);
  }

  /** Minimises within finite bounds from a start, as the solution of a similar problem is. */
  static Solution bounded(
      double[] g, List<double[]> columns, double[] lower, double[] upper, double[] start) {
    LeastSquares problem = new LeastSquares(g, columns, lower, upper, start);
    problem.moveFree();
    problem.solve();
    return new Solution(problem.eta, problem.residual, problem.kkt());
  }

  /** The eta of least norm that minimises without bounds. */
  static double[] unbounded(double[] g, List<double[]> columns) {
    return step(g, Dense.ofColumns(g.length, columns));
  }

  private void solve() {
    double scale = Vectors.norm(g);
    for (int i = 0; i < eta.length; i++) {
      scale += Math.max(Math.abs(lower[i]), Math.abs(upper[i]));
    }
    boolean[] refused = new boolean[eta.length];
    for (int step = 0; step < 10 * eta.length + 50; step++) {
      int eager = mostEager(refused, ROUNDING * scale);
      if (eager < 0) {
        return;
      }
      double before = Vectors.norm(residual);
      free[eager] = true;
      moveFree();
      if (Vectors.norm(residual) < before) {
        java.util.Arrays.fill(refused, false);
      } else {
        refused[eager] = true;
      }
    }
  }

  /** The unknown at a bound along which the squared norm falls fastest inwards, -1 for none. */
  private int mostEager(boolean[] refused, double bar) {
    int eager = -1;
    double fastest = bar;
    for (int i = 0; i < eta.length; i++) {
      double fall = free[i] || refused[i] ? 0 : inwardFall(i);
      if (fall > fastest) {
        fastest = fall;
        eager = i;
      }
    }
    return eager;
  }

  /** How fast half the squared norm falls when an unknown leaves its bound. */
  private double inwardFall(int i) {
    double slope = slope(i);
    boolean fixed = lower[i] == upper[i];
    return fixed ? 0 : eta[i] == lower[i] ? -slope : slope;
  }

  /** Free unknowns go to their minimiser, one bound after the other. */
  private void moveFree() {
    while (true) {
      int[] moving = java.util.stream.IntStream.range(0, eta.length).filter(i -> free[i]).toArray();
      double[] step = step(residual, columns.select(moving));
      double reach = 1;
      int hit = -1;
      for (int j = 0; j < step.length; j++) {
        int i = moving[j];
        double room = step[j] > 0 ? upper[i] - eta[i] : eta[i] - lower[i];
        if (Math.abs(step[j]) * reach > room) {
          reach = room / Math.abs(step[j]);
          hit = j;
        }
      }
      for (int j = 0; j < step.length; j++) {
        int i = moving[j];
        eta[i] = Math.min(upper[i], Math.max(lower[i], eta[i] + reach * step[j]));
      }
      if (hit >= 0) {
        int i = moving[hit];
        eta[i] = step[hit] > 0 ? upper[i] : lower[i];
        free[i] = false;
      }
      residual = residual();
      if (hit < 0) {
        return;
      }
    }
  }

  private double kkt() {
    double worst = 0;
    for (int i = 0; i < eta.length; i++) {
      boolean inside = eta[i] > lower[i] && eta[i] < upper[i];
      double slope = slope(i);
      worst = Math.max(worst, inside ? Math.abs(slope) : inwardFall(i));
    }
    return worst;
  }

  /** e_i'residual. */
  private double slope(int i) {
    return Vectors.dot(columns.values(), i * g.length, residual, 0, g.length);
  }

  private double[] residual() {
    double[] sum = g.clone();
    for (int i = 0; i < eta.length; i++) {
      Vectors.axpy(eta[i], columns.values(), i * g.length, sum, 0, g.length);
    }
    return sum;
  }

  /** -E^+ r, the shortest step to the minimiser of ||r + E step||. */
  private static double[] step(double[] r, Dense columns) {
    double[] step = columns.svd().solve(r, DEPENDENT);
    Vectors.scale(-1, step, 0, step.length);
    return step;
  }
}
