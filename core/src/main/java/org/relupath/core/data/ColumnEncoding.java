package org.relupath.core.data;

import java.io.Serializable;
import java.util.List;

/**
 * How the cells of one raw column become one or more columns of finite numbers. It is fitted to
 * training rows (see {@link Preparation}), and the same for all other rows.
 */
public sealed interface ColumnEncoding extends Serializable
    permits NumberEncoding, CategoryEncoding {
  /** Ends the name of the column that is 1 where a cell is missing, and 0 elsewhere. */
  String MISSING = " missing";

  /** The raw column, with the levels that cells of a category are positions in. */
  RawColumn raw();

  /** The names of the encoded columns, such as {@code sex=male} or {@code age missing}. */
  List<String> names();

  /** Whether a missing cell is taken; else it is refused. */
  boolean fills();

  /**
   * Encodes a cell.
   *
   * @param cell as {@link RawColumn.Kind} has it; NaN where it is missing; of a category -1 for a
   *     text that is none of the levels
   * @param into receives as many numbers as there are {@link #names}
   * @param at where the first of them goes
   * @throws IllegalArgumentException if the cell is missing and this column may have none
   */
  void encode(double cell, double[] into, int at);

  /** Refuses a missing cell. */
  static IllegalArgumentException refusal(RawColumn raw) {
    return new IllegalArgumentException("column '" + raw.name() + "' has a missing cell");
  }
}
