package org.relupath.spark.optimal;

import java.util.List;

/**
 * A neuron that optimal networks may have, and how large it can be: its weight, the sum of ||w_b||
 * over its blocks, over all optimal networks and in some of them.
 *
 * @param blocks ids of its blocks
 * @param sign s of its output weight, +1 or -1
 * @param ray its direction, of length one; not to be changed
 * @param solver its weight in the solution
 * @param least its least weight in an optimal network
 * @param most its largest
 * @param smallest in the optimal network of least width
 * @param minNorm in the optimal network of least norm
 */
@SuppressWarnings("ArrayRecordComponent") // numbers of a neuron, never compared
public record NeuronRange(
    List<Integer> blocks,
    int sign,
    double[] ray,
    double solver,
    double least,
    double most,
    double smallest,
    double minNorm)
    implements java.io.Serializable {
  private static final long serialVersionUID = 1L;
}
