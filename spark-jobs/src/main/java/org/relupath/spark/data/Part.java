package org.relupath.spark.data;

/** What rows of a run are for. */
public enum Part {
  /** To fit on. */
  TRAIN,
  /** Held out, to choose lambda by. */
  VALID,
  /** For the final measurement only. */
  TEST
}
