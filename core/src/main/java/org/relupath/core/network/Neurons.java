package org.relupath.core.network;

import org.relupath.core.data.Design;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.loss.SquaredLoss;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Model;

/**
 * A two-layer network in the coordinates of the X that a solver sees.
 *
 * <pre>relu:  f(x) = sum_j (x'W_j)_+ a_j        gated:  f(x) = sum_j 1[x'g_j >= 0] (x'W_j) a_j
 * </pre>
 *
 * @param model which of the two
 * @param hidden W, a neuron a row (k x d)
 * @param output a, k
 * @param gates g, a gate a row (k x d) where gated, else 0 x 0
 */
public record Neurons(Model model, Matrix hidden, double[] output, Matrix gates) {

  /** Checks the shapes. */
  public Neurons {
    if (output.length != hidden.rows()) {
      throw new IllegalArgumentException(
          hidden.rows() + " hidden neurons but " + output.length + " output weights");
    }
    if (model == Model.GATED
        && (gates.rows() != hidden.rows() || gates.columns() != hidden.columns())) {
      throw new IllegalArgumentException("gates are " + gates + ", hidden weights " + hidden);
    }
  }

  /**
   * The network of a solution: W_j = w_b / sqrt(||w_b||), a_j = s_b sqrt(||w_b||) for every
   * non-zero block, so that ||W_j|| = |a_j|.
   *
   * @param weights the solution
   * @param model the program it solves
   * @param gates for each pattern b, in row b, a gate that induces it; used where gated
   */
  public static Neurons of(BlockWeights weights, Model model, Matrix gates) {
    BlockWeights nonzero = weights.compact();
    int k = nonzero.size();
    int d = nonzero.d();
    Matrix hidden = Matrix.zeros(k, d);
    double[] output = new double[k];
    int[] patterns = new int[k];
    for (int j = 0; j < k; j++) {
      double root = Math.sqrt(nonzero.norm(j));
      for (int i = 0; i < d; i++) {
        hidden.values()[j * d + i] = nonzero.values()[j * d + i] / root;
      }
      output[j] = nonzero.blocks().get(j).sign() * root;
      patterns[j] = nonzero.blocks().get(j).pattern();
    }
    Matrix own = model == Model.GATED ? gates.selectRows(patterns) : Matrix.zeros(0, 0);
    return new Neurons(model, hidden, output, own);
  }

  /** k, the number of neurons. */
  public int width() {
    return output.length;
  }

  /** f(X), one number a row. */
  public double[] predict(Design x) {
    double[] f = new double[x.rows()];
    int d = hidden.columns();
    for (int j = 0; j < width(); j++) {
      for (int r = 0; r < f.length; r++) {
        double score = x.score(r, hidden.values(), j * d);
        boolean on = model == Model.GATED ? x.score(r, gates.values(), j * d) >= 0 : score > 0;
        f[r] += on ? score * output[j] : 0;
      }
    }
    return f;
  }

  /** The non-convex objective 1/2 ||f(X) - y||^2 + (lambda / 2) sum_j (||W_j||^2 + a_j^2). */
  public double objective(Design x, double[] y, double lambda) {
    double[] f = predict(x);
    double loss = 0;
    for (int r = 0; r < y.length; r++) {
      loss += SquaredLoss.INSTANCE.value(y[r] - f[r]);
    }
    double squares = Vectors.dot(output, output) + Vectors.dot(hidden.values(), hidden.values());
    return loss + 0.5 * lambda * squares;
  }
}
