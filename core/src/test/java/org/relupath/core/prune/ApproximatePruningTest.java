package org.relupath.core.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.core.reference.Dense;

/** Single removals against brute force, and what mathematics says of whole curves. */
class ApproximatePruningTest {
  private static final double ROUNDING = 1e-10;

  static Stream<Arguments> everyWay() {
    return Stream.of(PruningMethod.values())
        .flatMap(
            method ->
                Stream.of(Correction.values()).map(correction -> Arguments.of(method, correction)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("everyWay")
  void goesFromTheNetworkDownToNothing(PruningMethod method, Correction correction) {
    NeuronFits fits = BruteForce.network(12, 7, 3);
    List<PrunedNetwork> steps = new ApproximatePruning(fits).curve(method, correction, 1).steps();
    assertThat(steps.get(0).width()).isEqualTo(7);
    assertThat(steps.get(0).beta()).containsExactly(fits.beta());
    assertThat(steps.get(0).removed()).isEmpty();
    Set<Integer> gone = new HashSet<>();
    for (PrunedNetwork step : steps) {
      assertThat(step.removed()).allMatch(gone::add);
      assertThat(step.width()).isEqualTo(7 - gone.size());
      for (int b = 0; b < 7; b++) {
        assertThat(step.beta()[b] == 0).isEqualTo(gone.contains(b));
        assertThat(step.beta()[b]).isNotNegative();
      }
      double objective = BruteForce.value(fits, step.beta(), fits.y(), fits.lambda());
      assertThat(step.objective()).isCloseTo(objective, within(1e-12 * objective));
      double loss = BruteForce.value(fits, step.beta(), fits.y(), 0);
      assertThat(step.loss()).isCloseTo(loss, within(1e-12 * loss));
      double[] yhat = BruteForce.fit(fits, fits.beta());
      assertThat(step.fitError())
          .isCloseTo(Dense.distance(BruteForce.fit(fits, step.beta()), yhat), within(1e-12));
    }
    assertThat(gone).hasSize(7);
    assertThat(steps.get(steps.size() - 1).objective())
        .isCloseTo(0.5 * Dense.dot(fits.y(), fits.y()), within(1e-13));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("everyWay")
  void theSameSeedGivesTheSameBytes(PruningMethod method, Correction correction) {
    NeuronFits fits = BruteForce.network(12, 7, 4);
    List<PrunedNetwork> once = new ApproximatePruning(fits).curve(method, correction, 5).steps();
    ApproximatePruning pruning = new ApproximatePruning(fits);
    pruning.curve(PruningMethod.RESIDUAL, Correction.OBJECTIVE, 1);
    List<PrunedNetwork> again = pruning.curve(method, correction, 5).steps();
    assertThat(again).hasSameSizeAs(once);
    for (int i = 0; i < once.size(); i++) {
      assertThat(again.get(i).beta()).containsExactly(once.get(i).beta());
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void choosesTheSmallestScore(long seed) {
    NeuronFits fits = BruteForce.network(12, 6, seed);
    double[] beta = fits.beta();
    assertThat(first(fits, PruningMethod.MAGNITUDE)).isEqualTo(smallest(b -> beta[b]));
    assertThat(first(fits, PruningMethod.ACTIVATION))
        .isEqualTo(smallest(b -> beta[b] * Dense.norm(BruteForce.column(fits, b))));
    assertThat(first(fits, PruningMethod.GRADIENT))
        .isEqualTo(smallest(b -> Math.abs(lossSlope(fits, b))));
    assertThat(first(fits, PruningMethod.RESIDUAL))
        .isEqualTo(smallest(b -> BruteForce.residual(fits, beta, b)));
  }

  private static int smallest(ToDoubleFunction<Integer> score) {
    return Stream.of(0, 1, 2, 3, 4, 5)
        .min((a, b) -> Double.compare(score.applyAsDouble(a), score.applyAsDouble(b)))
        .orElseThrow();
  }

  /** The change of the loss as w_b shrinks, by central differences (exact for a quadratic). */
  private static double lossSlope(NeuronFits fits, int b) {
    double[] more = fits.beta().clone();
    double[] less = fits.beta().clone();
    more[b] *= 1.01;
    less[b] *= 0.99;
    return (BruteForce.value(fits, more, fits.y(), 0) - BruteForce.value(fits, less, fits.y(), 0))
        / 0.02;
  }

  private static int first(NeuronFits fits, PruningMethod method) {
    return new ApproximatePruning(fits)
        .curve(method, Correction.NONE, 1)
        .steps()
        .get(1)
        .removed()
        .get(0);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void refitsAreTheBestOnTheNeuronsLeft(long seed) {
    NeuronFits fits = BruteForce.network(12, 6, seed);
    double[] yhat = BruteForce.fit(fits, fits.beta());
    for (PruningMethod method : PruningMethod.values()) {
      double[] before = fits.beta();
      for (PrunedNetwork step : steps(fits, method, Correction.FIT)) {
        if (!step.removed().isEmpty()) {
          List<Integer> left = BruteForce.others(before, step.removed().get(0));
          double[] best = BruteForce.nonNegative(fits, left, yhat, 0);
          assertThat(step.beta()).containsExactly(best, within(ROUNDING));
        }
        before = step.beta();
      }
      before = fits.beta();
      for (PrunedNetwork step : steps(fits, method, Correction.OBJECTIVE)) {
        if (!step.removed().isEmpty()) {
          List<Integer> left = BruteForce.others(before, step.removed().get(0));
          double[] best = BruteForce.nonNegative(fits, left, fits.y(), fits.lambda());
          assertThat(step.beta()).containsExactly(best, within(ROUNDING));
        }
        before = step.beta();
      }
    }
  }

  /** The published correction, written out on fits f_i = beta_i m_i. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void dependenciesAreFollowedAsPublished(long seed) {
    NeuronFits fits = BruteForce.network(12, 6, seed);
    double[] before = fits.beta();
    for (PrunedNetwork step : steps(fits, PruningMethod.MAGNITUDE, Correction.DEPENDENCY)) {
      if (step.width() > 0 && !step.removed().isEmpty()) {
        assertThat(step.beta()).containsExactly(published(fits, before), within(ROUNDING));
      }
      before = step.beta();
    }
  }

  private static double[] published(NeuronFits fits, double[] beta) {
    List<Integer> active = BruteForce.others(beta, -1);
    int chosen = active.get(0);
    for (int b : active) {
      chosen = beta[b] < beta[chosen] ? b : chosen;
    }
    double[] own = Dense.times(beta[chosen], BruteForce.column(fits, chosen));
    double[] c = BruteForce.leastSquares(fits, BruteForce.others(beta, chosen), own, 0);
    for (int b : active) {
      c[b] /= beta[b];
    }
    c[chosen] = -1;
    int largest = chosen;
    for (int b : active) {
      largest = Math.abs(c[b]) > Math.abs(c[largest]) ? b : largest;
    }
    double[] after = new double[beta.length];
    for (int b : active) {
      after[b] = b == largest ? 0 : beta[b] * (1 - c[b] / c[largest]);
    }
    return after;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theSmallestResidualIsTheBestSingleRemoval(long seed) {
    NeuronFits fits = BruteForce.network(12, 6, seed);
    PrunedNetwork before = null;
    for (PrunedNetwork step : steps(fits, PruningMethod.RESIDUAL, Correction.DEPENDENCY)) {
      if (before != null) {
        double[] fit = BruteForce.fit(fits, before.beta());
        double best = Double.POSITIVE_INFINITY;
        for (int b : BruteForce.others(before.beta(), -1)) {
          List<Integer> others = BruteForce.others(before.beta(), b);
          double[] refit = BruteForce.nonNegative(fits, others, fit, 0);
          best = Math.min(best, Dense.distance(fit, BruteForce.fit(fits, refit)));
        }
        assertThat(step.removed()).hasSize(1);
        assertThat(Dense.distance(fit, BruteForce.fit(fits, step.beta())))
            .isCloseTo(best, within(1e-12));
      }
      before = step;
    }
  }

  /** From an optimum the three corrections of the residual method are one. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void correctionsOfTheResidualMethodAgreeFromAnOptimum(long seed) {
    NeuronFits some = BruteForce.network(30, 8, seed);
    NeuronFits fits = optimal(some);
    List<PrunedNetwork> dependency = steps(fits, PruningMethod.RESIDUAL, Correction.DEPENDENCY);
    for (Correction correction : List.of(Correction.FIT, Correction.OBJECTIVE)) {
      List<PrunedNetwork> refit = steps(fits, PruningMethod.RESIDUAL, correction);
      assertThat(refit).hasSameSizeAs(dependency);
      for (int i = 0; i < refit.size(); i++) {
        assertThat(refit.get(i).removed()).isEqualTo(dependency.get(i).removed());
        assertThat(refit.get(i).beta()).containsExactly(dependency.get(i).beta(), within(ROUNDING));
      }
    }
  }

  /** These neurons at the minimum of F; those that are zero there remain as such. */
  private static NeuronFits optimal(NeuronFits fits) {
    NeuronFactor factor = new NeuronFactor(fits);
    for (int b = 0; b < fits.size(); b++) {
      factor.append(b);
    }
    double[] beta = fits.beta().clone();
    new NonNegativeRefit(fits, fits.y(), fits.lambda()).solve(factor, beta);
    return new NeuronFits(fits.n(), fits.columns(), beta, fits.y(), fits.lambda());
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(PruningMethod.class)
  void errorsGrowAsNeuronsGo(PruningMethod method) {
    for (long seed = 1; seed <= 6; seed++) {
      NeuronFits fits = optimal(BruteForce.network(30, 10, seed));
      double last = 0;
      for (PrunedNetwork step : steps(fits, method, Correction.FIT)) {
        assertThat(step.fitError()).as("fit, seed %d", seed).isGreaterThan(last - 1e-12);
        last = step.fitError();
      }
      last = 0;
      for (PrunedNetwork step : steps(fits, method, Correction.OBJECTIVE)) {
        assertThat(step.objective()).as("objective, seed %d", seed).isGreaterThan(last - 1e-12);
        last = step.objective();
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(PruningMethod.class)
  void aCorrectionLosesNoMoreThanNone(PruningMethod method) {
    for (long seed = 1; seed <= 6; seed++) {
      NeuronFits fits = optimal(BruteForce.network(30, 10, seed));
      PrunedNetwork none = steps(fits, method, Correction.NONE).get(1);
      PrunedNetwork dependency = steps(fits, method, Correction.DEPENDENCY).get(1);
      PrunedNetwork fit = steps(fits, method, Correction.FIT).get(1);
      PrunedNetwork objective = steps(fits, method, Correction.OBJECTIVE).get(1);
      assertThat(dependency.fitError()).isLessThan(none.fitError() + 1e-12);
      assertThat(fit.fitError()).isLessThan(none.fitError() + 1e-12);
      assertThat(objective.objective()).isLessThan(none.objective() + 1e-12);
      assertThat(objective.objective()).isLessThan(fit.objective() + 1e-12);
    }
  }

  @Test
  void gradientsAtAnOptimumChooseByMagnitude() {
    for (long seed = 1; seed <= 6; seed++) {
      NeuronFits fits = optimal(BruteForce.network(30, 10, seed));
      assertThat(first(fits, PruningMethod.GRADIENT))
          .isEqualTo(first(fits, PruningMethod.MAGNITUDE));
    }
  }

  @ParameterizedTest(name = "{0}, rank {1}")
  @CsvSource({"DEPENDENCY,4", "FIT,4", "DEPENDENCY,1", "FIT,1", "DEPENDENCY,6", "FIT,6"})
  void dependentNeuronsGoForNothing(Correction correction, int rank) {
    NeuronFits basis = BruteForce.network(6, rank, 9);
    NeuronFits mixture = BruteForce.network(rank, 11, 10);
    double[] columns = new double[6 * 11];
    for (int b = 0; b < 11; b++) {
      double[] mixed = BruteForce.fit(basis, BruteForce.column(mixture, b));
      System.arraycopy(mixed, 0, columns, b * 6, 6);
    }
    NeuronFits fits = new NeuronFits(6, columns, mixture.beta(), basis.y(), 0.1);
    List<PrunedNetwork> steps = steps(fits, PruningMethod.RESIDUAL, correction);
    for (PrunedNetwork step : steps) {
      if (step.width() >= rank) {
        assertThat(step.fitError()).isLessThan(1e-12);
      } else {
        assertThat(step.fitError()).isGreaterThan(1e-3);
      }
    }
    assertThat(steps).anyMatch(step -> step.width() == rank);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("everyWay")
  void copesWithNoNeuronOneNeuronDeadOnesAndTwins(PruningMethod method, Correction correction) {
    double[] y = {1, -1, 2};
    NeuronFits none = new NeuronFits(3, new double[0], new double[0], y, 0.1);
    assertThat(steps(none, method, correction)).hasSize(1);
    NeuronFits one = new NeuronFits(3, new double[] {1, 0, 1}, new double[] {2}, y, 0.1);
    assertThat(steps(one, method, correction)).hasSize(2);
    NeuronFits absent = new NeuronFits(3, new double[] {1, 0, 1}, new double[] {0}, y, 0.1);
    assertThat(steps(absent, method, correction)).hasSize(1);
    double[] odd = {0, 0, 0, 1, 0, 1, 1, 0, 1, 0, 0, 0, 0, 1, 2};
    NeuronFits zoo = new NeuronFits(3, odd, new double[] {1, 1, 1, 0.5, 0.2}, y, 0.1);
    List<PrunedNetwork> steps = steps(zoo, method, correction);
    assertThat(steps.get(steps.size() - 1).width()).isZero();
    assertThat(steps).allSatisfy(step -> assertThat(step.objective()).isFinite());
  }

  @Test
  void aSeedIsFollowedAndEveryNeuronHasItsChance() {
    NeuronFits fits = BruteForce.network(8, 5, 2);
    ApproximatePruning pruning = new ApproximatePruning(fits);
    int[] count = new int[5];
    for (long seed = 0; seed < 500; seed++) {
      PruningCurve curve = pruning.curve(PruningMethod.RANDOM, Correction.NONE, seed);
      count[curve.steps().get(1).removed().get(0)]++;
    }
    // 100 expected, a standard deviation of 9.
    assertThat(Arrays.stream(count)).allMatch(c -> c > 60 && c < 140);
  }

  @Test
  void aCurveIsReadByWidth() {
    PruningCurve curve =
        new ApproximatePruning(BruteForce.network(8, 5, 2))
            .curve(PruningMethod.MAGNITUDE, Correction.NONE, 1);
    assertThat(curve.within(3).width()).isEqualTo(3);
    assertThat(curve.within(99).width()).isEqualTo(5);
    assertThat(curve.within(0).width()).isZero();
    assertThatThrownBy(() -> curve.within(-1)).hasMessageContaining("width -1");
  }

  private static List<PrunedNetwork> steps(
      NeuronFits fits, PruningMethod method, Correction correction) {
    return new ApproximatePruning(fits).curve(method, correction, 1).steps();
  }
}
