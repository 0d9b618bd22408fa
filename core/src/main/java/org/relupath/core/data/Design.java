package org.relupath.core.data;

import org.relupath.core.linalg.AffineScore;

/**
 * An n x d matrix X as solvers use it: through products, single rows and lengths. {@link Matrix}
 * has all its numbers, {@link SparseMatrix} those that are not zero.
 */
public sealed interface Design extends java.io.Serializable permits Matrix, SparseMatrix {
  /** n. */
  int rows();

  /** d. */
  int columns();

  /** The numbers kept: n d of a dense matrix, of a sparse one those that are not zero. */
  long size();

  /** Whether zeros are not kept. */
  default boolean isSparse() {
    return this instanceof SparseMatrix;
  }

  /** All n d numbers: the very matrix where it is dense, else a copy. */
  Matrix dense();

  /** The entry in row r and column k, both from 0. */
  double get(int r, int k);

  /** A copy of row r, d entries. */
  double[] row(int r);

  /** A copy of the given rows, in the given order. */
  Design selectRows(int[] selected);

  /** A copy whose row r is {@code factors[r]} times row r. */
  Design scaledRows(double[] factors);

  /** The product X w: one number a row, each summed in the order of the columns. */
  double[] times(double[] w);

  /** x_r'w, w from {@code at} on. */
  double dot(int r, double[] w, int at);

  /** x_r'w, w from {@code at} on, summed in the order of the columns. */
  double score(int r, double[] w, int at);

  /** x_r'w + b to full relative accuracy, w from {@code at} on. */
  double value(AffineScore score, int r, double[] w, int at, double b);

  /** Whether x_r'w + b >= 0, exactly, w from {@code at} on. */
  boolean nonNegative(AffineScore score, int r, double[] w, int at, double b);

  /** w += a x_r, w from {@code at} on. */
  void addRow(double a, int r, double[] w, int at);

  /** ||x_r||^2. */
  double square(int r);

  /** ||x_r||. */
  default double length(int r) {
    return Math.sqrt(square(r));
  }

  /** The root of the sum of all squares. */
  double norm();

  /** X w into n entries. */
  void multiply(double[] w, double[] into);

  /**
   * X W of some rows.
   *
   * @param from the first of them
   * @param count how many
   * @param w vectors of d entries, one after the other
   * @param vectors how many there are
   * @param into receives the products, vectors x count
   */
  void multiply(int from, int count, double[] w, int vectors, double[] into);

  /** X W: of vectors x d entries vectors x n. */
  default void multiply(double[] w, int vectors, double[] into) {
    multiply(0, rows(), w, vectors, into);
  }

  /** X'u into d entries. */
  void transposedMultiply(double[] u, double[] into);

  /** X'U: of vectors x n entries vectors x d. */
  void transposedMultiply(double[] u, int vectors, double[] into);

  /** X X', of which the lower triangle counts, n x n. */
  double[] gram();

  /** The first number that is not finite, as in "entry 3 is NaN"; null where all are. */
  String defect();
}
