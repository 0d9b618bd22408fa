package org.relupath.core.solve.rows.relu;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.SymmetricEigen;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.rows.ClimbPass;
import org.relupath.core.program.rows.DirectionProducts;
import org.relupath.core.solve.slide.BalancedNeurons;

/**
 * The Hessian of a network's objective in balanced form over rows that are elsewhere,
 *
 * <pre>F(V, a) = 1/2 ||sum_j a_j (X v_j)_+ - y||^2 + lambda/2 sum_j (||v_j||^2 + a_j^2),
 * phi_r = (a_j 1[x_r'v_j > 0] x_r, (x_r'v_j)_+)_j,
 * H = sum_r phi_r phi_r' + lambda I
 *     - sum_r u_r 1[x_r'v_j > 0] x_r           in the entries of (v_j, a_j)
 *     - sum_r u_r a_j delta(x_r'v_j) x_r x_r'  in those of (v_j, v_j),</pre>
 *
 * with delta, which is for the rows that a neuron's border sweeps over as it turns, spread over the
 * rows near the border. Two passes give it: one for products of patterns, and the first one of a
 * slide for the rest.
 */
final class NetworkCurvature {
  /** Order of H at most: beyond it a decomposition costs more than the passes that it saves. */
  private static final int MOST_DIMENSIONS = 1200;

  /** Half the width of delta, as a part of the root mean square of the scores. */
  private static final double WIDTH = 0.25;

  /** Smallest curvature, as a part of lambda. */
  private static final double LEAST = 0.1;

  private final BalancedNeurons neurons;
  private final int d;
  private final int m;

  /** X'D_i D_j X, m d x m d. */
  private double[] gram = {};

  /** None so far. */
  NetworkCurvature(BalancedNeurons neurons) {
    this.neurons = neurons;
    this.d = neurons.d();
    this.m = neurons.m();
  }

  /** Whether there are no more neurons than it pays for. */
  static boolean pays(BalancedNeurons neurons) {
    return neurons.point().length <= MOST_DIMENSIONS;
  }

  /** What a pass for products is to be asked. */
  DirectionProducts products() {
    return new DirectionProducts(new Matrix(m, d, Arrays.copyOf(neurons.point(), m * d)));
  }

  /** Takes the products, md x md. */
  void take(double[] found) {
    gram = found;
  }

  /**
   * Half the widths of the neurons' borders, in the units of scores.
   *
   * @param n rows
   */
  double[] widths(long n) {
    double[] widths = new double[m];
    for (int j = 0; j < m; j++) {
      // Half of the rows are active, more or less.
      double square = 2 * Vectors.dot(times(j, j), 0, neurons.point(), j * d, d) / n;
      widths[j] = WIDTH * Math.sqrt(square);
    }
    return widths;
  }

  /** X'D_i D_j X v_j. */
  private double[] times(int i, int j) {
    double[] product = new double[d];
    for (int k = 0; k < d; k++) {
      double entry = neurons.point()[j * d + k];
      Vectors.axpy(entry, gram, i * d + (j * d + k) * m * d, product, 0, d);
    }
    return product;
  }

  /**
   * The inverse Hessian times a vector, which it changes. Where the objective is not convex, as
   * where neurons are born, its curvature counts by its size.
   *
   * @param sums gradients and borders of the network's own neurons
   */
  UnaryOperator<double[]> inverse(double lambda, ClimbPass.Sums sums) {
    int order = m * (d + 1);
    SymmetricEigen eigen = SymmetricEigen.of(order, hessian(lambda, sums));
    double[] v = eigen.vectors();
    double[] curvature = eigen.values();
    return b -> {
      double[] z = new double[order];
      Blas.gemm(true, false, order, 1, order, 1, v, order, b, order, 0, z, order);
      for (int i = 0; i < order; i++) {
        z[i] /= Math.max(LEAST * lambda, Math.abs(curvature[i]));
      }
      Blas.gemm(false, false, order, 1, order, 1, v, order, z, order, 0, b, order);
      return b;
    };
  }

  /** The lower triangle of H, order m (d + 1), V before a. */
  private double[] hessian(double lambda, ClimbPass.Sums sums) {
    int order = m * (d + 1);
    double[] h = new double[order * order];
    for (int j = 0; j < m; j++) {
      for (int i = 0; i < m; i++) {
        double[] product = times(j, i);
        double scale = neurons.scale(i) * neurons.scale(j);
        int a = m * d + i;
        for (int k = 0; k < d; k++) {
          int column = (j * d + k) * order;
          Vectors.axpy(scale, gram, i * d + (j * d + k) * m * d, h, i * d + column, d);
          h[a + column] += neurons.scale(j) * product[k];
        }
        double own = Vectors.dot(product, 0, neurons.point(), j * d, d);
        h[a + (m * d + j) * order] += own;
      }
      for (int k = 0; k < d; k++) {
        int column = (j * d + k) * order;
        h[m * d + j + column] -= neurons.sign(j) * sums.gradients()[j * d + k];
        double scale = -Math.abs(neurons.scale(j));
        Vectors.axpy(scale, sums.borders(), (j * d + k) * d, h, j * d + column, d);
      }
    }
    for (int i = 0; i < order; i++) {
      h[i + i * order] += lambda;
    }
    return h;
  }
}
