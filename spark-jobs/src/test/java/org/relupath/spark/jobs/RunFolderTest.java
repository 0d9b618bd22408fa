package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.run.ExitStatus;

/** What optimal-set, prune and paths find in the folder of an earlier run, and what they refuse. */
@ExtendWith(SharedSpark.class)
class RunFolderTest extends RunFolderCase {
  @Test
  void otherRowsAreReadInTheColumnsOfTheRun() throws IOException {
    fit("fit");
    List<String> swapped = new ArrayList<>();
    for (String line : Files.readAllLines(input)) {
      String[] cells = line.split(",");
      swapped.add("1," + cells[1] + "," + cells[0] + "," + cells[2]);
    }
    swapped.set(0, "id,b,a,label");
    Path other = Files.write(folder.resolve("swapped.csv"), swapped);
    done(run("prune", "same", "--run", at("fit")));
    done(run("prune", "other", "--run", at("fit"), "--input", other.toString()));
    JsonNode same = json("same/summary.json");
    JsonNode again = json("other/summary.json");
    assertThat(again.get("minimalWidth")).isEqualTo(same.get("minimalWidth"));
    assertThat(again.get("objective").asDouble())
        .isCloseTo(same.get("objective").asDouble(), within(1e-10));
    Path lacking = Files.writeString(folder.resolve("lacking.csv"), "a,label\n1,2\n2,3\n");
    CommandRun refused = run("prune", "x", "--run", at("fit"), "--input", lacking.toString());
    assertThat(refused.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(refused.errorLine()).contains("lacking.csv").contains("'b'");
    Path numbered = Files.writeString(folder.resolve("rows.libsvm"), "1 1:1\n2 1:2\n3 1:4\n");
    CommandRun fewer = run("prune", "x", "--run", at("fit"), "--input", numbered.toString());
    assertThat(fewer.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(folder.resolve("x")).doesNotExist();
  }

  /** Rows in place of a run's are what the run's were, whatever their own cells look like. */
  @Test
  void otherRowsAreTakenForWhatTheRunsWere() throws IOException {
    String[][] rows = {
      {"p", "w", "true"}, {"q", "x", "false"}, {"p", "w", "false"}, {"q", "w", "true"},
      {"p", "x", "true"}, {"q", "x", "true"}, {"p", "x", "false"}, {"q", "w", "false"}
    };
    String header = "a,kind,code,on,label\n";
    StringBuilder first = new StringBuilder(header);
    StringBuilder numbers = new StringBuilder(header);
    for (int r = 0; r < rows.length; r++) {
      String label = r % 3 == 0 ? "no" : "yes";
      String rest = rows[r][0] + "," + rows[r][1] + "," + rows[r][2] + "," + label + "\n";
      first.append(r * r % 5).append(',').append(rest);
      // The levels of a column of texts are all numbers now.
      numbers.append(r).append(',').append(rest.replace("w", "7").replace("x", "8"));
    }
    Path texts = Files.writeString(folder.resolve("texts.csv"), first);
    done(run("fit", "fit", "--input", texts.toString(), "--gates", "10"));
    Path other = Files.writeString(folder.resolve("numbers.csv"), numbers);
    for (String command : List.of("prune", "optimal-set")) {
      done(run(command, command, "--run", at("fit"), "--input", other.toString()));
    }
    JsonNode network = json("prune/minimal/network.json");
    assertThat(network.get("preparation").get(2).get("kind").asText()).isEqualTo("category");
    assertThat(network.get("preparation").get(2).get("levels"))
        .extracting(JsonNode::asText)
        .containsExactly("7", "8");
    String[][] refused = {
      {numbers.toString().replace("\n3,", "\nthree,"), "row 4 column 'a' is 'three'"},
      {numbers.toString().replace("true", "maybe"), "row 1 column 'on' is 'maybe'"},
      {numbers.toString().replace("yes", "sure"), "row 2 column 'label' is sure"},
      {numbers.toString().replaceAll("yes|no", "1"), "row 1 column 'label' is 1"},
      {numbers.toString().replace("code", "number"), "has no column 'code'"},
    };
    for (String[] one : refused) {
      Files.writeString(other, one[0]);
      CommandRun run = run("prune", "x", "--run", at("fit"), "--input", other.toString());
      assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.REFUSED);
      assertThat(run.errorLine()).contains("numbers.csv", one[1]);
    }
    // Columns that a file has no names for have those of their places.
    Files.writeString(folder.resolve("rows.libsvm"), "1 1:1\n2 1:2\n0 2:1\n3 1:4\n");
    done(run("fit", "numbered", "--input", at("rows.libsvm"), "--gates", "5"));
    CommandRun named = run("prune", "x", "--run", at("numbered"), "--input", input.toString());
    assertThat(named.errorLine()).contains("has the features a, b, expected x1, x2");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @Test
  void heldOutRowsOfTheRunItselfAreNotReplaced() throws IOException {
    fit("fit", "--valid-fraction", "0.3");
    CommandRun refused = run("prune", "x", "--run", at("fit"), "--valid", test.toString());
    assertThat(refused.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(refused.errorLine()).contains("--valid: --run holds out --valid-fraction 0.3");
  }

  @Test
  void looksAtEveryLambdaOfAPathOrAtOne() throws IOException {
    path("path");
    done(run("optimal-set", "sets", "--run", at("path")));
    List<Map<String, String>> rows = csv("sets/lambdas.csv");
    assertThat(rows).hasSize(5);
    assertThat(rows.get(0).get("optimalSetDimension")).isEqualTo("0");
    assertThat(folder.resolve("sets/lambdas/3/optimal-set.json")).exists();
    assertThat(folder.resolve("sets/min-norm.parquet")).exists();
    int chosen = json("path/summary.json").get("lambdaIndex").asInt();
    assertThat(json("sets/optimal-set.json").get("lambdaIndex").asInt()).isEqualTo(chosen);
    done(run("optimal-set", "one", "--run", at("path"), "--lambda-index", "3"));
    JsonNode one = json("one/optimal-set.json");
    JsonNode same = json("sets/lambdas/3/optimal-set.json");
    for (String field : List.of("lambda", "objective", "dimension", "unique", "smallestWidth")) {
      assertThat(one.get(field)).as(field).isEqualTo(same.get(field));
    }
    assertThat(folder.resolve("one/lambdas.csv")).doesNotExist();
    done(run("prune", "pruned", "--run", at("path")));
    assertThat(csv("pruned/lambdas.csv")).hasSize(5);
    assertThat(folder.resolve("pruned/lambdas/4/minimal/network.json")).exists();
    String lambda = csv("path/path.csv").get(2).get("lambda");
    done(run("optimal-set", "between", "--run", at("path"), "--lambda", lambda));
    assertThat(json("between/optimal-set.json").get("objective").asDouble())
        .isCloseTo(Double.parseDouble(csv("path/path.csv").get(2).get("objective")), within(1e-8));
  }

  @Test
  void analysedPathsTellDimensionSensitivityAndEvents() throws IOException {
    path("path", "--analyze", "true");
    List<Map<String, String>> rows = csv("path/path.csv");
    for (Map<String, String> row : rows) {
      assertThat(row.get("unique")).isIn("true", "false", "uncertain");
      assertThat(Integer.parseInt(row.get("optimalSetDimension"))).isNotNegative();
    }
    List<Map<String, String>> analysis = csv("path/analysis.csv");
    assertThat(analysis).hasSize(5);
    for (Map<String, String> row : analysis) {
      assertThat(row.get("df").isEmpty()).isNotEqualTo(row.get("sensitivityReason").isEmpty());
    }
    double above = Double.POSITIVE_INFINITY;
    for (Map<String, String> event : csv("path/events.csv")) {
      double lambda = Double.parseDouble(event.get("lambda"));
      int index = Integer.parseInt(event.get("index"));
      assertThat(lambda).isLessThanOrEqualTo(above);
      assertThat(lambda)
          .isBetween(
              Double.parseDouble(rows.get(index).get("lambda")) * (1 - 1e-6),
              Double.parseDouble(rows.get(index - 1).get("lambda")) * (1 + 1e-6));
      above = lambda;
    }
    assertThat(csv("path/events.csv")).isNotEmpty();
    assertThat(json("path/best/summary.json").get("sensitivity").has("conditions")).isTrue();
  }

  @Test
  void twoRunsLeaveTheSameFiles() throws IOException {
    fit("fit", "--lambda-ratio", "0.05");
    done(run("optimal-set", "a", "--run", at("fit")));
    done(run("optimal-set", "b", "--run", at("fit")));
    try (Stream<Path> networks = Files.walk(folder.resolve("a/candidates"))) {
      for (Path file : networks.filter(Files::isRegularFile).toList()) {
        Path other = folder.resolve("b").resolve(folder.resolve("a").relativize(file));
        assertThat(Files.readString(other)).isEqualTo(Files.readString(file));
      }
    }
  }

  @Test
  void resultsNeverReplaceTheRunThatTheyAreFrom() throws IOException {
    fit("runs/fit");
    for (String output : List.of("runs/fit", "runs", "runs/fit/../../runs")) {
      CommandRun refused = run("prune", output, "--run", at("runs/fit"), "--overwrite");
      assertThat(refused.status()).isEqualTo(ExitStatus.REFUSED);
      assertThat(refused.errorLine()).contains("--output").contains("would replace --run");
    }
    assertThat(folder.resolve("runs/fit/blocks.parquet")).exists();
    CommandRun inside = run("prune", "runs/fit/pruned", "--run", at("runs/fit"));
    assertThat(inside.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(inside.errorLine()).contains("lies inside --run");
    // Nor the rows that it was made from, which these commands read again.
    CommandRun rows = run("predict", ".", "--run", at("runs/fit"), "--input", test.toString());
    assertThat(rows.errorLine()).contains("would replace --run");
  }

  @Test
  void refusesWhatItCannotGoOnFrom() throws IOException {
    fit("fit");
    for (String command : List.of("optimal-set", "prune")) {
      assertThat(run(command, "x").errorLine()).contains("--run is missing");
      assertThat(run(command, "x", "--run", at("nothing")).errorLine()).contains("no such folder");
      assertThat(run(command, "x", "--run", folder.toString()).errorLine())
          .contains("holds no manifest.json");
      assertThat(run(command, "x", "--run", at("fit"), "--lambda-index", "1").errorLine())
          .contains("--lambda-index: '1', expected a whole number from 0 to 0");
      assertThat(
              run(command, "x", "--run", at("fit"), "--lambda-index", "0", "--lambda", "1")
                  .errorLine())
          .contains("both given");
    }
    Files.writeString(input, Files.readString(input).replaceFirst("\n", "\n0.5,0.5,0.5\n"));
    CommandRun changed = run("prune", "x", "--run", at("fit"));
    assertThat(changed.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(changed.errorLine()).contains("the rows are not those");
    assertThat(folder.resolve("x")).doesNotExist();
    done(run("prune", "anyway", "--run", at("fit"), "--input", input.toString()));
  }
}
