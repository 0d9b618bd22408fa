package org.relupath.core.linalg;

import java.math.BigDecimal;

/**
 * x'w + b to full relative accuracy: in plain arithmetic where its terms hardly cancel, in {@link
 * DoubleSum} where they do, and its sign exactly. Not thread-safe.
 */
public final class AffineScore {
  /** Below this share of its terms a plain sum has lost too many digits. */
  private static final double CANCELLED = 1.0 / 1024;

  /** Relative to the terms, more than the error of a {@link DoubleSum}. */
  private static final double DOUBLE_ROUNDING = 1e-28;

  private final DoubleSum sum = new DoubleSum();
  private double size;

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

  private double careful(double[] x, int i, double[] w, int j, int d, double b) {
    sum.clear();
    sum.add(b);
    for (int k = 0; k < d; k++) {
      sum.addProduct(x[i + k], w[j + k]);
    }
    return sum.value();
  }

  /** Whether x'w + b >= 0, exactly. */
  public boolean nonNegative(double[] x, int i, double[] w, int j, int d, double b) {
    double value = value(x, i, w, j, d, b);
    if (Math.abs(value) > DOUBLE_ROUNDING * size || !Double.isFinite(size)) {
      return value >= 0;
    }
    BigDecimal exact = new BigDecimal(b);
    for (int k = 0; k < d; k++) {
      exact = exact.add(new BigDecimal(x[i + k]).multiply(new BigDecimal(w[j + k])));
    }
    return exact.signum() >= 0;
  }
}
