package org.relupath.spark.study.optimal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.relupath.core.data.Label;
import org.relupath.core.optimalset.OptimalNeurons;
import org.relupath.core.optimalset.OptimalSet;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.prune.Correction;
import org.relupath.core.prune.PruningMethod;
import org.relupath.core.prune.SmallestNetwork;
import org.relupath.core.solve.Solution;
import org.relupath.spark.analysis.AnalysisTask;
import org.relupath.spark.analysis.OptimalSetSummary;
import org.relupath.spark.analysis.PolishedSolution;
import org.relupath.spark.analysis.SmallestWidth;
import org.relupath.spark.config.AnalysisSettings.Columns;
import org.relupath.spark.data.EvaluationRows;
import org.relupath.spark.data.TrainingData;
import org.relupath.spark.io.Json;
import org.relupath.spark.optimal.CandidateNetworks;
import org.relupath.spark.optimal.CandidateRow;
import org.relupath.spark.optimal.PredictionRanges;
import org.relupath.spark.prune.PrunedRows;
import org.relupath.spark.prune.PruningRow;
import org.relupath.spark.study.Analysis;
import org.relupath.spark.study.unit.LambdaFit;
import org.relupath.spark.study.unit.PathUnit;
import org.relupath.spark.study.unit.StudyData;
import org.relupath.spark.study.unit.StudyGrid;
import org.relupath.spark.study.unit.StudyKey;
import org.relupath.spark.study.unit.StudyUnit;
import org.relupath.spark.train.program.Program;
import org.relupath.spark.train.program.ProgramExporter;
import org.relupath.spark.train.program.StoredSolution;

/**
 * All optimal networks of one split at one lambda: the solution is solved on to a gap near 1e-12,
 * and what the study asks is done with them.
 *
 * @param key data set, model and gate count
 * @param seed what gates are drawn by
 * @param split which split of the rows
 * @param index the lambda's position in the grids
 * @param analyses what is asked
 */
public record OptimalUnit(StudyKey key, long seed, int split, int index, List<Analysis> analyses)
    implements StudyUnit {
  /** How many times longer than the solve of its lambda it takes; measured, roughly. */
  private static final double SOLVES = 20;

  /** Vertices that a search for the smallest network may list. */
  private static final int VERTICES = 1000;

  /**
   * What came of it.
   *
   * @param sets the optimal networks over all blocks, then over those of the one solution
   * @param candidates of each set
   * @param pruned networks of falling width, from the solution's own neurons
   * @param limitReached whether patterns had to be left out
   */
  public record Result(
      List<SetFigures> sets,
      List<CandidateFigures> candidates,
      List<PruningRow> pruned,
      boolean limitReached) {
    public Result {
      sets = List.copyOf(sets);
      candidates = List.copyOf(candidates);
      pruned = List.copyOf(pruned);
    }
  }

  @Override
  public String id() {
    return key + "-s" + seed + "-f" + split + "-k" + index + "-optimal";
  }

  @Override
  public String dataSet() {
    return key.dataSet();
  }

  @Override
  public double seconds(StudyGrid grid, StudyData data) {
    return SOLVES * PathUnit.seconds(key, data);
  }

  @Override
  public String solve(StudyData data, StudyGrid grid) {
    TrainingData rows = grid.splits().rows(data.rows(), split);
    LambdaFit fit = LambdaFit.of(rows.train(), rows.all(), key.settings(data, seed), grid, index);
    AnalysisTask task = AnalysisTask.of(fit.program(), grid.limits());
    PolishedSolution polished =
        task.polish(new StoredSolution(index, fit.lambda(), fit.solution().weights()));
    return Json.pretty(
        task.optimalSet(polished)
            .analysed(set -> new Split(fit.program(), rows, task, polished).result(set, analyses)));
  }

  /** The optimal networks of one split. */
  private record Split(
      Program program, TrainingData rows, AnalysisTask task, PolishedSolution polished) {
    Result result(OptimalSet set, List<Analysis> analyses) {
      List<SetFigures> sets = new ArrayList<>();
      List<CandidateFigures> candidates = new ArrayList<>();
      for (Columns columns : Columns.values()) {
        OptimalSet own = columns == Columns.ALL ? set : set.onSupport();
        sets.add(figures(columns, own, set));
        if (analyses.contains(Analysis.CANDIDATES)) {
          candidates.addAll(candidates(columns, own));
        }
      }
      return new Result(
          sets,
          candidates,
          analyses.contains(Analysis.PRUNING) ? pruned(set) : List.of(),
          program.gathered().limitReached());
    }

    private SetFigures figures(Columns columns, OptimalSet set, OptimalSet all) {
      SmallestNetwork smallest = SmallestWidth.search(set, VERTICES, task.seed());
      int width = smallest.vertex().width();
      SmallestWidth least = SmallestWidth.ofPart(smallest, set, all, width);
      OptimalSetSummary summary = OptimalSetSummary.of(task, set, all.uniqueness());
      return new SetFigures(
          Label.of(columns),
          polished.lambda(),
          polished.lambdaRatio(),
          polished.relativeGap(),
          polished.status(),
          summary.resolved(),
          polished.activeBlocks(),
          summary.unique().label(),
          summary.decidedBy().proven(),
          summary.knownDimension(),
          summary.dimensionCertain() ? summary.mergedDimension() : null,
          summary.functionDimensionCertain() ? summary.functionDimension() : null,
          summary.equicorrelated(),
          summary.supportMaxNeurons(),
          width,
          least.provenSmallest(),
          PredictionRanges.widest(PredictionRanges.of(set, valid())),
          PredictionRanges.widest(PredictionRanges.of(set, test())));
    }

    private List<CandidateFigures> candidates(Columns columns, OptimalSet set) {
      ProgramExporter exporter = new ProgramExporter(program, rows);
      Solution own = polished.solution();
      List<CandidateFigures> figures = new ArrayList<>();
      for (Map.Entry<String, BlockWeights> one :
          CandidateNetworks.of(set, valid(), test()).entrySet()) {
        Solution chosen = new Solution(one.getValue(), own.certificate(), own.status(), 0, 0, 0);
        figures.add(
            CandidateFigures.of(
                Label.of(columns),
                CandidateRow.of(one.getKey(), exporter.fitted(chosen), exporter)));
      }
      return figures;
    }

    /** The paper's ways to prune, each from the neurons of the solution as it is. */
    private List<PruningRow> pruned(OptimalSet set) {
      OptimalNeurons active = set.neurons().active();
      PrunedRows measured =
          new PrunedRows(
              task,
              active,
              polished.solution().certificate(),
              program.measured(rows.train()),
              valid(),
              test());
      double[] beta = active.anchor();
      List<PruningRow> pruned = new ArrayList<>();
      pruned.addAll(measured.curve(beta, PruningMethod.MAGNITUDE, Correction.NONE));
      pruned.addAll(measured.curve(beta, PruningMethod.GRADIENT, Correction.NONE));
      pruned.addAll(measured.curve(beta, PruningMethod.RANDOM, Correction.NONE));
      pruned.addAll(measured.curve(beta, PruningMethod.RESIDUAL, Correction.DEPENDENCY));
      return pruned;
    }

    private EvaluationRows valid() {
      return program.measured(rows.valid());
    }

    private EvaluationRows test() {
      return program.measured(rows.test());
    }
  }
}
