package org.relupath.core.program.rows;

import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Blas;
import org.relupath.core.program.BlockWeights;

/**
 * One pass over rows for the gradients of h(w) = s u'(X w)_+ at many directions w at once, u = y -
 * sum_b s_b (X w_b)_+ the residual of a ReLU network:
 *
 * <pre>grad h(w) = s X' D(w) u,   h(w) = w' grad h(w).</pre>
 *
 * @param weights of the network
 * @param directions S x d, a direction a row
 * @param signs s of each direction, +1 or -1
 */
@SuppressWarnings("ArrayRecordComponent") // a question, never compared
public record ClimbPass(BlockWeights weights, Matrix directions, int[] signs)
    implements RowQuestion<double[]> {
  /** Rows whose scores are held at once: they then stay in a cache of a few MB. */
  private static final int ROWS = 1024;

  /** Checks the shape and drops zero blocks. */
  public ClimbPass {
    if (signs.length != directions.rows()) {
      throw new IllegalArgumentException(
          signs.length + " signs, expected one for each of " + directions.rows() + " directions");
    }
    weights = weights.compact();
  }

  @Override
  public String what() {
    return "climbing from " + signs.length + " directions";
  }

  @Override
  public double[] plus(double[] a, double[] b) {
    return LocalRows.plus(a, b);
  }

  /** Gradients S x d. */
  @Override
  public Worker<double[]> worker() {
    double[] scores = new double[ROWS * Math.max(signs.length, weights.size())];
    return block -> {
      double[] gradients = new double[signs.length * directions.columns()];
      for (int from = 0; from < block.rows(); from += ROWS) {
        add(block, from, Math.min(ROWS, block.rows() - from), scores, gradients);
      }
      return gradients;
    };
  }

  private void add(RowBlock block, int from, int rows, double[] scores, double[] gradients) {
    int d = directions.columns();
    int count = signs.length;
    double[] x = block.x().values();
    int at = from * d;
    double[] u = residual(block, from, rows, scores);
    Blas.gemm(
        true, false, count, rows, d, 1, directions.values(), 0, d, x, at, d, 0, scores, 0, count);
    for (int r = 0, i = 0; r < rows; r++) {
      for (int j = 0; j < count; j++, i++) {
        scores[i] = scores[i] >= 0 ? signs[j] * u[r] : 0;
      }
    }
    Blas.gemm(false, true, d, count, rows, 1, x, at, d, scores, 0, count, 1, gradients, 0, d);
  }

  private double[] residual(RowBlock block, int from, int rows, double[] scores) {
    int d = directions.columns();
    int width = weights.size();
    double[] u = new double[rows];
    double[] w = weights.values();
    double[] x = block.x().values();
    Blas.gemm(true, false, width, rows, d, 1, w, 0, d, x, from * d, d, 0, scores, 0, width);
    for (int r = 0; r < rows; r++) {
      u[r] = block.y()[from + r];
      for (int b = 0; b < width; b++) {
        u[r] -= weights.blocks().get(b).sign() * Math.max(0, scores[r * width + b]);
      }
    }
    return u;
  }
}
