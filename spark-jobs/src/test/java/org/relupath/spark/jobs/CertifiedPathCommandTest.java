package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.io.durable.Resealed;
import org.relupath.spark.run.ExitStatus;

/** path --certify, and the commands that take any lambda of its range. */
@ExtendWith(SharedSpark.class)
class CertifiedPathCommandTest extends RunFolderCase {
  private static final double EPSILON = 1e-3;

  private CommandRun certified(String output, String... more) {
    List<String> args = new java.util.ArrayList<>(List.of("--input", input.toString()));
    args.addAll(List.of("--gates", "30", "--certify", "1e-3", "--lambda-min-ratio", "0.1"));
    args.addAll(List.of(more));
    CommandRun run = run("path", output, args.toArray(new String[0]));
    done(run);
    return run;
  }

  @ParameterizedTest
  @CsvSource({"relu,sum", "gated,sum", "relu,mean"})
  void everyRowIsSolvedAndBoundsTheNext(String model, String scaling) throws IOException {
    CommandRun run = certified("out", "--model", model, "--loss-scaling", scaling);
    List<Map<String, String>> rows = csv("out/path.csv");
    List<Map<String, String>> bounds = csv("out/bound.csv");
    JsonNode summary = json("out/summary.json");
    assertThat(bounds).hasSize(rows.size() - 1);
    assertThat(run.out()).contains("certify every lambda from ").contains(" solves ");
    for (int k = 0; k < rows.size(); k++) {
      assertThat(rows.get(k).get("solved")).isEqualTo("1");
      assertThat(rows.get(k).get("status")).isEqualTo("optimal");
      if (k == rows.size() - 1) {
        assertThat(rows.get(k).get("certifiedGap")).isEmpty();
        continue;
      }
      assertThat(number(rows.get(k), "certifiedGap")).isBetween(0.0, EPSILON);
      assertThat(bounds.get(k).get("certifiedGap")).isEqualTo(rows.get(k).get("certifiedGap"));
      assertThat(bounds.get(k).get("lambda")).isEqualTo(rows.get(k).get("lambda"));
      assertThat(bounds.get(k).get("nextLambda")).isEqualTo(rows.get(k + 1).get("lambda"));
      // The outer coefficients are the rows' own gaps.
      double half = number(rows.get(0), "objective");
      double own = number(rows.get(k), "objective") - number(rows.get(k), "dualObjective");
      assertThat(number(bounds.get(k), "gap")).isCloseTo(own / half, within(1e-10));
    }
    assertThat(number(rows.get(rows.size() - 1), "lambdaRatio")).isEqualTo(0.1);
    assertThat(summary.get("criterion").asText()).contains("0.001 ||y||^2/2");
    assertThat(summary.get("certify").asDouble()).isEqualTo(EPSILON);
    assertThat(summary.get("status").asText()).isEqualTo("optimal");
    assertThat(summary.get("certifiedGap").asDouble()).isLessThanOrEqualTo(EPSILON);
    assertThat(summary.get("solves").asInt()).isBetween(rows.size() - 1, 40);
    assertThat(Files.readString(folder.resolve("out/report.html")))
        .contains("Certified at every λ.")
        .contains("Certified bound at every λ");
  }

  /** F of the network that predict uses, from its predictions and the objective's own parts. */
  @ParameterizedTest
  @ValueSource(strings = {"relu", "gated"})
  void predictsWithTheNetworkOfAnyLambda(String model) throws IOException {
    certified("out", "--model", model);
    List<Map<String, String>> rows = csv("out/path.csv");
    for (int k : new int[] {1, rows.size() - 1}) {
      done(
          run(
              "predict",
              "knot" + k,
              "--run",
              at("out"),
              "--input",
              input.toString(),
              "--lambda",
              rows.get(k).get("lambda")));
      double mse = 0;
      List<Double> scores = predictions("knot" + k);
      List<Map<String, String>> labels = csv("rows.csv");
      for (int r = 0; r < scores.size(); r++) {
        mse += Math.pow(scores.get(r) - number(labels.get(r), "label"), 2) / scores.size();
      }
      assertThat(mse).isCloseTo(number(rows.get(k), "trainMse"), within(1e-10));
    }
    double above = number(rows.get(1), "lambda");
    double below = number(rows.get(2), "lambda");
    String between = Double.toString(0.3 * above + 0.7 * below);
    CommandRun run =
        run(
            "predict",
            "between",
            "--run",
            at("out"),
            "--input",
            test.toString(),
            "--lambda",
            between);
    done(run);
    assertThat(run.out().lines().findFirst().orElseThrow())
        .contains("interpolated between")
        .contains("||y||^2/2 of optimal");
    double claimed = Double.parseDouble(run.out().replaceAll("(?s).*within ([^ ]+) .*", "$1"));
    assertThat(claimed).isBetween(0.0, EPSILON);
    // The weights' interpolation is convex in every neuron: near the scores of both ends.
    done(
        run(
            "predict",
            "a",
            "--run",
            at("out"),
            "--input",
            test.toString(),
            "--lambda",
            rows.get(1).get("lambda")));
    done(
        run(
            "predict",
            "b",
            "--run",
            at("out"),
            "--input",
            test.toString(),
            "--lambda",
            rows.get(2).get("lambda")));
    List<Double> a = predictions("a");
    List<Double> b = predictions("b");
    List<Double> mixed = predictions("between");
    for (int r = 0; r < a.size(); r++) {
      double expected = 0.3 * a.get(r) + 0.7 * b.get(r);
      double apart = Math.abs(a.get(r) - b.get(r));
      // relu: within a cone scores are linear in the weights; other rows may lie outside it.
      double tolerance = model.equals("gated") ? 1e-10 : 0.5 * apart + 0.05;
      assertThat(mixed.get(r)).isCloseTo(expected, within(tolerance));
    }
  }

  /** As where generated patterns have a lambda_max above the first lambda of their grid. */
  @Test
  void aLambdaBetweenTheFirstAndLambdaMaxIsRefused() throws IOException {
    certified("out");
    double first = number(csv("out/path.csv").get(0), "lambda");
    Path summary = folder.resolve("out/best/summary.json");
    ObjectNode fields = (ObjectNode) json("out/best/summary.json");
    fields.put("lambdaMax", 2 * first);
    Files.writeString(summary, fields.toString());
    Resealed.seal(folder.resolve("out/best"));
    Resealed.seal(folder.resolve("out"));
    for (String lambda : List.of(Double.toString(1.5 * first), Double.toString(2 * first))) {
      CommandRun run =
          run(
              "predict",
              "p" + lambda,
              "--run",
              at("out"),
              "--input",
              test.toString(),
              "--lambda",
              lambda);
      boolean zero = lambda.equals(Double.toString(2 * first));
      assertThat(run.status()).isEqualTo(zero ? ExitStatus.DONE : ExitStatus.REFUSED);
      assertThat(zero ? run.out() : run.errorLine())
          .contains(zero ? "the zero network" : "to " + first + ", or " + 2 * first + " and above");
    }
  }

  @Test
  void lambdasAtAndBeyondTheEnds() {
    certified("out");
    List<Map<String, String>> rows = csv("out/path.csv");
    double least = number(rows.get(rows.size() - 1), "lambda");
    CommandRun outside =
        run(
            "predict",
            "x",
            "--run",
            at("out"),
            "--input",
            test.toString(),
            "--lambda",
            Double.toString(0.99 * least));
    assertThat(outside.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(outside.errorLine())
        .contains("--lambda: '")
        .contains("from " + least + " to " + rows.get(0).get("lambda"));
    assertThat(folder.resolve("x")).doesNotExist();
    for (String large : List.of(rows.get(0).get("lambda"), "1e9")) {
      CommandRun run =
          run(
              "predict",
              "zero" + large.length(),
              "--run",
              at("out"),
              "--input",
              test.toString(),
              "--lambda",
              large);
      done(run);
      assertThat(run.out()).contains("the zero network");
      List<Double> scores = predictions("zero" + large.length());
      assertThat(scores.stream().distinct()).hasSize(1);
    }
    CommandRun alone =
        run(
            "predict",
            "x",
            "--network",
            at("out/best/network.json"),
            "--input",
            test.toString(),
            "--lambda",
            "1");
    assertThat(alone.errorLine()).contains("--lambda").contains("expected --run");
  }

  @Test
  void gridsAndFitsHaveNetworksToo() throws IOException {
    path("grid");
    List<Map<String, String>> rows = csv("grid/path.csv");
    assertThat(csv("grid/bound.csv")).hasSize(4);
    double middle = Math.sqrt(number(rows.get(2), "lambda") * number(rows.get(3), "lambda"));
    CommandRun run =
        run(
            "predict",
            "mid",
            "--run",
            at("grid"),
            "--input",
            test.toString(),
            "--lambda",
            Double.toString(middle));
    done(run);
    assertThat(run.out()).contains("interpolated between");
    fit("fit");
    String own = json("fit/summary.json").get("lambda").asText();
    done(run("predict", "own", "--run", at("fit"), "--input", test.toString(), "--lambda", own));
    done(run("predict", "same", "--run", at("fit"), "--input", test.toString()));
    assertThat(predictions("own")).isEqualTo(predictions("same"));
    CommandRun other =
        run(
            "predict",
            "x",
            "--run",
            at("fit"),
            "--input",
            test.toString(),
            "--lambda",
            Double.toString(0.9 * Double.parseDouble(own)));
    assertThat(other.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(other.errorLine()).contains(own + ", its only lambda");
  }

  @Test
  void optimalSetsPruningsAndAuditsBetweenSolvedLambdas() throws IOException {
    certified("out");
    List<Map<String, String>> rows = csv("out/path.csv");
    double middle = 0.5 * (number(rows.get(1), "lambda") + number(rows.get(2), "lambda"));
    String lambda = Double.toString(middle);
    done(run("optimal-set", "set", "--run", at("out"), "--lambda", lambda));
    JsonNode set = json("set/optimal-set.json");
    assertThat(set.get("lambda").asDouble()).isCloseTo(middle, within(1e-12 * middle));
    assertThat(set.get("relativeGap").asDouble()).isLessThan(1e-11);
    done(run("prune", "pruned", "--run", at("out"), "--lambda", lambda));
    assertThat(json("pruned/summary.json").get("objective").asDouble())
        .isCloseTo(set.get("objective").asDouble(), within(1e-9));
    CommandRun audit =
        run("audit", "audit", "--run", at("out"), "--lambda", lambda, "--input", input.toString());
    done(audit);
    double half = number(rows.get(0), "objective");
    double gap =
        (json("audit/audit.json").get("objective").asDouble() - set.get("objective").asDouble())
            / half;
    double claimed = Double.parseDouble(audit.out().replaceAll("(?s).*within ([^ ]+) .*", "$1"));
    // %.2e rounds what is told.
    assertThat(gap).isBetween(-1e-12, 1.01 * claimed);
    CommandRun outside =
        run("audit", "x", "--run", at("out"), "--lambda", "1e-9", "--input", input.toString());
    assertThat(outside.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(outside.errorLine()).contains("expected one that --run has: from ");
  }

  @Test
  void aLimitIsToldByStatusAndBound() {
    CommandRun run =
        run(
            "path",
            "out",
            "--input",
            input.toString(),
            "--gates",
            "60",
            "--certify",
            "1e-6",
            "--lambda-min-ratio",
            "0.05",
            "--max-iterations",
            "1");
    assertThat(run.status()).isEqualTo(ExitStatus.NOT_CONVERGED);
    List<Map<String, String>> rows = csv("out/path.csv");
    assertThat(rows.stream().filter(row -> !row.get("status").equals("optimal"))).isNotEmpty();
    assertThat(
            rows.stream()
                .filter(row -> !row.get("certifiedGap").isEmpty())
                .mapToDouble(row -> number(row, "certifiedGap"))
                .max()
                .orElseThrow())
        .isGreaterThan(1e-6);
  }

  /** resolved.conf has every key, among them lambdas and tolerance. */
  @Test
  void aRunIsRepeatedFromItsConfiguration() throws IOException {
    certified("out");
    done(run("path", "again", "--config", at("out/resolved.conf"), "--input", input.toString()));
    assertThat(folder.resolve("again/bound.csv"))
        .hasSameTextualContentAs(folder.resolve("out/bound.csv"));
    assertThat(folder.resolve("again/best/network.json"))
        .hasSameTextualContentAs(folder.resolve("out/best/network.json"));
  }

  @Test
  void executorsMayPrice() {
    certified("driver", "--engine", "driver");
    certified("gates", "--engine", "gates");
    List<Map<String, String>> one = csv("driver/path.csv");
    List<Map<String, String>> two = csv("gates/path.csv");
    assertThat(number(two.get(0), "lambda")).isCloseTo(number(one.get(0), "lambda"), within(1e-12));
    assertThat(two.get(two.size() - 1).get("status")).isEqualTo("optimal");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--certify 0                       | --certify: '0', expected a number from 1e-10 to below"
            + " 1",
        "--certify 1                       | --certify: '1', expected a number from 1e-10 to below"
            + " 1",
        "--certify -1e-3                   | --certify: '-1e-3', expected a number from 1e-10",
        "--certify 1e-3 --lambdas 100      | --certify and --lambdas: both given",
        "--certify 1e-3 --set lambdas=7    | --certify and --set lambdas: both given",
        "--certify 1e-3 --engine lambdas   | --engine: 'lambdas', expected driver, gates or auto"
      })
  void whatIsRefused(String options, String expected) {
    List<String> args = new java.util.ArrayList<>(List.of("--input", input.toString()));
    args.addAll(List.of(options.trim().split(" +")));
    CommandRun refused = run("path", "x", args.toArray(new String[0]));
    assertThat(refused.status()).isEqualTo(ExitStatus.REFUSED);
    assertThat(refused.errorLine()).contains(expected.trim());
    assertThat(folder.resolve("x")).doesNotExist();
  }
}
