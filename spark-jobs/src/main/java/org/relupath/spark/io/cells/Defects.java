package org.relupath.spark.io.cells;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.relupath.core.data.NumberText;
import org.relupath.spark.io.Shown;

/**
 * What is wrong with rows: the first value of every column that is no finite number, and the first
 * row that is wrong as a whole.
 */
public final class Defects implements Serializable {
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

  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** Whether nothing after the last of them could be read. */
  public boolean isLast() {
    return last;
  }

  /** Something wrong with a row as a whole. */
  public void row(long row, String problem) {
    add(new Defect(row, null, problem));
  }

  /** Something wrong with a row, after which nothing can be read. */
  public void end(long row, String problem) {
    row(row, problem);
    last = true;
  }

  /** Whether one of a column is known already. */
  public boolean has(String column) {
    return columns.contains(column);
  }

  /** A value that is no finite number. */
  public void column(long row, String column, String problem) {
    add(new Defect(row, column, problem));
  }

  /**
   * A cell that is missing, where none may be.
   *
   * @param is what it is: empty, null, or a text that says so
   */
  void missing(long row, String column, String is) {
    column(
        row, column, "is " + is + ", expected a value (--missing mean or median fills features)");
  }

  /** A column of texts that are all different. */
  void names(long row, String column, String text, int count) {
    column(
        row,
        column,
        "is '"
            + Shown.value(text)
            + "', one of "
            + count
            + " texts that are all different, expected --id or --drop for a name or key");
  }

  /** A cell's text that is not what it is taken for. */
  public void cell(long row, String column, String text, CellType type) {
    String expected =
        switch (type) {
          case BOOLEAN -> "true or false";
          case DATE -> "a date such as 2024-12-31 or 2024-12-31T23:59";
          default ->
              NumberText.isBeyondDoubles(text)
                  ? "a number from 4.9e-324 to 1.79e308 or 0"
                  : "a finite number (--drop leaves a column out, --categorical takes texts)";
        };
    String is = text.isBlank() ? "empty" : "'" + Shown.value(text.strip()) + "'";
    column(row, column, "is " + is + ", expected " + expected);
  }

  /** A text that is no UTF-8. */
  public void undecodable(long row, String column) {
    column(row, column, "is no UTF-8, expected a text");
  }

  private void add(Defect defect) {
    if (columns.add(defect.column)) {
      all.add(defect);
    }
  }

  /** Appends those of the rows that follow. */
  public void append(Defects later, long firstRow) {
    later.all.forEach(d -> add(new Defect(firstRow + d.row, d.column, d.problem)));
  }

  /** The first by its row, counted from 1, and the others behind it. */
  public String text() {
    List<Defect> sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparingLong(Defect::row));
    return text(sorted);
  }

  private static String text(List<Defect> all) {
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
