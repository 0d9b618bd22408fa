/**
 * The commands. {@link org.relupath.spark.jobs.Main} reads arguments, lays configuration over the
 * defaults of reference.conf, checks it into {@link org.relupath.spark.jobs.RunSettings}, runs one
 * {@link org.relupath.spark.jobs.Job} and turns what became of it into an exit status.
 */
package org.relupath.spark.jobs;
