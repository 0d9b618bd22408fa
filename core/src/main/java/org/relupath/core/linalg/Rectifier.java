package org.relupath.core.linalg;

/**
 * The rectifier (t)_+ and its derivative without a branch: the sign of a score is as good as
 * random, and a branch that cannot be predicted costs more than the arithmetic of a row.
 *
 * <p>A score of 0 counts as positive, one of -0 as negative.
 */
public final class Rectifier {
  private Rectifier() {}

  /** The value where the score is positive, else 0. */
  public static double gate(double score, double value) {
    long negative = Double.doubleToRawLongBits(score) >> (Long.SIZE - 1);
    return Double.longBitsToDouble(Double.doubleToRawLongBits(value) & ~negative);
  }

  /** 1 where the score is positive, else 0. */
  public static long active(double score) {
    return ~Double.doubleToRawLongBits(score) >>> (Long.SIZE - 1);
  }

  /** (t)_+, but (t + b)^2 / 4b where |t| is below b: continuously differentiable. */
  public static double smooth(double score, double bend) {
    double over = score + bend;
    return Math.abs(score) < bend ? over * over / (4 * bend) : gate(score, score);
  }

  /** The derivative of {@link #smooth}. */
  public static double slope(double score, double bend) {
    return Math.abs(score) < bend ? (score + bend) / (2 * bend) : active(score);
  }
}
