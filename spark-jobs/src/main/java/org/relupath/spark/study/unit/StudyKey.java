package org.relupath.spark.study.unit;

import org.relupath.core.data.Label;
import org.relupath.core.program.Model;
import org.relupath.spark.config.GateSource;
import org.relupath.spark.config.ModelSettings;

/**
 * What a study compares: the splits and seeds of one key are repetitions of the same experiment.
 *
 * @param dataSet the data set's name
 * @param model which program
 * @param gates how many gate vectors are drawn; of adaptive patterns a program's most
 */
public record StudyKey(String dataSet, Model model, int gates) implements java.io.Serializable {
  /** The settings of its program with gates of one seed. */
  public ModelSettings settings(StudyData data, long seed) {
    ModelSettings base = data.settings();
    return new ModelSettings(
        model,
        gates,
        base.gateSource(),
        seed,
        base.preprocessing(),
        base.classWeights(),
        base.lossScaling());
  }

  /** Its networks in words, such as {@code relu, 500 gates}. */
  public String networks(GateSource source) {
    String patterns = source.adapts() ? "up to " + gates + " patterns" : gates + " gates";
    return Label.of(model) + ", " + patterns;
  }

  @Override
  public String toString() {
    return dataSet + "-" + Label.of(model) + "-g" + gates;
  }
}
