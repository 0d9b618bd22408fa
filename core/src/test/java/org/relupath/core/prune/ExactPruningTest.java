package org.relupath.core.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.optimalset.polytope.BasisEnumeration;
import org.relupath.core.optimalset.polytope.Polytope;
import org.relupath.core.optimalset.polytope.PolytopeCase;
import org.relupath.core.optimalset.polytope.PolytopeInput;

class ExactPruningTest {
  private static final double EXACT = 1e-12;

  static Stream<PolytopeCase> cases() {
    return PolytopeCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void endsAtAVertexWhateverTheObjective(PolytopeCase c) {
    Polytope polytope = c.polytope();
    List<double[]> vertices = c.bases().vertices();
    Random random = new Random(9);
    for (int i = 0; i < 10; i++) {
      double[] objective = new double[polytope.size()];
      if (i > 0) {
        Arrays.setAll(objective, b -> random.nextGaussian());
      }
      double[] start = i % 2 == 0 ? polytope.center() : c.anchor();
      ExactPruning.Result result = ExactPruning.of(polytope.input().at(start), objective);
      double[] beta = result.vertex().beta();
      assertThat(vertices).anySatisfy(vertex -> assertThat(near(vertex, beta, polytope)).isTrue());
      assertThat(result.minimal()).isTrue();
      assertThat(c.violation(beta)).isLessThan(EXACT);
      assertThat(result.vertex().support())
          .isEqualTo(IntStream.range(0, beta.length).filter(b -> beta[b] > 0).toArray());
      assertThat(result.steps()).hasSize(BasisEnumeration.width(start) - result.vertex().width());
    }
  }

  private static boolean near(double[] vertex, double[] beta, Polytope polytope) {
    return IntStream.range(0, beta.length)
        .allMatch(b -> Math.abs(vertex[b] - beta[b]) <= 1e-9 * polytope.center()[b]);
  }

  /** 497 neurons whose fits have rank 253 and a constant sum of weights: 244 steps. */
  @Test
  void hundredsOfStepsKeepFitAndSum() {
    int n = 300;
    int m = 497;
    int rank = 253;
    Random random = new Random(21);
    double[] columns = new double[n * m];
    double[][] left = gaussian(random, rank, n);
    for (int b = 0; b < m; b++) {
      double[] weights = random.doubles(rank, -1, 1).toArray();
      weights[0] = 1;
      for (int j = 0; j < rank; j++) {
        for (int r = 0; r < n; r++) {
          columns[r + b * n] += left[j][r] * weights[j];
        }
      }
    }
    double[] beta = random.doubles(m, 0, 1).toArray();
    ExactPruning.Result result = ExactPruning.of(n, columns, beta, 1e-12);
    assertThat(result.steps()).hasSize(m - rank);
    assertThat(result.minimal()).isTrue();
    assertThat(result.vertex().width()).isEqualTo(rank);
    assertThat(result.steps())
        .allSatisfy(
            step -> {
              assertThat(step.fitChange()).isLessThan(EXACT);
              assertThat(step.sumChange()).isLessThan(EXACT);
            });
    assertThat(result.fitChange()).isLessThan(EXACT);
    assertThat(result.sumChange()).isLessThan(EXACT);
  }

  @Test
  void nothingIsPrunedFromIndependentFitsAndFromNothing() {
    double[] independent = {1, 0, 0, 1};
    assertThat(ExactPruning.of(2, independent, new double[] {1, 2}, 0).steps()).isEmpty();
    ExactPruning.Result none = ExactPruning.of(2, new double[0], new double[0], 0);
    assertThat(none.vertex().width()).isZero();
    assertThat(none.minimal()).isTrue();
    ExactPruning.Result zero = ExactPruning.of(2, independent, new double[2], 0);
    assertThat(zero.vertex().beta()).containsExactly(0, 0);
    assertThat(zero.fitChange()).isZero();
  }

  @Test
  void refusesShapesAndNumbers() {
    assertThatThrownBy(() -> ExactPruning.of(2, new double[3], new double[2], 0))
        .hasMessageContaining("M has 3 entries, expected 2 x 2");
    assertThatThrownBy(() -> ExactPruning.of(1, new double[2], new double[] {1, -1}, 0))
        .hasMessageContaining("entry 1 is -1.0");
    PolytopeInput one = new PolytopeInput(1, new double[1], List.of(), new double[1], 0);
    assertThatThrownBy(() -> ExactPruning.of(one, new double[2]))
        .hasMessageContaining("the objective has 2 entries, expected 1");
  }

  private static double[][] gaussian(Random random, int rows, int columns) {
    double[][] numbers = new double[rows][columns];
    for (double[] row : numbers) {
      Arrays.setAll(row, b -> random.nextGaussian());
    }
    return numbers;
  }
}
