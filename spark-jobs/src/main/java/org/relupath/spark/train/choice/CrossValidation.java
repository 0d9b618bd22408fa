package org.relupath.spark.train.choice;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preparation;
import org.relupath.core.network.Network;
import org.relupath.core.path.PathPoint;
import org.relupath.core.score.Scores;
import org.relupath.core.solve.Settings;
import org.relupath.spark.config.GateSource;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.data.Folds;
import org.relupath.spark.data.HoldOut;
import org.relupath.spark.data.TrainingData;
import org.relupath.spark.io.BadInputException;
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
   * Refuses gates of a file where some folds have other columns of X than all rows: texts and
   * missing cells that are in one fold alone make columns that the others lack.
   *
   * @param chooses whether lambda is chosen, by rows held out where there are any
   * @throws BadInputException naming the file and the first such fold
   */
  public static void require(TrainingData data, RunSettings settings, boolean chooses) {
    GateSource source = settings.model().gateSource();
    boolean folded = data.valid() == null && (chooses || settings.scores().needHeldOut());
    if (source.kind() != GateSource.Kind.FILE || !folded) {
      return;
    }
    Observations all = data.train();
    Preparation.Options options = settings.model().preprocessing().preparation();
    int d = columns(all, options);
    Folds folds = folds(all, settings);
    for (int f = 0; f < folds.count(); f++) {
      int columns = columns(all.select(folds.split(f).train()), options);
      if (columns != d) {
        throw new BadInputException(
            ("--gate-source file:%s: texts or missing cells make %s columns of all rows, and %s"
                    + " without fold %s of %s, expected as many, or held-out rows (--valid or"
                    + " --valid-fraction)")
                .formatted(source.file(), d, columns, f + 1, folds.count()));
      }
    }
  }

  private static int columns(Observations rows, Preparation.Options options) {
    return Preparation.fit(rows, options).names(rows.inputs()).size();
  }

  private static Folds folds(Observations all, RunSettings settings) {
    return Folds.draw(all.rows(), Math.min(FOLDS, all.rows()), settings.model().seed());
  }

  /**
   * Fits to all but a fold and measures on it, fold after fold.
   *
   * @param lambdas of the whole program, in the solver's units
   * @param keep whether scores of every row are wanted, at every lambda
   */
  public static HeldOut of(
      ProgramSolver solver, RunSettings settings, double[] lambdas, boolean keep) {
    Observations all = solver.program().rows();
    Folds folds = folds(all, settings);
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
