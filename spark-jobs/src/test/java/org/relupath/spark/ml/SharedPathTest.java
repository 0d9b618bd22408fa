package org.relupath.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.core.solve.Status;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.train.TrainSettings;
import org.relupath.spark.train.TrainedNetwork;
import org.relupath.spark.train.Training;
import scala.jdk.javaapi.CollectionConverters;

/** Fits of the same rows go down one ladder, and give what each of them gives alone. */
class SharedPathTest {
  private static final List<Row> ROWS = MlRows.numbers(60, 3, 2);
  private static final Dataset<Row> FRAME = MlRows.frame(ROWS);

  /** Rungs at 1, .215, .0464 and .01 of lambda_max: 1, 2, 2 and 3 of them above these. */
  private static final double[] RATIOS = {0.5, 0.2, 0.1, 0.03};

  private static ConvexReluRegressor estimator() {
    return new ConvexReluRegressor().setGates(40).setLambdas(4);
  }

  private static ParamMap[] grid(ConvexReluRegressor estimator, double... ratios) {
    return new ParamGridBuilder().addGrid(estimator.lambdaRatio(), ratios).build();
  }

  private static List<String> networks(ConvexReluRegressor estimator, double... ratios) {
    List<String> found = new ArrayList<>();
    for (ParamMap map : grid(estimator, ratios)) {
      found.add(estimator.fit(FRAME, map).networkJson());
    }
    return found;
  }

  @ParameterizedTest
  @CsvSource({"relu,gaussian", "gated,gaussian", "relu,adaptive", "gated,adaptive"})
  void aFitIsTheSameHoweverItIsAskedFor(String model, String source) {
    ConvexReluRegressor together = estimator().setModel(model).setGateSource(source);
    List<String> down = networks(together, RATIOS);
    double[] up = {RATIOS[3], RATIOS[2], RATIOS[1], RATIOS[0]};
    List<String> fromBelow = networks(together.setSeed(2).setSeed(1).copy(ParamMap.empty()), up);
    assertThat(fromBelow).containsExactlyElementsOf(reversed(down));
    List<String> upwards = networks(estimator().setModel(model).setGateSource(source), up);
    assertThat(upwards).containsExactlyElementsOf(reversed(down));
    for (int k = 0; k < RATIOS.length; k++) {
      ConvexReluRegressor alone = estimator().setModel(model).setGateSource(source);
      assertThat(alone.setLambdaRatio(RATIOS[k]).fit(FRAME).networkJson()).isEqualTo(down.get(k));
    }
  }

  private static List<String> reversed(List<String> all) {
    List<String> own = new ArrayList<>(all);
    Collections.reverse(own);
    return own;
  }

  /** The ladder is that of the lambdas command's grid; each network is the fit of its lambda. */
  @ParameterizedTest
  @ValueSource(strings = {"driver", "gates", "lambdas"})
  void everyNetworkIsTheFitOfItsLambda(String engine) {
    ConvexReluRegressionModel model =
        estimator().setEngine(engine).setSegments(2).setLambdaRatio(0.03).fit(FRAME);
    double[] lambdas = model.pathLambdas();
    assertThat(lambdas).hasSize(4);
    double top = model.summary().lambdaMax();
    for (int k = 0; k < 3; k++) {
      assertThat(lambdas[k] / top).isCloseTo(Math.pow(0.01, k / 3.0), within(1e-12));
    }
    for (int k = 0; k < 4; k++) {
      TrainSettings settings =
          TrainSettings.defaults()
              .with("label", "label")
              .with("features", "features")
              .with("loss-scaling", "mean")
              .with("gates", 40)
              .with("lambda", lambdas[k]);
      TrainedNetwork fit;
      try (Training training = Training.fit(FRAME, settings)) {
        fit = training.solve().best();
      }
      assertThat(model.networks().get(k).inputs()).isEqualTo(fit.network().inputs());
      double apart = 0;
      for (Row row : ROWS) {
        org.apache.spark.ml.linalg.Vector x = row.getAs(0);
        org.relupath.core.data.Matrix one = new org.relupath.core.data.Matrix(1, 3, x.toArray());
        double difference =
            model.networks().get(k).scores(one).get(0, 0) - fit.network().predict(one)[0];
        apart += difference * difference / 120;
      }
      // A gap of 1e-8 leaves half the squared distance of fits below it.
      assertThat(apart).isLessThanOrEqualTo(2e-8 * fit.certificate().objective());
      if (k == 3) {
        assertThat(model.summary().objective())
            .isCloseTo(fit.certificate().objective(), within(2e-8 * fit.certificate().objective()));
        assertThat(model.summary().lowerBound()).isLessThanOrEqualTo(model.summary().objective());
      }
    }
  }

  /** Executors price for all of them: eight fits at once, and one after the other. */
  @Test
  void fitsAtOnceAreThoseOfOneAfterTheOther() throws Exception {
    double[] ratios = {0.5, 0.35, 0.2, 0.14, 0.1, 0.07, 0.05, 0.03};
    Dataset<Row> frame = MlRows.frame(MlRows.numbers(200, 6, 2));
    List<String> down = new ArrayList<>();
    ConvexReluRegressor one = estimator().setGates(300).setEngine("gates");
    for (ParamMap map : grid(one, ratios)) {
      down.add(one.fit(frame, map).networkJson());
    }
    ConvexReluRegressor all = estimator().setGates(300).setEngine("gates");
    ExecutorService threads = Executors.newFixedThreadPool(ratios.length);
    try {
      List<Future<String>> fits = new ArrayList<>();
      for (ParamMap map : grid(all, ratios)) {
        fits.add(threads.submit(() -> all.fit(frame, map).networkJson()));
      }
      for (int k = 0; k < ratios.length; k++) {
        assertThat(fits.get(k).get()).isEqualTo(down.get(k));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aGridIsOnePath() {
    ConvexReluRegressor estimator = estimator();
    estimator.fit(
        FRAME, CollectionConverters.asScala(Arrays.asList(grid(estimator, RATIOS))).toSeq());
    assertThat(estimator.solves()).isEqualTo(3 + 4);
    estimator.fit(FRAME, grid(estimator, RATIOS)[1]);
    assertThat(estimator.solves()).isEqualTo(3 + 4);
    estimator.copy(ParamMap.empty()).setGates(41).setLambdaRatio(0.5).fit(FRAME);
    assertThat(estimator.solves()).isEqualTo(3 + 4 + 2);
    estimator().setLambdaRatio(0.5).fit(FRAME);
    assertThat(estimator.solves()).isEqualTo(3 + 4 + 2);
  }

  /** Each of three folds, and all rows, are a path: three rungs and a solve a lambda. */
  @ParameterizedTest
  @CsvSource({"1,false", "4,false", "4,true"})
  void crossValidationIsAPathAFold(int parallelism, boolean piped) {
    ConvexReluRegressor estimator = estimator();
    ParamMap[] grid = grid(estimator, RATIOS);
    CrossValidator validator =
        new CrossValidator()
            .setEstimator(
                piped ? new Pipeline().setStages(new PipelineStage[] {estimator}) : estimator)
            .setEvaluator(new RegressionEvaluator())
            .setEstimatorParamMaps(grid)
            .setNumFolds(3)
            .setSeed(7)
            .setParallelism(parallelism);
    CrossValidatorModel model = validator.fit(FRAME);
    double best = Arrays.stream(model.avgMetrics()).min().orElseThrow();
    int chosen = 0;
    while (model.avgMetrics()[chosen] > best) {
      chosen++;
    }
    int above = new int[] {1, 2, 2, 3}[chosen];
    assertThat(estimator.solves()).isEqualTo(3 * (3 + 4) + above + 1);
    assertThat(model.avgMetrics()).isEqualTo(alone());
  }

  private static double[] alone() {
    ConvexReluRegressor estimator = estimator();
    return new CrossValidator()
        .setEstimator(estimator)
        .setEvaluator(new RegressionEvaluator())
        .setEstimatorParamMaps(grid(estimator, RATIOS))
        .setNumFolds(3)
        .setSeed(7)
        .fit(FRAME)
        .avgMetrics();
  }

  @Test
  void aSplitIsAPath() {
    ConvexReluRegressor estimator = estimator();
    new TrainValidationSplit()
        .setEstimator(estimator)
        .setEvaluator(new RegressionEvaluator())
        .setEstimatorParamMaps(grid(estimator, RATIOS))
        .setTrainRatio(0.7)
        .setParallelism(2)
        .setSeed(3)
        .fit(FRAME);
    assertThat(estimator.solves()).isBetween(3 + 4 + 2, 3 + 4 + 4);
  }

  @Test
  void theSessionGoesOn() {
    estimator().fit(FRAME);
    assertThat(SharedSpark.session().sparkContext().isStopped()).isFalse();
  }

  /**
   * A limit that ends solves is told by the status of the fit, and by what its summary warns of.
   */
  @Test
  void aFitThatEndsShortSaysSo() {
    ConvexReluSummary summary = estimator().setLambdaRatio(0.03).setMaxIter(1).fit(FRAME).summary();
    assertThat(summary.status()).isEqualTo(Status.ITERATION_LIMIT);
    assertThat(summary.warnings())
        .anyMatch(one -> one.matches("iteration-limit, relative gap .*: maxIter ended it"))
        .anyMatch(one -> one.matches("[12] of the 3 lambdas above are not optimal, .*"));
    assertThat(estimator().setLambdaRatio(0.03).fit(FRAME).summary().warnings()).isEmpty();
  }
}
