package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.run.ExitStatus;

/** A network, its exported model as onnxruntime runs it, and what {@code predict} says. */
class ExportCase {
  static final int N = 60;
  static final ObjectMapper JSON = new ObjectMapper();

  static final String CALIBRATED =
      "\"labels\": [-1, 1], \"calibration\": {\"threshold\": %s, \"slope\": %s, \"intercept\": 0.5}";

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    SharedSpark.session();
  }

  final SplittableRandom random = new SplittableRandom(7);

  ArrayNode matrix(int rows, int columns, double size) {
    ArrayNode matrix = JSON.createArrayNode();
    for (int r = 0; r < rows; r++) {
      matrix.add(vector(columns, size));
    }
    return matrix;
  }

  ArrayNode vector(int count, double size) {
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
  void network(String model, String inputs, int encoded, int neurons, int outputs, String more)
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

  static void done(CommandRun run) {
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
  }

  CommandRun export(String... more) {
    List<String> args = new ArrayList<>(List.of("export", "--output", folder + "/model"));
    if (!List.of(more).contains("--run")) {
      args.addAll(List.of("--network", folder + "/network.json"));
    }
    args.addAll(List.of("--overwrite"));
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(new String[0]));
  }

  OnnxRun model(List<String> header, List<List<String>> rows) throws Exception {
    return new OnnxRun(folder.resolve("model/network.onnx"), header, rows);
  }

  /** The predictions of {@code predict}: its header, then rows. */
  List<List<String>> predicted(List<String> header, List<List<String>> rows, String... of)
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
  static void agree(OnnxRun model, List<List<String>> predicted, double tolerance) {
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

  void agrees(List<String> header, List<List<String>> rows) throws Exception {
    List<List<String>> predicted = predicted(header, rows);
    done(export());
    agree(model(header, rows), predicted, 1e-12);
    done(export("--precision", "float32"));
    agree(model(header, rows), predicted, 1e-4);
  }

  List<List<String>> numbers(int columns, double offset) {
    return IntStream.range(0, N)
        .mapToObj(
            r ->
                IntStream.range(0, columns)
                    .mapToObj(k -> Double.toString(k * offset + random.nextDouble() * 4 - 2))
                    .toList())
        .toList();
  }
}
