package org.relupath.core.program.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relupath.core.data.Matrix;
import org.relupath.core.reference.Dense;

class RowSampleTest {
  private final RowCase rows = RowCase.of(400, 3, 10, 8);

  private static RowBlock draw(List<RowBlock> blocks, int wanted, long seed) {
    LocalRows local = new LocalRows(blocks, 0);
    return local.draw(new RowSample(local.rows(), local.gram(), wanted, seed));
  }

  @Test
  void takesAllRowsAsTheyAreWhereSoManyAreWanted() {
    RowBlock all = draw(rows.cut(150), 400, 1);
    assertThat(all.x()).isEqualTo(rows.matrix());
    assertThat(all.y()).isEqualTo(rows.y());
    assertThat(all.gates().active(7, 399)).isEqualTo(rows.cut(400).get(0).gates().active(7, 399));
  }

  @Test
  void drawsTheSameRowsHoweverTheyAreCut() {
    RowBlock one = draw(rows.cut(400), 60, 5);
    RowBlock other = draw(rows.cut(37), 60, 5);
    assertThat(other.rows()).isEqualTo(one.rows()).isBetween(30, 90);
    assertThat(Dense.distance(other.x().values(), one.x().values())).isLessThan(1e-12);
    assertThat(draw(rows.cut(400), 60, 6).rows()).isNotEqualTo(0);
  }

  /** The mean of X'D_bX over 400 seeds, within four standard errors of it. */
  @Test
  void productsOfGatesAreRightOnAverage() {
    int b = 4;
    double[] values = new double[400];
    for (int seed = 0; seed < values.length; seed++) {
      values[seed] = masked(draw(rows.cut(400), 60, seed), b);
    }
    double mean = java.util.Arrays.stream(values).average().orElseThrow();
    double variance = java.util.Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / 399;
    double exact = masked(rows.cut(400).get(0), b);
    assertThat(mean).isCloseTo(exact, within(4 * Math.sqrt(variance / 400)));
  }

  private static double masked(RowBlock block, int b) {
    double sum = 0;
    for (int r = 0; r < block.rows(); r++) {
      sum += block.gates().active(b, r) ? block.x().get(r, 0) * block.x().get(r, 1) : 0;
    }
    return sum;
  }

  /** A row that alone spans a direction has leverage 1 and is taken by every sample. */
  @Test
  void neverMissesADirectionThatOneRowHas() {
    double[][] x = new double[1000][];
    for (int r = 0; r < x.length; r++) {
      x[r] = new double[] {1, r % 7, r == 613 ? 1 : 0, 0};
    }
    Matrix matrix = Matrix.ofRows(x);
    Matrix gates = Matrix.ofRows(new double[][] {{1, 0, 0, 0}});
    List<RowBlock> blocks = RowBlock.cut(matrix, new double[1000], gates, 1000);
    for (long seed = 0; seed < 20; seed++) {
      RowBlock drawn = draw(blocks, 12, seed);
      double found = 0;
      for (int r = 0; r < drawn.rows(); r++) {
        found = Math.max(found, drawn.x().get(r, 2));
      }
      assertThat(found).isEqualTo(1);
    }
  }
}
