package org.relupath.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.program.Model;

class NeuronActivityTest {
  private static final Offset<Double> CLOSE = within(1e-12);

  private static Network network(double[] hidden, double[] bias, double[] output) {
    Preprocessing scaled =
        new Preprocessing(new double[] {0, 0}, new double[] {1, 10}, true, 0, new double[0]);
    int k = output.length;
    return new Network(
        Model.RELU,
        List.of("a", "b"),
        new Matrix(k, 2, hidden),
        bias,
        output,
        0.5,
        new double[0],
        Matrix.zeros(0, 0),
        new double[0],
        scaled);
  }

  @Test
  void twoNeuronsByHand() {
    Network network =
        network(new double[] {1, 0, 0, -1}, new double[] {0, 0}, new double[] {2, -3});
    // Terms: (2, 0, 4, 0) and (0, -3, 0, 0).
    Matrix x = new Matrix(4, 2, new double[] {1, 0, 0, -1, 2, 5, -1, 0});
    NeuronActivity once = NeuronActivity.of(network, x, new double[0]);
    assertThat(once.active()).containsExactly(0.5, 0.25);
    assertThat(once.size()).containsExactly(1.5, 0.75);
    // Scores less their bias are (2, -3, 4, 0), of variance 6.6875.
    assertThat(once.variance()[0]).isCloseTo(3.875 / 6.6875, CLOSE);
    assertThat(once.variance()[1]).isCloseTo(2.8125 / 6.6875, CLOSE);
    NeuronActivity weighed = NeuronActivity.of(network, x, new double[] {1, 1, 2, 0});
    assertThat(weighed.active()).containsExactly(0.75, 0.25);
    assertThat(weighed.size()).containsExactly(2.5, 0.75);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void sharesOfTheVarianceSumToOne(long seed) {
    Random random = new Random(seed);
    double[] hidden = random.doubles(10, -1, 1).toArray();
    Network network =
        network(hidden, random.doubles(5, -1, 1).toArray(), random.doubles(5, -1, 1).toArray());
    Matrix x = new Matrix(30, 2, random.doubles(60, -2, 2).toArray());
    NeuronActivity activity = NeuronActivity.of(network, x, random.doubles(30, 0, 2).toArray());
    assertThat(Arrays.stream(activity.variance()).sum()).as("seed " + seed).isCloseTo(1, CLOSE);
  }

  @Test
  void aConstantHasNoShares() {
    Network none = network(new double[] {0, 0}, new double[] {1}, new double[] {1});
    NeuronActivity activity =
        NeuronActivity.of(none, new Matrix(2, 2, new double[] {1, 2, 3, 4}), new double[0]);
    assertThat(activity.active()).containsExactly(1.0);
    assertThat(activity.variance()).containsExactly(0.0);
  }

  /** Weights are in columns of equal spread, and count with the output. */
  @Test
  void weightsByColumn() {
    Network network =
        network(new double[] {1, -2, 0.5, 0}, new double[] {0, 0}, new double[] {2, -3});
    FeatureWeights weights = new FeatureWeights(network);
    assertThat(weights.names()).containsExactly("a", "b");
    assertThat(weights.of(0)).containsExactly(2, -40);
    assertThat(weights.of(1)).containsExactly(1.5, 0);
    assertThat(weights.use()).containsExactly(3.5, 40);
    assertThat(weights.adds(0)).isTrue();
    assertThat(weights.adds(1)).isFalse();
  }
}
