package org.relupath.core.audit;

import java.util.Locale;

/**
 * What is found of one neuron, with its weights as given.
 *
 * @param neuron its number in the network
 * @param kind zero, dead or active
 * @param tightRows the rows with |x_r'W| &lt;= 1e-9 ||x_r|| ||W||; 0 where gated or zero
 * @param concaveKinks how many lines of tight rows bend the objective downwards: those it slides
 *     off
 * @param stationarityResidual the length of the shortest vector that the chain rule allows as a
 *     gradient in (W, a), xi in [0, 1] on tight rows; NaN for a zero neuron
 * @param descentResidual the rate of the steepest descent in (W, a); NaN for a zero neuron
 * @param descentExact whether that is the steepest, not only a lower bound of it
 */
public record NeuronAudit(
    int neuron,
    Kind kind,
    int tightRows,
    int concaveKinks,
    double stationarityResidual,
    double descentResidual,
    boolean descentExact) {

  /** Whether a neuron does anything. */
  public enum Kind {
    /** a = 0 or W = 0: it adds nothing on any input. */
    ZERO,
    /** No row is active: it adds nothing on X, and costs. */
    DEAD,
    /** Some row is active. */
    ACTIVE;

    /** As files spell it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static NeuronAudit zero(int neuron) {
    return new NeuronAudit(neuron, Kind.ZERO, 0, 0, Double.NaN, Double.NaN, true);
  }

  static NeuronAudit of(int neuron, Slope slope, SteepestDescent descent) {
    return new NeuronAudit(
        neuron,
        slope.dead() ? Kind.DEAD : Kind.ACTIVE,
        slope.tightRows(),
        (int) slope.kinks().stream().filter(Kink::concave).count(),
        slope.clarkeResidual(),
        Math.hypot(slope.output(), descent.rate()),
        descent.exact());
  }
}
