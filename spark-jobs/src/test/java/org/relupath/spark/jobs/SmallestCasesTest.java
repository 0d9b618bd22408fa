package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.run.ExitStatus;

/** Networks without neurons, data of two rows and one column, labels that are all equal. */
@ExtendWith(SharedSpark.class)
class SmallestCasesTest extends RunFolderCase {

  private void everyCommand(String fit) throws IOException {
    done(run("optimal-set", fit + "-set", "--run", at(fit)));
    CommandRun pruned = run("prune", fit + "-pruned", "--run", at(fit));
    done(pruned);
    assertThat(pruned.out().lines().findFirst().orElseThrow()).startsWith("lambda ");
    done(run("audit", fit + "-audit", "--run", at(fit), "--input", input.toString()));
    done(run("predict", fit + "-scores", "--run", at(fit), "--input", input.toString()));
  }

  /** Labels around 2.4: the objectives of a zero network differ by rounding along its page. */
  @ParameterizedTest
  @ValueSource(strings = {"relu", "gated"})
  void theZeroNetworkIsPruned(String model) throws IOException {
    StringBuilder text = new StringBuilder("a,b,label\n");
    for (int r = 0; r < 30; r++) {
      text.append(Math.sin(r)).append(',').append(50 + Math.cos(2 * r)).append(',');
      text.append(2.4 + 0.7 * Math.sin(5 * r)).append('\n');
    }
    Files.writeString(input, text);
    List<String> data = List.of("--input", input.toString(), "--gates", "20", "--model", model);
    String[] args = data.toArray(new String[0]);
    String[] fit = java.util.Arrays.copyOf(args, args.length + 2);
    fit[args.length] = "--lambda";
    fit[args.length + 1] = "1e6";
    done(run("fit", "fit", fit));
    everyCommand("fit");
    JsonNode pruned = json("fit-pruned/summary.json");
    assertThat(pruned.get("minimalWidth").asInt()).isZero();
    assertThat(pruned.get("provenSmallest").asBoolean()).isTrue();
    assertThat(csv("fit-pruned/pruning.csv")).allMatch(row -> row.get("neurons").equals("0"));
    assertThat(json("fit-audit/audit.json").get("critical").asBoolean()).isTrue();
  }

  /** The first lambda of every path has the zero network; undecided blocks have a column apart. */
  @Test
  void thePathsFirstLambdaIsPrunedAndItsBlocksAreCounted() throws IOException {
    path("path");
    done(run("prune", "first", "--run", at("path"), "--lambda-index", "0"));
    assertThat(json("first/summary.json").get("minimalWidth").asInt()).isZero();
    done(run("optimal-set", "sets", "--run", at("path")));
    List<Map<String, String>> rows = csv("sets/lambdas.csv");
    assertThat(rows).hasSize(5);
    for (Map<String, String> row : rows) {
      JsonNode own = json("sets/lambdas/" + row.get("index") + "/optimal-set.json");
      assertThat(row.get("equicorrelated")).isEqualTo(own.get("equicorrelated").asText());
      assertThat(row.get("undecided")).isEqualTo(own.get("undecided").asText());
      int extremes = 0;
      for (JsonNode neuron : own.get("extremes")) {
        extremes += neuron.get("blocks").size();
      }
      assertThat(own.get("equicorrelated").asInt() + own.get("undecided").asInt())
          .isEqualTo(extremes);
    }
  }

  @Test
  void twoRowsOneColumnOneNeuron() throws IOException {
    Files.writeString(input, "a,label\n2,3\n0,0\n");
    done(
        run(
            "fit",
            "fit",
            "--input",
            input.toString(),
            "--gates",
            "5",
            "--lambda",
            "0.1",
            "--label-mapping",
            "none",
            "--center-label",
            "false"));
    everyCommand("fit");
    assertThat(json("fit-pruned/summary.json").get("minimalWidth").asInt()).isEqualTo(1);
  }

  /** A label without two values is refused before any work, with its column and value. */
  @Test
  void labelsThatAreAllEqualAreRefused() throws IOException {
    Files.writeString(input, "a,label\n1,3\n2,3\n");
    CommandRun refused = run("fit", "fit", "--input", input.toString());
    assertThat(refused.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(refused.errorLine()).contains("'label' is 3.0 in all 2 training rows");
  }
}
