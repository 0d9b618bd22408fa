package org.relupath.core.solve.rows;

import org.relupath.core.solve.Solution;

/**
 * The solution at one lambda over rows elsewhere.
 *
 * @param solution certified over all patterns of its program; its iterations are the exact passes
 *     that it took part in, its Newton steps those of all lambdas, its seconds an equal share of
 *     the grid's
 * @param agreeing rows whose score has the sign of their target
 * @param norms of every block at these weights: ||c_b|| where there are no cones (P), else bounds
 *     of ||v_b|| (2 P)
 * @param lowerBound of the objectives of all networks of the model, of any width and with any
 *     patterns
 */
@SuppressWarnings("ArrayRecordComponent") // numbers of a solution, never compared as a whole
public record RowSolution(Solution solution, long agreeing, double[] norms, double lowerBound)
    implements java.io.Serializable {}
