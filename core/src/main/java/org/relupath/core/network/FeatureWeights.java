package org.relupath.core.network;

import java.util.List;
import org.relupath.core.program.Model;

/**
 * The weights of a network by encoded column, in columns of equal spread, so that sizes compare:
 *
 * <pre>own_jk  = hidden_jk scale_k |output_j|
 * use_k   = sum_j |own_jk|
 * </pre>
 *
 * with scale_k the standard deviation that training divided column k by; 1 where it did not.
 */
public record FeatureWeights(Network network) {

  /** The names of the encoded columns. */
  public List<String> names() {
    return network.preparation().names(network.inputs());
  }

  /** own_j of neuron j, one a column. */
  public double[] of(int j) {
    double[] own = network.hidden().row(j);
    double output = Math.abs(network.output()[j]);
    for (int k = 0; k < own.length; k++) {
      own[k] *= scale(k) * output;
    }
    return own;
  }

  /** use, one a column: 0 where no neuron takes it in; gates of gated networks may look at it. */
  public double[] use() {
    double[] use = new double[names().size()];
    for (int j = 0; j < network.width(); j++) {
      double[] own = of(j);
      for (int k = 0; k < use.length; k++) {
        use[k] += Math.abs(own[k]);
      }
    }
    return use;
  }

  /** Whether neuron j adds to the output where it is active; of gated ones it may do both. */
  public boolean adds(int j) {
    return network.model() == Model.GATED || network.output()[j] > 0;
  }

  private double scale(int k) {
    return network.preprocessing() == null ? 1 : network.preprocessing().scale()[k];
  }
}
