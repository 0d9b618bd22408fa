package org.relupath.core.path.piece;

/**
 * The matrix S = I + sum_b (||w_b|| / lambda) G_b (I - z_b z_b') G_b', G_b = Z_b N_b, that is left
 * of the linearised optimality conditions when the turns of the neurons are eliminated.
 */
interface InnerSystem {

  /** S^-1 v, in place, n entries. */
  void solve(double[] v);

  /** The trace of S^-1. */
  double inverseTrace();
}
