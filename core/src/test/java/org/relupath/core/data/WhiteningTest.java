package org.relupath.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.Instance;

/** X w = Q z with Q'Q = n I, on columns of every kind. */
class WhiteningTest {

  /** n x d with offsets, units and nearly dependent columns, and a column of ones. */
  private static Matrix hard(int seed, int n) {
    Random random = new Random(seed);
    double[][] x = Instance.gaussian(random, n, 5);
    for (double[] row : x) {
      row[0] += 1e6;
      row[1] *= 1e-6;
      row[2] *= 1e6;
      row[3] = row[2] + 100 * row[3];
      row[4] = 1;
    }
    return Matrix.ofRows(x);
  }

  private static void assertIsotropic(Matrix q, double tolerance) {
    for (int i = 0; i < q.columns(); i++) {
      for (int j = 0; j < q.columns(); j++) {
        double sum = 0;
        for (int r = 0; r < q.rows(); r++) {
          sum += q.get(r, i) * q.get(r, j) / q.rows();
        }
        assertThat(sum).isCloseTo(i == j ? 1 : 0, within(tolerance));
      }
    }
  }

  /** z -> w -> z, and x_r'w = q_r'z to what rounding of x_r'w allows. */
  private static void assertInverse(Whitening whitening, Matrix x, double tolerance) {
    Matrix q = whitening.rows(x);
    double[] z = Instance.gaussian(new Random(1), 1, whitening.rank())[0];
    double[] w = whitening.direction(z);
    double[] again = whitening.coordinates(w);
    for (int j = 0; j < z.length; j++) {
      assertThat(again[j]).isCloseTo(z[j], within(tolerance));
    }
    double[] scores = x.times(w);
    for (int r = 0; r < scores.length; r++) {
      assertThat(scores[r]).isCloseTo(Dense.dot(q.row(r), z), within(tolerance));
      assertThat(whitening.whitened(x.row(r))).containsExactly(q.row(r), within(tolerance));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void isIsotropicWhateverTheColumnsAreLike(int seed) {
    Matrix x = hard(seed, 30);
    Whitening whitening = Whitening.of(x);
    assertThat(whitening.rank()).isEqualTo(5);
    assertIsotropic(whitening.rows(x), 1e-8);
    assertInverse(whitening, x, 1e-8);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3})
  void dependentColumnsAreNoCoordinates(int seed) {
    double[][] rows = Instance.gaussian(new Random(seed), 12, 5);
    for (double[] row : rows) {
      row[1] = 3 * row[0];
      row[2] = 0;
      row[3] = 1e-6 * (row[0] - row[4]);
    }
    Matrix x = Matrix.ofRows(rows);
    Whitening whitening = Whitening.of(x);
    assertThat(whitening.rank()).isEqualTo(2);
    assertIsotropic(whitening.rows(x), 1e-12);
    assertInverse(whitening, x, 1e-12);
    // The shortest w: nothing of it is orthogonal to all rows.
    double[] w = whitening.direction(new double[] {1, -1});
    double[] orthogonal = {3, -1, 0, 0, 0};
    double[] other = {1, 0, 0, -1e6, -1};
    assertThat(Dense.dot(w, orthogonal)).isCloseTo(0, within(1e-12));
    // To the digits that units so far apart leave: a part in 10^9 of 10^6.
    assertThat(Dense.dot(w, other)).isCloseTo(0, within(1e-3));
    assertThat(w[2]).isZero();
  }

  @Test
  void moreColumnsThanRows() {
    Matrix x = Matrix.ofRows(Instance.gaussian(new Random(8), 4, 50));
    Whitening whitening = Whitening.of(x);
    assertThat(whitening.rank()).isEqualTo(4);
    assertThat(whitening.columns()).isEqualTo(50);
    assertIsotropic(whitening.rows(x), 1e-12);
    assertInverse(whitening, x, 1e-12);
    // In the row space: as short as the combination of rows that has these scores.
    double[] w = whitening.direction(new double[] {1, 2, 3, 4});
    double[] inside = whitening.direction(whitening.coordinates(w));
    assertThat(inside).containsExactly(w, within(1e-12));
  }

  @Test
  void zeroColumnsHaveNoCoordinates() {
    Whitening whitening = Whitening.of(Matrix.zeros(3, 2));
    assertThat(whitening.rank()).isZero();
    assertThat(whitening.direction(new double[0])).containsExactly(0, 0);
    assertThat(whitening.unitCoordinates(new double[] {1, 1})).isEmpty();
    assertThat(whitening.rows(Matrix.zeros(3, 2)).columns()).isZero();
  }

  @Test
  void productsOfColumnsDefineTheSameGeometry() {
    Matrix x = hard(3, 40);
    // X'X has half the digits: an offset of 100 is as hard for it as 10^4 for X.
    for (int r = 0; r < 40; r++) {
      x.values()[5 * r] -= 1e6 - 100;
    }
    double[] gram = new double[25];
    for (int r = 0; r < 40; r++) {
      for (int k = 0; k < 5; k++) {
        for (int l = 0; l < 5; l++) {
          gram[5 * k + l] += x.get(r, k) * x.get(r, l);
        }
      }
    }
    Whitening whitening = Whitening.ofGram(gram, 40);
    assertThat(whitening.rank()).isEqualTo(5);
    assertIsotropic(whitening.rows(x), 1e-5);
    assertInverse(whitening, x, 1e-8);
    double[] a = Instance.gaussian(new Random(4), 1, 5)[0];
    double[] b = Instance.gaussian(new Random(5), 1, 5)[0];
    Whitening exact = Whitening.of(x);
    assertThat(Dense.dot(whitening.unitCoordinates(a), whitening.unitCoordinates(b)))
        .isCloseTo(Dense.dot(exact.unitCoordinates(a), exact.unitCoordinates(b)), within(1e-8));
  }

  @Test
  void productsOfDependentColumns() {
    double[] gram = {4, 8, 0, 8, 16, 0, 0, 0, 0};
    Whitening whitening = Whitening.ofGram(gram, 4);
    assertThat(whitening.rank()).isOne();
    Matrix q = whitening.rows(Matrix.ofRows(new double[][] {{1, 2, 0}}));
    assertThat(Math.abs(q.get(0, 0))).isCloseTo(1, within(1e-12));
  }
}
