/**
 * The solver of both programs: a semismooth-Newton augmented Lagrangian on the dual, over a working
 * set of blocks, with lazy certified pricing.
 */
package org.relupath.core.solve;
