package org.relupath.spark.data;

/** What rows of a run are for. */
public enum Part {
  /** To fit on. */
  TRAIN,
  /** Held out, to choose lambda by. */
  VALID,
  /** For the final measurement only. */
  TEST;

  /** What belongs to this part, of what belongs to each of them. */
  public <T> T of(T train, T valid, T test) {
    return switch (this) {
      case TRAIN -> train;
      case VALID -> valid;
      case TEST -> test;
    };
  }
}
