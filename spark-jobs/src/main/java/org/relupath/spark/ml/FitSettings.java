package org.relupath.spark.ml;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.io.rows.CsvCell;
import org.relupath.spark.ml.param.ConvexReluParams;
import org.relupath.spark.ml.param.KeyParams;

/**
 * The settings of a stage.
 *
 * @param values of keys, as texts, over the defaults of all others
 */
record FitSettings(Map<String, String> values) {
  /** The settings of an estimator of numbers, or of its model. */
  static FitSettings ofNumbers(ConvexReluParams stage) {
    return of(stage, Map.of("task", "regression"));
  }

  /**
   * The settings of an estimator of classes, or of its model.
   *
   * @param probabilities whether they are asked for
   */
  static FitSettings ofClasses(ConvexReluParams stage, boolean probabilities) {
    // Rows on executors have numbers: two of them are classes.
    String task = stage.getEngine().equals("rows") ? "auto" : "classification";
    return of(stage, Map.of("task", task, "probabilities", String.valueOf(probabilities)));
  }

  /** The settings that a model was fitted with. */
  static FitSettings of(ConvexReluModel model) {
    return model instanceof ConvexReluClassificationModel classes
        ? ofClasses(classes, !classes.getProbabilityCol().isEmpty())
        : ofNumbers(model);
  }

  private static FitSettings of(ConvexReluParams stage, Map<String, String> others) {
    Map<String, String> values = new LinkedHashMap<>(KeyParams.values(stage));
    values.putAll(others);
    values.put("label", CsvCell.quote(stage.getLabelCol()));
    values.put("features", CsvCell.quote(stage.getFeaturesCol()));
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
