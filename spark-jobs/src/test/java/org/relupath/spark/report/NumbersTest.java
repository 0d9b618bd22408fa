package org.relupath.spark.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {

  @Test
  void fewDigits() {
    assertThat(Numbers.text(0.0)).isEqualTo("0");
    assertThat(Numbers.text(-0.0)).isEqualTo("0");
    assertThat(Numbers.text(1234.56)).isEqualTo("1235");
    assertThat(Numbers.text(99999.6)).isEqualTo("1e5");
    assertThat(Numbers.text(20000.0)).isEqualTo("20000");
    assertThat(Numbers.text(0.0012345)).isEqualTo("0.001234");
    assertThat(Numbers.text(-3.25e-9)).isEqualTo("-3.25e-9");
    assertThat(Numbers.text(1e-300)).isEqualTo("1e-300");
    assertThat(Numbers.text(Double.NaN)).isEqualTo("–");
    assertThat(Numbers.text(Double.NEGATIVE_INFINITY)).isEqualTo("-∞");
    assertThat(Numbers.text(null)).isEqualTo("–");
    assertThat(Numbers.percent(0.98591)).isEqualTo("98.59 %");
  }
}
