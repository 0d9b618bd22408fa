package org.relupath.core.path;

import org.relupath.core.program.BlockWeights;
import org.relupath.core.solve.Solution;

/**
 * The solution at one lambda of a path.
 *
 * @param index position in the grid, from 0
 * @param lambda the regularization
 * @param solution certified; its iterations are 0 where it was interpolated
 * @param solved whether it was solved rather than interpolated
 */
public record PathPoint(int index, double lambda, Solution solution, boolean solved)
    implements java.io.Serializable {
  /**
   * The weights at a lambda on the straight line through this point and another: (1 - t) w + t
   * w_other, t = (this lambda - lambda) / (this lambda - other lambda).
   */
  public BlockWeights weightsTowards(PathPoint other, double at) {
    double t = (lambda - at) / (lambda - other.lambda);
    return solution.weights().combine(1 - t, other.solution.weights(), t);
  }
}
