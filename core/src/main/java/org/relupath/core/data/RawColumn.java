package org.relupath.core.data;

import java.util.List;

/**
 * A column of rows as they were read, whose cells are kept as doubles.
 *
 * @param name the column's name
 * @param kind what its cells are, and how a double stands for one
 * @param levels of a {@link Kind#CATEGORY} the distinct texts, sorted by code point, which cells
 *     are positions in; else empty
 */
public record RawColumn(String name, Kind kind, List<String> levels)
    implements java.io.Serializable {
  /** What the cells of a column are; NaN stands for a cell that is missing. */
  public enum Kind {
    /** A number, itself. */
    NUMBER,
    /** False is 0, true is 1. */
    BOOLEAN,
    /** A date or time: days since 1970-01-01T00:00 UTC, with fractions. */
    DATE,
    /** A text: its position among the column's levels. */
    CATEGORY
  }

  /** Copies the levels. */
  public RawColumn {
    levels = List.copyOf(levels);
    if (kind != Kind.CATEGORY && !levels.isEmpty()) {
      throw new IllegalArgumentException("column '" + name + "' of " + kind + " has levels");
    }
  }

  /** A column of numbers. */
  public static RawColumn number(String name) {
    return new RawColumn(name, Kind.NUMBER, List.of());
  }
}
