package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.run.ExitStatus;

@ExtendWith(SharedSpark.class)
class FitJobTest {
  @TempDir Path folder;
  private Path input;

  @BeforeEach
  void write(SparkSession spark) throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    StringBuilder text = new StringBuilder("a,b,label\n");
    for (int r = 0; r < 60; r++) {
      double a = random.nextDouble() - 0.5;
      double b = random.nextDouble() - 0.5;
      text.append(a).append(',').append(b).append(',').append(Math.abs(a) - b * b).append('\n');
    }
    input = Files.writeString(folder.resolve("rows.csv"), text);
  }

  private CommandRun fit(String output, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "fit",
                "--input",
                input.toString(),
                "--output",
                folder.resolve(output).toString(),
                "--gates",
                "40"));
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(new String[0]));
  }

  private JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(file).toFile());
  }

  @Test
  void leavesACertifiedFit(SparkSession spark) throws IOException {
    CommandRun run = fit("out");
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    JsonNode summary = json("out/summary.json");
    assertThat(summary.get("status").asText()).isEqualTo("optimal");
    assertThat(summary.get("relativeGap").asDouble()).isBetween(0.0, 1e-8);
    assertThat(summary.get("maxConeViolation").asDouble()).isLessThan(1e-10);
    assertThat(summary.get("dualObjective").asDouble())
        .isLessThanOrEqualTo(summary.get("objective").asDouble());
    assertThat(summary.get("lambda").asDouble())
        .isEqualTo(0.1 * summary.get("lambdaMax").asDouble());

    List<Row> blocks =
        spark.read().parquet(folder.resolve("out/blocks.parquet").toString()).collectAsList();
    assertThat(blocks).hasSize(2 * summary.get("distinctPatterns").asInt());
    long active =
        blocks.stream()
            .filter(row -> row.<Double>getList(row.fieldIndex("w")).stream().anyMatch(w -> w != 0))
            .count();
    assertThat(active).isEqualTo(summary.get("activeBlocks").asInt());
    assertThat(json("out/manifest.json").get("rows").get("train").asInt()).isEqualTo(60);
  }

  @Test
  void isTheSameFromItsOwnResolvedConfiguration() throws IOException {
    assertThat(fit("first", "--model", "gated", "--seed", "9").status()).isEqualTo(ExitStatus.DONE);
    CommandRun again =
        CommandRun.of(
            "fit",
            "--config",
            folder.resolve("first/resolved.conf").toString(),
            "--output",
            folder.resolve("second").toString());
    assertThat(again.status()).isEqualTo(ExitStatus.DONE);
    assertThat(json("second/summary.json").get("objective"))
        .isEqualTo(json("first/summary.json").get("objective"));
    for (String hash : List.of("configHash", "dataHash", "codeHash")) {
      assertThat(json("second/manifest.json").get(hash).asText())
          .hasSize(64)
          .isEqualTo(json("first/manifest.json").get(hash).asText());
    }
  }

  @Test
  void meanOfTheLossIsTheSumWithNTimesLambda() throws IOException {
    assertThat(fit("sum", "--lambda", "0.06").status()).isEqualTo(ExitStatus.DONE);
    assertThat(fit("mean", "--lambda", "0.001", "--loss-scaling", "mean").status())
        .isEqualTo(ExitStatus.DONE);
    JsonNode sum = json("sum/summary.json");
    JsonNode mean = json("mean/summary.json");
    for (String field : List.of("objective", "loss", "penalty", "lambda", "lambdaMax")) {
      double ratio = sum.get(field).asDouble() / mean.get(field).asDouble();
      assertThat(ratio).as(field).isBetween(60 * (1 - 1e-6), 60 * (1 + 1e-6));
    }
  }

  @Test
  void aLimitIsStatusThreeAndKeptAndMarked() throws IOException {
    CommandRun run = fit("limited", "--max-iterations", "1", "--tolerance", "1e-12");
    assertThat(run.status()).isEqualTo(ExitStatus.NOT_CONVERGED);
    assertThat(json("limited/summary.json").get("status").asText()).isNotEqualTo("optimal");
  }

  @Test
  void aboveLambdaMaxTheNetworkIsZero() throws IOException {
    assertThat(fit("zero", "--lambda-ratio", "1.5").status()).isEqualTo(ExitStatus.DONE);
    JsonNode summary = json("zero/summary.json");
    assertThat(summary.get("activeBlocks").asInt()).isZero();
    assertThat(summary.get("penalty").asDouble()).isZero();
  }

  @Test
  void aSessionItDidNotStartGoesOn(SparkSession spark) {
    assertThat(fit("out").status()).isEqualTo(ExitStatus.DONE);
    assertThat(spark.sparkContext().isStopped()).isFalse();
  }
}
