package org.relupath.core.data;

import java.util.Arrays;
import org.relupath.core.linalg.AffineScore;
import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.Vectors;

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
public record Matrix(int rows, int columns, double[] values) implements Design {
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

  @Override
  public long size() {
    return values.length;
  }

  @Override
  public Matrix dense() {
    return this;
  }

  @Override
  public double get(int r, int k) {
    return values[r * columns + k];
  }

  @Override
  public double[] row(int r) {
    return Arrays.copyOfRange(values, r * columns, (r + 1) * columns);
  }

  @Override
  public Matrix selectRows(int[] selected) {
    Matrix m = zeros(selected.length, columns);
    for (int i = 0; i < selected.length; i++) {
      System.arraycopy(values, selected[i] * columns, m.values, i * columns, columns);
    }
    return m;
  }

  @Override
  public Matrix scaledRows(double[] factors) {
    double[] scaled = values.clone();
    for (int r = 0; r < rows; r++) {
      Vectors.scale(factors[r], scaled, r * columns, columns);
    }
    return new Matrix(rows, columns, scaled);
  }

  @Override
  public double[] times(double[] w) {
    requireLength("w", w, columns);
    double[] product = new double[rows];
    for (int r = 0; r < rows; r++) {
      product[r] = score(r, w, 0);
    }
    return product;
  }

  @Override
  public double dot(int r, double[] w, int at) {
    return Vectors.dot(values, r * columns, w, at, columns);
  }

  @Override
  public double score(int r, double[] w, int at) {
    double sum = 0;
    for (int k = 0, i = r * columns; k < columns; k++, i++) {
      sum += values[i] * w[at + k];
    }
    return sum;
  }

  @Override
  public double value(AffineScore score, int r, double[] w, int at, double b) {
    return score.value(values, r * columns, w, at, columns, b);
  }

  @Override
  public boolean nonNegative(AffineScore score, int r, double[] w, int at, double b) {
    return score.nonNegative(values, r * columns, w, at, columns, b);
  }

  @Override
  public void addRow(double a, int r, double[] w, int at) {
    Vectors.axpy(a, values, r * columns, w, at, columns);
  }

  @Override
  public double square(int r) {
    return Vectors.dot(values, r * columns, values, r * columns, columns);
  }

  @Override
  public double norm() {
    return Vectors.norm(values);
  }

  @Override
  public void multiply(double[] w, double[] into) {
    Blas.gemv(true, columns, rows, 1, values, columns, w, 0, into);
  }

  @Override
  public void multiply(int from, int count, double[] w, int vectors, double[] into) {
    int d = columns;
    Blas.gemm(true, false, count, vectors, d, 1, values, from * d, d, w, 0, d, 0, into, 0, count);
  }

  @Override
  public void transposedMultiply(double[] u, double[] into) {
    Blas.gemv(false, columns, rows, 1, values, columns, u, 0, into);
  }

  @Override
  public void transposedMultiply(double[] u, int vectors, double[] into) {
    int d = columns;
    Blas.gemm(false, false, d, vectors, rows, 1, values, d, u, rows, 0, into, d);
  }

  @Override
  public double[] gram() {
    double[] gram = new double[Math.multiplyExact(rows, rows)];
    Blas.syrk(true, rows, columns, 1, values, columns, 0, gram, rows);
    return gram;
  }

  @Override
  public String defect() {
    return defect(values);
  }

  static String defect(double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        return "entry " + i + " is " + values[i];
      }
    }
    return null;
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
