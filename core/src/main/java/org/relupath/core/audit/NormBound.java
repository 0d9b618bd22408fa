package org.relupath.core.audit;

import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.Svd;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Certificate;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;

/**
 * Lower bounds over all patterns without listing them (design.md section 1): G(v) = y'v - ||v||^2 /
 * 2 bounds every network from below wherever ||v_b|| &lt;= lambda for the blocks b of all patterns.
 *
 * <p>For C-ReLU ||v_b|| = max s v'(X w)_+ over w in K_b, ||w|| &lt;= 1. With p = (s v)_+, the rows
 * P where it is positive, and 2 (z)_+ = z + |z|,
 *
 * <pre>
 * s v'(X w)_+ &lt;= p'(X w)_+ = (p'X w + p'|X w|) / 2 &lt;= (||X'p|| + ||p|| sigma_max(X_P)) / 2,
 * </pre>
 *
 * <p>which is at most sigma_max(X) ||p||. The two signs do not meet, and so the positive and the
 * negative part of a vector u are scaled apart, each by the t of design.md section 5. For C-GReLU a
 * pattern may hold rows of both signs, and ||v_b|| = ||X'D v|| &lt;= sigma_max(X) ||v||.
 */
final class NormBound {
  /** Singular values come from a Gram matrix: rounded up by far more than its error. */
  private static final double UP = 1 + 1e-10;

  private final Problem problem;

  NormBound(Problem problem) {
    this.problem = problem;
  }

  /** The best bound that multiples of u prove; zero proves 0. */
  double of(double[] u, double lambda) {
    if (problem.model() == Model.GATED) {
      return scaled(u, lambda, sigma(null) * Vectors.norm(u));
    }
    double sum = 0;
    for (int sign = 1; sign >= -1; sign -= 2) {
      double[] part = new double[u.length];
      double[] p = new double[u.length];
      for (int r = 0; r < u.length; r++) {
        p[r] = Math.max(0, sign * u[r]);
        part[r] = sign * p[r];
      }
      double[] c = new double[problem.d()];
      for (int r = 0; r < p.length; r++) {
        Vectors.axpy(p[r], problem.x().values(), r * problem.d(), c, 0, problem.d());
      }
      double norm = 0.5 * UP * (Vectors.norm(c) + Vectors.norm(p) * sigma(p));
      sum += scaled(part, lambda, norm);
    }
    return sum;
  }

  private double scaled(double[] v, double lambda, double norm) {
    double vv = Vectors.dot(v, v);
    double vy = Vectors.dot(v, problem.y());
    double t = Certificate.dualScale(vy, vv, lambda, norm);
    return t * vy - 0.5 * t * t * vv;
  }

  /** sigma_max of the rows where p > 0, of all rows for null. */
  private double sigma(double[] p) {
    Matrix x = problem.x();
    int d = problem.d();
    double[] rows = x.values().clone();
    for (int r = 0; p != null && r < p.length; r++) {
      if (p[r] <= 0) {
        java.util.Arrays.fill(rows, r * d, (r + 1) * d, 0);
      }
    }
    double[] gram = new double[d * d];
    Blas.gemm(false, true, d, d, x.rows(), 1, rows, d, rows, d, 0, gram, d);
    return UP * Math.sqrt(Svd.of(d, d, gram).values()[0]);
  }
}
