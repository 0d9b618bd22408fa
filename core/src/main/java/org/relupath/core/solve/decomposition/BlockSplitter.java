package org.relupath.core.solve.decomposition;

import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Block;
import org.relupath.core.program.ConeProjection;
import org.relupath.core.program.Problem;

/**
 * Splits one block after another.
 *
 * <p>In terms of the sum p = v + z, v = (p + w) / 2 and z = (p - w) / 2, both cones together are
 * |a_r'w| &lt;= a_r'p for every row: half the unknowns, and one {@link Polyhedron}. A block is
 * scaled to ||w|| = 1 first.
 */
final class BlockSplitter {
  /** Beyond this ||v + z|| / ||w||, rounding of v - z alone would spoil the fit. */
  private static final double REACH = 1e7;

  /** What a cone violation may be, relatively, with the rounding of measuring it. */
  private static final double INSIDE = 1e-12 + 1e-15;

  /** The cone violation of an approximate split, whose parts can be far smaller than w. */
  private static final double NEARLY_INSIDE = 1e-11;

  /** A slack of w, or a part v or z against p, smaller than this is rounding. */
  static final double NOTHING = 1e-14;

  /** A fit below this against ||X|| ||w|| is rounding, and so is what is missing of it. */
  private static final double ROUNDING = 1e-15;

  private static final double FALLBACK_RHO = 1e-6;

  private final Problem problem;
  private final SplitMethod method;

  BlockSplitter(Problem problem, SplitMethod method) {
    this.problem = problem;
    this.method = method;
  }

  /** The split of a block's non-zero weights. */
  BlockSplit split(Block block, double[] weights) {
    double scale = Vectors.norm(weights);
    double[] w = weights.clone();
    Vectors.scale(1 / scale, w, 0, w.length);
    ConeRows rows = ConeRows.of(problem.x(), block);
    if (method.objective() == SplitMethod.Objective.APPROXIMATE) {
      return soft(block, weights, w, rows, method.rho(), BlockSplit.Outcome.APPROXIMATE);
    }
    double[] bounds = rows.slacks(w);
    for (int r = 0; r < bounds.length; r++) {
      bounds[r] = Math.abs(bounds[r]) <= NOTHING ? 0 : Math.abs(bounds[r]);
    }
    Polyhedron q = new Polyhedron(rows.normals(), bounds, REACH);
    SumObjective objective = new SumObjective(q, w);
    double[] p = objective.squares();
    if (p == null) {
      BlockSplit.Outcome none = q.failed() ? BlockSplit.Outcome.FAILED : BlockSplit.Outcome.NONE;
      return soft(block, weights, w, rows, FALLBACK_RHO, none);
    }
    double[] best = method.objective() == SplitMethod.Objective.NORMS ? objective.norms(p) : p;
    boolean minimal = best != null;
    double[] sum = minimal ? best : p;
    double[] v = part(block, rows, sum, w, 1);
    double[] z = part(block, rows, sum, w, -1);
    BlockSplit split = measure(block, weights, rows, v, z, BlockSplit.Outcome.EXACT);
    boolean good =
        minimal && split.coneViolation() <= INSIDE && split.fitError() <= Decomposition.EXACT_FIT;
    return good ? split : split.with(BlockSplit.Outcome.FAILED);
  }

  private BlockSplit soft(
      Block block,
      double[] weights,
      double[] w,
      ConeRows rows,
      double rho,
      BlockSplit.Outcome wanted) {
    SoftSplit soft = SoftSplit.of(problem, block, rows, w, rho);
    BlockSplit split = measure(block, weights, rows, soft.v(), soft.z(), wanted);
    boolean good = soft.converged() && split.coneViolation() <= NEARLY_INSIDE;
    // That there is no exact split stays proven, whatever the approximate one is worth.
    return good || wanted == BlockSplit.Outcome.NONE
        ? split
        : split.with(BlockSplit.Outcome.FAILED);
  }

  /** (p + sign w) / 2, projected onto the cone where rounding has left it outside. */
  private double[] part(Block block, ConeRows rows, double[] p, double[] w, int sign) {
    double[] half = p.clone();
    Vectors.axpy(sign, w, 0, half, 0, half.length);
    Vectors.scale(0.5, half, 0, half.length);
    if (Vectors.norm(half) <= NOTHING * Vectors.norm(p)) {
      return new double[half.length];
    }
    if (rows.violation(half) <= INSIDE) {
      return half;
    }
    ConeProjection projection = problem.projection(block, new int[0]);
    projection.project(half, 0, -1);
    return projection.v().clone();
  }

  /** Scales v and z back and measures them on the rows of X. */
  private BlockSplit measure(
      Block block, double[] w, ConeRows rows, double[] v, double[] z, BlockSplit.Outcome outcome) {
    double scale = Vectors.norm(w);
    double violation = Math.max(rows.violation(v), rows.violation(z));
    double[] plus = v.clone();
    double[] minus = z.clone();
    Vectors.scale(scale, plus, 0, plus.length);
    Vectors.scale(scale, minus, 0, minus.length);
    return new BlockSplit(
        block, w, plus, minus, outcome, violation, fitError(block, w, plus, minus));
  }

  private double fitError(Block block, double[] w, double[] v, double[] z) {
    Matrix x = problem.x();
    double[] gated = x.times(w);
    double[] plus = x.times(v);
    double[] minus = x.times(z);
    for (int r = 0; r < gated.length; r++) {
      gated[r] = block.active(r) ? gated[r] : 0;
      plus[r] = Math.max(plus[r], 0) - Math.max(minus[r], 0) - gated[r];
    }
    double error = Vectors.norm(plus);
    double floor = ROUNDING * Vectors.norm(x.values()) * Vectors.norm(w);
    return error <= floor ? 0 : error / Vectors.norm(gated);
  }
}
