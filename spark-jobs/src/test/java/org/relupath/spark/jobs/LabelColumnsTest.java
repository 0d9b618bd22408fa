package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.relupath.core.data.Matrix;
import org.relupath.core.network.MultiOutputNetwork;
import org.relupath.core.network.Network;
import org.relupath.core.network.NetworkFile;

/** Several label columns: each is the run of it that leaves out the others. */
class LabelColumnsTest extends OutputsCase {
  private static final int ROWS = 40;

  private String[] common;

  @BeforeEach
  void write() throws IOException {
    SplittableRandom random = new SplittableRandom(12);
    StringBuilder text = new StringBuilder("p,q,height,\"sold, yes\",w\n");
    for (int r = 0; r < ROWS; r++) {
      double p = random.nextDouble() - 0.5;
      double q = 3 * random.nextDouble();
      double height = Math.abs(p) * q + 20 + 0.1 * random.nextDouble();
      int sold = p > 0.2 * q - 0.3 ? 1 : 0;
      text.append(p + "," + q + "," + height + "," + sold + "," + (1 + r % 3) + "\n");
    }
    Files.writeString(folder.resolve("rows.csv"), text);
    common = new String[] {"--input", at("rows.csv"), "--weights", "w", "--gates", "15"};
  }

  private void sameRuns(String command, String[] options, String... alone) throws IOException {
    done(command, "joint", with(options, "--label", "height,\"sold, yes\""));
    String[] own = with(options, alone);
    String[] height = {"--label", "height", "--drop", "\"sold, yes\"", "--task", "regression"};
    done(command, "height", with(own, height));
    done(command, "sold", with(own, "--label", "\"sold, yes\"", "--drop", "height"));
    sameFolder("joint/outputs/1-height", "height");
    sameFolder("joint/outputs/2-sold__yes", "sold");
  }

  @Test
  void fitsAreThoseOfOneColumn() throws IOException {
    sameRuns("fit", with(common, "--lambda", "0.4", "--test", at("rows.csv")));
    JsonNode summary = json("joint/summary.json");
    assertThat(summary.get("task").textValue()).isEqualTo("regression");
    assertThat(summary.has("classes")).isFalse();
    JsonNode network = json("joint/network.json");
    assertThat(network.has("classes")).isFalse();
    for (String part : new String[] {"train", "test"}) {
      double mean = 0;
      for (String own : new String[] {"height", "sold"}) {
        mean += json(own + "/summary.json").at("/" + part + "/mse").doubleValue() / 2;
      }
      assertThat(summary.at("/" + part + "/mse").doubleValue()).isCloseTo(mean, within(1e-12));
      assertThat(summary.get(part).has("accuracy")).isFalse();
      assertThat(summary.get(part).has("confusion")).isFalse();
    }
    // Column after column, the network of both is those of each.
    MultiOutputNetwork both =
        (MultiOutputNetwork)
            NetworkFile.readStored(Files.readString(folder.resolve("joint/network.json")));
    assertThat(both.names()).containsExactly("height", "sold, yes");
    Matrix rows = Matrix.ofRows(new double[][] {{0.1, 2}, {-0.4, 0.3}, {9, 9}});
    Matrix scores = both.scores(rows);
    for (int k = 0; k < 2; k++) {
      String own = k == 0 ? "height" : "sold";
      Network one = NetworkFile.read(Files.readString(folder.resolve(own + "/network.json")));
      double[] expected = one.predict(rows);
      for (int r = 0; r < 3; r++) {
        assertThat(scores.get(r, k)).isEqualTo(expected[r]);
      }
    }
  }

  @Test
  void pathsAreThoseOfOneColumn() throws IOException {
    String[] options = with(common, "--lambdas", "4", "--valid-fraction", "0.3");
    String[] each = with(options, "--choose", "each", "--model", "gated");
    done("path", "first", with(each, "--label", "height,\"sold, yes\""));
    String largest = json("first/summary.json").get("lambdaMax").asText();
    sameRuns("path", each, "--lambda-max", largest);
    assertThat(withoutSeconds("joint/path.csv")).isEqualTo(withoutSeconds("first/path.csv"));
    assertThat(csv("joint/path.csv").get(1)[8]).as("accuracy").isEmpty();
  }

  /** Where all columns are of two values, so are those that are predicted. */
  @Test
  void columnsOfTwoValuesAreClassified() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("rows.csv"));
    lines.replaceAll(line -> line + (line.startsWith("-") ? ",0" : ",1"));
    lines.set(0, lines.get(0).replaceFirst(",1$", ",odd"));
    Files.write(folder.resolve("rows.csv"), lines);
    String[] labels = with(common, "--label", "\"sold, yes\",odd", "--drop", "height");
    done("fit", "run", with(labels, "--lambda", "1", "--threshold", "0.1"));
    assertThat(json("run/summary.json").get("task").textValue()).isEqualTo("classification");
    done("fit", "numbers", with(labels, "--lambda", "1", "--task", "regression"));
    assertThat(json("numbers/summary.json").get("task").textValue()).isEqualTo("regression");
  }

  @Test
  void numbersHaveNoProbabilities() {
    String[] labels = with(common, "--label", "\"sold, yes\",height");
    assertThat(refused("fit", with(labels, "--probabilities", "true")))
        .isEqualTo(
            "relupath: --probabilities: label 'height' is a number, expected one of two values");
  }

  @Test
  void accuracyChoosesNoLambdaOfNumbers() {
    for (String label : new String[] {"height,q", "height"}) {
      assertThat(refused("path", with(common, "--label", label, "--choose", "accuracy")))
          .contains("--choose: 'accuracy', expected ");
    }
  }
}
