package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.run.ExitStatus;

/** Exported models, run by onnxruntime, against what {@code predict} says of the same rows. */
class ExportJobTest {
  private static final int N = 60;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String MIXED =
      """
      [{"column": "number", "kind": "number", "missing": 2.5, "indicator": true},
       {"column": "sex", "kind": "category", "levels": ["female", "male"], "other": false,
        "missing": 0, "indicator": false},
       {"column": "when", "kind": "date", "parts": ["hour", "days", "year", "month", "day", "weekday"],
        "missing": [1, 2, 3, 4, 5, 6], "indicator": true},
       {"column": "plain", "kind": "number", "indicator": false},
       {"column": "town", "kind": "category", "levels": ["Ulm", "\u00c5lesund", "a, b"], "other": true,
        "missing": 0, "indicator": true},
       {"column": "ok", "kind": "boolean", "missing": 0.25, "indicator": false},
       {"column": "one", "kind": "category", "levels": ["x"], "other": true, "missing": 0,
        "indicator": false}]
      """;

  private static final String NUMBERS =
      """
      [{"column": "a", "kind": "number", "missing": 1.5, "indicator": true},
       {"column": "ok", "kind": "boolean", "indicator": false},
       {"column": "b", "kind": "number", "missing": -2, "indicator": false},
       {"column": "c", "kind": "number", "missing": 7, "indicator": true}]
      """;

  private static final String CALIBRATED =
      "\"labels\": [-1, 1], \"calibration\": {\"threshold\": %s, \"slope\": %s, \"intercept\": 0.5}";

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    SharedSpark.session();
  }

  private final SplittableRandom random = new SplittableRandom(7);

  private ArrayNode matrix(int rows, int columns, double size) {
    ArrayNode matrix = JSON.createArrayNode();
    for (int r = 0; r < rows; r++) {
      matrix.add(vector(columns, size));
    }
    return matrix;
  }

  private ArrayNode vector(int count, double size) {
    ArrayNode vector = JSON.createArrayNode();
    for (int k = 0; k < count; k++) {
      vector.add(size * (2 * random.nextDouble() - 1));
    }
    return vector;
  }

  /**
   * Writes a network of random weights.
   *
   * @param encoded columns of its weights
   * @param outputs K, 1 for a network of one output
   * @param more fields beside the weights, each with a comma at its end
   */
  private void network(
      String model, String inputs, int encoded, int neurons, int outputs, String more)
      throws IOException {
    ObjectNode root =
        (ObjectNode)
            JSON.readTree(
                "{\"format\": \"relupath-network\", \"version\": 2, \"inputs\": %s, %s \"activation\": \"%s\"}"
                    .formatted(inputs, more, model));
    root.set("hidden", matrix(neurons, encoded, 1));
    root.set("bias", vector(neurons, 1));
    if (model.equals("gated")) {
      root.set("gates", matrix(neurons, encoded, 1));
      root.set("gateBias", vector(neurons, 1));
    }
    root.set("output", outputs == 1 ? vector(neurons, 1) : matrix(neurons, outputs, 1));
    if (outputs == 1) {
      root.put("outputBias", 0.3);
    } else {
      root.set("outputBias", vector(outputs, 1));
    }
    Files.writeString(folder.resolve("network.json"), root.toString());
  }

  private static void done(CommandRun run) {
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
  }

  private CommandRun export(String... more) {
    List<String> args = new ArrayList<>(List.of("export", "--output", folder + "/model"));
    if (!List.of(more).contains("--run")) {
      args.addAll(List.of("--network", folder + "/network.json"));
    }
    args.addAll(List.of("--overwrite"));
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(new String[0]));
  }

  private OnnxRun model(List<String> header, List<List<String>> rows) throws Exception {
    return new OnnxRun(folder.resolve("model/network.onnx"), header, rows);
  }

  /** The predictions of {@code predict}: its header, then rows. */
  private List<List<String>> predicted(List<String> header, List<List<String>> rows, String... of)
      throws IOException {
    StringBuilder text = new StringBuilder(String.join(",", header)).append('\n');
    for (List<String> row : rows) {
      for (int k = 0; k < row.size(); k++) {
        text.append(k == 0 ? "" : ",").append('"').append(row.get(k)).append('"');
      }
      text.append('\n');
    }
    Files.writeString(folder.resolve("rows.csv"), text);
    List<String> args = new ArrayList<>(List.of("predict", "--output", folder + "/scores"));
    args.addAll(List.of("--overwrite", "--input", folder + "/rows.csv"));
    args.addAll(of.length > 0 ? List.of(of) : List.of("--network", folder + "/network.json"));
    CommandRun run = CommandRun.of(args.toArray(new String[0]));
    done(run);
    return Files.readAllLines(folder.resolve("scores/predictions.csv")).stream()
        .map(line -> List.of(line.split(",")))
        .toList();
  }

  /**
   * Compares a model's outputs with predictions.
   *
   * @param tolerance of numbers, relative to the largest of the column, or 1
   */
  private static void agree(OnnxRun model, List<List<String>> predicted, double tolerance) {
    List<String> header = predicted.get(0);
    int scores = 0;
    int probabilities = 0;
    for (int c = 0; c < header.size(); c++) {
      String name = header.get(c);
      int column = c;
      List<String> cells = predicted.stream().skip(1).map(row -> row.get(column)).toList();
      if (name.startsWith("predictedLabel")) {
        assertThat(model.labels(name)).isEqualTo(cells);
        continue;
      }
      boolean score = name.startsWith("prediction");
      boolean own = model.names().contains(name);
      double[][] values = model.numbers(own ? name : score ? "prediction" : "probability");
      int at = own ? 0 : score ? scores++ : probabilities++;
      double largest =
          cells.stream().mapToDouble(cell -> Math.abs(Double.parseDouble(cell))).max().orElse(0);
      for (int r = 0; r < cells.size(); r++) {
        assertThat(values[r][at])
            .as(name + " of row " + r)
            .isCloseTo(Double.parseDouble(cells.get(r)), within(tolerance * Math.max(1, largest)));
      }
    }
  }

  private void agrees(List<String> header, List<List<String>> rows) throws Exception {
    List<List<String>> predicted = predicted(header, rows);
    done(export());
    agree(model(header, rows), predicted, 1e-12);
    done(export("--precision", "float32"));
    agree(model(header, rows), predicted, 1e-4);
  }

  private List<List<String>> numbers(int columns, double offset) {
    return IntStream.range(0, N)
        .mapToObj(
            r ->
                IntStream.range(0, columns)
                    .mapToObj(k -> Double.toString(k * offset + random.nextDouble() * 4 - 2))
                    .toList())
        .toList();
  }

  @ParameterizedTest(name = "{0}, {1} neurons")
  @CsvSource({"relu,9", "gated,9", "relu,0", "gated,0", "relu,1", "gated,1"})
  void networksOfNumbers(String model, int neurons) throws Exception {
    network(model, "[\"a\", \"b\", \"c d\"]", 3, neurons, 1, "");
    agrees(List.of("a", "b", "c d"), numbers(3, 3));
  }

  /** Columns far from zero, of which training subtracted the mean. */
  @ParameterizedTest
  @ValueSource(strings = {"relu", "gated"})
  void columnsFarFromZeroKeepTheirDigits(String model) throws Exception {
    String preprocessing =
        "\"preprocessing\": {\"mean\": [0, 3000.5, 6001], \"scale\": [1, 1, 1], \"intercept\": true,"
            + " \"center\": 0.3},";
    network(model, "[\"a\", \"b\", \"c\"]", 3, 9, 1, preprocessing);
    ObjectNode root = (ObjectNode) JSON.readTree(folder.resolve("network.json").toFile());
    for (String[] pair : new String[][] {{"hidden", "bias"}, {"gates", "gateBias"}}) {
      for (int j = 0; root.has(pair[0]) && j < 9; j++) {
        JsonNode w = root.get(pair[0]).get(j);
        double shift = w.get(1).doubleValue() * 3000.5 + w.get(2).doubleValue() * 6001;
        ((ArrayNode) root.get(pair[1])).set(j, root.get(pair[1]).get(j).doubleValue() - shift);
      }
    }
    Files.writeString(folder.resolve("network.json"), root.toString());
    List<List<String>> rows = numbers(3, 3000);
    List<List<String>> predicted = predicted(List.of("a", "b", "c"), rows);
    done(export());
    agree(model(List.of("a", "b", "c"), rows), predicted, 1e-11);
    done(export("--precision", "float32"));
    // Rounding the cells themselves is 2e-4 here.
    agree(model(List.of("a", "b", "c"), rows), predicted, 2e-3);
  }

  @ParameterizedTest
  @CsvSource({"relu,0", "gated,0", "relu,0.4"})
  void twoClasses(String model, String threshold) throws Exception {
    String own = CALIBRATED.formatted(threshold, "-1.5") + ",";
    network(model, "[\"a\", \"b\"]", 2, 6, 1, own);
    agrees(List.of("a", "b"), numbers(2, 0));
    network(model, "[\"a\", \"b\"]", 2, 6, 1, own.replace("[-1, 1]", "[\"no\", \"yes\"]"));
    agrees(List.of("a", "b"), numbers(2, 0));
    network(model, "[\"a\", \"b\"]", 2, 6, 1, "\"labels\": [0.5, 2.25],");
    agrees(List.of("a", "b"), numbers(2, 0));
  }

  /** One class has no neuron, and of another no probability is above the smallest double. */
  @ParameterizedTest
  @ValueSource(strings = {"[\"cow\", \"cat\", \"ox\"]", "[1, 2, 5]"})
  void classes(String classes) throws Exception {
    String outputs =
        "\"outputs\": [{\"name\": \"u\", %s}, {\"name\": \"v\", %s}, {\"name\": \"w\", %s}], \"classes\": %s,"
            .formatted(
                CALIBRATED.formatted(0, -2),
                CALIBRATED.formatted(0, -900),
                CALIBRATED.formatted(0, 0),
                classes);
    for (String model : List.of("relu", "gated")) {
      network(model, "[\"a\", \"b\"]", 2, 6, 3, outputs);
      agrees(List.of("a", "b"), numbers(2, 0));
    }
  }

  @Test
  void labelColumns() throws Exception {
    network(
        "relu",
        "[\"a\", \"b\"]",
        2,
        6,
        3,
        "\"outputs\": [{\"name\": \"u\"}, {\"name\": \"v\", \"labels\": [0, 1]}, {\"name\": \"w\", %s}],"
            .formatted(CALIBRATED.formatted("0.1", "-1")));
    agrees(List.of("a", "b"), numbers(2, 0));
    assertThat(model(List.of("a", "b"), numbers(2, 0)).names())
        .containsExactly("prediction", "predictedLabel_v", "predictedLabel_w", "probability_w");
  }

  /** Numbers and booleans are one tensor, whatever is missing. */
  @ParameterizedTest
  @ValueSource(strings = {"relu", "gated"})
  void missingNumbers(String model) throws Exception {
    network(model, "[\"a\", \"ok\", \"b\", \"c\"]", 6, 8, 1, "\"preparation\": " + NUMBERS + ",");
    List<List<String>> rows = new ArrayList<>();
    for (int r = 0; r < N; r++) {
      rows.add(
          List.of(number(0.3), random.nextBoolean() ? "true" : "false", number(0.3), number(1)));
    }
    agrees(List.of("a", "ok", "b", "c"), rows);
  }

  private String number(double missing) {
    return random.nextDouble() < missing ? "" : Double.toString(random.nextDouble() * 8 - 4);
  }

  private String text(String... texts) {
    return texts[random.nextInt(texts.length)];
  }

  private String time() {
    long second = random.nextLong(-70_000_000_000L, 70_000_000_000L);
    return LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC).withSecond(1).toString();
  }

  private List<List<String>> mixed() {
    List<List<String>> rows = new ArrayList<>();
    List<String> ends =
        List.of(
            "1969-12-31T23:59:59",
            "2000-02-29T00:00:01",
            "1900-03-01T00:00:01",
            "0000-12-31T12:00:01");
    for (int r = 0; r < 4 * N; r++) {
      String when = r < ends.size() ? ends.get(r) : r % 7 == 0 ? "" : time();
      rows.add(
          List.of(
              number(0.3),
              text("female", "male", "unseen", "", "NA"),
              when,
              number(0),
              text("Ulm", "\u00c5lesund", "a, b", "unseen", "null", "?"),
              text("true", "false", ""),
              text("x", "y", "")));
    }
    return rows;
  }

  private static final List<String> COLUMNS =
      List.of("number", "sex", "when", "plain", "town", "ok", "one");

  private static final int ENCODED = 2 + 1 + 7 + 1 + 5 + 1 + 1;

  /** Every kind of column, missing cells and texts that training had not. */
  @ParameterizedTest
  @ValueSource(strings = {"relu", "gated"})
  void everyKindOfColumn(String model) throws Exception {
    String inputs = JSON.valueToTree(COLUMNS).toString();
    network(model, inputs, ENCODED, 8, 1, "\"preparation\": " + MIXED + ",");
    agrees(COLUMNS, mixed());
  }

  /** What predict refuses has no prediction: NaN, whatever the gates say. */
  @ParameterizedTest
  @ValueSource(strings = {"relu", "gated"})
  void whatPredictRefusesIsNaN(String model) throws Exception {
    String refusing =
        MIXED
            .replaceAll("\"missing\": (?:\\[[^]]*\\]|[\\d.]+),\\s*", "")
            .replace("\"indicator\": true", "\"indicator\": false");
    String inputs = JSON.valueToTree(COLUMNS).toString();
    network(model, inputs, ENCODED - 3, 8, 1, "\"preparation\": " + refusing + ",");
    List<String> whole = List.of("1", "male", "2001-02-03T04:05:06", "2", "Ulm", "true", "x");
    List<List<String>> rows = new ArrayList<>(List.of(whole));
    for (int k = 0; k < whole.size(); k++) {
      List<String> row = new ArrayList<>(whole);
      row.set(k, "");
      rows.add(row);
    }
    List<String> infinite = new ArrayList<>(whole);
    infinite.set(3, "Infinity");
    rows.add(infinite);
    done(export());
    double[][] scores = model(COLUMNS, rows).numbers("prediction");
    assertThat(scores[0][0]).isFinite();
    assertThat(scores[0][0])
        .isCloseTo(
            Double.parseDouble(predicted(COLUMNS, List.of(whole)).get(1).get(0)), within(1e-12));
    for (int r = 1; r < scores.length; r++) {
      assertThat(scores[r][0]).as("row " + r).isNaN();
    }
  }

  private void path(String... more) throws IOException {
    StringBuilder text = new StringBuilder("a,b,label\n");
    for (int r = 0; r < 40; r++) {
      double a = random.nextDouble();
      double b = random.nextDouble();
      text.append(a).append(',').append(b).append(',').append(Math.abs(a - b) + b * b).append('\n');
    }
    Files.writeString(folder.resolve("train.csv"), text);
    List<String> args = new ArrayList<>(List.of("path", "--input", folder + "/train.csv"));
    args.addAll(List.of("--gates", "20", "--lambdas", "4", "--valid-fraction", "0.25"));
    args.addAll(List.of("--output", folder + "/path"));
    args.addAll(List.of(more));
    done(CommandRun.of(args.toArray(new String[0])));
  }

  /** The chosen network with its certificate; another lambda by its index, or in between. */
  @Test
  void aRunHasAModelAtEveryLambda() throws Exception {
    path();
    List<String> header = List.of("a", "b");
    List<List<String>> rows = numbers(2, 0);
    String run = folder + "/path";
    done(export("--run", run));
    OnnxRun chosen = model(header, rows);
    agree(chosen, predicted(header, rows, "--run", run), 1e-12);
    JsonNode summary = JSON.readTree(folder.resolve("path/best/summary.json").toFile());
    JsonNode certificate = JSON.readTree(chosen.metadata().get("relupath.certificate"));
    for (String key : List.of("lambda", "relativeGap", "lowerBound", "status")) {
      assertThat(certificate.get(key)).isEqualTo(summary.get(key));
    }
    assertThat(chosen.metadata()).containsEntry("relupath.inputs", "[\"a\",\"b\"]");
    List<String> lambdas =
        Files.readAllLines(folder.resolve("path/path.csv")).stream()
            .skip(1)
            .map(line -> line.split(",")[1])
            .toList();
    for (int k = 0; k < lambdas.size(); k++) {
      done(export("--run", run, "--lambda-index", Integer.toString(k)));
      OnnxRun own = model(header, rows);
      done(export("--run", run, "--lambda", lambdas.get(k)));
      agree(own, predicted(header, rows, "--run", run, "--lambda", lambdas.get(k)), 1e-12);
      agree(
          model(header, rows),
          predicted(header, rows, "--run", run, "--lambda", lambdas.get(k)),
          1e-12);
    }
    assertThat(export("--run", run, "--lambda-index", "4").errorLine())
        .isEqualTo("relupath: --lambda-index: '4', expected a whole number from 0 to 3");
    assertThat(export("--run", run, "--lambda-index", "1", "--lambda", "1").errorLine())
        .isEqualTo("relupath: --lambda and --lambda-index: both given, expected one");
  }

  @Test
  void theSameNetworkHasTheSameBytes() throws Exception {
    network(
        "relu",
        JSON.valueToTree(COLUMNS).toString(),
        ENCODED,
        8,
        1,
        "\"preparation\": " + MIXED + ",");
    done(export());
    byte[] first = Files.readAllBytes(folder.resolve("model/network.onnx"));
    done(export());
    assertThat(Files.readAllBytes(folder.resolve("model/network.onnx"))).isEqualTo(first);
    assertThat(folder.resolve("model/manifest.json")).exists();
  }

  @Test
  void whatIsRefused() throws Exception {
    network("relu", "[\"a\"]", 1, 2, 1, "");
    assertThat(export("--lambda-index", "0").errorLine())
        .isEqualTo("relupath: --lambda-index: a network has no other, expected --run");
    assertThat(export("--precision", "half").errorLine())
        .isEqualTo("relupath: --precision: 'half', expected one of float64, float32");
    Path file = folder.resolve("network.json");
    Files.writeString(
        file, Files.readString(file).replace("\"outputBias\":0.3", "\"outputBias\":1e300"));
    assertThat(export("--precision", "float32").errorLine())
        .isEqualTo(
            "relupath: --precision: 'float32', expected float64, as the network has the number 1.0E300");
    String kind =
        "[{\"column\": \"prediction\", \"kind\": \"category\", \"levels\": [\"u\"], \"other\": true,"
            + " \"indicator\": false}]";
    network("relu", "[\"prediction\"]", 1, 2, 1, "\"preparation\": " + kind + ",");
    assertThat(export().errorLine())
        .isEqualTo(
            "relupath: column 'prediction' has the name of an output of the model, expected another"
                + " name");
    assertThat(folder.resolve("model")).doesNotExist();
  }
}
