package org.relupath.spark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.GateSampler;
import org.relupath.core.gates.Patterns;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.rows.ClimbPass;
import org.relupath.core.program.rows.GramPass;
import org.relupath.core.program.rows.LocalRows;
import org.relupath.core.program.rows.NearRows;
import org.relupath.core.program.rows.NetworkPass;
import org.relupath.core.program.rows.NetworkSums;
import org.relupath.core.program.rows.PatternPass;
import org.relupath.core.program.rows.RowBlock;
import org.relupath.core.program.rows.RowSample;
import org.relupath.core.program.rows.RowSums;
import org.relupath.core.program.rows.RowWeights;
import org.relupath.spark.SharedSpark;

/** Sums from executors are those of one machine to the last bit, whatever the partitions. */
@ExtendWith(SharedSpark.class)
class ExecutorRowsTest {
  private static final int N = 1290;
  private static final int SIZE = 100;
  private static final int D = 4;

  private final Matrix x = Matrix.zeros(N, D);
  private final double[] y = new double[N];
  private final Matrix gates;

  ExecutorRowsTest() {
    SplittableRandom random = new SplittableRandom(8);
    for (int r = 0; r < N; r++) {
      for (int k = 0; k < D; k++) {
        x.values()[r * D + k] = random.nextDouble(-1, 1);
      }
      y[r] = Math.abs(x.get(r, 0)) + random.nextDouble();
    }
    GateSampler sampler = new GateSampler(GateSampler.Distribution.GAUSSIAN, 2, D, false);
    // Gate 20 has the pattern of gate 3, and gate 21 that of gate 5.
    int[] drawn = new int[30];
    java.util.Arrays.setAll(drawn, b -> b == 20 ? 3 : b == 21 ? 5 : b);
    gates = sampler.sample(30).selectRows(drawn);
  }

  private List<RowBlock> blocks() {
    return RowBlock.cut(x, y, gates, SIZE);
  }

  private ExecutorRows.Distinct keep(SparkSession session, int slices, long seed) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    List<RowBlock> blocks = new java.util.ArrayList<>(blocks());
    Collections.shuffle(blocks, new Random(seed));
    ExecutorRows.Shape shape = new ExecutorRows.Shape(N, blocks.size(), SIZE, D, 30, 0.5);
    return ExecutorRows.keep(spark, spark.parallelize(blocks, slices), shape);
  }

  @Test
  void sumsAreThoseOfOneMachineToTheLastBit(SparkSession session) {
    Patterns patterns = Patterns.of(x, gates);
    int[] ids = new int[patterns.count()];
    java.util.Arrays.setAll(ids, patterns::gateId);
    List<BlockWeights> weights =
        List.of(
            BlockWeights.zero(D),
            RowWeights.of(new int[] {3, 17}, D, new double[] {1, 2, 3, 4, -1, 0, 2, 1}));
    LocalRows local = new LocalRows(blocks().stream().map(b -> b.select(ids)).toList(), 0.5);
    RowSums expected = local.sums(weights);
    RowSample sample = new RowSample(N, local.gram(), 200, 3);
    for (int slices : new int[] {1, 4, 40}) {
      ExecutorRows.Distinct found = keep(session, slices, slices);
      assertThat(found.gateIds()).isEqualTo(ids).hasSizeLessThan(29);
      try (ExecutorRows rows = found.rows()) {
        assertThat(rows.gates()).isEqualTo(ids.length);
        RowSums sums = rows.sums(weights);
        assertThat(sums.correlations()).isEqualTo(expected.correlations());
        assertThat(sums.squares()).isEqualTo(expected.squares());
        assertThat(sums.products()).isEqualTo(expected.products());
        assertThat(sums.agreeing()).isEqualTo(expected.agreeing());
        assertThat(rows.gram()).isEqualTo(local.gram());
        assertThat(rows.draw(sample).x()).isEqualTo(local.draw(sample).x());
      }
    }
  }

  /** Whatever is asked, answers are those of one machine to the last bit. */
  @Test
  void answersAreThoseOfOneMachineToTheLastBit(SparkSession session) {
    LocalRows local = new LocalRows(blocks(), 0.5);
    BlockWeights network =
        new BlockWeights(
            List.of(RowWeights.block(3, 1, 30), RowWeights.block(17, -1, 30)),
            D,
            new double[] {1, 2, 3, 4, -1, 0, 2, 1});
    NetworkPass networks =
        new NetworkPass(
            List.of(network, BlockWeights.zero(D)),
            List.of(new NetworkPass.Probe(5, new double[] {1, -1, 1, -1})),
            gates,
            0.5,
            7);
    ClimbPass climb =
        new ClimbPass(
            List.of(
                new ClimbPass.Climb(
                    network,
                    gates.selectRows(new int[] {1, 2}),
                    new int[] {1, -1},
                    new double[] {1, 2})));
    GramPass gram =
        new GramPass(
            List.of(gates.selectRows(new int[] {4, 6, 9}), gates.selectRows(new int[] {11})),
            List.of(new GramPass.Pair(0, 0), new GramPass.Pair(1, 0)));
    PatternPass patterns = new PatternPass(gates, 9);
    NetworkSums expected = local.ask(networks);
    PatternPass.Answer found = local.ask(patterns);
    for (int slices : new int[] {1, 4, 40}) {
      try (ExecutorRows rows = keep(session, slices, slices).rows()) {
        NetworkSums sums = rows.ask(networks);
        assertThat(sums.sums().correlations()).isEqualTo(expected.sums().correlations());
        assertThat(sums.sums().squares()).isEqualTo(expected.sums().squares());
        assertThat(sums.positive()).isEqualTo(expected.positive());
        assertThat(sums.slacks()).isEqualTo(expected.slacks());
        for (int j = 0; j < 3; j++) {
          assertThat(sums.violated().get(j).rows()).isNotEmpty();
          assertSame(sums.violated().get(j), expected.violated().get(j));
        }
        ClimbPass.Sums climbed = rows.ask(climb).get(0);
        ClimbPass.Sums same = local.ask(climb).get(0);
        assertThat(climbed.fit()).isEqualTo(same.fit());
        assertThat(climbed.gradients()).isEqualTo(same.gradients());
        assertThat(climbed.borders()).isEqualTo(same.borders());
        assertThat(rows.ask(gram)).isEqualTo(local.ask(gram));
        PatternPass.Answer here = rows.ask(patterns);
        assertThat(here.targets()).isEqualTo(found.targets());
        assertThat(here.digest().distinct()).isEqualTo(found.digest().distinct());
        for (int b = 0; b < 30; b++) {
          assertSame(here.near().get(b), found.near().get(b));
        }
      }
    }
  }

  /** Rows are equal by slack and number; their normals are compared apart. */
  private static void assertSame(NearRows here, NearRows there) {
    assertThat(here.rows()).isEqualTo(there.rows());
    assertThat(normals(here)).isDeepEqualTo(normals(there));
  }

  private static double[][] normals(NearRows near) {
    return near.rows().stream().map(NearRows.Row::normal).toArray(double[][]::new);
  }
}
