package org.relupath.core.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.data.Matrix;

/**
 * A file of each version of network.json, as the releases that had it wrote it. Files are never
 * changed: whoever changes the format adds others.
 */
class NetworkVersionsTest {
  private static final double NONE = Double.NaN;

  private static final double[][] NUMBERS = {{1, 0.5}, {-2, 3}, {0, 0}};

  /** Of texts the positions among the levels, -1 for others; of dates the days since 1970. */
  private static final double[][] CELLS = {
    {40, 1, 7367.5, 1, 1}, {NONE, 0, -3288, 0, -1}, {3, -1, 19782, 1, NONE}
  };

  /** Files, rows, and the scores that the guide's lines of numpy give them. */
  static Stream<Arguments> files() {
    return Stream.of(
        Arguments.of("version-1-relu.json", NUMBERS, new double[] {3.25, -3.625, 0.75}),
        Arguments.of("version-1-gated.json", NUMBERS, new double[] {3.4375, -3.625, 0.75}),
        Arguments.of(
            "version-2-prepared.json", CELLS, new double[] {47.1171875, -24.8125, 320.1875}),
        Arguments.of(
            "version-2-outputs.json",
            new double[][] {{1}, {-0.5}, {0}},
            new double[] {4, 0.25, -0.125, 0.5, 0.25, -0.125, 0.5, 0.75, -0.125}));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void isReadAndWrittenAsEver(String name, double[][] rows, double[] scores) throws IOException {
    String text;
    try (InputStream file = getClass().getResourceAsStream("/network/" + name)) {
      text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
    StoredNetwork network = NetworkFile.readStored(text);
    assertThat(network.scores(Matrix.ofRows(rows)).values()).containsExactly(scores);
    assertThat(NetworkFile.write(network)).isEqualTo(text);
  }
}
