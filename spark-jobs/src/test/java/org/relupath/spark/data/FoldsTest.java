package org.relupath.spark.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldsTest {

  @ParameterizedTest(name = "{0} rows, {1} folds, seed {2}")
  @CsvSource({"10,5,1", "11,5,1", "3,3,-7", "569,10,99"})
  void everyRowIsHeldOutOnce(int rows, int count, long seed) {
    Folds folds = Folds.draw(rows, count, seed);
    int[] held = new int[rows];
    for (int f = 0; f < count; f++) {
      HoldOut split = folds.split(f);
      assertThat(split.heldOut().length).isBetween(rows / count, (rows + count - 1) / count);
      assertThat(split.heldOut()).isSorted();
      assertThat(split.train()).isSorted();
      assertThat(IntStream.concat(IntStream.of(split.train()), IntStream.of(split.heldOut())))
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, rows).boxed().toList());
      for (int row : split.heldOut()) {
        held[row]++;
      }
    }
    assertThat(held).containsOnly(1);
  }

  @Test
  void aSeedGivesItsFolds() {
    assertThat(Folds.draw(50, 5, 3).of()).isEqualTo(Folds.draw(50, 5, 3).of());
    assertThat(Folds.draw(50, 5, 3).of()).isNotEqualTo(Folds.draw(50, 5, 4).of());
  }
}
