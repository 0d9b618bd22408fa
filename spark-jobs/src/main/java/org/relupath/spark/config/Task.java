package org.relupath.spark.config;

/** What the values of a label are taken for. */
public enum Task {
  /** Classes where they are texts, or few whole numbers; two values are classes too. */
  AUTO,

  /** Amounts. */
  REGRESSION,

  /** Classes. */
  CLASSIFICATION
}
