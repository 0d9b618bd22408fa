package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.spark.SharedSpark;

/** Optima that another solver found, reached and certified through the command line. */
class OracleCommandTest {
  /** The cases of core's own tests: a folder a data set with its gates and optima. */
  private static final Path CASES = Path.of("..", "core", "src", "test", "resources", "oracle");

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    SharedSpark.session();
  }

  static List<Arguments> cases() throws IOException {
    List<Arguments> cases = new ArrayList<>();
    try (Stream<Path> folders = Files.list(CASES)) {
      folders.filter(Files::isDirectory).sorted().forEach(data -> addCases(data, cases));
    }
    assertThat(cases).isNotEmpty();
    return cases;
  }

  private static void addCases(Path data, List<Arguments> cases) {
    try {
      for (JsonNode one : new ObjectMapper().readTree(data.resolve("cases.json").toFile())) {
        cases.add(
            Arguments.of(
                data.getFileName().toString(),
                one.get("model").asText(),
                one.get("lambdaRatio").asDouble(),
                one));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("cases")
  void fitReachesTheOptimum(String data, String model, double ratio, JsonNode expected)
      throws IOException {
    CommandRun run =
        CommandRun.of(
            Commands.all(),
            "fit",
            "--input",
            CASES.resolve(data).resolve("data.csv.gz").toString(),
            "--gate-source",
            "file:" + CASES.resolve(data).resolve("gates.csv"),
            "--standardize",
            "false",
            "--intercept",
            "false",
            "--center-label",
            "false",
            "--label-mapping",
            "none",
            "--model",
            model,
            "--lambda",
            expected.get("lam").asText(),
            "--output",
            folder.resolve("out").toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);

    JsonNode summary = new ObjectMapper().readTree(folder.resolve("out/summary.json").toFile());
    assertThat(summary.get("status").asText()).isEqualTo("optimal");
    assertRelative(summary, "objective", expected.get("objective").asDouble(), 1e-8);
    assertThat(summary.get("relativeGap").asDouble()).isBetween(0.0, 1e-8);
    assertThat(summary.get("maxConeViolation").asDouble()).isBetween(0.0, 1e-10);
    assertRelative(summary, "lambdaMax", expected.get("lambdaMax").asDouble(), 1e-9);
    assertRelative(summary, "lambdaRatio", ratio, 1e-9);
    assertThat(summary.get("lambda").asDouble()).isEqualTo(expected.get("lam").asDouble());
    assertThat(summary.get("n").asInt()).isEqualTo(expected.get("n").asInt());
    assertThat(summary.get("d").asInt()).isEqualTo(expected.get("d").asInt());
    // The other solver counts the all-zero pattern, which makes no block.
    int patterns = expected.get("distinctPatterns").asInt();
    assertThat(summary.get("distinctPatterns").asInt()).isBetween(patterns - 1, patterns);
    assertThat(summary.get("gates").asInt()).isEqualTo(expected.get("P").asInt());
  }

  private static void assertRelative(
      JsonNode summary, String field, double expected, double tolerance) {
    assertThat(summary.get(field).asDouble())
        .as(field)
        .isCloseTo(expected, within(tolerance * Math.abs(expected)));
  }
}
