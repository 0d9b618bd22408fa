package org.relupath.core.reference;

/** Loops over plain vectors, summed from left to right. */
public final class Dense {
  private Dense() {}

  /** a'b. */
  public static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  /** ||a||. */
  public static double norm(double[] a) {
    return Math.sqrt(dot(a, a));
  }

  /** ||a - b||. */
  public static double distance(double[] a, double[] b) {
    return norm(minus(a, b));
  }

  /** a - b. */
  public static double[] minus(double[] a, double[] b) {
    double[] difference = a.clone();
    add(difference, -1, b);
    return difference;
  }

  /** t a. */
  public static double[] times(double t, double[] a) {
    double[] product = new double[a.length];
    add(product, t, a);
    return product;
  }

  /** a += t b. */
  public static void add(double[] a, double t, double[] b) {
    for (int k = 0; k < a.length; k++) {
      a[k] += t * b[k];
    }
  }
}
