/**
 * The solver of both programs: a semismooth-Newton augmented Lagrangian on the dual, over a working
 * set of blocks, with lazy certified pricing. Cone decomposition, from C-GReLU to C-ReLU, is in
 * {@code solve.decomposition}; rows that are elsewhere in {@code solve.rows}.
 */
package org.relupath.core.solve;
