/**
 * Rows that do not fit one machine: blocks of consecutive rows with the bits of every gate on them,
 * and the sums over rows that programs are solved from. A block is worked on alone, anywhere; sums
 * of blocks are added in an order that depends on their numbers only.
 */
package org.relupath.core.program.rows;
