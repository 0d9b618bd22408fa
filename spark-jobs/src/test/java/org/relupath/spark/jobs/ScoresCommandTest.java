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
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.network.Network;
import org.relupath.core.network.NetworkFile;
import org.relupath.core.score.Confusion;
import org.relupath.core.score.PlattScaling;
import org.relupath.core.score.Scores;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.data.Folds;
import org.relupath.spark.data.HoldOut;
import org.relupath.spark.run.ExitStatus;

/** Scores, probabilities, thresholds and baselines, from a file to files. */
class ScoresCommandTest {
  private static final int N = 120;
  private static final long SEED = 1;
  @TempDir Path folder;

  @BeforeAll
  static void start() {
    SharedSpark.session();
  }

  /** Rows whose label is 7 for about a share of them, near the corner of both features; else 4. */
  private static double[][] rows(long seed, int n, double share) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] rows = new double[n][];
    for (int r = 0; r < n; r++) {
      double a = random.nextDouble();
      double b = random.nextDouble();
      boolean positive = (a + b) / 2 + 0.3 * (random.nextDouble() - 0.5) > 1 - share;
      rows[r] = new double[] {a, b, positive ? 7 : 4};
    }
    return rows;
  }

  private Path csv(String name, double[]... rows) throws IOException {
    StringBuilder text = new StringBuilder("a,b,label\n");
    for (double[] row : rows) {
      text.append(row[0]).append(',').append(row[1]).append(',').append(row[2]).append('\n');
    }
    return Files.writeString(folder.resolve(name), text);
  }

  private CommandRun command(String command, Path input, String output, String... more) {
    List<String> args = new ArrayList<>(List.of(command, "--input", input.toString()));
    args.addAll(List.of("--output", folder.resolve(output).toString()));
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(new String[0]));
  }

  private JsonNode summary(String command, Path input, String output, String... more)
      throws IOException {
    List<String> all = new ArrayList<>(List.of("--gates", "20"));
    all.addAll(List.of(more));
    CommandRun run = command(command, input, output, all.toArray(new String[0]));
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    return new ObjectMapper().readTree(folder.resolve(output).resolve("summary.json").toFile());
  }

  private Network network(String file) throws IOException {
    return NetworkFile.read(Files.readString(folder.resolve(file)));
  }

  private static Scores scores(Network network, double[]... rows) {
    double[][] features =
        Arrays.stream(rows).map(row -> Arrays.copyOf(row, 2)).toArray(double[][]::new);
    return new Scores(
        Arrays.stream(rows).mapToDouble(row -> row[2] == 7 ? 1 : -1).toArray(),
        network.predict(Matrix.ofRows(features)));
  }

  private static double[][] select(double[][] rows, int[] numbers) {
    return Arrays.stream(numbers).mapToObj(r -> rows[r]).toArray(double[][]::new);
  }

  private static void agree(JsonNode part, Scores scores, PlattScaling scaling, double threshold) {
    assertThat(part.get("mse").asDouble()).isCloseTo(scores.meanSquaredError(), within(1e-12));
    assertThat(part.get("auc").asDouble()).isEqualTo(scores.auc());
    Confusion confusion = Confusion.of(scores, threshold);
    assertThat(part.get("confusion").get("truePositives").asDouble())
        .isEqualTo(confusion.truePositives());
    assertThat(part.get("confusion").get("falseNegatives").asDouble())
        .isEqualTo(confusion.falseNegatives());
    assertThat(part.get("logLoss").asDouble()).isCloseTo(scaling.logLoss(scores), within(1e-12));
    assertThat(part.get("calibrationError").asDouble()).isBetween(0.0, 0.5);
    assertThat(part.get("r2").isNull()).isTrue();
  }

  @Test
  void probabilitiesOfHeldOutRows() throws IOException {
    double[][] rows = rows(3, N, 0.4);
    double[][] other = rows(4, N, 0.4);
    Path test = csv("test.csv", other);
    JsonNode summary =
        summary(
            "fit",
            csv("rows.csv", rows),
            "out",
            "--valid-fraction",
            "0.4",
            "--test",
            test.toString(),
            "--probabilities",
            "true",
            "--threshold",
            "cost:1,5");
    HoldOut split = HoldOut.draw(N, 0.4, SEED);
    Network network = network("out/network.json");
    Scores held = scores(network, select(rows, split.heldOut()));
    PlattScaling scaling = PlattScaling.fit(held);
    assertThat(network.calibration().scaling()).isEqualTo(scaling);
    double threshold = network.calibration().threshold();
    assertThat(threshold).isNegative();
    agree(summary.get("train"), scores(network, select(rows, split.train())), scaling, threshold);
    agree(summary.get("valid"), held, scaling, threshold);
    agree(summary.get("test"), scores(network, other), scaling, threshold);
    JsonNode calibration = summary.get("calibration");
    assertThat(calibration.get("fittedOn").asText()).isEqualTo("held-out rows");
    assertThat(calibration.get("measuredOn").asText()).isEqualTo("test rows");
    assertThat(calibration.get("rows").asInt()).isEqualTo(48);
    assertThat(calibration.get("reliability")).hasSize(10);
    JsonNode ridge = summary.get("baselines").get("ridge");
    assertThat(ridge.get("chosenBy").asText()).isEqualTo("validMse");
    assertThat(ridge.get("test").get("auc").asDouble()).isBetween(0.7, 1.0);
    assertThat(summary.get("baselines").get("constant").get("valid").get("auc").asDouble())
        .isEqualTo(0.5);

    CommandRun run = command("predict", test, "scores", "--run", folder.resolve("out").toString());
    assertThat(run.err()).isEmpty();
    List<String> lines = Files.readAllLines(folder.resolve("scores/predictions.csv"));
    assertThat(lines.get(0)).isEqualTo("prediction,predictedLabel,probability");
    for (String line : lines.subList(1, N + 1)) {
      String[] cells = line.split(",");
      double score = Double.parseDouble(cells[0]);
      assertThat(cells[1]).isEqualTo(score >= threshold ? "7" : "4");
      assertThat(Double.parseDouble(cells[2]))
          .isCloseTo(
              1 / (1 + Math.exp(scaling.slope() * score + scaling.intercept())), within(1e-12));
    }
    assertThat(Files.readString(folder.resolve("out/report.html")))
        .contains("ridge regression", "Probabilities are scaled on held-out rows.");
  }

  /** Without held-out rows the scores are of networks that are fitted to four of five parts. */
  @Test
  void probabilitiesOfCrossValidation() throws IOException {
    double[][] rows = rows(5, N, 0.5);
    JsonNode summary =
        summary("fit", csv("rows.csv", rows), "out", "--lambda", "2", "--probabilities", "true");
    JsonNode calibration = summary.get("calibration");
    assertThat(calibration.get("fittedOn").asText())
        .startsWith("rows held out in cross-validation");
    assertThat(calibration.get("rows").asInt()).isEqualTo(N);
    assertThat(calibration.get("threshold").asDouble()).isZero();
    assertThat(summary.get("baselines").get("ridge").get("chosenBy").asText())
        .isEqualTo("leave-one-out");
    Folds folds = Folds.draw(N, 5, SEED);
    List<Scores> parts = new ArrayList<>();
    for (int f = 0; f < 5; f++) {
      HoldOut split = folds.split(f);
      Path inside = csv("fold" + f + ".csv", select(rows, split.train()));
      double lambda = 2.0 * split.train().length / N;
      summary("fit", inside, "fold" + f, "--lambda", Double.toString(lambda));
      parts.add(scores(network("fold" + f + "/network.json"), select(rows, split.heldOut())));
    }
    PlattScaling expected = PlattScaling.fit(Scores.joined(parts));
    assertThat(calibration.get("slope").asDouble())
        .isCloseTo(expected.slope(), within(0.01 * Math.abs(expected.slope())));
    assertThat(calibration.get("intercept").asDouble())
        .isCloseTo(expected.intercept(), within(0.02));
  }

  @Test
  void aPathHasTheAreaOfEveryLambdaAndACalibrationOfItsBest() throws IOException {
    Path input = csv("rows.csv", rows(6, N, 0.5));
    JsonNode summary = summary("path", input, "held", "--lambdas", "4", "--valid-fraction", "0.3");
    List<String> lines = Files.readAllLines(folder.resolve("held/path.csv"));
    assertThat(lines.get(0)).endsWith(",solverObjective,validAuc");
    String best = lines.get(1 + summary.get("lambdaIndex").asInt());
    assertThat(Double.parseDouble(best.substring(best.lastIndexOf(',') + 1)))
        .isEqualTo(summary.get("valid").get("auc").asDouble());
    assertThat(summary.get("calibration").isNull()).isTrue();
    assertThat(Files.readString(folder.resolve("held/report.html")))
        .contains("<h2>Scores</h2>", "ridge regression", "predicted from a score of 0 on");
    assertThat(Files.readString(folder.resolve("held/best/network.json")))
        .contains("\"version\" : 1");

    JsonNode crossed =
        summary("path", input, "crossed", "--lambdas", "4", "--threshold", "accuracy");
    assertThat(Files.readString(folder.resolve("crossed/best/network.json")))
        .contains("\"version\" : 2", "\"threshold\"")
        .doesNotContain("slope");
    assertThat(crossed.get("calibration").get("slope").isNull()).isTrue();
    assertThat(crossed.get("calibration").get("rows").asInt()).isEqualTo(N);
    assertThat(Files.readAllLines(folder.resolve("crossed/path.csv")).get(1)).endsWith(",");
  }

  @Test
  void numbersHaveTheVarianceExplained() throws IOException {
    double[][] rows = rows(7, N, 0.5);
    for (double[] row : rows) {
      row[2] = 3 + row[0] * row[0] - row[1];
    }
    JsonNode summary = summary("fit", csv("rows.csv", rows), "out", "--lambda-ratio", "0.01");
    JsonNode train = summary.get("train");
    double mean = Arrays.stream(rows).mapToDouble(row -> row[2]).average().orElseThrow();
    double variance =
        Arrays.stream(rows).mapToDouble(row -> Math.pow(row[2] - mean, 2)).average().orElseThrow();
    assertThat(train.get("r2").asDouble())
        .isCloseTo(1 - train.get("mse").asDouble() / variance, within(1e-12));
    assertThat(train.get("auc").isNull()).isTrue();
    JsonNode constant = summary.get("baselines").get("constant").get("train");
    assertThat(constant.get("mse").asDouble()).isCloseTo(variance, within(1e-12));
    assertThat(constant.get("r2").asDouble()).isCloseTo(0, within(1e-12));
    JsonNode ridge = summary.get("baselines").get("ridge").get("train");
    assertThat(ridge.get("r2").asDouble()).isBetween(0.9, 0.999);
    assertThat(train.get("r2").asDouble()).isGreaterThan(ridge.get("r2").asDouble());
    assertThat(Files.readString(folder.resolve("out/report.html"))).contains("R²");
  }

  @Test
  void fewPositivesTakeAnotherThreshold() throws IOException {
    Path input = csv("rows.csv", rows(8, 400, 0.14));
    String[] held = {"--valid-fraction", "0.5", "--lambda-ratio", "0.5"};
    JsonNode plain = summary("fit", input, "plain", held);
    assertThat(plain.get("valid").get("auc").asDouble()).isGreaterThan(0.9);
    assertThat(plain.get("warnings"))
        .anyMatch(
            line ->
                line.asText()
                    .matches(
                        "all held-out rows are predicted 4\\.0, though auc is 0\\.9\\d\\d:"
                            + " --threshold or --class-weights finds rows of the other label"));
    List<String> more = new ArrayList<>(List.of(held));
    more.addAll(List.of("--threshold", "f1"));
    JsonNode moved = summary("fit", input, "moved", more.toArray(new String[0]));
    assertThat(moved.get("warnings")).noneMatch(line -> line.asText().startsWith("all "));
    assertThat(moved.get("valid").get("confusion").get("truePositives").asDouble()).isPositive();
    assertThat(moved.get("objective")).isEqualTo(plain.get("objective"));
  }

  @Test
  void aNetworkNoBetterThanALineIsSaid() throws IOException {
    double[][] rows = rows(9, N, 0.5);
    for (double[] row : rows) {
      row[2] = row[0] - row[1];
    }
    Path input = csv("rows.csv", rows);
    JsonNode summary = summary("fit", input, "out", "--valid", input.toString());
    assertThat(summary.get("warnings").get(0).asText())
        .matches(
            "on held-out rows the network's mse, \\S+, is no better than that of ridge"
                + " regression, \\S+");
    assertThat(summary("fit", input, "without").get("warnings")).isEmpty();
  }

  /** With weights of classes the squared error is not what was made small. */
  @Test
  void weightsOfClassesAreNotHeldAgainstANetwork() throws IOException {
    double[][] rows = rows(10, N, 0.2);
    SplittableRandom coins = new SplittableRandom(10);
    for (double[] row : rows) {
      row[2] = coins.nextInt(10) == 0 ? 7 : 4;
    }
    Path input = csv("rows.csv", rows);
    String[] held = {"--valid-fraction", "0.5", "--lambda-ratio", "0.001"};
    assertThat(summary("fit", input, "plain", held).get("warnings"))
        .anyMatch(line -> line.asText().contains("is no better than that of"));
    List<String> more = new ArrayList<>(List.of(held));
    more.addAll(List.of("--class-weights", "balanced"));
    assertThat(summary("fit", input, "weighted", more.toArray(new String[0])).get("warnings"))
        .noneMatch(line -> line.asText().contains("is no better than that of"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--probabilities true               | --probabilities: label 'label' is a number, expected"
            + " one of two values",
        "--threshold 0.5                    | --threshold: label 'label' is a number, expected one"
            + " of two values",
        "--label a --label-mapping none --threshold f1 | --threshold: label 'a' is a number"
            + " (--label-mapping none), expected one of two values",
        "--label a --probabilities true --solver cone-decomposition | --probabilities: a decomposed"
            + " network is not cross-validated, expected rows held out (--valid or"
            + " --valid-fraction)",
        "--model gated --engine rows --probabilities true | --engine: 'rows', expected driver,"
            + " gates, lambdas or auto with --probabilities",
        "--model gated --engine rows --threshold f1 | --engine: 'rows', expected driver, gates,"
            + " lambdas or auto with --threshold",
      })
  void whatHasNoProbabilitiesIsRefused(String options, String expected) throws IOException {
    Path input =
        csv(
            "rows.csv",
            IntStream.range(0, 9)
                .mapToObj(r -> new double[] {r % 2, r % 4, r % 5})
                .toArray(double[][]::new));
    CommandRun run = command("fit", input, "never", options.trim().split(" +"));
    assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(run.errorLine()).isEqualTo("relupath: " + expected.trim());
    assertThat(folder.resolve("never")).doesNotExist();
  }
}
