/**
 * Gate vectors g and the activation patterns D_g = diag(1[X g >= 0]) they induce: sampling, gate
 * files, and the set of distinct patterns that makes the blocks of a program
 * (core/docs/mathematics.md#networks-and-patterns). Enumeration is in {@code gates.arrangement}.
 */
package org.relupath.core.gates;
