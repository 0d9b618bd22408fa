package org.relupath.spark.train.program;

import java.util.List;
import org.relupath.core.path.PathPoint;
import org.relupath.core.path.PathSolver;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.solve.SearchEvidence;
import org.relupath.core.solve.Settings;

/**
 * The solutions of a program, solved where this is called: on an executor, too. With adaptive gates
 * over patterns that are gathered for them, and further while last searches find that some are
 * missing.
 *
 * @param program that was solved
 * @param points its solutions
 * @param evidence what last searches have found at them; null unless gates are adaptive
 */
public record SearchedPath(Program program, List<PathPoint> points, List<SearchEvidence> evidence) {
  /**
   * Solves.
   *
   * @param first the program, of adaptive gates that over the first
   * @param lambdas largest first, in the solver's units
   * @param index of the first of them in the grid that they are a part of
   * @param limits of each solve
   */
  public static SearchedPath of(Program first, double[] lambdas, int index, Settings limits) {
    Program program = first.gathered(lambdas, limits);
    for (int round = 0; ; round++) {
      ConvexProgram convex = program.convex();
      List<PathPoint> points =
          new PathSolver(convex.problem(), new Pricer(convex), limits)
              .solve(lambdas, index, program.starts(), point -> {});
      if (!program.adapts()) {
        return new SearchedPath(program, points, null);
      }
      List<LastSearch.Found> found = program.searched(points, round);
      if (!LastSearch.asksForMore(program, points, found, round)) {
        return new SearchedPath(program, points, LastSearch.Found.evidence(found));
      }
      program = program.further(points, found, limits);
    }
  }
}
