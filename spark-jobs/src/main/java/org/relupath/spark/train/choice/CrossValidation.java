package org.relupath.spark.train.choice;

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
import org.relupath.spark.train.program.Program;
import org.relupath.spark.train.program.ProgramExporter;
import org.relupath.spark.train.program.ProgramSolver;

/** Paths of all rows but a fold, each measured on that fold. */
public final class CrossValidation {
  private static final int FOLDS = 5;

  /** What it is worth solving to: errors differ by far more. */
  private static final double TOLERANCE = 1e-4;

  private CrossValidation() {}

  /**
   * Fits to all but a fold and measures on it, fold after fold.
   *
   * @param lambdas of the whole program, in the solver's units
   * @param keep whether scores of every row are wanted, at every lambda
   */
  public static HeldOut of(
      ProgramSolver solver, RunSettings settings, double[] lambdas, boolean keep) {
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
    List<List<Scores>> scores = new ArrayList<>();
    for (int k = 0; keep && k < lambdas.length; k++) {
      scores.add(new ArrayList<>());
    }
    for (int f = 0; f < folds.count(); f++) {
      Observations outside = heldOut.get(f);
      Program program = programs.get(f);
      ProgramExporter exporter = ProgramExporter.of(program);
      for (PathPoint point : paths.get(f)) {
        Network network = exporter.network(point.solution().weights(), point.lambda());
        errors[point.index()] +=
            program.measure(network, outside).mse() * outside.totalWeight() / all.totalWeight();
        if (keep) {
          scores.get(point.index()).add(ProgramExporter.scores(outside, network));
        }
      }
    }
    return new HeldOut(by, errors, scores.stream().map(Scores::joined).toList());
  }
}
