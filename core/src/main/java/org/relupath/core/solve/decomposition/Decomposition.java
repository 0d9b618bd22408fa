package org.relupath.core.solve.decomposition;

import java.util.List;
import org.relupath.core.program.pricing.Certificate;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Status;

/**
 * A C-ReLU network made of a C-GReLU solution. Look at {@link #exact} before calling it that.
 *
 * @param solution the network, in its cones whatever the outcomes, with a certificate of its own
 *     over all blocks of the C-ReLU program; its status is {@link Status#FEASIBLE}. The dual value
 *     need not be that of the network's own residual, so nothing follows from it about where the
 *     optimal residual is
 * @param splits what became of each gated block, by id
 * @param fitError ||f_relu(X) - f_gated(X)|| / ||f_gated(X)||, of the network as a whole
 */
public record Decomposition(Solution solution, List<BlockSplit> splits, double fitError) {
  /** The fit of an exact decomposition, and of each of its blocks, is reproduced to this. */
  static final double EXACT_FIT = 1e-9;

  /** Checks nothing, keeps the list unchangeable. */
  public Decomposition {
    splits = List.copyOf(splits);
  }

  /**
   * With the larger of the certificate's dual value and another lower bound of the same program.
   */
  Decomposition boundedBy(double dual) {
    Certificate c = solution.certificate();
    double best = Math.max(c.dualObjective(), dual);
    Certificate certificate =
        new Certificate(
            c.lambda(),
            c.loss(),
            c.penalty(),
            c.objective(),
            best,
            Certificate.relativeGap(c.objective(), best),
            c.dualScale(),
            c.maxNorm(),
            c.maxConeViolation(),
            c.kktResidual());
    Solution bounded =
        new Solution(
            solution.weights(),
            certificate,
            solution.status(),
            solution.iterations(),
            solution.newtonSteps(),
            solution.seconds());
    return new Decomposition(bounded, splits, fitError);
  }

  /** Whether every block was split exactly, so that the network fits as the gated one does. */
  public boolean exact() {
    return count(BlockSplit.Outcome.EXACT) == splits.size() && fitError <= EXACT_FIT;
  }

  /** How many blocks had an outcome. */
  public int count(BlockSplit.Outcome outcome) {
    return (int) splits.stream().filter(split -> split.outcome() == outcome).count();
  }
}
