/**
 * The commands, one class each. {@link org.relupath.spark.jobs.Main} reads arguments, lays
 * configuration over the defaults of reference.conf, checks it into {@link
 * org.relupath.spark.config.RunSettings}, runs one {@link org.relupath.spark.run.Job} and turns
 * what became of it into an exit status.
 */
package org.relupath.spark.jobs;
