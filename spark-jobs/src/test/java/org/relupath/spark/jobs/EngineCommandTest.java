package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.core.data.Matrix;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.config.Reference;
import org.relupath.spark.config.SolverSettings;
import org.relupath.spark.result.PathRow;
import org.relupath.spark.run.ExitStatus;
import org.relupath.spark.run.Progress;
import org.relupath.spark.train.program.ProgramFactory;

/** An engine decides where the work runs, not what comes out of it. */
class EngineCommandTest {
  private static final double TOLERANCE = 1e-8;

  @TempDir static Path folder;

  @BeforeAll
  static void write() throws IOException {
    SharedSpark.session();
    SplittableRandom random = new SplittableRandom(17);
    StringBuilder text = new StringBuilder("a,b,c,label\n");
    for (int r = 0; r < 90; r++) {
      double a = random.nextDouble(-1, 1);
      double b = random.nextDouble(-1, 1);
      double c = random.nextDouble(-1, 1);
      text.append(a).append(',').append(b).append(',').append(c).append(',');
      text.append(Math.abs(a) - b * c + 0.1 * random.nextDouble()).append('\n');
    }
    Files.writeString(folder.resolve("rows.csv"), text);
  }

  private static JsonNode run(String command, String name, String... more) throws IOException {
    List<String> args = new ArrayList<>(List.of(command, "--gates", "80"));
    args.addAll(List.of("--input", folder.resolve("rows.csv").toString()));
    args.addAll(List.of("--output", folder.resolve(name).toString()));
    args.addAll(List.of(more));
    CommandRun run = CommandRun.of(args.toArray(new String[0]));
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    return new ObjectMapper().readTree(folder.resolve(name).resolve("summary.json").toFile());
  }

  private static JsonNode path(String name, String model, String engine, String... more)
      throws IOException {
    List<String> args = new ArrayList<>(List.of("--model", model, "--engine", engine));
    args.addAll(List.of("--lambdas", "7", "--lambda-min-ratio", "0.02"));
    args.addAll(List.of("--valid-fraction", "0.2"));
    args.addAll(List.of(more));
    return run("path", name, args.toArray(new String[0]));
  }

  /** Bounds of the optimum at every lambda: primal and dual values. */
  private static List<double[]> bounds(String name) throws IOException {
    int lambda = PathRow.COLUMNS.indexOf("lambda");
    int objective = PathRow.COLUMNS.indexOf("objective");
    int dual = PathRow.COLUMNS.indexOf("dualObjective");
    return Files.readAllLines(folder.resolve(name).resolve("path.csv")).stream()
        .skip(1)
        .map(line -> line.split(","))
        .map(
            row ->
                new double[] {
                  Double.parseDouble(row[lambda]),
                  Double.parseDouble(row[objective]),
                  Double.parseDouble(row[dual])
                })
        .toList();
  }

  /** Two certificates of one program agree: each primal value is within the other's gap. */
  private static void assertAgree(String one, String two) throws IOException {
    List<double[]> a = bounds(one);
    List<double[]> b = bounds(two);
    assertThat(a).hasSize(7).hasSameSizeAs(b);
    for (int k = 0; k < a.size(); k++) {
      assertThat(a.get(k)[0]).isCloseTo(b.get(k)[0], within(1e-12 * b.get(k)[0]));
      double gap = TOLERANCE * a.get(k)[1];
      double rounding = 1e-12 * a.get(k)[1];
      assertThat(a.get(k)[1]).isCloseTo(b.get(k)[1], within(gap));
      assertThat(a.get(k)[1]).isGreaterThanOrEqualTo(b.get(k)[2] - rounding);
      assertThat(b.get(k)[1]).isGreaterThanOrEqualTo(a.get(k)[2] - rounding);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"relu", "gated"})
  void allEnginesFindTheSamePathWithinItsGap(String model) throws IOException {
    for (String engine : List.of("driver", "gates", "lambdas")) {
      JsonNode summary = path(model + engine, model, engine);
      assertThat(summary.get("engine").asText()).isEqualTo(engine);
      assertThat(summary.get("engineReason").asText()).isEqualTo("as asked for");
    }
    assertAgree(model + "gates", model + "driver");
    assertAgree(model + "lambdas", model + "driver");
  }

  @Test
  void segmentsChangeThePathWithinItsGapOnly() throws IOException {
    path("whole", "relu", "driver");
    for (String segments : List.of("1", "3", "7", "50")) {
      path("cut" + segments, "relu", "lambdas", "--segments", segments);
      assertAgree("cut" + segments, "whole");
    }
    // One segment is what the driver does.
    assertThat(bounds("cut1")).usingRecursiveComparison().isEqualTo(bounds("whole"));
  }

  @Test
  void aFitIsTheSameWhereverItIsPriced() throws IOException {
    JsonNode here = run("fit", "fit-driver", "--engine", "driver");
    JsonNode there = run("fit", "fit-gates", "--engine", "gates");
    assertThat(there.get("lambdaMax").asDouble())
        .isCloseTo(here.get("lambdaMax").asDouble(), within(1e-12 * here.get("n").asDouble()));
    assertThat(there.get("distinctPatterns")).isEqualTo(here.get("distinctPatterns"));
    double objective = here.get("objective").asDouble();
    assertThat(there.get("objective").asDouble())
        .isCloseTo(objective, within(TOLERANCE * objective));
  }

  @Test
  void theSummarySaysWhatWasChosenAndWhy() throws IOException {
    JsonNode summary = run("fit", "auto");
    assertThat(summary.get("engine").asText()).isEqualTo("driver");
    assertThat(summary.get("engineReason").asText())
        .isEqualTo("90 rows x 4 columns x 80 gates, 1 lambdas: small enough for the driver");
  }

  @Test
  void theTerminalKeepsTheChoice() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Progress progress = new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), true);
    progress.step("reading rows.csv");
    SolverSettings settings = arguments().settings(arguments().resolve(Reference.load())).solver();
    new ProgramFactory(SharedSpark.session(), settings, 100, progress)
        .choose(Matrix.zeros(569, 31), 500);
    progress.step("solving");
    assertThat(bytes.toString(StandardCharsets.UTF_8).split("\n")[0])
        .contains("engine lambdas: 569 rows x 31 columns x 500 gates, 100 lambdas: executors");
  }

  private static Arguments arguments() {
    String[] args = {"fit", "--input", "a.csv", "--output", "b"};
    return Arguments.parse(args, Commands.all(), Reference.load(), System.out);
  }
}
