package org.relupath.core.program.rows;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.relupath.core.data.Matrix;
import org.relupath.core.program.rows.planes.GatePlanes;

/**
 * Consecutive rows of X and y, with the bits of every gate on them.
 *
 * @param first the number of the first of them among all rows, from 0
 * @param x m x d
 * @param y m targets
 * @param gates the bits of the P gates on these rows
 */
public record RowBlock(long first, Matrix x, double[] y, GatePlanes gates) implements Serializable {
  /**
   * Rows of a block. Sums over a block's rows start from 256 buckets a plane that are unfolded in
   * 510 additions, little against this many; and its rows still stay in a cache of a few MB.
   */
  public static final int ROWS = 8192;

  /** Checks the shapes and that every number is finite. */
  public RowBlock {
    requireRows("y", y.length, x.rows());
    requireRows("gates", gates.rows(), x.rows());
    requireFinite("X", x.values());
    requireFinite("y", y);
  }

  private static void requireRows(String name, int rows, int expected) {
    if (rows != expected) {
      throw new IllegalArgumentException(name + " has " + rows + " rows, X has " + expected);
    }
  }

  private static void requireFinite(String name, double[] values) {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(name + " has an entry " + value);
      }
    }
  }

  /** Rows and the bits that gates (P x d, one a row) have on them. */
  public static RowBlock of(long first, Matrix x, double[] y, Matrix gates) {
    return new RowBlock(first, x, y, GatePlanes.of(x, gates));
  }

  /**
   * All rows of one machine, cut into blocks.
   *
   * @param x n x d
   * @param y n targets
   * @param gates P x d
   * @param size rows of each block but the last
   */
  public static List<RowBlock> cut(Matrix x, double[] y, Matrix gates, int size) {
    List<RowBlock> blocks = new ArrayList<>();
    int d = x.columns();
    for (int from = 0; from < x.rows(); from += size) {
      int to = Math.min(x.rows(), from + size);
      double[] own = java.util.Arrays.copyOfRange(x.values(), from * d, to * d);
      double[] targets = java.util.Arrays.copyOfRange(y, from, to);
      blocks.add(of(from, new Matrix(to - from, d, own), targets, gates));
    }
    return blocks;
  }

  /** m, the number of rows. */
  public int rows() {
    return x.rows();
  }

  /** These rows with some of the gates, in the order given. */
  public RowBlock select(int[] chosen) {
    return new RowBlock(first, x, y, gates.select(chosen));
  }
}
