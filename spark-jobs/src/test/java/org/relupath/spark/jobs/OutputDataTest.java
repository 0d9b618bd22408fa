package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights, texts, holes and probabilities with classes: each output is the run of it alone. */
class OutputDataTest extends OutputsCase {
  private static final List<String> CLASSES = List.of("a \"b\"", "ox/cow", "zebu");

  private String[] common;

  @BeforeEach
  void write() throws IOException {
    rows("rows.csv", 60, 15, true);
    rows("test.csv", 20, 16, true);
    common =
        new String[] {
          "--input", at("rows.csv"), "--test", at("test.csv"), "--gates", "10", "--missing", "mean"
        };
  }

  private String rows(String name, int n, long seed, boolean labels) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder("size,town,w,on," + (labels ? "kind\n" : "other\n"));
    for (int r = 0; r < n; r++) {
      double size = 3 * random.nextDouble();
      int town = random.nextInt(3);
      int kind = size + town + random.nextDouble() < 2 ? 0 : random.nextInt(5) == 0 ? 1 : 2;
      text.append(random.nextInt(6) == 0 ? "NA" : "" + size).append(',');
      text.append("ABC".charAt(town)).append(',').append(random.nextInt(4)).append(',');
      text.append(random.nextBoolean() ? "yes" : "no").append(',');
      text.append('"' + CLASSES.get(kind).replace("\"", "\"\"") + "\"\n");
    }
    return Files.writeString(folder.resolve(name), text).toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--weights w --probabilities true --valid-fraction 0.3",
        "--class-weights balanced --loss-scaling mean --probabilities true",
        "--weights w --class-weights balanced --model gated --sample-rows 40"
      })
  void fitsAreThoseOfOneClass(String options) throws IOException {
    String[] own = with(with(common, options.split(" ")), "--label", "kind", "--lambda", "0.01");
    done("fit", "joint", own);
    JsonNode outputs = json("joint/summary.json").get("outputs");
    assertThat(outputs).hasSize(3);
    for (int k = 0; k < 3; k++) {
      JsonNode output = outputs.get(k);
      assertThat(output.get("name").textValue()).isEqualTo(CLASSES.get(k));
      done("fit", "alone-" + k, with(own, "--positive", CLASSES.get(k)));
      sameFolder("joint/" + output.get("folder").textValue(), "alone-" + k);
    }
  }

  /** What is said of all outputs together, by a count of the rows. */
  @Test
  void confusionsCountByWeight() throws IOException {
    done("fit", "run", with(common, "--label", "kind", "--weights", "w", "--lambda", "0.01"));
    JsonNode summary = json("run/summary.json");
    for (String part : List.of("train", "test")) {
      double[] weights = new double[3];
      double all = 0;
      for (String[] row : csv(part.equals("train") ? "rows.csv" : "test.csv")) {
        if (!row[0].equals("size")) {
          String kind = row[4].replaceAll("^\"|\"$", "").replace("\"\"", "\"");
          weights[CLASSES.indexOf(kind)] += Double.parseDouble(row[2]);
          all += Double.parseDouble(row[2]);
        }
      }
      JsonNode confusion = summary.at("/" + part + "/confusion");
      double right = 0;
      for (int k = 0; k < 3; k++) {
        double sum = 0;
        for (int j = 0; j < 3; j++) {
          sum += confusion.get(k).get(j).doubleValue();
        }
        assertThat(sum).as(part + " " + k).isEqualTo(weights[k]);
        right += confusion.get(k).get(k).doubleValue();
      }
      assertThat(summary.at("/" + part + "/accuracy").doubleValue())
          .isCloseTo(right / all, within(1e-12));
    }
    double mse = 0;
    for (JsonNode output : summary.get("outputs")) {
      mse += output.at("/test/mse").doubleValue() / 3;
    }
    assertThat(summary.at("/test/mse").doubleValue()).isCloseTo(mse, within(1e-12));
    // The class that most rows are of is what the constant predicts.
    JsonNode constant = summary.at("/baselines/constant/train");
    double most = 0;
    double all = 0;
    for (JsonNode row : constant.get("confusion")) {
      double sum = 0;
      for (JsonNode cell : row) {
        sum += cell.doubleValue();
      }
      most = Math.max(most, sum);
      all += sum;
    }
    assertThat(constant.get("accuracy").doubleValue()).isCloseTo(most / all, within(1e-12));
  }

  /** Texts of a network from elsewhere: a csv has the same labels as numbers. */
  @Test
  void classesMayLookLikeNumbers() throws IOException {
    classes("rows.csv", 40, 8, "1", "2", "3");
    String[] rows = {"--input", at("rows.csv"), "--lambda", "0.1"};
    done("fit", "run", with(rows, "--gates", "10"));
    ObjectNode network = (ObjectNode) json("run/network.json");
    network.putArray("classes").add("1").add("2").add("3");
    Files.writeString(folder.resolve("texts.json"), network.toString());
    done("audit", "numbers", with(rows, "--network", at("run/network.json")));
    done("audit", "texts", with(rows, "--network", at("texts.json")));
    assertThat(json("texts/audit.json")).isEqualTo(json("numbers/audit.json"));
    classes("other.csv", 9, 9, "1", "4");
    assertThat(
            refused(
                "audit",
                "--input",
                at("other.csv"),
                "--lambda",
                "1",
                "--network",
                at("texts.json")))
        .contains("column 'label' is 4, expected one of the network's classes: 1, 2, 3");
  }

  /** The class is that of the largest score: a threshold moves nothing. */
  @ParameterizedTest
  @ValueSource(strings = {"f1", "0.5"})
  void classesHaveNoThreshold(String threshold) {
    String[] own = with(common, "--label", "kind", "--threshold", threshold);
    assertThat(refused("fit", own))
        .contains("--threshold: label column 'kind' of --input " + at("rows.csv"))
        .contains("has 3 classes, expected two, or --positive with one of them");
    done("fit", "one", with(own, "--positive", "zebu"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fit", "path"})
  void otherClassesAreRefused(String command) throws IOException {
    String[] own = {"--input", at("rows.csv"), "--missing", "mean", "--label", "kind"};
    String text = Files.readString(folder.resolve("test.csv"));
    Files.writeString(folder.resolve("other.csv"), text + "1,A,1,yes,gnu\n");
    for (String part : List.of("--valid", "--test")) {
      assertThat(refused(command, with(own, part, at("other.csv"))))
          .contains(part + " " + at("other.csv") + ": row 21 column 'kind' is gnu, expected one of")
          .contains("the training labels");
    }
    assertThat(refused(command, with(own, "--valid", rows("bare.csv", 9, 17, false))))
        .contains("--valid " + at("bare.csv"))
        .contains("'kind'");
    assertThat(refused(command, with(own, "--positive", "gnu")))
        .contains("--positive: 'gnu', expected one of the labels in column 'kind'");
    assertThat(refused(command, with(own, "--task", "regression")))
        .contains("--task regression: label column 'kind' of --input");
  }
}
