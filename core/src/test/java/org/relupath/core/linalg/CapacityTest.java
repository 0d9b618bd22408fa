package org.relupath.core.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CapacityTest {
  @Test
  void roomForMoreAsFarAsAnArrayHasIt() {
    assertThat(Capacity.of(0, 0)).isZero();
    assertThat(Capacity.of(10, 15)).isEqualTo(15);
    assertThat(Capacity.of(10, 5)).isEqualTo(10);
    assertThat(Capacity.of(2_000_000_000L, 3_000_000_000L)).isEqualTo(Capacity.MOST);
    assertThat(Capacity.of(Capacity.MOST, Long.MAX_VALUE)).isEqualTo(Capacity.MOST);
  }

  @Test
  void moreThanAnArrayHoldsIsSaid() {
    assertThatThrownBy(() -> Capacity.of(100L * 50_000_000, 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("have 5000000000 numbers, expected at most 2147483639");
  }
}
