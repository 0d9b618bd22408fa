package org.relupath.spark.study.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.spark.data.TrainingData;
import org.relupath.spark.io.BadInputException;

/** Every row is in one part of a split, and every split is drawn on its own. */
class StudySplitsTest {
  private static Observations rows(int n) {
    return new Observations(
        List.of("row"),
        new Matrix(n, 1, IntStream.range(0, n).mapToDouble(r -> r).toArray()),
        new double[n]);
  }

  private static double[] numbers(Observations part) {
    return part == null ? new double[0] : part.features().values();
  }

  @ParameterizedTest(name = "{0} rows, held out {1}, test {2}")
  @CsvSource({
    // The paper's tables: 20 % to train and choose, of which a quarter chooses.
    "768, 0.05, 0.8, 38, 614",
    "351, 0.05, 0.8, 18, 281",
    "432, 0, 0.5, 0, 216",
    "432, 0.25, 0, 108, 0",
    "4, 0.25, 0.25, 1, 1",
    "4, 0.3, 0.6, 1, 2",
  })
  void partsArePartitions(int n, double heldOut, double test, int validRows, int testRows) {
    StudySplits splits = new StudySplits(6, new StudySplits.Shares(heldOut, test), 3);
    Set<String> seen = new HashSet<>();
    for (int split = 0; split < 6; split++) {
      TrainingData parts = splits.rows(rows(n), split);
      assertThat(numbers(parts.valid())).hasSize(validRows);
      assertThat(numbers(parts.test())).hasSize(testRows);
      assertThat(parts.valid() == null).isEqualTo(heldOut == 0);
      assertThat(parts.test() == null).isEqualTo(test == 0);
      double[] all =
          DoubleStream.of(0)
              .flatMap(
                  zero ->
                      DoubleStream.concat(
                          Arrays.stream(numbers(parts.train())),
                          DoubleStream.concat(
                              Arrays.stream(numbers(parts.valid())),
                              Arrays.stream(numbers(parts.test())))))
              .sorted()
              .toArray();
      assertThat(all).containsExactly(rows(n).features().values());
      assertThat(numbers(splits.rows(rows(n), split).train()))
          .containsExactly(numbers(parts.train()));
      seen.add(Arrays.toString(numbers(parts.train())));
    }
    assertThat(seen).hasSizeGreaterThan(n > 4 ? 5 : 1);
  }

  /** A row is as often a test row as its share says. */
  @Test
  void everyRowIsDrawnAlike() {
    int n = 20;
    int count = 2000;
    StudySplits splits = new StudySplits(count, new StudySplits.Shares(0.25, 0.4), 11);
    int[] tested = new int[n];
    int[] heldOut = new int[n];
    for (int split = 0; split < count; split++) {
      TrainingData parts = splits.rows(rows(n), split);
      Arrays.stream(numbers(parts.test())).forEach(r -> tested[(int) r]++);
      Arrays.stream(numbers(parts.valid())).forEach(r -> heldOut[(int) r]++);
    }
    // Five standard deviations of a binomial count.
    for (int r = 0; r < n; r++) {
      assertThat((double) tested[r]).isBetween(690.0, 910.0);
      assertThat((double) heldOut[r]).isBetween(400.0, 600.0);
    }
  }

  @Test
  void foldsAreHeldOutOnceEach() {
    StudySplits folds = new StudySplits(3, null, 1);
    List<Double> held = new ArrayList<>();
    for (int fold = 0; fold < 3; fold++) {
      TrainingData parts = folds.rows(rows(10), fold);
      assertThat(parts.test()).isNull();
      Arrays.stream(numbers(parts.valid())).forEach(held::add);
    }
    assertThat(held).hasSize(10).doesNotHaveDuplicates();
  }

  @Test
  void tooFewRowsAreRefused() {
    StudySplits splits = new StudySplits(2, new StudySplits.Shares(0.05, 0.8), 1);
    splits.requireFit("sixteen", 16);
    assertThatThrownBy(() -> splits.requireFit("six", 6))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "--splits: of the 6 rows of six split-valid and split-test leave 0 to fit to, expected at"
                + " least 2");
    StudySplits folds = new StudySplits(7, null, 1);
    assertThatThrownBy(() -> folds.requireFit("six", 6))
        .hasMessage("--folds: '7', expected at most the 6 rows of six");
  }
}
