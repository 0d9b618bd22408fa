package org.relupath.core.optimalset;

import org.relupath.core.program.BlockWeights;

/**
 * One optimal network, chosen by a rule.
 *
 * @param name the rule, as tables and folders spell it: {@code min_l2}, {@code valid_mse}, ...
 * @param set the optimal set it was chosen from
 * @param beta weights of the set's neurons
 * @param weights the network as blocks of the program
 */
@SuppressWarnings("ArrayRecordComponent") // numbers of a network, never compared as a whole
public record Candidate(String name, OptimalSet set, double[] beta, BlockWeights weights) {}
