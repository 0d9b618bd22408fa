/**
 * Gate vectors g and the activation patterns D_g = diag(1[X g >= 0]) they induce: sampling, gate
 * files, enumeration, and the set of distinct patterns that makes the blocks of a program
 * (design.md section 1).
 */
package org.relupath.core.gates;
