package org.relupath.core.linalg;

import java.math.BigDecimal;

/**
 * x'w + b to full relative accuracy: in plain arithmetic where its terms hardly cancel, in {@link
 * TwofoldSum} where they do, and its sign exactly. Not thread-safe.
 */
public final class AffineScore {
  /** Below this share of its terms a plain sum has lost too many digits. */
  private static final double CANCELLED = 1.0 / 1024;

  private final TwofoldSum sum = new TwofoldSum();
  private double size;

  /** Entries of w in the columns of a sparse x. */
  private double[] gathered = new double[0];

  /** A score to be computed. */
  public AffineScore() {}

  /** x'w + b of d entries, x from i on and w from j on. */
  public double value(double[] x, int i, double[] w, int j, int d, double b) {
    double plain = b;
    size = Math.abs(b);
    for (int k = 0; k < d; k++) {
      double term = x[i + k] * w[j + k];
      plain += term;
      size += Math.abs(term);
    }
    return Math.abs(plain) >= CANCELLED * size ? plain : careful(x, i, w, j, d, b);
  }

  /**
   * x'w + b of a sparse x.
   *
   * @param x its numbers that are not zero, entries {@code from} to {@code to - 1}
   * @param columns for each of them its column
   * @param at where w begins
   */
  public double value(double[] x, int[] columns, int from, int to, double[] w, int at, double b) {
    gather(columns, from, to, w, at);
    return value(x, from, gathered, 0, to - from, b);
  }

  /** Whether x'w + b >= 0 of a sparse x, exactly; all numbers are finite. */
  public boolean nonNegative(
      double[] x, int[] columns, int from, int to, double[] w, int at, double b) {
    gather(columns, from, to, w, at);
    return nonNegative(x, from, gathered, 0, to - from, b);
  }

  private void gather(int[] columns, int from, int to, double[] w, int at) {
    if (gathered.length < to - from) {
      gathered = new double[2 * (to - from)];
    }
    for (int i = from; i < to; i++) {
      gathered[i - from] = w[at + columns[i]];
    }
  }

  private double careful(double[] x, int i, double[] w, int j, int d, double b) {
    sum.clear();
    sum.add(b);
    for (int k = 0; k < d; k++) {
      sum.addProduct(x[i + k], w[j + k]);
    }
    return sum.value();
  }

  /** Whether x'w + b >= 0, exactly; all numbers are finite. */
  public boolean nonNegative(double[] x, int i, double[] w, int j, int d, double b) {
    double value = value(x, i, w, j, d, b);
    // A plain sum of d products, far from zero, is off by less than CANCELLED of its terms: what is
    // left is a twofold one, and products that lost digits to underflow.
    double error = 0x1p-90 * (d + 2) * (d + 2) * size + (d + 2) * Double.MIN_NORMAL;
    if (Math.abs(value) > error && size < Double.POSITIVE_INFINITY) {
      return value > 0;
    }
    BigDecimal exact = new BigDecimal(b);
    for (int k = 0; k < d; k++) {
      if (x[i + k] != 0 && w[j + k] != 0) {
        exact = exact.add(new BigDecimal(x[i + k]).multiply(new BigDecimal(w[j + k])));
      }
    }
    return exact.signum() >= 0;
  }
}
