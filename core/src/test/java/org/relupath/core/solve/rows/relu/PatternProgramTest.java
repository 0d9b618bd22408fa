package org.relupath.core.solve.rows.relu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.program.Block;
import org.relupath.core.program.Model;
import org.relupath.core.program.rows.LocalRows;
import org.relupath.core.program.rows.NetworkPass;
import org.relupath.core.program.rows.RowBlock;
import org.relupath.core.program.rows.RowWeights;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.DenseProgram;
import org.relupath.core.reference.Instance;
import org.relupath.core.solve.rows.RecordingRows;

/** What a driver works on, pass by pass, against the definitions. */
class PatternProgramTest {

  private static Instance gaussian(int n, int d, int gates, long seed) {
    Random random = new Random(seed);
    double[][] x = Instance.gaussian(random, n, d);
    double[] y = Instance.gaussian(random, 1, n)[0];
    String name = n + " x " + d + ", " + gates + " gates, seed " + seed;
    return new Instance(name, x, y, Instance.gaussian(random, gates, d));
  }

  private static RecordingRows rows(Instance data) {
    Matrix none = Matrix.zeros(0, data.x()[0].length);
    return new RecordingRows(
        new LocalRows(RowBlock.cut(Matrix.ofRows(data.x()), data.y().clone(), none, 64), 0));
  }

  private static PatternProgram program(Instance data) {
    return program(data, rows(data));
  }

  private static PatternProgram program(Instance data, RecordingRows rows) {
    PatternTable table = new PatternTable(rows, data.gates().length);
    table.add(Matrix.ofRows(data.gates()));
    assertThat(table.count()).isEqualTo(data.gates().length);
    return new PatternProgram(rows, table, 0, rows.gram());
  }

  /** First all of sign +1. */
  private static List<Block> blocks(Instance data) {
    List<Block> blocks = new ArrayList<>();
    for (int sign : new int[] {1, -1}) {
      for (int p = 0; p < data.gates().length; p++) {
        blocks.add(RowWeights.block(p, sign, data.gates().length));
      }
    }
    return blocks;
  }

  /** H has eight thousand rows: eight blocks of a thousand columns, of whatever patterns. */
  @Test
  void workingSetsHoldNoMoreBlocksThanThereIsRoomFor() {
    Instance data = gaussian(30, 1000, 6, 1);
    PatternProgram program = program(data);
    assertThat(program.room()).isEqualTo(8);
    ConePoint point = new ConePoint(1, program.zero(1));
    assertThat(program.join(point, blocks(data))).isTrue();
    assertThat(point.members()).containsExactlyElementsOf(blocks(data).subList(0, 8));
    assertThat(program.join(point, blocks(data))).isFalse();
  }

  /**
   * Before their rows are known many blocks seem larger than they are. Lambdas ask about the same
   * ones in one pass, and only those that are above lambda join, of them all.
   */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void blocksJoinForWhatTheyAreNotForWhatTheySeem(long seed) {
    Instance data = gaussian(300, 10, 40, seed);
    PatternProgram program = program(data);
    DenseProgram dense = data.dense(Model.RELU);
    double[] norms = dense.norms(data.y());
    List<ConePoint> points = new ArrayList<>();
    int seeming = 0;
    for (double ratio : new double[] {0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1}) {
      double lambda = ratio * dense.lambdaMax();
      NetworkEvaluation zero = program.zero(lambda);
      for (int b = 0; b < norms.length; b++) {
        seeming += zero.norms()[b] > lambda && norms[b] <= lambda ? 1 : 0;
      }
      points.add(new ConePoint(lambda, zero));
    }
    assertThat(seeming).isPositive();
    int passes = program.passes();
    while (program.evaluate(points, () -> false)) {
      assertThat(program.passes() - passes).isLessThan(30);
    }
    for (ConePoint point : points) {
      List<Block> larger = new ArrayList<>(blocks(data));
      larger.removeIf(block -> norms[block.id()] <= point.lambda());
      assertThat(point.members()).as(data.name()).containsExactlyInAnyOrderElementsOf(larger);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void lambdaMaxIsTheLargestNorm(long seed) {
    Instance data = gaussian(400, 4, 40, seed);
    double top = data.dense(Model.RELU).lambdaMax();
    PatternProgram program = program(data);
    int passes = program.passes();
    double bound = program.lambdaMax(() -> true);
    assertThat(program.passes()).isEqualTo(passes);
    assertThat(bound).isGreaterThan(top * (1 - 1e-9));
    assertThat(program.lambdaMax(() -> false)).isCloseTo(top, within(1e-9 * top));
  }

  /** What a limit has kept from being summed up is still missing, and comes when it is wanted. */
  @Test
  void productsThatALimitHasCutShortAreSummedUpLater() {
    Instance data = gaussian(200, 4, 6, 3);
    PatternProgram program = program(data);
    double lambda = 0.05 * program.lambdaMax(() -> false);
    ConePoint point = new ConePoint(lambda, program.zero(lambda));
    ConePoint other = new ConePoint(lambda, program.zero(lambda));
    program.join(point, blocks(data).stream().filter(b -> b.pattern() < 3).toList());
    program.join(other, blocks(data));
    assertThat(program.solve(point, 1e-9, () -> true)).isFalse();
    assertThat(point.candidate().size()).isZero();
    assertThat(program.solve(point, 1e-9, () -> false)).isTrue();
    assertThat(point.candidate().size()).isPositive();
    assertThat(program.solve(other, 1e-9, () -> true)).isFalse();
    int passes = program.passes();
    assertThat(program.solve(point, 1e-9, () -> true)).isTrue();
    assertThat(program.passes()).isEqualTo(passes);
    assertThat(program.solve(other, 1e-9, () -> false)).isTrue();
    assertThat(program.passes()).isEqualTo(passes + 1);
  }

  /**
   * A direction of a thousand columns brings two million numbers back: of twelve that may be the
   * largest a pass asks about the eight largest, and no other is needed, as the first one stands.
   */
  @Test
  void lambdaMaxAsksAboutTheLargestFirstAndNoMoreThanAPassCanTell() {
    Instance data = gaussian(30, 1000, 6, 2);
    RecordingRows rows = rows(data);
    PatternProgram program = program(data, rows);
    int before = rows.asked(NetworkPass.class).size();
    double top = data.dense(Model.RELU).lambdaMax();
    assertThat(program.lambdaMax(() -> false)).isCloseTo(top, within(1e-9 * top));
    List<NetworkPass> passes = rows.asked(NetworkPass.class).subList(before, before + 1);
    assertThat(rows.asked(NetworkPass.class)).hasSize(before + 1);
    assertThat(passes.get(0).probes()).hasSize(8);
    assertThat(Dense.norm(passes.get(0).probes().get(0).direction()))
        .isCloseTo(top, within(1e-9 * top));
  }

  @Test
  void whatComesBackFromAPassIsLimited() {
    for (int d : new int[] {1, 10, 100, 1000}) {
      for (int patterns : new int[] {1, 100, 10_000}) {
        long probes = PatternProgram.probes(patterns, d);
        assertThat(probes).isBetween(1L, 4000L);
        assertThat(probes == 1 || (long) patterns * d + probes * 2 * d * d <= 1L << 24).isTrue();
      }
    }
    assertThat(PatternProgram.probes(1000, 10)).isEqualTo(4000);
    assertThat(PatternProgram.probes(1000, 100)).isEqualTo(833);
  }
}
