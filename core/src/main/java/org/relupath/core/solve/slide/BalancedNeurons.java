package org.relupath.core.solve.slide;

import java.util.Arrays;
import org.relupath.core.linalg.Vectors;

/**
 * ReLU neurons w_j of signs s_j in balanced form, w_j = |a_j| v_j and s_j = sign a_j with ||v_j|| =
 * |a_j| at first: sum_j ||w_j|| is then the least of 1/2 sum_j (||v_j||^2 + a_j^2), which is smooth
 * where neurons vanish.
 *
 * @param point V, m x d, and behind it a
 * @param m how many neurons there are
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record BalancedNeurons(double[] point, int m) {
  /** A neuron below this part of the largest norm has vanished. */
  private static final double VANISHED = 1e-7;

  /**
   * Balances neurons.
   *
   * @param weights w_j, m x d, none of them zero
   * @param signs s_j
   */
  public static BalancedNeurons of(double[] weights, int[] signs) {
    int m = signs.length;
    int d = m == 0 ? 0 : weights.length / m;
    double[] point = Arrays.copyOf(weights, m * (d + 1));
    for (int j = 0; j < m; j++) {
      double root = Math.sqrt(Vectors.norm(weights, j * d, d));
      Vectors.scale(1 / root, point, j * d, d);
      point[m * d + j] = signs[j] * root;
    }
    return new BalancedNeurons(point, m);
  }

  /** d, the number of entries of a neuron. */
  public int d() {
    return m == 0 ? 0 : point.length / m - 1;
  }

  /** a_j. */
  public double scale(int j) {
    return point[m * d() + j];
  }

  /** s_j. */
  public int sign(int j) {
    return scale(j) < 0 ? -1 : 1;
  }

  /** 1/2 sum_j (||v_j||^2 + a_j^2). */
  public double penalty() {
    return 0.5 * Vectors.dot(point, point);
  }

  /** w_j = |a_j| v_j of all neurons, m x d; zero where a neuron has vanished. */
  public double[] weights() {
    int d = d();
    double[] w = Arrays.copyOf(point, m * d);
    double[] norms = new double[m];
    for (int j = 0; j < m; j++) {
      Vectors.scale(Math.abs(scale(j)), w, j * d, d);
      norms[j] = Vectors.norm(w, j * d, d);
    }
    double largest = Arrays.stream(norms).max().orElse(0);
    for (int j = 0; j < m; j++) {
      if (norms[j] <= VANISHED * largest) {
        Arrays.fill(w, j * d, (j + 1) * d, 0);
      }
    }
    return w;
  }
}
