package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relupath.core.data.Label;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.gates.GateSampler;
import org.relupath.core.gates.Patterns;
import org.relupath.core.path.LambdaGrid;
import org.relupath.core.path.PathPoint;
import org.relupath.core.path.PathSolver;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.solve.Settings;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.data.Folds;
import org.relupath.spark.data.HoldOut;
import org.relupath.spark.run.ExitStatus;

/** A whole study through the command, against the same paths computed one by one. */
@ExtendWith(SharedSpark.class)
class StudyJobTest {
  @TempDir static Path folder;
  private static StudyCase study;
  private static CommandRun run;

  @BeforeAll
  static void runOnce() throws IOException {
    SharedSpark.session();
    study = StudyCase.in(folder);
    run = study.run("out");
  }

  private static List<Row> rows(SparkSession spark, String table) {
    return spark.read().parquet(folder.resolve("out").resolve(table).toString()).collectAsList();
  }

  @Test
  void leavesItsFilesAndNothingElse() throws IOException {
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    assertThat(run.out())
        .startsWith("16 paths, 160 rows, largest relative gap ")
        .contains("4 networks chosen by best\n")
        .contains(folder.resolve("out/report.html").toString());
    assertThat(study.contents("out").keySet())
        .contains(
            "aggregates.csv",
            "aggregates.parquet",
            "choices.csv",
            "choices.parquet",
            "manifest.json",
            "networks.parquet",
            "networks/line/gated/network.json",
            "report.html",
            "resolved.conf",
            "results/dataset=sides/model=relu",
            "summary.json",
            "units.csv",
            "units.parquet");
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("line.csv", "sides.csv", "study.conf", "out")
          .noneMatch(name -> name.startsWith("."));
    }
  }

  /** Every row is that of the core's path over the fold's training rows. */
  @Test
  void everyRowIsThatOfItsPath(SparkSession spark) throws IOException {
    List<Row> rows = rows(spark, "results");
    assertThat(rows).hasSize(2 * 2 * 2 * 2 * StudyCase.LAMBDAS);
    int seen = 0;
    for (String name : StudyCase.DATA_SETS) {
      Observations all = study.observations(name);
      for (int fold = 0; fold < 2; fold++) {
        HoldOut split = Folds.draw(all.rows(), 2, 1).split(fold);
        for (long seed : new long[] {3, 4}) {
          for (Model model : Model.values()) {
            List<PathPoint> path = path(all.select(split.train()), model, seed);
            for (PathPoint point : path) {
              Row row = find(rows, name, model, seed, fold, point.index());
              assertThat(row.<Double>getAs("lambda")).isEqualTo(point.lambda());
              double certified = point.solution().certificate().objective();
              assertThat(row.<Double>getAs("solverObjective")).isEqualTo(certified);
              assertThat(row.<Double>getAs("objective"))
                  .isCloseTo(certified, within(1e-12 * certified));
              assertThat(row.<Double>getAs("relativeGap"))
                  .isEqualTo(point.solution().certificate().relativeGap())
                  .isLessThanOrEqualTo(1e-6);
              assertThat(row.<Integer>getAs("activeBlocks"))
                  .isEqualTo(point.solution().weights().compact().size());
              assertThat(row.<String>getAs("status")).isEqualTo("optimal");
              seen++;
            }
          }
        }
      }
    }
    assertThat(seen).isEqualTo(rows.size());
  }

  private static Row find(
      List<Row> rows, String name, Model model, long seed, int fold, int index) {
    return rows.stream()
        .filter(row -> row.getAs("dataset").equals(name))
        .filter(row -> row.getAs("model").equals(model.name().toLowerCase(Locale.ROOT)))
        .filter(row -> row.<Long>getAs("seed") == seed)
        .filter(row -> row.<Integer>getAs("fold") == fold)
        .filter(row -> row.<Integer>getAs("index") == index)
        .findFirst()
        .orElseThrow();
  }

  private static List<PathPoint> path(Observations train, Model model, long seed) {
    Preprocessing preprocessing = Preprocessing.fit(train, Preprocessing.Options.DEFAULT);
    Matrix x = preprocessing.design(train.features());
    Matrix gates =
        new GateSampler(GateSampler.Distribution.GAUSSIAN, seed, x.columns(), true).sample(12);
    Problem problem = new Problem(x, preprocessing.targets(train.targets()), model);
    Pricer pricer = new Pricer(new ConvexProgram(problem, Patterns.of(x, gates)));
    double lambdaMax = pricer.maxNorm(problem.y());
    double[] grid = LambdaGrid.logarithmic(lambdaMax, 0.01, StudyCase.LAMBDAS);
    return new PathSolver(problem, pricer, Settings.to(1e-6)).solve(grid, 0, point -> {});
  }

  @Test
  void aPathOfTheCommandHasTheSameRows(SparkSession spark) throws IOException {
    assertThat(rowsOfStudy(spark, "out", "model = 'gated' AND seed = 4"))
        .isEqualTo(rowsOfPath(spark, "--gates 12 --model gated"));
  }

  /** The rows of one fold of the data set sides, with all columns. */
  private static List<String> rowsOfStudy(SparkSession spark, String output, String which) {
    return spark
        .read()
        .parquet(folder.resolve(output + "/results").toString())
        .where("dataset = 'sides' AND fold = 1 AND " + which)
        .drop("dataset", "model", "gates", "seed", "fold")
        .orderBy("index")
        .toJSON()
        .collectAsList();
  }

  /** What the command path makes of these rows, by seed 4: held-out ones in a file of their own. */
  private static List<String> rowsOfPath(SparkSession spark, String options) throws IOException {
    Observations all = study.observations("sides");
    HoldOut split = Folds.draw(all.rows(), 2, 1).split(1);
    Path parts = Files.createTempDirectory(folder.getParent(), "parts");
    Path output = parts.resolve("path");
    CommandRun path =
        CommandRun.of(
            "path --input %s --valid %s --seed 4 %s --lambdas 10 --tolerance 1e-6 --output %s"
                .formatted(
                    StudyCase.write(parts.resolve("train.csv"), all.select(split.train())),
                    StudyCase.write(parts.resolve("valid.csv"), all.select(split.heldOut())),
                    options,
                    output)
                .split(" "));
    assertThat(path.status()).as(path.err()).isEqualTo(ExitStatus.DONE);
    return spark
        .read()
        .parquet(output.resolve("path.parquet").toString())
        .drop("seconds")
        .toJSON()
        .collectAsList();
  }

  /** resolved.conf makes the same study, and its files. */
  @Test
  void resolvedSettingsMakeItAgain() throws IOException {
    study.assertRepeatable("out");
  }

  /** Patterns that a study searches for are those of the command, on the rows of each fold. */
  @ParameterizedTest
  @EnumSource(Model.class)
  void patternsAreSearchedForAsByTheCommand(Model which, SparkSession spark) throws IOException {
    String model = Label.of(which);
    String output = "searched-" + model;
    CommandRun searched =
        study.run(
            output,
            "--gate-source",
            "adaptive",
            "--gate-counts",
            "40",
            "--seeds",
            "4",
            "--models",
            model);
    JsonNode summary =
        new ObjectMapper().readTree(folder.resolve(output + "/summary.json").toFile());
    assertThat(summary.get("gateSource").asText()).isEqualTo("adaptive");
    double worst = summary.get("worstSearchedGap").asDouble();
    assertThat(searched.out()).contains(String.format(Locale.ROOT, ", searched gap %.1e;", worst));
    if (which == Model.RELU) {
      assertThat(worst).isLessThan(1e-4);
    } else {
      assertThat(summary.get("warnings").toString())
          .contains("reached their limit (--gate-counts)", "patterns may be missing");
    }
    assertThat(Files.readString(folder.resolve(output + "/report.html")))
        .contains(model + ", up to 40 patterns");
    assertThat(rowsOfStudy(spark, output, "seed = 4"))
        .isEqualTo(rowsOfPath(spark, "--gates 40 --gate-source adaptive --model " + model));
  }

  /** Plain SQL over the rows, as the guide has it, gives the means that are stored. */
  @Test
  void isReadBackWithPlainSql(SparkSession spark) throws IOException {
    String output = folder.resolve("out").toString();
    spark.read().parquet(output + "/results").createOrReplaceTempView("results");
    List<Row> means =
        spark
            .sql(
                "SELECT dataset, model, index, avg(validMse) AS mse, avg(neurons) AS neurons,"
                    + " max(relativeGap) AS gap FROM results"
                    + " GROUP BY dataset, model, index ORDER BY dataset, model, index")
            .collectAsList();
    assertThat(means).hasSize(2 * 2 * StudyCase.LAMBDAS);
    List<Row> aggregates = rows(spark, "aggregates.parquet");
    for (Row mean : means) {
      assertThat(mean.<Double>getAs("mse"))
          .isCloseTo(aggregate(aggregates, mean, "validMse").getAs("mean"), within(1e-12));
      assertThat(mean.<Double>getAs("neurons"))
          .isCloseTo(aggregate(aggregates, mean, "neurons").getAs("mean"), within(1e-12));
      assertThat(mean.<Double>getAs("gap"))
          .isEqualTo(aggregate(aggregates, mean, "relativeGap").<Double>getAs("most"));
    }
  }

  private static Row aggregate(List<Row> aggregates, Row key, String measure) {
    return aggregates.stream()
        .filter(row -> row.getAs("dataset").equals(key.getAs("dataset")))
        .filter(row -> row.getAs("model").equals(key.getAs("model")))
        .filter(row -> row.getAs("index").equals(key.getAs("index")))
        .filter(row -> row.getAs("measure").equals(measure))
        .findFirst()
        .orElseThrow();
  }

  /** The chosen lambda is that of smallest mean error, and its network what fit makes there. */
  @Test
  void aChosenNetworkIsThatOfItsFit(SparkSession spark) throws IOException {
    spark.read().parquet(folder.resolve("out/results").toString()).createOrReplaceTempView("rows");
    int best =
        spark
            .sql(
                "SELECT index FROM rows WHERE dataset = 'line' AND model = 'relu'"
                    + " GROUP BY index ORDER BY avg(validMse), index LIMIT 1")
            .head()
            .getInt(0);
    Row choice =
        rows(spark, "choices.parquet").stream()
            .filter(row -> row.getAs("dataset").equals("line"))
            .filter(row -> row.getAs("model").equals("relu"))
            .filter(row -> row.<Boolean>getAs("chosen"))
            .findFirst()
            .orElseThrow();
    assertThat(choice.<Integer>getAs("index")).isEqualTo(best);
    assertThat(choice.<String>getAs("rule")).isEqualTo("best");
    Path network = folder.resolve("out/networks/line/relu");
    Path output = Files.createTempDirectory(folder.getParent(), "fit").resolve("out");
    CommandRun fit =
        CommandRun.of(
            "fit",
            "--config",
            network.resolve("fit.conf").toString(),
            "--output",
            output.toString());
    assertThat(fit.err()).isEmpty();
    assertThat(network.resolve("network.json"))
        .hasSameTextualContentAs(output.resolve("network.json"));
  }
}
