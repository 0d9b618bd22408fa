package org.relupath.core.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.core.reference.Dense;

/** Non-negative least squares against the best of all supports. */
class NonNegativeRefitTest {
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void findsTheBestOfAllSupports(long seed) {
    NeuronFits fits = BruteForce.network(10, 7, seed);
    List<Integer> all = List.of(0, 1, 2, 3, 4, 5, 6);
    for (double cost : new double[] {0, 0.4}) {
      double[] beta = solve(fits, fits.beta(), fits.y(), cost);
      double[] best = BruteForce.nonNegative(fits, all, fits.y(), cost);
      assertThat(beta).containsExactly(best, within(1e-10));
      assertThat(best).contains(0.0);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void neuronsLostOnTheWayComeBack(long seed) {
    // From norms that are all wrong: almost all of the mass on the neuron that should carry least.
    NeuronFits fits = BruteForce.network(20, 6, seed);
    double[] wanted = new Random(seed).doubles(6, 0.01, 1).toArray();
    double[] start = {1e3, 1e-3, 1e-3, 1e-3, 1e-3, 1e-3};
    double[] beta = solve(fits, start, BruteForce.fit(fits, wanted), 0);
    assertThat(beta).containsExactly(wanted, within(1e-9));
  }

  @Test
  void dependentFitsReachTheSameValue() {
    NeuronFits single = BruteForce.network(8, 3, 5);
    double[] columns = new double[8 * 6];
    System.arraycopy(single.columns(), 0, columns, 0, 24);
    System.arraycopy(single.columns(), 0, columns, 24, 24);
    NeuronFits twice = new NeuronFits(8, columns, new double[] {1, 1, 1, 1, 1, 1}, single.y(), 0);
    double[] beta = solve(twice, twice.beta(), single.y(), 0.2);
    double[] best = BruteForce.nonNegative(single, List.of(0, 1, 2), single.y(), 0.2);
    assertThat(Arrays.stream(beta)).allMatch(b -> b >= 0);
    assertThat(BruteForce.value(twice, beta, single.y(), 0.2))
        .isCloseTo(BruteForce.value(single, best, single.y(), 0.2), within(1e-13));
  }

  @Test
  void aDeadNeuronStaysWhereItCostsNothingAndGoesWhereItDoes() {
    double[] columns = {1, 2, 0, 0};
    double[] y = {1, 2};
    NeuronFits fits = new NeuronFits(2, columns, new double[] {0.5, 3}, y, 0.1);
    assertThat(solve(fits, fits.beta(), y, 0)).containsExactly(new double[] {1, 3}, within(1e-14));
    assertThat(solve(fits, fits.beta(), y, 0.1))
        .containsExactly(new double[] {(5 - 0.1) / 5, 0}, within(1e-14));
  }

  private static double[] solve(NeuronFits fits, double[] start, double[] target, double cost) {
    NeuronFactor factor = new NeuronFactor(fits);
    for (int b = 0; b < start.length; b++) {
      factor.append(b);
    }
    double[] beta = start.clone();
    new NonNegativeRefit(fits, target, cost).solve(factor, beta);
    assertThat(factor.neurons())
        .containsExactlyInAnyOrder(BruteForce.others(beta, -1).stream().mapToInt(b -> b).toArray());
    // The slopes that optimality asks for.
    double[] residual = Dense.minus(target, BruteForce.fit(fits, beta));
    for (int b = 0; b < beta.length; b++) {
      double slope = Dense.dot(BruteForce.column(fits, b), residual) - cost;
      assertThat(slope).isLessThan(1e-8);
      assertThat(beta[b] * slope).isGreaterThan(-1e-8);
    }
    return beta;
  }
}
