package org.relupath.spark.ml;

import org.apache.spark.sql.Dataset;
import org.relupath.core.path.PathPoint;
import org.relupath.core.solve.Solution;
import org.relupath.spark.analysis.AnalysisTask;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.ml.param.KeyParams;
import org.relupath.spark.optimal.OptimalNetworks;
import org.relupath.spark.optimal.OptimalSetTask;
import org.relupath.spark.prune.PruneTask;
import org.relupath.spark.prune.PruningResult;
import org.relupath.spark.prune.PruningSummary;
import org.relupath.spark.train.ladder.FittedOutput;
import org.relupath.spark.train.program.Program;
import org.relupath.spark.train.program.ProgramExporter;
import org.relupath.spark.train.program.StoredSolution;

/** What is asked of the program of a fit beside its network; done by the driver. */
final class Analyses {
  private Analyses() {}

  /** All optimal networks of a fit. */
  static OptimalSets optimalSet(FittedPath path) {
    RunSettings settings = path.settings();
    return KeyParams.in(
        () ->
            new OptimalSets(
                path.outputs().stream().map(one -> optimalSet(one, settings)).toList()));
  }

  private static OptimalSets.Output optimalSet(FittedOutput output, RunSettings settings) {
    Program program = program(output);
    AnalysisTask task = AnalysisTask.of(program, settings.solver().limits());
    OptimalSetTask asked = new OptimalSetTask(task, null, null, settings.analysis(), false);
    return new OptimalSets.Output(
        output.name(), OptimalNetworks.of(asked.of(stored(output)), ProgramExporter.of(program)));
  }

  /** The network of a fit, pruned. */
  static Prunings prune(FittedPath path) {
    RunSettings settings = path.settings();
    return KeyParams.in(
        () -> new Prunings(path.outputs().stream().map(one -> prune(one, settings)).toList()));
  }

  private static Prunings.Output prune(FittedOutput output, RunSettings settings) {
    Program program = program(output);
    AnalysisTask task = AnalysisTask.of(program, settings.solver().limits());
    PruningResult found =
        new PruneTask(task, program.measured(program.rows()), null, null, settings.analysis())
            .of(stored(output));
    Solution minimal = found.minimal();
    return new Prunings.Output(
        output.name(),
        new Prunings.Pruned(PruningSummary.of(found, null), found.rows()),
        ProgramExporter.of(program).network(minimal.weights(), minimal.certificate().lambda()));
  }

  private static Program program(FittedOutput output) {
    Program program =
        output
            .program()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "engine: 'rows', expected driver, gates, lambdas or auto for an analysis"));
    if (program.convex().problem().design().isSparse()) {
      throw new IllegalArgumentException(
          "standardize: rows are kept sparse, expected true for an analysis");
    }
    program.requireAnalysisFits();
    return program;
  }

  private static StoredSolution stored(FittedOutput output) {
    PathPoint point = output.own().point();
    return new StoredSolution(0, point.lambda(), point.solution().weights());
  }

  /**
   * The fit of a model once more, where it is no longer known.
   *
   * @param rows that it was fitted to
   * @throws IllegalArgumentException if they give another network
   */
  static FittedPath again(ConvexReluModel model, Dataset<?> rows) {
    boolean classes = model instanceof ConvexReluClassificationModel;
    FittedPath again = new Fits().fit(rows, FitSettings.of(model), classes);
    if (!again.networkJson().equals(model.networkJson())) {
      throw new IllegalArgumentException(
          "rows: their fit is another network, expected the rows and Params of this model");
    }
    return again;
  }
}
