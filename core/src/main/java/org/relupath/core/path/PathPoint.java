package org.relupath.core.path;

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
  private static final long serialVersionUID = 1L;
}
