package org.relupath.spark.io.cells;

import org.relupath.core.data.RawColumn;

/** What the cells of a column are taken for. */
public enum CellType {
  /** A finite number. */
  NUMBER,
  /** The words true or false. */
  BOOLEAN,
  /** A date, with a time or without. */
  DATE,
  /** A text, one of a column's levels. */
  CATEGORY,
  /** What all cells of the column are: numbers, or else words, dates or texts. */
  AUTO,
  /** A text exactly as it is, an empty one included. */
  VERBATIM;

  /** What cells are of a column that is known. */
  public static CellType of(RawColumn.Kind kind) {
    return switch (kind) {
      case NUMBER -> NUMBER;
      case BOOLEAN -> BOOLEAN;
      case DATE -> DATE;
      case CATEGORY -> CATEGORY;
    };
  }
}
