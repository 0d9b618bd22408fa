/**
 * The convex programs C-ReLU and C-GReLU (core/docs/mathematics.md#convex-programs): their blocks
 * as structured operators on X and pattern bits, activation cones and projections onto them.
 * Prices, lambda_max and certificates are in {@code program.pricing}, the search for patterns in
 * {@code program.search}, and sums over rows that are elsewhere in {@code program.rows}.
 */
package org.relupath.core.program;
