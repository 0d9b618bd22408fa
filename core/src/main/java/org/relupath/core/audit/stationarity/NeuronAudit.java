package org.relupath.core.audit.stationarity;

import org.relupath.core.data.Label;

/**
 * What is found of one neuron, with its weights as given.
 *
 * @param neuron its number in the network
 * @param kind zero, dead or active
 * @param tightRows the rows on which it switches ({@link RowSides}), all where W = 0 and a is not;
 *     0 where gated or both are zero
 * @param concaveKinks how many lines of tight rows bend the objective downwards: those it slides
 *     off
 * @param stationarityResidual the length of the shortest vector of Clarke's subdifferential in (W,
 *     a), or a lower bound of it ({@link ClarkeDistance}); NaN where W and a are both zero
 * @param stationarityExact which of the two
 * @param descentResidual the rate of the steepest descent in (W, a); NaN where both are zero
 * @param descentExact whether that is the steepest, not only a lower bound of it
 */
public record NeuronAudit(
    int neuron,
    Kind kind,
    int tightRows,
    int concaveKinks,
    double stationarityResidual,
    boolean stationarityExact,
    double descentResidual,
    boolean descentExact) {
  /** A bound from below and one from above this close, relatively, are one number. */
  private static final double SQUEEZED = 1e-9;

  /** Whether a neuron does anything. */
  public enum Kind {
    /**
     * a = 0 or W = 0: it adds nothing on any input. With one of them not zero it still has a
     * gradient, of length at least lambda ||W|| or lambda |a|.
     */
    ZERO,
    /** No row is active: it adds nothing on X, and costs. */
    DEAD,
    /** Some row is active. */
    ACTIVE;

    /** As files spell it. */
    public String label() {
      return Label.of(this);
    }
  }

  /** Both factors zero: every directional derivative is zero. */
  static NeuronAudit zero(int neuron) {
    return new NeuronAudit(neuron, Kind.ZERO, 0, 0, Double.NaN, true, Double.NaN, true);
  }

  static NeuronAudit of(int neuron, Kind kind, Slope slope, SteepestDescent descent) {
    ClarkeDistance clarke = ClarkeDistance.of(slope);
    double rate = Math.hypot(slope.output(), descent.rate());
    // A point without descent is Clarke stationary, and with a rate of descent no further off.
    boolean squeezed = descent.exact() && rate <= clarke.value() * (1 + SQUEEZED);
    return new NeuronAudit(
        neuron,
        kind,
        slope.tightRows(),
        (int) slope.kinks().stream().filter(Kink::concave).count(),
        clarke.value(),
        clarke.exact() || squeezed,
        rate,
        descent.exact());
  }

  /**
   * Whether zero is in Clarke's subdifferential.
   *
   * @param bar lengths up to this count as zero
   */
  Criticality criticality(double bar) {
    if (Double.isNaN(stationarityResidual)) {
      return Criticality.CRITICAL;
    }
    if (stationarityResidual > bar) {
      return Criticality.NOT_CRITICAL;
    }
    boolean proven = stationarityExact || (descentExact && descentResidual <= bar);
    return proven ? Criticality.CRITICAL : Criticality.UNCERTAIN;
  }
}
