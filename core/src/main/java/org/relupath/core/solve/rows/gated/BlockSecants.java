package org.relupath.core.solve.rows.gated;

import java.util.ArrayList;
import java.util.List;
import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.Cholesky;
import org.relupath.core.linalg.SymmetricEigen;
import org.relupath.core.linalg.Vectors;

/**
 * Makes an approximate Gram matrix exact on everything that passes have seen.
 *
 * <p>For evaluated points w_j with w_0 = 0, the differences S = [w_j] and T = [c_0 - c_j] satisfy T
 * = Z'Z S exactly, so that
 *
 * <pre>H+ = H - H S (S'HS)^-1 S'H + T (S'T)^-1 T'</pre>
 *
 * has H+ S = T and stays positive semidefinite (the block form of the BFGS update).
 */
final class BlockSecants {
  /** Columns scaled to unit curvature, directions of less than this part of the largest go. */
  private static final double CUT = 1e-9;

  private final Evaluation zero;
  private final List<Evaluation> points = new ArrayList<>();
  private final int most;

  /**
   * No differences yet.
   *
   * @param zero the evaluation at w = 0
   * @param most how many points are kept, the last ones
   */
  BlockSecants(Evaluation zero, int most) {
    this.zero = zero;
    this.most = most;
  }

  /** Takes in a point that is not zero. */
  void add(Evaluation point) {
    if (point.weights().normSum() > 0) {
      points.add(point);
    }
    if (points.size() > most) {
      points.remove(0);
    }
  }

  /**
   * H+ for the gates of a working set that holds the support of every point.
   *
   * @param h H, both triangles; not changed, and returned where there is nothing to correct
   * @param gates the working set
   */
  double[] correct(double[] h, int[] gates) {
    int d = zero.weights().d();
    int n = gates.length * d;
    int count = points.size();
    double[] s = new double[n * count];
    double[] t = new double[n * count];
    for (int j = 0; j < count; j++) {
      write(points.get(j), gates, s, t, j * n);
      double curvature = Vectors.dot(s, j * n, t, j * n, n);
      double scale = curvature > 0 ? 1 / Math.sqrt(curvature) : 0;
      Vectors.scale(scale, s, j * n, n);
      Vectors.scale(scale, t, j * n, n);
    }
    int rank = orthogonalize(n, count, s, t);
    return rank == 0 ? h : update(h, n, rank, s, t);
  }

  private void write(Evaluation point, int[] gates, double[] s, double[] t, int at) {
    int d = zero.weights().d();
    int[] places = new int[zero.correlations().length / d];
    for (int i = 0; i < gates.length; i++) {
      places[gates[i]] = i;
      for (int k = 0; k < d; k++) {
        int c = gates[i] * d + k;
        t[at + i * d + k] = zero.correlations()[c] - point.correlations()[c];
      }
    }
    for (int i = 0; i < point.weights().size(); i++) {
      int gate = point.weights().blocks().get(i).pattern();
      System.arraycopy(point.weights().values(), i * d, s, at + places[gate] * d, d);
    }
  }

  /** Combines columns so that S'T = I; returns how many there are then. */
  private static int orthogonalize(int n, int count, double[] s, double[] t) {
    if (count == 0) {
      return 0;
    }
    double[] product = new double[count * count];
    Blas.gemm(true, false, count, count, n, 1, s, n, t, n, 0, product, count);
    for (int j = 0; j < count; j++) {
      for (int i = 0; i < j; i++) {
        double mean = 0.5 * (product[i + j * count] + product[j + i * count]);
        product[i + j * count] = mean;
        product[j + i * count] = mean;
      }
    }
    SymmetricEigen eigen = SymmetricEigen.of(count, product);
    double[] basis = eigen.vectors();
    int rank = 0;
    while (rank < count && eigen.values()[rank] > CUT * Math.max(0, eigen.values()[0])) {
      Vectors.scale(1 / Math.sqrt(eigen.values()[rank]), basis, rank * count, count);
      rank++;
    }
    combine(n, count, rank, s, basis);
    combine(n, count, rank, t, basis);
    return rank;
  }

  private static void combine(int n, int count, int rank, double[] columns, double[] basis) {
    double[] copy = columns.clone();
    Blas.gemm(false, false, n, rank, count, 1, copy, n, basis, count, 0, columns, n);
  }

  private static double[] update(double[] h, int n, int rank, double[] s, double[] t) {
    double[] hs = new double[n * rank];
    Blas.gemm(false, false, n, rank, n, 1, h, n, s, n, 0, hs, n);
    double[] shs = new double[rank * rank];
    Blas.gemm(true, false, rank, rank, n, 1, s, n, hs, n, 0, shs, rank);
    double trace = 0;
    for (int j = 0; j < rank; j++) {
      trace += shs[j + j * rank];
    }
    for (int j = 0; j < rank; j++) {
      shs[j + j * rank] += 1e-14 * trace / rank;
    }
    Cholesky factor = Cholesky.of(rank, shs);
    if (factor == null) {
      return h;
    }
    // (S'HS)^-1 (HS)' column by column, one for each row of HS.
    double[] solved = new double[n * rank];
    double[] column = new double[rank];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < rank; j++) {
        column[j] = hs[i + j * n];
      }
      factor.solve(column);
      for (int j = 0; j < rank; j++) {
        solved[i + j * n] = column[j];
      }
    }
    double[] corrected = h.clone();
    Blas.gemm(false, true, n, n, rank, -1, hs, n, solved, n, 1, corrected, n);
    Blas.gemm(false, true, n, n, rank, 1, t, n, t, n, 1, corrected, n);
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < j; i++) {
        double mean = 0.5 * (corrected[i + j * n] + corrected[j + i * n]);
        corrected[i + j * n] = mean;
        corrected[j + i * n] = mean;
      }
    }
    return corrected;
  }
}
