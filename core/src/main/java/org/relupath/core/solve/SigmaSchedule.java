package org.relupath.core.solve;

import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Problem;

/**
 * The augmented Lagrangian's penalty sigma = s max_b ||w_b|| / lambda, a multiple s of the scale at
 * which a prox step moves the weights by their own size.
 *
 * <p>s grows fourfold unless the gap has fallen tenfold, up to a cap. Where a step breaks down, or
 * the gap stops falling again, the system has become too ill-conditioned for float64: s falls
 * sixteenfold, and near the optimum, where only rounding can be at fault, it does not grow back.
 */
final class SigmaSchedule {
  /** s of the first step. */
  private static final double FIRST = 3;

  /** Factor on s after a step that gained little. */
  private static final double GROWTH = 4;

  /** Largest s before a stall: beyond it Newton systems are ill-conditioned. */
  private static final double CAP = 1e6;

  /** Divisor of s after a step that broke down. */
  private static final double RETREAT = 16;

  /** How much larger sigma is made by the first stall, and how large it may then be. */
  private static final double PRESS = 64;

  /** Largest s after the first stall. */
  private static final double LARGEST = 1e9;

  /** Smallest s: steps below it move nothing. */
  private static final double SMALLEST = 1e-3;

  /** Below this gap a breakdown is rounding's fault. */
  private static final double ROUNDING_GAP = 1e-6;

  private final double lambda;
  private final double cold;
  private double scale = FIRST;
  private double cap = CAP;
  private boolean pressed;
  private double best = Double.POSITIVE_INFINITY;

  SigmaSchedule(Problem problem, double lambda) {
    this.lambda = lambda;
    double x = problem.design().norm();
    double y = Vectors.norm(problem.y());
    // In the units of weights over gradients, and 1 / lambda on standardised data.
    this.cold = x > 0 && y > 0 ? Math.sqrt(problem.d()) * y / (x * lambda) : 1 / lambda;
  }

  /** sigma for the next step, given max_b ||w_b||. */
  double sigma(double maxNorm) {
    return maxNorm > 0 ? scale * maxNorm / lambda : cold;
  }

  /** Learns the gap that the last step has reached. */
  void adapt(double gap) {
    if (best < Double.POSITIVE_INFINITY && gap > 0.1 * best) {
      scale = Math.min(scale * GROWTH, cap);
    }
    best = Math.min(best, gap);
  }

  /**
   * Learns that the gap stays where it is. Where two neurons of opposite signs all but cancel, the
   * weights have far to go along a direction that is nearly flat, and every step is sound but
   * short: the first stall makes sigma larger. If the gap stays even so it is rounding.
   */
  void stalled() {
    if (pressed) {
      retreat();
    } else {
      pressed = true;
      cap = LARGEST;
      scale = Math.min(scale * PRESS, cap);
    }
  }

  /** Takes a smaller sigma after a step that broke down or a gap that stays where it is. */
  void retreat() {
    scale = Math.max(scale / RETREAT, SMALLEST);
    if (best < ROUNDING_GAP) {
      cap = scale;
    }
  }
}
