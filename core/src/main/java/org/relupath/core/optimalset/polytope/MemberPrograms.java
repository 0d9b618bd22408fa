package org.relupath.core.optimalset.polytope;

import java.util.Arrays;
import org.relupath.core.linalg.Dense;
import org.relupath.core.linalg.Svd;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.optimalset.polytope.FeasibleAscent.Optimum;

/**
 * The members that are best in one sense and, among equals, of least norm: programs over {z : 1 + N
 * z >= 0} with beta = D (1 + N z), D = diag(center).
 */
final class MemberPrograms {
  /** Singular values up to this times the largest leave the fit unchanged. */
  private static final double UNCHANGED = 1e-10;

  /** Rows of a null basis up to this length are zero; see {@link AffineCoordinates}. */
  private static final double CONSTANT = 1e-10;

  private final AffineCoordinates affine;
  private final double[] center;
  private final int s;
  private final int k;

  /** Programs over affine coordinates relative to a center, s entries. */
  MemberPrograms(AffineCoordinates affine, double[] center) {
    this.affine = affine;
    this.center = center;
    this.s = center.length;
    this.k = affine.dimension();
  }

  /** argmin ||beta - target||^2. */
  Optimum nearest(double[] target) {
    return nearest(affine.inequalities(), new double[k], target);
  }

  /** argmin ||Phi beta - t||^2, Phi rows x s. */
  Optimum leastSquares(int rows, double[] phi, double[] t) {
    if (k == 0) {
      return fixed();
    }
    Dense responses = new Dense(rows, s, phi);
    Dense p = responses.times(relative());
    double[] f = t.clone();
    Vectors.axpy(-1, responses.times(center), 0, f, 0, rows);
    Optimum best = ascent(affine.inequalities(), new double[k]).leastSquares(p, f);
    Svd svd = p.svd();
    int r = svd.rank(UNCHANGED);
    return r == k ? best : shortest(best, svd.nullSpace(r));
  }

  /** argmin max_b beta_b. */
  Optimum leastLargest() {
    return extreme(-1);
  }

  /** argmax min_b beta_b. */
  Optimum largestSmallest() {
    return extreme(1);
  }

  /**
   * For sign 1 the largest tau with beta_b >= tau for all b, for sign -1 the least with beta_b
   * &lt;= tau; then the member of least norm with that tau. In units of the largest entry of the
   * center.
   */
  private Optimum extreme(int sign) {
    if (k == 0) {
      return fixed();
    }
    double unit = Arrays.stream(center).max().orElse(1);
    double[] bounds = new double[2 * s];
    double[] a = new double[2 * s * (k + 1)];
    for (int b = 0; b < s; b++) {
      double relative = center[b] / unit;
      bounds[b] = 1;
      bounds[s + b] = sign * relative;
      a[s + b + k * 2 * s] = -sign;
      for (int j = 0; j < k; j++) {
        a[b + j * 2 * s] = affine.basis()[b + j * s];
        a[s + b + j * 2 * s] = sign * relative * affine.basis()[b + j * s];
      }
    }
    double[] start = new double[k + 1];
    start[k] = sign > 0 ? Arrays.stream(center).min().orElse(0) / unit : 1;
    double[] objective = new double[k + 1];
    objective[k] = sign;
    Inequalities all = Inequalities.of(2 * s, k + 1, a, bounds, CONSTANT);
    double[] best = ascent(all, start).maximise(objective).z();
    double[] rest = Arrays.copyOf(a, 2 * s * k);
    for (int b = 0; b < s; b++) {
      bounds[s + b] -= sign * best[k];
    }
    Inequalities optimal = Inequalities.of(2 * s, k, rest, bounds, CONSTANT);
    return onlySigns(nearest(optimal, Arrays.copyOf(best, k), new double[s]));
  }

  /** The member of least norm among those at {@code best} + range(V). */
  private Optimum shortest(Optimum best, Dense v) {
    int free = v.columns();
    double[] basis = new Dense(s, k, affine.basis()).times(v).values();
    double[] x = affine.at(best);
    Inequalities face = Inequalities.of(s, free, basis, x, CONSTANT);
    double[] p = basis.clone();
    double[] f = new double[s];
    for (int b = 0; b < s; b++) {
      f[b] = -center[b] * x[b];
      for (int j = 0; j < free; j++) {
        p[b + j * s] *= center[b];
      }
    }
    Optimum within = ascent(face, new double[free]).leastSquares(new Dense(s, free, p), f);
    double[] z = best.z().clone();
    Vectors.axpy(1, v.times(within.z()), 0, z, 0, k);
    double[] zeros = affine.at(z);
    for (int b : within.active()) {
      zeros[b] = 0;
    }
    int[] active = java.util.stream.IntStream.range(0, s).filter(b -> zeros[b] == 0).toArray();
    return new Optimum(z, active, Math.max(best.residual(), within.residual()), true);
  }

  private Optimum nearest(Inequalities q, double[] start, double[] target) {
    if (k == 0) {
      return fixed();
    }
    double[] f = target.clone();
    Vectors.axpy(-1, center, 0, f, 0, s);
    return ascent(q, start).leastSquares(relative(), f);
  }

  /** D N. */
  private Dense relative() {
    double[] scaled = affine.basis().clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= center[i % s];
    }
    return new Dense(s, k, scaled);
  }

  /** Without the rows about tau. */
  private Optimum onlySigns(Optimum optimum) {
    int[] signs = Arrays.stream(optimum.active()).filter(b -> b < s).toArray();
    return new Optimum(optimum.z(), signs, optimum.residual(), true);
  }

  private Optimum fixed() {
    return new Optimum(new double[0], new int[0], 0, true);
  }

  private static FeasibleAscent ascent(Inequalities q, double[] start) {
    return new FeasibleAscent(q, start);
  }
}
