package org.relupath.core.solve.rows;

import org.relupath.core.solve.Solution;

/**
 * The solution at one lambda over rows elsewhere.
 *
 * @param solution certified over all gates; its iterations are the exact passes that it took part
 *     in, its Newton steps those of all lambdas, its seconds an equal share of the grid's
 * @param agreeing rows whose score has the sign of their target
 * @param norms ||c_b|| of every gate at these weights, P
 * @param lowerBound of the objectives of all gated networks, of any width and with any patterns
 */
@SuppressWarnings("ArrayRecordComponent") // numbers of a solution, never compared as a whole
public record RowSolution(Solution solution, long agreeing, double[] norms, double lowerBound)
    implements java.io.Serializable {
  private static final long serialVersionUID = 1L;
}
