package org.relupath.spark.config;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.relupath.core.data.Missing;
import org.relupath.spark.io.rows.ColumnChoice;
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
 * @param columns which columns are wanted, and what they may hold
 * @param text how a csv is written
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
    ColumnChoice columns,
    TableFormat.Text text) {

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
            columns(values),
            new TableFormat.Text(delimiter(values), values.flag("header")));
    if (data.valid != null && data.validFraction.isPresent()) {
      throw values.both("valid", "valid-fraction", "");
    }
    return data;
  }

  private static ColumnChoice columns(Values values) {
    String label = values.text("label");
    if (label == null) {
      throw values.refusal("label", "a column name");
    }
    String weights = values.text("weights");
    if (label.equals(weights)) {
      throw values.refusal("weights", "another column than the label");
    }
    List<String> left = weights == null ? List.of(label) : List.of(label, weights);
    List<String> ids = values.list("id");
    List<String> drop = values.list("drop");
    refuseAny(values, "id", ids, left, "other columns than the label and the weights");
    refuseAny(values, "drop", drop, left, "other columns than the label and the weights");
    refuseAny(values, "drop", drop, ids, "columns that --id has not");
    String categorical = String.valueOf(values.text("categorical"));
    boolean auto = categorical.equals("auto");
    boolean named = !auto && !categorical.equals("none");
    return new ColumnChoice(
        label,
        values.list("features"),
        ids,
        drop,
        auto,
        named ? values.list("categorical") : List.of(),
        values.choice("missing", Missing.class) != Missing.REFUSE,
        weights);
  }

  private static void refuseAny(
      Values values, String key, List<String> names, List<String> others, String expected) {
    if (names.stream().anyMatch(others::contains)) {
      throw values.refusal(key, expected);
    }
  }

  /** One ASCII character that no number and no quoted cell has; null for the extension's. */
  private static Character delimiter(Values values) {
    String text = values.path("delimiter");
    if ("auto".equals(text)) {
      return null;
    }
    if ("tab".equals(text) || "\\t".equals(text)) {
      return '\t';
    }
    boolean one = text != null && text.length() == 1 && ",;|:^~".contains(text);
    if (!one) {
      throw values.refusal("delimiter", "one of , ; | : ^ ~ or tab, or auto");
    }
    return text.charAt(0);
  }
}
