package org.relupath.spark.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.relupath.core.data.Observations;
import org.relupath.core.network.Network;
import org.relupath.core.path.PathPoint;
import org.relupath.core.score.Scores;
import org.relupath.core.solve.Settings;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.data.Folds;
import org.relupath.spark.data.HoldOut;
import org.relupath.spark.data.Metrics;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.train.program.Program;
import org.relupath.spark.train.program.ProgramExporter;
import org.relupath.spark.train.program.ProgramSolver;

/**
 * Which lambda of a path is the best: the one of smallest held-out error, the larger lambda of two
 * equal ones.
 *
 * @param index its position in the path
 * @param by how it was chosen
 * @param mse the error it was chosen by
 * @param chosen whether rows that it was not fitted on chose it
 * @param heldOut scores that probabilities and a threshold are made of: of rows held out by the
 *     chosen network, or of every training row by the network of this lambda that was fitted to the
 *     other folds; null where nothing is made of them
 */
public record LambdaSelection(int index, String by, double mse, boolean chosen, Scores heldOut) {
  private static final int FOLDS = 5;

  /** What cross-validation is worth solving to: errors differ by far more. */
  private static final double TOLERANCE = 1e-4;

  /** A choice that leaves no scores. */
  public LambdaSelection(int index, String by, double mse, boolean chosen) {
    this(index, by, mse, chosen, null);
  }

  /** This choice, with scores of held-out rows. */
  LambdaSelection with(Scores scores) {
    return new LambdaSelection(index, by, mse, chosen, scores);
  }

  /** By rows held out, or where there are none by cross-validation. */
  static LambdaSelection of(
      ProgramSolver solver, RunSettings settings, List<TrainedNetwork> networks) {
    return networks.get(0).valid() == null
        ? crossValidated(
            solver, settings, networks.stream().mapToDouble(one -> one.point().lambda()).toArray())
        : validated(networks);
  }

  /** By the error on rows held out. */
  static LambdaSelection validated(List<TrainedNetwork> networks) {
    return smallest(networks.stream().mapToDouble(one -> one.valid().mse()).toArray(), "validMse");
  }

  /** The smallest lambda, where no rows say more. */
  static LambdaSelection last(List<TrainedNetwork> networks) {
    int last = networks.size() - 1;
    double mse = networks.get(last).train().mse();
    return new LambdaSelection(last, "smallest lambda, no rows held out", mse, false);
  }

  /** By cross-validation; scores are kept where settings make anything of them. */
  static LambdaSelection crossValidated(
      ProgramSolver solver, RunSettings settings, double[] lambdas) {
    Observations all = solver.program().rows();
    int n = all.rows();
    Folds folds = Folds.draw(n, Math.min(FOLDS, n), settings.model().seed());
    List<Program> folded = new ArrayList<>();
    List<Observations> heldOut = new ArrayList<>();
    List<double[]> grids = new ArrayList<>();
    for (int f = 0; f < folds.count(); f++) {
      HoldOut split = folds.split(f);
      Observations inside = all.select(split.train());
      heldOut.add(all.select(split.heldOut()));
      Program fold = solver.fold(inside);
      folded.add(fold);
      // A sum over fewer rows takes a smaller lambda to weigh the same.
      double share = fold.summary().weight() / solver.program().summary().weight();
      grids.add(Arrays.stream(lambdas).map(lambda -> share * lambda).toArray());
    }
    Settings limits = settings.solver().limits();
    limits = limits.withTolerance(Math.max(TOLERANCE, limits.tolerance()));
    String by = folds.count() + "-fold cross-validation";
    List<Program> programs = solver.withGeneratedPatterns(folded, grids, limits);
    List<List<PathPoint>> paths = solver.paths(programs, grids, limits, by);
    double[] errors = new double[lambdas.length];
    for (int f = 0; f < folds.count(); f++) {
      Observations outside = heldOut.get(f);
      Program program = programs.get(f);
      ProgramExporter exporter = ProgramExporter.of(program);
      for (PathPoint point : paths.get(f)) {
        Network network = exporter.network(point.solution().weights(), point.lambda());
        Metrics metrics = program.measure(network, outside);
        errors[point.index()] += metrics.mse() * outside.totalWeight() / all.totalWeight();
      }
    }
    LambdaSelection best = smallest(errors, by);
    if (!settings.scores().needHeldOut()) {
      return best;
    }
    List<Scores> scores = new ArrayList<>();
    for (int f = 0; f < folds.count(); f++) {
      PathPoint point =
          paths.get(f).stream().filter(own -> own.index() == best.index).findFirst().orElseThrow();
      ProgramExporter exporter = ProgramExporter.of(programs.get(f));
      Network network = exporter.network(point.solution().weights(), point.lambda());
      scores.add(ProgramExporter.scores(heldOut.get(f), network));
    }
    return best.with(Scores.joined(scores));
  }

  /**
   * The smallest of some errors, the first of equal ones; errors that are not finite are no choice.
   *
   * @throws BadInputException if none is finite
   */
  public static LambdaSelection smallest(double[] errors, String by) {
    int best = -1;
    for (int k = 0; k < errors.length; k++) {
      boolean smaller = best < 0 || errors[k] < errors[best];
      best = Double.isFinite(errors[k]) && smaller ? k : best;
    }
    if (best < 0) {
      throw new BadInputException(
          by + ": the error is not finite at any lambda, expected held-out rows like the others");
    }
    return new LambdaSelection(best, by, errors[best], true);
  }
}
