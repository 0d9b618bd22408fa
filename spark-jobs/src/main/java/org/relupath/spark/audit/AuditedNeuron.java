package org.relupath.spark.audit;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.relupath.core.audit.stationarity.NeuronAudit;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.network.Neurons;

/**
 * What an audit found of one neuron, with its weights as given, in the units of the loss scaling.
 *
 * @param neuron its number in the network
 * @param kind zero, dead or active
 * @param tightRows rows on which it switches
 * @param stationarityResidual distance of its subdifferential from zero, or a lower bound of it;
 *     not a number where both weights are zero
 * @param stationaritySet the set that it is the distance of: {@code clarke}, or a {@code larger}
 *     one, which only bounds it
 * @param descentResidual rate of the steepest descent found; not a number where both weights are
 *     zero
 * @param norm ||W|| |a|
 */
public record AuditedNeuron(
    int neuron,
    NeuronAudit.Kind kind,
    int tightRows,
    double stationarityResidual,
    String stationaritySet,
    double descentResidual,
    @JsonIgnore double norm) {

  static AuditedNeuron of(NeuronAudit found, Neurons network, double unit) {
    int j = found.neuron();
    return new AuditedNeuron(
        j,
        found.kind(),
        found.tightRows(),
        found.stationarityResidual() / unit,
        set(found.stationarityExact()),
        found.descentResidual() / unit,
        Vectors.norm(network.hidden().row(j)) * Math.abs(network.output()[j]));
  }

  /** The set that a residual is the distance of. */
  static String set(boolean exact) {
    return exact ? "clarke" : "larger";
  }

  /** Whether both weights are zero. */
  boolean zero() {
    return Double.isNaN(stationarityResidual);
  }
}
