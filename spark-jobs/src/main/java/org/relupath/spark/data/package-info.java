/**
 * Labelled rows ready to train on: read, split, checked, with their gates, the memory they need,
 * and the metrics of networks on them.
 */
package org.relupath.spark.data;
