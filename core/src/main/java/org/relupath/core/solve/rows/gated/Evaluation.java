package org.relupath.core.solve.rows.gated;

import org.relupath.core.linalg.Vectors;
import org.relupath.core.loss.SquaredLoss;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.rows.RowSums;

/**
 * What an exact pass has found at some weights.
 *
 * @param weights w
 * @param correlations c_b = X' D_b u at u = y - sum_b D_b X w_b, for every gate (P x d)
 * @param square ||u||^2
 * @param product y'u
 * @param agreeing rows whose score has the sign of their target
 */
@SuppressWarnings("ArrayRecordComponent") // sums, never compared as a whole
record Evaluation(
    BlockWeights weights, double[] correlations, double square, double product, long agreeing) {

  static Evaluation of(BlockWeights weights, RowSums sums, int l) {
    return new Evaluation(
        weights, sums.correlations(l), sums.squares()[l], sums.products()[l], sums.agreeing()[l]);
  }

  /** ||c_b|| of every gate. */
  double[] norms() {
    int d = weights.d();
    double[] norms = new double[correlations.length / d];
    for (int b = 0; b < norms.length; b++) {
      norms[b] = Vectors.norm(correlations, b * d, d);
    }
    return norms;
  }

  /** max_b ||c_b||. */
  double maxNorm() {
    double max = 0;
    for (double norm : norms()) {
      max = Math.max(max, norm);
    }
    return max;
  }

  /** 1/2 ||u||^2. */
  double loss() {
    return SquaredLoss.ofSquare(square);
  }

  /** 1/2 ||u||^2 + lambda sum_b ||w_b||. */
  double objective(double lambda) {
    return loss() + lambda * weights.normSum();
  }

  /** G(t u) at the best feasible t, a lower bound of the optimum at lambda. */
  double dual(double lambda) {
    return SquaredLoss.dualValue(dualScale(lambda), product, square);
  }

  double dualScale(double lambda) {
    return SquaredLoss.dualScale(product, square, lambda, maxNorm());
  }

  /**
   * G(t u) at the best t that is feasible for all patterns there are, as ||X'D u|| &lt;=
   * sigma_max(X) ||u|| for every D.
   *
   * @param sigma an upper bound of sigma_max(X)
   */
  double dualOfAllPatterns(double lambda, double sigma) {
    double t = SquaredLoss.dualScale(product, square, lambda, sigma * Math.sqrt(square));
    return SquaredLoss.dualValue(t, product, square);
  }

  /**
   * max over b of (||c_b|| / lambda - 1)_+ and, where w_b != 0, ||w_b / ||w_b|| - c_b / lambda||.
   */
  double kktResidual(double lambda) {
    int d = weights.d();
    double worst = Math.max(0, maxNorm() / lambda - 1);
    for (int i = 0; i < weights.size(); i++) {
      double norm = weights.norm(i);
      if (norm > 0) {
        double[] difference = weights.weights(i);
        Vectors.scale(1 / norm, difference, 0, d);
        int c = weights.blocks().get(i).pattern() * d;
        Vectors.axpy(-1 / lambda, correlations, c, difference, 0, d);
        worst = Math.max(worst, Vectors.norm(difference));
      }
    }
    return worst;
  }
}
