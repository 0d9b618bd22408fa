package org.relupath.core.data;

import java.util.Arrays;

/**
 * A dense n x d matrix of float64, stored row after row.
 *
 * <p>Rows are what every kernel of this project walks (a row x_r is one observation, one half-space
 * of a cone and one term of a fit), so a row is contiguous. Read as column-major memory the same
 * array is the d x n transpose, which is how BLAS sees it.
 *
 * @param rows n >= 0
 * @param columns d >= 0
 * @param values n * d numbers, row-major, <em>not copied</em>: a matrix owns the array it is given
 */
public record Matrix(int rows, int columns, double[] values) implements java.io.Serializable {
  /** Checks the shape. */
  public Matrix {
    if (rows < 0 || columns < 0) {
      throw new IllegalArgumentException("matrix shape " + rows + " x " + columns);
    }
    if (values.length != Math.multiplyExact(rows, columns)) {
      throw new IllegalArgumentException(
          "a "
              + rows
              + " x "
              + columns
              + " matrix needs "
              + (long) rows * columns
              + " values, got "
              + values.length);
    }
  }

  /** A matrix of zeros. */
  public static Matrix zeros(int rows, int columns) {
    return new Matrix(rows, columns, new double[Math.multiplyExact(rows, columns)]);
  }

  /**
   * Copies rows of equal length into a matrix.
   *
   * @throws IllegalArgumentException if a row's length differs from the first one's
   */
  public static Matrix ofRows(double[][] rows) {
    int d = rows.length == 0 ? 0 : rows[0].length;
    Matrix m = zeros(rows.length, d);
    for (int r = 0; r < rows.length; r++) {
      if (rows[r].length != d) {
        throw new IllegalArgumentException(
            "row " + r + " has " + rows[r].length + " values, expected " + d);
      }
      System.arraycopy(rows[r], 0, m.values, r * d, d);
    }
    return m;
  }

  /** The entry in row r and column k, both from 0. */
  public double get(int r, int k) {
    return values[r * columns + k];
  }

  /** A copy of row r. */
  public double[] row(int r) {
    return Arrays.copyOfRange(values, r * columns, (r + 1) * columns);
  }

  /** A copy of the given rows, in the given order. */
  public Matrix selectRows(int[] selected) {
    Matrix m = zeros(selected.length, columns);
    for (int i = 0; i < selected.length; i++) {
      System.arraycopy(values, selected[i] * columns, m.values, i * columns, columns);
    }
    return m;
  }

  /** The product X w: one number a row. */
  public double[] times(double[] w) {
    requireLength("w", w, columns);
    double[] product = new double[rows];
    for (int r = 0; r < rows; r++) {
      double sum = 0;
      for (int k = 0, i = r * columns; k < columns; k++, i++) {
        sum += values[i] * w[k];
      }
      product[r] = sum;
    }
    return product;
  }

  /** Refuses a vector of the wrong length, naming it. */
  static void requireLength(String name, double[] vector, int expected) {
    if (vector.length != expected) {
      throw new IllegalArgumentException(
          name + " has " + vector.length + " entries, expected " + expected);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Matrix m
        && rows == m.rows
        && columns == m.columns
        && Arrays.equals(values, m.values);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * rows + columns) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Matrix[" + rows + " x " + columns + "]";
  }
}
