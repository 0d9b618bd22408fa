/**
 * The optimal set: from one certified solution to all of them (core/docs/optimal-set.md). Which
 * blocks may be active at an optimum ({@link org.relupath.core.optimalset.Equicorrelation}), which
 * neurons they are ({@link org.relupath.core.optimalset.OptimalNeurons}), the dimension and
 * uniqueness of the set, chosen members and ranges ({@link
 * org.relupath.core.optimalset.OptimalSet}). The geometry of the polytope of their weights is in
 * {@code optimalset.polytope}.
 */
package org.relupath.core.optimalset;
