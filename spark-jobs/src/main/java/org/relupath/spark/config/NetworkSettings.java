package org.relupath.spark.config;

/**
 * Which network a command starts from.
 *
 * @param network path of a network.json, or null
 * @param run folder of an earlier fit or path, or null
 * @param warmStart folder of an earlier fit or path whose solutions a training starts from, or null
 * @param predictionFormat how predictions are written
 * @param exportFormat of an exported model
 * @param precision of the numbers of an exported model
 */
public record NetworkSettings(
    String network,
    String run,
    String warmStart,
    PredictionFormat predictionFormat,
    ExportFormat exportFormat,
    Precision precision) {

  /** The ways to write predictions. */
  public enum PredictionFormat {
    /** predictions.csv. */
    CSV,
    /** predictions.parquet. */
    PARQUET
  }

  /** Of the file of an exported model. */
  public enum ExportFormat {
    /** Open Neural Network Exchange. */
    ONNX
  }

  /** Of the numbers that a model computes with. */
  public enum Precision {
    /** Double precision. */
    FLOAT64,
    /** Single precision. */
    FLOAT32
  }

  static NetworkSettings of(Values values) {
    return new NetworkSettings(
        values.path("network"),
        values.path("run"),
        values.path("warm-start"),
        values.choice("prediction-format", PredictionFormat.class),
        values.choice("export-format", ExportFormat.class),
        values.choice("precision", Precision.class));
  }
}
