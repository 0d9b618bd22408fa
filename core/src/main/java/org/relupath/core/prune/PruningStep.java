package org.relupath.core.prune;

/**
 * One step of exact pruning.
 *
 * @param neuron the neuron whose weight reached zero
 * @param length by how much the weights moved, ||beta' - beta|| / ||beta||
 * @param fitChange ||M beta' - M beta_0|| / ||M beta_0||, against the first network
 * @param sumChange |1'beta' - 1'beta_0| / 1'beta_0, likewise
 */
public record PruningStep(int neuron, double length, double fitChange, double sumChange) {}
