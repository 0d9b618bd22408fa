/**
 * From an optimum of C-GReLU to weights of C-ReLU of the same fit: every block is written as a
 * difference of two vectors of its activation cone, as short as a chosen method makes them.
 */
package org.relupath.core.solve.decomposition;
