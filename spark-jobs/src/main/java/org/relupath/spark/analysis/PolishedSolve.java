package org.relupath.spark.analysis;

import java.util.List;
import java.util.Locale;
import org.relupath.core.optimalset.OptimalSet;
import org.relupath.core.optimalset.Uniqueness;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.prune.SmallestNetwork;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Solver;
import org.relupath.core.solve.Status;
import org.relupath.spark.run.Progress;
import org.relupath.spark.train.program.StoredSolution;

/**
 * Solutions as exact as rounding allows: which blocks may be active, and which fits depend on each
 * other, can only be told at gaps far below those that the network itself needs.
 */
public final class PolishedSolve {
  private static final double TOLERANCE = 1e-12;

  /** As {@link Uniqueness} has it. */
  private static final double DECIDING = 1e-10;

  /** Said where the figures of an optimal set are not known. */
  public static final String UNRESOLVED =
      "the solution is too far off, or the data too close to degenerate, to tell which other"
          + " networks are optimal: figures of the optimal set are null";

  private PolishedSolve() {}

  /** Says so of the lambdas of a run, if any; once. */
  public static void warn(Progress progress, List<Boolean> resolved) {
    long open = resolved.stream().filter(known -> !known).count();
    if (open > 0) {
      progress.warn("at " + open + " of " + resolved.size() + " lambdas " + UNRESOLVED);
    }
  }

  /**
   * Why some solve did not end near enough, at the tolerance or where rounding allows no more; null
   * where all did.
   */
  public static String shortfall(List<Solution> solutions) {
    List<Solution> open =
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
            open.get(0).certificate().relativeGap());
  }

  /** Whether a gap is near enough that what depends on the optimum's own residual can be told. */
  static boolean decides(Solution solution) {
    return solution.certificate().relativeGap() <= DECIDING;
  }

  /**
   * The number of neurons that no optimal network has fewer of; null where that is not certain: at
   * a large gap, at an unclear rank or support, and where one network alone was found and may not
   * be the only one.
   */
  public static Integer widthBound(
      SmallestNetwork smallest, OptimalSet set, Uniqueness uniqueness) {
    boolean only = smallest.proof() == SmallestNetwork.Proof.UNIQUE;
    boolean certain =
        set.polytope().certain()
            && decides(set.equicorrelation().solution())
            && (!only || uniqueness.state() == Uniqueness.State.UNIQUE);
    return certain ? (Integer) smallest.lowerBound() : null;
  }

  /** How the smallest width is known, as files spell it; {@code search} where it is not proven. */
  public static String provenBy(SmallestNetwork smallest, boolean proven) {
    SmallestNetwork.Proof proof = proven ? smallest.proof() : SmallestNetwork.Proof.SEARCH;
    return proof.name().toLowerCase(Locale.ROOT);
  }

  /** What the search for the smallest network may spend. */
  public static SmallestNetwork.Limits limits(int vertices, long seed) {
    SmallestNetwork.Limits usual = SmallestNetwork.Limits.DEFAULT;
    return new SmallestNetwork.Limits(vertices, usual.prunings(), usual.nodes(), seed);
  }

  /** Solves on from a stored solution, to a gap near 1e-12; its status says whether it is there. */
  public static Solution solve(ConvexProgram program, StoredSolution stored, Settings limits) {
    return new Solver(program.problem(), new Pricer(program))
        .solve(stored.lambda(), limits.withTolerance(TOLERANCE), stored.weights());
  }
}
