package org.relupath.core.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.SparseMatrix;
import org.relupath.core.linalg.Vectors;

/** Projections onto the cones of a sparse X against those of the dense matrix of its numbers. */
class SparseProjectionTest {
  @ParameterizedTest(name = "seed {0}: {1} rows, {2} columns, {3} numbers")
  @CsvSource({"1, 30, 10, 0.3", "2, 200, 20, 0.2", "3, 40, 100, 0.05", "4, 300, 150, 0.05"})
  void sameAsDense(long seed, int n, int d, double density) {
    Random random = new Random(seed);
    Matrix x = Matrix.zeros(n, d);
    for (int i = 0; i < n * d; i++) {
      boolean one = i % d == d - 1 && i / d != 3;
      x.values()[i] = one ? 1 : random.nextDouble() < density ? random.nextGaussian() : 0;
    }
    Arrays.fill(x.values(), 2 * d, 3 * d, 0);
    Problem all = new Problem(x, new double[n], Model.RELU);
    Problem few = new Problem(SparseMatrix.of(x), new double[n], Model.RELU);
    for (int trial = 0; trial < 10; trial++) {
      double[] g = random.doubles(d).map(v -> v - 0.5).toArray();
      long[] bits = new org.relupath.core.gates.PatternReader(x).pattern(g);
      Block block = new Block(0, 0, 1, bits);
      double[] c = random.doubles(d).map(v -> v - 0.5).toArray();
      Vectors.axpy(trial * 0.3, g, 0, c, 0, d);
      ConeProjection dense = all.projection(block, new int[0]);
      ConeProjection sparse = few.projection(block, new int[0]);
      double norm = dense.project(c, 0, -1);
      assertThat(sparse.project(c, 0, -1)).isCloseTo(norm, within(1e-9 * Vectors.norm(c)));
      assertThat(sparse.outcome()).isEqualTo(ConeProjection.Outcome.EXACT);
      for (int k = 0; k < d; k++) {
        assertThat(sparse.v()[k]).isCloseTo(dense.v()[k], within(1e-9));
      }
      // v = c + A' rho with rho >= 0 of rows that v is tight in.
      double[] rest = sparse.v().clone();
      Vectors.axpy(-1, c, 0, rest, 0, d);
      for (int i = 0; i < sparse.tight().count(); i++) {
        int r = sparse.tight().row(i);
        double rho = sparse.tight().multiplier(i);
        assertThat(rho).isPositive();
        assertThat(few.unitRows().design().dot(r, sparse.v(), 0)).isCloseTo(0, within(1e-9));
        few.unitRows().design().addRow(-block.side(r) * rho, r, rest, 0);
      }
      assertThat(Vectors.norm(rest)).isCloseTo(0, within(1e-10));
      double bound = sparse.project(c, 0, 1.01 * norm + 1e-3);
      assertThat(bound).isLessThanOrEqualTo(1.01 * norm + 1e-3).isGreaterThan(norm - 1e-9);
      if (norm > 1e-6) {
        double[] w = c.clone();
        dense.project(c, 0, -1);
        sparse.project(c, 0, -1);
        sparse.removeSpan(w, 1e-12);
        assertThat(Vectors.norm(w)).isCloseTo(norm, within(1e-8));
        int[] tight = sparse.tight().toArray();
        ConeProjection warm = few.projection(block, tight);
        assertThat(warm.project(c, 0, -1)).isCloseTo(norm, within(1e-9));
        double[] side = new double[n];
        Arrays.setAll(side, block::side);
        double[] inward = TightRows.inward(few.unitRows(), tight, side);
        for (int r : tight) {
          double slack = side[r] * few.unitRows().design().dot(r, inward, 0);
          assertThat(slack).isCloseTo(1, within(1e-6));
        }
      }
    }
  }

  /** Rows that are there twice, some of them on both sides at once: on these the cone is flat. */
  @ParameterizedTest(name = "seed {0}")
  @CsvSource({"1", "2", "3"})
  void rowsThatAreRepeated(long seed) {
    int n = 40;
    int d = 60;
    Random random = new Random(seed);
    Matrix x = Matrix.zeros(n, d);
    for (int i = 0; i < n * d / 2; i++) {
      x.values()[i] = random.nextDouble() < 0.1 || i % d == i / d ? 1 : 0;
      x.values()[i + n * d / 2] = x.values()[i];
    }
    Problem all = new Problem(x, new double[n], Model.RELU);
    Problem few = new Problem(SparseMatrix.of(x), new double[n], Model.RELU);
    double[] g = random.doubles(d).map(v -> v - 0.5).toArray();
    long[] bits = new org.relupath.core.gates.PatternReader(x).pattern(g);
    bits[0] ^= 0b1011;
    Block block = new Block(0, 0, 1, bits);
    double[] c = random.doubles(d).map(v -> v - 0.5).toArray();
    double norm = all.projection(block, new int[0]).project(c, 0, -1);
    ConeProjection sparse = few.projection(block, new int[0]);
    assertThat(sparse.project(c, 0, -1)).isCloseTo(norm, within(1e-9));
    assertThat(sparse.outcome()).isEqualTo(ConeProjection.Outcome.EXACT);
    int[] tight = {0, 1, 3, 5, 20, 21, 23, 25};
    double[] side = new double[n];
    Arrays.setAll(side, block::side);
    double[] inward = TightRows.inward(few.unitRows(), tight, side);
    for (int r : tight) {
      double slack = side[r] * few.unitRows().design().dot(r, inward, 0);
      assertThat(slack).isCloseTo(r % 20 == 5 ? 1 : 0, within(1e-6));
    }
  }
}
