package org.relupath.spark.train.program;

import java.util.List;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.Seeds;
import org.relupath.core.path.PathPoint;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Certifier;
import org.relupath.core.program.search.PatternCandidate;
import org.relupath.core.program.search.PatternClimb;
import org.relupath.core.program.search.SearchStarts;
import org.relupath.core.solve.SearchEvidence;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Status;
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
public record LastSearch(Problem problem, Matrix gates, int starts, double tolerance, long seed)
    implements java.io.Serializable {
  /** Times at most that patterns are gathered further from what last searches find. */
  private static final int FURTHER = 2;

  /** Violators to go on from at most. */
  private static final int MOST = 10;

  /**
   * The search at solutions of a program.
   *
   * @param round how often patterns were gathered further, for starts of its own
   */
  static LastSearch of(Program program, int round) {
    ModelSettings model = program.model();
    return new LastSearch(
        program.convex().problem(),
        program.patternGates(),
        model.gateSource().search().starts(),
        model.gateSource().search().tolerance(),
        Seeds.derive(model.seed(), "last search", round));
  }

  /**
   * What it finds.
   *
   * @param evidence of what the program's patterns leave
   * @param violators to go on from, best first; none where the tolerance is kept
   */
  public record Found(SearchEvidence evidence, List<PatternCandidate> violators)
      implements java.io.Serializable {
    /** The evidence alone. */
    public static List<SearchEvidence> evidence(List<Found> found) {
      return found.stream().map(Found::evidence).toList();
    }

    /** The violators alone. */
    static List<List<PatternCandidate>> violators(List<Found> found) {
      return found.stream().map(Found::violators).toList();
    }
  }

  /**
   * Whether violators were found, where there is room for more patterns and no limit was hit.
   *
   * @param round how often patterns were gathered further
   */
  public static boolean asksForMore(
      Program program, List<PathPoint> points, List<Found> found, int round) {
    return round < FURTHER
        && !program.gathered().limitReached()
        && points.stream().noneMatch(point -> point.solution().status() == Status.TIME_LIMIT)
        && found.stream().anyMatch(one -> !one.violators.isEmpty());
  }

  /**
   * Searches.
   *
   * @param index of the solution among those of the program, for starts of its own
   */
  Found at(int index, Solution solution) {
    SearchStarts from =
        SearchStarts.around(
            problem.coordinates(),
            solution.weights(),
            problem.model(),
            gates::row,
            Seeds.derive(seed, "search", index),
            starts,
            SearchStarts.Effort.last(problem, tolerance));
    double[] u = new Certifier(problem).residual(solution.weights());
    List<PatternCandidate> found = PatternClimb.search(problem).search(u, from);
    SearchEvidence evidence = SearchEvidence.of(problem, solution, found);
    boolean kept = evidence.searchedGap() <= tolerance;
    return new Found(evidence, kept ? List.of() : PatternCandidate.best(found, MOST));
  }
}
