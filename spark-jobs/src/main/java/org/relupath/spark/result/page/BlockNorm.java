package org.relupath.spark.result.page;

/**
 * One non-zero entry of the sparse matrix of block norms along a path.
 *
 * @param lambdaIndex position in {@link PathReport#points}
 * @param blockId id of the block in its program
 * @param sign s_b, +1 or -1
 * @param norm ||w_b||
 */
public record BlockNorm(int lambdaIndex, int blockId, int sign, double norm) {}
