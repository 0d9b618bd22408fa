package org.relupath.core.program.pricing;

import org.relupath.core.data.SparseMatrix;
import org.relupath.core.linalg.TwofoldSum;
import org.relupath.core.program.Block;
import org.relupath.core.program.Problem;
import org.relupath.core.program.TightRows;

/**
 * Upper bounds of ||v_b|| at one dual point u that hold in spite of rounding, but for a few units
 * of the last place.
 *
 * <p>||v_b|| &lt;= ||Z_b'u + A_b'rho|| for every rho >= 0, however it was found. Where rows of X
 * are far from the origin or nearly parallel, the sum is many orders smaller than its terms, and
 * its computed length may be nothing but rounding: it is summed again, for the very u and rho, in
 * twice the precision.
 */
final class DualNorms {
  private static final double UNIT = 0x1p-53;

  private final Problem problem;
  private final double[] lengths;
  private final TwofoldSum[] sums;
  private double[] u;
  private double correlationError;

  /** Bounds for the blocks of a problem. */
  DualNorms(Problem problem) {
    this.problem = problem;
    this.lengths = new double[problem.n()];
    for (int r = 0; r < lengths.length; r++) {
      lengths[r] = problem.design().length(r);
    }
    this.sums = new TwofoldSum[problem.d()];
  }

  /** Turns to a dual point, kept by reference. */
  void setPoint(double[] u) {
    this.u = u;
    double size = 0;
    for (int r = 0; r < lengths.length; r++) {
      size += Math.abs(u[r]) * lengths[r];
    }
    // A sum of n numbers in any order, or in 256 buckets that are summed.
    correlationError = 1.01 * (lengths.length + 300) * UNIT * size;
  }

  /** How far the X'D_b u that {@link Correlations} compute may be from the true ones. */
  double correlationError() {
    return correlationError;
  }

  /** Z_b'u to the last bit, written to {@code c}. */
  void correlation(Block block, double[] c) {
    sum(block);
    for (int k = 0; k < c.length; k++) {
      c[k] = sums[k].value();
    }
  }

  /** An upper bound of ||Z_b'u||. */
  double bound(Block block) {
    sum(block);
    return bound();
  }

  /** An upper bound of ||Z_b'u + A_b'rho|| for the multipliers of tight rows. */
  double bound(Block block, TightRows tight) {
    sum(block);
    for (int i = 0; i < tight.count(); i++) {
      int r = tight.row(i);
      double multiplier = Math.max(0, tight.multiplier(i)) / lengths[r];
      double signed = block.active(r) ? multiplier : -multiplier;
      addRow(signed, r);
    }
    return bound();
  }

  private void sum(Block block) {
    int d = sums.length;
    for (int k = 0; k < d; k++) {
      sums[k] = new TwofoldSum();
    }
    for (int r = 0; r < u.length; r++) {
      if (block.active(r)) {
        addRow(block.sign() * u[r], r);
      }
    }
  }

  private void addRow(double factor, int r) {
    if (problem.design() instanceof SparseMatrix sparse) {
      for (int i = sparse.starts()[r]; i < sparse.starts()[r + 1]; i++) {
        sums[sparse.indices()[i]].addProduct(factor, sparse.values()[i]);
      }
      return;
    }
    int d = sums.length;
    double[] x = problem.x().values();
    for (int k = 0; k < d; k++) {
      sums[k].addProduct(factor, x[r * d + k]);
    }
  }

  private double bound() {
    double square = 0;
    for (TwofoldSum sum : sums) {
      double most = Math.abs(sum.value()) + sum.error();
      square += most * most;
    }
    return Math.sqrt(square);
  }
}
