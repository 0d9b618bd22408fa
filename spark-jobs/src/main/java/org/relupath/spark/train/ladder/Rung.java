package org.relupath.spark.train.ladder;

import org.relupath.core.network.Network;

/**
 * A network on the way down to a lambda.
 *
 * @param lambda in the units of the loss scaling
 * @param network that is optimal there, to the tolerance
 */
public record Rung(double lambda, Network network) {}
