package org.relupath.core.linalg;

/**
 * A sum of products in about twice the precision of doubles, with a bound of its error (Ogita, Rump
 * and Oishi, 2005: Dot2).
 */
public final class TwofoldSum {
  private static final double UNIT = 0x1p-53;

  private double sum;
  private double correction;
  private double size;
  private int terms;

  /** Adds a b. */
  public void add(double a, double b) {
    double product = a * b;
    double rest = Math.fma(a, b, -product);
    double total = sum + product;
    double moved = total - sum;
    correction += (sum - (total - moved)) + (product - moved) + rest;
    sum = total;
    size += Math.abs(product);
    terms++;
  }

  /** The sum, rounded once. */
  public double value() {
    return sum + correction;
  }

  /** How far {@link #value} may be from the sum of the exact products, beyond its last place. */
  public double error() {
    double relative = 2 * (terms + 2) * UNIT;
    return relative * relative * size + terms * Double.MIN_VALUE;
  }

  /** a'b, rounded once. */
  public static TwofoldSum dot(double[] a, double[] b) {
    TwofoldSum dot = new TwofoldSum();
    for (int i = 0; i < a.length; i++) {
      dot.add(a[i], b[i]);
    }
    return dot;
  }
}
