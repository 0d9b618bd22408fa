package org.relupath.spark.study.optimal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MedianTest {
  /** Order statistics of tables (Conover, Practical Nonparametric Statistics, table A3). */
  @ParameterizedTest(name = "of {0}: {1} to {2}")
  @CsvSource({
    "1, 1, 1, 0",
    "2, 1, 2, 0.5",
    "5, 1, 5, 0.9375",
    "6, 1, 6, 0.96875",
    "9, 2, 8, 0.9609375",
    "20, 6, 15, 0.9586",
    "50, 18, 33, 0.9672",
  })
  void anIntervalOfOrderStatistics(int n, double low, double high, double coverage) {
    Median median = Median.of(IntStream.rangeClosed(1, n).mapToDouble(i -> n + 1 - i).toArray());
    assertThat(median.count()).isEqualTo(n);
    assertThat(median.median()).isEqualTo((n + 1) / 2.0);
    assertThat(median.low()).isEqualTo(low);
    assertThat(median.high()).isEqualTo(high);
    assertThat(median.coverage()).isCloseTo(coverage, within(1e-4));
  }

  @Test
  void holdsTheMedianAsOftenAsItSays() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    int held = 0;
    int runs = 20_000;
    double coverage = 0;
    for (int run = 0; run < runs; run++) {
      Median median =
          Median.of(IntStream.range(0, 15).mapToDouble(i -> random.nextDouble()).toArray());
      held += median.low() <= 0.5 && median.high() >= 0.5 ? 1 : 0;
      coverage = median.coverage();
    }
    // Six standard deviations.
    double allowed = 6 * Math.sqrt(coverage * (1 - coverage) / runs);
    assertThat((double) held / runs).as("seed %d", seed).isCloseTo(coverage, within(allowed));
  }
}
