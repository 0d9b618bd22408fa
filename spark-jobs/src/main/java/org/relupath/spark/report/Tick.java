package org.relupath.spark.report;

/**
 * A tick of an axis.
 *
 * @param position on the axis: of a logarithmic one, log10 of the value
 * @param label what it says
 */
record Tick(double position, String label) {}
