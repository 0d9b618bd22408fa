package org.relupath.core.solve.rows.relu;

import org.relupath.core.linalg.Vectors;
import org.relupath.core.loss.SquaredLoss;
import org.relupath.core.program.BlockWeights;

/**
 * What an exact pass has found at a ReLU network, with norms over the patterns of a table: the
 * objective is the network's own, the bound is over those patterns.
 *
 * @param weights w
 * @param correlations X' D_b u of every pattern (P x d), u = y - sum_b s_b (X w_b)_+
 * @param square ||u||^2
 * @param positive ||u_+||^2
 * @param product y'u
 * @param agreeing rows whose score has the sign of their target
 * @param slack min over blocks and rows of (A_b w_b)_r / (||x_r|| ||w_b||), infinite for w = 0
 * @param norms of every block, first those of sign +1: ||Proj_{K_S}(s_b X' D_b u)||, or a bound of
 *     it that is at most lambda (2 P)
 */
@SuppressWarnings("ArrayRecordComponent") // sums, never compared as a whole
record NetworkEvaluation(
    BlockWeights weights,
    double[] correlations,
    double square,
    double positive,
    double product,
    long agreeing,
    double slack,
    double[] norms) {

  /** c_b = s X' D_b u, d entries. */
  double[] correlation(int pattern, int sign) {
    int d = weights.d();
    double[] c = new double[d];
    Vectors.axpy(sign, correlations, pattern * d, c, 0, d);
    return c;
  }

  /** The norm of a block. */
  double norm(int pattern, int sign) {
    return norms[sign > 0 ? pattern : norms.length / 2 + pattern];
  }

  /** max_b ||v_b||, or an upper bound of it. */
  double maxNorm() {
    double max = 0;
    for (double norm : norms) {
      max = Math.max(max, norm);
    }
    return max;
  }

  /** 1/2 ||u||^2. */
  double loss() {
    return SquaredLoss.ofSquare(square);
  }

  /** 1/2 ||u||^2 + lambda sum_b ||w_b||: what the network has, whether inside the cones or not. */
  double objective(double lambda) {
    return loss() + lambda * weights.normSum();
  }

  /** G(t u) at the best t that is feasible for the patterns of the table. */
  double dual(double lambda) {
    return dual(lambda, maxNorm());
  }

  /** G(t u) at the best t that is feasible if some ||v_b|| may be as large as {@code norm}. */
  double dual(double lambda, double norm) {
    double t = SquaredLoss.dualScale(product, square, lambda, norm);
    return SquaredLoss.dualValue(t, product, square);
  }

  double dualScale(double lambda) {
    return SquaredLoss.dualScale(product, square, lambda, maxNorm());
  }

  /**
   * G(t u) over all patterns there are: s u'(Xw)_+ &lt;= ||(s u)_+|| sigma_max(X) ||w||.
   *
   * @param sigma an upper bound of sigma_max(X)
   */
  double dualOfAllPatterns(double lambda, double sigma) {
    double larger = Math.max(positive, square - positive);
    return dual(lambda, sigma * Math.sqrt(Math.max(0, larger)));
  }

  /** max (-(A_b w_b)_r)_+ / (||x_r|| ||w_b||). */
  double violation() {
    return Math.max(0, -slack);
  }
}
