package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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
import org.relupath.spark.SharedSpark;
import org.relupath.spark.run.ExitStatus;

/** A ReLU network by way of the gated program: the gated fit, and an honest certificate. */
class ConeDecompositionCommandTest {
  @TempDir static Path folder;

  @BeforeAll
  static void write() throws IOException {
    SharedSpark.session();
    SplittableRandom random = new SplittableRandom(23);
    StringBuilder text = new StringBuilder("a,b,label\n");
    for (int r = 0; r < 50; r++) {
      double a = random.nextDouble(-1, 1);
      double b = random.nextDouble(-1, 1);
      text.append(a).append(',').append(b).append(',');
      text.append(Math.abs(a) - 0.5 * b + 0.1 * random.nextDouble()).append('\n');
    }
    Files.writeString(folder.resolve("rows.csv"), text);
  }

  private static CommandRun run(String command, String output, String... more) {
    List<String> args = new ArrayList<>(List.of(command));
    args.addAll(List.of("--input", folder.resolve("rows.csv").toString()));
    args.addAll(List.of("--output", folder.resolve(output).toString()));
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(new String[0]));
  }

  private static JsonNode fit(String output, String... more) throws IOException {
    List<String> args = new ArrayList<>(List.of("--gates", "50", "--lambda", "0.05"));
    args.addAll(List.of(more));
    CommandRun run = run("fit", output, args.toArray(new String[0]));
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    return new ObjectMapper().readTree(folder.resolve(output).resolve("summary.json").toFile());
  }

  @ParameterizedTest
  @ValueSource(strings = {"driver", "gates"})
  void keepsTheGatedFitAndIsCertifiedForWhatItIs(String engine) throws IOException {
    JsonNode relu = fit("relu-" + engine);
    JsonNode gated = fit("gated-" + engine, "--model", "gated");
    JsonNode made = fit("made-" + engine, "--solver", "cone-decomposition", "--engine", engine);

    assertThat(made.get("status").asText()).isEqualTo("feasible");
    assertThat(made.get("model").asText()).isEqualTo("relu");
    assertThat(made.get("solver").asText()).isEqualTo("cone-decomposition");
    assertThat(made.get("maxConeViolation").asDouble()).isLessThan(1e-10);

    // Its bounds hold for the optimum that the other solver finds.
    double optimum = relu.get("objective").asDouble();
    assertThat(made.get("objective").asDouble()).isGreaterThan(optimum);
    assertThat(made.get("dualObjective").asDouble()).isLessThanOrEqualTo(optimum);
    double gap =
        (made.get("objective").asDouble() - made.get("dualObjective").asDouble())
            / made.get("objective").asDouble();
    assertThat(made.get("relativeGap").asDouble())
        .isCloseTo(gap, within(1e-12))
        .isGreaterThan(0.01);

    // Its fit is the gated one.
    JsonNode decomposition = made.get("decomposition");
    assertThat(decomposition.get("exact").asBoolean()).isTrue();
    assertThat(decomposition.get("gatedStatus").asText()).isEqualTo("optimal");
    double gatedObjective = gated.get("objective").asDouble();
    assertThat(decomposition.get("gatedObjective").asDouble())
        .isCloseTo(gatedObjective, within(1e-8 * gatedObjective));
    assertThat(made.get("loss").asDouble())
        .isCloseTo(made.get("train").get("mse").asDouble() * 25, within(1e-9));
    assertThat(made.get("train").get("mse").asDouble())
        .isCloseTo(gated.get("train").get("mse").asDouble(), within(1e-6));

    // And the network file is that ReLU network.
    CommandRun scored =
        run("predict", "scores-" + engine, "--run", folder.resolve("made-" + engine).toString());
    assertThat(scored.status()).isEqualTo(ExitStatus.DONE);
    List<String> scores =
        Files.readAllLines(folder.resolve("scores-" + engine).resolve("predictions.csv"));
    List<String> rows = Files.readAllLines(folder.resolve("rows.csv"));
    double squares = 0;
    for (int r = 1; r < rows.size(); r++) {
      String[] cells = rows.get(r).split(",");
      squares += Math.pow(Double.parseDouble(scores.get(r)) - Double.parseDouble(cells[2]), 2);
    }
    assertThat(0.5 * squares).isCloseTo(made.get("loss").asDouble(), within(1e-9));
  }

  @Test
  void saysWhenTheZeroNetworkWouldBeBetter() throws IOException {
    String data = "src/main/resources/org/relupath/demo/breast-cancer-wisc-diag.csv";
    Path output = folder.resolve("worse");
    CommandRun run =
        CommandRun.of(
            "fit",
            "--input",
            data,
            "--solver",
            "cone-decomposition",
            "--output",
            output.toString());
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    JsonNode made = new ObjectMapper().readTree(output.resolve("summary.json").toFile());
    // Labels are -1 and +1: the zero network's objective is half the number of rows.
    assertThat(made.get("objective").asDouble()).isGreaterThan(569 / 2.0);
    assertThat(made.get("warnings").toString())
        .contains("above the zero network's 284.500: its fit was kept");
  }

  @Test
  void isRefusedWhereThereIsNothingToDecompose() {
    CommandRun gated = run("fit", "never", "--model", "gated", "--solver", "cone-decomposition");
    assertThat(gated.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(gated.errorLine())
        .contains("--solver: 'cone-decomposition', expected newton for a gated model");
    CommandRun unknown = run("fit", "never", "--solver", "adam");
    assertThat(unknown.errorLine()).contains("--solver: 'adam', expected one of newton, cone");
    CommandRun path = run("path", "never", "--solver", "cone-decomposition");
    assertThat(path.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(folder.resolve("never")).doesNotExist();
  }

  @Test
  void aGatedProgramThatIsNotSolvedIsStatusThree() {
    CommandRun run =
        run(
            "fit",
            "limited",
            "--solver",
            "cone-decomposition",
            "--max-iterations",
            "1",
            "--tolerance",
            "1e-12");
    assertThat(run.status()).isEqualTo(ExitStatus.NOT_CONVERGED);
  }
}
