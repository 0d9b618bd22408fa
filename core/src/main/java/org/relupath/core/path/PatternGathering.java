package org.relupath.core.path;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.relupath.core.data.Matrix;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Problem;
import org.relupath.core.program.search.PatternCandidate;
import org.relupath.core.program.search.PatternSearch;
import org.relupath.core.solve.GenerationSeconds;
import org.relupath.core.solve.PatternGeneration;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;

/**
 * Gathers patterns for a range of lambdas, going down a grid with {@link PatternGeneration}: those
 * of larger lambdas stay, and a lambda starts from the network of the one before. The program over
 * the patterns gathered is then one like any other. Every lambda is solved: residuals of different
 * pattern sets do not certify what lies between them.
 *
 * @param problem X, y and the model
 * @param initial gates of the patterns to start from, a gate a row
 * @param limit patterns of one lambda's program at most
 * @param starts random directions, and rows, that a search climbs from
 * @param seed of all searches
 * @param settings the gap that searches leave at every lambda, and limits of each solve
 */
public record PatternGathering(
    Problem problem, Matrix initial, int limit, int starts, long seed, Settings settings)
    implements java.io.Serializable {
  /**
   * The first patterns: the given ones, and those of largest norm at u = y that a search finds.
   *
   * @return their gates, the given ones first
   */
  public Matrix first(PatternSearch search) {
    PatternGeneration generation = generation(search);
    generation.gatherFirst();
    return generation.gates();
  }

  private PatternGeneration generation(PatternSearch search) {
    return new PatternGeneration(problem, initial, search, limit, starts, seed);
  }

  /**
   * What has been gathered.
   *
   * @param gates of the patterns, the initial ones first
   * @param solutions for each lambda, over the program of these patterns
   * @param limitReached whether patterns had to be left out
   * @param seconds that it took
   */
  public record Gathered(
      Matrix gates, List<BlockWeights> solutions, boolean limitReached, GenerationSeconds seconds)
      implements java.io.Serializable {
    /** This, with the time that an earlier gathering took. */
    public Gathered after(Gathered earlier) {
      return new Gathered(gates, solutions, limitReached, seconds.plus(earlier.seconds));
    }

    /** Gates from elsewhere, without solutions. */
    public static Gathered of(Matrix gates) {
      return new Gathered(gates, List.of(), false, GenerationSeconds.NONE);
    }
  }

  /**
   * Gathers.
   *
   * @param lambdas decreasing
   * @param search over all patterns
   * @param listener receives each lambda as it is done
   * @return the patterns, and networks that a path over them may start from
   */
  public Gathered gather(double[] lambdas, PatternSearch search, Consumer<PathPoint> listener) {
    return gather(lambdas, NearbySolutions.NONE, search, listener);
  }

  /**
   * Gathers from networks that may be near.
   *
   * @param near of blocks of the program over the initial patterns, which are distinct
   * @see #gather(double[], PatternSearch, Consumer)
   */
  public Gathered gather(
      double[] lambdas, NearbySolutions near, PatternSearch search, Consumer<PathPoint> listener) {
    PatternGeneration generation = generation(search);
    List<BlockWeights> solutions = new ArrayList<>();
    BlockWeights start = BlockWeights.zero(problem.d());
    for (int k = 0; k < lambdas.length; k++) {
      start = near.start(problem, lambdas[k], start);
      Solution solution = generation.solve(lambdas[k], settings, start);
      listener.accept(new PathPoint(k, lambdas[k], solution, true));
      start = solution.weights();
      solutions.add(start);
    }
    return gathered(generation, solutions);
  }

  /**
   * Gathers what one more lambda asks for.
   *
   * @param start weights over the initial patterns, which are distinct: the solution of a larger
   *     lambda
   * @param search over all patterns
   */
  public Gathered next(double lambda, BlockWeights start, PatternSearch search) {
    PatternGeneration generation = generation(search);
    return gathered(generation, List.of(generation.solve(lambda, settings, start).weights()));
  }

  /**
   * Gathers more patterns, at solutions of the program over the initial ones, where careful
   * searches have found violators: from these on, as {@link #gather} does.
   *
   * @param points of the program over the initial patterns, which are distinct
   * @param violators for each point what a search has found, best first; empty where nothing is
   *     missing: there the solution stays
   * @param search over all patterns
   */
  public Gathered further(
      List<PathPoint> points, List<List<PatternCandidate>> violators, PatternSearch search) {
    PatternGeneration generation = generation(search);
    List<BlockWeights> solutions = new ArrayList<>();
    for (int k = 0; k < points.size(); k++) {
      BlockWeights own = points.get(k).solution().weights();
      List<PatternCandidate> found = violators.get(k);
      solutions.add(
          found.isEmpty()
              ? own
              : generation.solve(points.get(k).lambda(), settings, own, found).weights());
    }
    return gathered(generation, solutions);
  }

  private static Gathered gathered(PatternGeneration generation, List<BlockWeights> solutions) {
    int count = generation.count();
    return new Gathered(
        generation.gates(),
        solutions.stream().map(w -> w.relabel(b -> b.numbered(b.pattern(), count))).toList(),
        generation.limitReached(),
        generation.seconds());
  }
}
