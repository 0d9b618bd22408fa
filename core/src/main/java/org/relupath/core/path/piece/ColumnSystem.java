package org.relupath.core.path.piece;

import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.Cholesky;
import org.relupath.core.linalg.Vectors;

/**
 * S = I + U U' of order n by the m x m matrix I + U'U, m = sum_b (d - t_b) smaller than n:
 *
 * <pre>S^-1 = I - U (I + U'U)^-1 U',   U_b = sqrt(a_b / lambda) Z_b N_b (I - z_b z_b').</pre>
 */
final class ColumnSystem implements InnerSystem {
  private final int n;
  private final int m;
  private final double[] u;
  private final Cholesky factor;

  ColumnSystem(PiecePoint point) {
    this.n = point.problem().n();
    this.m = point.neurons().stream().mapToInt(b -> b.face().dimension()).sum();
    this.u = new double[n * m];
    int column = 0;
    for (int b = 0; b < point.size(); b++) {
      column = turns(point, b, u, column);
    }
    double[] gram = new double[m * m];
    Blas.syrk(true, m, n, 1, u, n, 0, gram, m);
    for (int j = 0; j < m; j++) {
      gram[j + j * m] += 1;
    }
    this.factor = Cholesky.of(m, gram);
    if (factor == null) {
      throw new ArithmeticException("the curvature of the path is not finite");
    }
  }

  /** Writes the columns of U_b from {@code column} on; the column after them. */
  static int turns(PiecePoint point, int b, double[] u, int column) {
    Neuron neuron = point.neurons().get(b);
    double[] z = point.directions()[b];
    double scale = Math.sqrt(Math.max(point.norms()[b], 0) / point.lambda());
    int n = point.problem().n();
    for (int l = 0; l < z.length && scale > 0; l++) {
      double[] tangent = new double[z.length];
      Vectors.axpy(-z[l], z, 0, tangent, 0, z.length);
      tangent[l] += 1;
      double[] fit = new double[n];
      neuron.addFit(point.problem().x().values(), scale, neuron.face().lift(tangent), fit);
      System.arraycopy(fit, 0, u, (column + l) * n, n);
    }
    return column + z.length;
  }

  @Override
  public void solve(double[] v) {
    double[] projected = new double[m];
    Blas.gemv(true, n, m, 1, u, n, v, 0, projected);
    factor.solve(projected);
    Blas.gemv(false, n, m, -1, u, n, projected, 1, v);
  }

  @Override
  public double inverseTrace() {
    return n - m + factor.inverseTrace();
  }
}
