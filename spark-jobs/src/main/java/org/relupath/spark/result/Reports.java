package org.relupath.spark.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.relupath.core.path.PathPoint;
import org.relupath.core.program.BlockWeights;
import org.relupath.spark.config.ModelSettings;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.data.Metrics;
import org.relupath.spark.report.KeyFigure;
import org.relupath.spark.report.Scores;
import org.relupath.spark.result.page.BlockNorm;
import org.relupath.spark.result.page.CertifiedRange;
import org.relupath.spark.result.page.FitPage;
import org.relupath.spark.result.page.FitReport;
import org.relupath.spark.result.page.Neuron;
import org.relupath.spark.result.page.PathPage;
import org.relupath.spark.result.page.PathReport;
import org.relupath.spark.run.Versions;
import org.relupath.spark.train.LambdaSelection;
import org.relupath.spark.train.NetworkCertificate;
import org.relupath.spark.train.TrainedNetwork;
import org.relupath.spark.train.TrainedPath;
import org.relupath.spark.train.program.ProgramSummary;
import org.relupath.spark.train.program.SolvedPath;

/** report.html of fits and paths, from what their jobs have found. */
public final class Reports {
  private final ProgramSummary program;
  private final RunSettings settings;
  private final String title;

  /**
   * Reports of one run.
   *
   * @param title what the data is called
   */
  public Reports(ProgramSummary program, RunSettings settings, String title) {
    this.program = program;
    this.settings = settings;
    this.title = title;
  }

  /** The page of a path. */
  public String path(TrainedPath trained, List<PathRow> rows, Summary summary) {
    SolvedPath solved = trained.solved();
    LambdaSelection choice = trained.selection();
    List<BlockNorm> norms = new ArrayList<>();
    for (PathPoint point : solved.points()) {
      BlockWeights weights = point.solution().weights();
      for (int i = 0; i < weights.size(); i++) {
        norms.add(
            new BlockNorm(
                point.index(),
                weights.blocks().get(i).id(),
                weights.blocks().get(i).sign(),
                weights.norm(i)));
      }
    }
    norms.removeIf(norm -> norm.norm() == 0);
    PathReport report =
        new PathReport(
            title,
            figures(summary),
            settings.model().model(),
            settings.model().lossScaling() == ModelSettings.LossScaling.MEAN,
            solved.tolerance(),
            PathRow.global(settings.model(), rows),
            rows.stream().map(Reports::point).toList(),
            choice.index(),
            choice.by(),
            norms);
    return solved.epsilon().isEmpty()
        ? PathPage.html(report)
        : PathPage.html(
            report,
            new CertifiedRange(
                solved.epsilon().getAsDouble(),
                solved.solves(),
                solved.bounds().stream()
                    .map(bound -> bound.inUnits(program.lossScale(), 1))
                    .toList()));
  }

  private static org.relupath.spark.result.page.PathPoint point(PathRow row) {
    return new org.relupath.spark.result.page.PathPoint(
        row.lambda(),
        row.objective(),
        row.loss(),
        row.penalty(),
        row.relativeGap(),
        row.dualObjective(),
        row.solved(),
        row.activeBlocks(),
        row.neurons(),
        row.trainMse(),
        row.validMse(),
        row.trainAccuracy(),
        row.validAccuracy());
  }

  /**
   * The page of a fit.
   *
   * @param own scores of training rows
   * @param held scores of held-out rows, or null
   */
  String fit(TrainedNetwork network, Scores own, Scores held, Summary summary) {
    NetworkCertificate proof = network.certificate();
    Metrics train = network.train();
    Metrics valid = network.valid();
    BlockWeights weights = network.point().solution().weights();
    List<Neuron> neurons = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      neurons.add(
          new Neuron(
              weights.blocks().get(i).id(), weights.blocks().get(i).sign(), weights.norm(i)));
    }
    return FitPage.html(
        new FitReport(
            title,
            figures(summary),
            settings.model().model(),
            settings.model().lossScaling() == ModelSettings.LossScaling.MEAN,
            settings.solver().tolerance(),
            network.gap(),
            new org.relupath.spark.result.page.PathPoint(
                proof.lambda(),
                proof.objective(),
                proof.loss(),
                proof.penalty(),
                proof.relativeGap(),
                proof.dualObjective(),
                true,
                proof.activeBlocks(),
                network.network().width(),
                train.mse(),
                valid == null ? null : valid.mse(),
                train.accuracy(),
                valid == null ? null : valid.accuracy()),
            neurons,
            Arrays.stream(program.labels()).mapToObj(Double::toString).toList(),
            own,
            held));
  }

  private List<KeyFigure> figures(Summary summary) {
    List<KeyFigure> figures = new ArrayList<>();
    figures.add(new KeyFigure("data", title));
    for (String name : List.of("n", "d", "gates", "distinctPatterns", "seed", "engine", "status")) {
      figures.add(new KeyFigure(name, String.valueOf(summary.get(name))));
    }
    if (summary.get("rowsDrawn") != null) {
      figures.add(new KeyFigure("training rows in charts", summary.get("rowsDrawn") + " drawn"));
    }
    if (summary.get("criterion") != null) {
      figures.add(new KeyFigure("criterion", String.valueOf(summary.get("criterion"))));
    }
    figures.add(
        KeyFigure.of(
            "lower bound for all networks (" + summary.get("lowerBoundSource") + ")",
            (double) summary.get("lowerBound")));
    figures.add(KeyFigure.of("lambdaMax", program.lambdaMax() / program.lossScale()));
    for (Map.Entry<String, String> version : Versions.all().entrySet()) {
      figures.add(new KeyFigure(version.getKey(), version.getValue()));
    }
    return figures;
  }
}
