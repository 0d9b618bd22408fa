package org.relupath.spark.study.unit;

import org.relupath.core.data.Observations;
import org.relupath.spark.config.ModelSettings;

/**
 * A data set as executors get it, once.
 *
 * @param rows all of it
 * @param settings of its programs; model, gates and seed are those of a unit
 */
public record StudyData(Observations rows, ModelSettings settings)
    implements java.io.Serializable {}
