package org.relupath.core.program;

import org.relupath.core.data.Matrix;
import org.relupath.core.data.Whitening;
import org.relupath.core.linalg.Blas;
import org.relupath.core.linalg.Vectors;

/**
 * A problem in coordinates of the row space of X: with an orthonormal basis B of it, d x r, the
 * problem of X B, and w = B v. Scores X w, norms, objectives and patterns are the same, and optimal
 * weights have no part outside the row space. Where X has much fewer independent columns than
 * columns, as with more columns than rows, solves and searches are in r dimensions and not in d.
 */
public final class RowSpace implements java.io.Serializable {
  /** It pays with at most this part of the columns. */
  private static final double FEWER = 0.9;

  /** Multiplications of a basis at most, some seconds. */
  private static final double MOST_WORK = 4e9;

  /** What of a row may be outside the basis: rounding. */
  private static final double OUTSIDE = 1e-12;

  private final Problem problem;

  /** B, vector l from l d on; null where the coordinates are those of X. */
  private final double[] basis;

  private final int d;
  private final int rank;

  private RowSpace(Problem problem, double[] basis, int d, int rank) {
    this.problem = problem;
    this.basis = basis;
    this.d = d;
    this.rank = rank;
  }

  /** The coordinates of a problem: its own where others do not pay. */
  static RowSpace of(Problem problem) {
    int d = problem.d();
    RowSpace same = new RowSpace(problem, null, d, d);
    if (problem.design().isSparse()) {
      return same;
    }
    double work = (double) problem.n() * d * Math.min(problem.n(), d);
    if (!Problem.isWide(d) || work > MOST_WORK) {
      return same;
    }
    Whitening whitening = (Whitening) problem.coordinates();
    int rank = whitening.rank();
    if (rank == 0 || rank > FEWER * d) {
      return same;
    }
    double[] basis = whitening.basis();
    Matrix x = Matrix.zeros(problem.n(), rank);
    Blas.gemm(
        true, false, rank, x.rows(), d, 1, basis, d, problem.x().values(), d, 0, x.values(), rank);
    return holds(problem.x(), basis, x)
        ? new RowSpace(new Problem(x, problem.y(), problem.model(), problem.loss()), basis, d, rank)
        : same;
  }

  /** Whether B z_r is x_r in all rows. */
  private static boolean holds(Matrix x, double[] basis, Matrix z) {
    int d = x.columns();
    double[] rest = x.values().clone();
    int rank = z.columns();
    Blas.gemm(false, false, d, x.rows(), rank, -1, basis, d, z.values(), rank, 1, rest, d);
    for (int r = 0; r < x.rows(); r++) {
      if (Vectors.norm(rest, r * d, d) > OUTSIDE * Vectors.norm(x.values(), r * d, d)) {
        return false;
      }
    }
    return true;
  }

  /** The problem of X B. */
  public Problem problem() {
    return problem;
  }

  /** B'w of vectors w, one after the other. */
  public double[] inside(double[] w) {
    if (basis == null) {
      return w;
    }
    int count = w.length / d;
    double[] v = new double[count * rank];
    Blas.gemm(true, false, rank, count, d, 1, basis, d, w, d, 0, v, rank);
    return v;
  }

  /** B v of vectors v, one after the other. */
  public double[] outside(double[] v) {
    if (basis == null) {
      return v;
    }
    int count = v.length / rank;
    double[] w = new double[count * d];
    Blas.gemm(false, false, d, count, rank, 1, basis, d, v, rank, 0, w, d);
    return w;
  }

  /** Weights of the problem as those of the one of X B. */
  public BlockWeights inside(BlockWeights weights) {
    return basis == null
        ? weights
        : new BlockWeights(weights.blocks(), rank, inside(weights.values()));
  }

  /** Weights of the problem of X B as those of the problem. */
  public BlockWeights outside(BlockWeights weights) {
    return basis == null
        ? weights
        : new BlockWeights(weights.blocks(), d, outside(weights.values()));
  }
}
