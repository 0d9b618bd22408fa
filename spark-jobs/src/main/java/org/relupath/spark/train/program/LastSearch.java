package org.relupath.spark.train.program;

import org.relupath.core.data.Matrix;
import org.relupath.core.gates.Seeds;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Certifier;
import org.relupath.core.program.search.PatternClimb;
import org.relupath.core.program.search.SearchStarts;
import org.relupath.core.solve.SearchEvidence;
import org.relupath.core.solve.Solution;
import org.relupath.spark.config.ModelSettings;

/**
 * A careful search of all patterns at a solution of a program over adaptive ones, to say what they
 * leave: here, or in a task on an executor.
 *
 * @param problem X, y and the model
 * @param gates of the program's patterns, one a row
 * @param starts random directions, and rows, that it climbs from at most
 * @param tolerance the relative gap that is of interest
 * @param seed of all starts
 */
record LastSearch(Problem problem, Matrix gates, int starts, double tolerance, long seed)
    implements java.io.Serializable {
  /** The search at solutions of a program. */
  static LastSearch of(Program program) {
    ModelSettings model = program.model();
    return new LastSearch(
        program.convex().problem(),
        program.patternGates(),
        model.gateSource().search().starts(),
        model.gateSource().search().tolerance(),
        Seeds.derive(model.seed(), "last search", 0));
  }

  /**
   * What it finds.
   *
   * @param index of the solution among those of the program, for starts of its own
   */
  SearchEvidence at(int index, Solution solution) {
    SearchStarts from =
        SearchStarts.around(
            problem.whitening(),
            solution.weights(),
            problem.model(),
            gates::row,
            Seeds.derive(seed, "search", index),
            starts,
            SearchStarts.Effort.last(problem, tolerance));
    double[] u = new Certifier(problem).residual(solution.weights());
    return SearchEvidence.of(problem, solution, PatternClimb.search(problem).search(u, from));
  }
}
