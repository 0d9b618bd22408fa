package org.relupath.spark.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.spark.io.BadInputException;

/** Masters that are not there are told at once. */
class StandaloneMasterTest {
  /** A port on which nobody listens. */
  private static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void oneThatDoesNotListenIsNamed() throws IOException {
    String master = "spark://127.0.0.1:" + free();
    assertThatThrownBy(() -> StandaloneMaster.reach(master))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no Spark master at " + master + ": Connection refused");
  }

  @Test
  void oneOfSeveralIsEnough() throws IOException {
    int nobody = free();
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String masters = "spark://127.0.0.1:" + nobody + ",127.0.0.1:" + socket.getLocalPort();
      assertThatCode(() -> StandaloneMaster.reach(masters)).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"spark://", "spark://host", "spark://:7077", "spark://a b:1", "spark://h:99999"})
  void whatIsNoAddressIsRefused(String master) {
    assertThatThrownBy(() -> StandaloneMaster.reach(master))
        .isInstanceOf(BadInputException.class)
        .hasMessage("--master " + master + ", expected spark://HOST:PORT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "local[*,4]", "yarn", "k8s://https://127.0.0.1:1"})
  void othersAreLeftToSpark(String master) {
    assertThatCode(() -> StandaloneMaster.reach(master)).doesNotThrowAnyException();
  }
}
