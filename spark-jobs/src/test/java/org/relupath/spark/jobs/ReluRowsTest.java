package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.core.data.Matrix;
import org.relupath.core.network.Network;
import org.relupath.core.network.NetworkFile;
import org.relupath.core.network.Teacher;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.result.PathRow;
import org.relupath.spark.run.ExitStatus;

/** ReLU fits and paths over rows that stay on executors, with patterns found there. */
class ReluRowsTest {
  private static final int ROWS = 9_000;
  private static final int FEATURES = 4;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;

  /** Of a path that several tests look at, in the folder rows. */
  private static JsonNode summary;

  @BeforeAll
  static void write() throws IOException {
    SharedSpark.session();
    List<String> args = new ArrayList<>(List.of("generate", "--rows", "" + ROWS));
    args.addAll(List.of("--feature-count", "" + FEATURES, "--teacher-neurons", "3"));
    args.addAll(List.of("--noise", "0.2", "--seed", "11"));
    args.addAll(List.of("--output", folder.resolve("teacher").toString()));
    assertThat(CommandRun.of(args.toArray(new String[0])).err()).isEmpty();
    summary = path("rows", "--valid", rows());
  }

  private static String rows() {
    return folder.resolve("teacher/rows.parquet").toString();
  }

  private static CommandRun run(String command, String name, String... more) {
    List<String> args = new ArrayList<>(List.of(command, "--input", rows()));
    args.addAll(List.of("--output", folder.resolve(name).toString()));
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(new String[0]));
  }

  private static JsonNode done(String command, String name, String... more) throws IOException {
    CommandRun run = run(command, name, more);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    return JSON.readTree(folder.resolve(name).resolve("summary.json").toFile());
  }

  private static JsonNode path(String name, String... more) throws IOException {
    String[] common = {"--engine", "rows", "--gate-source", "adaptive", "--gates", "200"};
    String[] search = {"--search-starts", "10", "--search-tolerance", "1e-2"};
    String[] grid = {"--lambdas", "2", "--lambda-min-ratio", "0.1", "--tolerance", "1e-6"};
    String[] all =
        Stream.of(common, search, grid, more).flatMap(Arrays::stream).toArray(String[]::new);
    return done("path", name, all);
  }

  private static String[] columns(String name, String column) throws IOException {
    int place = PathRow.COLUMNS.indexOf(column);
    return Files.readAllLines(folder.resolve(name).resolve("path.csv")).stream()
        .skip(1)
        .map(line -> line.split(",", -1)[place])
        .toArray(String[]::new);
  }

  private static double[] column(String name, String column) throws IOException {
    return Arrays.stream(columns(name, column)).mapToDouble(Double::parseDouble).toArray();
  }

  private static double largest(String column) throws IOException {
    return Arrays.stream(column("rows", column)).max().orElseThrow();
  }

  private static List<Row> blocks(String name) {
    return SharedSpark.session()
        .read()
        .parquet(folder.resolve(name).resolve("best/blocks.parquet").toString())
        .collectAsList();
  }

  /** The gates of the patterns found, as a file that other engines read. */
  private static Path gateFile() throws IOException {
    String text =
        blocks("rows").stream()
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
    assertThat(columns("rows", "status")).containsOnly("optimal");
    assertThat(largest("relativeGap")).isLessThanOrEqualTo(1e-6);
    assertThat(largest("maxConeViolation")).isLessThanOrEqualTo(1e-11);
    assertThat(largest("searchedGap")).isLessThanOrEqualTo(1e-2);
    double[] objective = column("rows", "objective");
    double[] lower = column("rows", "lowerBound");
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
    double[] mse = column("rows", "trainMse");
    double[] valid = column("rows", "validMse");
    for (int k = 0; k < mse.length; k++) {
      assertThat(valid[k]).isCloseTo(mse[k], within(1e-9 * mse[k]));
    }
  }

  /** Neither engine's bound is above the other's objective over the same gates. */
  @Test
  void theDriverFindsTheSameOverTheSameGates() throws IOException {
    String gates = "file:" + gateFile();
    String lambda = columns("rows", "lambda")[1];
    String[] same = {"--gate-source", gates, "--lambda", lambda, "--tolerance", "1e-7"};
    JsonNode driver =
        done(
            "fit",
            "driver",
            Stream.concat(Stream.of("--engine", "driver"), Stream.of(same)).toArray(String[]::new));
    JsonNode again =
        done(
            "fit",
            "again",
            Stream.concat(Stream.of("--engine", "rows"), Stream.of(same)).toArray(String[]::new));
    assertThat(driver.get("distinctPatterns")).isEqualTo(summary.get("distinctPatterns"));
    double upper = column("rows", "objective")[1];
    double lower = column("rows", "dualObjective")[1];
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
    Network network = NetworkFile.read(Files.readString(folder.resolve("rows/best/network.json")));
    Teacher teacher = Teacher.draw(11, FEATURES, 3);
    double loss = 0;
    for (int r = 0; r < ROWS; r++) {
      double[] row = teacher.row(r, 0.2);
      Matrix features = new Matrix(1, FEATURES, Arrays.copyOf(row, FEATURES));
      double u = row[FEATURES] - network.predict(features)[0];
      loss += 0.5 * u * u;
    }
    assertThat(loss).isCloseTo(summary.get("loss").asDouble(), within(1e-8 * loss));
    assertThat(network.width()).isEqualTo(summary.get("activeBlocks").asInt());
  }

  /** blocks.parquet has both signs of every pattern, and bounds of ||v_b||. */
  @Test
  void blocksTellHowNearEveryBlockIs() {
    double lambda = summary.get("lambda").asDouble();
    List<Row> blocks = blocks("rows");
    assertThat(blocks).hasSize(2 * summary.get("distinctPatterns").asInt());
    int active = 0;
    for (Row block : blocks) {
      double norm = block.getDouble(block.fieldIndex("vNormUpper"));
      assertThat(norm).isBetween(0.0, lambda * 1.001);
      boolean zero =
          block.<Double>getList(block.fieldIndex("w")).stream().allMatch(value -> value == 0);
      if (!zero) {
        assertThat(norm).isGreaterThan(lambda * 0.999);
        active++;
      }
    }
    assertThat(active).isEqualTo(summary.get("activeBlocks").asInt()).isPositive();
  }

  private static List<String> withoutSeconds(String name) throws IOException {
    int seconds = PathRow.COLUMNS.indexOf("seconds");
    try (Stream<String> lines = Files.lines(folder.resolve(name).resolve("path.csv"))) {
      return lines
          .map(
              line -> {
                String[] cells = line.split(",", -1);
                cells[seconds] = "";
                return String.join(",", cells);
              })
          .toList();
    }
  }

  @Test
  void partitionsDoNotChangeAByte() throws IOException {
    String key = "spark.sql.files.maxPartitionBytes";
    SharedSpark.session().conf().set(key, 60_000);
    try {
      path("split", "--valid", rows());
    } finally {
      SharedSpark.session().conf().unset(key);
    }
    assertThat(withoutSeconds("split")).isEqualTo(withoutSeconds("rows"));
    for (String file : List.of("best/network.json", "report.html", "best/report.html")) {
      assertThat(folder.resolve("split").resolve(file))
          .hasSameTextualContentAs(folder.resolve("rows").resolve(file));
    }
  }

  @Test
  void meanLossAndTheZeroNetworkAboveTheLargestLambda() throws IOException {
    JsonNode zero =
        done(
            "fit",
            "zero",
            "--engine",
            "rows",
            "--gate-source",
            "adaptive",
            "--search-starts",
            "5",
            "--search-tolerance",
            "1e-2",
            "--loss-scaling",
            "mean",
            "--lambda-ratio",
            "1.5");
    assertThat(zero.get("neurons").asInt()).isZero();
    assertThat(zero.get("relativeGap").asDouble()).isZero();
    assertThat(zero.get("objective").asDouble()).isBetween(0.0, 2.0);
  }

  /** Lambdas that are not searched at are told, and what was found is certified all the same. */
  @Test
  void limitsAreTold() throws IOException {
    String[] few = {"--engine", "rows", "--gate-source", "adaptive", "--gates", "12"};
    String[] more = {"--search-starts", "5", "--lambda-ratio", "0.05"};
    CommandRun run =
        run("fit", "few", Stream.of(few, more).flatMap(Arrays::stream).toArray(String[]::new));
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    JsonNode told = JSON.readTree(folder.resolve("few/summary.json").toFile());
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
    JsonNode told = JSON.readTree(folder.resolve("five/summary.json").toFile());
    assertThat(told.get("passes").asInt()).isEqualTo(6);
    assertThat(told.get("warnings").toString()).contains("lambda_max may be an upper bound");
    assertThat(summary.get("warnings").toString()).doesNotContain("upper bound");
  }

  private static void refused(String expected, String... more) {
    CommandRun run = run("fit", "refused", more);
    assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(run.errorLine()).contains(expected);
    assertThat(folder.resolve("refused")).doesNotExist();
  }

  @Test
  void whatItCannotDoIsRefusedInOneLine() {
    refused(
        "for model relu with --gate-source gaussian (cones of drawn gates are hardly more than rays"
            + " at many rows; rows takes adaptive)",
        "--engine",
        "rows");
    refused("with --gate-source sparse", "--engine", "rows", "--gate-source", "sparse");
    refused("with --gate-source exhaustive", "--engine", "rows", "--gate-source", "exhaustive");
    refused(
        "for model gated with --gate-source adaptive",
        "--engine",
        "rows",
        "--model",
        "gated",
        "--gate-source",
        "adaptive");
    refused(
        "--solver: 'cone-decomposition', expected newton with engine rows",
        "--engine",
        "rows",
        "--gate-source",
        "adaptive",
        "--solver",
        "cone-decomposition");
  }
}
