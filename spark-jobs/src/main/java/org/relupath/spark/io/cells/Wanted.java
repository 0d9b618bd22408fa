package org.relupath.spark.io.cells;

import java.io.Serializable;

/**
 * A column that is read.
 *
 * @param name its name
 * @param type what its cells are
 * @param missing whether cells may be missing
 */
public record Wanted(String name, CellType type, boolean missing) implements Serializable {
  /** A column of finite numbers. */
  public static Wanted number(String name) {
    return new Wanted(name, CellType.NUMBER, false);
  }
}
