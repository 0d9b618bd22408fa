package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models of every kind of network on numbers, of runs, and what is refused. */
class ExportJobTest extends ExportCase {
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
    done(export("--format", "onnx", "--precision", "float32"));
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
  void whatIsRefused() throws Exception {
    network("relu", "[\"a\"]", 1, 2, 1, "");
    assertThat(export("--lambda-index", "0").errorLine())
        .isEqualTo("relupath: --lambda-index: a network has no other, expected --run");
    assertThat(export("--format", "pmml").errorLine())
        .isEqualTo("relupath: --export-format: 'pmml', expected one of onnx");
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
