package org.relupath.core.data;

import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.PivotedTriangle;
import org.relupath.core.linalg.Vectors;

/**
 * Coordinates z (r entries) of directions w (d entries) in which X'X is n times the identity: X w =
 * Q z with Q'Q = n I, r = rank X.
 *
 * <p>An activation pattern 1[X w >= 0] does not change when the columns of X are mapped by any
 * invertible matrix. What looks for patterns works in z, where it does not matter either: whether
 * two directions are alike, how far a step goes, what a random direction is. Norms of weights, and
 * so penalties and lambda, stay those of w.
 *
 * <p>The rank is decided here and nowhere else in a search: columns are scaled to one length, and
 * one that is within max(n, d) 2^-52 of the span of the others depends on them. Where X'X is known
 * and X is not, the bound is the square root of that, as X'X has only half the digits.
 */
public final class Whitening implements Coordinates {
  /** Products with matrices of at least this size go to BLAS. */
  private static final int BLAS_SIZE = 8192;

  private final int d;
  private final int rank;

  /** w = sum_j z_j of d entries from j d on: in the row space of X. */
  private final double[] out;

  /** z_j is the product with d entries from j d on. */
  private final double[] in;

  private Whitening(int d, int rank, double[] in, double[] out) {
    this.d = d;
    this.rank = rank;
    this.in = in;
    this.out = out;
  }

  /** The coordinates that the rows of a matrix define, n x d. */
  public static Whitening of(Matrix x) {
    int n = x.rows();
    int d = x.columns();
    double[] scale = new double[d];
    for (int r = 0; r < n; r++) {
      for (int k = 0; k < d; k++) {
        scale[k] = Math.max(scale[k], Math.abs(x.get(r, k)));
      }
    }
    powersOfTwo(scale);
    double[] columns = new double[n * d];
    for (int r = 0; r < n; r++) {
      for (int k = 0; k < d; k++) {
        columns[k * n + r] = x.get(r, k) * scale[k];
      }
    }
    double tolerance = Math.max(n, d) * Math.ulp(1.0);
    return of(PivotedTriangle.of(n, d, columns, tolerance), scale, n);
  }

  /**
   * The coordinates that X'X defines.
   *
   * @param gram X'X, d x d
   * @param n rows of X
   */
  public static Whitening ofGram(double[] gram, long n) {
    int d = (int) Math.round(Math.sqrt(gram.length));
    double[] scale = new double[d];
    for (int k = 0; k < d; k++) {
      scale[k] = Math.sqrt(gram[k * d + k] / n);
    }
    powersOfTwo(scale);
    double[] scaled = gram.clone();
    for (int k = 0; k < d; k++) {
      for (int l = 0; l < d; l++) {
        scaled[k * d + l] *= scale[k] * scale[l];
      }
    }
    double tolerance = Math.sqrt(Math.max(n, d) * Math.ulp(1.0));
    return of(PivotedTriangle.ofGram(d, scaled, tolerance), scale, n);
  }

  /** Sizes to the powers of two that bring them to about one: scaling by them rounds nothing. */
  private static void powersOfTwo(double[] sizes) {
    for (int k = 0; k < sizes.length; k++) {
      sizes[k] = sizes[k] > 0 ? Math.scalb(1.0, -Math.getExponent(sizes[k])) : 1;
    }
  }

  private static Whitening of(PivotedTriangle triangle, double[] scale, long n) {
    int d = scale.length;
    int rank = triangle.rank();
    double root = Math.sqrt(n);
    double[] in = triangle.unpivoted();
    for (int j = 0; j < rank; j++) {
      for (int k = 0; k < d; k++) {
        in[j * d + k] /= root * scale[k];
      }
    }
    Whitening basic = new Whitening(d, rank, in, solutions(triangle, scale, root));
    return rank == d ? basic : basic.shortest();
  }

  /** A solution w of R w = z for every unit vector z. */
  private static double[] solutions(PivotedTriangle triangle, double[] scale, double root) {
    int d = scale.length;
    int rank = triangle.rank();
    double[] out = new double[rank * d];
    for (int j = 0; j < rank; j++) {
      double[] unit = new double[rank];
      unit[j] = root;
      double[] w = triangle.solve(unit);
      for (int k = 0; k < d; k++) {
        out[j * d + k] = w[k] * scale[k];
      }
    }
    return out;
  }

  /** The shortest w of each z, which are in the row space, from any; once refined. */
  private Whitening shortest() {
    double[] basis = basis();
    double[] inner = new double[rank * rank];
    Blas.gemm(true, false, rank, rank, d, 1, basis, d, out, d, 0, inner, rank);
    double[] inside = new double[rank * d];
    Blas.gemm(false, false, d, rank, rank, 1, basis, d, inner, rank, 0, inside, d);
    double[] error = new double[rank * rank];
    Blas.gemm(true, false, rank, rank, d, -1, in, d, inside, d, 0, error, rank);
    for (int j = 0; j < rank; j++) {
      error[j * rank + j] += 1;
    }
    Blas.gemm(false, false, d, rank, rank, 1, out, d, error, rank, 1, inside, d);
    return new Whitening(d, rank, in, inside);
  }

  /**
   * An orthonormal basis of the row space of X, vector j from j d on, by Gram-Schmidt done twice.
   */
  public double[] basis() {
    double[] q = in.clone();
    double[] inner = new double[rank];
    for (int j = 0; j < rank; j++) {
      double[] own = java.util.Arrays.copyOfRange(q, j * d, (j + 1) * d);
      for (int pass = 0; pass < 2 && j > 0; pass++) {
        Vectors.scale(1 / Vectors.norm(own), own, 0, d);
        Blas.gemv(true, d, j, 1, q, d, own, 0, inner);
        Blas.gemv(false, d, j, -1, q, d, inner, 1, own);
      }
      Vectors.scale(1 / Vectors.norm(own), own, 0, d);
      System.arraycopy(own, 0, q, j * d, d);
    }
    return q;
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int columns() {
    return d;
  }

  @Override
  public String label() {
    return "isotropic";
  }

  /** The shortest w with X w = Q z (d entries). */
  @Override
  public double[] direction(double[] z) {
    double[] w = new double[d];
    if (rank * d < BLAS_SIZE) {
      for (int j = 0; j < rank; j++) {
        Vectors.axpy(z[j], out, j * d, w, 0, d);
      }
    } else {
      Blas.gemv(false, d, rank, 1, out, d, z, 0, w);
    }
    return w;
  }

  /** The z of a direction w, r entries: those of its part in the row space of X. */
  @Override
  public double[] coordinates(double[] w) {
    double[] z = new double[rank];
    inner(in, w, z);
    return z;
  }

  @Override
  public double[] whitened(double[] row) {
    double[] q = new double[rank];
    inner(out, row, q);
    return q;
  }

  private void inner(double[] vectors, double[] w, double[] into) {
    if (rank * d < BLAS_SIZE) {
      for (int j = 0; j < rank; j++) {
        into[j] = Vectors.dot(vectors, j * d, w, 0, d);
      }
    } else {
      Blas.gemv(true, d, rank, 1, vectors, d, w, 0, into);
    }
  }

  @Override
  public Matrix rows(Design x) {
    return rows(x.dense());
  }

  /** All of Q, or what other rows of d entries become (n x r). */
  public Matrix rows(Matrix x) {
    Matrix q = Matrix.zeros(x.rows(), rank);
    if (rank > 0) {
      Blas.gemm(true, false, rank, x.rows(), d, 1, out, d, x.values(), d, 0, q.values(), rank);
    }
    return q;
  }
}
