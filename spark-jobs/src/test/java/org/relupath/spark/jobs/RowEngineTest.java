package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.core.network.Teacher;
import org.relupath.spark.SharedSpark;

/** Paths and fits over rows that stay on executors, against the driver's on the same rows. */
class RowEngineTest {
  /** Six blocks: in which order three or more are added makes a difference in the last digits. */
  private static final int ROWS = 45_000;

  @TempDir static Path folder;

  private static RowRuns runs;

  /** Of a path that several tests look at, in the folder rows. */
  private static JsonNode summary;

  @BeforeAll
  static void write() throws IOException {
    runs = RowRuns.generated(folder, ROWS);
    summary = path(rows(), "rows", "rows");
  }

  private static String rows() {
    return runs.rows();
  }

  private static String[] gated(String input) {
    return new String[] {"--set", "model=gated", "--input", input};
  }

  private static JsonNode done(String command, String input, String name, String... more)
      throws IOException {
    return runs.done(command, name, gated(input), more);
  }

  private static JsonNode path(String input, String name, String engine, String... more)
      throws IOException {
    String[] size = {"--engine", engine, "--gates", "40", "--lambdas", "6"};
    String[] end = {"--lambda-min-ratio", "0.1", "--tolerance", "1e-5"};
    return done("path", input, name, with(with(size, end), more));
  }

  /** Each primal value is above the other's bound, and both gaps are what was asked for. */
  private static void assertAgree(String one, String other, double tolerance) throws IOException {
    double[] lambdas = runs.column(one, "lambda");
    double[] there = runs.column(other, "lambda");
    double[] upper = runs.column(one, "objective");
    double[] lower = runs.column(one, "dualObjective");
    double[] otherUpper = runs.column(other, "objective");
    double[] otherLower = runs.column(other, "dualObjective");
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
    double[] mse = runs.column("rows", "trainMse");
    double[] otherMse = runs.column("driver", "trainMse");
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
    double loss = runs.loss(runs.network("rows"));
    assertThat(loss).isCloseTo(summary.get("loss").asDouble(), within(1e-8 * loss));
    assertThat(summary.get("chosenBy").asText()).contains("no rows held out");
    double noise = 0.04;
    assertThat(summary.get("train").get("mse").asDouble()).isBetween(noise, 20 * noise);
  }

  /** blocks.parquet has ||v_b|| of every gate: at most lambda but for the gap. */
  @Test
  void blocksTellHowNearEveryGateIs() throws IOException {
    double lambda = summary.get("lambda").asDouble();
    List<Row> blocks = runs.blocks("rows");
    assertThat(blocks).hasSize(summary.get("distinctPatterns").asInt());
    assertThat(RowRuns.active(blocks, lambda, 0.01))
        .isEqualTo(summary.get("activeBlocks").asInt())
        .isPositive();
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
    runs.assertSameBytes("split", "whole");
    JsonNode manifest = runs.json("whole/manifest.json");
    assertThat(manifest.get("dataHash"))
        .isEqualTo(runs.json("split/manifest.json").get("dataHash"));
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
    double[] accuracy = runs.column("awkward-rows", "trainAccuracy");
    double[] other = runs.column("awkward-driver", "trainAccuracy");
    for (int k = 0; k < other.length; k++) {
      assertThat(accuracy[k]).isCloseTo(other[k], within(0.01));
    }
    // Held-out rows that are the training rows measure the same, summed with fewer gates.
    assertThat(runs.column("awkward-rows", "validAccuracy")).isEqualTo(accuracy);
    double[] mse = runs.column("awkward-rows", "trainMse");
    double[] valid = runs.column("awkward-rows", "validMse");
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
    String[] rows = with(gated(input), "--engine", "rows");
    runs.assertRefused(runs.run(command, "refused", rows, more), "refused", expected);
  }

  @Test
  void whatItCannotDoIsRefusedInOneLine() throws IOException {
    refused(
        "--engine: 'rows', expected driver, gates, lambdas or auto for model relu",
        "path",
        rows(),
        "--model",
        "relu");
    refused("with --analyze true", "fit", rows(), "--analyze", "true");
    refused("with --gate-source exhaustive", "fit", rows(), "--gate-source", "exhaustive");
    refused("with --gate-source adaptive", "fit", rows(), "--gate-source", "adaptive");
    refused("with --sample-rows", "fit", rows(), "--sample-rows", "9");
    refused("with --positive", "fit", rows(), "--positive", "1");
    refused("with --certify", "path", rows(), "--certify", "1e-2");
    refused("with --choose accuracy", "path", rows(), "--choose", "accuracy");
    String constant =
        Files.writeString(folder.resolve("constant.csv"), "a,label\n1,2\n2,2\n").toString();
    refused("'label' is 2.0 in all 2 training rows", "fit", constant);
    String bad = Files.writeString(folder.resolve("bad.csv"), "a,label\n1,2\n2,\n").toString();
    refused("row 2 column 'label'", "fit", bad);
    String two = Files.writeString(folder.resolve("two.csv"), "a,label\n1,2\n2,3\n").toString();
    String third = Files.writeString(folder.resolve("third.csv"), "a,label\n1,4\n").toString();
    refused("has a 4.0, expected one of", "fit", two, "--valid", third);
  }

  /** What is refused or fails only when rows have been looked at leaves none of them behind. */
  @Test
  void nothingStaysOnExecutors() throws IOException {
    Path zero = Files.writeString(folder.resolve("zero.csv"), "0,0,0,0,-1\n");
    int before = SharedSpark.session().sparkContext().getPersistentRDDs().size();
    refused("no row is active in any pattern", "fit", rows(), "--gate-source", "file:" + zero);
    done("fit", rows(), "kept", "--engine", "rows", "--gates", "5");
    assertThat(SharedSpark.session().sparkContext().getPersistentRDDs().size()).isEqualTo(before);
  }

  @Test
  void optimalSetsOfSuchRunsAreRefused() throws IOException {
    done("fit", rows(), "earlier", "--engine", "rows", "--gates", "10");
    String[] run = {"--run", folder.resolve("earlier").toString()};
    runs.assertRefused(runs.run("optimal-set", "set", run), "set", "made by engine rows");
  }
}
