package org.relupath.core.audit.stationarity;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a network is a critical point of the non-convex objective
 * (core/docs/audit.md#critical-points), to first order: a neuron with W = 0 and a = 0 always is,
 * whether or not it could grow into something better, and one with a single zero factor is not.
 *
 * <p>Directionally stationary (no descent along any direction) implies Clarke stationary; the
 * converse fails at concave kinks. Without tight rows both say that the gradient is zero.
 *
 * @param neurons what is found of each neuron
 * @param criticality whether every neuron's subdifferential has a vector of at most 1e-6 lambda
 * @param stationarityResidual the largest distance of a neuron's subdifferential from zero, 0 for
 *     no neuron; a lower bound unless exact
 * @param stationarityExact whether it is that distance
 * @param descentResidual the largest rate of descent of a neuron, 0 for no neuron
 * @param descentExact whether that rate is exact for every neuron; otherwise it is a lower bound
 * @param directionallyStationary whether descentResidual is exact and at most 1e-6 lambda
 */
public record Stationarity(
    List<NeuronAudit> neurons,
    Criticality criticality,
    double stationarityResidual,
    boolean stationarityExact,
    double descentResidual,
    boolean descentExact,
    boolean directionallyStationary) {
  /** Residuals up to this times lambda count as zero (core/docs/audit.md#critical-points). */
  public static final double TOLERANCE = 1e-6;

  /** Keeps the list unchangeable. */
  public Stationarity {
    neurons = List.copyOf(neurons);
  }

  public static Stationarity of(Examination examination, double lambda) {
    List<NeuronAudit> neurons = new ArrayList<>();
    for (int j = 0; j < examination.network().width(); j++) {
      Slope slope = examination.slope(j);
      neurons.add(
          slope == null
              ? NeuronAudit.zero(j)
              : NeuronAudit.of(j, examination.kind(j), slope, examination.descent(j)));
    }
    double bar = TOLERANCE * lambda;
    double clarke = 0;
    double descent = 0;
    boolean clarkeExact = true;
    boolean descentExact = true;
    Criticality criticality = Criticality.CRITICAL;
    for (NeuronAudit neuron : neurons) {
      if (Double.isNaN(neuron.stationarityResidual())) {
        continue;
      }
      clarke = Math.max(clarke, neuron.stationarityResidual());
      descent = Math.max(descent, neuron.descentResidual());
      clarkeExact &= neuron.stationarityExact();
      descentExact &= neuron.descentExact();
      Criticality own = neuron.criticality(bar);
      if (own != Criticality.CRITICAL && criticality != Criticality.NOT_CRITICAL) {
        criticality = own;
      }
    }
    return new Stationarity(
        neurons,
        criticality,
        clarke,
        clarkeExact,
        descent,
        descentExact,
        descentExact && descent <= bar);
  }

  /** Whether the network is proven to be Clarke stationary. */
  public boolean critical() {
    return criticality == Criticality.CRITICAL;
  }

  /** The numbers of the neurons of a kind. */
  public List<Integer> neurons(NeuronAudit.Kind kind) {
    return neurons.stream().filter(n -> n.kind() == kind).map(NeuronAudit::neuron).toList();
  }
}
