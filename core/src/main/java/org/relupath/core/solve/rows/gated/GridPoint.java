package org.relupath.core.solve.rows.gated;

import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.pricing.Certificate;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Status;

/** One lambda of the grid on its way: the best weights and the best lower bound that are known. */
final class GridPoint {
  /** A gap of no more than this many tolerances is almost optimal. */
  private static final double ALMOST = 100;

  private final double lambda;
  private Evaluation anchor;
  private Evaluation best;
  private Evaluation bound;
  private BlockWeights candidate;
  private int passes;

  GridPoint(double lambda, Evaluation zero) {
    this.lambda = lambda;
    this.anchor = zero;
    this.best = zero;
    this.bound = zero;
    this.candidate = zero.weights();
  }

  double lambda() {
    return lambda;
  }

  /** The last evaluated point, which the model is expanded around. */
  Evaluation anchor() {
    return anchor;
  }

  /** The weights of the smallest objective so far. */
  Evaluation best() {
    return best;
  }

  /** What the next pass is to evaluate. */
  BlockWeights candidate() {
    return candidate;
  }

  void propose(BlockWeights weights) {
    candidate = weights;
  }

  /** Takes in what a pass has found at the candidate. */
  void evaluated(Evaluation found) {
    passes++;
    anchor = found;
    best = found.objective(lambda) <= best.objective(lambda) ? found : best;
    bound = found.dual(lambda) >= bound.dual(lambda) ? found : bound;
  }

  double relativeGap() {
    return Certificate.relativeGap(best.objective(lambda), bound.dual(lambda));
  }

  Solution solution(Settings settings, boolean outOfTime, int newtonSteps, double seconds) {
    double gap = relativeGap();
    double penalty = lambda * best.weights().normSum();
    Certificate certificate =
        new Certificate(
            lambda,
            best.loss(),
            penalty,
            best.objective(lambda),
            bound.dual(lambda),
            gap,
            bound.dualScale(lambda),
            Math.max(lambda, bound.maxNorm()),
            0,
            best.kktResidual(lambda));
    Status status =
        gap <= settings.tolerance()
            ? Status.OPTIMAL
            : gap <= ALMOST * settings.tolerance()
                ? Status.ALMOST
                : outOfTime ? Status.TIME_LIMIT : Status.ITERATION_LIMIT;
    return new Solution(
        best.weights().compact(), certificate, status, passes, newtonSteps, seconds);
  }
}
