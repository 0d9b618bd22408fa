package org.relupath.core.data;

import java.util.Arrays;
import org.relupath.core.linalg.AffineScore;
import org.relupath.core.linalg.Vectors;

/**
 * A sparse n x d matrix of float64, row after row: of each its numbers that are not zero, by
 * ascending column.
 *
 * @param rows n
 * @param columns d
 * @param starts row r has the numbers from starts[r] to starts[r + 1] - 1 (n + 1 entries)
 * @param indices their columns
 * @param values the numbers; none of the arrays is copied
 */
@SuppressWarnings("ArrayRecordComponent") // numbers, compared by equals below
public record SparseMatrix(int rows, int columns, int[] starts, int[] indices, double[] values)
    implements Design {
  /** Checks the shape. */
  public SparseMatrix {
    if (rows < 0 || columns < 0 || starts.length != rows + 1 || starts[0] != 0) {
      throw new IllegalArgumentException(
          "sparse matrix of %s x %s has %s starts".formatted(rows, columns, starts.length));
    }
    int all = starts[rows];
    if (indices.length != all || values.length != all) {
      throw new IllegalArgumentException(
          "sparse matrix has %s columns and %s values, expected %s"
              .formatted(indices.length, values.length, all));
    }
    for (int r = 0; r < rows; r++) {
      if (starts[r + 1] < starts[r] || starts[r + 1] > all) {
        throw new IllegalArgumentException(
            "row %s ends at %s, expected %s to %s".formatted(r, starts[r + 1], starts[r], all));
      }
      int before = -1;
      for (int i = starts[r]; i < starts[r + 1]; i++) {
        if (indices[i] <= before || indices[i] >= columns) {
          throw new IllegalArgumentException(
              "row %s has column %s after %s, expected ascending ones below %s"
                  .formatted(r, indices[i], before, columns));
        }
        before = indices[i];
      }
    }
  }

  /** What of a dense matrix is not zero. */
  public static SparseMatrix of(Matrix x) {
    SparseMatrixBuilder builder = new SparseMatrixBuilder(x.columns());
    for (int r = 0; r < x.rows(); r++) {
      for (int k = 0; k < x.columns(); k++) {
        if (x.get(r, k) != 0) {
          builder.add(k, x.get(r, k));
        }
      }
      builder.endRow();
    }
    return builder.build();
  }

  @Override
  public long size() {
    return values.length;
  }

  @Override
  public Matrix dense() {
    Matrix all = Matrix.zeros(rows, columns);
    for (int r = 0; r < rows; r++) {
      for (int i = starts[r]; i < starts[r + 1]; i++) {
        all.values()[r * columns + indices[i]] = values[i];
      }
    }
    return all;
  }

  @Override
  public double get(int r, int k) {
    int i = Arrays.binarySearch(indices, starts[r], starts[r + 1], k);
    return i < 0 ? 0 : values[i];
  }

  @Override
  public double[] row(int r) {
    double[] row = new double[columns];
    addRow(1, r, row, 0);
    return row;
  }

  @Override
  public SparseMatrix selectRows(int[] selected) {
    int[] own = new int[selected.length + 1];
    for (int i = 0; i < selected.length; i++) {
      own[i + 1] = Math.addExact(own[i], starts[selected[i] + 1] - starts[selected[i]]);
    }
    int[] ownIndices = new int[own[selected.length]];
    double[] ownValues = new double[ownIndices.length];
    for (int i = 0; i < selected.length; i++) {
      int from = starts[selected[i]];
      System.arraycopy(indices, from, ownIndices, own[i], own[i + 1] - own[i]);
      System.arraycopy(values, from, ownValues, own[i], own[i + 1] - own[i]);
    }
    return new SparseMatrix(selected.length, columns, own, ownIndices, ownValues);
  }

  @Override
  public SparseMatrix scaledRows(double[] factors) {
    double[] scaled = values.clone();
    for (int r = 0; r < rows; r++) {
      Vectors.scale(factors[r], scaled, starts[r], starts[r + 1] - starts[r]);
    }
    return new SparseMatrix(rows, columns, starts, indices, scaled);
  }

  /** X diag(1 / scale), with a column of ones behind it if wanted. */
  SparseMatrix scaledColumns(double[] scale, boolean ones) {
    SparseMatrixBuilder builder = new SparseMatrixBuilder(columns + (ones ? 1 : 0));
    for (int r = 0; r < rows; r++) {
      for (int i = starts[r]; i < starts[r + 1]; i++) {
        builder.add(indices[i], values[i] / scale[indices[i]]);
      }
      if (ones) {
        builder.add(columns, 1);
      }
      builder.endRow();
    }
    return builder.build();
  }

  /** The transpose: row k has what column k has, by ascending row. */
  public SparseMatrix transposed() {
    int[] own = new int[columns + 1];
    for (int k : indices) {
      own[k + 1]++;
    }
    for (int k = 0; k < columns; k++) {
      own[k + 1] += own[k];
    }
    int[] next = Arrays.copyOf(own, columns);
    int[] ownIndices = new int[values.length];
    double[] ownValues = new double[values.length];
    for (int r = 0; r < rows; r++) {
      for (int i = starts[r]; i < starts[r + 1]; i++) {
        int to = next[indices[i]]++;
        ownIndices[to] = r;
        ownValues[to] = values[i];
      }
    }
    return new SparseMatrix(columns, rows, own, ownIndices, ownValues);
  }

  /**
   * The root of the largest sum of sizes in a column times that in a row: no less than the largest
   * singular value (Schur's test).
   */
  public double sumBound() {
    double[] inColumn = new double[columns];
    double inRow = 0;
    for (int r = 0; r < rows; r++) {
      double sum = 0;
      for (int i = starts[r]; i < starts[r + 1]; i++) {
        sum += Math.abs(values[i]);
        inColumn[indices[i]] += Math.abs(values[i]);
      }
      inRow = Math.max(inRow, sum);
    }
    return Math.sqrt(inRow * Arrays.stream(inColumn).max().orElse(0));
  }

  @Override
  public double[] times(double[] w) {
    Matrix.requireLength("w", w, columns);
    double[] product = new double[rows];
    multiply(w, product);
    return product;
  }

  @Override
  public double dot(int r, double[] w, int at) {
    double sum = 0;
    for (int i = starts[r]; i < starts[r + 1]; i++) {
      sum += values[i] * w[at + indices[i]];
    }
    return sum;
  }

  @Override
  public double score(int r, double[] w, int at) {
    return dot(r, w, at);
  }

  @Override
  public double value(AffineScore score, int r, double[] w, int at, double b) {
    return score.value(values, indices, starts[r], starts[r + 1], w, at, b);
  }

  @Override
  public boolean nonNegative(AffineScore score, int r, double[] w, int at, double b) {
    return score.nonNegative(values, indices, starts[r], starts[r + 1], w, at, b);
  }

  @Override
  public void addRow(double a, int r, double[] w, int at) {
    for (int i = starts[r]; i < starts[r + 1]; i++) {
      w[at + indices[i]] += a * values[i];
    }
  }

  @Override
  public double square(int r) {
    return Vectors.dot(values, starts[r], values, starts[r], starts[r + 1] - starts[r]);
  }

  @Override
  public double norm() {
    return Vectors.norm(values);
  }

  @Override
  public void multiply(double[] w, double[] into) {
    multiply(0, rows, w, 1, into);
  }

  @Override
  public void multiply(int from, int count, double[] w, int vectors, double[] into) {
    for (int j = 0; j < vectors; j++) {
      for (int r = 0; r < count; r++) {
        into[j * count + r] = dot(from + r, w, j * columns);
      }
    }
  }

  @Override
  public void transposedMultiply(double[] u, double[] into) {
    transposedMultiply(u, 1, into);
  }

  @Override
  public void transposedMultiply(double[] u, int vectors, double[] into) {
    Arrays.fill(into, 0, vectors * columns, 0);
    for (int j = 0; j < vectors; j++) {
      for (int r = 0; r < rows; r++) {
        double scale = u[j * rows + r];
        if (scale != 0) {
          addRow(scale, r, into, j * columns);
        }
      }
    }
  }

  @Override
  public double[] gram() {
    double[] gram = new double[Math.multiplyExact(rows, rows)];
    double[] row = new double[columns];
    for (int r = 0; r < rows; r++) {
      addRow(1, r, row, 0);
      for (int q = r; q < rows; q++) {
        gram[r * rows + q] = dot(q, row, 0);
      }
      for (int i = starts[r]; i < starts[r + 1]; i++) {
        row[indices[i]] = 0;
      }
    }
    return gram;
  }

  @Override
  public String defect() {
    return Matrix.defect(values);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SparseMatrix m
        && rows == m.rows
        && columns == m.columns
        && Arrays.equals(starts, m.starts)
        && Arrays.equals(indices, m.indices)
        && Arrays.equals(values, m.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(indices) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "SparseMatrix[" + rows + " x " + columns + ", " + values.length + " numbers]";
  }
}
