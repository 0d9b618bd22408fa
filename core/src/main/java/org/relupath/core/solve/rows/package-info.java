/**
 * Paths over rows that are elsewhere. Gated: a model of the objective from sampled rows, corrected
 * by exact differences of gradients, so that a few passes over all rows certify a whole grid of
 * lambdas. ReLU: patterns looked for among all of them by passes, and the program over those found
 * by row generation.
 */
package org.relupath.core.solve.rows;
