/** Params of the Spark ML stages: the keys of {@code conf/reference.conf} by Spark's names. */
package org.relupath.spark.ml.param;
