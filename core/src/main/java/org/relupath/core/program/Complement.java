package org.relupath.core.program;

import java.util.Arrays;
import org.relupath.core.linalg.Vectors;

/** Orthogonal complements by Householder reflections. */
final class Complement {
  private Complement() {}

  /**
   * An orthonormal basis of the complement of t orthonormal vectors in R^d.
   *
   * @param basis vector l at l d
   * @param t their number, at most d
   * @param d the dimension
   * @return d - t vectors, vector l at l d
   */
  static double[] of(double[] basis, int t, int d) {
    double[] reflectors = Arrays.copyOf(basis, t * d);
    for (int l = 0; l < t; l++) {
      int at = l * d + l;
      double length = Vectors.norm(reflectors, at, d - l);
      // v = a + sign(a_1) ||a|| e_1, scaled so that H = I - v v'.
      reflectors[at] += reflectors[at] >= 0 ? length : -length;
      double square = Vectors.dot(reflectors, at, reflectors, at, d - l);
      Vectors.scale(Math.sqrt(2 / square), reflectors, at, d - l);
      for (int j = l + 1; j < t; j++) {
        reflect(reflectors, at, reflectors, j * d + l, d - l);
      }
    }
    double[] complement = new double[(d - t) * d];
    for (int j = 0; j < d - t; j++) {
      complement[j * d + t + j] = 1;
      for (int l = t - 1; l >= 0; l--) {
        reflect(reflectors, l * d + l, complement, j * d + l, d - l);
      }
    }
    return complement;
  }

  private static void reflect(double[] v, int at, double[] x, int offset, int length) {
    double product = Vectors.dot(v, at, x, offset, length);
    Vectors.axpy(-product, v, at, x, offset, length);
  }
}
