/**
 * The optimal set: from one certified solution to all of them (design.md section 1). Which blocks
 * may be active at an optimum ({@link org.relupath.core.optimalset.Equicorrelation}), which neurons
 * they are ({@link org.relupath.core.optimalset.OptimalNeurons}), the polytope of their weights,
 * its dimension and uniqueness, chosen members and ranges ({@link
 * org.relupath.core.optimalset.OptimalSet}).
 */
package org.relupath.core.optimalset;
