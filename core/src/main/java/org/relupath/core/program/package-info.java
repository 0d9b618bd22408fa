/**
 * The convex programs C-ReLU and C-GReLU (design.md section 1): their blocks as structured
 * operators on X and pattern bits, the cones, the dual norms that price a block, lambda_max, and
 * the certificate of optimality.
 */
package org.relupath.core.program;
