package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.run.ExitStatus;

/**
 * Years, seconds and identifiers as they are, not standardised: what rounding leaves unknown is
 * null or uncertain, every command ends, and no bound is above the objective of a known network, |x
 * - c| of two neurons, which is 2 lambda sqrt(1 + c^2).
 */
class FarFromOriginTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double LAMBDA = 1e-5;

  @TempDir Path folder;
  private double center;

  @BeforeEach
  void session() {
    SharedSpark.session();
  }

  private void rows(double offset, double step) throws IOException {
    center = offset + 4 * step;
    StringBuilder text = new StringBuilder("x0,label\n");
    for (int r = 0; r < 9; r++) {
      text.append(offset + r * step).append(',').append(Math.abs(r - 4) * step).append('\n');
    }
    Files.writeString(folder.resolve("rows.csv"), text);
    double scale = Math.pow(1 + center * center, 0.25);
    Files.writeString(
        folder.resolve("abs.json"),
        String.format(
            Locale.ROOT,
            "{\"format\":\"relupath-network\",\"version\":1,\"activation\":\"relu\",\"inputs\":[\"x0\"],"
                + "\"hidden\":[[%1$s],[-%1$s]],\"bias\":[-%2$s,%2$s],\"output\":[%3$s,%3$s],"
                + "\"outputBias\":0.0}",
            1 / scale,
            center / scale,
            scale));
  }

  private JsonNode run(String command, String file, String... more) throws IOException {
    String output = folder.resolve(command).toString();
    List<String> args = new ArrayList<>(List.of(command, "--output", output, "--overwrite"));
    args.addAll(List.of("--max-iterations", "30"));
    args.addAll(List.of(more));
    CommandRun run = CommandRun.of(args.toArray(new String[0]));
    assertThat(run.status())
        .as("%s: %s", run.err(), args)
        .isIn(ExitStatus.DONE, ExitStatus.NOT_CONVERGED);
    return JSON.readTree(folder.resolve(command).resolve(file).toFile());
  }

  private void boundHolds(JsonNode json) {
    double known = 2 * json.get("lambda").asDouble() * Math.sqrt(1 + center * center);
    assertThat(json.get("lowerBound").asDouble()).isLessThanOrEqualTo(known * (1 + 1e-12));
  }

  private String[] trained(String gates, String... more) {
    List<String> args = new ArrayList<>(List.of("--input", folder.resolve("rows.csv").toString()));
    args.addAll(List.of("--standardize", "false", "--center-label", "false"));
    args.addAll(List.of("--gates", "20", "--gate-source", gates, "--analyze", "true"));
    args.addAll(List.of(more));
    return args.toArray(new String[0]);
  }

  @ParameterizedTest
  @CsvSource({
    "2e3, 1, gaussian",
    "2e3, 1, adaptive",
    "3e5, 1, exhaustive",
    "1e9, 1, exhaustive",
    "1e9, 86400, adaptive",
    "1e12, 1, exhaustive",
    "1e12, 1, gaussian"
  })
  void everyCommandEndsAndNoBoundIsAboveAKnownNetwork(double offset, double step, String gates)
      throws IOException {
    rows(offset, step);
    String lambda = String.valueOf(LAMBDA);
    boundHolds(run("fit", "summary.json", trained(gates, "--lambda", lambda)));
    run("path", "summary.json", trained(gates, "--lambdas", "4"));
    String fit = folder.resolve("fit").toString();
    JsonNode set = run("optimal-set", "optimal-set.json", "--run", fit);
    if (set.get("dimension").isNull()) {
      assertThat(set.get("unique").asText()).isEqualTo("uncertain");
      assertThat(set.get("dimensionCertain").asBoolean()).isFalse();
    }
    run("prune", "summary.json", "--run", fit);
  }

  @ParameterizedTest
  @CsvSource({"2e3, 1", "3e5, 8", "1e9, 1", "1e12, 1"})
  void anAuditEndsAndItsBoundIsNotAboveTheKnownNetwork(double offset, double step)
      throws IOException {
    rows(offset, step);
    String input = folder.resolve("rows.csv").toString();
    String network = folder.resolve("abs.json").toString();
    boundHolds(
        run(
            "audit",
            "audit.json",
            "--input",
            input,
            "--network",
            network,
            "--lambda",
            String.valueOf(LAMBDA)));
  }

  /** Two rows of epoch seconds: the program over the network's own patterns stays far off. */
  @Test
  void figuresOfAnOptimalSetThatCannotBeToldAreNull() throws IOException {
    rows(300000, 8);
    Files.writeString(folder.resolve("rows.csv"), "x0,label\n300000.0,32.0\n300008.0,24.0\n");
    JsonNode audit =
        run(
            "audit",
            "audit.json",
            "--input",
            folder.resolve("rows.csv").toString(),
            "--network",
            folder.resolve("abs.json").toString(),
            "--lambda",
            "1e-5");
    assertThat(audit.get("optimalSetDimension").isNull()).isTrue();
    assertThat(audit.get("minimalWidth").isNull()).isTrue();
    assertThat(audit.get("minimalWidthProven").asBoolean()).isFalse();
    assertThat(audit.get("warnings").size()).isOne();
    assertThat(audit.get("warnings").get(0).asText()).contains("null");
  }
}
