package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.data.TrainingData;
import org.relupath.spark.run.ExitStatus;
import org.relupath.spark.study.unit.StudySplits;

/** Studies of optimal networks at one lambda, against the commands that look at one of them. */
@ExtendWith(SharedSpark.class)
class OptimalStudyTest {
  @TempDir static Path folder;
  private static StudyCase study;
  private static CommandRun run;

  private static final String[] SPLITS = {
    "--splits", "3",
    "--split-valid", "0.2",
    "--split-test", "0.3",
    "--lambda", "0.02",
    "--loss-scaling", "mean",
    "--seeds", "4",
    "--gate-counts", "30",
    "--analyses", "candidates,pruning"
  };

  @BeforeAll
  static void runOnce() throws IOException {
    SharedSpark.session();
    study = StudyCase.in(folder);
    Files.writeString(
        study.conf(),
        Files.readString(study.conf())
            .replaceAll("(?m)^(folds|lambdas) = .*\n", "")
            .replace("sides.csv\" }", "sides.csv\", published = \"min_norm=.75,spread=.1\" }"));
    run = study.run("out", args());
  }

  private static String[] args(String... more) {
    return java.util.stream.Stream.concat(Arrays.stream(SPLITS), Arrays.stream(more))
        .toArray(String[]::new);
  }

  private static List<Row> rows(SparkSession spark, String table) {
    return spark.read().parquet(folder.resolve("out").resolve(table).toString()).collectAsList();
  }

  @Test
  void leavesItsFiles() throws IOException {
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    assertThat(run.out()).startsWith("12 paths, 12 rows, ").contains("candidate-medians.csv");
    assertThat(study.contents("out").keySet())
        .contains(
            "candidates.csv",
            "candidates.parquet",
            "candidate-medians.csv",
            "optimal-sets.csv",
            "pruning.csv",
            "pruning-medians.parquet");
    assertThat(Files.readString(folder.resolve("out/report.html")))
        .contains(
            "sides, relu, 30 gates: test accuracy", "line, gated, 30 gates: test MSE", "75 %");
  }

  /** What fit and optimal-set say of the rows of one split, read from files of their own. */
  @ParameterizedTest
  @ValueSource(strings = {"relu", "gated"})
  void candidatesAreThoseOfTheCommand(String model, SparkSession spark) throws IOException {
    int split = 2;
    Path parts = Files.createTempDirectory(folder.getParent(), "parts");
    TrainingData rows =
        new StudySplits(3, new StudySplits.Shares(0.2, 0.3), 1)
            .rows(study.observations("sides"), split);
    Path fit = parts.resolve("fit");
    CommandRun.of(
        "fit --input %s --valid %s --test %s --seed 4 --gates 30 --model %s --lambda 0.02 --loss-scaling mean --tolerance 1e-6 --output %s"
            .formatted(
                StudyCase.write(parts.resolve("train.csv"), rows.train()),
                StudyCase.write(parts.resolve("valid.csv"), rows.valid()),
                StudyCase.write(parts.resolve("test.csv"), rows.test()),
                model,
                fit)
            .split(" "));
    for (String columns : List.of("all", "support")) {
      Path output = parts.resolve(columns);
      CommandRun command =
          CommandRun.of(
              "optimal-set --run %s --columns %s --output %s"
                  .formatted(fit, columns, output)
                  .split(" "));
      assertThat(command.err()).isEmpty();
      JsonNode found = new ObjectMapper().readTree(output.resolve("optimal-set.json").toFile());
      List<Row> own =
          rows(spark, "candidates.parquet").stream()
              .filter(row -> row.getAs("dataset").equals("sides"))
              .filter(row -> row.getAs("model").equals(model))
              .filter(row -> row.<Integer>getAs("fold") == split)
              .filter(row -> row.getAs("columns").equals(columns))
              .toList();
      assertThat(own).hasSize(found.get("candidates").size() - 1);
      for (Row row : own) {
        JsonNode expected = found.get("candidates").get(row.<String>getAs("candidate"));
        assertThat(row.<Integer>getAs("neurons")).isEqualTo(expected.get("neurons").asInt());
        for (String figure : List.of("objective", "norm")) {
          assertThat(row.<Double>getAs(figure))
              .isCloseTo(expected.get(figure).asDouble(), within(1e-9));
        }
        for (String part : List.of("train", "valid", "test")) {
          JsonNode metrics = expected.get(part);
          assertThat(row.<Double>getAs(part + "Mse"))
              .isCloseTo(metrics.get("mse").asDouble(), within(1e-9));
          assertThat(row.<Double>getAs(part + "Accuracy"))
              .isEqualTo(metrics.get("accuracy").asDouble());
        }
      }
      Row set =
          rows(spark, "optimal-sets.parquet").stream()
              .filter(row -> row.getAs("dataset").equals("sides"))
              .filter(row -> row.getAs("model").equals(model))
              .filter(row -> row.<Integer>getAs("fold") == split)
              .filter(row -> row.getAs("columns").equals(columns))
              .findFirst()
              .orElseThrow();
      assertThat(set.<String>getAs("unique")).isEqualTo(found.get("unique").asText());
      assertThat(set.<Integer>getAs("dimension")).isEqualTo(found.get("dimension").asInt());
      assertThat(set.<Integer>getAs("smallestWidth")).isEqualTo(found.get("smallestWidth").asInt());
    }
  }

  /** All rules choose optimal networks: one objective, and on a split one fit of its rows. */
  @Test
  void candidatesOfASplitAreEquallyOptimal(SparkSession spark) {
    rows(spark, "candidates.parquet").stream()
        .collect(
            Collectors.groupingBy(
                row ->
                    List.<Object>of(row.getAs("dataset"), row.getAs("model"), row.getAs("fold"))))
        .values()
        .forEach(
            same -> {
              assertThat(same).hasSizeGreaterThan(20);
              double first = same.get(0).<Double>getAs("objective");
              double mse = same.get(0).<Double>getAs("trainMse");
              assertThat(same)
                  .allSatisfy(
                      row -> {
                        assertThat(row.<Double>getAs("objective"))
                            .isCloseTo(first, within(1e-9 * first));
                        assertThat(row.<Double>getAs("trainMse")).isCloseTo(mse, within(1e-8));
                      });
            });
  }

  /** Pruning begins with the solution, ends with nothing, and corrected it is never worse. */
  @Test
  void prunedNetworksFallToNone(SparkSession spark) {
    List<Row> all = rows(spark, "pruning.parquet");
    var ways =
        all.stream()
            .collect(
                Collectors.groupingBy(
                    row ->
                        List.<Object>of(
                            row.getAs("dataset"),
                            row.getAs("model"),
                            row.getAs("fold"),
                            row.getAs("method"))));
    assertThat(ways).hasSize(2 * 2 * 3 * 4);
    ways.forEach(
        (way, rows) -> {
          List<Integer> widths = rows.stream().map(row -> row.<Integer>getAs("neurons")).toList();
          assertThat(widths).as("%s", way).isSortedAccordingTo((a, b) -> b - a).endsWith(0);
          assertThat(rows.get(0).<Boolean>getAs("optimal")).isTrue();
          double start = rows.get(0).getAs("objective");
          assertThat(rows)
              .allSatisfy(
                  row ->
                      assertThat(row.<Double>getAs("objective"))
                          .isGreaterThanOrEqualTo(start * (1 - 1e-9)));
        });
  }

  /** Medians are over splits, of the widest network of at most so many neurons. */
  @Test
  void mediansAreThoseOfTheRows(SparkSession spark) {
    List<Row> all = rows(spark, "pruning.parquet");
    List<Row> medians = rows(spark, "pruning-medians.parquet");
    assertThat(medians).isNotEmpty();
    for (Row median : medians) {
      String measure = median.getAs("measure");
      double[] values =
          IntStream.range(0, 3)
              .mapToDouble(
                  split ->
                      all.stream()
                          .filter(row -> row.<Integer>getAs("fold") == split)
                          .filter(
                              row ->
                                  List.of("dataset", "model", "method", "correction").stream()
                                      .allMatch(key -> row.getAs(key).equals(median.getAs(key))))
                          .filter(
                              row ->
                                  row.<Integer>getAs("neurons") <= median.<Integer>getAs("neurons"))
                          .max(
                              java.util.Comparator.comparingInt(
                                  row -> row.<Integer>getAs("neurons")))
                          .orElseThrow()
                          .<Double>getAs(measure))
              .sorted()
              .toArray();
      assertThat(median.<Double>getAs("median")).isEqualTo(values[1]);
      assertThat(median.<Double>getAs("low")).isEqualTo(values[0]);
      assertThat(median.<Double>getAs("high")).isEqualTo(values[2]);
      assertThat(median.<Double>getAs("coverage")).isEqualTo(0.75);
    }
  }

  /** The rows of the study are those of a fit on the split's rows, measured on its test rows. */
  @Test
  void resultsHaveTestRows(SparkSession spark) {
    for (Row row : rows(spark, "results")) {
      assertThat(row.<Double>getAs("lambda")).isEqualTo(0.02);
      assertThat(row.<Double>getAs("testMse")).isPositive();
    }
    Row unit = rows(spark, "units.parquet").get(0);
    assertThat(unit.<Integer>getAs("trainRows")).isEqualTo(37 - 11 - 7);
    assertThat(unit.<Integer>getAs("validRows")).isEqualTo(7);
    assertThat(unit.<Integer>getAs("testRows")).isEqualTo(11);
  }

  /** One that was stopped goes on, and leaves the files of one that was not. */
  @Test
  void goesOnWhereItStopped() throws IOException {
    study.run("again", args());
    study.assertContents("again", study.contents("out"));
    CommandRun there = study.run("out", args("--resume"));
    assertThat(there.out()).startsWith("the study is there already");
    assertThat(study.run("out", args("--resume", "--set", "choose=one-standard-error")).errorLine())
        .contains("--resume: choose is one-standard-error, the study that is there has best");
  }

  /** resolved.conf makes the same study, and its files. */
  @Test
  void resolvedSettingsMakeItAgain() throws IOException {
    study.assertRepeatable("out");
  }

  /** A solve that is stopped on the way to the optimum is told, and ends with its status. */
  @Test
  void solutionsThatFallShort() throws IOException {
    CommandRun stopped =
        study.run(
            "stopped",
            args("--models", "relu", "--max-iterations", "5", "--set", "tolerance=1e-2"));
    assertThat(stopped.status()).isEqualTo(ExitStatus.NOT_CONVERGED);
    assertThat(stopped.errorLine())
        .contains("splits the solution was not solved on to a gap near 1e-12 (column status of");
    assertThat(Files.readString(folder.resolve("stopped/optimal-sets.csv")))
        .contains("iteration-limit");
    assertThat(Files.readString(folder.resolve("stopped/summary.json")))
        .contains("\"status\" : \"not converged\"");
  }
}
