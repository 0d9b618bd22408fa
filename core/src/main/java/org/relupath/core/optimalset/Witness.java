package org.relupath.core.optimalset;

/**
 * Two networks that are both optimal and not the same: the proof that the optimum is not unique.
 *
 * @param first weights beta of one, an entry a neuron
 * @param second weights of the other
 * @param distance sum_j |first_j - second_j| / (2 sum beta), from 0 to 1: the part of the total
 *     weight that moves
 * @param relativeGap the larger relative gap of the two networks' own objectives to the dual bound
 * @param difference |F(first) - F(second)| / F
 */
@SuppressWarnings("ArrayRecordComponent") // numbers of two networks, never compared as a whole
public record Witness(
    double[] first, double[] second, double distance, double relativeGap, double difference) {}
