/**
 * Paths of C-GReLU over rows that are elsewhere: a model of the objective from sampled rows,
 * corrected by exact differences of gradients, so that a few passes over all rows certify a whole
 * grid of lambdas.
 */
package org.relupath.core.solve.rows.gated;
