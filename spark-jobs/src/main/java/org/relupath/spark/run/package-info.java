/**
 * One run of a command: its session, its progress, its output folder, and what a manifest says of
 * it.
 */
package org.relupath.spark.run;
