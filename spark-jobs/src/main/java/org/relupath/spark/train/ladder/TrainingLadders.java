package org.relupath.spark.train.ladder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.SparkSession;
import org.relupath.core.path.LambdaGrid;
import org.relupath.spark.config.LambdaSettings;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.data.OutputRows;
import org.relupath.spark.data.RunRows;
import org.relupath.spark.data.TrainingData;
import org.relupath.spark.engine.SideBySide;
import org.relupath.spark.run.ProgressListener;
import org.relupath.spark.train.OutputsAtOnce;
import org.relupath.spark.train.Training;
import org.relupath.spark.train.choice.ScoreCalibration;
import org.relupath.spark.train.program.ProgramFactory;
import org.relupath.spark.train.program.ProgramSolver;
import org.relupath.spark.train.program.WarmStart;

/**
 * The ladders of all outputs of some rows: all fits of these rows that differ in lambda alone.
 *
 * <p>A ladder goes from the largest lambda_max of the outputs, {@code lambdas} rungs long, to
 * {@code lambda-min-ratio} of it. Ratios are shares of that largest lambda_max as well.
 */
public final class TrainingLadders {
  private final int sideBySide;
  private final List<Ladder> ladders;
  private final double[] rungs;
  private final double lambdaMax;
  private final Map<Double, CompletableFuture<List<FittedOutput>>> fits = new HashMap<>();

  private TrainingLadders(int sideBySide, List<Ladder> ladders, double[] rungs, double lambdaMax) {
    this.sideBySide = sideBySide;
    this.ladders = ladders;
    this.rungs = rungs;
    this.lambdaMax = lambdaMax;
  }

  /**
   * Prepares the programs of all outputs; nothing is solved.
   *
   * @param rows in memory
   * @param settings whose lambda is none of them: see {@link #fit}
   * @param warm for each output where solves start
   * @param solves counts the lambdas that are solved
   * @throws org.relupath.spark.io.BadInputException where rows and settings do not fit
   */
  public static TrainingLadders open(
      SparkSession session,
      RunRows rows,
      RunSettings settings,
      List<WarmStart> warm,
      AtomicInteger solves,
      ProgressListener listener) {
    List<OutputRows.Output> outputs =
        rows instanceof OutputRows several
            ? several.outputs()
            : List.of(new OutputRows.Output("", (TrainingData) rows, Map.of()));
    for (OutputRows.Output output : outputs) {
      ScoreCalibration.require(output.rows(), settings, settings.data().label());
    }
    // One lambda at a time, so that executors solve segments only where they are asked to.
    ProgramFactory any = new ProgramFactory(session, settings.solver(), 1, listener);
    List<ProgramSolver> solvers = new ArrayList<>();
    try {
      for (OutputRows.Output output : outputs) {
        ProgramFactory factory = any.from(warm.get(solvers.size()));
        solvers.add(
            solvers.isEmpty()
                ? factory.first(output.rows().train(), settings.model())
                : factory.first(solvers.get(0).program(), output.rows().train()));
      }
      double largest = ProgramSolver.largestLambda(solvers);
      double[] rungs =
          LambdaGrid.logarithmic(
              largest, settings.lambda().lambdaMinRatio(), settings.lambda().lambdas());
      List<Ladder> ladders = new ArrayList<>();
      for (int k = 0; k < outputs.size(); k++) {
        double scale = solvers.get(k).program().lossScale();
        double[] lambdas = Arrays.stream(rungs).map(one -> one * scale).toArray();
        OutputRows.Output own = outputs.get(k);
        ladders.add(new Ladder(solvers.get(k), own.name(), own.rows(), settings, lambdas, solves));
      }
      int sideBySide =
          outputs.size() == 1 ? 1 : OutputsAtOnce.of(solvers.get(0), outputs.size(), listener);
      return new TrainingLadders(sideBySide, ladders, rungs, largest);
    } catch (RuntimeException | Error e) {
      solvers.forEach(ProgramSolver::close);
      throw e;
    }
  }

  /**
   * The networks of all outputs at a lambda, those of its ladder above it and itself: the very ones
   * that it gave before, where it was asked for then.
   *
   * @param lambda absolute or a ratio, or a tenth of the largest lambda_max
   * @throws org.relupath.spark.io.BadInputException if it is nothing beside rounding
   */
  public List<FittedOutput> fit(LambdaSettings lambda) {
    double absolute =
        lambda
            .lambda()
            .orElseGet(() -> lambda.lambdaRatio().orElse(Training.Plan.DEFAULT_RATIO) * lambdaMax);
    while (true) {
      CompletableFuture<List<FittedOutput>> own = new CompletableFuture<>();
      CompletableFuture<List<FittedOutput>> known;
      synchronized (fits) {
        known = fits.putIfAbsent(absolute, own);
      }
      if (known == null) {
        return solve(absolute, own);
      }
      try {
        return known.join();
      } catch (CompletionException e) {
        // Another thread failed, or was interrupted, and left its place: this one takes it.
        continue;
      }
    }
  }

  private List<FittedOutput> solve(double lambda, CompletableFuture<List<FittedOutput>> into) {
    int above = (int) Arrays.stream(rungs).filter(rung -> rung > lambda).count();
    try {
      List<Callable<FittedOutput>> parts = new ArrayList<>();
      ladders.forEach(ladder -> parts.add(() -> ladder.fit(lambda, above)));
      List<FittedOutput> solved =
          parts.size() == 1
              ? List.of(ladders.get(0).fit(lambda, above))
              : SideBySide.all(parts, sideBySide);
      into.complete(solved);
      return solved;
    } catch (RuntimeException | Error e) {
      synchronized (fits) {
        fits.remove(lambda);
      }
      into.completeExceptionally(e);
      throw e;
    }
  }
}
