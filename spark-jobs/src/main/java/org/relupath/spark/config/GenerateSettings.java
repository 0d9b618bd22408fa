package org.relupath.spark.config;

import org.relupath.spark.io.rows.TableFormat;

/**
 * Synthetic rows to write.
 *
 * @param rows how many
 * @param features feature columns of each
 * @param neurons of the teacher
 * @param noise standard deviation of what is added to the label
 * @param format parquet or csv
 * @param label what the label's column is called
 */
public record GenerateSettings(
    long rows, int features, int neurons, double noise, TableFormat format, String label) {
  private static final long MOST_ROWS = 1_000_000_000_000L;

  /** Checks the settings of made-up rows, refusing by name, value and expectation. */
  public static GenerateSettings of(Values values) {
    TableFormat format = values.choiceOrAuto("format", TableFormat.class);
    if (format == TableFormat.LIBSVM) {
      throw values.refusal("format", "parquet (auto) or csv");
    }
    String label = DataSettings.of(values).label();
    if (label.matches("x[0-9]+")) {
      throw values.refusal("label", "a name that is not one of x1, x2, ..., the features");
    }
    return new GenerateSettings(
        values.whole("rows", 1, MOST_ROWS),
        values.count("feature-count"),
        values.count("teacher-neurons"),
        values.required("noise", value -> value >= 0, "a number of at least 0"),
        format == null ? TableFormat.PARQUET : format,
        label);
  }
}
