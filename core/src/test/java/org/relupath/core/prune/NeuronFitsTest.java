package org.relupath.core.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.Patterns;
import org.relupath.core.network.Neurons;
import org.relupath.core.program.Model;
import org.relupath.core.reference.Instance;
import org.relupath.core.solve.Solution;

/** The fits of solved programs, and the networks of their pruning curves. */
class NeuronFitsTest {
  static Stream<Arguments> instances() {
    return Stream.of(
            Instance.Shape.GAUSSIAN,
            Instance.Shape.ONE_HOT,
            Instance.Shape.REPEATED_ROWS,
            Instance.Shape.ZERO_ROWS,
            Instance.Shape.DUPLICATED_COLUMNS,
            Instance.Shape.ONE_ROW,
            Instance.Shape.ONE_COLUMN,
            Instance.Shape.LARGE_TARGETS,
            Instance.Shape.SMALL_TARGETS)
        .flatMap(
            shape ->
                Stream.of(Model.values()).map(model -> Arguments.of(Instance.of(shape, 7), model)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("instances")
  void objectivesAreThoseOfTheNetworks(Instance instance, Model model) {
    double lambda = 0.05 * instance.lambdaMax(model);
    Solution solution = instance.solve(model, lambda, 1e-11);
    NeuronFits fits = NeuronFits.of(instance.program(model).problem(), solution.weights(), lambda);
    ApproximatePruning pruning = new ApproximatePruning(fits);
    Matrix x = Matrix.ofRows(instance.x());
    for (PruningMethod method : PruningMethod.values()) {
      for (Correction correction : Correction.values()) {
        for (PrunedNetwork step : pruning.curve(method, correction, 3).steps()) {
          Neurons network =
              Neurons.of(step.weights(solution.weights()), model, gates(instance, model));
          assertThat(network.width()).isEqualTo(step.width());
          double objective = network.objective(x, instance.y(), lambda);
          assertThat(step.objective()).isCloseTo(objective, within(1e-11 * objective));
          // No network on these rays beats the certified optimum.
          assertThat(step.objective())
              .isGreaterThan(solution.certificate().objective() * (1 - 1e-10));
        }
      }
    }
  }

  /** A gate for every pattern of the program, in the order of its patterns. */
  private static Matrix gates(Instance instance, Model model) {
    Patterns patterns = instance.program(model).patterns();
    int[] rows = IntStream.range(0, patterns.count()).map(patterns::gateId).toArray();
    return Matrix.ofRows(instance.gates()).selectRows(rows);
  }

  @Test
  void refusesBadShapesAndRanges() {
    double[] two = {1, 2};
    double[] one = {1};
    assertThatThrownBy(() -> new NeuronFits(2, two, one, one, 1)).hasMessageContaining("y has 1");
    assertThatThrownBy(() -> new NeuronFits(2, one, one, two, 1))
        .hasMessageContaining("2 values, got 1");
    assertThatThrownBy(() -> new NeuronFits(2, two, one, two, -1))
        .hasMessageContaining("lambda is -1");
    assertThatThrownBy(() -> new NeuronFits(2, two, new double[] {-1}, two, 1))
        .hasMessageContaining("beta 0 is -1");
    assertThatThrownBy(() -> new NeuronFits(2, new double[] {1, Double.NaN}, one, two, 1))
        .hasMessageContaining("fit entry 1 is NaN");
    assertThatThrownBy(() -> new NeuronFits(1, one, one, new double[] {Double.NaN}, 1))
        .hasMessageContaining("y entry 0 is NaN");
  }
}
