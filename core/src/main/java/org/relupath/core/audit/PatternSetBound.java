package org.relupath.core.audit;

/**
 * The optimum over a set of patterns, each with both signs where the model has them. Its dual value
 * bounds the networks whose patterns are in the set, and no others.
 *
 * @param patterns how many
 * @param bound the dual value
 * @param objective of the optimum found, an upper bound of it
 */
public record PatternSetBound(int patterns, double bound, double objective) {}
