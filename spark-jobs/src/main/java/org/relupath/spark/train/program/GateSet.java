package org.relupath.spark.train.program;

import org.relupath.core.data.Matrix;

/**
 * The gates of a program.
 *
 * @param vectors gate vectors, one a row; the gate of pattern b is row {@code patterns().gateId(b)}
 * @param drawn what these were made of without a look at labels: the gates that folds start from
 * @param exhaustive whether every cell of X has its gate, as they were enumerated on these very
 *     rows
 */
public record GateSet(Matrix vectors, Matrix drawn, boolean exhaustive) {
  /** Gates that were drawn or read, as they are. */
  static GateSet of(Matrix vectors) {
    return new GateSet(vectors, vectors, false);
  }

  /** Other gates that come of the drawn ones. */
  GateSet with(Matrix others) {
    return new GateSet(others, drawn, false);
  }
}
