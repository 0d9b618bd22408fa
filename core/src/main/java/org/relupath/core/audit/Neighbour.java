package org.relupath.core.audit;

/**
 * A pattern next to one of the network's own that makes a better network: some tight rows of a
 * neuron change sides. That it does is proven: with its block the sub-sampled program has a network
 * below the dual bound of the program without it.
 *
 * @param neuron the neuron, by its number in the audited network or in the sub-sampled optimum
 * @param atSubsampledOptimum in which of these two
 * @param rows the rows that change sides
 * @param pattern the neighbouring pattern, bit r of word r / 64 for row r
 * @param sign the sign of its block
 * @param rate of descent into it per |a_j|, in units of lambda
 * @param objective of the better network
 * @param decrease the sub-sampled optimum's objective minus that
 */
@SuppressWarnings("ArrayRecordComponent") // a finding, never compared as a whole
public record Neighbour(
    int neuron,
    boolean atSubsampledOptimum,
    int[] rows,
    long[] pattern,
    int sign,
    double rate,
    double objective,
    double decrease) {}
