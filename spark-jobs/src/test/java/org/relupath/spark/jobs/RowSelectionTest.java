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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.run.ExitStatus;

/** Some of the rows, and one label against all others. */
class RowSelectionTest {
  @TempDir Path folder;
  private Path input;

  @BeforeAll
  static void start() {
    SharedSpark.session();
  }

  @BeforeEach
  void write() throws IOException {
    StringBuilder text = new StringBuilder("a,b,label\n");
    for (int r = 0; r < 60; r++) {
      text.append((r * 37) % 61).append(',').append(r % 7).append(',').append(r % 3).append('\n');
    }
    input = Files.writeString(folder.resolve("rows.csv"), text);
  }

  private CommandRun fit(String output, String... more) {
    List<String> args = new ArrayList<>(List.of("fit", "--input", input.toString()));
    args.addAll(List.of("--gates", "5", "--output", folder.resolve(output).toString()));
    args.addAll(List.of("--task", "regression"));
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(new String[0]));
  }

  private JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(file).toFile());
  }

  @Test
  void someRowsAreTheSameForEverySeed() throws IOException {
    assertThat(fit("one", "--sample-rows", "20").status()).isEqualTo(ExitStatus.DONE);
    assertThat(fit("two", "--sample-rows", "20", "--seed", "7").status())
        .isEqualTo(ExitStatus.DONE);
    assertThat(json("one/summary.json").get("n").asInt()).isEqualTo(20);
    assertThat(json("two/manifest.json").get("dataHash"))
        .isEqualTo(json("one/manifest.json").get("dataHash"));
    assertThat(fit("three", "--sample-rows", "21").status()).isEqualTo(ExitStatus.DONE);
    assertThat(json("three/summary.json").get("n").asInt()).isEqualTo(21);
    assertThat(fit("all", "--sample-rows", "60").status()).isEqualTo(ExitStatus.DONE);
    assertThat(fit("more", "--sample-rows", "61").errorLine())
        .isEqualTo("relupath: --sample-rows: '61', expected at most the 60 of " + input);
  }

  /** Later commands that go on from the run take the same rows. */
  @Test
  void oneLabelAgainstAllOthers() throws IOException {
    CommandRun run =
        fit("run", "--positive", "2", "--sample-rows", "30", "--valid-fraction", "0.2");
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    assertThat(json("run/network.json").get("labels").toString()).isEqualTo("[-1.0,1.0]");
    assertThat(json("run/summary.json").get("valid").get("accuracy").isNumber()).isTrue();
    CommandRun set =
        CommandRun.of(
            "optimal-set",
            "--run",
            folder.resolve("run").toString(),
            "--output",
            folder.resolve("set").toString());
    assertThat(set.err()).isEmpty();
    assertThat(set.status()).isEqualTo(ExitStatus.DONE);
    assertThat(json("set/manifest.json").get("rows").get("input").asInt()).isEqualTo(30);
  }

  @Test
  void aLabelThatNoRowHas() {
    CommandRun run = fit("none", "--positive", "5");
    assertThat(run.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(run.errorLine()).contains("label column 'label' is -1.0 in all 60 training rows");
  }
}
