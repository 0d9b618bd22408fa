package org.relupath.core.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.reference.Instance;

class RowSpaceTest {
  private static final Random RANDOM = new Random(9);

  private static Problem problem(double[][] x) {
    return new Problem(Matrix.ofRows(x), new double[x.length], Model.RELU);
  }

  /** n x d of rank r, with a zero row. */
  private static double[][] x(int n, int d, int r) {
    double[][] left = Instance.gaussian(RANDOM, n, r);
    double[][] right = Instance.gaussian(RANDOM, r, d);
    double[][] x = new double[n][d];
    for (int i = 1; i < n; i++) {
      for (int k = 0; k < r; k++) {
        Vectors.axpy(left[i][k], right[k], 0, x[i], 0, d);
      }
    }
    return x;
  }

  @Test
  void scoresAndNormsStayWithFewerCoordinates() {
    Problem whole = problem(x(90, 200, 70));
    RowSpace space = whole.rowSpace();
    Problem own = space.problem();
    assertThat(own.d()).isEqualTo(70);
    assertThat(own.y()).isSameAs(whole.y());
    double[] v = Instance.gaussian(RANDOM, 1, 140)[0];
    double[] w = space.outside(v);
    assertThat(w).hasSize(400);
    for (int i = 0; i < 2; i++) {
      assertThat(Vectors.norm(w, i * 200, 200))
          .isCloseTo(Vectors.norm(v, i * 70, 70), within(1e-12));
      for (int r = 0; r < 90; r++) {
        double score = Vectors.dot(whole.x().values(), r * 200, w, i * 200, 200);
        assertThat(Vectors.dot(own.x().values(), r * 70, v, i * 70, 70))
            .isCloseTo(score, within(1e-11 * Vectors.norm(whole.x().row(r))));
      }
    }
    assertThat(space.inside(w)).usingComparatorWithPrecision(1e-12).containsExactly(v);
  }

  @Test
  void coordinatesStayWhereOthersDoNotPay() {
    for (double[][] x : new double[][][] {x(90, 20, 5), x(200, 140, 135), x(5, 300, 0)}) {
      Problem whole = problem(x);
      assertThat(whole.rowSpace().problem()).isSameAs(whole);
      BlockWeights weights = BlockWeights.zero(whole.d());
      assertThat(whole.rowSpace().inside(weights)).isSameAs(weights);
      assertThat(whole.rowSpace().outside(weights)).isSameAs(weights);
    }
  }
}
