package org.relupath.core.program.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.PatternReader;
import org.relupath.core.gates.arrangement.PatternEnumeration;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.Instance;
import org.relupath.core.reference.ReferenceProjection;

/** Searches of all patterns: what they claim of what they find, and how much they find. */
final class PatternClimbTest {

  static Stream<Arguments> instances() {
    return Stream.of(Instance.Shape.values())
        .flatMap(
            shape ->
                Stream.of(Model.values()).map(model -> Arguments.of(Instance.of(shape, 1), model)));
  }

  private static SearchStarts starts(int d, long seed) {
    return new SearchStarts(seed, 40, 40, Matrix.zeros(0, d), 0, true);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("instances")
  void everyPatternFoundIsThatOfItsGateAndHasItsNorm(Instance instance, Model model) {
    Problem problem = instance.program(model).problem();
    double[] u = problem.y();
    double size = Dense.norm(u) * Dense.norm(problem.x().values());
    List<PatternCandidate> found = PatternClimb.search(problem).search(u, starts(problem.d(), 3));
    PatternReader reader = new PatternReader(problem.x());
    assertThat(found).isNotEmpty();
    for (PatternCandidate pattern : found) {
      assertThat(pattern.bits()).isEqualTo(reader.pattern(pattern.gate()));
      assertThat(pattern.norm()).isCloseTo(norm(instance, model, u, pattern), within(1e-8 * size));
    }
    List<Double> norms = found.stream().map(PatternCandidate::norm).toList();
    List<Double> sorted = new ArrayList<>(norms);
    sorted.sort(Collections.reverseOrder());
    assertThat(norms).isEqualTo(sorted);
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  void aPatternWithoutActiveRowsHasNoNorm(Model model) {
    // u'1 is rounding, so that it is all there is of u'(X w)_+ where w < 0.
    double[] y = {-1.0968827272064914, 1.1979125450816244, -0.10102981787513332};
    Problem problem = new Problem(Matrix.ofRows(new double[][] {{1}, {1}, {1}}), y, model);
    int count = 0;
    for (int seed = 1; seed <= 50; seed++) {
      SearchStarts few = new SearchStarts(seed, 4, 4, Matrix.zeros(0, 1), 0, false);
      for (PatternCandidate found : PatternClimb.search(problem).search(y, few)) {
        boolean active = found.bits()[0] != 0;
        assertThat(active || found.norm() == 0).as("seed " + seed).isTrue();
        count++;
      }
    }
    assertThat(count).isPositive();
  }

  /** Of u of one sign h is nowhere positive with the other: no part of the best is a bar then. */
  @Test
  void ascentsGoOnWhereNoneIsPositive() {
    for (int seed = 1; seed <= 5; seed++) {
      Random random = new Random(seed);
      Matrix x = new Matrix(60, 6, random.doubles(360, -1, 1).toArray());
      double[] u = random.doubles(60, 0.1, 1).toArray();
      double[] starts = random.doubles(48, -1, 1).toArray();
      for (int i = 0; i < 48; i += 6) {
        Vectors.scale(1 / Vectors.norm(starts, i, 6), starts, i, 6);
      }
      double[] all = new HingeAscent(x, u, -1, starts.clone(), 8, 8, true).values();
      double[] some = new HingeAscent(x, u, -1, starts.clone(), 8, 8, false).values();
      assertThat(some).as("seed " + seed).isEqualTo(all);
    }
  }

  /** ||Proj_K(s X' D u)|| by a projection written apart from the solver's. */
  private static double norm(Instance instance, Model model, double[] u, PatternCandidate pattern) {
    double[][] x = instance.x();
    double[] c = new double[x[0].length];
    double[][] a = new double[x.length][];
    for (int r = 0; r < x.length; r++) {
      boolean on = (pattern.bits()[r >> 6] >>> r & 1) != 0;
      a[r] = Dense.times(on ? 1 : -1, x[r]);
      for (int k = 0; k < c.length && on; k++) {
        c[k] += pattern.sign() * u[r] * x[r][k];
      }
    }
    return Dense.norm(model == Model.GATED ? c : ReferenceProjection.lawsonHanson(a, c).v());
  }

  static Stream<Arguments> enumerable() {
    return Stream.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L)
        .flatMap(seed -> Stream.of(Model.values()).map(model -> Arguments.of(seed, model)));
  }

  @ParameterizedTest(name = "seed {0} {1}")
  @MethodSource("enumerable")
  void theBestOfAFewHundredPatternsIsFound(long seed, Model model) {
    Random random = new Random(seed);
    Matrix x = Matrix.ofRows(Instance.gaussian(random, 16, 3));
    double[] u = Instance.gaussian(random, 1, 16)[0];
    Problem problem = new Problem(x, u, model);
    double best =
        new Pricer(new ConvexProgram(problem, PatternEnumeration.of(x, 10_000).patterns()))
            .maxNorm(u);
    double found = PatternClimb.search(problem).search(u, starts(3, seed)).get(0).norm();
    assertThat(found).isCloseTo(best, within(1e-9 * best));
  }

  @ParameterizedTest(name = "seed {0} {1}")
  @MethodSource("enumerable")
  void rowsThatChangeSidesTogetherHideNothing(long seed, Model model) {
    Random random = new Random(seed);
    double[][] rows = new double[18][];
    for (int r = 0; r < rows.length; r++) {
      rows[r] =
          switch (r % 3) {
            case 1 -> rows[r - 1].clone();
            case 2 -> Dense.times(-2, rows[r - 2]);
            default -> Instance.gaussian(random, 1, 3)[0];
          };
    }
    rows[17] = new double[3];
    Matrix x = Matrix.ofRows(rows);
    double[] u = Instance.gaussian(random, 1, rows.length)[0];
    Problem problem = new Problem(x, u, model);
    double best =
        new Pricer(new ConvexProgram(problem, PatternEnumeration.of(x, 10_000).patterns()))
            .maxNorm(u);
    double found = PatternClimb.search(problem).search(u, starts(3, seed)).get(0).norm();
    assertThat(found).isGreaterThan(best * (1 - 1e-9));
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  void nothingIsFoundWhereNothingIsLeft(Model model) {
    Matrix x = Matrix.ofRows(Instance.gaussian(new Random(3), 9, 2));
    Problem problem = new Problem(x, new double[9], model);
    List<PatternCandidate> found = PatternClimb.search(problem).search(new double[9], starts(2, 1));
    assertThat(found).allSatisfy(pattern -> assertThat(pattern.norm()).isZero());
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("instances")
  void whatIsFoundDependsOnTheStartsAlone(Instance instance, Model model) {
    Problem problem = instance.program(model).problem();
    SearchStarts starts = starts(problem.d(), 5);
    List<PatternCandidate> whole = PatternClimb.search(problem).search(problem.y(), starts);
    List<PatternCandidate> parts = new ArrayList<>();
    for (int chunk = starts.chunks() - 1; chunk >= 0; chunk--) {
      parts.addAll(PatternClimb.of(problem).climb(problem.y(), starts, chunk));
    }
    List<PatternCandidate> again = PatternCandidate.best(parts, PatternSearch.MOST);
    assertThat(again).hasSameSizeAs(whole);
    for (int i = 0; i < whole.size(); i++) {
      assertThat(again.get(i).norm()).isEqualTo(whole.get(i).norm());
      assertThat(again.get(i).gate()).isEqualTo(whole.get(i).gate());
    }
  }

  @Test
  void anchorsAreNeuronsOneARay() {
    Matrix x = Matrix.ofRows(new double[][] {{1, 0}, {0, 1}, {-1, -1}});
    Problem problem = new Problem(x, new double[] {1, 2, 3}, Model.RELU);
    List<Block> blocks =
        List.of(new Block(0, 0, 1, new long[] {3}), new Block(1, 1, 1, new long[] {7}));
    BlockWeights weights = new BlockWeights(blocks, 2, new double[] {1, 1, 2, 2});
    SearchStarts starts =
        SearchStarts.around(
            problem.coordinates(), weights, Model.RELU, b -> null, 1, 2, SearchStarts.Effort.FULL);
    assertThat(starts.anchors().rows()).isOne();
    assertThat(starts.count()).isEqualTo(2 + 2 + 4);
    assertThat(starts.start(problem.coordinates(), x, 4))
        .containsExactly(Math.sqrt(0.5), Math.sqrt(0.5));
    for (int i = 0; i < starts.count(); i++) {
      assertThat(Dense.norm(starts.start(problem.coordinates(), x, i))).isCloseTo(1, within(1e-12));
    }
    assertThat(
            Arrays.equals(
                starts.start(problem.coordinates(), x, 0),
                starts.start(problem.coordinates(), x, 1)))
        .isFalse();
  }

  @Test
  void negativeCountsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SearchStarts(1, -1, 0, Matrix.zeros(0, 2), 0, false))
        .withMessageContaining("-1 random");
  }
}
