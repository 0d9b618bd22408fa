package org.relupath.core.optimalset.polytope;

import java.util.Arrays;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Dense;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Block;
import org.relupath.core.program.ConeProjection;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;

/**
 * Linear and least squares programs over a polyhedron {z : A z + h >= 0} in few dimensions, from a
 * point inside it.
 *
 * <p>At every step the gradient g is projected onto the cone of the directions that the active rows
 * allow, by the non-negative least squares of {@link ConeProjection}:
 *
 * <pre>v = Proj{w : A_active w >= 0}(g) = g + A_active' rho,   rho >= 0.</pre>
 *
 * <p>v = 0 is the Karush-Kuhn-Tucker condition, rho its multipliers, and else v is the steepest
 * ascent, v'g = ||v||^2 > 0. <em>All</em> active rows take part, so a degenerate vertex is left in
 * one step or proven optimal: nothing cycles. A linear objective follows v to the next row; least
 * squares go to the minimiser on the face of the tight rows, or along v where the way there is
 * blocked at once. The answer is exact to rounding, and carries the residual that shows it.
 */
final class FeasibleAscent {
  /** The projected gradient, relative to the gradient's scale, that counts as zero. */
  private static final double OPTIMAL = 1e-11;

  /** A row is active when its slack is below this, relative to its bound and to z. */
  private static final double ACTIVE = 1e-12;

  private static final double ROUNDING = 1e-13;

  private final Inequalities q;
  private final int k;
  private final double[] z;
  private final boolean[] active;
  private final boolean[] tight;
  private double[] slack;
  private Dense complement;

  /**
   * Where an ascent ended.
   *
   * @param z the maximiser, k entries; where unbounded the last point
   * @param active the numbers of the rows that hold with equality, by their names
   * @param residual ||v|| relative to the gradient's scale: zero is optimal
   * @param bounded false if the objective grows without end
   */
  @SuppressWarnings("ArrayRecordComponent") // numbers, never compared as a whole
  record Optimum(double[] z, int[] active, double residual, boolean bounded) {}

  /**
   * A start.
   *
   * @param q the polyhedron, in k >= 1 dimensions
   * @param start a point of it
   */
  FeasibleAscent(Inequalities q, double[] start) {
    this.q = q;
    this.k = q.k();
    this.z = start.clone();
    this.active = new boolean[q.count()];
    this.tight = new boolean[q.count()];
    update();
  }

  /** Maximises c'z. */
  Optimum maximise(double[] c) {
    double scale = Vectors.norm(c);
    for (int step = limit(); step > 0; step--) {
      double[] v = direction(c);
      double norm = Vectors.norm(v);
      if (norm <= OPTIMAL * scale) {
        return end(norm / Math.max(scale, Double.MIN_NORMAL));
      }
      double reach = reach(v);
      if (reach == Double.POSITIVE_INFINITY) {
        return new Optimum(z, new int[0], norm / scale, false);
      }
      move(reach, v);
    }
    throw new ArithmeticException(
        "a linear program of " + q.count() + " inequalities does not end");
  }

  /**
   * Minimises ||P z - f||^2; where several z do, one of them.
   *
   * @param p P, any number of rows, k columns
   * @param f as many entries as rows
   */
  Optimum leastSquares(Dense p, double[] f) {
    if (p.rows() > k) {
      Dense q = p.orthonormal();
      return leastSquares(q.transposedTimes(p), q.transposedTimes(f));
    }
    double size = Vectors.norm(p.values());
    double scale = Math.max(size * (Vectors.norm(f) + size), Double.MIN_NORMAL);
    for (int step = limit(); step > 0; step--) {
      double[] r = f.clone();
      Vectors.axpy(-1, p.times(z), 0, r, 0, r.length);
      double[] v = direction(p.transposedTimes(r));
      double norm = Vectors.norm(v);
      if (norm <= OPTIMAL * scale) {
        return end(norm / scale);
      }
      double[] newton = faceMinimiser(p, r);
      if (blocked(newton)) {
        move(Math.min(lineMinimum(p, v, norm), reach(v)), v);
      } else {
        move(Math.min(1, reach(newton)), newton);
      }
    }
    throw new ArithmeticException("least squares under " + q.count() + " inequalities do not end");
  }

  private int limit() {
    return 50 * (q.count() + k) + 200;
  }

  /** The step from z to the minimiser on {A_tight dz = 0}, the shortest where there are several. */
  private double[] faceMinimiser(Dense p, double[] r) {
    return complement.times(p.times(complement).svd().solve(r, ROUNDING));
  }

  private static double lineMinimum(Dense p, double[] v, double norm) {
    double[] image = p.times(v);
    double curvature = Vectors.dot(image, image);
    return curvature > 0 ? norm * norm / curvature : Double.POSITIVE_INFINITY;
  }

  /** The projection of a gradient; notes which active rows are tight, and their complement. */
  private double[] direction(double[] gradient) {
    int[] rows = activeRows();
    if (rows.length == 0) {
      complement = Dense.identity(k);
      return gradient.clone();
    }
    Matrix normals = Matrix.zeros(rows.length, k);
    int[] start = new int[rows.length];
    int starts = 0;
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(q.rows(), rows[i] * k, normals.values(), i * k, k);
      if (tight[rows[i]]) {
        start[starts++] = i;
      }
    }
    ConeProjection projection = onto(normals, Arrays.copyOf(start, starts));
    projection.project(gradient, 0, -1);
    if (projection.outcome() == ConeProjection.Outcome.FAILED) {
      throw new ArithmeticException(rows.length + " active inequalities could not be told apart");
    }
    Arrays.fill(tight, false);
    for (int i : projection.tight().toArray()) {
      tight[rows[i]] = true;
    }
    double[] free = projection.tight().complement();
    complement = new Dense(k, free.length / k, free);
    // Takes off what rounding left along the tight rows, which a small v would not survive.
    return complement.times(complement.transposedTimes(projection.v()));
  }

  private static ConeProjection onto(Matrix normals, int[] start) {
    long[] ones = new long[(normals.rows() + 63) / 64];
    Arrays.fill(ones, -1L);
    Problem cone = new Problem(normals, new double[normals.rows()], Model.RELU);
    return cone.projection(new Block(0, 0, 1, ones), start);
  }

  private int[] activeRows() {
    int[] rows = new int[q.count()];
    int count = 0;
    for (int r = 0; r < rows.length; r++) {
      if (active[r]) {
        rows[count++] = r;
      }
    }
    return Arrays.copyOf(rows, count);
  }

  /** How far a direction can be followed until a row that is not active becomes so. */
  private double reach(double[] direction) {
    double[] change = q.times(direction);
    double bar = -ROUNDING * Vectors.norm(direction);
    double reach = Double.POSITIVE_INFINITY;
    for (int r = 0; r < change.length; r++) {
      if (!active[r] && change[r] < bar) {
        reach = Math.min(reach, slack[r] / -change[r]);
      }
    }
    return reach;
  }

  /** Whether a direction leaves an active row on the wrong side. */
  private boolean blocked(double[] direction) {
    double[] change = q.times(direction);
    double bar = -ACTIVE * Vectors.norm(direction);
    for (int r = 0; r < change.length; r++) {
      if (active[r] && change[r] < bar) {
        return true;
      }
    }
    return false;
  }

  private void move(double step, double[] direction) {
    Vectors.axpy(step, direction, 0, z, 0, k);
    update();
  }

  private void update() {
    slack = q.slacks(z);
    double size = Vectors.norm(z);
    for (int r = 0; r < slack.length; r++) {
      active[r] = slack[r] <= ACTIVE * (Math.abs(q.bounds()[r]) + size);
    }
  }

  /** Takes rounding off the active rows by the shortest correction of z. */
  private Optimum end(double residual) {
    int[] rows = activeRows();
    double[] normals = new double[rows.length * k];
    double[] lack = new double[rows.length];
    int[] names = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < k; j++) {
        normals[i + j * rows.length] = q.rows()[rows[i] * k + j];
      }
      lack[i] = -slack[rows[i]];
      names[i] = q.names()[rows[i]];
    }
    double[] correction = new Dense(rows.length, k, normals).svd().solve(lack, 1e-10);
    Vectors.axpy(1, correction, 0, z, 0, k);
    return new Optimum(z.clone(), names, residual, true);
  }
}
