package org.relupath.spark.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchesTest {

  @Test
  void longOnesComeFirstAndAlone() {
    assertThat(Batches.of(List.of(2.0, 9.0, 5.0), seconds -> seconds))
        .containsExactly(list(9.0), list(5.0), list(2.0));
  }

  @Test
  void shortOnesShareATask() {
    List<Double> items = List.of(0.3, 3.0, 0.3, 0.5, 0.3, 0.1);
    assertThat(Batches.of(items, seconds -> seconds))
        .containsExactly(list(3.0), list(0.5, 0.3), list(0.3, 0.3, 0.1));
  }

  /** Nothing is lost or done twice, and equal ones stay in their order. */
  @Test
  void everyItemIsInOneTask() {
    List<Integer> items = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      items.add(i);
    }
    List<ArrayList<Integer>> tasks = Batches.of(items, i -> 0.002);
    assertThat(tasks.stream().flatMap(List::stream).toList()).isEqualTo(items);
    assertThat(tasks).hasSizeBetween(2, 4);
    assertThat(Batches.of(List.<Integer>of(), i -> 1)).isEmpty();
  }

  private static ArrayList<Double> list(Double... items) {
    return new ArrayList<>(List.of(items));
  }
}
