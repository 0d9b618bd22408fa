package org.relupath.core.solve;

import java.util.List;

/**
 * A C-ReLU network made of a C-GReLU solution. Look at {@link #exact} before calling it that.
 *
 * @param solution the network, in its cones whatever the outcomes, with a certificate of its own
 *     over all blocks of the C-ReLU program; its status is {@link Status#FEASIBLE}
 * @param splits what became of each gated block, by id
 * @param fitError ||f_relu(X) - f_gated(X)|| / ||f_gated(X)||, of the network as a whole
 */
public record Decomposition(Solution solution, List<Split> splits, double fitError) {
  /** The fit of an exact decomposition, and of each of its blocks, is reproduced to this. */
  static final double EXACT_FIT = 1e-9;

  /** Checks nothing, keeps the list unchangeable. */
  public Decomposition {
    splits = List.copyOf(splits);
  }

  /** Whether every block was split exactly, so that the network fits as the gated one does. */
  public boolean exact() {
    return count(Split.Outcome.EXACT) == splits.size() && fitError <= EXACT_FIT;
  }

  /** How many blocks had an outcome. */
  public int count(Split.Outcome outcome) {
    return (int) splits.stream().filter(split -> split.outcome() == outcome).count();
  }
}
