package org.relupath.core.solve.rows.relu;

import java.util.LinkedHashSet;
import java.util.Set;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.pricing.Certificate;
import org.relupath.core.program.rows.NetworkPass;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Status;

/**
 * One lambda of a program with cones on its way: the blocks it works on, the last network
 * evaluated, the best one inside its cones and the best lower bound over the patterns of a table.
 */
final class ConePoint {
  /** A gap of no more than this many tolerances is almost optimal. */
  private static final double ALMOST = 100;

  private final double lambda;
  private final Set<Block> members = new LinkedHashSet<>();
  private BlockWeights candidate;
  private NetworkEvaluation last;
  private NetworkEvaluation best;
  private NetworkEvaluation bound;
  private int passes;
  private int newtonSteps;

  ConePoint(double lambda, NetworkEvaluation zero) {
    this.lambda = lambda;
    this.candidate = zero.weights();
    restart(zero);
  }

  /** Forgets what was found out over fewer patterns; weights stay, as where to start from. */
  void restart(NetworkEvaluation zero) {
    last = zero;
    best = zero;
    bound = zero;
    start(candidate);
  }

  /** Starts from weights: their blocks are what is worked on. */
  void start(BlockWeights weights) {
    candidate = weights;
    members.clear();
    members.addAll(weights.compact().blocks());
  }

  double lambda() {
    return lambda;
  }

  /** The blocks worked on, in the order in which they came. */
  Set<Block> members() {
    return members;
  }

  /** What the next pass is to evaluate. */
  BlockWeights candidate() {
    return candidate;
  }

  void propose(BlockWeights weights, int steps) {
    candidate = weights.compact();
    newtonSteps += steps;
  }

  /** The last network that was evaluated, inside its cones or not quite. */
  NetworkEvaluation last() {
    return last;
  }

  /** The network of smallest objective that is inside its cones. */
  NetworkEvaluation best() {
    return best;
  }

  /** Takes in what a pass has found at the candidate. */
  void evaluated(NetworkEvaluation found) {
    passes++;
    last = found;
    if (found.slack() >= NetworkPass.VIOLATED
        && found.objective(lambda) <= best.objective(lambda)) {
      best = found;
    }
    bound = found.dual(lambda) >= bound.dual(lambda) ? found : bound;
  }

  /** The certified gap of the best network inside its cones. */
  double relativeGap() {
    return Certificate.relativeGap(best.objective(lambda), bound.dual(lambda));
  }

  /** The gap of the last network, which may have left its cones: 0 where it is below the bound. */
  double roughGap() {
    double objective = last.objective(lambda);
    return objective > 0 ? Math.max(0, 1 - bound.dual(lambda) / objective) : 0;
  }

  Solution solution(Settings settings, PatternTable table, boolean outOfTime, double seconds) {
    double gap = relativeGap();
    Certificate certificate =
        new Certificate(
            lambda,
            best.loss(),
            lambda * best.weights().normSum(),
            best.objective(lambda),
            bound.dual(lambda),
            gap,
            bound.dualScale(lambda),
            Math.max(lambda, bound.maxNorm()),
            best.violation(),
            kktResidual(table));
    Status status =
        gap <= settings.tolerance()
            ? Status.OPTIMAL
            : gap <= ALMOST * settings.tolerance()
                ? Status.ALMOST
                : outOfTime ? Status.TIME_LIMIT : Status.ITERATION_LIMIT;
    return new Solution(best.weights(), certificate, status, passes, newtonSteps, seconds);
  }

  /**
   * max over b of (||v_b|| / lambda - 1)_+ and, where w_b != 0, ||w_b / ||w_b|| - v_b / lambda||,
   * v_b on the rows known of its cone.
   */
  private double kktResidual(PatternTable table) {
    double worst = Math.max(0, best.maxNorm() / lambda - 1);
    for (int i = 0; i < best.weights().size(); i++) {
      Block block = best.weights().blocks().get(i);
      double[] c = best.correlation(block.pattern(), block.sign());
      double[] difference = table.cone(block.pattern()).project(c, block.sign());
      Vectors.scale(-1 / lambda, difference, 0, difference.length);
      double scale = 1 / best.weights().norm(i);
      Vectors.axpy(scale, best.weights().weights(i), 0, difference, 0, difference.length);
      worst = Math.max(worst, Vectors.norm(difference));
    }
    return worst;
  }
}
