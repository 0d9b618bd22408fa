package org.relupath.core.solve.decomposition;

import java.util.Arrays;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Block;
import org.relupath.core.program.ConeProjection;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;

/**
 * The polyhedron {p : a_r'p >= h_r for all r} and its point nearest to a given one.
 *
 * <p>A least distance problem is one cone projection in one dimension more (Lawson and Hanson,
 * "Solving Least Squares Problems", chapter 23). With s = h - A c, what the rows lack at c, and a
 * scale beta > 0,
 *
 * <pre>(e, t) = Proj of (0, 1) onto {(e, t) : A e - (s / beta) t >= 0},   p = c + beta e / t,
 * t = ||(e, t)||^2 = 1 / (1 + ||p - c||^2 / beta^2).</pre>
 *
 * <p>The projection is (0, 1) plus a non-negative combination of the rows, so if its length is nu,
 * no point of the polyhedron is nearer to c than beta (1 - nu) / nu: a proof that holds whatever
 * rounding did, and that of emptiness where the bound is beyond any use.
 */
final class Polyhedron {
  /** How well t should be scaled: beta is chosen again below this. */
  private static final double SMALL = 0.05;

  /** Repeats from the point found, which take off what rounding left. */
  private static final int ROUNDS = 4;

  private static final double ROUNDING = 2e-16;

  private final Matrix a;
  private final double[] h;
  private final double reach;
  private int[] tight = new int[0];
  private boolean failed;

  /**
   * A polyhedron.
   *
   * @param a the normals, of length one or zero (n x d)
   * @param h the n bounds
   * @param reach points farther than this from a center count as none
   */
  Polyhedron(Matrix a, double[] h, double reach) {
    this.a = a;
    this.h = h;
    this.reach = reach;
  }

  /**
   * The point nearest to c, or null if none is within reach (proven, unless {@link #failed}). Rows
   * that were tight at the last call are tried first.
   */
  double[] nearest(double[] c) {
    double[] p = c.clone();
    double[] lack = lack(p);
    double worst = max(lack);
    for (int round = 0; round < ROUNDS && worst > ROUNDING * (1 + Vectors.norm(p)); round++) {
      double[] next = step(p, lack, worst);
      if (next == null) {
        return round == 0 ? null : p;
      }
      lack = lack(next);
      double left = max(lack);
      if (round > 0 && left >= worst) {
        break;
      }
      p = next;
      worst = left;
    }
    return p;
  }

  /** Whether a projection has hit its iteration limit: null is then no proof. */
  boolean failed() {
    return failed;
  }

  /** h - A p, n entries. */
  double[] lack(double[] p) {
    double[] lack = h.clone();
    for (int r = 0; r < lack.length; r++) {
      lack[r] -= Vectors.dot(a.values(), r * p.length, p, 0, p.length);
    }
    return lack;
  }

  private double[] step(double[] c, double[] lack, double worst) {
    int d = c.length;
    double beta = worst;
    double[] target = new double[d + 1];
    target[d] = 1;
    while (true) {
      ConeProjection projection = lifted(lack, beta);
      double nu = projection.project(target, 0, -1);
      if (beta * (1 - nu) >= reach * nu) {
        return null;
      }
      if (projection.outcome() == ConeProjection.Outcome.FAILED) {
        failed = true;
        return null;
      }
      tight = projection.tight().toArray();
      double t = projection.v()[d];
      if (nu * nu >= SMALL) {
        double[] p = c.clone();
        Vectors.axpy(beta / t, projection.v(), 0, p, 0, d);
        return p;
      }
      beta *= Math.max(4, Math.sqrt(1 / (nu * nu) - 1));
    }
  }

  /** The projection onto {(e, t) : A e - (s / beta) t >= 0}. */
  private ConeProjection lifted(double[] lack, double beta) {
    int d = a.columns();
    Matrix rows = Matrix.zeros(a.rows(), d + 1);
    for (int r = 0; r < a.rows(); r++) {
      System.arraycopy(a.values(), r * d, rows.values(), r * (d + 1), d);
      rows.values()[r * (d + 1) + d] = -lack[r] / beta;
    }
    return projection(rows, tight);
  }

  /** The projection onto {w : A w >= 0}. */
  static ConeProjection projection(Matrix a, int[] start) {
    long[] ones = new long[(a.rows() + 63) / 64];
    Arrays.fill(ones, -1L);
    Problem cone = new Problem(a, new double[a.rows()], Model.RELU);
    return cone.projection(new Block(0, 0, 1, ones), start);
  }

  static double max(double[] values) {
    double max = 0;
    for (double value : values) {
      max = Math.max(max, value);
    }
    return max;
  }
}
