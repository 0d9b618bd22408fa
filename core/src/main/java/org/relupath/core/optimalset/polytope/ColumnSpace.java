package org.relupath.core.optimalset.polytope;

import java.util.List;
import org.relupath.core.linalg.Dense;
import org.relupath.core.linalg.Svd;
import org.relupath.core.linalg.Vectors;

/**
 * The columns of a matrix M (n x m) at length one, their rank and their linear dependencies.
 *
 * <p>With c_b = ||M_b|| (1 for a zero column) and U = M diag(1 / c), everything is about U: a
 * neuron whose fit is small is a neuron like any other. Extra rows R beta = constant are taken in
 * after U: each, in the same coordinates and at length one, is restricted to the null space of U,
 * and what is left there of more than the tolerance adds to the rank. A row that is implied by U,
 * as the sum of the weights is on an optimal set, adds nothing.
 *
 * @param norms c_b, m
 * @param rank of U with the extra rows
 * @param basis N, an orthonormal basis of the null space in coordinates c_b beta_b, m x (m - rank),
 *     column-major
 */
@SuppressWarnings("ArrayRecordComponent") // a factorisation, never compared
public record ColumnSpace(double[] norms, Rank rank, double[] basis) {

  /**
   * Decomposes M.
   *
   * @param n rows of M
   * @param columns n x m, column-major
   * @param rows further rows, m entries each
   * @param gap the relative gap of the solution that M was computed from
   */
  public static ColumnSpace of(int n, double[] columns, List<double[]> rows, double gap) {
    int m = columns.length / n;
    double[] norms = new double[m];
    double[] unit = columns.clone();
    for (int b = 0; b < m; b++) {
      double length = Vectors.norm(columns, b * n, n);
      norms[b] = length > 0 ? length : 1;
      Vectors.scale(1 / norms[b], unit, b * n, n);
    }
    Svd svd = new Dense(n, m, unit).svd();
    Rank rank = Rank.of(svd.values(), gap);
    ColumnSpace space = new ColumnSpace(norms, rank, svd.nullSpace(rank.value()).values());
    return rows.isEmpty() ? space : space.with(rows);
  }

  /** m. */
  public int columns() {
    return norms.length;
  }

  /** m - rank. */
  public int dependencies() {
    return norms.length - rank.value();
  }

  private ColumnSpace with(List<double[]> rows) {
    int m = columns();
    int k = dependencies();
    double[] scaled = new double[rows.size() * m];
    for (int i = 0; i < rows.size(); i++) {
      double square = 0;
      for (int b = 0; b < m; b++) {
        double entry = rows.get(i)[b] / norms[b];
        scaled[i + b * rows.size()] = entry;
        square += entry * entry;
      }
      for (int b = 0; b < m && square > 0; b++) {
        scaled[i + b * rows.size()] /= Math.sqrt(square);
      }
    }
    Dense dependencies = new Dense(m, k, basis);
    Svd svd = new Dense(rows.size(), m, scaled).times(dependencies).svd();
    int added = 0;
    double[] values = svd.values();
    // Rows and basis have length one, so these values are measured against 1.
    while (added < values.length && values[added] > rank.tolerance()) {
      added++;
    }
    double kept = added == 0 ? rank.lastKept() : Math.min(rank.lastKept(), values[added - 1]);
    double dropped = Math.max(rank.firstDropped(), added < values.length ? values[added] : 0);
    Rank both =
        new Rank(
            rank.value() + added,
            kept,
            dropped,
            rank.tolerance(),
            Rank.apart(kept, dropped, rank.tolerance()));
    return new ColumnSpace(norms, both, dependencies.times(svd.nullSpace(added)).values());
  }
}
