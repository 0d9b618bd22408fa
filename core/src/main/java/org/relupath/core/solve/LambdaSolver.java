package org.relupath.core.solve;

import org.relupath.core.program.BlockWeights;

/** Solves one program at any lambda, to a certificate over all of its blocks. */
public interface LambdaSolver {

  /**
   * Solves from given weights.
   *
   * @param lambda the regularization, > 0
   * @param settings when to end
   * @param start where to start, such as the solution at a nearby lambda; blocks outside their
   *     cones are projected into them
   * @return the certified solution; its status says whether the tolerance was reached
   */
  Solution solve(double lambda, Settings settings, BlockWeights start);
}
