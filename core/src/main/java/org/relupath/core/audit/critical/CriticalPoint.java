package org.relupath.core.audit.critical;

import org.relupath.core.audit.stationarity.Stationarity;
import org.relupath.core.network.Neurons;
import org.relupath.core.program.BlockWeights;

/**
 * An optimum of a program sub-sampled to some blocks, or a network that is critical on a kink.
 *
 * @param weights its non-zero blocks; none for a critical network that is no such optimum
 * @param network the balanced network
 * @param objective its value
 * @param stationarity of the network: with tight rows an optimum of a sub-sampled program need not
 *     be a critical point of the non-convex objective, as its block may end where the network could
 *     go on
 */
public record CriticalPoint(
    BlockWeights weights, Neurons network, double objective, Stationarity stationarity) {}
