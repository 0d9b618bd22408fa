/**
 * The hyperplane arrangement {g : x_i'g = 0} of the rows of X: its cells, which are the activation
 * patterns, enumerated whole or explored from gates on, in exact arithmetic.
 */
package org.relupath.core.gates.arrangement;
