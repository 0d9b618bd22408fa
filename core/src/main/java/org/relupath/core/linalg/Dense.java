package org.relupath.core.linalg;

import breeze.linalg.DenseMatrix;
import breeze.linalg.DenseMatrix$mcD$sp;
import breeze.linalg.DenseVector;
import breeze.linalg.DenseVector$mcD$sp;
import breeze.linalg.NotConvergedException;
import breeze.linalg.operators.HasOps$;
import breeze.linalg.qr$reduced$impl_reduced_DM_Double$;
import breeze.linalg.svd;
import java.util.Arrays;
import java.util.List;

/**
 * A dense matrix A of analysis, pruning and audit: its products and factorisations are Breeze's,
 * and this is the one file that speaks to Breeze.
 *
 * <p>At its first use Breeze loads two thousand classes, a second of computing. What every fit
 * needs is therefore on BLAS and LAPACK: {@link Blas}, {@link Cholesky}, {@link SymmetricEigen}.
 *
 * @param rows m
 * @param columns n
 * @param values m n numbers, column after column, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // a view on numbers, never compared
public record Dense(int rows, int columns, double[] values) {
  static {
    // netlib is to know its library before Breeze asks for it.
    Blas.isNative();
  }

  /** The matrix of some columns, m entries each. */
  public static Dense ofColumns(int rows, List<double[]> columns) {
    double[] values = new double[rows * columns.size()];
    for (int j = 0; j < columns.size(); j++) {
      System.arraycopy(columns.get(j), 0, values, j * rows, rows);
    }
    return new Dense(rows, columns.size(), values);
  }

  /** The identity of order n. */
  public static Dense identity(int n) {
    double[] values = new double[n * n];
    for (int i = 0; i < n; i++) {
      values[i * n + i] = 1;
    }
    return new Dense(n, n, values);
  }

  private static Dense of(DenseMatrix<Object> a) {
    double[] data = (double[]) a.data();
    boolean whole = !a.isTranspose() && data.length == a.rows() * a.cols();
    return new Dense(a.rows(), a.cols(), whole ? data : (double[]) a.copy().data());
  }

  private DenseMatrix<Object> breeze() {
    return new DenseMatrix$mcD$sp(rows, columns, values);
  }

  private DenseMatrix<Object> breezeTransposed() {
    return values.length == 0
        ? new DenseMatrix$mcD$sp(columns, rows, values)
        : new DenseMatrix$mcD$sp(columns, rows, values, 0, rows, true);
  }

  private static double[] product(DenseMatrix<Object> a, double[] x) {
    DenseVector<Object> vector = new DenseVector$mcD$sp(x);
    return (double[]) HasOps$.MODULE$.impl_OpMulMatrix_DMD_DVD_eq_DVD().apply(a, vector).data();
  }

  private static Dense product(DenseMatrix<Object> a, Dense b) {
    return of(HasOps$.MODULE$.impl_OpMulMatrix_DMD_DMD_eq_DMD().apply(a, b.breeze()));
  }

  /** A x, m entries. */
  public double[] times(double[] x) {
    return product(breeze(), x);
  }

  /** A'x, n entries. */
  public double[] transposedTimes(double[] x) {
    return product(breezeTransposed(), x);
  }

  /** A B. */
  public Dense times(Dense b) {
    return product(breeze(), b);
  }

  /** A'B. */
  public Dense transposedTimes(Dense b) {
    return product(breezeTransposed(), b);
  }

  /** The columns of these numbers, in their order; a copy. */
  public Dense select(int... numbers) {
    return ofColumns(
        rows,
        Arrays.stream(numbers)
            .mapToObj(j -> Arrays.copyOfRange(values, j * rows, (j + 1) * rows))
            .toList());
  }

  /** The columns from one up to another; a copy. */
  Dense between(int from, int to) {
    return new Dense(rows, to - from, Arrays.copyOfRange(values, from * rows, to * rows));
  }

  /** Q of A = Q R for m >= n: n orthonormal columns whose span holds those of A. */
  public Dense orthonormal() {
    return of(qr$reduced$impl_reduced_DM_Double$.MODULE$.apply(breeze()).q());
  }

  /**
   * The singular value decomposition A = U diag(s) V'.
   *
   * <p>Breeze's reduced decomposition is one that netlib refuses where m > n, and its complete one
   * has U of m x m numbers. A tall matrix is therefore reduced to its triangle R first, as LAPACK
   * does itself.
   *
   * @throws ArithmeticException if entries are not finite or the iteration does not converge
   */
  public Svd svd() {
    if (values.length == 0) {
      return new Svd(values, new Dense(rows, 0, values), identity(columns));
    }
    if (!Arrays.stream(values).allMatch(Double::isFinite)) {
      throw new ArithmeticException("a " + rows + " x " + columns + " matrix is not finite");
    }
    if (rows > columns && rows >= columns * 11 / 6) {
      var qr = qr$reduced$impl_reduced_DM_Double$.MODULE$.apply(breeze());
      Svd triangle = of(qr.r()).svd();
      return new Svd(triangle.values(), of(qr.q()).times(triangle.left()), triangle.right());
    }
    try {
      var all = svd.Svd_DM_Impl$.MODULE$.apply(breeze());
      return new Svd(
          (double[]) all.singularValues().data(),
          of(all.leftVectors()),
          of(of(all.rightVectors()).breezeTransposed()));
    } catch (NotConvergedException e) {
      throw new ArithmeticException(
          "the singular values of a " + rows + " x " + columns + " matrix diverge");
    }
  }
}
