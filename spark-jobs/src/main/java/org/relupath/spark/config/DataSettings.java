package org.relupath.spark.config;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.relupath.spark.io.rows.TableFormat;

/**
 * Which rows and columns.
 *
 * @param input path of the rows
 * @param format what the user says the files are, or null to go by the extension
 * @param label the column to explain
 * @param features wanted columns, or empty for all but the label
 * @param valid path of held-out rows, or null
 * @param validFraction share of the input to hold out; at most one of the two
 * @param test path of rows for the final measurement, or null
 * @param rows how many of the input's rows to take
 * @param positive the label that stands against all others
 * @param weights the column of the rows' weights, or null
 */
public record DataSettings(
    String input,
    TableFormat format,
    String label,
    List<String> features,
    String valid,
    OptionalDouble validFraction,
    String test,
    OptionalInt rows,
    OptionalDouble positive,
    String weights) {

  static DataSettings of(Values values) {
    DataSettings data =
        new DataSettings(
            values.path("input"),
            values.choiceOrAuto("format", TableFormat.class),
            values.text("label"),
            values.list("features"),
            values.path("valid"),
            values.fraction("valid-fraction"),
            values.path("test"),
            values.optionalCount("sample-rows"),
            values.number("positive", value -> true, "a number"),
            values.text("weights"));
    if (data.label == null) {
      throw values.refusal("label", "a column name");
    }
    if (data.valid != null && data.validFraction.isPresent()) {
      throw values.both("valid", "valid-fraction", "");
    }
    return data;
  }
}
