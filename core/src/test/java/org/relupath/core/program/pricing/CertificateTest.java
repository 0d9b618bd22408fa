package org.relupath.core.program.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateTest {

  @ParameterizedTest(name = "y''u {0}, ||u||^2 {1}, lambda {2}, max {3}")
  @CsvSource({
    "6,2,5,1,    3", // the unconstrained maximiser
    "6,2,5,2,    2.5", // cut by lambda / max
    "-6,2,5,2,   0", // never negative
    "-6,2,5,0,   0",
    "6,2,5,0,    3", // no block has anything to say
    "0,0,5,0,    0", // u = 0
    "2,2,5,5,    1"
  })
  void dualScaleIsClipped(double uy, double uu, double lambda, double max, double expected) {
    assertThat(Certificate.dualScale(uy, uu, lambda, max)).isEqualTo(expected);
  }

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
