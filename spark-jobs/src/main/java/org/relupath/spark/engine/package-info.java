/**
 * Where the work of a study runs: patterns sampled and blocks priced on executors, or segments of a
 * path solved there. No result depends on how many executors there are, or on which are lost.
 */
package org.relupath.spark.engine;
