package org.relupath.core.data;

import java.util.Arrays;

/** Makes a {@link SparseMatrix} of numbers that come row after row. */
public final class SparseMatrixBuilder {
  private final int columns;
  private int rows;
  private int[] starts = new int[64];
  private int size;
  private int[] indices = new int[256];
  private double[] values = new double[256];

  /** Of d columns. */
  public SparseMatrixBuilder(int columns) {
    this.columns = columns;
  }

  /** Adds a number to the current row, behind those of smaller columns. */
  public void add(int column, double value) {
    if (size == values.length) {
      int longer = Math.addExact(size, size / 2);
      indices = Arrays.copyOf(indices, longer);
      values = Arrays.copyOf(values, longer);
    }
    indices[size] = column;
    values[size++] = value;
  }

  /** Ends the current row. */
  public void endRow() {
    if (++rows == starts.length) {
      starts = Arrays.copyOf(starts, 2 * rows);
    }
    starts[rows] = size;
  }

  /** The matrix of the rows so far. */
  public SparseMatrix build() {
    return new SparseMatrix(
        rows,
        columns,
        Arrays.copyOf(starts, rows + 1),
        Arrays.copyOf(indices, size),
        Arrays.copyOf(values, size));
  }
}
