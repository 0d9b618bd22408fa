package org.relupath.spark.study;

/** What a study does with the optimal networks of a split. */
public enum Analysis {
  /** Networks of the rules of the paper's tables, measured. */
  CANDIDATES,
  /** Neurons dropped one after another, as in the paper's figures 2 to 7. */
  PRUNING
}
