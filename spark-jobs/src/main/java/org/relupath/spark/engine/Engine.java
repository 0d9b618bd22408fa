package org.relupath.spark.engine;

import org.relupath.core.data.Label;

/** Which part of the work the executors do. */
public enum Engine {
  /** None: the driver solves alone. For small programs, where a task costs more than it saves. */
  DRIVER,
  /**
   * Patterns are sampled and blocks priced on executors; the driver solves restricted programs over
   * the violators. For many patterns.
   */
  GATES,
  /** Segments of the lambda grid are solved on executors, warm started inside. For long paths. */
  LAMBDAS,
  /**
   * Rows stay on executors in blocks; the driver solves models of a sample of them (gated), or the
   * program over patterns that executors have found (ReLU), which passes over all rows correct and
   * certify. For rows that do not fit one machine.
   */
  ROWS;

  /** As the key engine spells it. */
  public String label() {
    return Label.of(this);
  }
}
