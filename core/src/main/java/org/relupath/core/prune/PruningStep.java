package org.relupath.core.prune;

/**
 * One step of exact pruning.
 *
 * @param neuron the neuron whose weight reached zero
 * @param width neurons left
 * @param length by how much the weights moved, ||beta' - beta|| / ||beta||
 * @param beta the weights left, m entries; not to be changed
 * @param fitChange ||M beta' - M beta_0|| / ||M beta_0||, against the first network
 * @param sumChange |1'beta' - 1'beta_0| / 1'beta_0, likewise
 */
@SuppressWarnings("ArrayRecordComponent") // numbers of a network, never compared as a whole
public record PruningStep(
    int neuron, int width, double length, double[] beta, double fitChange, double sumChange) {}
