/**
 * Rows and settings in, certified networks out: {@link org.relupath.spark.train.Training} is the
 * way in, for programs and for commands.
 */
package org.relupath.spark.train;
