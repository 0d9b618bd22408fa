package org.relupath.spark.optimal;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * A neuron that optimal networks may have, and how large it can be: its norm, the sum of ||w_b||
 * over its blocks, over all optimal networks and in some of them. Its alpha is that divided by
 * lambda.
 *
 * @param blocks ids of its blocks
 * @param sign s of its output weight, +1 or -1
 * @param norm its norm in the solution
 * @param minNorm its least norm in an optimal network
 * @param maxNorm its largest
 * @param ray its direction, of length one; not to be changed
 * @param inSmallest its norm in the optimal network of least width
 * @param inLeastNorm in the optimal network of least norm
 */
@SuppressWarnings("ArrayRecordComponent") // numbers of a neuron, never compared
public record NeuronRange(
    List<Integer> blocks,
    int sign,
    double norm,
    double minNorm,
    double maxNorm,
    @JsonIgnore double[] ray,
    @JsonIgnore double inSmallest,
    @JsonIgnore double inLeastNorm)
    implements java.io.Serializable {}
