package org.relupath.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.OneHotEncoder;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.spark.SharedSpark;

/** Rows as Spark ML has them: dense and sparse vectors, weights, and what other stages make. */
class FitRowsTest {
  private static final List<Row> ROWS = MlRows.numbers(50, 3, 6);

  private static ConvexReluRegressor estimator() {
    return new ConvexReluRegressor().setGates(30).setLambdas(3).setRegParam(0.02);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "scale", "false"})
  void sparseVectorsAreDenseOnes(String standardize) {
    ConvexReluRegressor estimator = estimator().setStandardize(standardize);
    ConvexReluRegressionModel dense = estimator.fit(MlRows.frame(ROWS));
    Dataset<Row> sparse = MlRows.frame(MlRows.sparse(ROWS));
    ConvexReluRegressionModel other = estimator().setStandardize(standardize).fit(sparse);
    double objective = dense.summary().objective();
    assertThat(other.summary().objective()).isCloseTo(objective, within(2e-8 * objective));
    for (int r = 0; r < ROWS.size(); r++) {
      Vector x = ROWS.get(r).getAs(0);
      assertThat(dense.predict(x.toSparse())).isEqualTo(dense.predict(x));
    }
  }

  @Test
  void aWeightIsSoManyRows() {
    ConvexReluSummary weighted =
        estimator().setWeightCol("weight").fit(MlRows.frame(ROWS)).summary();
    ConvexReluSummary repeated = estimator().fit(MlRows.frame(MlRows.repeated(ROWS))).summary();
    double objective = repeated.objective();
    assertThat(weighted.weight()).isEqualTo(repeated.n());
    assertThat(weighted.objective()).isCloseTo(objective, within(2e-8 * objective));
    assertThat(weighted.trainMse()).isCloseTo(repeated.trainMse(), within(1e-4 * objective));
  }

  /** Spark reads a data frame again for each pass: engine rows, whose fit is one lambda. */
  @Test
  void rowsMayStayOnExecutors() {
    Dataset<Row> frame = MlRows.frame(ROWS).cache();
    ConvexReluRegressor estimator = estimator().setModel("gated").setEngine("rows");
    ConvexReluRegressionModel there = estimator.fit(frame);
    ConvexReluRegressionModel here = estimator().setModel("gated").fit(frame);
    double objective = here.summary().objective();
    assertThat(there.pathLambdas()).hasSize(1);
    assertThat(estimator.solves()).isEqualTo(1);
    assertThat(there.summary().objective()).isCloseTo(objective, within(2e-8 * objective));
    frame.unpersist();
  }

  @Test
  void aPipelineIsReadAsItWasWritten(@TempDir Path folder) throws Exception {
    Dataset<Row> frame =
        MlRows.frame(ROWS)
            .drop("features")
            .withColumn("x", functions.col("weight").multiply(functions.col("label")))
            .withColumn(
                "text",
                functions
                    .when(functions.col("label").gt(0.3), "a")
                    .otherwise(
                        functions.when(functions.col("label").gt(-0.3), "b").otherwise("c")));
    Pipeline pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new StringIndexer().setInputCol("text").setOutputCol("index"),
                  new OneHotEncoder().setInputCol("index").setOutputCol("hot"),
                  new VectorAssembler()
                      .setInputCols(new String[] {"x", "hot"})
                      .setOutputCol("features"),
                  estimator()
                });
    pipeline.save(folder.resolve("pipeline").toString());
    PipelineModel model = Pipeline.load(folder.resolve("pipeline").toString()).fit(frame);
    model.save(folder.resolve("model").toString());
    PipelineModel back = PipelineModel.load(folder.resolve("model").toString());
    List<Row> own = model.transform(frame).select("prediction").collectAsList();
    assertThat(back.transform(frame).select("prediction").collectAsList()).isEqualTo(own);
    assertThat(own.stream().map(row -> row.getDouble(0)).distinct().count()).isGreaterThan(10);
  }

  /** The folders were written by the first version of the format, which also made the numbers. */
  @Test
  void theFirstFormatIsRead() {
    String folder = Path.of("src", "test", "resources", "ml", "version-1").toString();
    ConvexReluRegressionModel numbers = ConvexReluRegressionModel.load(folder + "/regression");
    Vector x = Vectors.dense(0.5, new double[] {-1});
    assertThat(numbers.predict(x)).isEqualTo(1.3079729928981292);
    assertThat(numbers.getGates()).isEqualTo(30);
    assertThat(numbers.networks()).hasSameSizeAs(numbers.pathLambdas());
    ConvexReluClassificationModel classes =
        ConvexReluClassificationModel.load(folder + "/classification");
    assertThat(classes.predictRaw(x))
        .isEqualTo(
            Vectors.dense(
                new double[] {-0.750256279160264, -0.5613060882652746, 0.22824789711205004}));
    assertThat(classes.predictProbability(x).apply(2)).isCloseTo(0.5167833807423913, within(1e-15));
    assertThat(classes.summary().outputs()).hasSize(3);
  }

  @Test
  void aNullIsRefusedByTheNameOfItsColumn() {
    ConvexReluRegressionModel model = estimator().fit(MlRows.frame(ROWS));
    assertThatThrownBy(() -> model.predict(null))
        .hasMessage("featuresCol: column 'features' has a null, expected a vector of 3 entries");
    Dataset<Row> nulls =
        MlRows.frame(ROWS).withColumn("features", functions.expr("if(weight > 1, features, null)"));
    assertThatThrownBy(() -> model.transform(nulls).collectAsList())
        .hasStackTraceContaining("column 'features' has a null, expected a vector of 3 entries");
  }

  /** A newer format may have other columns. */
  @Test
  void theVersionIsReadFirst(@TempDir Path folder) throws Exception {
    String there = folder.resolve("model").toString();
    estimator().fit(MlRows.frame(ROWS)).save(there);
    Dataset<Row> data = SharedSpark.session().read().parquet(there + "/data");
    replace(there, data.filter("index >= 0"), folder.resolve("a"));
    assertThatThrownBy(() -> ConvexReluRegressionModel.load(there))
        .hasMessage(there + ": has no summary, expected a model of version 1 to 1");
    Dataset<Row> newer = SharedSpark.session().sql("select 2 as version, 'x' as other");
    replace(there, newer, folder.resolve("b"));
    assertThatThrownBy(() -> ConvexReluRegressionModel.load(there))
        .hasMessage(there + ": version is 2, expected a model of version 1 to 1");
  }

  private static void replace(String model, Dataset<Row> data, Path by) throws Exception {
    data.write().parquet(by.toString());
    FileUtils.deleteDirectory(Path.of(model, "data").toFile());
    Files.move(by, Path.of(model, "data"));
  }

  @Test
  void anotherFormatIsRefused(@TempDir Path folder) throws Exception {
    String there = folder.resolve("model").toString();
    estimator().fit(MlRows.frame(ROWS)).save(there);
    SharedSpark.session()
        .read()
        .parquet(there + "/data")
        .withColumn("version", functions.lit(ModelFile.VERSION + 1))
        .write()
        .parquet(folder.resolve("data").toString());
    FileUtils.deleteDirectory(Path.of(there, "data").toFile());
    Files.move(folder.resolve("data"), Path.of(there, "data"));
    assertThatThrownBy(() -> ConvexReluRegressionModel.load(there))
        .hasMessage(there + ": version is 2, expected a model of version 1 to 1");
  }
}
