package org.relupath.spark.train.ladder;

import org.relupath.core.network.Network;
import org.relupath.core.solve.Status;

/**
 * A network on the way down to a lambda.
 *
 * @param lambda in the units of the loss scaling
 * @param network of its solution
 * @param status whether the relative gap of the solution is what was asked for
 * @param relativeGap (objective - dual value) / objective of the solution
 */
public record Rung(double lambda, Network network, Status status, double relativeGap) {}
