package org.relupath.core.path.homotopy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Model;
import org.relupath.core.reference.CsvTable;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.DenseProgram;
import org.relupath.core.reference.Instance;

/** Derivatives against central differences of problems solved again, and against identities. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // optima are solved once for all tests
class SensitivityTest {
  private static final double STEP = 1e-5;

  /** An instance at a part of its lambda_max. */
  record Case(Instance instance, Model model, double ratio) {
    double lambda() {
      return ratio * instance.lambdaMax(model);
    }

    SensitivityAnalysis.Outcome outcome() {
      return PolishedOptimum.outcome(instance, model, lambda());
    }

    /** The optimum of targets y + t dy at a lambda, from that of this case. */
    double[][] moved(Sensitivity here, double t, double[] dy, double lambda) {
      return PolishedOptimum.weights(
          PolishedOptimum.moved(instance, t, dy), model, lambda, here.weights());
    }

    double[] flat(BlockWeights weights) {
      return PolishedOptimum.flat(instance, model, weights);
    }

    @Override
    public String toString() {
      return instance + " " + model + " ratio " + ratio;
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Model model : Model.values()) {
      for (Instance.Shape shape :
          List.of(
              Instance.Shape.GAUSSIAN,
              Instance.Shape.TALL,
              Instance.Shape.SQUARE,
              Instance.Shape.ONE_COLUMN,
              Instance.Shape.DUPLICATED_COLUMNS,
              Instance.Shape.REPEATED_ROWS,
              Instance.Shape.ZERO_ROWS)) {
        long seed = 1L + shape.ordinal() % 2;
        cases.add(new Case(Instance.of(shape, seed), model, seed == 1 ? 0.3 : 0.04));
      }
    }
    return cases.stream();
  }

  static Stream<Case> oracles() {
    List<Case> cases = new ArrayList<>();
    for (String name : List.of("diab-P60-s1", "dig-P50-s3")) {
      double[][] table = CsvTable.read("/oracle/" + name + "/data.csv.gz", true);
      Instance data =
          new Instance(
              name,
              CsvTable.withoutLastColumn(table),
              CsvTable.lastColumn(table),
              CsvTable.read("/oracle/" + name + "/gates.csv", false));
      for (Model model : Model.values()) {
        if (!(name.startsWith("dig") && model == Model.RELU)) { // 4 s a solve
          cases.add(new Case(data, model, 0.13));
        }
      }
    }
    return cases.stream();
  }

  static Stream<Case> all() {
    return Stream.concat(cases(), oracles());
  }

  private final Map<String, SensitivityAnalysis.Outcome> outcomes = new HashMap<>();

  private SensitivityAnalysis.Outcome outcome(Case c) {
    return outcomes.computeIfAbsent(c.toString(), name -> c.outcome());
  }

  private Sensitivity derivative(Case c) {
    return outcome(c).derivative().orElseThrow();
  }

  private static void assertSixDigits(double[] actual, double[] expected) {
    assertThat(Dense.distance(actual, expected)).isLessThan(1e-6 * (1e-9 + Dense.norm(expected)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void alongLambdaIsTheCentralDifference(Case c) {
    Sensitivity derivative = derivative(c);
    double h = STEP * c.lambda();
    double[] difference =
        PolishedOptimum.difference(
            c.moved(derivative, 0, c.instance.y(), c.lambda() + h),
            c.moved(derivative, 0, c.instance.y(), c.lambda() - h));
    assertSixDigits(c.flat(derivative.alongLambda()), Dense.times(1 / (2 * h), difference));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void alongTargetsIsTheCentralDifference(Case c) {
    Sensitivity derivative = derivative(c);
    double[] dy = Instance.gaussian(new Random(5), 1, c.instance.y().length)[0];
    dy = Dense.times(Dense.norm(c.instance.y()) / Dense.norm(dy), dy);
    double[] difference =
        PolishedOptimum.difference(
            c.moved(derivative, STEP, dy, c.lambda()), c.moved(derivative, -STEP, dy, c.lambda()));
    assertSixDigits(c.flat(derivative.alongTargets(dy)), Dense.times(1 / (2 * STEP), difference));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void degreesOfFreedomAreTheDivergenceOfTheFit(Case c) {
    Sensitivity derivative = derivative(c);
    DenseProgram dense = c.instance.dense(c.model);
    double h = STEP * Dense.norm(c.instance.y());
    double divergence = 0;
    for (int r = 0; r < Math.min(5, c.instance.y().length); r++) {
      double[] unit = new double[c.instance.y().length];
      unit[r] = 1;
      double[] up = dense.fit(c.moved(derivative, h, unit, c.lambda()));
      double[] down = dense.fit(c.moved(derivative, -h, unit, c.lambda()));
      double[] own = dense.fit(dense.dense(derivative.alongTargets(unit)));
      assertThat(own[r]).isCloseTo((up[r] - down[r]) / (2 * h), within(2e-6));
    }
    int n = c.instance.y().length;
    // Of the mean, which is taken off and given back, and of the network on what is left.
    double centred = 1;
    for (int r = 0; r < n; r++) {
      double[] unit = new double[n];
      unit[r] = 1;
      divergence += dense.fit(dense.dense(derivative.alongTargets(unit)))[r];
      java.util.Arrays.setAll(unit, i -> unit[i] - 1.0 / n);
      centred += dense.fit(dense.dense(derivative.alongTargets(unit)))[r];
    }
    assertThat(derivative.degreesOfFreedom(false)).isCloseTo(divergence, within(1e-7));
    assertThat(derivative.degreesOfFreedom(true)).isCloseTo(centred, within(1e-7));
  }

  /** w(t y, t lambda) = t w(y, lambda), so lambda dw/dlambda + (dw/dy) y = w. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void scalingLambdaAndTargetsTogetherScalesTheWeights(Case c) {
    Sensitivity derivative = derivative(c);
    double[] sum = c.flat(derivative.alongTargets(c.instance.y()));
    Dense.add(sum, c.lambda(), c.flat(derivative.alongLambda()));
    double[] w = c.flat(derivative.weights());
    assertThat(Dense.distance(sum, w)).isLessThan(1e-9 * Dense.norm(w));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void theJacobianHoldsEveryDirection(Case c) {
    Sensitivity derivative = derivative(c);
    double[] dy = Instance.gaussian(new Random(6), 1, c.instance.y().length)[0];
    double[] expected = derivative.alongTargets(dy).values();
    double[] product = derivative.targetsJacobian().times(dy);
    assertThat(Dense.distance(product, expected)).isLessThan(1e-10 * (1 + Dense.norm(expected)));
  }

  @Test
  void casesCoverNeuronsWithNoneAndWithManyTightRows() {
    List<Conditions> conditions = all().map(c -> outcome(c).conditions().orElseThrow()).toList();
    assertThat(conditions).allMatch(Conditions::hold);
    assertThat(conditions).anyMatch(c -> c.tightRows() == 0 && c.neurons() > 1);
    assertThat(conditions).anyMatch(c -> c.tightRows() >= 4 * c.neurons() && c.neurons() > 1);
  }

  /** A gated program whose blocks have orthonormal columns on rows of their own. */
  @Test
  void orthonormalGroupsHaveTheDegreesOfFreedomOfTheGroupLasso() {
    double[][] x = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {-1, 0, 0}, {0, -1, 0}, {0, 0, -1}};
    double[] y = {3, 1, 2, 0.5, 4, 1};
    // Gates of one sign see the first or the last three rows.
    double[][] gates = {{1, 1, 1}, {-1, -1, -1}};
    double lambda = 1.5;
    Instance instance = new Instance("orthonormal", x, y, gates);
    SensitivityAnalysis.Outcome outcome = PolishedOptimum.outcome(instance, Model.GATED, lambda);
    double expected = 0;
    for (double s : new double[] {Math.sqrt(9 + 1 + 4), Math.sqrt(0.25 + 16 + 1)}) {
      expected += 3 * (1 - lambda / s) + lambda / s;
    }
    assertThat(outcome.derivative().orElseThrow().degreesOfFreedom(false))
        .isCloseTo(expected, within(1e-12));
  }

  @Test
  void blocksOfOneFeatureHaveTheDegreesOfFreedomOfTheLasso() {
    for (Model model : Model.values()) {
      SensitivityAnalysis.Outcome outcome =
          new Case(Instance.of(Instance.Shape.ONE_COLUMN, 1), model, 0.05).outcome();
      int active = outcome.weights().size();
      assertThat(active).isPositive();
      assertThat(outcome.derivative().orElseThrow().degreesOfFreedom(false))
          .isCloseTo(active, within(1e-10));
    }
  }

  @Test
  void aboveLambdaMaxNothingMoves() {
    for (Model model : Model.values()) {
      Case c = new Case(Instance.of(Instance.Shape.GAUSSIAN, 1), model, 1.1);
      Sensitivity derivative = derivative(c);
      assertThat(derivative.degreesOfFreedom(false)).isCloseTo(0, within(1e-15));
      assertThat(derivative.alongLambda().size()).isZero();
      assertThat(derivative.targetsJacobian().rows()).isZero();
    }
  }

  @Test
  void refusesTargetsOfAnotherLength() {
    Case c = new Case(Instance.of(Instance.Shape.GAUSSIAN, 1), Model.RELU, 0.3);
    Sensitivity derivative = derivative(c);
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> derivative.alongTargets(new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dy has 3 entries, expected 24");
  }
}
