package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.core.network.Network;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.run.ExitStatus;

/** ReLU fits and paths over rows that stay on executors, with patterns found there. */
class ReluRowsTest {
  private static final int ROWS = 9_000;

  @TempDir static Path folder;

  private static RowRuns runs;

  /** Of a path that several tests look at, in the folder rows. */
  private static JsonNode summary;

  @BeforeAll
  static void write() throws IOException {
    runs = RowRuns.generated(folder, ROWS);
    summary = path("rows", "--valid", runs.rows());
  }

  private static CommandRun run(String command, String name, String... more) {
    return runs.run(command, name, new String[] {"--input", runs.rows()}, more);
  }

  private static JsonNode done(String command, String name, String... more) throws IOException {
    return runs.done(command, name, new String[] {"--input", runs.rows()}, more);
  }

  private static JsonNode path(String name, String... more) throws IOException {
    String[] common = {"--engine", "rows", "--gate-source", "adaptive", "--gates", "200"};
    String[] search = {"--search-starts", "10", "--search-tolerance", "1e-2"};
    String[] grid = {"--lambdas", "2", "--lambda-min-ratio", "0.1", "--tolerance", "1e-6"};
    return done("path", name, joined(common, search, grid, more));
  }

  private static String[] joined(String[]... parts) {
    return Stream.of(parts).flatMap(Arrays::stream).toArray(String[]::new);
  }

  private static double largest(String column) throws IOException {
    return Arrays.stream(runs.column("rows", column)).max().orElseThrow();
  }

  /** The gates of the patterns found, as a file that other engines read. */
  private static Path gateFile() throws IOException {
    String text =
        runs.blocks("rows").stream()
            .filter(block -> block.<Integer>getAs("sign") == 1)
            .sorted(Comparator.comparingInt(block -> block.<Integer>getAs("gateId")))
            .map(
                block ->
                    block.<Double>getList(block.fieldIndex("gate")).stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(",")))
            .collect(Collectors.joining("\n"));
    return Files.writeString(folder.resolve("found.csv"), text + "\n");
  }

  @Test
  void everyLambdaIsCertifiedOverThePatternsFound() throws IOException {
    assertThat(runs.texts("rows", "status")).containsOnly("optimal");
    assertThat(largest("relativeGap")).isLessThanOrEqualTo(1e-6);
    assertThat(largest("maxConeViolation")).isLessThanOrEqualTo(1e-11);
    assertThat(largest("searchedGap")).isLessThanOrEqualTo(1e-2);
    double[] objective = runs.column("rows", "objective");
    double[] lower = runs.column("rows", "lowerBound");
    for (int k = 0; k < objective.length; k++) {
      assertThat(lower[k]).isBetween(0.0, objective[k]);
    }
    int patterns = summary.get("distinctPatterns").asInt();
    assertThat(patterns).isBetween(3, 199);
    assertThat(summary.get("criterion").asText())
        .isEqualTo(
            "relativeGap over the %d patterns found; lowerBound is over all patterns", patterns);
    assertThat(summary.get("lowerBoundSource").asText()).isEqualTo("norm");
    assertThat(summary.get("search").get("searchedGap").asDouble()).isBetween(0.0, 1e-2);
    assertThat(summary.get("search").get("rank")).isEqualTo(summary.get("d"));
    assertThat(summary.get("search").get("limitReached").asBoolean()).isFalse();
    assertThat(summary.get("passes").asInt()).isPositive();
    // Rows held out that are the training rows measure the same.
    double[] mse = runs.column("rows", "trainMse");
    double[] valid = runs.column("rows", "validMse");
    for (int k = 0; k < mse.length; k++) {
      assertThat(valid[k]).isCloseTo(mse[k], within(1e-9 * mse[k]));
    }
  }

  /** Neither engine's bound is above the other's objective over the same gates. */
  @Test
  void theDriverFindsTheSameOverTheSameGates() throws IOException {
    String gates = "file:" + gateFile();
    String lambda = runs.texts("rows", "lambda")[1];
    String[] same = {"--gate-source", gates, "--lambda", lambda, "--tolerance", "1e-7"};
    String[] engine = {"--engine", "driver"};
    JsonNode driver = done("fit", "driver", joined(engine, same));
    engine[1] = "rows";
    JsonNode again = done("fit", "again", joined(engine, same));
    assertThat(driver.get("distinctPatterns")).isEqualTo(summary.get("distinctPatterns"));
    double upper = runs.column("rows", "objective")[1];
    double lower = runs.column("rows", "dualObjective")[1];
    for (JsonNode other : List.of(driver, again)) {
      double rounding = 1e-10 * upper;
      assertThat(other.get("relativeGap").asDouble()).isLessThanOrEqualTo(1e-7);
      assertThat(upper).isGreaterThan(other.get("dualObjective").asDouble() - rounding);
      assertThat(other.get("objective").asDouble()).isGreaterThan(lower - rounding);
    }
    assertThat(again.get("criterion").asText()).contains("patterns given");
    assertThat(again.get("lambdaMax").asDouble())
        .isCloseTo(driver.get("lambdaMax").asDouble(), within(1e-9 * upper));
  }

  /** network.json takes raw features and does what the program was certified for. */
  @Test
  void theNetworkHasTheCertifiedLoss() throws IOException {
    Network network = runs.network("rows");
    double loss = runs.loss(network);
    assertThat(loss).isCloseTo(summary.get("loss").asDouble(), within(1e-8 * loss));
    assertThat(network.width()).isEqualTo(summary.get("activeBlocks").asInt());
  }

  /** blocks.parquet has both signs of every pattern, and bounds of ||v_b||. */
  @Test
  void blocksTellHowNearEveryBlockIs() {
    double lambda = summary.get("lambda").asDouble();
    List<Row> blocks = runs.blocks("rows");
    assertThat(blocks).hasSize(2 * summary.get("distinctPatterns").asInt());
    assertThat(RowRuns.active(blocks, lambda, 0.001))
        .isEqualTo(summary.get("activeBlocks").asInt())
        .isPositive();
  }

  @Test
  void partitionsDoNotChangeAByte() throws IOException {
    String key = "spark.sql.files.maxPartitionBytes";
    SharedSpark.session().conf().set(key, 60_000);
    try {
      path("split", "--valid", runs.rows());
    } finally {
      SharedSpark.session().conf().unset(key);
    }
    runs.assertSameBytes("split", "rows");
  }

  @Test
  void meanLossAndTheZeroNetworkAboveTheLargestLambda() throws IOException {
    String[] rows = {"--engine", "rows", "--gate-source", "adaptive", "--search-starts", "5"};
    String[] more = {
      "--search-tolerance", "1e-2", "--loss-scaling", "mean", "--lambda-ratio", "1.5"
    };
    JsonNode zero = done("fit", "zero", joined(rows, more));
    assertThat(zero.get("neurons").asInt()).isZero();
    assertThat(zero.get("relativeGap").asDouble()).isZero();
    assertThat(zero.get("objective").asDouble()).isBetween(0.0, 2.0);
  }

  /** Lambdas that are not searched at are told, and what was found is certified all the same. */
  @Test
  void limitsAreTold() throws IOException {
    String[] few = {"--engine", "rows", "--gate-source", "adaptive", "--gates", "12"};
    String[] more = {"--search-starts", "5", "--lambda-ratio", "0.05"};
    CommandRun run = run("fit", "few", joined(few, more));
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    JsonNode told = runs.json("few/summary.json");
    assertThat(told.get("status").asText()).isEqualTo("optimal");
    assertThat(told.get("distinctPatterns").asInt()).isEqualTo(12);
    assertThat(told.get("search").get("limitReached").asBoolean()).isTrue();
    assertThat(told.get("warnings").toString())
        .contains("the search for patterns stopped at its limit of 12 (--gates)")
        .contains("at 1 of 1 lambdas patterns may be missing that leave a gap above 1.0E-6");
  }

  /** Five passes are used up by the first patterns: one certifies, and lambda_max is a bound. */
  @Test
  void limitsThatLeaveNoPassForLambdaMaxAreTold() throws IOException {
    String[] few = {"--engine", "rows", "--gate-source", "adaptive", "--max-iterations", "5"};
    CommandRun run = run("fit", "five", few);
    assertThat(run.status()).isEqualTo(ExitStatus.NOT_CONVERGED);
    JsonNode told = runs.json("five/summary.json");
    assertThat(told.get("passes").asInt()).isEqualTo(6);
    assertThat(told.get("warnings").toString()).contains("lambda_max may be an upper bound");
    assertThat(summary.get("warnings").toString()).doesNotContain("upper bound");
  }

  private static void refused(String expected, String... more) {
    runs.assertRefused(
        run("fit", "refused", joined(new String[] {"--engine", "rows"}, more)),
        "refused",
        expected);
  }

  @Test
  void whatItCannotDoIsRefusedInOneLine() {
    refused(
        "for model relu with --gate-source gaussian (cones of drawn gates are hardly more than rays"
            + " at many rows; rows takes adaptive)");
    refused("with --gate-source sparse", "--gate-source", "sparse");
    refused("with --gate-source exhaustive", "--gate-source", "exhaustive");
    refused(
        "for model gated with --gate-source adaptive",
        "--model",
        "gated",
        "--gate-source",
        "adaptive");
    refused(
        "--solver: 'cone-decomposition', expected newton with engine rows",
        "--gate-source",
        "adaptive",
        "--solver",
        "cone-decomposition");
  }
}
