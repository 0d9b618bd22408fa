package org.relupath.core.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SelectionTest {

  static LongStream seeds() {
    return LongStream.range(0, 30);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void findsEveryOrderStatisticTiesIncluded(long seed) {
    Random random = new Random(seed);
    double[] numbers = new double[1 + random.nextInt(40)];
    int distinct = 1 + random.nextInt(50);
    Arrays.setAll(numbers, i -> random.nextInt(distinct) - 10);
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    for (int k = 1; k <= numbers.length; k++) {
      double[] work = numbers.clone();
      assertThat(Selection.smallest(work, k)).as("k = %d", k).isEqualTo(sorted[k - 1]);
      Arrays.sort(work);
      assertThat(work).as("the same numbers, reordered").containsExactly(sorted);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void takesSortedReversedAndInfiniteNumbers(long seed) {
    Random random = new Random(seed);
    double[] sorted = random.doubles(25).sorted().toArray();
    sorted[0] = Double.NEGATIVE_INFINITY;
    sorted[24] = Double.POSITIVE_INFINITY;
    double[] reversed = new double[25];
    Arrays.setAll(reversed, i -> sorted[24 - i]);
    for (int k = 1; k <= 25; k++) {
      assertThat(Selection.smallest(sorted.clone(), k)).isEqualTo(sorted[k - 1]);
      assertThat(Selection.smallest(reversed.clone(), k)).isEqualTo(sorted[k - 1]);
    }
  }
}
