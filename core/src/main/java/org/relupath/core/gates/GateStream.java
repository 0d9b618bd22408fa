package org.relupath.core.gates;

import java.io.Serializable;

/** Gate vectors by number, the same wherever they are asked for. */
public interface GateStream extends Serializable {
  /** The d entries of gate i. */
  double[] gate(long i);

  /**
   * A stream of these gates alone, to be sent somewhere.
   *
   * @param numbers ascending
   */
  default GateStream only(int[] numbers) {
    return this;
  }
}
