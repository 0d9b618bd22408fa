package org.relupath.spark.analysis;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Locale;
import org.relupath.core.optimalset.Uniqueness;
import org.relupath.core.program.pricing.Certificate;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Solver;
import org.relupath.core.solve.Status;
import org.relupath.spark.run.ProgressListener;
import org.relupath.spark.train.program.StoredSolution;

/**
 * A solution as exact as rounding allows: which blocks may be active, and which fits depend on each
 * other, can only be told at gaps far below those that the network itself needs. In the units of
 * the loss scaling.
 *
 * @param lambdaIndex of the lambda in its path
 * @param lambda the regularization
 * @param lambdaRatio lambda as a share of lambda_max
 * @param objective an upper bound of the optimum
 * @param dualObjective a lower bound
 * @param relativeGap of the two
 * @param status how the solve ended
 * @param solution the solution itself, of a loss that is a sum
 */
public record PolishedSolution(
    int lambdaIndex,
    double lambda,
    double lambdaRatio,
    double objective,
    double dualObjective,
    double relativeGap,
    Status status,
    @JsonIgnore Solution solution)
    implements java.io.Serializable {
  /** The relative gap that is aimed at. */
  private static final double TOLERANCE = 1e-12;

  /** The largest relative gap at which {@link Uniqueness} is claimed. */
  private static final double DECIDING = 1e-10;

  /** Said where the figures of an optimal set are not known. */
  public static final String UNRESOLVED =
      "the solution is too far off, or the data too close to degenerate, to tell which other"
          + " networks are optimal: figures of the optimal set are null";

  /** Solves on from a stored solution. */
  static PolishedSolution of(AnalysisTask task, StoredSolution stored) {
    Solution solution =
        new Solver(task.program().problem(), new Pricer(task.program()))
            .solve(stored.lambda(), task.limits().withTolerance(TOLERANCE), stored.weights());
    Certificate own = solution.certificate();
    return new PolishedSolution(
        stored.index(),
        own.lambda() / task.lossScale(),
        own.lambda() / task.referenceLambda(),
        own.objective() / task.lossScale(),
        own.dualObjective() / task.lossScale(),
        own.relativeGap(),
        solution.status(),
        solution);
  }

  /** How many blocks are not zero. */
  public int activeBlocks() {
    return solution.weights().compact().size();
  }

  /** Whether a gap is near enough that what depends on the optimum's own residual can be told. */
  static boolean decides(Solution solution) {
    return solution.certificate().relativeGap() <= DECIDING;
  }

  /** Warns of the lambdas of a run whose optimal set is not known, if any; once. */
  public static void warn(ProgressListener progress, List<Boolean> resolved) {
    long open = resolved.stream().filter(known -> !known).count();
    if (open > 0) {
      progress.warn("at " + open + " of " + resolved.size() + " lambdas " + UNRESOLVED);
    }
  }

  /**
   * Why some solve did not end near enough, at the tolerance or where rounding allows no more; null
   * where all did.
   */
  public static String shortfall(List<PolishedSolution> solutions) {
    List<PolishedSolution> open =
        solutions.stream()
            .filter(s -> s.status() != Status.OPTIMAL && s.status() != Status.ALMOST)
            .toList();
    return open.isEmpty()
        ? null
        : String.format(
            Locale.ROOT,
            "%d of %d lambdas could not be solved to a relative gap near %s, the first ended by %s"
                + " at %.1e: what is said of them may be incomplete",
            open.size(),
            solutions.size(),
            TOLERANCE,
            open.get(0).status().label(),
            open.get(0).relativeGap());
  }
}
