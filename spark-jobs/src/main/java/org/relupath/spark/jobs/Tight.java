package org.relupath.spark.jobs;

import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Pricer;
import org.relupath.core.prune.SmallestNetwork;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Solver;
import org.relupath.core.solve.Status;

/**
 * Solutions as exact as rounding allows: which blocks may be active, and which fits depend on each
 * other, can only be told at gaps far below those that the network itself needs.
 */
final class Tight {
  private static final double TOLERANCE = 1e-12;

  private Tight() {}

  /** Whether a solve ended near enough: at the tolerance, or where rounding allows no more. */
  static boolean suffices(Status status) {
    return status == Status.OPTIMAL || status == Status.ALMOST;
  }

  /** What the search for the smallest network may spend. */
  static SmallestNetwork.Limits limits(int vertices, long seed) {
    SmallestNetwork.Limits usual = SmallestNetwork.Limits.DEFAULT;
    return new SmallestNetwork.Limits(vertices, usual.prunings(), usual.nodes(), seed);
  }

  /** Solves on from a stored solution, to a gap near 1e-12; its status says whether it is there. */
  static Solution solve(ConvexProgram program, StoredSolution stored, Settings limits) {
    return new Solver(program.problem(), new Pricer(program))
        .solve(stored.lambda(), limits.withTolerance(TOLERANCE), stored.weights());
  }
}
