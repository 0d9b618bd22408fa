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
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.run.ExitStatus;

/**
 * The network of network.json, the convex program of blocks.parquet and the scores of predict are
 * one function with one objective. Everything is computed here once more from the files alone, in
 * plain loops.
 */
class FittedNetworkTest {
  private static final double SAME = 1e-9;

  @TempDir Path folder;
  private Path input;
  private double[][] raw;
  private double[] labels;

  @BeforeAll
  static void start() {
    SharedSpark.session();
  }

  /**
   * Columns of different scale, one of them constant, and repeated rows; far from zero where the
   * intercept can take that up.
   */
  private void writeRows(boolean preprocessed, boolean twoValued) throws IOException {
    SplittableRandom random = new SplittableRandom(11);
    raw = new double[80][];
    labels = new double[raw.length];
    StringBuilder text = new StringBuilder("a,b,c,d,label\n");
    for (int r = 0; r < raw.length; r++) {
      double a = random.nextDouble() - 0.5;
      double b = 20 * random.nextDouble() + (preprocessed ? 300 : -10);
      double c = 1e-3 * random.nextDouble();
      raw[r] = r % 10 == 9 ? raw[r - 1] : new double[] {a, b, 7, c};
      double score = Math.abs(raw[r][0]) * 8 - raw[r][1] / 10 + (preprocessed ? 31 : 0);
      labels[r] = twoValued ? (score > 1 ? 4 : 2) : score + 4;
      for (double value : raw[r]) {
        text.append(value).append(',');
      }
      text.append(labels[r]).append('\n');
    }
    input = Files.writeString(folder.resolve("rows.csv"), text);
  }

  @ParameterizedTest(name = "{0}, preprocessing {1}, two labels {2}")
  @CsvSource({
    "relu,true,false",
    "relu,true,true",
    "relu,false,false",
    "gated,true,false",
    "gated,true,true",
    "gated,false,false"
  })
  void networkProgramAndPredictionsAreOne(String model, boolean preprocessed, boolean twoValued)
      throws IOException {
    writeRows(preprocessed, twoValued);
    String flag = String.valueOf(preprocessed);
    run(
        List.of("fit", "--model", model, "--gates", "60", "--lambda-ratio", "0.01"),
        List.of("--standardize", flag, "--intercept", flag),
        List.of("--output", folder.resolve("fit").toString()));
    run(
        List.of("predict", "--run", folder.resolve("fit").toString()),
        List.of("--output", folder.resolve("scores").toString()));

    JsonNode network = json("fit/network.json");
    JsonNode summary = json("fit/summary.json");
    double lambda = summary.get("lambda").asDouble();
    assertThat(summary.get("neurons").asInt()).isGreaterThan(1);

    // As the solver sees it, from the definition.
    double[][] x = design(preprocessed);
    double[] y = targets(twoValued);
    double center = network.get("outputBias").asDouble();
    List<Row> blocks =
        SharedSpark.session()
            .read()
            .parquet(folder.resolve("fit/blocks.parquet").toString())
            .collectAsList();
    double[] program = programFit(blocks, x);
    double norms = blocks.stream().mapToDouble(row -> norm(doubles(row, "w"))).sum();
    assertRelative(objective(program, y, lambda * norms), summary, "objective");

    double[] scores = networkScores(network);
    double[] predicted = predictions();
    for (int r = 0; r < raw.length; r++) {
      assertThat(scores[r]).as("row " + r).isCloseTo(program[r] + center, within(SAME));
      assertThat(predicted[r]).as("row " + r).isCloseTo(program[r] + center, within(SAME));
    }

    double[] uncentred = Arrays.stream(scores).map(score -> score - center).toArray();
    double penalty = 0.5 * lambda * squares(network);
    assertRelative(objective(uncentred, y, penalty), summary, "objective");
    assertRelative(penalty, summary, "penalty");
  }

  @SafeVarargs
  private void run(List<String>... parts) {
    List<String> args = new ArrayList<>();
    for (List<String> part : parts) {
      args.addAll(part);
    }
    args.addAll(List.of("--input", input.toString()));
    CommandRun run = CommandRun.of(args.toArray(new String[0]));
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
  }

  /** X: standardised by the population deviation, ones last; or the rows as they are. */
  private double[][] design(boolean preprocessed) {
    if (!preprocessed) {
      return raw;
    }
    int n = raw.length;
    int columns = raw[0].length;
    double[][] x = new double[n][columns + 1];
    for (int k = 0; k < columns; k++) {
      int column = k;
      double mean = Arrays.stream(raw).mapToDouble(row -> row[column]).average().orElseThrow();
      double variance =
          Arrays.stream(raw).mapToDouble(row -> Math.pow(row[column] - mean, 2)).sum() / n;
      for (int r = 0; r < n; r++) {
        x[r][k] = variance == 0 ? 0 : (raw[r][k] - mean) / Math.sqrt(variance);
        x[r][columns] = 1;
      }
    }
    return x;
  }

  /** y: -1 and +1 for two labels, else centred. */
  private double[] targets(boolean twoValued) {
    double mean = Arrays.stream(labels).average().orElseThrow();
    return Arrays.stream(labels).map(v -> twoValued ? v - 3 : v - mean).toArray();
  }

  /** sum_b s_b D_b X w_b with D_b = diag(1[X g_b >= 0]). */
  private static double[] programFit(List<Row> blocks, double[][] x) {
    double[] fit = new double[x.length];
    for (Row row : blocks) {
      double[] gate = doubles(row, "gate");
      double[] w = doubles(row, "w");
      int sign = row.getInt(row.fieldIndex("sign"));
      for (int r = 0; r < x.length; r++) {
        fit[r] += dot(x[r], gate) >= 0 ? sign * dot(x[r], w) : 0;
      }
    }
    return fit;
  }

  /** The formula of spark-jobs/docs/files.md#networkjson, on raw rows. */
  private double[] networkScores(JsonNode network) {
    boolean gated = network.get("activation").asText().equals("gated");
    double[] scores = new double[raw.length];
    Arrays.fill(scores, network.get("outputBias").asDouble());
    for (int j = 0; j < network.get("output").size(); j++) {
      double[] w = numbers(network.get("hidden").get(j));
      double bias = network.get("bias").get(j).asDouble();
      double output = network.get("output").get(j).asDouble();
      for (int r = 0; r < raw.length; r++) {
        double hidden = dot(raw[r], w) + bias;
        double gate =
            gated
                ? dot(raw[r], numbers(network.get("gates").get(j)))
                    + network.get("gateBias").get(j).asDouble()
                : hidden;
        scores[r] += gate >= 0 ? hidden * output : 0;
      }
    }
    return scores;
  }

  /** sum_j ||W_j||^2 + a_j^2 of the weights on the columns of X, after undoing the folding. */
  private static double squares(JsonNode network) {
    double[] mean = numbers(network.get("preprocessing").get("mean"));
    double[] scale = numbers(network.get("preprocessing").get("scale"));
    boolean intercept = network.get("preprocessing").get("intercept").asBoolean();
    double sum = 0;
    for (int j = 0; j < network.get("output").size(); j++) {
      double[] w = numbers(network.get("hidden").get(j));
      double ones = network.get("bias").get(j).asDouble();
      for (int k = 0; k < w.length; k++) {
        sum += Math.pow(w[k] * scale[k], 2);
        ones += w[k] * mean[k];
      }
      if (intercept) {
        sum += ones * ones;
      } else {
        assertThat(ones).isZero();
      }
      sum += Math.pow(network.get("output").get(j).asDouble(), 2);
    }
    return sum;
  }

  private static double objective(double[] fit, double[] y, double penalty) {
    double loss = 0;
    for (int r = 0; r < y.length; r++) {
      loss += 0.5 * (fit[r] - y[r]) * (fit[r] - y[r]);
    }
    return loss + penalty;
  }

  private double[] predictions() throws IOException {
    return Files.readAllLines(folder.resolve("scores/predictions.csv")).stream()
        .skip(1)
        .mapToDouble(line -> Double.parseDouble(line.split(",")[0]))
        .toArray();
  }

  private JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(file).toFile());
  }

  private static double[] doubles(Row row, String column) {
    return row.<Double>getList(row.fieldIndex(column)).stream()
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  private static double[] numbers(JsonNode list) {
    double[] values = new double[list.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = list.get(i).asDouble();
    }
    return values;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  private static double norm(double[] w) {
    return Math.sqrt(dot(w, w));
  }

  private static void assertRelative(double actual, JsonNode summary, String field) {
    double expected = summary.get(field).asDouble();
    assertThat(actual).as(field).isCloseTo(expected, within(SAME * Math.abs(expected)));
  }
}
