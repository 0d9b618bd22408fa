package org.relupath.core.program.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.Instance;

/** What rows answer about C-ReLU, against the definitions row by row. */
class RowQuestionsTest {

  static Stream<RowCase> cases() {
    return Stream.of(
        RowCase.of(300, 5, 19, 1),
        RowCase.of(1500, 3, 24, 2),
        RowCase.of(40, 11, 7, 3),
        RowCase.of(1, 1, 1, 4),
        RowCase.of(257, 1, 9, 5));
  }

  /** Rows without gates, in blocks; the last row is zero where there are several. */
  private static LocalRows rows(RowCase data, int size) {
    zero(data);
    Matrix none = Matrix.zeros(0, data.x()[0].length);
    return new LocalRows(RowBlock.cut(data.matrix(), data.y().clone(), none, size), 0);
  }

  private static void zero(RowCase data) {
    if (data.x().length > 1) {
      java.util.Arrays.fill(data.x()[data.x().length - 1], 0);
    }
  }

  /** Random neurons, not in their cones. */
  private static BlockWeights neurons(RowCase data, int count, long seed) {
    Random random = new Random(seed);
    int patterns = data.gates().length;
    int d = data.x()[0].length;
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < Math.min(count, patterns); i++) {
      blocks.add(RowWeights.block(i, random.nextBoolean() ? 1 : -1, patterns));
    }
    double[] w = new double[blocks.size() * d];
    for (int i = 0; i < w.length; i++) {
      w[i] = random.nextGaussian();
    }
    return new BlockWeights(blocks, d, w);
  }

  private static double[] residual(RowCase data, BlockWeights weights) {
    double[] u = data.y().clone();
    for (int r = 0; r < u.length; r++) {
      for (int i = 0; i < weights.size(); i++) {
        double score = Dense.dot(data.x()[r], weights.weights(i));
        u[r] -= weights.blocks().get(i).sign() * Math.max(0, score);
      }
    }
    return u;
  }

  private static boolean active(RowCase data, int gate, int r) {
    return Dense.dot(data.x()[r], data.gates()[gate]) >= 0;
  }

  /** (A_b w)_r / (||x_r|| ||w||); infinite for a zero row. */
  private static double slack(RowCase data, int gate, double[] w, int r) {
    double length = Dense.norm(data.x()[r]) * Dense.norm(w);
    double side = active(data, gate, r) ? 1 : -1;
    return length > 0 ? side * Dense.dot(data.x()[r], w) / length : Double.POSITIVE_INFINITY;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void networksAreEvaluatedAsDefined(RowCase data) {
    int d = data.x()[0].length;
    int n = data.x().length;
    for (int size : new int[] {RowBlock.ROWS, 37}) {
      LocalRows rows = rows(data, size);
      List<BlockWeights> networks =
          List.of(neurons(data, 3, 1), BlockWeights.zero(d), neurons(data, 6, 2));
      double[] probe = new double[d];
      probe[0] = -1;
      NetworkPass pass =
          new NetworkPass(
              networks,
              List.of(new NetworkPass.Probe(0, probe)),
              Matrix.ofRows(data.gates()),
              0.1,
              4);
      NetworkSums sums = rows.ask(pass);
      int direction = 0;
      for (int l = 0; l < networks.size(); l++) {
        double[] u = residual(data, networks.get(l));
        double uu = Dense.dot(u, u);
        double positive =
            IntStream.range(0, n).mapToDouble(r -> Math.max(0, u[r])).map(v -> v * v).sum();
        assertThat(sums.sums().squares()[l]).isCloseTo(uu, within(1e-10 * uu));
        assertThat(sums.positive()[l]).isCloseTo(positive, within(1e-10 * uu));
        assertThat(sums.sums().products()[l])
            .isCloseTo(Dense.dot(u, data.y()), within(1e-10 * (uu + n)));
        long agreeing =
            IntStream.range(0, n)
                .filter(r -> (data.y()[r] - u[r] + 0.1 >= 0) == (data.y()[r] + 0.1 >= 0))
                .count();
        assertThat(sums.sums().agreeing()[l]).isEqualTo(agreeing);
        for (int b = 0; b < data.gates().length; b++) {
          double[] c = new double[d];
          for (int r = 0; r < n; r++) {
            Dense.add(c, active(data, b, r) ? u[r] : 0, data.x()[r]);
          }
          double[] found =
              java.util.Arrays.copyOfRange(sums.sums().correlations(l), b * d, (b + 1) * d);
          assertThat(Dense.distance(found, c)).isLessThan(1e-10 * Math.sqrt(uu * n * d));
        }
        BlockWeights own = networks.get(l).compact();
        for (int i = 0; i < own.size(); i++, direction++) {
          check(data, own.blocks().get(i).pattern(), own.weights(i), sums, direction, 4);
        }
      }
      check(data, 0, probe, sums, direction, 4);
      assertThat(sums.slacks()).hasSize(direction + 1);
    }
  }

  /** The rows named are the worst, worst first, with normals that point into the cone. */
  private static void check(
      RowCase data, int gate, double[] w, NetworkSums sums, int direction, int most) {
    List<Integer> worst =
        IntStream.range(0, data.x().length)
            .boxed()
            .filter(r -> slack(data, gate, w, r) < NetworkPass.VIOLATED)
            .sorted(java.util.Comparator.comparingDouble(r -> slack(data, gate, w, r)))
            .limit(most)
            .toList();
    List<NearRows.Row> named = sums.violated().get(direction).rows();
    // d = 1 has two normals at most, and rows that share one are named once.
    if (w.length > 1) {
      assertThat(named.stream().map(row -> (int) row.number()).toList()).isEqualTo(worst);
    } else {
      assertThat(named.isEmpty()).isEqualTo(worst.isEmpty());
    }
    double least =
        IntStream.range(0, data.x().length)
            .mapToDouble(r -> slack(data, gate, w, r))
            .min()
            .orElse(0);
    assertThat(sums.slacks()[direction]).isCloseTo(least, within(1e-13));
    for (NearRows.Row row : named) {
      double own = Dense.dot(row.normal(), w) / Dense.norm(w);
      assertThat(own).isCloseTo(row.slack(), within(1e-13));
      assertThat(Dense.norm(row.normal())).isCloseTo(1, within(1e-13));
      assertThat(Dense.dot(row.normal(), data.gates()[gate])).isGreaterThanOrEqualTo(-1e-13);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void gradientsAreThoseOfTheHingeSums(RowCase data) {
    int d = data.x()[0].length;
    Random random = new Random(4);
    double[][] directions = Instance.gaussian(random, 5, d);
    int[] signs = {1, -1, 1, 1, -1};
    BlockWeights network = neurons(data, 3, 5);
    BlockWeights zero = BlockWeights.zero(d);
    for (int size : new int[] {RowBlock.ROWS, 37}) {
      LocalRows rows = rows(data, size);
      double[] widths = {0.1, 1, 10, 0.5, 0.02};
      ClimbPass.Climb bare =
          new ClimbPass.Climb(zero, Matrix.ofRows(directions), signs, new double[0]);
      ClimbPass.Climb climb =
          new ClimbPass.Climb(network, Matrix.ofRows(directions), signs, widths);
      List<ClimbPass.Sums> both = rows.ask(new ClimbPass(List.of(bare, climb)));
      assertThat(both.get(0).borders()).isEmpty();
      assertThat(both.get(0).square()).isCloseTo(both.get(0).product(), within(0.0));
      assertThat(both.get(0).square())
          .isCloseTo(Dense.dot(data.y(), data.y()), within(1e-11 * both.get(0).square()));
      double[] found = both.get(1).gradients();
      double[] u = residual(data, network);
      double length = Dense.norm(u) * Dense.norm(data.y());
      assertThat(both.get(1).square()).isCloseTo(Dense.dot(u, u), within(1e-11 * length));
      assertThat(both.get(1).product()).isCloseTo(Dense.dot(data.y(), u), within(1e-11 * length));
      for (int j = 0; j < signs.length; j++) {
        double[] expected = new double[d];
        double value = 0;
        double[] border = new double[d * d];
        for (int r = 0; r < u.length; r++) {
          double score = Dense.dot(data.x()[r], directions[j]);
          Dense.add(expected, score >= 0 ? signs[j] * u[r] : 0, data.x()[r]);
          value += signs[j] * u[r] * Math.max(0, score);
          double weight = Math.abs(score) < widths[j] ? signs[j] * u[r] / (2 * widths[j]) : 0;
          for (int k = 0; k < d * d; k++) {
            border[k] += weight * data.x()[r][k / d] * data.x()[r][k % d];
          }
        }
        double[] turning =
            java.util.Arrays.copyOfRange(both.get(1).borders(), j * d * d, (j + 1) * d * d);
        assertThat(Dense.distance(turning, border))
            .isLessThan(1e-11 * (1 + Dense.norm(border) + Dense.norm(u) * d / widths[j]));
        double[] own = java.util.Arrays.copyOfRange(found, j * d, (j + 1) * d);
        double scale = Dense.norm(u) * Math.sqrt(u.length * d);
        assertThat(Dense.distance(own, expected)).isLessThan(1e-11 * scale);
        assertThat(Dense.dot(own, directions[j])).isCloseTo(value, within(1e-10 * scale));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void patternsBecomeKnownWithTheirNearestRows(RowCase data) {
    int d = data.x()[0].length;
    for (int size : new int[] {RowBlock.ROWS, 37}) {
      LocalRows rows = rows(data, size);
      PatternPass.Answer found = rows.ask(new PatternPass(Matrix.ofRows(data.gates()), 3));
      for (int b = 0; b < data.gates().length; b++) {
        double[] gate = data.gates()[b];
        int own = b;
        double[] targets = new double[d];
        for (int r = 0; r < data.x().length; r++) {
          Dense.add(targets, active(data, b, r) ? data.y()[r] : 0, data.x()[r]);
        }
        assertThat(
                Dense.distance(
                    java.util.Arrays.copyOfRange(found.targets(), b * d, b * d + d), targets))
            .isLessThan(1e-10 * Dense.norm(data.y()) * Math.sqrt(data.x().length * d));
        List<Integer> nearest =
            IntStream.range(0, data.x().length)
                .boxed()
                .filter(r -> Dense.norm(data.x()[r]) > 0)
                .sorted(java.util.Comparator.comparingDouble(r -> slack(data, own, gate, r)))
                .limit(3)
                .toList();
        List<NearRows.Row> named = found.near().get(b).rows();
        if (d > 1) {
          assertThat(named.stream().map(row -> (int) row.number()).toList()).isEqualTo(nearest);
        }
        assertThat(named).allMatch(row -> Dense.dot(row.normal(), gate) >= -1e-15);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void productsOfPatternsAreThoseOfTheirRows(RowCase data) {
    int d = data.x()[0].length;
    Matrix gates = Matrix.ofRows(data.gates());
    int half = Math.min(3, gates.rows());
    int[] last = IntStream.range(Math.max(0, gates.rows() - 4), gates.rows()).toArray();
    int[] first = IntStream.range(0, half).toArray();
    List<Matrix> groups = List.of(gates.selectRows(first), gates.selectRows(last));
    List<GramPass.Pair> pairs = List.of(new GramPass.Pair(0, 0), new GramPass.Pair(1, 0));
    for (int size : new int[] {RowBlock.ROWS, 37}) {
      double[] found = rows(data, size).ask(new GramPass(groups, pairs));
      for (int p = 0; p < 2; p++) {
        int[] one = p == 0 ? first : last;
        for (int a = 0; a < one.length; a++) {
          for (int b = 0; b < half; b++) {
            double[][] product = new double[d][d];
            for (int r = 0; r < data.x().length; r++) {
              boolean both = active(data, one[a], r) && active(data, first[b], r);
              for (int i = 0; both && i < d; i++) {
                Dense.add(product[i], data.x()[r][i], data.x()[r]);
              }
            }
            int at = (16 * p + 4 * a + b) * d * d;
            for (int i = 0; i < d * d; i++) {
              assertThat(found[at + i])
                  .isCloseTo(product[i % d][i / d], within(1e-11 * data.x().length));
            }
          }
        }
      }
    }
  }

  /** Which rows are kept depends neither on the order nor on where lists are joined. */
  @Test
  void nearRowsAreTheSameHoweverTheyCome() {
    Random random = new Random(9);
    double[][] x = Instance.gaussian(random, 60, 2);
    for (int r = 30; r < 60; r++) {
      x[r] = x[r % 7].clone();
    }
    double[] flat = Matrix.ofRows(x).values();
    List<Integer> order = new ArrayList<>(IntStream.range(0, 60).boxed().toList());
    List<List<Long>> kept = new ArrayList<>();
    for (int round = 0; round < 20; round++) {
      Collections.shuffle(order, random);
      NearRows[] parts = {new NearRows(12), new NearRows(12), new NearRows(12)};
      for (int r : order) {
        double length = Dense.norm(x[r]);
        double slack = Math.round(4 * x[r][0] / length) / 4.0;
        parts[r % 3].offer(r, slack, flat, r, 2, 1, length);
      }
      NearRows all = parts[round % 3].add(parts[(round + 1) % 3]).add(parts[(round + 2) % 3]);
      kept.add(all.rows().stream().map(NearRows.Row::number).toList());
      assertThat(all.rows()).hasSize(12).isSorted();
      assertThat(all.rows().stream().map(row -> java.util.Arrays.toString(row.normal())))
          .doesNotHaveDuplicates();
    }
    assertThat(kept).allMatch(kept.get(0)::equals);
  }

  @Test
  void directionsOfPatternsThatAreNotThereAreRefused() {
    RowCase data = RowCase.of(10, 2, 3, 1);
    NetworkPass pass =
        new NetworkPass(
            List.of(BlockWeights.zero(2)),
            List.of(new NetworkPass.Probe(3, new double[] {1, 0})),
            Matrix.ofRows(data.gates()),
            0,
            1);
    assertThatThrownBy(() -> rows(data, 5).ask(pass))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("direction of pattern 3, expected below 3");
    assertThatThrownBy(() -> climb(new int[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 signs, expected one for each of 2 directions");
    assertThatThrownBy(() -> climb(new int[] {1, 1}, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 widths, expected none or one for each of 2 signs");
  }

  private static ClimbPass.Climb climb(int[] signs, double... widths) {
    return new ClimbPass.Climb(BlockWeights.zero(2), Matrix.zeros(2, 2), signs, widths);
  }
}
