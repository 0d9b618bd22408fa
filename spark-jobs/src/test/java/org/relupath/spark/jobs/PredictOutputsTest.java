package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.run.ExitStatus;

/** Predictions of networks of several outputs. */
class PredictOutputsTest {
  private static final String OUTPUTS =
      """
      {"name": "cow", "labels": [-1, 1], "calibration": {"threshold": 0, "slope": -2, "intercept": 0}},
      {"name": "a, b", "labels": [-1, 1], "calibration": {"threshold": 5, "slope": -1, "intercept": 1}},
      {"name": "ox", "labels": [-1, 1], "calibration": {"threshold": 0, "slope": -900, "intercept": 0}}
      """;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    SharedSpark.session();
  }

  /** The scores of x are x_+, -x and 0.25. */
  private void network(String outputs, String classes) throws IOException {
    Files.writeString(
        folder.resolve("network.json"),
        """
        {"format": "relupath-network", "version": 2, "activation": "relu", "inputs": ["x"],
         "outputs": [%s], %s "hidden": [[1], [-1]], "bias": [0, 0],
         "output": [[1, -1, 0], [0, 1, 0]], "outputBias": [0, 0, 0.25]}
        """
            .formatted(outputs, classes));
  }

  @BeforeEach
  void write() throws IOException {
    network(OUTPUTS, "\"classes\": [\"cow\", \"a, b\", \"ox\"],");
    Files.writeString(folder.resolve("rows.csv"), "prediction,x\nu,2\nv,-0.25\nw,-3\n");
  }

  private CommandRun predict(String... more) {
    List<String> args = new ArrayList<>(List.of("predict", "--input", folder + "/rows.csv"));
    args.addAll(List.of("--network", folder + "/network.json", "--output", folder + "/scores"));
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(new String[0]));
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(folder.resolve("scores/predictions.csv"));
  }

  private static double against(double slope, double intercept, double score) {
    return 1 / (1 + Math.exp(slope * score + intercept));
  }

  @Test
  void classesHaveScoresALabelAndProbabilities() throws IOException {
    CommandRun run = predict("--id", "prediction");
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    List<String> lines = lines();
    assertThat(lines.get(0))
        .isEqualTo(
            "prediction,prediction_cow,\"prediction_a, b\",prediction_ox,predictedLabel,"
                + "probability_cow,\"probability_a, b\",probability_ox");
    assertThat(lines.get(1)).startsWith("u,2.0,-2.0,0.25,cow,");
    // The first of equal scores.
    assertThat(lines.get(2)).startsWith("v,0.0,0.25,0.25,\"a, b\",");
    assertThat(lines.get(3)).startsWith("w,0.0,3.0,0.25,\"a, b\",");
    for (int r = 1; r < 4; r++) {
      String[] cells = lines.get(r).replace("a, b", "ab").split(",");
      double[] own = {
        against(-2, 0, Double.parseDouble(cells[1])),
        against(-1, 1, Double.parseDouble(cells[2])),
        against(-900, 0, Double.parseDouble(cells[3]))
      };
      double sum = own[0] + own[1] + own[2];
      for (int k = 0; k < 3; k++) {
        assertThat(Double.parseDouble(cells[5 + k]))
            .isCloseTo(own[k] / sum, org.assertj.core.data.Offset.offset(1e-15));
      }
    }
  }

  @Test
  void parquetHasTheSame() throws IOException {
    assertThat(predict("--prediction-format", "parquet").status()).isEqualTo(ExitStatus.DONE);
    List<Row> rows =
        SharedSpark.session()
            .read()
            .parquet(folder + "/scores/predictions.parquet")
            .collectAsList();
    assertThat(rows.get(0).schema().fieldNames())
        .startsWith("prediction_cow", "prediction_a, b", "prediction_ox", "predictedLabel")
        .hasSize(7);
    assertThat(rows.get(0).schema().apply("predictedLabel").dataType())
        .isEqualTo(DataTypes.StringType);
    assertThat(rows).extracting(row -> row.getString(3)).containsExactly("cow", "a, b", "a, b");
    assertThat(rows).extracting(row -> row.getDouble(1)).containsExactly(-2.0, 0.25, 3.0);
  }

  @Test
  void numbersAreClassesToo() throws IOException {
    network(
        OUTPUTS.replaceFirst(", \"calibration\": \\{[^}]*\\}", ""), "\"classes\": [1, 2.5, 3],");
    assertThat(predict().status()).isEqualTo(ExitStatus.DONE);
    assertThat(lines())
        .containsExactly(
            "prediction_cow,\"prediction_a, b\",prediction_ox,predictedLabel",
            "2.0,-2.0,0.25,1",
            "0.0,0.25,0.25,2.5",
            "0.0,3.0,0.25,2.5");
  }

  @Test
  void labelColumnsHaveWhatTheyWouldHaveAlone() throws IOException {
    network(
        "{\"name\": \"u\"}, {\"name\": \"v\", \"labels\": [0, 1], \"calibration\":"
            + " {\"threshold\": 3}}, {\"name\": \"w\", \"labels\": [0, 1], \"calibration\":"
            + " {\"threshold\": 0, \"slope\": 0, \"intercept\": 0}}",
        "");
    assertThat(predict().status()).isEqualTo(ExitStatus.DONE);
    assertThat(lines())
        .containsExactly(
            "prediction_u,prediction_v,prediction_w,predictedLabel_v,predictedLabel_w,probability_w",
            "2.0,-2.0,0.25,0,1,0.5",
            "0.0,0.25,0.25,0,1,0.5",
            "0.0,3.0,0.25,1,1,0.5");
  }

  /** The guide's lines of numpy, where there is numpy, and the schema. */
  @Test
  void theGuidesLinesPredictAllOutputs() throws Exception {
    Path file = folder.resolve("network.json");
    String kind =
        "\"preparation\": [{\"column\": \"x\", \"kind\": \"number\", \"indicator\": false}],";
    Files.writeString(file, Files.readString(file).replace("\"outputs\"", kind + "\"outputs\""));
    JsonNode network = new ObjectMapper().readTree(file.toFile());
    SchemaCheck.check(Path.of("docs", "network.schema.json"), network);
    assertThat(predict().status()).isEqualTo(ExitStatus.DONE);
    JsonNode scores =
        GuidePython.scores(folder, "network.json", "rows = [dict(x=2), dict(x=-0.25), dict(x=-3)]");
    List<String> lines = lines();
    for (int r = 0; r < 3; r++) {
      String[] cells = lines.get(r + 1).split(",");
      for (int k = 0; k < 3; k++) {
        assertThat(scores.get(r).get(k).doubleValue()).isEqualTo(Double.parseDouble(cells[k]));
      }
    }
  }

  /** Names of a table differ in more than case. */
  @Test
  void parquetRefusesNamesOfAnotherCase() throws IOException {
    String[] parquet = {"--prediction-format", "parquet", "--id", "PREDICTION_Ox"};
    Files.writeString(folder.resolve("rows.csv"), "PREDICTION_Ox,x\nu,2\n");
    assertThat(predict(parquet).errorLine())
        .isEqualTo(
            "relupath: --prediction-format: 'parquet', expected csv, as the columns"
                + " 'PREDICTION_Ox' and 'prediction_ox' differ only in case");
    assertThat(predict("--id", "PREDICTION_Ox", "--overwrite").status()).isEqualTo(ExitStatus.DONE);
    network(OUTPUTS.replace("cow", "OX"), "\"classes\": [\"OX\", \"a, b\", \"ox\"],");
    assertThat(predict("--prediction-format", "parquet", "--overwrite").errorLine())
        .isEqualTo(
            "relupath: --prediction-format: 'parquet', expected csv, as the columns"
                + " 'prediction_OX' and 'prediction_ox' differ only in case");
  }

  @Test
  void whatIsRefused() throws IOException {
    Files.writeString(folder.resolve("rows.csv"), "probability_ox,x\nu,2\n");
    assertThat(predict("--id", "probability_ox").errorLine())
        .isEqualTo(
            "relupath: --id: 'probability_ox' is the name of what is predicted, expected another column");
    assertThat(predict("--lambda", "1").errorLine())
        .isEqualTo("relupath: --lambda: a network has no other, expected --run");
    Files.writeString(folder.resolve("rows.csv"), "x\n2\n1e308\n");
    Path file = folder.resolve("network.json");
    Files.writeString(file, Files.readString(file).replace("[[1], [-1]]", "[[1], [-1e9]]"));
    Files.writeString(file, Files.readString(file).replace("[1, -1, 0]", "[1e9, -1, 0]"));
    assertThat(predict().errorLine()).contains("row 2: the prediction is ");
    assertThat(folder.resolve("scores")).doesNotExist();
  }
}
