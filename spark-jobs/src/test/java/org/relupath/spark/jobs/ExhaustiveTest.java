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
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.run.ExitStatus;

/** Bounds over all networks: exact with all patterns, honest without. */
class ExhaustiveTest {
  private static final String CLAIM = "the optimum over all ReLU networks of any width";

  @TempDir Path folder;
  private Path input;

  @BeforeEach
  void write() throws IOException {
    SharedSpark.session();
    SplittableRandom random = new SplittableRandom(3);
    StringBuilder text = new StringBuilder("a,b,label\n");
    for (int r = 0; r < 15; r++) {
      double a = random.nextDouble() - 0.5;
      double b = random.nextDouble() - 0.5;
      text.append(a).append(',').append(b).append(',').append(Math.abs(a) - b * b).append('\n');
    }
    input = Files.writeString(folder.resolve("rows.csv"), text);
  }

  private CommandRun run(String command, String output, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                command,
                "--input",
                input.toString(),
                "--output",
                folder.resolve(output).toString(),
                "--lambda",
                "0.05"));
    if (command.equals("path") || List.of(more).contains("--lambda")) {
      args.subList(5, 7).clear();
    }
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(new String[0]));
  }

  private JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(file).toFile());
  }

  private static double number(JsonNode fields, String name) {
    return fields.get(name).asDouble();
  }

  @Test
  void aFitOverAllPatternsIsGlobal() throws IOException {
    CommandRun run = run("fit", "all", "--gate-source", "exhaustive");
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    assertThat(run.out()).contains(CLAIM);
    JsonNode all = json("all/summary.json");
    // 2 (1 + 14 + 91) cells of 15 rows in three columns, one of which may have no active row.
    assertThat(all.get("gates").asInt()).isEqualTo(212);
    assertThat(all.get("lowerBoundSource").asText()).isEqualTo("enumeration");
    assertThat(number(all, "lowerBound")).isEqualTo(number(all, "dualObjective"));
    // Both are differences of objectives, which rounding leaves to 1e-15 or so.
    assertThat(number(all, "gapToGlobal")).isCloseTo(number(all, "relativeGap"), within(1e-14));
    assertThat(Files.readString(folder.resolve("all/report.html")))
        .contains("no network of any width is better by more than")
        .contains("lower bound for all networks (enumeration)");

    // Some patterns only: a bound for all networks is below what all patterns reach.
    run = run("fit", "some", "--gates", "3");
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    assertThat(run.out()).doesNotContain(CLAIM);
    JsonNode some = json("some/summary.json");
    assertThat(some.get("lowerBoundSource").asText()).isIn("norm", "branch-and-bound");
    assertThat(number(some, "lowerBound"))
        .isPositive()
        .isLessThanOrEqualTo(number(all, "objective"));
    assertThat(number(some, "objective")).isGreaterThan(number(all, "objective"));
    assertThat(number(some, "gapToGlobal"))
        .isCloseTo(1 - number(some, "lowerBound") / number(some, "objective"), within(1e-12));
    assertThat(Files.readString(folder.resolve("some/report.html")))
        .doesNotContain("no network of any width");
  }

  /** However coarse the tolerance, a gap of some percent is not the optimum over all networks. */
  @Test
  void aCoarseToleranceMakesNothingGlobal() throws IOException {
    CommandRun run = run("fit", "coarse", "--gates", "30", "--tolerance", "0.9");
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    JsonNode coarse = json("coarse/summary.json");
    assertThat(number(coarse, "gapToGlobal")).isBetween(1e-6, 0.9);
    assertThat(run.out())
        .doesNotContain(CLAIM)
        .containsPattern("gap to all ReLU networks [0-9.e-]+ \\(" + "(norm|branch-and-bound)\\)");
    assertThat(Files.readString(folder.resolve("coarse/report.html")))
        .doesNotContain("no network of any width");
    run = run("path", "coarse-path", "--gates", "30", "--tolerance", "0.9", "--lambdas", "3");
    assertThat(run.out()).doesNotContain(CLAIM).contains("gap to all ReLU networks ");
    run = run("fit", "plain", "--gate-source", "exhaustive", "--intercept", "false");
    assertThat(run.out()).contains(CLAIM + ", without biases");
    assertThat(json("plain/summary.json").get("lowerBoundClass").asText())
        .contains("without biases", "standardised columns");
  }

  @Test
  void unitsOfTheBoundAreThoseOfTheObjective() throws IOException {
    for (String source : List.of("exhaustive", "gaussian")) {
      assertThat(run("fit", source, "--gate-source", source).status()).isEqualTo(ExitStatus.DONE);
      String mean = source + "-mean";
      String lambda = Double.toString(0.05 / 15);
      CommandRun run =
          CommandRun.of(
              "fit",
              "--input",
              input.toString(),
              "--output",
              folder.resolve(mean).toString(),
              "--gate-source",
              source,
              "--loss-scaling",
              "mean",
              "--lambda",
              lambda);
      assertThat(run.status()).isEqualTo(ExitStatus.DONE);
      assertThat(15 * number(json(mean + "/summary.json"), "lowerBound"))
          .isCloseTo(number(json(source + "/summary.json"), "lowerBound"), within(1e-6));
    }
  }

  @Test
  void everyLambdaOfAPathHasItsBound() throws IOException {
    CommandRun run =
        run(
            "path",
            "path",
            "--gate-source",
            "exhaustive",
            "--lambdas",
            "4",
            "--loss-scaling",
            "mean");
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    assertThat(run.out()).contains(CLAIM);
    List<Map<String, String>> rows = CsvRows.of(folder.resolve("path/path.csv"));
    assertThat(rows).hasSize(4);
    for (Map<String, String> row : rows) {
      assertThat(row.get("lowerBound")).isEqualTo(row.get("dualObjective"));
    }
    JsonNode best = json("path/best/summary.json");
    assertThat(best.get("lowerBoundSource").asText()).isEqualTo("enumeration");
    assertThat(json("path/summary.json").get("lowerBound")).isEqualTo(best.get("lowerBound"));
  }

  /**
   * x = y = (1, -1)': gate 0 is active on both rows and on the boundary of both cells, and its
   * network costs half of theirs.
   */
  @Test
  void aGatedFitOverAllCellsClaimsNoMoreThanItsBound() throws IOException {
    input = Files.writeString(folder.resolve("two.csv"), "a,label\n1,1\n-1,-1\n");
    CommandRun run =
        run(
            "fit",
            "gated",
            "--model",
            "gated",
            "--gate-source",
            "exhaustive",
            "--standardize",
            "false",
            "--intercept",
            "false");
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    JsonNode summary = json("gated/summary.json");
    assertThat(summary.get("lowerBoundSource").asText()).isEqualTo("enumeration");
    // One cell a row: 2 (lambda - lambda^2 / 2); both rows at once: lambda - lambda^2 / 4.
    assertThat(number(summary, "objective")).isCloseTo(0.0975, within(1e-8));
    assertThat(number(summary, "lowerBound")).isLessThanOrEqualTo(0.05 - 0.05 * 0.05 / 4);
    assertThat(run.out()).doesNotContain("any width");
    assertThat(summary.get("warnings").toString()).contains("open cells");
    assertThat(summary.get("criterion").asText()).contains("open cells");
    assertThat(run.out()).contains("over patterns of open cells");
    assertThat(Files.readString(folder.resolve("gated/report.html"))).contains("open cells");
    // Too few may be enumerated for the boundaries: then it is no enumeration.
    assertThat(
            run(
                    "fit",
                    "few",
                    "--model",
                    "gated",
                    "--gate-source",
                    "exhaustive",
                    "--standardize",
                    "false",
                    "--intercept",
                    "false",
                    "--enumeration-limit",
                    "2")
                .status())
        .isEqualTo(ExitStatus.DONE);
    assertThat(json("few/summary.json").get("lowerBoundSource").asText())
        .isNotEqualTo("enumeration");
    assertThat(number(json("few/summary.json"), "lowerBound"))
        .isLessThanOrEqualTo(0.05 - 0.05 * 0.05 / 4);
  }

  @Test
  void tooManyPatternsAreRefusedByTheirNumber() {
    assertThat(
            run("fit", "x", "--gate-source", "exhaustive", "--enumeration-limit", "211")
                .errorLine())
        .contains("--gate-source exhaustive")
        .contains("rank 3 with rows on 15 lines has up to 212 patterns, expected at most 211")
        .contains("(--enumeration-limit)");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  /** y = |x - c| far from the origin: two neurons have a loss of zero and a penalty of 2000.2. */
  @Test
  void rowsThatAreAlmostParallelMakeNoFalseBound() throws IOException {
    double c = 1_000_100;
    StringBuilder text = new StringBuilder("x,label\n");
    for (int r = 0; r < 8; r++) {
      double x = 1e6 + 200.0 * r / 7;
      text.append(x).append(',').append(Math.abs(x - c)).append('\n');
    }
    input = Files.writeString(folder.resolve("far.csv"), text);
    double root = Math.sqrt(Math.hypot(1, c));
    String hidden = String.format(Locale.ROOT, "[[%s],[%s]]", 1 / root, -1 / root);
    String network =
        String.format(
            Locale.ROOT,
            "{\"format\":\"relupath-network\",\"version\":1,\"activation\":\"relu\",\"inputs\":[\"x\"],"
                + "\"hidden\":%s,\"bias\":[%s,%s],\"output\":[%s,%s],\"outputBias\":0}",
            hidden,
            -c / root,
            c / root,
            root,
            root);
    Path file = Files.writeString(folder.resolve("abs.json"), network);
    double byHand = 2e-3 * Math.hypot(1, c) * (1 + 1e-9);

    String[] raw = {"--standardize", "false", "--center-label", "false", "--max-iterations", "40"};
    List<String> fit = new ArrayList<>(List.of(raw));
    fit.addAll(List.of("--gate-source", "exhaustive", "--lambda", "0.001"));
    CommandRun run = run("fit", "far", fit.toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isIn(ExitStatus.DONE, ExitStatus.NOT_CONVERGED);
    JsonNode summary = json("far/summary.json");
    assertThat(summary.get("distinctPatterns").asInt()).isEqualTo(15);
    assertThat(number(summary, "lowerBound")).isLessThanOrEqualTo(byHand);
    if (number(summary, "objective") > byHand) {
      assertThat(run.out()).doesNotContain(CLAIM);
      assertThat(run.status()).isEqualTo(ExitStatus.NOT_CONVERGED);
    }

    run = run("audit", "audited", "--network", file.toString(), "--lambda", "0.001");
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    JsonNode audit = json("audited/audit.json");
    assertThat(number(audit, "objective")).isLessThanOrEqualTo(byHand);
    assertThat(number(audit, "lowerBound")).isLessThanOrEqualTo(number(audit, "objective"));
    assertThat(number(audit, "patternSetBound")).isLessThanOrEqualTo(number(audit, "objective"));
  }
}
