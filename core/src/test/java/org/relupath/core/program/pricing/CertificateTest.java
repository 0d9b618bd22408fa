package org.relupath.core.program.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateTest {

  @ParameterizedTest
  @CsvSource({"2,1,0.5", "1,1,0", "0,0,0", "1,0,1", "1,-1,2", "1,1.0000000000000002,0"})
  void relativeGapIsThatOfTheObjective(double primal, double dual, double expected) {
    assertThat(Certificate.relativeGap(primal, dual)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"1,1.000000000002", "1,2", "1e-300,1e-299", "1,NaN", "NaN,1", "1,Infinity"})
  void aDualValueAboveThePrimalOneIsAnError(double primal, double dual) {
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> Certificate.relativeGap(primal, dual));
  }

  @Test
  void theErrorNamesBothValues() {
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> Certificate.relativeGap(1, 2))
        .withMessage("the dual value 2.0 is above the primal value 1.0");
  }
}
