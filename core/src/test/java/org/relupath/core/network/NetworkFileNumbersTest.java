package org.relupath.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of a network file are read as doubles that they are, or refused. */
class NetworkFileNumbersTest {
  private static String file(String number) {
    return "{\"format\":\"relupath-network\",\"version\":1,\"activation\":\"relu\",\"inputs\":[\"a\"],"
        + "\"hidden\":[["
        + number
        + "]],\"bias\":[0],\"output\":[1.5],\"outputBias\":0}";
  }

  @Test
  void everyDigitCounts() {
    for (String number : new String[] {"1", "-2.5e-3", "0.1", "4.9e-324", "12345678901234567"}) {
      assertThat(NetworkFile.read(file(number)).hidden().get(0, 0))
          .isEqualTo(Double.parseDouble(number));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e400", "-1e400", "1e-400", "\"1\"", "null", "true", "[]"})
  void whatIsNoDouble(String number) {
    assertThatThrownBy(() -> NetworkFile.read(file(number)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hidden holds");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "0x1", "1d", "+1", "01"})
  void whatIsNoJson(String number) {
    assertThatThrownBy(() -> NetworkFile.read(file(number)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not JSON");
  }
}
