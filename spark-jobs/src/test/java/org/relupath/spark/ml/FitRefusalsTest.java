package org.relupath.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be fitted is refused in one line that names the Param or the column. */
class FitRefusalsTest {
  private static final List<Row> ROWS = MlRows.numbers(20, 2, 1);

  private static Dataset<Row> with(Object x, double label, double weight) {
    List<Row> rows = new ArrayList<>(ROWS);
    rows.set(2, RowFactory.create(x, label, weight));
    return MlRows.frame(rows);
  }

  private static ConvexReluRegressor regressor() {
    return new ConvexReluRegressor().setGates(20).setWeightCol("weight");
  }

  private static void refused(Dataset<Row> rows, String message) {
    assertThatThrownBy(() -> regressor().fit(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void cellsAreNamedByRowAndColumn() {
    Object x = Vectors.dense(1, new double[] {2});
    refused(with(x, Double.NaN, 1), "rows: row 3 column 'label' is NaN, expected a value");
    refused(
        with(Vectors.dense(1, new double[] {Double.NaN}), 1, 1),
        "rows: row 3 column 'features_1' is NaN, expected a value");
    refused(
        with(Vectors.dense(new double[] {1, 2, 3}), 1, 1),
        "rows: row 3 column 'features' has 3 entries, expected 2 entries");
    refused(
        with(x, 1, -1),
        "rows: row 3 column 'weight' is -1.0, expected a weight: 0, or a number from 1.0E-30 to"
            + " 1.0E30");
    refused(MlRows.frame(List.of()), "rows: none, expected at least one");
  }

  @Test
  void oneLambdaIsAskedFor() {
    Dataset<Row> frame = MlRows.frame(ROWS);
    assertThatThrownBy(() -> regressor().setRegParam(0.1).setLambdaRatio(0.1).fit(frame))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("regParam and lambdaRatio: both given, expected one");
    assertThatThrownBy(() -> regressor().setRegParam(1e-60).fit(frame))
        .hasMessageStartingWith("regParam: '1.0E-60', expected at least 1.0E-30 of lambda_max");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gates | 0 | gates: '0', expected a whole number of at least 1",
        "tol | 2.0 | tol: '2.0', expected a number above 0 and below 1",
        "maxIter | -3 | maxIter: '-3', expected a whole number of at least 1",
        "model | deep | model: 'deep', expected one of relu, gated",
        "engine | moon | engine: 'moon', expected one of auto, driver, gates, lambdas, rows",
        "gateSource | none | gateSource: 'none', expected gaussian, sparse, adaptive, exhaustive"
            + " or file:PATH",
        "standardize | yes | standardize: 'yes', expected true, false or scale",
        "lambdaMinRatio | 1.0 | lambdaMinRatio: '1.0', expected a number from 1e-30 to below 1"
      })
  void paramsAreRefusedWhereTheyAreSet(String name, String value, String message) {
    ConvexReluRegressor stage = regressor();
    assertThatThrownBy(
            () ->
                stage.set(
                    stage.getParam(name),
                    stage.getParam(name).jsonDecode(json(stage, name, value))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThat(stage.setEngine("rows").getEngine()).isEqualTo("rows");
  }

  @Test
  void vectorsHaveEntries() {
    List<Row> rows = List.of(RowFactory.create(Vectors.dense(new double[0]), 1.0, 1.0));
    assertThatThrownBy(() -> regressor().fit(MlRows.frame(rows)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("column 'features' has 0 entries, expected at least one");
  }

  private static String json(ConvexReluRegressor stage, String name, String value) {
    boolean text = stage.getParam(name).getClass().getSimpleName().equals("Param");
    return text ? '"' + value + '"' : value;
  }

  @Test
  void labelsOfClassesAreAllFromZeroOn() {
    ConvexReluClassifier classifier = new ConvexReluClassifier().setGates(20);
    Object x = Vectors.dense(1, new double[] {2});
    List<Row> rows = new ArrayList<>(MlRows.classes(20, 2, 2, 1));
    rows.set(2, RowFactory.create(x, 0.5, 1.0));
    assertThatThrownBy(() -> classifier.fit(MlRows.frame(rows)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("labelCol: column 'label' has a 0.5, expected classes 0, 1, 2, ...");
    rows.set(2, RowFactory.create(x, 3.0, 1.0));
    assertThatThrownBy(() -> classifier.fit(MlRows.frame(rows)))
        .hasMessage("labelCol: column 'label' has no 2, expected every class from 0 to 3");
    rows.replaceAll(row -> RowFactory.create(row.get(0), 1.0, 1.0));
    assertThatThrownBy(() -> classifier.fit(MlRows.frame(rows)))
        .hasMessage(
            "rows: label column 'label' is 1.0 in all 20 training rows, expected at least two"
                + " values");
  }

  @Test
  void vectorsOfAnotherSizeAreNotPredicted() {
    ConvexReluRegressionModel model = regressor().fit(MlRows.frame(ROWS));
    assertThatThrownBy(() -> model.predict(Vectors.dense(new double[] {1, 2, 3})))
        .hasMessage("featuresCol: a vector in column 'features' has 3 entries, expected 2");
  }
}
