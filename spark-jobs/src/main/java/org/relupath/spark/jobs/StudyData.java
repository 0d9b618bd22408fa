package org.relupath.spark.jobs;

import org.relupath.core.data.Observations;

/**
 * A data set as executors get it, once.
 *
 * @param rows all of it
 * @param settings of its programs; model, gates and seed are those of a unit
 */
record StudyData(Observations rows, ModelSettings settings) implements java.io.Serializable {
  private static final long serialVersionUID = 1L;
}
