package org.relupath.spark.ml;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.io.rows.CsvCell;

/**
 * The settings of a stage.
 *
 * @param values of keys, as texts, over the defaults of all others
 */
record FitSettings(Map<String, String> values) {
  /**
   * The settings that Params of a stage are.
   *
   * @param features the column of vectors
   * @param label the column of labels
   * @param others values of further keys
   */
  static FitSettings of(
      ConvexReluParams stage, String features, String label, Map<String, String> others) {
    Map<String, String> values = new LinkedHashMap<>(KeyParams.values(stage));
    values.putAll(others);
    values.put("label", CsvCell.quote(label));
    values.put("features", CsvCell.quote(features));
    values.put("loss-scaling", "mean");
    values.put("categorical", "none");
    if (stage.isDefined(stage.weightCol()) && !stage.getWeightCol().isEmpty()) {
      values.put("weights", stage.getWeightCol());
    }
    return new FitSettings(values);
  }

  /**
   * The values, checked.
   *
   * @throws IllegalArgumentException naming the Param, its value and what was expected
   */
  RunSettings checked() {
    return KeyParams.settings(values);
  }

  /** All values but those of lambda, as a text. */
  String butLambda() {
    Map<String, String> others = new TreeMap<>(values);
    others.remove("lambda");
    others.remove("lambda-ratio");
    return others.toString();
  }
}
