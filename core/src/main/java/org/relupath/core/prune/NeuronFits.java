package org.relupath.core.prune;

import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;

/**
 * A network as a combination of fixed neurons: neuron b of unit norm fits m_b, and the network is
 *
 * <pre>
 * yhat = sum_b beta_b m_b,   beta_b = ||w_b|| >= 0,   F(beta) = 1/2 ||M beta - y||^2 + lambda sum_b beta_b.
 * </pre>
 *
 * <p>Changing beta alone keeps every w_b on its ray, hence in its cone and with its sign, so M beta
 * is what the network computes and F(beta) is its objective, for C-ReLU and C-GReLU alike.
 *
 * @param n rows, at least 1
 * @param columns M, n x k column-major: column b is m_b; not to be changed
 * @param beta k norms, finite and >= 0; not to be changed
 * @param y n targets; not to be changed
 * @param lambda >= 0
 */
@SuppressWarnings("ArrayRecordComponent") // numbers, never compared as a whole
public record NeuronFits(int n, double[] columns, double[] beta, double[] y, double lambda) {

  /** Checks shapes and ranges. */
  public NeuronFits {
    if (n < 1 || y.length != n) {
      throw new IllegalArgumentException("y has " + y.length + " entries, expected n = " + n);
    }
    if (columns.length != n * beta.length) {
      throw new IllegalArgumentException(
          beta.length
              + " fits of "
              + n
              + " rows need "
              + (long) n * beta.length
              + " values, got "
              + columns.length);
    }
    if (!(lambda >= 0) || Double.isInfinite(lambda)) {
      throw new IllegalArgumentException("lambda is " + lambda + ", expected >= 0 and finite");
    }
    for (int b = 0; b < beta.length; b++) {
      if (!(beta[b] >= 0) || Double.isInfinite(beta[b])) {
        throw new IllegalArgumentException(
            "beta " + b + " is " + beta[b] + ", expected >= 0 and finite");
      }
    }
    Vectors.requireFinite("fit", columns);
    Vectors.requireFinite("y", y);
  }

  /**
   * The fits of a solution: m_b = s_b (X w_b)_+ / ||w_b|| for C-ReLU, D_b X w_b / ||w_b|| for
   * C-GReLU, and 0 where w_b = 0.
   *
   * @param problem X, y and the model
   * @param weights k blocks
   * @param lambda the penalty of F
   */
  public static NeuronFits of(Problem problem, BlockWeights weights, double lambda) {
    problem.requireSquares("pruning");
    int n = problem.n();
    double[] columns = new double[n * weights.size()];
    double[] beta = new double[weights.size()];
    for (int b = 0; b < beta.length; b++) {
      beta[b] = weights.norm(b);
      if (beta[b] > 0) {
        double[] unit = weights.weights(b);
        Vectors.scale(1 / beta[b], unit, 0, unit.length);
        fill(problem, weights.blocks().get(b), unit, columns, b * n);
      }
    }
    return new NeuronFits(n, columns, beta, problem.y(), lambda);
  }

  private static void fill(Problem problem, Block block, double[] unit, double[] columns, int at) {
    double[] score = problem.x().times(unit);
    boolean relu = problem.model() == Model.RELU;
    for (int r = 0; r < score.length; r++) {
      boolean on = relu ? score[r] > 0 : block.active(r);
      columns[at + r] = on ? block.sign() * score[r] : 0;
    }
  }

  /** k, the number of neurons, zero ones included. */
  public int size() {
    return beta.length;
  }

  /** ||m_b||. */
  double norm(int b) {
    return Vectors.norm(columns, b * n, n);
  }

  /** m_b'u for n numbers u. */
  double correlation(int b, double[] u) {
    return Vectors.dot(columns, b * n, u, 0, n);
  }

  /** M b, n entries, for k norms b. */
  public double[] fit(double[] b) {
    double[] fit = new double[n];
    Blas.gemv(false, n, size(), 1, columns, n, b, 0, fit);
    return fit;
  }

  /** target - M b. */
  double[] residual(double[] target, double[] b) {
    double[] residual = target.clone();
    Blas.gemv(false, n, size(), -1, columns, n, b, 1, residual);
    return residual;
  }
}
