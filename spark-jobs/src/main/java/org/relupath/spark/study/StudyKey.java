package org.relupath.spark.study;

import org.relupath.core.data.Label;
import org.relupath.core.program.Model;
import org.relupath.spark.config.ModelSettings;

/**
 * What a study compares: the folds and seeds of one key are repetitions of the same experiment.
 *
 * @param dataSet the data set's name
 * @param model which program
 * @param gates how many gate vectors are drawn
 */
public record StudyKey(String dataSet, Model model, int gates) implements java.io.Serializable {
  /** The settings of its program with gates of one seed. */
  ModelSettings settings(ModelSettings base, long seed) {
    return new ModelSettings(
        model, gates, base.gateSource(), seed, base.preprocessing(), base.lossScaling());
  }

  @Override
  public String toString() {
    return dataSet + "-" + Label.of(model) + "-g" + gates;
  }
}
