package org.relupath.spark.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.solve.Status;
import org.relupath.spark.SharedSpark;
import org.relupath.spark.analysis.PathAnalysis;
import org.relupath.spark.data.Part;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.run.ProgressListener;

/** Networks from a program, without files. */
class TrainingTest {
  private static final int N = 60;
  private static final Dataset<Row> ROWS = TrainingRows.of(N, 3);

  private static TrainSettings settings() {
    return TrainSettings.defaults()
        .with("label", "y")
        .with("model", "gated")
        .with("gates", 60)
        .with("lambdas", 6);
  }

  private static TrainedPath path(Dataset<Row> rows, TrainSettings settings) {
    try (Training training = Training.path(rows, settings)) {
      return training.solve();
    }
  }

  private static TrainedNetwork fit(Dataset<Row> rows, TrainSettings settings) {
    try (Training training = Training.fit(rows, settings)) {
      return training.solve().best();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"driver", "gates", "lambdas", "rows"})
  void everyEngineCertifiesTheSamePath(String engine) {
    TrainedPath there = path(ROWS, settings().with("engine", engine));
    TrainedPath here = path(ROWS, settings());
    assertThat(there.networks()).hasSize(6);
    for (int k = 0; k < 6; k++) {
      NetworkCertificate own = there.networks().get(k).certificate();
      double objective = here.networks().get(k).certificate().objective();
      assertThat(own.status()).isEqualTo(Status.OPTIMAL);
      assertThat(own.objective()).isCloseTo(objective, within(2e-8 * objective));
      assertThat(own.dualObjective()).isCloseTo(objective, within(2e-8 * objective));
      assertThat(own.relativeGap()).isBetween(0.0, 1e-8);
      assertThat(own.maxConeViolation()).isZero();
      assertThat(there.networks().get(k).lowerBound()).isBetween(0.0, objective);
      assertThat(there.networks().get(k).gap().networks().name()).isEqualTo("gated networks");
    }
  }

  @Test
  void figuresAreThoseOfTheNetworkInTheUnitsOfTheLoss() {
    TrainSettings sum = settings().with("lambda", 3.0).with("standardize", false);
    TrainedNetwork one = fit(ROWS, sum);
    TrainedNetwork same = fit(ROWS, sum.with("loss-scaling", "mean").with("lambda", 3.0 / N));
    List<Row> rows = ROWS.collectAsList();
    double[][] x = new double[N][3];
    double squares = 0;
    for (int r = 0; r < N; r++) {
      for (int k = 0; k < 3; k++) {
        x[r][k] = rows.get(r).getDouble(k);
      }
    }
    double[] scores = one.network().predict(Matrix.ofRows(x));
    for (int r = 0; r < N; r++) {
      squares += Math.pow(scores[r] - rows.get(r).getDouble(3), 2);
    }
    NetworkCertificate proof = one.certificate();
    assertThat(proof.lambda()).isEqualTo(3.0);
    assertThat(proof.loss()).isCloseTo(squares / 2, within(1e-9 * squares));
    assertThat(one.train().mse()).isCloseTo(squares / N, within(1e-9 * squares));
    assertThat(proof.objective()).isEqualTo(proof.loss() + proof.penalty());
    double mean = same.certificate().objective();
    assertThat(mean).isCloseTo(proof.objective() / N, within(1e-7 * mean));
    assertThat(same.certificate().lambda()).isCloseTo(3.0 / N, within(1e-15));
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "rows"})
  void vectorsAreColumns(String engine) {
    TrainSettings settings = settings().with("engine", engine);
    TrainedNetwork vectors = fit(TrainingRows.vectors(N, 3), settings);
    TrainedNetwork columns = fit(ROWS, settings);
    assertThat(vectors.network().inputs())
        .containsExactly("features_0", "features_1", "features_2");
    assertThat(vectors.network().hidden()).isEqualTo(columns.network().hidden());
    assertThat(vectors.certificate().objective()).isEqualTo(columns.certificate().objective());
  }

  @Test
  void otherRowsAreMeasuredOnAndChooseLambda() {
    Dataset<Row> valid = ROWS.limit(20);
    TrainSettings settings = settings();
    List<String> phases = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    ProgressListener listener =
        new ProgressListener() {
          @Override
          public void ended(String phase) {
            phases.add(phase);
          }

          @Override
          public void note(String text) {
            notes.add(text);
          }
        };
    try (Training training =
        Training.open(ROWS, valid, valid, settings, Training.Plan.PATH, listener)) {
      TrainedPath path = training.solve();
      assertThat(path.selection().by()).isEqualTo("validMse");
      assertThat(path.best().test()).isEqualTo(path.best().valid());
      assertThat(training.exporter().measure(Part.VALID, path.best().network()))
          .isEqualTo(path.best().valid());
      assertThat(path.best().valid().mse())
          .isEqualTo(
              path.networks().stream().mapToDouble(one -> one.valid().mse()).min().orElseThrow());
      assertThat(Training.measure(path.best().network(), valid, settings))
          .isEqualTo(path.best().valid());
      assertThat(PathAnalysis.of(training, path.best()).figures().resolved()).isTrue();
    }
    assertThat(phases).containsExactly("read", "prepare", "solve", "measure", "choose");
    assertThat(notes).hasSize(1).allMatch(note -> note.startsWith("engine driver: "));
    assertThat(SharedSpark.session().sparkContext().isStopped()).isFalse();
  }

  @Test
  void everyLambdaOfARangeIsCertified() {
    TrainSettings settings =
        TrainSettings.defaults().with("label", "y").with("gates", 60).with("certify", 0.01);
    TrainedPath path = path(ROWS, settings);
    assertThat(path.certifiedGaps()).hasSize(path.networks().size() - 1);
    assertThat(path.certifiedGaps()).allMatch(gap -> gap <= 0.01);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gates | 0 | gates: '0', expected a whole number of at least 1",
        "model | deep | model: 'deep', expected one of relu, gated",
        "lambda-ratio | -1 | lambda-ratio: '-1', expected a number from 1e-30 to 1e30",
        "label | z | label: rows has no column 'z', it has x0, x1, x2, y",
        "lambda | 1e-60 | lambda: '1.0E-60', expected at least 1.0E-30 of lambda_max",
        "solver | cone | solver: 'cone', expected one of newton, cone-decomposition",
        "gate-source | file:nowhere | gate-source file:nowhere: no such file",
        "search-tolerance | 2 | search-tolerance: '2', expected a number above 0 and below 1"
      })
  void refusalsNameTheKey(String key, String value, String message) {
    assertThatThrownBy(() -> fit(ROWS, settings().with(key, value)))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith(message);
  }

  /** Also where the command line would name an option behind the first word, or several. */
  @Test
  void refusalsThatNameSeveralKeysNameNoOption() {
    TrainSettings few = settings().with("gate-source", "exhaustive").with("enumeration-limit", 1);
    assertThatThrownBy(() -> fit(ROWS, few))
        .hasMessageStartingWith("gate-source exhaustive: ")
        .hasMessageEndingWith("(enumeration-limit)")
        .hasMessageNotContaining("--");
    assertThatThrownBy(() -> fit(ROWS.limit(1), settings().with("valid-fraction", 0.5)))
        .hasMessage("valid-fraction: 1 row cannot be split, expected 2");
    TrainSettings rows = settings().with("engine", "rows").with("analyze", true);
    assertThatThrownBy(() -> fit(ROWS, rows))
        .hasMessage("engine: 'rows', expected driver, gates, lambdas or auto with analyze true");
    TrainSettings many = settings().with("gate-source", "adaptive").with("gates", 500_000_000);
    assertThatThrownBy(() -> fit(ROWS, many))
        .hasMessageStartingWith("rows: " + N + " rows x ")
        .hasMessageContaining(": a larger spark.driver.memory gives the driver more");
  }

  @Test
  void keysThatAreNoneAreRefused() {
    assertThatThrownBy(() -> settings().with("output", "there"))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("unknown key 'output', expected one of label, features, ");
    assertThatThrownBy(() -> path(ROWS, settings().with("certify", 0.1)).best())
        .hasMessageContaining("both given");
  }

  @Test
  void rowsWithOtherFeaturesAreNotMeasuredOn() {
    assertThatThrownBy(
            () -> Training.measure(fit(ROWS, settings()).network(), ROWS.drop("x1"), settings()))
        .isInstanceOf(BadInputException.class)
        .hasMessage("rows: have the features [x0, x2], expected the network's inputs [x0, x1, x2]");
  }

  @Test
  void anAnalysisTakesRowsInMemory() {
    try (Training training = Training.fit(ROWS, settings().with("engine", "rows"))) {
      assertThat(training.program().n()).isEqualTo(N);
      assertThatThrownBy(training::exporter).isInstanceOf(IllegalStateException.class);
      TrainedNetwork network = training.solve().best();
      assertThatThrownBy(() -> PathAnalysis.of(training, network))
          .isInstanceOf(BadInputException.class)
          .hasMessageStartingWith("engine: 'rows', expected driver, gates");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "rows"})
  void cellsAreRefusedByRowAndColumn(String engine) {
    TrainSettings settings = settings().with("engine", engine);
    double seventh = ROWS.collectAsList().get(6).getDouble(0);
    Dataset<Row> missing =
        ROWS.withColumn(
            "x1", functions.when(functions.col("x0").notEqual(seventh), functions.col("x1")));
    assertThatThrownBy(() -> fit(missing, settings))
        .satisfies(
            failure ->
                assertThat(BadInputException.within(failure))
                    .hasMessage(
                        "rows: row 7 column 'x1' is null, expected a value"
                            + (engine.equals("rows")
                                ? ""
                                : " (missing mean or median fills features)")));
    Dataset<Row> text = ROWS.withColumn("x1", functions.lit("much"));
    assertThatThrownBy(() -> fit(text, settings.with("categorical", "none")))
        .hasMessage(
            "rows: column 'x1' is of type string, expected numbers (drop leaves a column out)");
  }
}
