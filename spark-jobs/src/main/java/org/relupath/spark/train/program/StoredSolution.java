package org.relupath.spark.train.program;

import org.relupath.core.program.BlockWeights;

/**
 * One solution of an earlier run: where a later command starts.
 *
 * @param index its position in the path, 0 for a fit
 * @param lambda its regularization, in the solver's units
 * @param weights its nonzero blocks, of the program of this run
 */
public record StoredSolution(int index, double lambda, BlockWeights weights)
    implements java.io.Serializable {}
