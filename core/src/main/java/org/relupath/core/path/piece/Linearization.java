package org.relupath.core.path.piece;

import org.relupath.core.linalg.Cholesky;
import org.relupath.core.linalg.Dense;
import org.relupath.core.linalg.Vectors;

/**
 * The linearised optimality conditions N_b'Z_b'u = lambda z_b of a support at one point
 * (core/docs/mathematics.md#path), in polar coordinates w_b = a_b N_b z_b. With G_b = Z_b N_b, r_b
 * = G_b z_b, R = [r_b] and P_b = I - z_b z_b', a change (dy, dlambda) and the errors e_b of the
 * point give
 *
 * <pre>
 * du      = S^-1 (dy - q - R da),            S = I + sum_b (a_b / lambda) G_b P_b G_b'
 * da      = C^-1 (R'S^-1 (dy - q) - h),      C = R'S^-1 R,   h_b = dlambda - z_b'e_b
 * dz_b    = P_b (e_b + G_b'du) / lambda,     q = sum_b (a_b / lambda) G_b P_b e_b.
 * </pre>
 *
 * <p>This is the Hessian H of core/docs/mathematics.md#path with the turns dz eliminated: C is
 * invertible exactly where the neurons' fits r_b are linearly independent, whatever the size of H.
 */
public final class Linearization {
  private final PiecePoint point;
  private final int n;
  private final int k;
  private final InnerSystem inner;

  /** R, n x k, column-major. */
  private final double[] fits;

  /** S^-1 R, n x k. */
  private final double[] solved;

  /** The factor of C scaled to a unit diagonal; null where C is singular. */
  private final Cholesky factor;

  private final double[] scale;

  /**
   * A change of a point.
   *
   * @param norms da, k
   * @param directions dz_b, tangent to the unit spheres
   * @param residual du, n
   */
  @SuppressWarnings("ArrayRecordComponent") // numbers, never compared
  public record Step(double[] norms, double[][] directions, double[] residual) {}

  private Linearization(PiecePoint point) {
    this.point = point;
    this.n = point.problem().n();
    this.k = point.size();
    this.inner = columns(point) < n ? new ColumnSystem(point) : new RowSystem(point);
    this.fits = new double[n * k];
    this.solved = new double[n * k];
    double[] x = point.problem().x().values();
    for (int b = 0; b < k; b++) {
      double[] r = new double[n];
      point.neurons().get(b).addFit(x, 1, point.ray(b), r);
      System.arraycopy(r, 0, fits, b * n, n);
      inner.solve(r);
      System.arraycopy(r, 0, solved, b * n, n);
    }
    this.scale = new double[k];
    this.factor = factor();
  }

  /** The conditions at a point; norms below zero count as zero. */
  public static Linearization at(PiecePoint point) {
    return new Linearization(point);
  }

  private static int columns(PiecePoint point) {
    return point.neurons().stream().mapToInt(b -> b.face().dimension()).sum();
  }

  private Cholesky factor() {
    double[] c = new double[k * k];
    for (int b = 0; b < k; b++) {
      scale[b] = 1 / Math.sqrt(Vectors.dot(fits, b * n, solved, b * n, n));
    }
    for (int j = 0; j < k; j++) {
      for (int i = j; i < k; i++) {
        c[i + j * k] = scale[i] * scale[j] * Vectors.dot(fits, i * n, solved, j * n, n);
      }
    }
    return Cholesky.of(k, c);
  }

  /**
   * How independent the fits are: the smallest distance, relative to its length and in the metric
   * S^-1, of a neuron's fit from the span of those before it; 1 for none, 0 where C is singular.
   */
  public double independence() {
    return factor == null ? 0 : Math.min(1, factor.smallestPivot());
  }

  /**
   * The combination of fits that is nearest to zero: g with sum_b g_b r_b = 0 where they are
   * dependent, in units of the norms a_b.
   */
  public double[] dependency() {
    double[] unit = fits.clone();
    double[] lengths = new double[k];
    for (int b = 0; b < k; b++) {
      lengths[b] = Vectors.norm(fits, b * n, n);
      Vectors.scale(1 / lengths[b], unit, b * n, n);
    }
    double[] g = new Dense(n, k, unit).svd().nullSpace(k - 1).values();
    for (int b = 0; b < k; b++) {
      g[b] /= lengths[b];
    }
    return g;
  }

  /** The change for a given change of lambda, with y and the errors left alone. */
  public Step alongLambda() {
    double[] h = new double[k];
    java.util.Arrays.fill(h, 1);
    return solve(new double[n], null, h);
  }

  /** The change for a change of y. */
  public Step alongTargets(double[] dy) {
    return solve(dy.clone(), null, new double[k]);
  }

  /** The Newton step that takes away the errors. */
  Step newton(double[][] errors) {
    double[] source = new double[n];
    double[] h = new double[k];
    double[] x = point.problem().x().values();
    for (int b = 0; b < k; b++) {
      h[b] = -Vectors.dot(point.directions()[b], errors[b]);
      double[] w = point.neurons().get(b).face().lift(tangent(b, errors[b]));
      double curvature = Math.max(point.norms()[b], 0) / point.lambda();
      point.neurons().get(b).addFit(x, -curvature, w, source);
    }
    return solve(source, errors, h);
  }

  /** P_b v. */
  private double[] tangent(int b, double[] v) {
    double[] z = point.directions()[b];
    double[] t = v.clone();
    Vectors.axpy(-Vectors.dot(z, v), z, 0, t, 0, t.length);
    return t;
  }

  private Step solve(double[] source, double[][] errors, double[] h) {
    if (factor == null) {
      throw new IllegalStateException("the fits of the neurons are linearly dependent");
    }
    double[] da = new double[k];
    double[] du = source;
    for (int b = 0; b < k; b++) {
      da[b] = scale[b] * (Vectors.dot(solved, b * n, source, 0, n) - h[b]);
    }
    factor.solve(da);
    for (int b = 0; b < k; b++) {
      da[b] *= scale[b];
    }
    inner.solve(du);
    for (int b = 0; b < k; b++) {
      Vectors.axpy(-da[b], solved, b * n, du, 0, n);
    }
    double[][] dz = new double[k][];
    for (int b = 0; b < k; b++) {
      Neuron neuron = point.neurons().get(b);
      double[] g = neuron.reducedCorrelation(point.problem().x().values(), point.problem().d(), du);
      if (errors != null) {
        Vectors.axpy(1, errors[b], 0, g, 0, g.length);
      }
      dz[b] = tangent(b, g);
      Vectors.scale(1 / point.lambda(), dz[b], 0, dz[b].length);
    }
    return new Step(da, dz, du);
  }

  /** trace(Z dw/dy) = n - tr S^-1 + tr(C^-1 R'S^-2 R). */
  public double degreesOfFreedom() {
    if (factor == null) {
      throw new IllegalStateException("the fits of the neurons are linearly dependent");
    }
    double trace = n - inner.inverseTrace();
    for (int j = 0; j < k; j++) {
      double[] column = new double[k];
      for (int i = 0; i < k; i++) {
        column[i] = scale[i] * scale[j] * Vectors.dot(solved, i * n, solved, j * n, n);
      }
      factor.solve(column);
      trace += column[j];
    }
    return trace;
  }
}
