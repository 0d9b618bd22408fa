/** Paths of many data sets, folds, gate seeds and models: durable, resumed, and put together. */
package org.relupath.spark.study;
