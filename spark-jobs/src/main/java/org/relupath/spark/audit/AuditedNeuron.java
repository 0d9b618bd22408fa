package org.relupath.spark.audit;

import java.util.Objects;

/**
 * What an audit found of one neuron, with its weights as given.
 *
 * @param neuron its number in the network
 * @param kind zero, dead or active; plain text
 * @param norm ||W|| |a|
 * @param tightRows rows on which it switches
 * @param stationarityResidual distance of its subdifferential from zero, or a lower bound of it, in
 *     units of the objective; null where both weights are zero
 * @param descentResidual rate of the steepest descent found; null where both weights are zero
 */
public record AuditedNeuron(
    int neuron,
    String kind,
    double norm,
    int tightRows,
    Double stationarityResidual,
    Double descentResidual) {

  /** Refuses null. */
  public AuditedNeuron {
    Objects.requireNonNull(kind, "kind");
  }
}
