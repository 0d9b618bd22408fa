package org.relupath.core.program.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.reference.Instance;

/** What rows near borders and sums over others answer, against all rows. */
class BorderRowsTest {
  private static final int N = 3000;
  private static final int D = 5;
  private static final int M = 6;

  private final Random random = new Random(1);
  private final double[][] x = Instance.gaussian(random, N, D);
  private final LocalRows rows;

  BorderRowsTest() {
    Arrays.fill(x[N - 1], 0);
    double[] y = Instance.gaussian(random, 1, N)[0];
    rows = new LocalRows(RowBlock.cut(Matrix.ofRows(x), y, Matrix.zeros(0, D), 700), 0);
  }

  private BorderRows near(Matrix centres, int wanted, long most) {
    BorderPass.Borders own = BorderRows.borders(centres, N, rows.gram(), wanted);
    BorderPass.Borders other =
        BorderRows.borders(centres.selectRows(new int[] {1}), N, rows.gram(), 50);
    BorderRows.Question question = new BorderRows.Question(List.of(other, own), most);
    // Six directions are two groups of at most four: three pairs, and one of the other network.
    assertThat(question.passes()).isEqualTo(most == 1 ? 4 : 1);
    return question.ask(rows, rows.gram()).get(1);
  }

  private static Matrix around(Random random, Matrix centres, double distance) {
    Matrix around = new Matrix(centres.rows(), D, centres.values().clone());
    for (int j = 0; j < around.rows(); j++) {
      double[] step = Instance.gaussian(random, 1, D)[0];
      double scale = distance * Vectors.norm(centres.row(j)) / Vectors.norm(step);
      Vectors.axpy(scale, step, 0, around.values(), j * D, D);
    }
    return around;
  }

  private static BlockWeights network(Random random, Matrix directions) {
    List<Block> blocks = new ArrayList<>();
    for (int j = 0; j < directions.rows(); j++) {
      blocks.add(RowWeights.block(j, random.nextBoolean() ? 1 : -1, directions.rows()));
    }
    return new BlockWeights(blocks, D, directions.values().clone());
  }

  private static void assertClose(double[] found, double[] expected) {
    double scale = Arrays.stream(expected).map(Math::abs).max().orElse(1);
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(1e-11 * scale));
    }
  }

  /** Directions turned by 5e-3 sweep over a few dozen rows, all of them near a border. */
  @ParameterizedTest(name = "{0} numbers a pass")
  @ValueSource(longs = {1, RowPasses.MOST_NUMBERS})
  void questionsNearCentresAreAnsweredAsByAllRows(long most) {
    Matrix centres = Matrix.ofRows(Instance.gaussian(random, M, D));
    BorderRows near = near(centres, 600, most);
    Matrix directions = around(random, centres, 5e-3);
    BlockWeights w = network(random, around(random, centres, 5e-3));
    PatternPass patterns = new PatternPass(directions, 4);
    PatternPass.Answer known = rows.ask(patterns);
    assertThat(known.digest().distinct()).hasSize(M);
    PatternPass.Answer atCentres = rows.ask(new PatternPass(centres, 4));
    for (int j = 0; j < M; j++) {
      assertThat(known.digest().key(j)).isNotEqualTo(atCentres.digest().key(j));
    }
    assertClose(near.ask(patterns).targets(), known.targets());
    List<Matrix> groups =
        List.of(
            directions.selectRows(new int[] {0, 1, 2, 3}), directions.selectRows(new int[] {4, 5}));
    GramPass products =
        new GramPass(groups, List.of(new GramPass.Pair(1, 0), new GramPass.Pair(1, 1)));
    assertClose(near.ask(products), rows.ask(products));
    int[] signs = {1, -1, 1, -1, 1, -1};
    ClimbPass climb =
        new ClimbPass(List.of(new ClimbPass.Climb(w, directions, signs, new double[0])));
    assertClose(near.ask(climb).get(0).fit(), rows.ask(climb).get(0).fit());
    assertClose(near.ask(climb).get(0).gradients(), rows.ask(climb).get(0).gradients());
    NetworkPass network = new NetworkPass(List.of(w), List.of(), directions, 0, 4);
    NetworkSums found = near.ask(network);
    NetworkSums all = rows.ask(network);
    // Where w leaves the cone of its pattern, other rows stay on the pattern's side too.
    assertClose(found.sums().squares(), all.sums().squares());
    assertClose(found.sums().products(), all.sums().products());
    assertClose(found.sums().correlations(), all.sums().correlations());
    assertThat(found.slacks()).isEqualTo(all.slacks());
  }

  @ParameterizedTest(name = "{0} rows wanted")
  @ValueSource(ints = {600, N})
  void directionsFarFromAllCentresAreKnownIfAllRowsAre(int wanted) {
    Matrix centres = Matrix.ofRows(Instance.gaussian(random, M, D));
    BorderRows near = near(centres, wanted, RowPasses.MOST_NUMBERS);
    Matrix far = around(random, centres, 0.5);
    int[] signs = {1, 1, 1, 1, 1, 1};
    ClimbPass climb =
        new ClimbPass(
            List.of(new ClimbPass.Climb(network(random, centres), far, signs, new double[0])));
    double[] found = near.ask(climb).get(0).gradients();
    assertClose(found, wanted == N ? rows.ask(climb).get(0).gradients() : new double[M * D]);
  }

  /** Where all scores are zero, all rows are near: what comes back stays within its limit. */
  @ParameterizedTest(name = "{0} rows wanted")
  @ValueSource(ints = {30, 300})
  void rowsThatComeBackAreFew(int wanted) {
    double[][] tied = new double[N][D];
    for (double[] row : tied) {
      row[0] = 1;
    }
    LocalRows all =
        new LocalRows(RowBlock.cut(Matrix.ofRows(tied), new double[N], Matrix.zeros(0, D), 700), 0);
    Matrix centre = Matrix.ofRows(new double[][] {{0, 1, 0, 0, 0}});
    BorderPass.Borders borders = BorderRows.borders(centre, N, all.gram(), wanted);
    GramPass none = new GramPass(List.of(centre), List.of());
    List<RowBlock> near = all.ask(new BorderPass(none, List.of(borders))).near().get(0);
    assertThat(near.stream().mapToInt(RowBlock::rows).sum()).isBetween(wanted, 3 * wanted + 5);
  }
}
