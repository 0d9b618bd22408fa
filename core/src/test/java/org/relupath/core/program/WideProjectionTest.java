package org.relupath.core.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.ConeProjection.Outcome;
import org.relupath.core.reference.Instance;

/** Projections where X has so many columns that products of rows are kept. */
class WideProjectionTest {
  private static final int N = 400;
  private static final int D = 130;

  private final Random random = new Random(5);

  private Problem problem() {
    double[][] x = Instance.gaussian(random, N, D);
    for (double[] row : x) {
      row[0] = 3; // cones are then narrow, and many rows are tight
    }
    return new Problem(Matrix.ofRows(x), new double[N], Model.RELU);
  }

  private Block block(Problem problem) {
    double[] gate = Instance.gaussian(random, 1, D)[0];
    long[] bits = new long[(N + 63) / 64];
    for (int r = 0; r < N; r++) {
      boolean active = Vectors.dot(problem.x().values(), r * D, gate, 0, D) >= 0;
      bits[r / 64] |= active ? 1L << r % 64 : 0;
    }
    return new Block(0, 0, 1, bits);
  }

  /** v is feasible, v = c + A' rho with rho > 0 in tight rows alone, and these have no slack. */
  private static void isProjection(Problem problem, Block block, ConeProjection done, double[] c) {
    assertThat(done.outcome()).isEqualTo(Outcome.EXACT);
    double[] v = done.v();
    double[] rest = v.clone();
    Vectors.axpy(-1, c, 0, rest, 0, D);
    double size = Vectors.norm(c);
    UnitRows rows = problem.unitRows();
    for (int r = 0; r < N; r++) {
      double slack = (block.active(r) ? 1 : -1) * Vectors.dot(rows.values(), r * D, v, 0, D);
      assertThat(slack).isGreaterThan(-1e-12 * size);
    }
    for (int l = 0; l < done.tight().count(); l++) {
      int r = done.tight().row(l);
      double side = block.active(r) ? 1 : -1;
      assertThat(done.tight().multiplier(l)).isPositive();
      assertThat(Vectors.dot(rows.values(), r * D, v, 0, D)).isCloseTo(0, within(1e-12 * size));
      Vectors.axpy(-side * done.tight().multiplier(l), rows.values(), r * D, rest, 0, D);
    }
    assertThat(Vectors.norm(rest)).isLessThan(1e-11 * size);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void meetsTheConditionsOfOptimality(boolean known) {
    Problem problem = problem();
    assertThat(problem.unitRows().isWide()).isTrue();
    Block block = block(problem);
    ConeProjection projection = problem.projection(block, new int[0]);
    double[] c = Instance.gaussian(random, 1, D)[0];
    int most = 0;
    for (int i = 0; i < 6; i++) {
      double[] scores = new double[N + 1];
      for (int r = 0; known && r < N; r++) {
        scores[r + 1] = Vectors.dot(problem.unitRows().values(), r * D, c, 0, D);
      }
      double norm = projection.project(c, 0, -1, known ? scores : null, 1);
      assertThat(norm).isCloseTo(Vectors.norm(projection.v()), within(1e-14 * Vectors.norm(c)));
      isProjection(problem, block, projection, c);
      most = Math.max(most, projection.tight().count());
      Vectors.axpy(0.3, Instance.gaussian(random, 1, D)[0], 0, c, 0, D);
    }
    assertThat(most).isGreaterThan(63); // as many as start at once
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void startsFromRowsThatMayBeTight(boolean dependent) {
    Problem problem = problem();
    Block block = block(problem);
    double[] c = Instance.gaussian(random, 1, D)[0];
    ConeProjection cold = problem.projection(block, new int[0]);
    cold.project(c, 0, -1);
    int[] rows = cold.tight().toArray();
    if (dependent) {
      rows[1] = rows[0];
    }
    ConeProjection warm = problem.projection(block, rows);
    assertThat(warm.tight().count()).isEqualTo(rows.length - (dependent ? 1 : 0));
    warm.project(c, 0, -1);
    isProjection(problem, block, warm, c);
    assertThat(warm.v()).usingComparatorWithPrecision(1e-11).containsExactly(cold.v());
  }
}
