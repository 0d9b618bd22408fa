package org.relupath.core.program.pricing;

import java.util.Arrays;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Block;
import org.relupath.core.program.ConeProjection;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.TightRows;

/**
 * Projects single blocks exactly: v_b = Proj_{K_b}(Z_b' u) with the tight rows and multipliers that
 * prove it. {@link Pricer} finds out which blocks are worth it. Not thread-safe.
 */
public final class Projector {
  private final Problem problem;
  private final ConeProjection projection;
  private final DualNorms proved;

  /** A projector of the blocks of a problem. */
  public Projector(Problem problem) {
    this.problem = problem;
    this.projection = problem.model() == Model.RELU ? new ConeProjection(problem.unitRows()) : null;
    this.proved = new DualNorms(problem);
  }

  /** Projects from no tight row. */
  public ProjectedCorrelation project(Block block, double[] u) {
    return project(block, u, new int[0]);
  }

  /**
   * Projects.
   *
   * @param block the block
   * @param u the dual point, n entries
   * @param start rows that may be tight, to start from
   */
  public ProjectedCorrelation project(Block block, double[] u, int[] start) {
    double[] c = correlation(block, u);
    if (projection == null) {
      return new ProjectedCorrelation(
          block, c, c.clone(), Vectors.norm(c), new int[0], new double[0], true);
    }
    projection.setCone(block, start);
    double norm = projection.project(c, 0, -1);
    boolean exact = projection.outcome() == ConeProjection.Outcome.EXACT;
    TightRows rows = projection.tight();
    int[] tight = rows.toArray();
    Arrays.sort(tight);
    double[] multipliers = new double[tight.length];
    for (int i = 0; i < tight.length; i++) {
      int place = Arrays.binarySearch(tight, rows.row(i));
      multipliers[place] = rows.multiplier(i) / problem.unitRows().lengths()[rows.row(i)];
    }
    return new ProjectedCorrelation(
        block, c, projection.v().clone(), norm, tight, multipliers, exact);
  }

  /** v_b alone: d entries, reused by the next call. */
  double[] direction(Block block, double[] u, int[] start) {
    double[] c = correlation(block, u);
    if (projection == null) {
      return c;
    }
    projection.setCone(block, start);
    projection.project(c, 0, -1);
    return projection.v();
  }

  /** An upper bound of the norm of the last projection, which rounding leaves in place. */
  public double bound(Block block, double[] u) {
    proved.setPoint(u);
    return projection == null ? proved.bound(block) : proved.bound(block, projection.tight());
  }

  /** c_b = Z_b' u, d entries. */
  public double[] correlation(Block block, double[] u) {
    int d = problem.d();
    double[] c = new double[d];
    double[] gated = new double[u.length];
    block.signedMask(u.length, gated, 0);
    Arrays.setAll(gated, r -> gated[r] * u[r]);
    problem.design().transposedMultiply(gated, c);
    return c;
  }
}
