package org.relupath.spark.io;

import java.util.Arrays;
import java.util.function.Supplier;
import org.relupath.core.data.Design;
import org.relupath.core.data.SparseMatrix;
import org.relupath.core.data.SparseMatrixBuilder;

/**
 * Rows whose zeros are not kept, as they come together: of each its features and, in the column
 * behind them, its label.
 */
public final class SparseRows {
  /** Share of numbers that are not zero from which on all are kept: products are then faster. */
  private static final double DENSE = 0.25;

  /** Tables of fewer numbers are kept as they are: what needs all of X then has them. */
  private static final long SMALL = 1 << 16;

  /** Numbers of one array. */
  private static final long MOST = Integer.MAX_VALUE - 8;

  private final int features;
  private final SparseMatrixBuilder builder;
  private double[] targets = new double[64];
  private int rows;

  /** Of d features. */
  public SparseRows(int features) {
    this.features = features;
    this.builder = new SparseMatrixBuilder(features);
  }

  /** Adds rows of the features, and of the label where there is one. */
  public void add(SparseMatrix some) {
    for (int r = 0; r < some.rows(); r++) {
      for (int i = some.starts()[r]; i < some.starts()[r + 1]; i++) {
        add(some.indices()[i], some.values()[i]);
      }
      endRow();
    }
  }

  /** Adds a number of the current row: behind the features its label. */
  public void add(int column, double value) {
    if (column < features) {
      builder.add(column, value);
    } else {
      targets[rows] = value;
    }
  }

  /** Ends the current row. */
  public void endRow() {
    builder.endRow();
    rows++;
    if (rows == targets.length) {
      targets = Arrays.copyOf(targets, 2 * rows);
    }
  }

  /**
   * The features, dense where they are few or hardly any of them are zero.
   *
   * @param most numbers that one machine can work with
   * @param tooMany what is thrown where they are dense and more than one machine holds
   */
  public Design features(long most, Supplier<? extends RuntimeException> tooMany) {
    SparseMatrix sparse = builder.build();
    long all = (long) rows * features;
    if (all > SMALL && sparse.size() < DENSE * all) {
      return sparse;
    }
    if (all > Math.min(MOST, most)) {
      throw tooMany.get();
    }
    return sparse.dense();
  }

  /** The labels; an empty array where there are none. */
  public double[] targets(boolean labelled) {
    return labelled ? Arrays.copyOf(targets, rows) : new double[0];
  }
}
