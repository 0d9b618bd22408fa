package org.relupath.spark.train;

import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.relupath.core.data.Observations;
import org.relupath.core.network.ForwardPass;
import org.relupath.core.network.Network;
import org.relupath.core.path.LambdaGrid;
import org.relupath.core.solve.GenerationSeconds;
import org.relupath.spark.config.LambdaSettings;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.data.Metrics;
import org.relupath.spark.data.OutputRows;
import org.relupath.spark.data.RowData;
import org.relupath.spark.data.RunRows;
import org.relupath.spark.data.TrainingData;
import org.relupath.spark.engine.EngineChoice;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.run.ProgressListener;
import org.relupath.spark.train.program.NetworkExporter;
import org.relupath.spark.train.program.ProgramSolver;
import org.relupath.spark.train.program.ProgramSummary;
import org.relupath.spark.train.program.WarmStart;

/**
 * Training from a program: rows and settings in, certified networks out, without files and without
 * the command line. Settings are the keys of {@code conf/reference.conf} ({@link TrainSettings}),
 * rows a data frame with a label and features: numbers, texts, booleans, dates, or columns of Spark
 * ML vectors.
 *
 * <pre>{@code
 * TrainSettings settings =
 *     TrainSettings.defaults().with("label", "y").with("gates", 100).with("lambdas", 5);
 * try (Training training = Training.path(rows, settings)) {
 *   TrainedPath path = training.solve();
 *   for (TrainedNetwork one : path.networks()) {
 *     NetworkCertificate proof = one.certificate();
 *     System.out.printf("lambda %.4g: objective %.6g, none below %.6g, %d neurons%n",
 *         proof.lambda(), proof.objective(), proof.dualObjective(), one.network().width());
 *   }
 *   Network best = path.best().network();
 *   double[] scores = best.predict(Matrix.ofRows(new double[][] {{0.5, -1.0}}));
 *   System.out.println(best.inputs() + " = [0.5, -1.0] has the score " + scores[0]);
 *   PathAnalysis analysis = PathAnalysis.of(training, path);
 *   System.out.println("is it the only one? " + analysis.lambdas().get(0).figures().unique().label());
 * }
 * }</pre>
 *
 * <p>Lambdas, objectives and bounds of a {@link TrainedNetwork} are in the units of {@code
 * loss-scaling}: with mean the loss is 1/(2n) times the squared error, with sum 1/2 times it. The
 * network takes raw features. With {@code weights} a row of weight m is m rows. Its certificate
 * compares its objective, primal, with a dual value: among networks with the patterns of the
 * program none is better by more than the relative gap. Its lower bound is one of every network of
 * a class, named by {@code gap()}.
 *
 * <p>Where the work runs is the key {@code engine}. The session is the rows' own, and is never
 * stopped. Progress goes to a {@link ProgressListener}, to none unless it is given. What cannot be
 * worked with is refused by a {@link org.relupath.spark.io.BadInputException} that names the key,
 * or the column and row, the value, and what was expected.
 *
 * <p>Implementations keep rows in the driver's memory, or in blocks on executors.
 */
public interface Training extends AutoCloseable {
  /**
   * Prepares the training of one network: for the keys {@code lambda} or {@code lambda-ratio}, or
   * for a tenth of lambda_max.
   *
   * @param rows with the label
   * @throws org.relupath.spark.io.BadInputException where rows and settings do not fit
   */
  static Training fit(Dataset<Row> rows, TrainSettings settings) {
    return open(rows, null, null, settings, Plan.FIT, ProgressListener.NONE);
  }

  /**
   * Prepares the training of a path: for the keys {@code lambdas} and {@code lambda-min-ratio}, or
   * for {@code certify}.
   *
   * @param rows with the label
   * @throws org.relupath.spark.io.BadInputException where rows and settings do not fit
   */
  static Training path(Dataset<Row> rows, TrainSettings settings) {
    return open(rows, null, null, settings, Plan.PATH, ProgressListener.NONE);
  }

  /**
   * Prepares a training.
   *
   * @param rows with the label, to fit on
   * @param valid with the label, to choose lambda by; or null
   * @param test with the label, for the final measurement; or null
   * @param listener receives how far it is
   * @throws org.relupath.spark.io.BadInputException where rows and settings do not fit
   */
  static Training open(
      Dataset<Row> rows,
      Dataset<Row> valid,
      Dataset<Row> test,
      TrainSettings settings,
      Plan plan,
      ProgressListener listener) {
    RunSettings checked = settings.checked();
    SettingNames names = SettingNames.KEYS;
    return names.in(
        () -> {
          RunRows read = RunRows.of(rows, valid, test, checked);
          read.notes().forEach(listener::note);
          listener.ended("read");
          return open(rows.sparkSession(), read, checked, plan, WarmStart.NONE, names, listener);
        });
  }

  /** Which lambdas are solved. */
  enum Plan {
    /** The one that settings name. */
    FIT {
      @Override
      double[] lambdas(ProgramSummary program, LambdaSettings lambda) {
        return new double[] {program.lambda(lambda, DEFAULT_RATIO)};
      }

      @Override
      int sideBySide(LambdaSettings lambda) {
        return 1;
      }
    },
    /** A grid, or as few as certify every one in between. */
    PATH {
      @Override
      double[] lambdas(ProgramSummary program, LambdaSettings lambda) {
        return LambdaGrid.logarithmic(
            program.largest(lambda), lambda.lambdaMinRatio(), lambda.lambdas());
      }

      @Override
      int sideBySide(LambdaSettings lambda) {
        return lambda.certify().isEmpty() ? lambda.lambdas() : 1;
      }
    };

    /** Share of lambda_max where neither lambda nor ratio is given. */
    public static final double DEFAULT_RATIO = 0.1;

    /** The lambdas, largest first, in the solver's units. */
    abstract double[] lambdas(ProgramSummary program, LambdaSettings lambda);

    /** How many of them are known in advance, so that executors may solve them side by side. */
    abstract int sideBySide(LambdaSettings lambda);
  }

  /** Prepares the program of some rows, whose solves start from nothing. */
  static Training open(
      SparkSession session,
      RunRows rows,
      RunSettings settings,
      Plan plan,
      ProgressListener listener) {
    return open(session, rows, settings, plan, WarmStart.NONE, listener);
  }

  /**
   * Prepares the program of some rows.
   *
   * @param session where executors work; it is not stopped
   * @param rows in memory or on executors
   * @param settings of the model, the lambdas and the solver
   * @param warm solutions of the same columns, model and labels that solves start from
   * @param listener receives how far it is
   * @throws org.relupath.spark.io.BadInputException where rows and settings do not fit
   */
  static Training open(
      SparkSession session,
      RunRows rows,
      RunSettings settings,
      Plan plan,
      WarmStart warm,
      ProgressListener listener) {
    return open(session, rows, settings, plan, warm, SettingNames.OPTIONS, listener);
  }

  private static Training open(
      SparkSession session,
      RunRows rows,
      RunSettings settings,
      Plan plan,
      WarmStart warm,
      SettingNames names,
      ProgressListener listener) {
    if (rows instanceof OutputRows outputs) {
      throw new BadInputException(
          "--label: has %s outputs, expected one, such as --positive with one of its classes"
              .formatted(outputs.outputs().size()));
    }
    return rows instanceof TrainingData data
        ? MemoryTraining.open(session, data, settings, plan, warm, names, listener)
        : RowTraining.open(session, (RowData) rows, settings, plan, names, listener);
  }

  /**
   * How a network does on rows.
   *
   * @param rows with the label, and the columns of features that settings name
   * @throws org.relupath.spark.io.BadInputException where these are not the network's inputs, or a
   *     label is none of its two
   */
  static Metrics measure(Network network, Dataset<Row> rows, TrainSettings settings) {
    RunSettings checked = settings.checked();
    Observations read = SettingNames.KEYS.in(() -> TrainingData.read(rows, network, checked));
    ForwardPass pass = ForwardPass.of(network, read.cells());
    return Metrics.of(pass, read, network.labels());
  }

  /**
   * Size and units of the program; of adaptive gates on executors as they are found so far. Its
   * lambda_max is in the solver's units: {@code lossScale()} times the user's.
   */
  ProgramSummary program();

  /** Solves for the lambdas of the plan, makes their networks and chooses among them. */
  TrainedPath solve();

  /**
   * Measures the networks of its solutions and prices their blocks.
   *
   * @throws IllegalStateException before {@link #solve}
   */
  NetworkExporter exporter();

  /** Which engine works, and why. */
  EngineChoice engine();

  /** The solver of a program in memory, for analyses of its solutions; empty without one. */
  default Optional<ProgramSolver> solver() {
    return Optional.empty();
  }

  /** Passes over all rows so far; empty where rows are in memory. */
  default OptionalInt passes() {
    return OptionalInt.empty();
  }

  /** What looking for patterns took, if they were; it is part of preparing. */
  default Optional<GenerationSeconds> gathering() {
    return Optional.empty();
  }

  /** Wall seconds of those passes. */
  default double passSeconds() {
    return 0;
  }

  @Override
  void close();
}
