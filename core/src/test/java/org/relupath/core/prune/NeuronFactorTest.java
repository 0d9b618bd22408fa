package org.relupath.core.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.core.reference.Dense;

/** The factorisation after comings and goings against elimination on the neurons it should hold. */
class NeuronFactorTest {
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void answersAsLeastSquaresDoes(long seed) {
    NeuronFits fits = BruteForce.network(14, 9, seed);
    NeuronFactor factor = new NeuronFactor(fits);
    Random random = new Random(seed);
    List<Integer> held = new ArrayList<>();
    for (int move = 0; move < 40; move++) {
      int b = random.nextInt(9);
      if (held.contains(b)) {
        held.remove((Object) b);
        factor.remove(b);
      } else {
        held.add(b);
        factor.append(b);
      }
      check(fits, factor, held);
    }
  }

  private static void check(NeuronFits fits, NeuronFactor factor, List<Integer> held) {
    assertThat(factor.neurons())
        .containsExactlyInAnyOrder(held.stream().mapToInt(b -> b).toArray());
    assertThat(factor.solve(fits.y(), 0.7))
        .containsExactly(BruteForce.leastSquares(fits, held, fits.y(), 0.7), within(1e-11));
    for (int b : held) {
      List<Integer> others = new ArrayList<>(held);
      others.remove((Object) b);
      double[] own = BruteForce.column(fits, b);
      double[] nearest = BruteForce.leastSquares(fits, others, own, 0);
      double distance = Dense.distance(own, BruteForce.fit(fits, nearest));
      assertThat(factor.distance(b)).isCloseTo(distance, within(1e-12));
      double[] z = Dense.times(-1, nearest);
      z[b] = 1;
      assertThat(factor.dependency(b)).containsExactly(z, within(1e-11));
    }
  }

  @Test
  void aCopyChangesOnItsOwn() {
    NeuronFits fits = BruteForce.network(6, 4, 8);
    NeuronFactor factor = new NeuronFactor(fits);
    List.of(0, 1, 2, 3).forEach(factor::append);
    double[] before = factor.solve(fits.y(), 0);
    factor.copy().remove(1);
    assertThat(factor.solve(fits.y(), 0)).containsExactly(before);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void dependentFitsMoveAlongTheirDependencyWithoutChangingTheSum(long seed) {
    // Rank 4, nine neurons on six rows, the last of them dead.
    NeuronFits basis = BruteForce.network(6, 4, seed);
    double[] mix = new Random(seed).doubles(4 * 8, -1, 1).toArray();
    double[] columns = new double[6 * 9];
    for (int b = 0; b < 8; b++) {
      for (int i = 0; i < 4; i++) {
        for (int r = 0; r < 6; r++) {
          columns[b * 6 + r] += mix[b * 4 + i] * basis.columns()[i * 6 + r];
        }
      }
    }
    double[] ones = {1, 1, 1, 1, 1, 1, 1, 1, 1};
    NeuronFits fits = new NeuronFits(6, columns, ones, basis.y(), 0.1);
    NeuronFactor factor = new NeuronFactor(fits);
    for (int b = 0; b < 9; b++) {
      factor.append(b);
    }
    for (int b = 0; b < 9; b++) {
      assertThat(factor.distance(b)).isLessThan(1e-8);
      double[] z = factor.dependency(b);
      assertThat(Dense.norm(BruteForce.fit(fits, z))).isLessThan(1e-13 * Dense.norm(z));
    }
    for (int b = 8; b > 3; b--) {
      factor.remove(b);
    }
    check(fits, factor, List.of(0, 1, 2, 3));
  }

  @Test
  void refusesToRemoveANeuronThatItDoesNotHold() {
    NeuronFactor factor = new NeuronFactor(BruteForce.network(3, 2, 1));
    assertThatThrownBy(() -> factor.remove(1)).hasMessageContaining("neuron 1");
  }
}
