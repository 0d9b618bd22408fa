package org.relupath.spark.optimal;

import org.relupath.spark.data.Metrics;

/**
 * How a network does on training, held-out and test rows; null where there are no such rows, or
 * nothing was measured on them.
 */
public record NetworkMetrics(Metrics train, Metrics valid, Metrics test)
    implements java.io.Serializable {}
