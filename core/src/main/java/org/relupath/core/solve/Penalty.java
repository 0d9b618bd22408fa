package org.relupath.core.solve;

/**
 * The augmented Lagrangian's penalty sigma = s max_b ||w_b|| / lambda, a multiple s of the scale at
 * which a prox step moves the weights by their own size.
 *
 * <p>s grows fourfold unless the gap has fallen tenfold, up to a cap; where a step stagnates, the
 * system has become too ill-conditioned for float64, and s falls sixteenfold.
 */
final class Penalty {
  private static final double FIRST = 3;
  private static final double GROWTH = 4;
  private static final double CAP = 1e6;
  private static final double RETREAT = 16;
  private static final double SMALLEST = 1e-3;

  /**
   * Below this gap a breakdown is rounding's fault, and the scale it happened at is not tried
   * again.
   */
  private static final double ROUNDING_GAP = 1e-6;

  private final double lambda;
  private double scale = FIRST;
  private double best = Double.POSITIVE_INFINITY;
  private boolean started;
  private double cap = CAP;

  Penalty(double lambda) {
    this.lambda = lambda;
  }

  /** sigma for the next step; 1 / lambda while all weights are zero. */
  double sigma(double maxNorm) {
    return maxNorm > 0 ? scale * maxNorm / lambda : 1 / lambda;
  }

  /** Learns the gap that the last step has reached. */
  void adapt(double gap) {
    if (started && gap > 0.1 * best) {
      scale = Math.min(scale * GROWTH, cap);
    }
    started = true;
    best = Math.min(best, gap);
  }

  /** Learns how the last step went. */
  void note(AugmentedLagrangian.Step step) {
    if (step.stagnated()) {
      cap = best < ROUNDING_GAP ? scale / GROWTH : cap;
      scale = Math.max(scale / RETREAT, SMALLEST);
    }
  }
}
