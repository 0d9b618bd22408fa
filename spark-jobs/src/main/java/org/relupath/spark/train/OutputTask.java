package org.relupath.spark.train;

import java.util.function.DoubleFunction;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.data.TrainingData;
import org.relupath.spark.run.OutputProgress;
import org.relupath.spark.train.program.WarmStart;

/**
 * One of several outputs to be trained.
 *
 * @param rows with its labels
 * @param settings those of the run of this output alone, where the largest lambda_max of all
 *     outputs is known, in the units of the loss scaling: its lambdas are absolute
 * @param warm where its solves start
 * @param progress receives how far it is
 */
public record OutputTask(
    TrainingData rows,
    DoubleFunction<RunSettings> settings,
    WarmStart warm,
    OutputProgress progress) {}
