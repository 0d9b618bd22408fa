package org.relupath.core.path.piece;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Block;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.TightRows;

/**
 * A face {w : A_T w = 0} of an activation cone, with coordinates z on it: w = N z, N'N = I
 * (core/docs/mathematics.md#path). It depends on the tight rows only, not on the sides of them that
 * a pattern is on.
 *
 * <p>The tight rows of a face are linearly independent; its <em>zero rows</em> are all rows that
 * vanish on it: the tight ones, and those that depend on them, as copies of them do.
 */
public final class ConeFace {
  /** A row whose part outside the span of the tight ones is relatively below this vanishes. */
  private static final double DEPENDENT = 1e-9;

  private final Matrix x;
  private final int[] tight;
  private final int[] zeros;

  /** N', (d - t) x d, row-major; null for the whole space. */
  private final double[] basis;

  /** Q', t x d: an orthonormal basis of the span of the tight rows. */
  private final double[] normals;

  /** R with X_T' = Q R, column l from l (l + 1) / 2 on. */
  private final double[] triangle;

  private ConeFace(
      Matrix x, int[] tight, int[] zeros, double[] basis, double[] normals, double[] triangle) {
    this.x = x;
    this.tight = tight;
    this.zeros = zeros;
    this.basis = basis;
    this.normals = normals;
    this.triangle = triangle;
  }

  /**
   * The face of given tight rows.
   *
   * @param problem X and the model; C-GReLU has the whole space only
   * @param block any block
   * @param rows rows that are tight; those that depend on earlier ones are left to the zero rows
   */
  static ConeFace of(Problem problem, Block block, int[] rows) {
    Matrix x = problem.x();
    if (problem.model() == Model.GATED || rows.length == 0) {
      return new ConeFace(x, new int[0], new int[0], null, new double[0], new double[0]);
    }
    int d = problem.d();
    int[] ascending = rows.clone();
    Arrays.sort(ascending);
    TightRows factor = problem.projection(block, ascending).tight();
    int t = factor.count();
    int[] tight = factor.toArray();
    double[] q = Arrays.copyOf(factor.basis(), t * d);
    double[] r = new double[t * (t + 1) / 2];
    for (int l = 0; l < t; l++) {
      for (int k = 0; k <= l; k++) {
        r[l * (l + 1) / 2 + k] = Vectors.dot(q, k * d, x.values(), tight[l] * d, d);
      }
    }
    double[] n = Arrays.copyOf(factor.complement(), (d - t) * d);
    int[] zeros = IntStream.range(0, x.rows()).filter(row -> vanishes(x, row, n)).toArray();
    return new ConeFace(x, tight, zeros, n, q, r);
  }

  private static boolean vanishes(Matrix x, int row, double[] basis) {
    int d = x.columns();
    double length = Vectors.norm(x.values(), row * d, d);
    double square = 0;
    for (int l = 0; l < basis.length; l += d) {
      double product = Vectors.dot(basis, l, x.values(), row * d, d);
      square += product * product;
    }
    return length > 0 && Math.sqrt(square) <= DEPENDENT * length;
  }

  /** The tight rows, independent, ascending; not to be changed. */
  public int[] tight() {
    return tight;
  }

  /** All rows that vanish on the face without being zero themselves, ascending; not to change. */
  public int[] zeros() {
    return zeros;
  }

  /** Whether no row depends on the tight ones, so that multipliers are unique. */
  public boolean simple() {
    return zeros.length == tight.length;
  }

  /** d - t. */
  int dimension() {
    return x.columns() - tight.length;
  }

  /** Whether the face is the whole space. */
  boolean whole() {
    return basis == null;
  }

  /** N', (d - t) x d, row-major, or null for the whole space; not to be changed. */
  double[] basis() {
    return basis;
  }

  /** N z, d entries. */
  public double[] lift(double[] z) {
    if (basis == null) {
      return z.clone();
    }
    int d = x.columns();
    double[] w = new double[d];
    for (int l = 0; l < z.length; l++) {
      Vectors.axpy(z[l], basis, l * d, w, 0, d);
    }
    return w;
  }

  /** N'c, d - t entries. */
  public double[] reduce(double[] c) {
    if (basis == null) {
      return c.clone();
    }
    int d = c.length;
    double[] z = new double[d - tight.length];
    for (int l = 0; l < z.length; l++) {
      z[l] = Vectors.dot(basis, l * d, c, 0, d);
    }
    return z;
  }

  /** The g with sum over tight r of g_r x_r = q, for a q in the span of the tight rows. */
  public double[] coefficients(double[] q) {
    int t = tight.length;
    double[] g = new double[t];
    for (int l = 0; l < t; l++) {
      g[l] = Vectors.dot(normals, l * q.length, q, 0, q.length);
    }
    for (int l = t - 1; l >= 0; l--) {
      int column = l * (l + 1) / 2;
      g[l] /= triangle[column + l];
      Vectors.axpy(-g[l], triangle, column, g, 0, l);
    }
    return g;
  }
}
