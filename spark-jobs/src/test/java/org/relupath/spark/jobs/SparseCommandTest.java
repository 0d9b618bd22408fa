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
import java.util.SplittableRandom;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.train.TrainSettings;
import org.relupath.spark.train.TrainedNetwork;
import org.relupath.spark.train.Training;

/** Rows whose zeros are not kept against the same rows in a csv, all of whose cells are. */
@ExtendWith(SharedSpark.class)
class SparseCommandTest extends RunFolderCase {
  private static final int ROWS = 420;
  private static final int COLUMNS = 200;
  private static final int PER_ROW = 6;

  private String svm;
  private String table;
  private final int[][] columns = new int[ROWS][];
  private final double[][] values = new double[ROWS][];
  private final double[] labels = new double[ROWS];

  @BeforeEach
  void draw() throws IOException {
    SplittableRandom random = new SplittableRandom(17);
    double[] teacher = random.doubles(COLUMNS).map(v -> v - 0.5).toArray();
    StringBuilder sparse = new StringBuilder();
    StringBuilder dense = new StringBuilder();
    for (int k = 1; k <= COLUMNS; k++) {
      dense.append('x').append(k).append(',');
    }
    dense.append("label\n");
    for (int r = 0; r < ROWS; r++) {
      columns[r] =
          r == 0
              ? new int[] {COLUMNS - 1}
              : random.ints(0, COLUMNS).distinct().limit(PER_ROW).sorted().toArray();
      values[r] = random.doubles(columns[r].length).map(v -> 3 * v - 1).toArray();
      double[] row = new double[COLUMNS];
      double score = 0;
      for (int i = 0; i < columns[r].length; i++) {
        row[columns[r][i]] = values[r][i];
        score += 3 * teacher[columns[r][i]] * values[r][i];
      }
      labels[r] = Math.max(0, score) + 0.1 * random.nextDouble();
      sparse.append(labels[r]);
      for (int i = 0; i < columns[r].length; i++) {
        sparse.append(' ').append(columns[r][i] + 1).append(':').append(values[r][i]);
      }
      sparse.append('\n');
      for (double cell : row) {
        dense.append(cell).append(',');
      }
      dense.append(labels[r]).append('\n');
    }
    svm = Files.writeString(folder.resolve("rows.svm"), sparse).toString();
    table = Files.writeString(folder.resolve("dense.csv"), dense).toString();
  }

  private void path(String output, String rows, String... more) {
    List<String> args = new ArrayList<>(List.of("--input", rows));
    args.addAll(List.of("--gates", "25", "--lambdas", "4", "--lambda-min-ratio", "0.1"));
    args.addAll(List.of("--valid-fraction", "0.2", "--tolerance", "1e-11", "--model", "gated"));
    args.addAll(List.of(more));
    done(run("path", output, args.toArray(new String[0])));
  }

  @ParameterizedTest
  @CsvSource({"scale, driver", "false, gates", "scale, lambdas"})
  void sameNetworksAsOfAllCells(String standardize, String engine) throws IOException {
    String[] common = {"--standardize", standardize, "--engine", engine};
    path("sparse", svm, common);
    path("dense", table, common);
    assertThat(json("sparse/summary.json").get("engineReason").asText()).isNotEmpty();
    assertThat(json("sparse/manifest.json").get("dataHash").textValue()).startsWith("sparse:");
    assertThat(json("dense/manifest.json").get("dataHash").textValue()).matches("[0-9a-f]{64}");
    List<Map<String, String>> sparse = csv("sparse/path.csv");
    List<Map<String, String>> dense = csv("dense/path.csv");
    assertThat(sparse).hasSize(4);
    for (int k = 0; k < 4; k++) {
      assertThat(sparse.get(k).get("status")).isEqualTo("optimal");
      for (String figure : List.of("lambda", "objective")) {
        double expected = number(dense.get(k), figure);
        assertThat(number(sparse.get(k), figure)).isCloseTo(expected, within(1e-10 * expected));
      }
      double expected = number(dense.get(k), "validMse");
      assertThat(number(sparse.get(k), "validMse")).isCloseTo(expected, within(1e-4 * expected));
    }
    done(run("predict", "p", "--input", svm, "--network", at("sparse/best/network.json")));
    done(run("predict", "q", "--input", table, "--network", at("sparse/best/network.json")));
    assertThat(predictions("p")).isEqualTo(predictions("q")).hasSize(ROWS);
  }

  /** Of adaptive patterns each run has its own, to the tolerance of the search. */
  @ParameterizedTest
  @CsvSource({"gaussian, relu, 1e-7", "adaptive, relu, 1e-3", "adaptive, gated, 1e-3"})
  void sameNetworksWithConesAndSearches(String source, String model, double tolerance)
      throws IOException {
    List<String> args = new ArrayList<>(List.of("--gate-source", source, "--model", model));
    args.addAll(List.of("--standardize", "scale", "--gates", "200"));
    args.addAll(List.of("--tolerance", String.valueOf(tolerance)));
    args.addAll(List.of("--search-tolerance", "1e-3", "--search-starts", "20"));
    args.addAll(List.of("--lambda-ratio", "0.3", "--input", table));
    done(run("fit", "dense", args.toArray(new String[0])));
    JsonNode other = json("dense/summary.json");
    // A ratio is of the largest norm that each search has found first: of the same lambda, then.
    args.subList(args.size() - 4, args.size()).clear();
    args.addAll(List.of("--lambda", other.get("lambda").asText(), "--input", svm));
    done(run("fit", "sparse", args.toArray(new String[0])));
    JsonNode own = json("sparse/summary.json");
    assertThat(own.get("status").asText()).isEqualTo("optimal");
    boolean searched = source.equals("adaptive");
    if (searched) {
      assertThat(own.get("search").get("coordinates").asText()).isEqualTo("scaled");
      assertThat(other.get("search").get("coordinates").asText()).isEqualTo("isotropic");
      assertThat(own.get("search").get("searchedGap").asDouble()).isLessThan(5e-3);
    }
    double same = other.get("lambdaMax").asDouble();
    assertThat(own.get("lambdaMax").asDouble())
        .isCloseTo(same, within((searched ? 1e-2 : 1e-9) * same));
    double expected = other.get("objective").asDouble();
    assertThat(own.get("objective").asDouble())
        .isCloseTo(expected, within((searched ? 5 : 2) * tolerance * expected));
  }

  /**
   * Rows of ones that are there twice, with labels of their own: tight ones depend on each other.
   */
  @Test
  void rowsThatAreRepeatedAreSearched() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    StringBuilder text = new StringBuilder();
    int few = ROWS / 4;
    for (int r = 0; r < few; r++) {
      text.append(random.nextInt(2) + 0.5 * random.nextDouble());
      for (int k : r % 3 == 0 ? new int[] {0, 1 + r % 5} : columns[r / 2 + 1]) {
        text.append(' ').append(k + 1).append(":1");
      }
      // Columns enough for rows to stay sparse.
      text.append(r < 2 ? " 800:1" : "").append('\n');
    }
    String ones = Files.writeString(folder.resolve("ones.svm"), text).toString();
    List<String> args = new ArrayList<>(List.of("--input", ones, "--gate-source", "adaptive"));
    args.addAll(List.of("--standardize", "scale", "--lambda-ratio", "0.5", "--tolerance", "1e-2"));
    args.addAll(List.of("--gates", "60", "--search-starts", "5", "--search-tolerance", "0.1"));
    done(run("fit", "ones", args.toArray(new String[0])));
    assertThat(json("ones/summary.json").get("status").asText()).isEqualTo("optimal");
  }

  /**
   * Gates that share no column with a row have it on no border: their products are exactly zero.
   */
  @Test
  void sparseGatesNeedNoIntercept() throws IOException {
    for (String rows : List.of(svm, table)) {
      List<String> args = new ArrayList<>(List.of("--input", rows, "--gate-source", "sparse"));
      args.addAll(List.of("--model", "gated", "--standardize", "scale", "--intercept", "false"));
      args.addAll(List.of("--gates", "20", "--tolerance", "1e-10"));
      done(run("fit", rows.equals(svm) ? "sparse" : "dense", args.toArray(new String[0])));
    }
    double expected = json("dense/summary.json").get("objective").asDouble();
    assertThat(json("sparse/summary.json").get("objective").asDouble())
        .isCloseTo(expected, within(1e-9 * expected));
  }

  /** A choice by cross-validation, of folds that are sparse, too. */
  @Test
  void foldsAreSparse() throws IOException {
    String[] common = {"--standardize", "scale", "--gates", "10", "--lambdas", "3"};
    for (String rows : List.of(svm, table)) {
      List<String> args = new ArrayList<>(List.of("--input", rows, "--model", "gated"));
      args.addAll(List.of(common));
      done(run("path", rows.equals(svm) ? "sparse" : "dense", args.toArray(new String[0])));
    }
    double expected = json("dense/best/summary.json").get("chosenMse").asDouble();
    assertThat(json("sparse/best/summary.json").get("chosenMse").asDouble())
        .isCloseTo(expected, within(1e-4 * expected));
  }

  /** Only the first output of several classes has the rows' cells. */
  @Test
  void classesAreSparse() throws IOException {
    for (String rows : List.of(svm, table)) {
      List<String> lines = Files.readAllLines(Path.of(rows));
      boolean sparse = rows.equals(svm);
      for (int r = 0; r < ROWS; r++) {
        int at = r + (sparse ? 0 : 1);
        String label = String.valueOf(r % 3);
        String line = lines.get(at);
        int end = sparse ? line.indexOf(' ') : line.lastIndexOf(',') + 1;
        lines.set(at, sparse ? label + line.substring(end) : line.substring(0, end) + label);
      }
      Files.write(Path.of(rows), lines);
      List<String> args = new ArrayList<>(List.of("--input", rows, "--task", "classification"));
      args.addAll(List.of("--standardize", "scale", "--model", "gated", "--gates", "10"));
      args.addAll(List.of("--valid-fraction", "0.2", "--tolerance", "1e-9"));
      done(run("fit", sparse ? "sparse" : "dense", args.toArray(new String[0])));
    }
    JsonNode own = json("sparse/summary.json");
    JsonNode other = json("dense/summary.json");
    assertThat(own.get("classes")).hasSize(3).isEqualTo(other.get("classes"));
    for (int k = 0; k < 3; k++) {
      double expected = other.get("outputs").get(k).get("objective").asDouble();
      assertThat(own.get("outputs").get(k).get("objective").asDouble())
          .isCloseTo(expected, within(1e-8 * expected));
    }
  }

  /** They look at all cells of the rows, read as they are. */
  @Test
  void laterCommandsTakeSparseRuns() throws IOException {
    String[] fit = {"--input", svm, "--standardize", "scale", "--model", "gated", "--gates", "20"};
    done(run("fit", "fit", fit));
    done(run("optimal-set", "set", "--run", at("fit")));
    assertThat(json("set/optimal-set.json").get("unique").isNull()).isFalse();
    done(run("prune", "prune", "--run", at("fit")));
    // One number more, and they are other rows.
    List<String> lines = Files.readAllLines(Path.of(svm));
    Files.writeString(
        Path.of(svm), String.join("\n", lines).replaceFirst(":[0-9.-]+\n", ":0.125\n") + "\n");
    CommandRun changed = run("prune", "never", "--run", at("fit"));
    assertThat(changed.errorLine()).contains("the rows are not those that --run");
    Files.write(Path.of(svm), lines);
    done(run("audit", "audit", "--input", svm, "--run", at("fit")));
  }

  /** Columns of Spark ML vectors. */
  @Test
  void vectorsAreSparse(SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    for (int r = 0; r < ROWS; r++) {
      rows.add(RowFactory.create(labels[r], Vectors.sparse(COLUMNS, columns[r], values[r])));
    }
    StructType schema =
        new StructType()
            .add("label", DataTypes.DoubleType, false)
            .add("v", SQLDataTypes.VectorType(), false);
    Dataset<Row> sparse = spark.createDataFrame(rows, schema);
    Dataset<Row> dense = spark.read().option("header", true).option("inferSchema", true).csv(table);
    TrainSettings settings =
        TrainSettings.defaults()
            .with("standardize", "scale")
            .with("model", "gated")
            .with("gates", 20)
            .with("tolerance", 1e-11);
    try (Training own = Training.fit(sparse, settings);
        Training other = Training.fit(dense, settings)) {
      assertThat(own.solver().orElseThrow().program().convex().problem().design().isSparse())
          .isTrue();
      TrainedNetwork one = own.solve().networks().get(0);
      double expected = other.solve().networks().get(0).certificate().objective();
      assertThat(one.certificate().objective()).isCloseTo(expected, within(1e-10 * expected));
    }
  }

  /** Labels that are texts are not lost beside vectors. */
  @ParameterizedTest
  @CsvSource({"scale", "false"})
  void textLabelsBesideVectors(String standardize, SparkSession spark) {
    List<Row> rows = new ArrayList<>();
    for (int r = 0; r < ROWS; r++) {
      String label = labels[r] > 1 ? "much" : "little";
      rows.add(RowFactory.create(label, Vectors.sparse(COLUMNS, columns[r], values[r])));
    }
    StructType schema =
        new StructType()
            .add("label", DataTypes.StringType, false)
            .add("v", SQLDataTypes.VectorType(), false);
    Dataset<Row> data = spark.createDataFrame(rows, schema);
    TrainSettings settings =
        TrainSettings.defaults()
            .with("standardize", standardize)
            .with("model", "gated")
            .with("gates", 20);
    try (Training training = Training.fit(data, settings)) {
      TrainedNetwork network = training.solve().networks().get(0);
      assertThat(network.network().labels()).containsExactly(0, 1);
      assertThat(Training.measure(network.network(), data, settings).accuracy()).isGreaterThan(0.7);
    }
  }

  @Test
  void whatIsNoScalingIsRefused() {
    CommandRun run = run("fit", "no", "--input", svm, "--standardize", "centre");
    assertThat(run.errorLine()).contains("--standardize: 'centre', expected true, false or scale");
  }
}
