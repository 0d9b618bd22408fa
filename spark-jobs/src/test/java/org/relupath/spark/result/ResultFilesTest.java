package org.relupath.spark.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.network.ForwardPass;
import org.relupath.core.network.Network;
import org.relupath.core.program.Block;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Model;
import org.relupath.core.solve.Status;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.data.Metrics;
import org.relupath.spark.io.durable.OutputDirectory;
import org.relupath.spark.io.table.PredictedColumn;
import org.relupath.spark.io.table.Predictions;
import org.relupath.spark.io.table.RecordTable;
import org.relupath.spark.train.program.PricedBlocks;

@ExtendWith(SharedSpark.class)
class ResultFilesTest {
  @TempDir Path folder;

  private OutputDirectory output() {
    return OutputDirectory.create(
        folder.resolve("out").toString(), false, List.of(), new Configuration());
  }

  private String parquet(String name) {
    return folder.resolve("out").resolve(name).toString();
  }

  private static PathRow row(int index) {
    return new PathRow(
        index,
        0.1 * (3 - index),
        0.1,
        1,
        0.5,
        0.5,
        1e-9,
        2,
        2,
        null,
        null,
        null,
        0.25,
        1.0,
        null,
        null,
        7,
        0.5,
        Status.OPTIMAL,
        true,
        null,
        1,
        0,
        0.5,
        null,
        null,
        1,
        null);
  }

  @Test
  void aPathIsTheSameTableInCsvAndParquet(SparkSession spark) throws IOException {
    try (OutputDirectory output = output()) {
      new RecordTable<>(PathRow.class, List.of(row(0), row(1), row(2)))
          .write(spark, output, "path");
      output.seal("", Map.of());
      output.commit();
    }
    List<String> lines = Files.readAllLines(folder.resolve("out/path.csv"));
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).startsWith("index,lambda,lambdaRatio,objective,loss,penalty,");
    assertThat(lines.get(1))
        .startsWith("0,0.30000000000000004,0.1,1.0,")
        .contains(",,,", ",optimal,1,");
    List<Row> rows = spark.read().parquet(parquet("path.parquet")).collectAsList();
    assertThat(rows).hasSize(3);
    assertThat(rows.get(2).<Integer>getAs("index")).isEqualTo(2);
    assertThat(rows.get(0).<Double>getAs("df")).isNull();
    assertThat(rows.get(0).<String>getAs("status")).isEqualTo("optimal");
    assertThat(List.of(rows.get(0).schema().fieldNames())).isEqualTo(PathRow.COLUMNS);
  }

  @Test
  void blocksAndCoefficientsKeepTheirVectors(SparkSession spark) throws IOException {
    Block block = new Block(5, 2, -1, new long[] {3});
    BlockWeights weights = new BlockWeights(List.of(block), 2, new double[] {0.5, -1});
    try (OutputDirectory output = output()) {
      new CoefficientTable(List.of(BlockWeights.zero(2), weights)).write(spark, output);
      Matrix gates = Matrix.ofRows(new double[][] {{3, 4}, {5, 6}, {1, 2}});
      new BlockTable(new PricedBlocks(gates, 2, PricedBlocks.active(weights), null, 0))
          .write(spark, output, "best/");
      output.seal("", Map.of());
      output.commit();
    }
    List<Row> coefficients = spark.read().parquet(parquet("coefficients.parquet")).collectAsList();
    assertThat(coefficients).hasSize(1);
    assertThat(coefficients.get(0).<Integer>getAs("lambdaIndex")).isEqualTo(1);
    assertThat(coefficients.get(0).<Integer>getAs("block")).isEqualTo(5);
    assertThat(coefficients.get(0).<Double>getList(4)).containsExactly(0.5, -1.0);
    List<Row> rows = spark.read().parquet(parquet("best/blocks.parquet")).collectAsList();
    assertThat(rows.stream().map(row -> row.getInt(0))).containsExactly(0, 1, 2, 0, 1, 2);
    assertThat(rows.stream().map(row -> row.getInt(2))).containsExactly(1, 1, 1, -1, -1, -1);
    Row row = rows.get(5);
    assertThat(row.<Double>getList(1)).containsExactly(1.0, 2.0);
    assertThat(row.<Double>getList(3)).containsExactly(0.5, -1.0);
    assertThat(rows.get(2).<Double>getList(3)).containsExactly(0.0, 0.0);
    assertThat(row.<Double>getAs("vNormUpper")).isNull();
  }

  @Test
  void manyBlocksStayInOrder(SparkSession spark) throws IOException {
    int patterns = 12_345;
    Matrix gates = Matrix.zeros(patterns, 1);
    double[] norms = new double[2 * patterns];
    for (int b = 0; b < norms.length; b++) {
      norms[b] = b;
      gates.values()[b % patterns] = -(b % patterns);
    }
    try (OutputDirectory output = output()) {
      new BlockTable(new PricedBlocks(gates, 2, Map.of(), norms, 7)).write(spark, output, "");
      output.seal("", Map.of());
      output.commit();
    }
    assertThat(folder.resolve("out/blocks.parquet").toFile().list((d, n) -> n.endsWith("parquet")))
        .hasSize(1);
    List<Row> rows = spark.read().parquet(parquet("blocks.parquet")).collectAsList();
    assertThat(rows).hasSize(2 * patterns);
    for (int b = 0; b < rows.size(); b++) {
      Row row = rows.get(b);
      assertThat(row.getInt(0)).isEqualTo(b % patterns);
      assertThat(row.<Double>getList(1)).containsExactly((double) -(b % patterns));
      assertThat(row.getDouble(4)).isEqualTo(b);
      assertThat(row.getBoolean(5)).isEqualTo(b > 7);
    }
  }

  @Test
  void predictionsHaveALabelWhereItHasTwoValues(SparkSession spark) throws IOException {
    try (OutputDirectory output = output()) {
      predictions(new double[] {0, 1}, -0.1, 0, 2.5).writeCsv(output);
      predictions(new double[0], 1, 2).writeParquet(spark, output);
      output.seal("", Map.of());
      output.commit();
    }
    assertThat(folder.resolve("out/predictions.csv"))
        .hasContent("prediction,predictedLabel\n-0.1,0\n0.0,1\n2.5,1\n");
    assertThat(spark.read().parquet(parquet("predictions.parquet")).columns())
        .containsExactly("prediction");
  }

  private static Predictions predictions(double[] labels, double... scores) {
    Network network =
        new Network(
            Model.RELU,
            List.of("x"),
            Matrix.zeros(0, 1),
            new double[0],
            new double[0],
            0,
            labels,
            Matrix.zeros(0, 0),
            new double[0],
            null);
    int n = scores.length;
    return new Predictions(
        PredictedColumn.of(network, new Matrix(n, 1, scores)), Predictions.keyless(n));
  }

  private static ForwardPass pass(double... scores) {
    return new ForwardPass(scores, new double[scores.length]);
  }

  @Test
  void metricsOfTwoValuedAndOtherLabels() {
    Metrics two = Metrics.of(pass(0.5, -1, 1), rows(1, 0, 0), new double[] {0, 1});
    assertThat(two.mse()).isEqualTo((0.25 + 0 + 4) / 3);
    assertThat(two.accuracy()).isEqualTo(2.0 / 3);
    Metrics other = Metrics.of(pass(1, 2), rows(1, 4), new double[0]);
    assertThat(other).isEqualTo(new Metrics(2, null));
  }

  private static Observations rows(double... labels) {
    return new Observations(List.of("a"), Matrix.zeros(labels.length, 1), labels);
  }

  @Test
  void metricsCountRowsByTheirWeights() {
    Observations weighted = rows(1, 0, 0).withWeights(new double[] {4, 0.5, 1.5});
    Metrics two = Metrics.of(pass(0.5, -1, 1), weighted, new double[] {0, 1});
    assertThat(two.mse()).isEqualTo((4 * 0.25 + 0 + 1.5 * 4) / 6);
    assertThat(two.accuracy()).isEqualTo(4.5 / 6);
  }
}
