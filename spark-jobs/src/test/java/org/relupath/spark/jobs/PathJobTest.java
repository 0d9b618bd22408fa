package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.result.PathRow;
import org.relupath.spark.run.ExitStatus;

/** path and predict, from a file to files. */
@ExtendWith(SharedSpark.class)
class PathJobTest {
  @TempDir Path folder;
  private Path input;

  @BeforeEach
  void write(SparkSession spark) throws IOException {
    SplittableRandom random = new SplittableRandom(4);
    StringBuilder text = new StringBuilder("a,b,label\n");
    for (int r = 0; r < 60; r++) {
      double a = random.nextDouble() - 0.5;
      double b = 100 * random.nextDouble();
      text.append(a).append(',').append(b).append(',');
      text.append(Math.abs(a) * 200 > b ? "3" : "1").append('\n');
    }
    input = Files.writeString(folder.resolve("rows.csv"), text);
  }

  private void run(String command, String input, String output, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(command, "--input", input, "--output", folder.resolve(output).toString()));
    args.addAll(List.of(more));
    CommandRun run = CommandRun.of(args.toArray(new String[0]));
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
  }

  private void path(String output, String... more) {
    List<String> args = new ArrayList<>(List.of("--gates", "40", "--lambdas", "8"));
    args.addAll(List.of(more));
    run("path", input.toString(), output, args.toArray(new String[0]));
  }

  private JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(file).toFile());
  }

  private List<String[]> csv(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file)).stream()
        .map(line -> line.split(",", -1))
        .toList();
  }

  private static String withoutSeconds(List<String[]> table) {
    int seconds = PathRow.COLUMNS.indexOf("seconds");
    StringBuilder text = new StringBuilder();
    for (String[] row : table) {
      row[seconds] = "";
      text.append(String.join(",", row)).append('\n');
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"relu", "gated"})
  void everyLambdaIsCertifiedAndTheNetworkPredictsWhatItSays(String model) throws IOException {
    path("out", "--model", model, "--valid-fraction", "0.25");
    List<String[]> rows = csv("out/path.csv");
    assertThat(rows).hasSize(9);
    int gap = PathRow.COLUMNS.indexOf("relativeGap");
    int active = PathRow.COLUMNS.indexOf("activeBlocks");
    for (String[] row : rows.subList(1, 9)) {
      assertThat(Double.parseDouble(row[gap])).isBetween(0.0, 1e-8);
    }
    assertThat(rows.get(1)[active]).isEqualTo("0");
    assertThat(rows.get(8)[active]).isNotEqualTo("0");

    JsonNode best = json("out/best/summary.json");
    assertThat(best.get("chosenBy").asText()).isEqualTo("validMse");
    run("predict", input.toString(), "scores", "--run", folder.resolve("out").toString());
    List<String[]> scores = csv("scores/predictions.csv");
    List<String[]> labels = csv("rows.csv");
    double squares = 0;
    for (int r = 1; r <= 60; r++) {
      double score = Double.parseDouble(scores.get(r)[0]);
      assertThat(scores.get(r)[1]).isEqualTo(score >= 0 ? "3" : "1");
      squares += Math.pow(score - (labels.get(r)[2].equals("3") ? 1 : -1), 2);
    }
    double mse =
        (best.get("train").get("mse").asDouble() * 45
                + best.get("valid").get("mse").asDouble() * 15)
            / 60;
    assertThat(squares / 60).isCloseTo(mse, within(1e-9));
    assertThat(best.get("loss").asDouble() * 2 / 45)
        .isCloseTo(best.get("train").get("mse").asDouble(), within(1e-9));
  }

  @Test
  void theSameTwiceAndTheBestIsTheFitOfItsLambda() throws IOException {
    path("one");
    path("two");
    assertThat(withoutSeconds(csv("one/path.csv"))).isEqualTo(withoutSeconds(csv("two/path.csv")));
    assertThat(csv("one/events.csv"))
        .containsExactly(new String[] {"index", "lambda", "event", "block", "row"});
    assertThat(folder.resolve("one/best/network.json"))
        .hasSameTextualContentAs(folder.resolve("two/best/network.json"));
    JsonNode best = json("one/best/summary.json");
    assertThat(best.get("chosenBy").asText()).isEqualTo("5-fold cross-validation");

    run(
        "fit",
        input.toString(),
        "fit",
        "--config",
        folder.resolve("one/best/resolved.conf").toString());
    assertThat(json("fit/summary.json").get("objective").asDouble())
        .isCloseTo(best.get("objective").asDouble(), within(1e-7));
  }

  @Test
  void predictTakesColumnsByNameAndNeedsNoLabel() throws IOException {
    path("out");
    Path other = Files.writeString(folder.resolve("other.csv"), "b,text,a\n10,x,0.3\n90,y,-0.1\n");
    Path plain = Files.writeString(folder.resolve("plain.csv"), "a,b\n0.3,10\n-0.1,90\n");
    String network = folder.resolve("out/best/network.json").toString();
    run("predict", other.toString(), "by-name", "--network", network);
    run("predict", plain.toString(), "plain", "--network", network);
    assertThat(folder.resolve("by-name/predictions.csv"))
        .hasSameTextualContentAs(folder.resolve("plain/predictions.csv"));

    Path lacking = Files.writeString(folder.resolve("lacking.csv"), "a,c\n0.3,10\n");
    CommandRun refused =
        CommandRun.of(
            "predict",
            "--input",
            lacking.toString(),
            "--network",
            network,
            "--output",
            folder.resolve("never").toString());
    assertThat(refused.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(refused.errorLine()).contains("has no column 'b', which the network takes");
    assertThat(folder.resolve("never")).doesNotExist();
  }

  @Test
  void predictRefusesWhatIsNoNetwork() throws IOException {
    Path broken = Files.writeString(folder.resolve("network.json"), "{\"format\":\"other\"}");
    for (String[] args :
        new String[][] {
          {"--network", broken.toString()},
          {"--network", "no/such.json"},
          {"--run", "no/such"},
          {"--run", "a", "--network", "b"},
          {}
        }) {
      List<String> all =
          new ArrayList<>(
              List.of(
                  "predict",
                  "--input",
                  input.toString(),
                  "--output",
                  folder.resolve("never").toString()));
      all.addAll(List.of(args));
      CommandRun run = CommandRun.of(all.toArray(new String[0]));
      assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
      assertThat(run.errorLine()).containsAnyOf("--network", "--run");
      assertThat(folder.resolve("never")).doesNotExist();
    }
  }
}
