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
import org.relupath.spark.run.ExitStatus;

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

  private JsonNode fit(String data, String model, JsonNode expected, String... more)
      throws IOException {
    List<String> args = new ArrayList<>(List.of("fit", "--model", model));
    args.addAll(List.of("--input", CASES.resolve(data).resolve("data.csv.gz").toString()));
    args.addAll(List.of("--gate-source", "file:" + CASES.resolve(data).resolve("gates.csv")));
    args.addAll(List.of("--standardize", "false", "--intercept", "false"));
    args.addAll(List.of("--center-label", "false", "--label-mapping", "none"));
    args.addAll(List.of("--lambda", expected.get("lam").asText()));
    args.addAll(List.of("--output", folder.resolve("out").toString()));
    args.addAll(List.of(more));
    CommandRun run = CommandRun.of(args.toArray(new String[0]));
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    return new ObjectMapper().readTree(folder.resolve("out/summary.json").toFile());
  }

  /** Wherever blocks are priced, and where rows are: the same optimum, within the certified gap. */
  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("cases")
  void enginesAgree(String data, String model, double ratio, JsonNode expected) throws IOException {
    double optimum = expected.get("objective").asDouble();
    List<String> engines = model.equals("gated") ? List.of("gates", "rows") : List.of("gates");
    for (String engine : engines) {
      JsonNode summary =
          fit(data, model, expected, "--engine", engine, "--tolerance", "1e-6", "--overwrite");
      assertThat(summary.get("engine").asText()).isEqualTo(engine);
      assertThat(summary.get("status").asText()).isEqualTo("optimal");
      double gap = summary.get("relativeGap").asDouble();
      assertThat(gap).isBetween(0.0, 1e-6);
      assertThat(summary.get("objective").asDouble())
          .as(engine)
          .isBetween(optimum * (1 - 1e-10), optimum * (1 + gap + 1e-10));
      assertThat(summary.get("dualObjective").asDouble()).isLessThan(optimum * (1 + 1e-10));
      assertRelative(summary, "lambdaMax", expected.get("lambdaMax").asDouble(), 1e-9);
      assertRelative(summary, "lambdaRatio", ratio, 1e-9);
    }
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("cases")
  void fitReachesTheOptimum(String data, String model, double ratio, JsonNode expected)
      throws IOException {
    JsonNode summary = fit(data, model, expected);
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
