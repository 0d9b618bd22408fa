package org.relupath.spark.io.cells;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.relupath.core.data.NumberText;

/**
 * Takes the cells of rows for what is wanted of them: numbers where they are some, and texts aside.
 */
public final class CellReader {
  private final Wanted[] wanted;

  /** A reader of these columns. */
  public CellReader(List<Wanted> wanted) {
    this.wanted = wanted.toArray(new Wanted[0]);
  }

  /** How many columns there are. */
  public int width() {
    return wanted.length;
  }

  /** The name of a column. */
  public String name(int k) {
    return wanted[k].name();
  }

  /** Whether a number is all that a cell of a column need be. */
  public boolean takesNumbers(int k) {
    return wanted[k].type() == CellType.NUMBER || wanted[k].type() == CellType.AUTO;
  }

  /**
   * A cell that is a number.
   *
   * @param row its row's number, for texts and defects
   */
  public double number(int k, double value, int row, CellTexts texts, Defects defects) {
    if (Double.isNaN(value)) {
      return missing(k, row, "NaN", defects);
    }
    if (Double.isInfinite(value)) {
      defects.column(row, name(k), "is " + value + ", expected a finite number");
    }
    if (wanted[k].type() == CellType.AUTO) {
      texts.number(k);
    }
    return takesNumbers(k) ? value : text(k, CellText.of(value), row, texts, defects);
  }

  /** A cell that a table has as null. */
  public double none(int k, int row, CellTexts texts, Defects defects) {
    return wanted[k].type() == CellType.VERBATIM
        ? text(k, "", row, texts, defects)
        : missing(k, row, "null", defects);
  }

  /** A cell as a data frame has it; null where it has none. */
  public double value(int k, Object cell, int row, CellTexts texts, Defects defects) {
    if (cell == null) {
      return none(k, row, texts, defects);
    }
    if (cell instanceof Number number && (takesNumbers(k) || !isExact(cell))) {
      return number(k, number.doubleValue(), row, texts, defects);
    }
    return text(k, text(cell), row, texts, defects);
  }

  /** Whether a number may have more digits than a double. */
  private static boolean isExact(Object number) {
    return number instanceof BigDecimal || number instanceof Long;
  }

  private static String text(Object cell) {
    if (cell instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    Object moment = cell instanceof Timestamp time ? time.toInstant() : cell;
    return moment instanceof Instant instant
        ? CellText.of(instant.getEpochSecond(), instant.getNano())
        : moment.toString();
  }

  private double missing(int k, int row, String is, Defects defects) {
    if (!wanted[k].missing()) {
      defects.missing(row, name(k), is);
    }
    return Double.NaN;
  }

  /** A cell that is a text, which may stand for a number. */
  public double text(int k, String cell, int row, CellTexts texts, Defects defects) {
    CellType type = wanted[k].type();
    if (type == CellType.VERBATIM) {
      texts.add(k, row, cell);
      return 0;
    }
    String text = cell.strip();
    if (CellText.isMissing(text)) {
      return missing(k, row, text.isEmpty() ? "empty" : "'" + text + "'", defects);
    }
    double value =
        switch (type) {
          case NUMBER, AUTO -> NumberText.parse(text);
          case BOOLEAN -> CellText.truth(text);
          case DATE -> CellText.days(text);
          case CATEGORY, VERBATIM -> Double.NaN;
        };
    boolean known = !Double.isNaN(value);
    if (known && type == CellType.AUTO) {
      texts.number(k);
    }
    boolean kept =
        type == CellType.CATEGORY
            || (type == CellType.AUTO && !known && !NumberText.isBeyondDoubles(text));
    if (kept) {
      texts.add(k, row, text);
    } else if (!known) {
      defects.cell(row, name(k), text, type);
    }
    return known ? value : 0;
  }
}
