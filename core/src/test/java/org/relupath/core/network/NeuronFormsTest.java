package org.relupath.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.program.Model;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.Instance;

/** One function in different forms: predictions stay, objectives do as the definitions say. */
class NeuronFormsTest {
  private static final double LAMBDA = 0.7;

  static Stream<Arguments> networks() {
    return Stream.of(Model.values())
        .flatMap(model -> LongStream.range(0, 6).mapToObj(seed -> Arguments.of(model, seed)));
  }

  private static Neurons random(Model model, long seed, int width, int d) {
    Random random = new Random(seed);
    Matrix gates =
        model == Model.GATED
            ? Matrix.ofRows(Instance.gaussian(random, width, d))
            : Matrix.zeros(0, 0);
    return new Neurons(
        model,
        Matrix.ofRows(Instance.gaussian(random, width, d)),
        Instance.gaussian(random, 1, width)[0],
        gates);
  }

  private static Matrix points(long seed, int d) {
    return Matrix.ofRows(Instance.gaussian(new Random(seed + 1000), 50, d));
  }

  private static double objective(Neurons neurons, Matrix x) {
    return neurons.objective(x, new double[x.rows()], LAMBDA);
  }

  private static void assertSameFunction(Neurons expected, Neurons actual, Matrix x) {
    double[] f = expected.predict(x);
    assertThat(Dense.distance(actual.predict(x), f)).isLessThan(1e-14 * (1 + Dense.norm(f)) * 10);
  }

  @ParameterizedTest(name = "{0} seed {1}")
  @MethodSource("networks")
  void balancingKeepsTheFunctionAndLowersTheObjectiveToTheLeast(Model model, long seed) {
    Neurons given = random(model, seed, 5, 3);
    given.output()[2] = 0;
    Matrix x = points(seed, 3);
    Neurons balanced = NeuronForms.balanced(given);
    assertSameFunction(given, balanced, x);
    assertThat(objective(balanced, x)).isLessThan(objective(given, x));
    for (int j = 0; j < 5; j++) {
      double length = Dense.norm(balanced.hidden().row(j));
      assertThat(length).isCloseTo(Math.abs(balanced.output()[j]), within(1e-14));
      double product = Dense.norm(given.hidden().row(j)) * Math.abs(given.output()[j]);
      assertThat(length * length).isCloseTo(product, within(1e-13 * (1 + product)));
    }
    Neurons again = NeuronForms.balanced(balanced);
    assertThat(objective(again, x))
        .isCloseTo(objective(balanced, x), within(1e-13 * objective(balanced, x)));
  }

  @ParameterizedTest(name = "{0} seed {1}")
  @MethodSource("networks")
  void splittingKeepsFunctionAndObjectiveBalancedOrNot(Model model, long seed) {
    Neurons given = random(model, seed, 4, 3);
    Matrix x = points(seed, 3);
    for (int j = 0; j < 4; j++) {
      Neurons split = NeuronForms.split(given, j, new double[] {0.2, 0, 0.5, 0.3});
      assertThat(split.width()).isEqualTo(7);
      assertSameFunction(given, split, x);
      assertThat(objective(split, x))
          .isCloseTo(objective(given, x), within(1e-13 * objective(given, x)));
    }
  }

  @ParameterizedTest(name = "{0} seed {1}")
  @MethodSource("networks")
  void mergingUndoesSplittingAndLeavesTheObjectiveOfBalancedNeurons(Model model, long seed) {
    Neurons balanced = NeuronForms.balanced(random(model, seed, 4, 3));
    Matrix x = points(seed, 3);
    Neurons split = NeuronForms.split(balanced, 1, new double[] {0.25, 0.75});
    split = NeuronForms.split(split, 4, new double[] {0.5, 0.1, 0.4});
    split = NeuronForms.permuted(split, new int[] {6, 2, 0, 4, 5, 1, 3});
    assertSameFunction(balanced, split, x);
    Neurons merged = NeuronForms.merged(split, 1e-7);
    assertThat(merged.width()).isEqualTo(4);
    assertSameFunction(balanced, merged, x);
    assertThat(objective(merged, x))
        .isCloseTo(objective(balanced, x), within(1e-13 * objective(balanced, x)));
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  void mergingTakesOnlyWhatIsOneNeuron(Model model) {
    Matrix hidden =
        Matrix.ofRows(new double[][] {{1, 2}, {2, 4}, {1, 2}, {-1, -2}, {1, 2.1}, {0, 0}, {3, 6}});
    double[] output = {1, 3, -1, -1, 1, 5, 0};
    Matrix same =
        Matrix.ofRows(new double[][] {{1, 0}, {1, 0}, {1, 0}, {1, 0}, {1, 0}, {1, 0}, {1, 0}});
    Matrix gates = model == Model.GATED ? same : Matrix.zeros(0, 0);
    Neurons given = new Neurons(model, hidden, output, gates);
    Neurons merged = NeuronForms.merged(given, 1e-7);
    // relu: {0, 1}, {2}, {3}, {4}; gated, by the direction of a W: {0, 1, 3}, {2}, {4}.
    assertThat(merged.width()).isEqualTo(model == Model.RELU ? 4 : 3);
    Matrix x = points(0, 2);
    assertSameFunction(given, merged, x);
    assertThat(objective(merged, x)).isLessThan(objective(given, x));
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  void gatedNeuronsOfDifferentGatesStayApart(Model model) {
    Matrix hidden = Matrix.ofRows(new double[][] {{1, 2}, {1, 2}});
    Matrix gates =
        model == Model.GATED ? Matrix.ofRows(new double[][] {{1, 0}, {0, 1}}) : Matrix.zeros(0, 0);
    Neurons merged =
        NeuronForms.merged(new Neurons(model, hidden, new double[] {1, 1}, gates), 1e-7);
    assertThat(merged.width()).isEqualTo(model == Model.GATED ? 2 : 1);
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  void refusesWhatIsNoForm(Model model) {
    Neurons given = random(model, 1, 3, 2);
    assertThatThrownBy(() -> NeuronForms.split(given, 3, new double[] {1}))
        .hasMessageContaining("neuron 3 of 3");
    assertThatThrownBy(() -> NeuronForms.split(given, 0, new double[] {0.5, 0.4}))
        .hasMessageContaining("sum to 0.9");
    assertThatThrownBy(() -> NeuronForms.split(given, 0, new double[] {-0.5, 1.5}))
        .hasMessageContaining("-0.5");
    assertThatThrownBy(() -> NeuronForms.permuted(given, new int[] {0, 1, 1}))
        .hasMessageContaining("no permutation");
    assertThatThrownBy(() -> NeuronForms.permuted(given, new int[] {0, 1}))
        .hasMessageContaining("no permutation");
  }
}
