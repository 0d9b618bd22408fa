package org.relupath.spark.train.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.relupath.core.data.CategoryEncoding;
import org.relupath.core.data.ColumnEncoding;
import org.relupath.core.data.Label;
import org.relupath.core.data.NumberEncoding;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preparation;
import org.relupath.core.data.RawColumn;
import org.relupath.spark.io.Shown;

/** What columns were taken for, for those who look at results. */
public final class ColumnNotes {
  /** Names that numbers have which name a row. */
  private static final Pattern KEY =
      Pattern.compile("(?i)(.*[_ .-])?(id|key|index|idx|row|rownames?|nr|no)|.*[a-z]Id|unnamed.*");

  private ColumnNotes() {}

  /**
   * A note for each column that is not taken for numbers as they are, and for labels that are
   * texts.
   *
   * @param preparation fitted to the rows
   * @param rows the training rows
   */
  public static List<String> of(Preparation preparation, Observations rows) {
    List<String> notes = new ArrayList<>();
    for (int k = 0; k < preparation.columns().size(); k++) {
      ColumnEncoding column = preparation.columns().get(k);
      long missing = missing(rows, k);
      boolean plain = column.raw().kind() == RawColumn.Kind.NUMBER && missing == 0;
      if (!plain) {
        notes.add(Shown.value(column.raw().name()) + ": " + what(column, missing));
      }
    }
    if (!preparation.classes().isEmpty()) {
      notes.add(
          "label: "
              + preparation.classes().stream()
                  .map(Shown::value)
                  .collect(Collectors.joining(" (-1) and ", "", " (+1)")));
    }
    return notes;
  }

  private static long missing(Observations rows, int k) {
    return IntStream.range(0, rows.rows())
        .filter(r -> Double.isNaN(rows.cells().get(r, k)))
        .count();
  }

  private static String what(ColumnEncoding column, long missing) {
    String gaps = missing == 0 ? "" : missing + " missing";
    if (column instanceof CategoryEncoding category) {
      int levels = category.levels().size();
      String own = levels + (levels == 1 ? " level" : " levels");
      return join(category.other() ? own + " and (other)" : own, gaps);
    }
    NumberEncoding number = (NumberEncoding) column;
    return switch (column.raw().kind()) {
      case BOOLEAN -> join("true or false", gaps);
      case DATE ->
          join(
              number.parts().stream()
                  .map(Label::of)
                  .collect(Collectors.joining(", ", "date as ", "")),
              gaps);
      default -> join("", gaps) + String.format(Locale.ROOT, ", as %.4g", number.missing()[0]);
    };
  }

  private static String join(String what, String gaps) {
    return what + (what.isEmpty() || gaps.isEmpty() ? "" : ", ") + gaps;
  }

  /** A warning for each column of whole numbers, all different, with the name of a key. */
  public static List<String> keys(Observations rows) {
    List<String> warnings = new ArrayList<>();
    for (int k = 0; k < rows.columns().size(); k++) {
      RawColumn column = rows.columns().get(k);
      if (column.kind() == RawColumn.Kind.NUMBER && KEY.matcher(column.name()).matches()) {
        int at = k;
        double[] cells =
            IntStream.range(0, rows.rows()).mapToDouble(r -> rows.cells().get(r, at)).toArray();
        boolean whole = Arrays.stream(cells).allMatch(cell -> cell == Math.rint(cell));
        if (whole && Arrays.stream(cells).distinct().count() == cells.length) {
          warnings.add(
              "column '%s' has another whole number in every row, as a key has; it is a feature unless"
                      .formatted(Shown.value(column.name()))
                  + " --id or --drop says that it is none");
        }
      }
    }
    return warnings;
  }
}
