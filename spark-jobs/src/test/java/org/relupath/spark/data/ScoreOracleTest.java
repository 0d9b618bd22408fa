package org.relupath.spark.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.regression.LinearRegressionModel;
import org.apache.spark.mllib.evaluation.BinaryClassificationMetrics;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.data.RawColumn;
import org.relupath.core.score.Ridge;
import org.relupath.core.score.Scores;
import org.relupath.spark.SharedSpark;
import scala.Tuple3;

/** Measures and baselines against MLlib's. */
@ExtendWith(SharedSpark.class)
class ScoreOracleTest {
  private static final int N = 200;

  @Test
  void theAreaIsThatOfMllib(SparkSession spark) {
    long seed = 21;
    SplittableRandom random = new SplittableRandom(seed);
    double[] targets = new double[N];
    double[] predictions = new double[N];
    double[] weights = new double[N];
    List<Tuple3<Object, Object, Object>> rows = new ArrayList<>();
    for (int r = 0; r < N; r++) {
      targets[r] = random.nextInt(4) == 0 ? 1 : -1;
      predictions[r] = Math.rint(10 * (random.nextDouble() + targets[r] / 4));
      weights[r] = 0.25 + random.nextDouble();
      rows.add(new Tuple3<>(predictions[r], targets[r] > 0 ? 1.0 : 0.0, weights[r]));
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    double expected =
        new BinaryClassificationMetrics(context.parallelize(rows, 1).rdd(), 0).areaUnderROC();
    assertThat(new Scores(targets, predictions, weights).auc())
        .as("seed %d", seed)
        .isCloseTo(expected, within(1e-12));
  }

  /** MLlib's penalty is one of labels of deviation 1. */
  @Test
  void ridgeIsThatOfMllib(SparkSession spark) {
    long seed = 22;
    SplittableRandom random = new SplittableRandom(seed);
    Matrix x = Matrix.zeros(N, 3);
    double[] y = new double[N];
    double[] weights = new double[N];
    double total = 0;
    double sum = 0;
    double squares = 0;
    for (int r = 0; r < N; r++) {
      for (int k = 0; k < 3; k++) {
        x.values()[3 * r + k] = k + random.nextGaussian();
      }
      y[r] = x.get(r, 0) - 0.5 * x.get(r, 2) + random.nextGaussian();
      weights[r] = 0.25 + random.nextDouble();
      total += weights[r];
      sum += weights[r] * y[r];
      squares += weights[r] * y[r] * y[r];
    }
    double deviation = Math.sqrt(squares / total - Math.pow(sum / total, 2));
    List<Row> rows = new ArrayList<>();
    for (int r = 0; r < N; r++) {
      y[r] /= deviation;
      rows.add(RowFactory.create(Vectors.dense(x.row(r)), y[r], weights[r]));
    }
    List<RawColumn> columns = List.of("a", "b", "c").stream().map(RawColumn::number).toList();
    Ridge ridge =
        Ridge.fit(
            new Observations(columns, x, y, weights),
            new Preprocessing(new double[3], new double[] {1, 1, 1}, false, 0, new double[0]));
    StructType schema =
        new StructType()
            .add("features", new VectorUDT())
            .add("label", DataTypes.DoubleType)
            .add("weight", DataTypes.DoubleType);
    double[][] predictions = ridge.predict(x);
    for (int k : new int[] {3, 8}) {
      LinearRegressionModel model =
          new LinearRegression()
              .setSolver("normal")
              .setWeightCol("weight")
              .setStandardization(false)
              .setRegParam(ridge.penalties()[k] / total)
              .fit(spark.createDataFrame(rows, schema));
      for (int r = 0; r < N; r += 20) {
        assertThat(predictions[k][r])
            .as("seed %d penalty %s", seed, ridge.penalties()[k])
            .isCloseTo(model.predict(Vectors.dense(x.row(r))), within(1e-9));
      }
    }
  }
}
