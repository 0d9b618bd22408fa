package org.relupath.core.path.homotopy;

import org.relupath.core.data.Label;

/**
 * A change of the support along the path, in the direction of falling lambda.
 *
 * <p>C-ReLU blocks on one ray are one neuron, named by its first block. A row is tight where
 * x_r'w_b = 0; rows that a neuron has at zero when it enters or leaves are no events of their own.
 *
 * @param lambda where, to 1e-6 relatively
 * @param kind what happens
 * @param block the id of the neuron's first block: just below lambda for a neuron that enters, just
 *     above for all else
 * @param row the row that tightens or loosens, -1 for none
 */
public record Event(double lambda, Kind kind, int block, int row) implements java.io.Serializable {
  /** What happens. */
  public enum Kind {
    /** ||v_b|| reaches lambda: a neuron appears. */
    BLOCK_ENTERS,
    /** ||w_b|| reaches zero: a neuron disappears, or becomes one with another neuron. */
    BLOCK_LEAVES,
    /** x_r'w_b reaches zero. */
    ROW_TIGHTENS,
    /** The multiplier rho_r of a tight row reaches zero. */
    ROW_LOOSENS;

    /** As files spell it: {@code block-enters}, ... */
    public String label() {
      return Label.of(this);
    }
  }
}
