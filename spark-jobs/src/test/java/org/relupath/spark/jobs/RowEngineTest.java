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
import java.util.List;
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

/** Paths and fits over rows that stay on executors, against the driver's on the same rows. */
class RowEngineTest {
  /** Six blocks: in which order three or more are added makes a difference in the last digits. */
  private static final int ROWS = 45_000;

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
    CommandRun run = CommandRun.of(args.toArray(new String[0]));
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    summary = path(rows(), "rows", "rows");
  }

  private static String rows() {
    return folder.resolve("teacher/rows.parquet").toString();
  }

  private static CommandRun run(String command, String input, String name, String... more) {
    List<String> args = new ArrayList<>(List.of(command, "--set", "model=gated"));
    args.addAll(List.of("--input", input, "--output", folder.resolve(name).toString()));
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(new String[0]));
  }

  private static JsonNode done(String command, String input, String name, String... more)
      throws IOException {
    CommandRun run = run(command, input, name, more);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    return JSON.readTree(folder.resolve(name).resolve("summary.json").toFile());
  }

  private static JsonNode path(String input, String name, String engine, String... more)
      throws IOException {
    List<String> args = new ArrayList<>(List.of("--engine", engine, "--gates", "40"));
    args.addAll(List.of("--lambdas", "6", "--lambda-min-ratio", "0.1", "--tolerance", "1e-5"));
    args.addAll(List.of(more));
    return done("path", input, name, args.toArray(new String[0]));
  }

  private static double[] column(String name, String column) throws IOException {
    int place = PathRow.COLUMNS.indexOf(column);
    return Files.readAllLines(folder.resolve(name).resolve("path.csv")).stream()
        .skip(1)
        .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[place]))
        .toArray();
  }

  /** Each primal value is above the other's bound, and both gaps are what was asked for. */
  private static void assertAgree(String one, String other, double tolerance) throws IOException {
    double[] lambdas = column(one, "lambda");
    double[] there = column(other, "lambda");
    double[] upper = column(one, "objective");
    double[] lower = column(one, "dualObjective");
    double[] otherUpper = column(other, "objective");
    double[] otherLower = column(other, "dualObjective");
    for (int k = 0; k < lambdas.length; k++) {
      // Sums run in another order, which moves lambda_max and with it the grid a little.
      assertThat(lambdas[k]).isCloseTo(there[k], within(1e-11 * there[k]));
      double rounding = 1e-10 * upper[k];
      assertThat(upper[k] - lower[k]).isLessThanOrEqualTo(tolerance * upper[k]);
      assertThat(upper[k]).isGreaterThanOrEqualTo(otherLower[k] - rounding);
      assertThat(otherUpper[k]).isGreaterThanOrEqualTo(lower[k] - rounding);
    }
  }

  @Test
  void pathIsThatOfTheDriverWithinItsGap() throws IOException {
    path(rows(), "driver", "driver", "--valid", rows());
    assertAgree("rows", "driver", 1e-5);
    assertThat(summary.get("engine").asText()).isEqualTo("rows");
    assertThat(summary.get("n").asInt()).isEqualTo(ROWS);
    assertThat(summary.get("passes").asInt()).isLessThanOrEqualTo(8);
    double[] mse = column("rows", "trainMse");
    double[] otherMse = column("driver", "trainMse");
    for (int k = 0; k < mse.length; k++) {
      assertThat(mse[k]).isCloseTo(otherMse[k], within(1e-2 * mse[k]));
    }
    for (String file :
        List.of(
            "path.parquet",
            "coefficients.parquet",
            "report.html",
            "events.csv",
            "manifest.json",
            "resolved.conf",
            "best/network.json",
            "best/summary.json",
            "best/blocks.parquet",
            "best/manifest.json",
            "best/report.html")) {
      assertThat(folder.resolve("rows").resolve(file)).exists();
    }
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
    assertThat(summary.get("chosenBy").asText()).contains("no rows held out");
    double noise = 0.04;
    assertThat(summary.get("train").get("mse").asDouble()).isBetween(noise, 20 * noise);
  }

  /** blocks.parquet has ||v_b|| of every gate: at most lambda but for the gap. */
  @Test
  void blocksTellHowNearEveryGateIs() throws IOException {
    double lambda = summary.get("lambda").asDouble();
    List<Row> blocks =
        SharedSpark.session()
            .read()
            .parquet(folder.resolve("rows/best/blocks.parquet").toString())
            .collectAsList();
    assertThat(blocks).hasSize(summary.get("distinctPatterns").asInt());
    int active = 0;
    for (Row block : blocks) {
      double norm = block.getDouble(block.fieldIndex("vNormUpper"));
      assertThat(norm).isBetween(0.0, lambda * 1.01);
      boolean zero =
          block.<Double>getList(block.fieldIndex("w")).stream().allMatch(value -> value == 0);
      if (!zero) {
        assertThat(norm).isGreaterThan(lambda * 0.99);
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
    path(rows(), "whole", "rows", "--valid-fraction", "0.2");
    SharedSpark.session().conf().set(key, 60_000);
    try {
      path(rows(), "split", "rows", "--valid-fraction", "0.2");
    } finally {
      SharedSpark.session().conf().unset(key);
    }
    assertThat(withoutSeconds("split")).isEqualTo(withoutSeconds("whole"));
    for (String file : List.of("best/network.json", "report.html", "best/report.html")) {
      assertThat(folder.resolve("split").resolve(file))
          .hasSameTextualContentAs(folder.resolve("whole").resolve(file));
    }
    JsonNode manifest = JSON.readTree(folder.resolve("whole/manifest.json").toFile());
    assertThat(manifest.get("dataHash"))
        .isEqualTo(JSON.readTree(folder.resolve("split/manifest.json").toFile()).get("dataHash"));
    int train = manifest.get("rows").get("train").asInt();
    assertThat(train).isBetween((int) (0.79 * ROWS), (int) (0.81 * ROWS));
    assertThat(manifest.get("rows").get("valid").asInt()).isEqualTo(ROWS - train);
  }

  /** A constant column, a copy of another, rows of heavy tails, a label of two values. */
  private static String awkward() throws IOException {
    Teacher teacher = Teacher.draw(3, 3, 2);
    StringBuilder text = new StringBuilder("one,a,b,c,a2,label\n");
    for (int r = 0; r < 9000; r++) {
      double[] row = teacher.row(r, 0);
      double tail = 1 + Math.pow(Math.abs(row[0]), 4);
      String a = Double.toString(tail * row[0]);
      text.append("7,").append(a).append(',').append(tail * row[1]).append(',');
      text.append(row[2]).append(',').append(a).append(',');
      text.append(Math.abs(row[1]) > 0.7 + 0.3 * row[2] ? 3 : 1).append('\n');
    }
    return Files.writeString(folder.resolve("awkward.csv"), text).toString();
  }

  @Test
  void collinearColumnsHeavyTailsAndTwoLabelsAgreeWithTheDriver() throws IOException {
    String input = awkward();
    JsonNode here = path(input, "awkward-rows", "rows", "--valid", input);
    JsonNode there = path(input, "awkward-driver", "driver", "--valid", input);
    assertAgree("awkward-rows", "awkward-driver", 1e-5);
    assertThat(here.get("distinctPatterns")).isEqualTo(there.get("distinctPatterns"));
    double[] accuracy = column("awkward-rows", "trainAccuracy");
    double[] other = column("awkward-driver", "trainAccuracy");
    for (int k = 0; k < other.length; k++) {
      assertThat(accuracy[k]).isCloseTo(other[k], within(0.01));
    }
    // Held-out rows that are the training rows measure the same, summed with fewer gates.
    assertThat(column("awkward-rows", "validAccuracy")).isEqualTo(accuracy);
    double[] mse = column("awkward-rows", "trainMse");
    double[] valid = column("awkward-rows", "validMse");
    for (int k = 0; k < mse.length; k++) {
      assertThat(valid[k]).isCloseTo(mse[k], within(1e-9 * mse[k]));
    }
  }

  @Test
  void fitsOneLambdaAndTheZeroNetworkAboveTheLargest() throws IOException {
    String[] common = {"--engine", "rows", "--gates", "30", "--loss-scaling", "mean"};
    JsonNode fit = done("fit", rows(), "fit", with(common, "--lambda-ratio", "0.3"));
    assertThat(fit.get("relativeGap").asDouble()).isBetween(0.0, 1e-8);
    assertThat(fit.get("objective").asDouble()).isBetween(0.0, 1.0);
    JsonNode zero = done("fit", rows(), "zero", with(common, "--lambda-ratio", "1.5"));
    assertThat(zero.get("neurons").asInt()).isZero();
    assertThat(zero.get("relativeGap").asDouble()).isZero();
    assertThat(zero.get("passes").asInt()).isEqualTo(1);
  }

  private static String[] with(String[] some, String... more) {
    return Stream.concat(Arrays.stream(some), Arrays.stream(more)).toArray(String[]::new);
  }

  private static void refused(String expected, String command, String input, String... more) {
    CommandRun run = run(command, input, "refused", more);
    assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(run.errorLine()).contains(expected);
    assertThat(folder.resolve("refused")).doesNotExist();
  }

  @Test
  void whatItCannotDoIsRefusedInOneLine() throws IOException {
    refused(
        "--engine: 'rows', expected driver, gates, lambdas or auto for model relu",
        "path",
        rows(),
        "--engine",
        "rows",
        "--model",
        "relu");
    refused("with --analyze true", "fit", rows(), "--engine", "rows", "--analyze", "true");
    refused(
        "with --gate-source exhaustive",
        "fit",
        rows(),
        "--engine",
        "rows",
        "--gate-source",
        "exhaustive");
    refused(
        "with --gate-source adaptive",
        "fit",
        rows(),
        "--engine",
        "rows",
        "--gate-source",
        "adaptive");
    refused("with --sample-rows", "fit", rows(), "--engine", "rows", "--sample-rows", "9");
    refused("with --positive", "fit", rows(), "--engine", "rows", "--positive", "1");
    refused("with --certify", "path", rows(), "--engine", "rows", "--certify", "1e-2");
    String constant =
        Files.writeString(folder.resolve("constant.csv"), "a,label\n1,2\n2,2\n").toString();
    refused("'label' is 2.0 in all 2 training rows", "fit", constant, "--engine", "rows");
    String bad = Files.writeString(folder.resolve("bad.csv"), "a,label\n1,2\n2,\n").toString();
    refused("row 2 column 'label'", "fit", bad, "--engine", "rows");
    String two = Files.writeString(folder.resolve("two.csv"), "a,label\n1,2\n2,3\n").toString();
    String third = Files.writeString(folder.resolve("third.csv"), "a,label\n1,4\n").toString();
    refused("has a 4.0, expected one of", "fit", two, "--engine", "rows", "--valid", third);
  }

  /** What is refused or fails only when rows have been looked at leaves none of them behind. */
  @Test
  void nothingStaysOnExecutors() throws IOException {
    Path zero = Files.writeString(folder.resolve("zero.csv"), "0,0,0,0,-1\n");
    int before = SharedSpark.session().sparkContext().getPersistentRDDs().size();
    refused(
        "no row is active in any pattern",
        "fit",
        rows(),
        "--engine",
        "rows",
        "--gate-source",
        "file:" + zero);
    done("fit", rows(), "kept", "--engine", "rows", "--gates", "5");
    assertThat(SharedSpark.session().sparkContext().getPersistentRDDs().size()).isEqualTo(before);
  }

  @Test
  void optimalSetsOfSuchRunsAreRefused() throws IOException {
    done("fit", rows(), "earlier", "--engine", "rows", "--gates", "10");
    CommandRun run =
        CommandRun.of(
            "optimal-set",
            "--run",
            folder.resolve("earlier").toString(),
            "--output",
            folder.resolve("set").toString());
    assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(run.errorLine()).contains("made by engine rows");
  }
}
