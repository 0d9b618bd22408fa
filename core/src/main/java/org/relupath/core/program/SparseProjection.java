package org.relupath.core.program;

import java.util.Arrays;
import org.relupath.core.data.SparseMatrix;
import org.relupath.core.linalg.Vectors;

/**
 * The multipliers of {@link ConeProjection} where X is sparse,
 *
 * <pre>rho = argmin over rho >= 0 of ||c + A' rho||^2,</pre>
 *
 * by Hildreth's method, which changes one multiplier at a time and costs a pass over the numbers of
 * X for all of them, and by conjugate gradients on the rows whose multipliers are positive, which
 * ends it. Every rho on the way is non-negative, so that ||c + A' rho|| bounds ||v|| from above,
 * and it never rises.
 */
final class SparseProjection {
  /** A row is violated when its slack is below this times ||v||. */
  private static final double FEASIBILITY = 1e-11;

  /** Passes over all rows between two solves. */
  private static final int PASSES = 6;

  /** Solves at most. */
  private static final int ROUNDS = 200;

  private static final double ROUNDING = 1e-13;

  private final UnitRows unit;
  private final SparseMatrix rows;
  private final int n;
  private final double[] side;
  private final double[] v;
  private final double[] rho;
  private int[] start = new int[0];
  private TightEquations tight;
  private boolean failed;

  /**
   * Projections of one cone after the other.
   *
   * @param side of every row, as the cone has it
   * @param v receives c + A' rho
   */
  SparseProjection(UnitRows unit, double[] side, double[] v) {
    this.unit = unit;
    this.rows = (SparseMatrix) unit.design();
    this.n = unit.n();
    this.side = side;
    this.v = v;
    this.rho = new double[n];
  }

  /** Turns to another cone, with rows that were tight there before. */
  void setCone(int[] some) {
    Arrays.fill(rho, 0);
    start = some;
    tight = null;
  }

  /** Whether the last projection hit the limit of its rounds. */
  boolean failed() {
    return failed;
  }

  /**
   * Projects c; ||v||, or an upper bound of it that is no more than the threshold.
   *
   * @param c d entries from {@code offset} on
   */
  double project(double[] c, int offset, double threshold) {
    failed = false;
    tight = null;
    double length = Vectors.norm(c, offset, v.length);
    refresh(c, offset);
    if (start.length > 0) {
      settle(start, start.length, c, offset);
      start = new int[0];
    }
    for (int round = 0; round < ROUNDS; round++) {
      double norm = Vectors.norm(v);
      for (int pass = 0; pass < PASSES && norm > threshold; pass++) {
        boolean moved = pass(FEASIBILITY * norm);
        norm = Vectors.norm(v);
        if (!moved) {
          break;
        }
      }
      refresh(c, offset);
      int[] positive = positive();
      boolean whole = Vectors.norm(v) > threshold && settle(positive, positive.length, c, offset);
      norm = Vectors.norm(v);
      if (norm <= threshold || norm <= ROUNDING * length || (whole && !violated(norm))) {
        return norm;
      }
    }
    failed = true;
    return Vectors.norm(v);
  }

  /** v = c + A' rho. */
  private void refresh(double[] c, int offset) {
    System.arraycopy(c, offset, v, 0, v.length);
    for (int r = 0; r < n; r++) {
      if (rho[r] > 0) {
        rows.addRow(side[r] * rho[r], r, v, 0);
      }
    }
  }

  /** Sets one multiplier after the other to its best; whether any moved by more than a little. */
  private boolean pass(double little) {
    boolean moved = false;
    for (int r = 0; r < n; r++) {
      if (unit.lengths()[r] > 0) {
        double slack = side[r] * rows.dot(r, v, 0);
        double next = Math.max(0, rho[r] - slack);
        double change = next - rho[r];
        if (change != 0) {
          rows.addRow(side[r] * change, r, v, 0);
          rho[r] = next;
          moved |= Math.abs(change) > little;
        }
      }
    }
    return moved;
  }

  int[] positive() {
    int[] positive = new int[n];
    int count = 0;
    for (int r = 0; r < n; r++) {
      if (rho[r] > 0) {
        positive[count++] = r;
      }
    }
    return Arrays.copyOf(positive, count);
  }

  double multiplier(int r) {
    return rho[r];
  }

  /**
   * Moves to the best multipliers of some rows, those of all others 0 before and after, or as far
   * as all stay positive; whether it is the whole way. They stay as they are where ||v|| would
   * rise.
   */
  private boolean settle(int[] some, int count, double[] c, int offset) {
    TightEquations equations = new TightEquations(unit, some, count, side);
    double[] slack = equations.products(v);
    Vectors.scale(-1, slack, 0, count);
    double[] change = equations.solve(slack, 0.1 * FEASIBILITY * Vectors.norm(v));
    boolean whole = true;
    double step = 1;
    for (int l = 0; l < count; l++) {
      double left = rho[some[l]];
      if (left + change[l] < 0) {
        whole = false;
        step = Math.min(step, left / -change[l]);
      }
    }
    double before = Vectors.norm(v);
    double[] old = new double[count];
    for (int l = 0; l < count; l++) {
      old[l] = rho[some[l]];
      rho[some[l]] = Math.max(0, old[l] + change[l]);
    }
    refresh(c, offset);
    if (!whole && Vectors.norm(v) > before) {
      for (int l = 0; l < count; l++) {
        double partly = old[l] + step * change[l];
        rho[some[l]] = Math.max(0, partly);
      }
      refresh(c, offset);
    }
    if (!(Vectors.norm(v) <= before + FEASIBILITY * Vectors.norm(c, offset, v.length))) {
      for (int l = 0; l < count; l++) {
        rho[some[l]] = old[l];
      }
      refresh(c, offset);
      return false;
    }
    return whole;
  }

  private boolean violated(double norm) {
    double bar = -FEASIBILITY * norm;
    for (int r = 0; r < n; r++) {
      if (side[r] * rows.dot(r, v, 0) < bar) {
        return true;
      }
    }
    return false;
  }

  /** v - c = A' rho. */
  void correction(double[] into) {
    Arrays.fill(into, 0);
    for (int r = 0; r < n; r++) {
      if (rho[r] > 0) {
        rows.addRow(side[r] * rho[r], r, into, 0);
      }
    }
  }

  /** Subtracts from w its part in the span of the tight rows. */
  void removeSpan(double[] w, double share) {
    if (tight == null) {
      int[] positive = positive();
      tight = new TightEquations(unit, positive, positive.length, side);
    }
    tight.removeSpan(w, share);
  }
}
