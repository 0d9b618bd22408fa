package org.relupath.core.solve;

import java.util.Arrays;
import org.relupath.core.linalg.Capacity;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.ConeProjection;
import org.relupath.core.program.Problem;

/**
 * The blocks that are non-zero after a prox, and with them the generalised Hessian
 *
 * <pre>H = I + sum_b Z_b [c_b N_b N_b' + e_b q q' / ||q||^2] Z_b',
 * c_b = sigma (1 - theta_b),   e_b = sigma theta_b,   theta_b = sigma lambda / ||q_b||</pre>
 *
 * with N_b an orthonormal basis of the null space of b's tight rows (all of R^d without cones).
 */
final class ActiveBlocks {
  /** Share of products with tight rows that may be left in a direction good to two digits. */
  private static final double SPAN = 1e-5;

  private final Problem problem;
  private final int n;
  private final int d;
  private int count;
  private int dimension;
  private int[] index = new int[0];
  private int[] pattern = new int[0];
  private ConeProjection[] cones = new ConeProjection[0];
  private double[] c = new double[0];
  private double[] e = new double[0];
  private double[] unit = new double[0];
  private double[] mask = new double[0];
  private final MaskedProducts products;

  ActiveBlocks(Problem problem) {
    this.problem = problem;
    this.n = problem.n();
    this.d = problem.d();
    this.products = new MaskedProducts(problem.design());
  }

  /**
   * Collects them.
   *
   * @param set the working set after the prox
   * @param w the prox's result
   * @param norms ||q_b||
   * @param t sigma lambda
   * @param sigma the penalty
   */
  void collect(WorkingSet set, double[] w, double[] norms, double t, double sigma) {
    reserve(set.size());
    count = 0;
    dimension = 0;
    for (int i = 0; i < set.size(); i++) {
      if (norms[i] > t) {
        double theta = t / norms[i];
        index[count] = i;
        pattern[count] = set.block(i).pattern();
        cones[count] = set.cone(i);
        c[count] = sigma * (1 - theta);
        e[count] = sigma * theta;
        double length = Vectors.norm(w, i * d, d);
        Arrays.fill(unit, count * d, (count + 1) * d, 0);
        Vectors.axpy(1 / length, w, i * d, unit, count * d, d);
        System.arraycopy(set.mask(), i * n, mask, count * n, n);
        dimension += rank(count);
        count++;
      }
    }
  }

  /** Multiplies the rows of every Z_b, in {@link #mask}, by n factors. */
  void scaleRows(double[] factors) {
    for (int a = 0, i = 0; a < count; a++) {
      for (int r = 0; r < n; r++, i++) {
        mask[i] *= factors[r];
      }
    }
  }

  private void reserve(int size) {
    if (index.length < size || mask.length < (long) size * n || unit.length < (long) size * d) {
      int capacity = (int) (size * 3L / 2);
      index = new int[capacity];
      pattern = new int[capacity];
      cones = new ConeProjection[capacity];
      c = new double[capacity];
      e = new double[capacity];
      unit = new double[Capacity.of((long) size * d, (long) capacity * d)];
      mask = new double[Capacity.of((long) size * n, (long) capacity * n)];
    }
  }

  int count() {
    return count;
  }

  /** sum_b rank N_b. */
  int dimension() {
    return dimension;
  }

  int pattern(int a) {
    return pattern[a];
  }

  double c(int a) {
    return c[a];
  }

  double e(int a) {
    return e[a];
  }

  /** q_b / ||q_b||, count x d. */
  double[] unit() {
    return unit;
  }

  /** The diagonals of s_b D_b, count x n, times the factors of {@link #scaleRows}. */
  double[] mask() {
    return mask;
  }

  /** The number of tight rows of the a-th block. */
  int tightCount(int a) {
    return cones[a] == null ? 0 : cones[a].tight().count();
  }

  /** rank N_b. */
  int rank(int a) {
    return d - tightCount(a);
  }

  /** The tight rows' orthonormal basis, vector l at l d. */
  double[] tightBasis(int a) {
    return cones[a].tight().basis();
  }

  /** Subtracts from w (d entries) its part in the span of the tight rows, where X is sparse. */
  void removeSpan(int a, double[] w) {
    cones[a].removeSpan(w, SPAN);
  }

  /** N_b, vector l at l d; null for all of R^d. */
  double[] freeBasis(int a) {
    return tightCount(a) == 0 ? null : cones[a].tight().complement();
  }

  /** [Z_b' u] over the active blocks into {@code g}, count x d. */
  void correlate(double[] u, double[] g) {
    products.correlate(mask, count, u, g);
  }

  /**
   * Columns Z_b b_j for vectors b_j of the active blocks.
   *
   * @param owner for each column the position of its block
   * @param vectors columns x d
   * @param columns their number
   * @param into receives columns x n
   */
  void images(int[] owner, double[] vectors, int columns, double[] into) {
    problem.design().multiply(vectors, columns, into);
    for (int j = 0; j < columns; j++) {
      int m = owner[j] * n;
      for (int r = 0, s = j * n; r < n; r++, s++) {
        into[s] *= mask[m + r];
      }
    }
  }
}
