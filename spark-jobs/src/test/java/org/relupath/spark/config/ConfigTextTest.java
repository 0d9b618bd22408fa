package org.relupath.spark.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A configuration is read from files alone. */
class ConfigTextTest {
  @TempDir Path folder;

  @Test
  void filesIncludeFilesByTheirPathFromThere() throws IOException {
    Files.createDirectories(folder.resolve("more"));
    Files.writeString(
        folder.resolve("more/gates.conf"), "gates = 7\ninclude file(\"seed.conf\")\n");
    Files.writeString(folder.resolve("more/seed.conf"), "seed = ${gates}\n");
    Path file =
        Files.writeString(
            folder.resolve("my.conf"), "include \"more/gates.conf\"\nmodel = gated\n");
    var config = ConfigText.ofFile(file.toFile(), new HashSet<>()).resolve();
    assertThat(config.getInt("gates")).isEqualTo(7);
    assertThat(config.getInt("seed")).isEqualTo(7);
    assertThat(config.getString("model")).isEqualTo("gated");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "include url(\"%s\")",
        "include required(url(\"%s\"))",
        "include \"%s\"",
        "include required(\"%s\")",
        "include classpath(\"org/relupath/demo.conf\")",
        "include \"org/relupath/demo.conf\"",
        "include \"gone.conf\"",
        "include file(\"gone.conf\")",
        "include \"my.conf\""
      })
  void nothingElseIsIncluded(String text) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + server.getLocalPort() + "/x.conf";
      String named = String.format(text, url) + "\ngates = 7\n";
      Path file = Files.writeString(folder.resolve("my.conf"), named);
      assertThatThrownBy(() -> ConfigText.ofFile(file.toFile(), new HashSet<>()).resolve())
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("include '");
      assertThatThrownBy(() -> ConfigText.of(named))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("include '");
      server.setSoTimeout(100);
      assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void aTextOfARunStandsForItself() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.conf"), "gates = 7\n");
    assertThatThrownBy(() -> ConfigText.of("include file(\"" + secret + "\")\n"))
        .hasMessageContaining("a text without includes");
    assertThatThrownBy(() -> ConfigText.of("input = ${HOME}\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("refers to what it does not hold");
    assertThat(ConfigText.of("a = 1\n").getInt("a")).isEqualTo(1);
  }
}
