/**
 * Solutions over rows that are elsewhere: C-GReLU in {@code solve.rows.gated} and C-ReLU in {@code
 * solve.rows.relu}.
 */
package org.relupath.core.solve.rows;
