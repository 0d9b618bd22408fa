package org.relupath.spark.config;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.relupath.core.data.Missing;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.rows.ColumnChoice;
import org.relupath.spark.io.rows.TableFormat;

/**
 * Which rows and columns.
 *
 * @param input path of the rows
 * @param format what the user says the files are, or null to go by the extension
 * @param labels the columns to explain, at least one: an output each
 * @param task what the values of a label are taken for
 * @param features wanted columns, or empty for all but the label
 * @param valid path of held-out rows, or null
 * @param validFraction share of the input to hold out; at most one of the two
 * @param test path of rows for the final measurement, or null
 * @param rows how many of the input's rows to take
 * @param positive the label that stands against all others, a number or a text as it is; or null
 * @param columns which columns are wanted, and what they may hold
 * @param text how a csv is written
 */
public record DataSettings(
    String input,
    TableFormat format,
    List<String> labels,
    Task task,
    List<String> features,
    String valid,
    OptionalDouble validFraction,
    String test,
    OptionalInt rows,
    String positive,
    ColumnChoice columns,
    TableFormat.Text text) {

  static DataSettings of(Values values) {
    DataSettings data =
        new DataSettings(
            values.path("input"),
            values.choiceOrAuto("format", TableFormat.class),
            values.list("label"),
            values.choice("task", Task.class),
            values.list("features"),
            values.path("valid"),
            values.fraction("valid-fraction"),
            values.path("test"),
            values.optionalCount("sample-rows"),
            values.text("positive"),
            columns(values),
            new TableFormat.Text(delimiter(values), values.flag("header")));
    if (data.valid != null && data.validFraction.isPresent()) {
      throw values.both("valid", "valid-fraction", "");
    }
    boolean several = data.labels.size() > 1;
    if (several && data.positive != null) {
      throw values.refusal("positive", "none, as --label has several columns");
    }
    if (several && data.task == Task.CLASSIFICATION) {
      throw values.refusal("task", "auto or regression, as --label has several columns");
    }
    return data;
  }

  /**
   * The column to explain.
   *
   * @throws BadInputException where it is not the only one
   */
  public String label() {
    if (labels.size() > 1) {
      throw new BadInputException(
          "--label: '%s', expected one column".formatted(String.join(",", labels)));
    }
    return labels.get(0);
  }

  private static ColumnChoice columns(Values values) {
    List<String> labels = values.list("label");
    if (labels.isEmpty()) {
      throw values.refusal("label", "a column name");
    }
    String weights = values.text("weights");
    if (labels.contains(weights)) {
      throw values.refusal("weights", "another column than the label");
    }
    List<String> left = Stream.concat(labels.stream(), Stream.ofNullable(weights)).toList();
    List<String> ids = values.list("id");
    List<String> drop = values.list("drop");
    refuseAny(values, "id", ids, left, "other columns than the label and the weights");
    refuseAny(values, "drop", drop, left, "other columns than the label and the weights");
    refuseAny(values, "drop", drop, ids, "columns that --id has not");
    String categorical = String.valueOf(values.text("categorical"));
    boolean auto = categorical.equals("auto");
    boolean named = !auto && !categorical.equals("none");
    return new ColumnChoice(
        labels.get(0),
        labels.subList(1, labels.size()),
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
