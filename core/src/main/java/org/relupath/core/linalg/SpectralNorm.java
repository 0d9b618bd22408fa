package org.relupath.core.linalg;

import java.util.function.BiConsumer;

/** The largest singular value of an n x d matrix X, row-major: an estimate and an upper bound. */
public final class SpectralNorm {
  /** Power iterations: the estimate serves as a scale only. */
  private static final int STEPS = 30;

  /** Rounds what comes from a Gram matrix up, by far more than its error. */
  public static final double UP = 1 + 1e-10;

  private SpectralNorm() {}

  /** An upper bound of sigma_max(X), exact to 1e-10: the root of an eigenvalue of X'X or XX'. */
  public static double bound(int rows, int columns, double[] values) {
    int order = Math.min(rows, columns);
    if (order == 0) {
      return 0;
    }
    boolean wide = columns > rows;
    double[] gram = new double[order * order];
    Blas.syrk(wide, order, Math.max(rows, columns), 1, values, columns, 0, gram, order);
    return UP * Math.sqrt(SymmetricEigen.largest(order, gram));
  }

  /**
   * A lower bound of sigma_max(X), within a few percent where the spectrum is not contrived, by
   * power iteration on X'X from a fixed start.
   *
   * @param rows n
   * @param columns d
   * @param times writes X v into n entries
   * @param transposed writes X'u into d entries
   */
  public static double estimate(
      int rows,
      int columns,
      BiConsumer<double[], double[]> times,
      BiConsumer<double[], double[]> transposed) {
    double[] v = new double[columns];
    double[] u = new double[rows];
    for (int k = 0; k < columns; k++) {
      v[k] = 1 + 0.5 * Math.sin(k);
    }
    double norm = 0;
    for (int step = 0; step < STEPS; step++) {
      double length = Vectors.norm(v);
      if (length == 0) {
        return 0;
      }
      Vectors.scale(1 / length, v, 0, columns);
      times.accept(v, u);
      norm = Vectors.norm(u);
      transposed.accept(u, v);
    }
    return norm;
  }
}
