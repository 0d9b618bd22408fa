package org.relupath.spark.io.rows;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.relupath.core.data.NumberText;
import org.relupath.spark.io.Shown;

/**
 * What is wrong with rows: the first value of every column that is no finite number, and the first
 * row that is wrong as a whole.
 */
final class Defects implements Serializable {
  /** Columns that a message names at most. */
  private static final int MOST = 8;

  /**
   * One of them.
   *
   * @param row its number among the rows, from 0
   * @param column the column's name; null where it is the row
   */
  private record Defect(long row, String column, String problem) implements Serializable {
    String text() {
      return column == null ? problem : "column '" + column + "' " + problem;
    }
  }

  private final List<Defect> all = new ArrayList<>();
  private final Set<String> columns = new HashSet<>();
  private boolean last;

  boolean isEmpty() {
    return all.isEmpty();
  }

  /** Whether nothing after the last of them could be read. */
  boolean isLast() {
    return last;
  }

  /** Something wrong with a row as a whole. */
  void row(long row, String problem) {
    add(new Defect(row, null, problem));
  }

  /** Something wrong with a row, after which nothing can be read. */
  void end(long row, String problem) {
    row(row, problem);
    last = true;
  }

  /** Whether one of a column is known already. */
  boolean has(String column) {
    return columns.contains(column);
  }

  /** A value that is no finite number. */
  void column(long row, String column, String problem) {
    add(new Defect(row, column, problem));
  }

  /** A cell's text that {@link NumberText} does not read. */
  void cell(long row, String column, String text) {
    String problem;
    if (text.isBlank()) {
      problem = "is empty, expected a number";
    } else if (NumberText.isBeyondDoubles(text.strip())) {
      problem =
          "is '"
              + Shown.value(text.strip())
              + "', expected a number from 4.9e-324 to 1.79e308 or 0";
    } else {
      problem =
          "is '"
              + Shown.value(text.strip())
              + "', expected a finite number (--features leaves a column out)";
    }
    column(row, column, problem);
  }

  private void add(Defect defect) {
    if (columns.add(defect.column)) {
      all.add(defect);
    }
  }

  /** Appends those of the rows that follow. */
  void append(Defects later, long firstRow) {
    later.all.forEach(d -> add(new Defect(firstRow + d.row, d.column, d.problem)));
  }

  /** The first by its row, counted from 1, and the others behind it. */
  String text() {
    StringBuilder text = new StringBuilder("row " + (all.get(0).row + 1) + " " + all.get(0).text());
    for (int k = 1; k < Math.min(all.size(), MOST); k++) {
      Defect other = all.get(k);
      text.append("; row ").append(other.row + 1).append(' ').append(brief(other));
    }
    return all.size() <= MOST ? text.toString() : text + "; " + (all.size() - MOST) + " more";
  }

  private static String brief(Defect defect) {
    int expected = defect.problem.indexOf(", expected");
    return expected < 0
        ? defect.text()
        : new Defect(0, defect.column, defect.problem.substring(0, expected)).text();
  }
}
