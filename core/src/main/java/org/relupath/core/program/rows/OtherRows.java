package org.relupath.core.program.rows;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.BlockWeights;

/**
 * Sums over rows that are active for a direction exactly if they are for the centre v_j nearest to
 * it: of these a network is linear, and what they answer is
 *
 * <pre>X'D_k u = b_k - sum_j G_kj t_j,   t_j = sum of s_b w_b over the blocks at centre j,
 * ||u||^2 = y'y - sum_j t_j'(b_j + X'D_j u),   y'u = y'y - sum_j t_j'b_j.</pre>
 *
 * @param centres v_j, of length one, m x d
 * @param reach how far from centre j, as the root mean square of the change of a row's score, a
 *     direction of length one may be
 * @param moments X'X / n over all rows, d x d
 * @param gram G_kj = X'D_k D_j X, md x md
 * @param targets b_j = X'D_j y, md
 * @param square y'y
 */
@SuppressWarnings("ArrayRecordComponent") // sums, never compared
record OtherRows(
    Matrix centres,
    double[] reach,
    double[] moments,
    double[] gram,
    double[] targets,
    double square) {

  /** What they answer for a network. */
  record Answer(double[] correlations, double square, double product) {}

  /** The centre nearest to a direction, d entries from {@code at} on. */
  int nearest(double[] w, int at) {
    int d = centres.columns();
    int best = 0;
    double largest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < centres.rows(); j++) {
      double cosine = Vectors.dot(centres.values(), j * d, w, at, d);
      if (cosine > largest) {
        largest = cosine;
        best = j;
      }
    }
    return best;
  }

  /** Whether a direction is so near to a centre that these rows are active as they are there. */
  boolean knows(double[] w, int at) {
    int d = centres.columns();
    int j = nearest(w, at);
    double[] change = Arrays.copyOfRange(w, at, at + d);
    Vectors.scale(1 / Math.max(Double.MIN_NORMAL, Vectors.norm(change)), change, 0, d);
    Vectors.axpy(-1, centres.values(), j * d, change, 0, d);
    double square = 0;
    for (int k = 0; k < d; k++) {
      square += change[k] * Vectors.dot(moments, k * d, change, 0, d);
    }
    return Math.sqrt(Math.max(0, square)) <= reach[j];
  }

  /**
   * What they answer.
   *
   * @param at the centre of each block
   */
  Answer answer(BlockWeights weights, IntUnaryOperator at) {
    int d = centres.columns();
    double[] t = new double[targets.length];
    for (int b = 0; b < weights.size(); b++) {
      int sign = weights.blocks().get(b).sign();
      Vectors.axpy(sign, weights.values(), b * d, t, at.applyAsInt(b) * d, d);
    }
    double[] c = targets.clone();
    int n = c.length;
    Blas.gemm(false, false, n, 1, n, -1, gram, 0, n, t, 0, n, 1, c, 0, n);
    double product = square - Vectors.dot(t, targets);
    return new Answer(c, product - Vectors.dot(t, c), product);
  }

  /** X'D_k u of the centre nearest to a direction, times a sign, is added. */
  void add(Answer answer, int sign, double[] w, int from, double[] into, int at) {
    int d = centres.columns();
    Vectors.axpy(sign, answer.correlations, nearest(w, from) * d, into, at, d);
  }
}
