package org.relupath.core.solve.rows.relu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Block;
import org.relupath.core.program.ConeProjection;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.rows.NearRows;

/**
 * The cone K = {w : A w >= 0} of a pattern, as far as its rows are known here: K_S = {w : a_r'w >=
 * 0, r in S}, which contains K. So ||Proj_{K_S}(c)|| is never below ||Proj_K(c)||, and a bound made
 * with it holds whichever rows are missing.
 *
 * <p>The blocks of both signs share the cone; each has a projection of its own, which keeps its
 * tight rows from call to call and as rows are added.
 */
final class PatternCone {
  private static final int[] NO_ROWS = {};

  private final int d;
  private final Set<Long> known = new HashSet<>();
  private final List<double[]> normals = new ArrayList<>();
  private final ConeProjection[] projections = new ConeProjection[2];
  private Problem rows;

  PatternCone(int d) {
    this.d = d;
  }

  /** The number of rows known. */
  int size() {
    return normals.size();
  }

  /** Whether all of some rows are known. */
  boolean knows(NearRows near) {
    return near.rows().stream().allMatch(row -> known.contains(row.number()));
  }

  /** Takes in rows; how many of them are new. */
  int add(NearRows near) {
    int before = normals.size();
    for (NearRows.Row row : near.rows()) {
      if (known.add(row.number())) {
        normals.add(row.normal());
      }
    }
    if (normals.size() > before) {
      rebuild();
    }
    return normals.size() - before;
  }

  private void rebuild() {
    Matrix matrix = Matrix.ofRows(normals.toArray(double[][]::new));
    rows = new Problem(matrix, new double[normals.size()], Model.RELU);
    for (int i = 0; i < 2; i++) {
      int[] start = projections[i] == null ? NO_ROWS : projections[i].tight().toArray();
      projections[i] = rows.projection(allActive(), start);
    }
  }

  /** Normals point inwards: all rows are on the active side. */
  private Block allActive() {
    long[] bits = new long[(normals.size() + 63) / 64];
    Arrays.fill(bits, -1L);
    return new Block(0, 0, 1, bits);
  }

  /** The projection of the block of a sign; null while no row is known. */
  ConeProjection projection(int sign) {
    return projections[sign > 0 ? 0 : 1];
  }

  /**
   * ||Proj_{K_S}(c)||, or an upper bound of it that is at most the threshold.
   *
   * @param threshold negative for the norm itself
   */
  double norm(double[] c, int sign, double threshold) {
    ConeProjection projection = projection(sign);
    return projection == null ? Vectors.norm(c) : projection.project(c, 0, threshold);
  }

  /** Proj_{K_S}(c), d entries. */
  double[] project(double[] c, int sign) {
    ConeProjection projection = projection(sign);
    if (projection == null) {
      return c.clone();
    }
    projection.project(c, 0, -1);
    return Arrays.copyOf(projection.v(), d);
  }
}
