package org.relupath.core.linalg;

/**
 * A sum of numbers and of products in about 106 bits: its error is that of plain summation squared,
 * so terms that cancel leave a result that is right to the last bits (Ogita, Rump and Oishi 2005).
 */
public final class DoubleSum {
  private double high;
  private double low;

  /** An empty sum. */
  public DoubleSum() {}

  /** Adds a number. */
  public void add(double term) {
    double sum = high + term;
    double part = sum - high;
    low += (high - (sum - part)) + (term - part);
    high = sum;
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

  /** Starts again from zero. */
  public void clear() {
    high = 0;
    low = 0;
  }
}
