package org.relupath.core.audit.stationarity;

import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.network.Neurons;

/**
 * Balanced networks: (W_j, a_j) and (t W_j, a_j / t), t > 0, compute the same, and the penalty is
 * least, 2 |a_j| ||W_j||, where ||W_j|| = |a_j|.
 */
public final class Balancing {
  private Balancing() {}

  /** The balanced form of a network none of whose neurons is zero. */
  static Neurons balanced(Neurons network) {
    int d = network.hidden().columns();
    Matrix hidden = new Matrix(network.width(), d, network.hidden().values().clone());
    double[] output = network.output().clone();
    for (int j = 0; j < output.length; j++) {
      double norm = Vectors.norm(hidden.values(), j * d, d);
      double root = Math.sqrt(norm) * Math.sqrt(Math.abs(output[j]));
      Vectors.scale(root / norm, hidden.values(), j * d, d);
      output[j] = Math.copySign(root, output[j]);
    }
    return new Neurons(network.model(), hidden, output, network.gates());
  }

  /** max_j of the larger of ||W_j|| / |a_j| and its inverse, zero neurons left out; 1 for none. */
  public static double imbalance(Neurons network) {
    double worst = 1;
    for (int j = 0; j < network.width(); j++) {
      if (!Examination.zero(network, j)) {
        double ratio = Vectors.norm(network.hidden().row(j)) / Math.abs(network.output()[j]);
        worst = Math.max(worst, Math.max(ratio, 1 / ratio));
      }
    }
    return worst;
  }
}
