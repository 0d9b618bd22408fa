package org.relupath.spark.result.page;

/**
 * A neuron of a fitted network, as its block.
 *
 * @param blockId id of the block in its program
 * @param sign s_b, +1 or -1
 * @param norm ||w_b|| = ||W_j|| |a_j|
 */
public record Neuron(int blockId, int sign, double norm) {}
