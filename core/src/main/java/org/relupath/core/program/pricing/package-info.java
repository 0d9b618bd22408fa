/**
 * What proves an optimum: block correlations Z_b'u projected onto the polars of activation cones,
 * their norms against lambda (prices), and certificates of optimality by the duality gap.
 */
package org.relupath.core.program.pricing;
