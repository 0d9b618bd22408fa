/**
 * Spark ML estimators and their models: convex ReLU networks in a {@link
 * org.apache.spark.ml.Pipeline}.
 */
package org.relupath.spark.ml;
