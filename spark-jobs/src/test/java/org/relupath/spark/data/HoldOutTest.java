package org.relupath.spark.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.relupath.spark.io.BadInputException;

class HoldOutTest {
  @Test
  void exactCountsThatPartitionTheRows() {
    for (int rows : new int[] {2, 3, 10, 569}) {
      for (double fraction : new double[] {0.001, 0.2, 0.5, 0.999}) {
        HoldOut split = HoldOut.draw(rows, fraction, 1);
        int expected = (int) Math.min(rows - 1, Math.max(1, Math.round(rows * fraction)));
        assertThat(split.heldOut()).hasSize(expected).isSorted();
        assertThat(split.train()).isSorted();
        assertThat(
                IntStream.concat(IntStream.of(split.heldOut()), IntStream.of(split.train()))
                    .sorted()
                    .toArray())
            .isEqualTo(IntStream.range(0, rows).toArray());
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameRowsAndAnotherSeedOthers() {
    assertThat(HoldOut.draw(100, 0.3, 5).heldOut()).isEqualTo(HoldOut.draw(100, 0.3, 5).heldOut());
    assertThat(HoldOut.draw(100, 0.3, 5).heldOut())
        .isNotEqualTo(HoldOut.draw(100, 0.3, 6).heldOut());
    // Written down: a split must not change from one release to the next.
    assertThat(HoldOut.draw(10, 0.3, 1).heldOut()).containsExactly(0, 5, 7);
  }

  @Test
  void oneRowCannotBeSplit() {
    assertThatThrownBy(() -> HoldOut.draw(1, 0.5, 1)).isInstanceOf(BadInputException.class);
  }
}
