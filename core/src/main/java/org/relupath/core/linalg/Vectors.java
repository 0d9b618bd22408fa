package org.relupath.core.linalg;

/**
 * Loops over slices of arrays, for the lengths (d, tens to hundreds) where a BLAS call costs more
 * than it saves. Sums run in a fixed order.
 */
public final class Vectors {
  private Vectors() {}

  /** The inner product of n entries of a from i on and of b from j on, in four partial sums. */
  public static double dot(double[] a, int i, double[] b, int j, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int k = 0;
    for (; k + 3 < n; k += 4) {
      s0 += a[i + k] * b[j + k];
      s1 += a[i + k + 1] * b[j + k + 1];
      s2 += a[i + k + 2] * b[j + k + 2];
      s3 += a[i + k + 3] * b[j + k + 3];
    }
    for (; k < n; k++) {
      s0 += a[i + k] * b[j + k];
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** The inner product of two whole vectors. */
  public static double dot(double[] a, double[] b) {
    return dot(a, 0, b, 0, a.length);
  }

  /** The Euclidean norm of n entries from i on. */
  public static double norm(double[] a, int i, int n) {
    return Math.sqrt(dot(a, i, a, i, n));
  }

  /** The Euclidean norm of a whole vector. */
  public static double norm(double[] a) {
    return norm(a, 0, a.length);
  }

  /** y += alpha x over n entries, x from i on and y from j on. */
  public static void axpy(double alpha, double[] x, int i, double[] y, int j, int n) {
    for (int k = 0; k < n; k++) {
      y[j + k] += alpha * x[i + k];
    }
  }

  /** x *= alpha over n entries from i on. */
  public static void scale(double alpha, double[] x, int i, int n) {
    for (int k = 0; k < n; k++) {
      x[i + k] *= alpha;
    }
  }

  /** Refuses what is not finite, as in "y entry 1 is NaN". */
  public static void requireFinite(String name, double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(name + " entry " + i + " is " + values[i]);
      }
    }
  }
}
