package org.relupath.spark.config;

/** How a path chooses among its lambdas, by rows that its networks were not fitted to. */
public enum LambdaRule {
  /** By the mean squared error, of several outputs together. */
  BEST,
  /** Of a study: the largest lambda whose error is within one standard error of the smallest. */
  ONE_STANDARD_ERROR,
  /** By the mean squared error, of several outputs together. */
  MSE,
  /** By the share of rows with the right class. */
  ACCURACY,
  /** One lambda for each of several outputs, by its own mean squared error. */
  EACH
}
