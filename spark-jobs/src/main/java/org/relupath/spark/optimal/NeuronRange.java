package org.relupath.spark.optimal;

import java.util.Objects;

/**
 * How large a neuron can be: its norm ||w|| over all optimal networks, and in some of them.
 *
 * @param name what to call it; plain text
 * @param sign s, +1 or -1
 * @param least the smallest norm in any optimal network, >= 0
 * @param most the largest
 * @param solver in the network that the solver found
 * @param smallest in the optimal network of least width; null where not computed
 * @param minNorm in the optimal network of least norm; null where not computed
 */
public record NeuronRange(
    String name,
    int sign,
    double least,
    double most,
    double solver,
    Double smallest,
    Double minNorm) {

  /** Checks the interval. */
  public NeuronRange {
    Objects.requireNonNull(name, "name");
    if (!(least <= most)) {
      throw new IllegalArgumentException(
          "neuron " + name + " ranges from " + least + " to " + most + ", expected least <= most");
    }
  }
}
