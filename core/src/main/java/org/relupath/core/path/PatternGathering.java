package org.relupath.core.path;

import java.util.function.Consumer;
import org.relupath.core.data.Matrix;
import org.relupath.core.program.Problem;
import org.relupath.core.program.search.PatternSearch;
import org.relupath.core.solve.PatternGeneration;
import org.relupath.core.solve.Settings;

/**
 * Gathers patterns for a range of lambdas, going down a grid with {@link PatternGeneration}: those
 * of larger lambdas stay and serve the smaller ones. The program over the patterns gathered is then
 * one like any other. Every lambda is solved: residuals of different pattern sets do not certify
 * what lies between them.
 *
 * @param problem X, y and the model
 * @param initial gates of the patterns to start from, a gate a row
 * @param limit patterns at most, the first ones included
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
   * Gathers.
   *
   * @param lambdas decreasing
   * @param search over all patterns
   * @param listener receives each lambda as it is done
   * @return the gates of the patterns, the initial ones first
   */
  public Matrix gates(double[] lambdas, PatternSearch search, Consumer<PathPoint> listener) {
    PatternGeneration generation = generation(search);
    new PathSolver(problem, generation, settings, false).solve(lambdas, 0, listener);
    return generation.gates();
  }
}
