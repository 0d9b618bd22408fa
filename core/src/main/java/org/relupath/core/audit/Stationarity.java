package org.relupath.core.audit;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a network is a critical point of the non-convex objective (design.md section 1). Neurons
 * that are zero are left out.
 *
 * <p>Directionally stationary (no descent along any direction) implies Clarke stationary; the
 * converse fails at concave kinks. Without tight rows both say that the gradient is zero.
 *
 * @param neurons what is found of each neuron
 * @param critical whether every stationarityResidual is at most 1e-6 lambda
 * @param stationarityResidual the largest one, 0 for no neuron
 * @param descentResidual the largest rate of descent of a neuron, 0 for no neuron
 * @param descentExact whether that rate is exact for every neuron; otherwise it is a lower bound
 * @param directionallyStationary whether descentResidual is exact and at most 1e-6 lambda
 */
public record Stationarity(
    List<NeuronAudit> neurons,
    boolean critical,
    double stationarityResidual,
    double descentResidual,
    boolean descentExact,
    boolean directionallyStationary) {
  /** Residuals up to this times lambda count as zero (design.md section 5). */
  public static final double TOLERANCE = 1e-6;

  /** Keeps the list unchangeable. */
  public Stationarity {
    neurons = List.copyOf(neurons);
  }

  static Stationarity of(Examination examination, double lambda) {
    List<NeuronAudit> neurons = new ArrayList<>();
    for (int j = 0; j < examination.network().width(); j++) {
      Slope slope = examination.slope(j);
      neurons.add(
          slope == null ? NeuronAudit.zero(j) : NeuronAudit.of(j, slope, examination.descent(j)));
    }
    double clarke = 0;
    double descent = 0;
    boolean exact = true;
    for (NeuronAudit neuron : neurons) {
      if (neuron.kind() != NeuronAudit.Kind.ZERO) {
        clarke = Math.max(clarke, neuron.stationarityResidual());
        descent = Math.max(descent, neuron.descentResidual());
        exact &= neuron.descentExact();
      }
    }
    double bar = TOLERANCE * lambda;
    return new Stationarity(
        neurons, clarke <= bar, clarke, descent, exact, exact && descent <= bar);
  }

  /** The numbers of the neurons of a kind. */
  public List<Integer> neurons(NeuronAudit.Kind kind) {
    return neurons.stream().filter(n -> n.kind() == kind).map(NeuronAudit::neuron).toList();
  }
}
