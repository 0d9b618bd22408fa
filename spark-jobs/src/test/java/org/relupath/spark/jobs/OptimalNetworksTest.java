package org.relupath.spark.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.run.ExitStatus;

/**
 * optimal-set and prune on what fit and path left. The rows are few and the gates many, so that
 * nearly all patterns are there and cones share rays.
 */
@ExtendWith(SharedSpark.class)
class OptimalNetworksTest extends RunFolderCase {
  @ParameterizedTest
  @ValueSource(strings = {"relu", "gated"})
  void tellsAllOptimalNetworksOfAFit(String model, SparkSession spark) throws IOException {
    fit("fit", "--model", model, "--lambda-ratio", "0.05");
    done(run("optimal-set", "set", "--run", at("fit")));
    JsonNode set = json("set/optimal-set.json");
    JsonNode summary = json("fit/summary.json");
    assertThat(set.get("objective").asDouble())
        .isCloseTo(summary.get("objective").asDouble(), within(1e-8));
    assertThat(set.get("relativeGap").asDouble()).isLessThan(1e-10);
    int dimension = set.get("dimension").asInt();
    int merged = set.get("mergedDimension").asInt();
    assertThat(dimension).isGreaterThanOrEqualTo(merged);
    assertThat(set.get("functionDimension").asInt()).isBetween(0, merged);
    assertThat(set.get("unique").asBoolean()).isEqualTo(merged == 0);
    assertThat(set.get("smallestWidth").asInt())
        .isBetween(set.get("smallestWidthBound").asInt(), set.get("rank").asInt());
    // alphaSum lambda^2 = lambda sum ||w_b||, the penalty.
    double lambda = set.get("lambda").asDouble();
    assertThat(set.get("alphaSum").asDouble() * lambda * lambda)
        .isCloseTo(summary.get("penalty").asDouble(), within(1e-7));
    for (JsonNode extreme : set.get("extremes")) {
      assertThat(extreme.get("norm").asDouble())
          .isBetween(
              extreme.get("minNorm").asDouble() - 1e-9, extreme.get("maxNorm").asDouble() + 1e-9);
    }
    double trainMse = summary.get("train").get("mse").asDouble();
    double bestTest = set.get("candidates").get("test_mse").get("test").get("mse").asDouble();
    for (JsonNode candidate : set.get("candidates")) {
      assertThat(candidate.get("train").get("mse").asDouble()).isCloseTo(trainMse, within(1e-8));
      assertThat(candidate.get("test").get("mse").asDouble()).isGreaterThan(bestTest - 1e-9);
    }
    long members =
        spark.read().parquet(at("set/vertices.parquet")).select("member").distinct().count();
    assertThat(members).isEqualTo(set.get("vertices").asLong());
    assertThat(folder.resolve("set/candidates/min_norm/network.json")).exists();
    assertThat(folder.resolve("set/report.html")).exists();
  }

  @Test
  void meanOfTheLossScalesAlphaAndNothingElse() throws IOException {
    fit("sum", "--lambda", "0.14");
    fit("mean", "--lambda", "0.01", "--loss-scaling", "mean");
    done(run("optimal-set", "a", "--run", at("sum")));
    done(run("optimal-set", "b", "--run", at("mean")));
    JsonNode sum = json("a/optimal-set.json");
    JsonNode mean = json("b/optimal-set.json");
    assertThat(mean.get("alphaSum").asDouble() / sum.get("alphaSum").asDouble())
        .isCloseTo(14, within(1e-6));
    assertThat(mean.get("objective").asDouble() * 14)
        .isCloseTo(sum.get("objective").asDouble(), within(1e-8));
    for (String field : List.of("dimension", "mergedDimension", "unique", "smallestWidth")) {
      assertThat(mean.get(field)).as(field).isEqualTo(sum.get(field));
    }
    assertThat(mean.get("extremes").get(0).get("maxNorm").asDouble())
        .isCloseTo(sum.get("extremes").get(0).get("maxNorm").asDouble(), within(1e-6));
  }

  /** The setting of the paper's figure 1: one network, whose blocks share weight in two ways. */
  @Test
  void drawsTheSetOfFourPointsInThePlane() throws IOException {
    input =
        Files.writeString(
            folder.resolve("four-points.csv"),
            "x1,x2,label\n"
                + "1.281858613224162,0.5011424758781146,-0.0642108811974695\n"
                + "-0.4351848243620673,0.8836383773542107,-1.7470079795428974\n"
                + "0.7669430621822768,-0.3496608104986863,-1.23766047914306\n"
                + "1.7011729875258186,0.8362268326521479,0.30549599290902474\n");
    List<String> args = new ArrayList<>(List.of("--input", input.toString(), "--gates", "20"));
    args.addAll(List.of("--standardize", "false", "--intercept", "false"));
    args.addAll(List.of("--center-label", "false", "--loss-scaling", "mean"));
    args.addAll(List.of("--lambda", "0.01", "--tolerance", "1e-12"));
    done(run("fit", "fit", args.toArray(new String[0])));
    done(run("optimal-set", "set", "--run", at("fit")));
    JsonNode set = json("set/optimal-set.json");
    assertThat(set.get("dimension").asInt()).isEqualTo(2);
    assertThat(set.get("mergedDimension").asInt()).isZero();
    List<Map<String, String>> rows = csv("set/polytope.csv");
    double sum = set.get("alphaSum").asDouble() * 0.01;
    for (String kind : List.of("vertex", "member")) {
      Map<String, Double> norms = new java.util.TreeMap<>();
      for (Map<String, String> row : rows) {
        double norm = Double.parseDouble(row.get("norm"));
        double a = Double.parseDouble(row.get("a"));
        double w = Math.hypot(num(row, "W1"), num(row, "W2"));
        assertThat(w).isCloseTo(Math.abs(a), within(1e-12));
        assertThat(w * Math.abs(a)).isCloseTo(norm, within(1e-12));
        if (row.get("kind").equals(kind)) {
          norms.merge(row.get("network"), norm, Double::sum);
        }
      }
      assertThat(norms).hasSize(kind.equals("vertex") ? 4 : 300);
      assertThat(norms.values()).allSatisfy(n -> assertThat(n).isCloseTo(sum, within(1e-6)));
    }
    assertThat(Files.readString(folder.resolve("set/report.html")))
        .contains("The optimal networks, convex");
    done(run("audit", "audit", "--run", at("fit"), "--input", input.toString()));
    JsonNode values = json("audit/audit.json").get("criticalValues");
    assertThat(values.size()).isGreaterThan(2);
    assertThat(values.get(0).get("objective").asDouble())
        .isLessThanOrEqualTo(json("fit/summary.json").get("objective").asDouble() + 1e-10);
  }

  /** lambda dw/dlambda + (dw/dy) y = w: scaling lambda and y together scales the optimum. */
  @Test
  void tellsHowTheNetworkMovesWithLambdaAndTheTargets(SparkSession spark) throws IOException {
    fit("fit", "--lambda-ratio", "0.3", "--center-label", "false", "--tolerance", "1e-12");
    done(run("optimal-set", "set", "--run", at("fit")));
    JsonNode set = json("set/optimal-set.json");
    assertThat(set.get("sensitivity").get("df").asDouble()).isPositive();
    double lambda = set.get("lambda").asDouble();
    double[] y = csv("rows.csv").stream().mapToDouble(row -> num(row, "label")).toArray();
    Map<Integer, List<Double>> weights = new java.util.HashMap<>();
    spark
        .read()
        .parquet(at("fit/blocks.parquet"))
        .collectAsList()
        .forEach(
            row ->
                weights.put(
                    4 * row.getInt(row.fieldIndex("gateId")) + row.getInt(row.fieldIndex("sign")),
                    row.getList(row.fieldIndex("w"))));
    List<Row> rows = spark.read().parquet(at("set/sensitivity.parquet")).collectAsList();
    assertThat(rows).isNotEmpty();
    double moved = 0;
    double norms = 0;
    for (Row row : rows) {
      List<Double> along = row.getList(row.fieldIndex("dwdlambda"));
      List<scala.collection.Seq<Double>> targets = row.getList(row.fieldIndex("dwdy"));
      double squares = 0;
      for (int k = 0; k < along.size(); k++) {
        double w = lambda * along.get(k);
        for (int r = 0; r < y.length; r++) {
          w += targets.get(k).apply(r) * y[r];
        }
        squares += w * w;
      }
      moved += Math.sqrt(squares);
    }
    for (List<Double> w : weights.values()) {
      norms += Math.sqrt(w.stream().mapToDouble(x -> x * x).sum());
    }
    // Neurons on a shared ray are written on one of their blocks, so norms are compared in sum.
    assertThat(moved).isCloseTo(norms, within(1e-6 * norms));
  }

  private static double num(Map<String, String> row, String column) {
    return Double.parseDouble(row.get(column));
  }

  @Test
  void prunesToAFitThatIsOptimalAndCanBeGoneOnFrom() throws IOException {
    fit("fit", "--lambda-ratio", "0.05");
    done(run("prune", "pruned", "--run", at("fit")));
    JsonNode before = json("fit/summary.json");
    JsonNode minimal = json("pruned/minimal/summary.json");
    assertThat(minimal.get("objective").asDouble())
        .isCloseTo(json("pruned/summary.json").get("objective").asDouble(), within(1e-10));
    assertThat(minimal.get("neurons").asInt())
        .isBetween(minimal.get("smallestWidthBound").asInt(), minimal.get("rank").asInt());
    assertThat(minimal.get("neurons").asInt()).isLessThanOrEqualTo(before.get("neurons").asInt());
    assertThat(minimal.get("independentFits").asBoolean()).isTrue();
    List<Map<String, String>> rows = csv("pruned/pruning.csv");
    for (Map<String, String> row : rows) {
      boolean exact = row.get("method").equals("exact");
      boolean full = Integer.parseInt(row.get("neurons")) >= minimal.get("neurons").asInt();
      assertThat(row.get("optimal")).isEqualTo(exact || full ? "1" : "0");
    }
    assertThat(rows.stream().map(row -> row.get("method")).distinct())
        .contains("exact", "magnitude", "gradient", "activation", "residual", "random");
    done(run("optimal-set", "again", "--run", at("pruned/minimal")));
    assertThat(json("again/optimal-set.json").get("objective").asDouble())
        .isCloseTo(before.get("objective").asDouble(), within(1e-8));
    done(run("predict", "scores", "--run", at("pruned/minimal"), "--input", input.toString()));
  }

  @Test
  void theSupportOfOneSolutionNeverProvesUniqueness() throws IOException {
    String many = rows("many.csv", 60, 5).toString();
    List<String> args = new ArrayList<>(List.of("--input", many, "--intercept", "false"));
    args.addAll(List.of("--gates", "2000", "--lambda-ratio", "0.02"));
    done(run("fit", "fit", args.toArray(new String[0])));
    done(run("prune", "pruned", "--run", at("fit")));
    done(run("optimal-set", "all", "--run", at("pruned/minimal")));
    done(run("optimal-set", "some", "--run", at("pruned/minimal"), "--columns", "support"));
    JsonNode all = json("all/optimal-set.json");
    JsonNode some = json("some/optimal-set.json");
    assertThat(all.get("unique").toString()).isEqualTo("false");
    assertThat(some.get("mergedDimension").asInt()).isLessThan(all.get("mergedDimension").asInt());
    assertThat(some.get("unique")).isEqualTo(all.get("unique"));
    assertThat(some.get("decidedBy")).isEqualTo(all.get("decidedBy"));
    assertThat(some.get("provenSmallest").asBoolean()).isFalse();
    assertThat(some.get("smallestWidthBound").isNull()).isTrue();
  }

  @Test
  void aSolveThatStopsEarlyProvesNothing() throws IOException {
    fit("fit", "--lambda-ratio", "0.05", "--tolerance", "1e-3");
    for (String command : List.of("optimal-set", "prune")) {
      CommandRun early = run(command, command, "--run", at("fit"), "--max-iterations", "1");
      assertThat(early.status()).isEqualTo(ExitStatus.NOT_CONVERGED);
      assertThat(early.out()).doesNotContain("proven");
    }
    JsonNode set = json("optimal-set/optimal-set.json");
    assertThat(set.get("relativeGap").asDouble()).isGreaterThan(1e-10);
    assertThat(set.get("unique").asText()).isEqualTo("uncertain");
    assertThat(set.get("dimensionCertain").asBoolean()).isFalse();
    for (JsonNode told : List.of(set, json("prune/summary.json"))) {
      assertThat(told.get("provenSmallest").asBoolean()).isFalse();
      assertThat(told.get("smallestWidthBound").isNull()).isTrue();
    }
  }
}
