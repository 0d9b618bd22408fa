package org.relupath.core.linalg;

/**
 * A sum of numbers and of products in about 106 bits, with a bound of its error: terms that cancel
 * leave a result that is right to the last bits (Ogita, Rump and Oishi, 2005: Sum2, Dot2).
 */
public final class TwofoldSum {
  private static final double UNIT = 0x1p-53;

  private double high;
  private double low;

  /** Sum of |terms|. */
  private double size;

  private int terms;

  /** An empty sum. */
  public TwofoldSum() {}

  /** Adds a number. */
  public void add(double term) {
    double sum = high + term;
    double part = sum - high;
    low += (high - (sum - part)) + (term - part);
    high = sum;
    size += Math.abs(term);
    terms++;
  }

  /** Adds a product, with what its rounding leaves. */
  public void addProduct(double a, double b) {
    double product = a * b;
    low += Math.fma(a, b, -product);
    add(product);
  }

  /** The sum, rounded once. */
  public double value() {
    return high + low;
  }

  /** What {@link #value} leaves of the sum. */
  public double rest() {
    double value = high + low;
    double part = value - high;
    return (high - (value - part)) + (low - part);
  }

  /** How far {@link #value} may be from the sum of the exact terms, beyond its last place. */
  public double error() {
    double relative = 2 * (terms + 2) * UNIT;
    return relative * relative * size + terms * Double.MIN_VALUE;
  }

  /** Starts again from zero. */
  public void clear() {
    high = 0;
    low = 0;
    size = 0;
    terms = 0;
  }

  /** a'b, rounded once. */
  public static double dot(double[] a, double[] b) {
    TwofoldSum dot = new TwofoldSum();
    for (int i = 0; i < a.length; i++) {
      dot.addProduct(a[i], b[i]);
    }
    return dot.value();
  }
}
