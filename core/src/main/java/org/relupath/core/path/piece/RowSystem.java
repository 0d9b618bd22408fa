package org.relupath.core.path.piece;

import java.util.ArrayList;
import java.util.List;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.Cholesky;

/**
 * S = I + U U' formed as an n x n matrix.
 *
 * <p>Neurons without tight rows have U_b U_b' = (a_b / lambda) (D_b X X' D_b - r_b r_b'): all of
 * them together are the entrywise product of X X' with M M', M = [sqrt(a_b / lambda) D_b], less
 * their r_b r_b', which costs one column a neuron where U_b has d.
 */
final class RowSystem implements InnerSystem {
  private final int n;
  private final Cholesky factor;

  RowSystem(PiecePoint point) {
    this.n = point.problem().n();
    double[] s = new double[n * n];
    List<Integer> free = new ArrayList<>();
    List<Integer> bound = new ArrayList<>();
    for (int b = 0; b < point.size(); b++) {
      (point.neurons().get(b).face().whole() ? free : bound).add(b);
    }
    addFree(point, free, s);
    addBound(point, bound, s);
    for (int r = 0; r < n; r++) {
      s[r + r * n] += 1;
    }
    this.factor = Cholesky.of(n, s);
    if (factor == null) {
      throw new ArithmeticException("the curvature of the path is not finite");
    }
  }

  private void addFree(PiecePoint point, List<Integer> free, double[] s) {
    if (free.isEmpty()) {
      return;
    }
    Matrix x = point.problem().x();
    int k = free.size();
    double[] masks = new double[n * k];
    double[] fits = new double[n * k];
    for (int j = 0; j < k; j++) {
      int b = free.get(j);
      double scale = Math.sqrt(Math.max(point.norms()[b], 0) / point.lambda());
      for (int r : point.neurons().get(b).rows()) {
        masks[r + j * n] = scale;
      }
      double[] fit = new double[n];
      point.neurons().get(b).addFit(x.values(), scale, point.ray(b), fit);
      System.arraycopy(fit, 0, fits, j * n, n);
    }
    double[] inner = new double[n * n];
    Blas.syrk(true, n, x.columns(), 1, x.values(), x.columns(), 0, inner, n);
    Blas.syrk(false, n, k, 1, masks, n, 0, s, n);
    for (int j = 0; j < n; j++) {
      for (int i = j; i < n; i++) {
        s[i + j * n] *= inner[i + j * n];
      }
    }
    Blas.syrk(false, n, k, -1, fits, n, 1, s, n);
  }

  private void addBound(PiecePoint point, List<Integer> bound, double[] s) {
    int m = bound.stream().mapToInt(b -> point.neurons().get(b).face().dimension()).sum();
    double[] u = new double[n * m];
    int column = 0;
    for (int b : bound) {
      column = ColumnSystem.turns(point, b, u, column);
    }
    if (m > 0) {
      Blas.syrk(false, n, m, 1, u, n, 1, s, n);
    }
  }

  @Override
  public void solve(double[] v) {
    factor.solve(v);
  }

  @Override
  public double inverseTrace() {
    return factor.inverseTrace();
  }
}
