package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.relupath.core.data.Matrix;
import org.relupath.core.network.MultiOutputNetwork;
import org.relupath.core.network.NetworkFile;

/** What lambdas refer to, where outputs are of other sizes, and where a grid begins. */
class OutputLambdasTest extends OutputsCase {
  private static final String[] SMALL = {"--gates", "15", "--tolerance", "1e-9"};

  private String[] common;

  @BeforeEach
  void write() throws IOException {
    // Three rows of one class, and the others by halves.
    List<String> lines = Files.readAllLines(classes("even.csv", 45, 5, "ox", "cow"));
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < lines.size(); r++) {
      boolean rare = r == 7 || r == 20 || r == 33;
      text.append(rare ? lines.get(r).replaceFirst("[a-z]+$", "bee") : lines.get(r)).append('\n');
    }
    Files.writeString(folder.resolve("rows.csv"), text);
    common = with(SMALL, "--input", at("rows.csv"));
  }

  private static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  @Test
  void aRatioIsOfTheLargestLambdaMax() throws IOException {
    done("fit", "fit", with(common, "--lambda-ratio", "0.6"));
    JsonNode summary = json("fit/summary.json");
    List<JsonNode> outputs = list(summary.get("outputs"));
    double largest =
        outputs.stream().mapToDouble(own -> own.get("lambdaMax").doubleValue()).max().orElseThrow();
    assertThat(summary.get("lambdaMax").doubleValue()).isEqualTo(largest);
    int zero = 0;
    for (JsonNode own : outputs) {
      double lambda = own.get("lambda").doubleValue();
      double lambdaMax = own.get("lambdaMax").doubleValue();
      assertThat(lambda).isEqualTo(0.6 * largest);
      assertThat(own.get("lambdaRatio").doubleValue()).isCloseTo(lambda / lambdaMax, within(1e-12));
      boolean empty = own.get("neurons").intValue() == 0;
      assertThat(empty).isEqualTo(lambdaMax <= lambda);
      zero += empty ? 1 : 0;
      assertThat(own.get("status").textValue()).isEqualTo("optimal");
      if (empty) {
        // The zero network: what is left of a target of -1 and +1 is all of it.
        assertThat(own.get("objective").doubleValue()).isEqualTo(45.0 / 2);
        assertThat(own.get("relativeGap").doubleValue()).isZero();
        assertThat(own.at("/train/mse").doubleValue()).isEqualTo(1);
      }
    }
    assertThat(zero).isBetween(1, 2);
    assertThat(summary.get("objective").doubleValue())
        .isCloseTo(
            outputs.stream().mapToDouble(own -> own.get("objective").doubleValue()).sum(),
            within(1e-12 * 70));
    // Without a ratio it is a tenth.
    done("fit", "tenth", common);
    assertThat(json("tenth/summary.json").at("/outputs/0/lambda").doubleValue())
        .isEqualTo(0.1 * largest);
  }

  @Test
  void networksOfNoNeuronsGoOn() throws IOException {
    done("fit", "none", with(common, "--lambda", "1000"));
    JsonNode summary = json("none/summary.json");
    assertThat(summary.get("neurons").intValue()).isZero();
    assertThat(summary.get("status").textValue()).isEqualTo("optimal");
    assertThat(summary.get("objective").doubleValue()).isEqualTo(3 * 45.0 / 2);
    MultiOutputNetwork network =
        (MultiOutputNetwork)
            NetworkFile.readStored(Files.readString(folder.resolve("none/network.json")));
    Matrix scores = network.predict(Matrix.ofRows(new double[][] {{0, 1}, {5, -3}}));
    assertThat(scores.values()).containsExactly(0, 0, 0, 0, 0, 0);
    assertThat(MultiOutputNetwork.largest(scores)).containsExactly(0, 0);
    assertThat(folder.resolve("none/report.html")).content().contains("bee").contains("cow");
    done("optimal-set", "set", "--run", at("none"));
    done("prune", "pruned", "--run", at("none"));
    assertThat(json("pruned/minimal/network.json").get("hidden")).isEmpty();
  }

  @Test
  void aPathBeginsWhereAllOutputsAreZero() throws IOException {
    done("path", "path", with(common, "--lambdas", "4", "--choose", "accuracy"));
    JsonNode summary = json("path/summary.json");
    List<String[]> joint = csv("path/path.csv");
    List<String> header = List.of(joint.get(0));
    assertThat(joint).hasSize(5);
    assertThat(joint.get(1)[header.indexOf("lambda")]).isEqualTo(summary.get("lambdaMax").asText());
    assertThat(joint.get(1)[header.indexOf("neurons")]).isEqualTo("0");
    for (int index = 0; index < 4; index++) {
      double objective = 0;
      double mse = 0;
      double gap = 0;
      int neurons = 0;
      for (JsonNode output : summary.get("outputs")) {
        List<String[]> own = csv("path/" + output.get("folder").textValue() + "/path.csv");
        List<String> columns = List.of(own.get(0));
        String[] row = own.get(index + 1);
        assertThat(row[columns.indexOf("lambda")])
            .isEqualTo(joint.get(index + 1)[header.indexOf("lambda")]);
        objective += Double.parseDouble(row[columns.indexOf("objective")]);
        mse += Double.parseDouble(row[columns.indexOf("trainMse")]) / 3;
        gap = Math.max(gap, Double.parseDouble(row[columns.indexOf("relativeGap")]));
        neurons += Integer.parseInt(row[columns.indexOf("neurons")]);
      }
      String[] row = joint.get(index + 1);
      assertThat(Double.parseDouble(row[header.indexOf("objective")]))
          .isCloseTo(objective, within(1e-12 * objective));
      assertThat(Double.parseDouble(row[header.indexOf("trainMse")])).isCloseTo(mse, within(1e-12));
      assertThat(Double.parseDouble(row[header.indexOf("relativeGap")])).isEqualTo(gap);
      assertThat(row[header.indexOf("neurons")]).isEqualTo(neurons + "");
      assertThat(row[header.indexOf("status")]).isEqualTo("optimal");
    }
    int chosen = summary.at("/outputs/0/lambdaIndex").intValue();
    for (JsonNode output : summary.get("outputs")) {
      assertThat(output.get("lambdaIndex").intValue()).isEqualTo(chosen);
    }
    assertThat(json("path/best/summary.json")).isEqualTo(summary);
  }

  /** Of one output, too. */
  @Test
  void lambdaMaxIsWhereAGridBegins() throws IOException {
    String[] one = with(common, "--positive", "cow", "--lambdas", "3");
    done("path", "plain", one);
    double lambdaMax = json("plain/summary.json").get("lambdaMax").doubleValue();
    double above = 4 * lambdaMax;
    String[] given = {"--lambda-max", "" + above, "--lambda-min-ratio", "0.04"};
    done("path", "above", with(one, given));
    List<String[]> rows = csv("above/path.csv");
    List<String> header = List.of(rows.get(0));
    double[] expected = {above, 0.2 * above, 0.04 * above};
    for (int index = 0; index < 3; index++) {
      double lambda = Double.parseDouble(rows.get(index + 1)[header.indexOf("lambda")]);
      assertThat(lambda).isCloseTo(expected[index], within(1e-12 * above));
      assertThat(rows.get(index + 1)[header.indexOf("neurons")].equals("0"))
          .isEqualTo(lambda >= lambdaMax);
    }
    assertThat(rows.get(1)[header.indexOf("lambda")]).isEqualTo("" + above);
    JsonNode summary = json("above/summary.json");
    assertThat(summary.get("lambdaMax").doubleValue()).isEqualTo(lambdaMax);
    assertThat(folder.resolve("above/report.html")).content().contains("</html>");
    // A last lambda that the other path has is the same solution.
    done("path", "below", with(one, "--lambda-max", "" + lambdaMax));
    assertThat(withoutSeconds("below/path.csv")).isEqualTo(withoutSeconds("plain/path.csv"));
  }

  @Test
  void lambdasThatNoPathHasAreRefused() throws IOException {
    String[] one = with(common, "--positive", "cow", "--lambdas", "3");
    for (String[] run : List.of(one, with(common, "--lambdas", "3"))) {
      assertThat(refused("path", with(run, "--lambda-max", "1e-40")))
          .contains("--lambda-max: '1.0E-40', expected at least 1.0E-30 of lambda_max, which is ");
      assertThat(refused("path", with(run, "--lambda-max", "-1")))
          .contains("--lambda-max: '-1', expected a number from 1e-100 to 1e100");
      assertThat(refused("path", with(run, "--lambda-max", "1", "--lambda-min-ratio", "1e-31")))
          .contains("--lambda-min-ratio: '1e-31', expected a number from 1e-30 to below 1");
      assertThat(refused("path", with(common, "--certify", "0.1", "--lambda-max", "3")))
          .contains("--certify and --lambda-max: both given, expected one");
    }
  }
}
