package org.relupath.core.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.program.Model;
import org.relupath.core.program.pricing.Certificate;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.DenseProgram;
import org.relupath.core.reference.Instance;
import org.relupath.core.reference.Instance.Shape;

/** Changes of the data that change the optimum exactly as the mathematics says. */
class IdentitiesTest {
  private static final double TOLERANCE = 1e-11;

  record Case(Instance instance, Model model) {
    @Override
    public String toString() {
      return instance + " " + model;
    }

    double lambda() {
      return 0.07 * instance.lambdaMax(model);
    }

    Solution solve(double lambda) {
      Solution solution = instance.solve(model, lambda, TOLERANCE);
      assertThat(solution.status()).isEqualTo(Status.OPTIMAL);
      return solution;
    }

    Case with(double[][] x, double[] y, double[][] gates) {
      return new Case(new Instance(instance.name(), x, y, gates), model);
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
            Shape.GAUSSIAN, Shape.WIDE, Shape.ONE_HOT, Shape.CONSTANT_COLUMN, Shape.ZERO_ROWS)
        .flatMap(shape -> LongStream.range(20, 22).mapToObj(seed -> Instance.of(shape, seed)))
        .flatMap(instance -> Stream.of(Model.values()).map(model -> new Case(instance, model)));
  }

  /** Both objectives and both bounds, the changed ones divided by {@code factor}. */
  private static void assertSameOptimum(Solution expected, Solution changed, double factor) {
    double optimum = expected.certificate().objective();
    Certificate proof = changed.certificate();
    assertThat(proof.objective() / factor).isCloseTo(optimum, within(3 * TOLERANCE * optimum));
    assertThat(proof.dualObjective() / factor).isCloseTo(optimum, within(3 * TOLERANCE * optimum));
    assertThat(proof.maxConeViolation()).isLessThanOrEqualTo(1e-10);
  }

  private static double[][] map(double[][] rows, UnaryOperator<double[]> change) {
    return Arrays.stream(rows).map(change).toArray(double[][]::new);
  }

  private static double[][] concat(double[][] a, double[][] b) {
    return Stream.of(a, b).flatMap(Arrays::stream).toArray(double[][]::new);
  }

  private static int[] permutation(int n) {
    List<Integer> order =
        IntStream.range(0, n).boxed().collect(java.util.stream.Collectors.toList());
    Collections.shuffle(order, new Random(n));
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  private static double[][] permuted(double[][] rows) {
    return Arrays.stream(permutation(rows.length)).mapToObj(r -> rows[r]).toArray(double[][]::new);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void rowsMayComeInAnyOrder(Case c) {
    Instance i = c.instance;
    int[] order = permutation(i.x().length);
    double[] y = Arrays.stream(order).mapToDouble(r -> i.y()[r]).toArray();
    Case changed = c.with(permuted(i.x()), y, i.gates());
    double lambda = c.lambda();
    assertThat(changed.instance.lambdaMax(c.model))
        .isCloseTo(i.lambdaMax(c.model), within(1e-12 * lambda / 0.07));
    Solution expected = c.solve(lambda);
    Solution solution = changed.solve(lambda);
    assertSameOptimum(expected, solution, 1);
    assertSameFit(c, expected, order, changed, solution);
  }

  /** Fits lie within sqrt(2 (F - F*)) of the unique optimal one. */
  private static void assertSameFit(
      Case c, Solution expected, int[] order, Case changed, Solution solution) {
    DenseProgram before = c.instance.dense(c.model);
    DenseProgram after = changed.instance.dense(c.model);
    double[] fit = before.fit(before.dense(expected.weights()));
    double[] reordered = Arrays.stream(order).mapToDouble(r -> fit[r]).toArray();
    double radius = Math.sqrt(2 * TOLERANCE * expected.certificate().objective());
    assertThat(Dense.distance(after.fit(after.dense(solution.weights())), reordered))
        .isLessThan(2.01 * radius);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void gatesMayComeInAnyOrder(Case c) {
    Instance i = c.instance;
    double lambda = c.lambda();
    Case changed = c.with(i.x(), i.y(), permuted(i.gates()));
    assertSameOptimum(c.solve(lambda), changed.solve(lambda), 1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void gatesThatAreCopiesOrMultiplesChangeNothing(Case c) {
    Instance i = c.instance;
    double lambda = c.lambda();
    double[][] gates = concat(i.gates(), map(i.gates(), gate -> Dense.times(8, gate)));
    Case changed = c.with(i.x(), i.y(), gates);
    assertThat(changed.instance.program(c.model).patterns().count())
        .isEqualTo(i.program(c.model).patterns().count());
    Solution expected = c.solve(lambda);
    Solution solution = changed.solve(lambda);
    assertThat(solution.weights().values()).containsExactly(expected.weights().values());
    assertThat(solution.certificate()).isEqualTo(expected.certificate());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void moreGatesNeverHurt(Case c) {
    Instance i = c.instance;
    double lambda = c.lambda();
    double[][] fewer = Arrays.copyOf(i.gates(), i.gates().length / 2);
    double few = c.with(i.x(), i.y(), fewer).solve(lambda).certificate().objective();
    assertThat(c.solve(lambda).certificate().dualObjective())
        .isLessThanOrEqualTo(few * (1 + 1e-12));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void scalesOfFeaturesAndTargetsCarryOver(Case c) {
    Instance i = c.instance;
    double lambda = c.lambda();
    Solution expected = c.solve(lambda);
    // (a X, b y, a b lambda) has the optimum b^2 F, whatever the sizes.
    for (double[] scale : new double[][] {{3, 5}, {1e-6, 1e5}, {1e6, 1e-5}, {1e-9, 1e-9}}) {
      double a = scale[0];
      double b = scale[1];
      Case changed =
          c.with(map(i.x(), row -> Dense.times(a, row)), Dense.times(b, i.y()), i.gates());
      assertSameOptimum(expected, changed.solve(a * b * lambda), b * b);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void flippedTargetsFlipTheSigns(Case c) {
    Instance i = c.instance;
    double lambda = c.lambda();
    Case changed = c.with(i.x(), Dense.times(-1, i.y()), i.gates());
    Solution expected = c.solve(lambda);
    Solution solution = changed.solve(lambda);
    assertSameOptimum(expected, solution, 1);
    DenseProgram dense = i.dense(c.model);
    double[] flipped = Dense.times(-1, dense.fit(dense.dense(solution.weights())));
    double[] fit = dense.fit(dense.dense(expected.weights()));
    assertThat(Dense.distance(flipped, fit))
        .isLessThan(2.01 * Math.sqrt(2 * TOLERANCE * expected.certificate().objective()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void rowsTwiceAreLambdaTwice(Case c) {
    Instance i = c.instance;
    double lambda = c.lambda();
    double[] y = Arrays.copyOf(i.y(), 2 * i.y().length);
    System.arraycopy(i.y(), 0, y, i.y().length, i.y().length);
    Case changed = c.with(concat(i.x(), i.x()), y, i.gates());
    assertSameOptimum(c.solve(lambda), changed.solve(2 * lambda), 2);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void turnedFeaturesWithTurnedGatesAreTheSame(Case c) {
    Instance i = c.instance;
    double lambda = c.lambda();
    double[] axis = Instance.gaussian(new Random(9), 1, i.x()[0].length)[0];
    UnaryOperator<double[]> mirror =
        row -> {
          double[] image = row.clone();
          Dense.add(image, -2 * Dense.dot(axis, row) / Dense.dot(axis, axis), axis);
          return image;
        };
    // Rounding may not move a row across a gate: the patterns are those of gates off every row.
    double[][] gates =
        Arrays.stream(i.gates())
            .filter(gate -> Arrays.stream(i.x()).noneMatch(row -> near(row, gate)))
            .toArray(double[][]::new);
    Case kept = c.with(i.x(), i.y(), gates);
    Case changed = c.with(map(i.x(), mirror), i.y(), map(gates, mirror));
    assertSameOptimum(kept.solve(lambda), changed.solve(lambda), 1);
  }

  private static boolean near(double[] row, double[] gate) {
    double size = Dense.norm(row) * Dense.norm(gate);
    return size > 0 && Math.abs(Dense.dot(row, gate)) < 1e-9 * size;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void rowsOfZerosAddTheirTargetsOnly(Case c) {
    Instance i = c.instance;
    double lambda = c.lambda();
    double[] y = Arrays.copyOf(i.y(), i.y().length + 2);
    y[y.length - 1] = 3;
    Case changed = c.with(concat(i.x(), new double[2][i.x()[0].length]), y, i.gates());
    Certificate expected = c.solve(lambda).certificate();
    Certificate proof = changed.solve(lambda).certificate();
    double optimum = expected.objective() + 4.5;
    assertThat(proof.objective()).isCloseTo(optimum, within(3 * TOLERANCE * optimum));
    assertThat(proof.dualObjective()).isCloseTo(optimum, within(3 * TOLERANCE * optimum));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void gatedBlocksAreFreerThanConesOfTheSamePatterns(Case c) {
    double lambda = c.lambda();
    Certificate relu = c.instance.solve(Model.RELU, lambda, TOLERANCE).certificate();
    Certificate gated = c.instance.solve(Model.GATED, lambda, TOLERANCE).certificate();
    assertThat(gated.dualObjective()).isLessThanOrEqualTo(relu.objective() * (1 + 1e-12));
  }
}
