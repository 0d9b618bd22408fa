package org.relupath.spark.io.cells;

import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The cells of some rows that are texts: each text once, and in which rows it is. */
public final class CellTexts implements Serializable {
  /**
   * Those of a column.
   *
   * <p>Cell i of them is in row {@code rows[i]} and has the text of number {@code texts[i]}.
   */
  static final class Column implements Serializable {
    final Map<String, Integer> distinct = new LinkedHashMap<>();
    int[] rows = new int[8];
    int[] texts = new int[8];
    int size;
    boolean numbers;

    private void add(int row, String text) {
      if (size == rows.length) {
        rows = Arrays.copyOf(rows, 2 * size);
        texts = Arrays.copyOf(texts, 2 * size);
      }
      rows[size] = row;
      texts[size++] = distinct.computeIfAbsent(text, own -> distinct.size());
    }
  }

  private Column[] columns = new Column[0];

  /** How many columns have any at most. */
  int columns() {
    return columns.length;
  }

  /** Those of a column; null where it has neither texts nor numbers. */
  Column column(int k) {
    return columns[k];
  }

  private Column known(int k) {
    if (k >= columns.length) {
      columns = Arrays.copyOf(columns, Math.max(k + 1, 2 * columns.length));
    }
    if (columns[k] == null) {
      columns[k] = new Column();
    }
    return columns[k];
  }

  /** Notes that a cell of a column is a number. */
  public void number(int k) {
    known(k).numbers = true;
  }

  /** Adds a cell that is a text. */
  void add(int k, int row, String text) {
    known(k).add(row, text);
  }
}
