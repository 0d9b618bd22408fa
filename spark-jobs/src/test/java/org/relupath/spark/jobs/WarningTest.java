package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.result.GridEdge;
import org.relupath.spark.run.ExitStatus;

/** What a summary warns of. */
class WarningTest {
  @TempDir Path folder;

  @BeforeAll
  static void start() {
    SharedSpark.session();
  }

  private JsonNode warnings(int rows, String... more) throws IOException {
    StringBuilder text = new StringBuilder("a,constant,label\n");
    for (int r = 0; r < rows; r++) {
      text.append((r * 37) % 101).append(",3,").append((r * 53) % 89).append('\n');
    }
    Path input = Files.writeString(folder.resolve("rows.csv"), text);
    List<String> args = new ArrayList<>(List.of("fit", "--input", input.toString()));
    args.addAll(List.of("--output", folder.resolve("out").toString(), "--overwrite"));
    args.addAll(List.of("--gates", "5"));
    args.addAll(List.of(more));
    CommandRun run = CommandRun.of(args.toArray(new String[0]));
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    return new ObjectMapper().readTree(folder.resolve("out/summary.json").toFile()).get("warnings");
  }

  @Test
  void conesOfRandomGatesOnManyRowsAreRays() throws IOException {
    assertThat(warnings(10_000).get(0).asText())
        .startsWith("the cones of random gates on 10000 rows are hardly more than rays");
    assertThat(warnings(9_999)).isEmpty();
    // Gates that were chosen, rather than drawn, are the user's business.
    Path gates = Files.writeString(folder.resolve("gates.csv"), "1,0,0\n-1,0,0.3\n");
    assertThat(warnings(10_000, "--gate-source", "file:" + gates)).isEmpty();
  }

  private JsonNode path(String label, String... more) throws IOException {
    StringBuilder text = new StringBuilder("a,b,label\n");
    for (int r = 0; r < 40; r++) {
      double a = (r * 37 % 101) / 50.0 - 1;
      double noise = (r * 61 % 97) / 50.0 - 1;
      text.append(a).append(',').append((r * 29 % 83) / 40.0 - 1).append(',');
      text.append(label.equals("line") ? 2 * a : noise).append('\n');
    }
    Path input = Files.writeString(folder.resolve("path.csv"), text);
    List<String> args = new ArrayList<>(List.of("path", "--input", input.toString()));
    args.addAll(List.of("--output", folder.resolve("path").toString(), "--overwrite"));
    args.addAll(List.of("--gates", "20", "--valid-fraction", "0.25"));
    args.addAll(List.of(more));
    CommandRun run = CommandRun.of(args.toArray(new String[0]));
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    JsonNode summary = new ObjectMapper().readTree(folder.resolve("path/summary.json").toFile());
    int index = summary.get("lambdaIndex").asInt();
    boolean last = index == summary.get("lambdas").asInt() - 1;
    boolean edge = summary.get("lambdas").asInt() > 1 && (index == 0 || last);
    assertThat(run.out().contains("st of the grid)")).isEqualTo(edge);
    return summary.get("warnings");
  }

  @Test
  void theBestLambdaIsAtAnEndOfItsGrid() throws IOException {
    assertThat(path("line", "--lambdas", "4").get(0).asText())
        .isEqualTo(
            "the best lambda, 0.0100000 lambda_max, is the smallest of the grid: a smaller one may"
                + " be better, see --lambda-min-ratio");
    assertThat(path("line", "--lambdas", "1"))
        .hasSize(1)
        .allMatch(line -> line.asText().contains("is no better than that of ridge regression"));
    assertThat(path("noise", "--lambdas", "3", "--lambda-min-ratio", "0.9").get(0).asText())
        .contains("of the grid");
  }

  @Test
  void anEdgeIsNamed() {
    assertThat(GridEdge.of(0, 1)).isEqualTo(GridEdge.NONE);
    assertThat(GridEdge.of(1, 3)).isEqualTo(GridEdge.NONE);
    assertThat(GridEdge.of(0, 3).warning(1)).endsWith("does better than the zero network");
    assertThat(GridEdge.of(0, 3).warning(0.5)).endsWith("a larger one may be better");
    assertThat(GridEdge.of(2, 3).remark()).isEqualTo(" (the smallest of the grid)");
  }

  @Test
  void nothingToFit() throws IOException {
    assertThat(warnings(50, "--features", "constant", "--intercept", "false").get(0).asText())
        .isEqualTo("lambda_max is 0: at every lambda the network is zero");
  }
}
