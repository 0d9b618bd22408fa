package org.relupath.spark.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.relupath.core.data.Observations;
import org.relupath.core.network.Network;
import org.relupath.core.path.PathPoint;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.pricing.Certificate;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.data.Metrics;
import org.relupath.spark.data.TrainingData;
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
import org.relupath.spark.train.Program;
import org.relupath.spark.train.ProgramSummary;
import org.relupath.spark.train.SolvedPath;

/** report.html of fits and paths, from what their jobs have found. */
public final class Reports {
  private final Program program;
  private final TrainingData data;
  private final RunSettings settings;
  private final String title;

  /**
   * Reports of one run.
   *
   * @param title what the data is called
   */
  public Reports(Program program, TrainingData data, RunSettings settings, String title) {
    this.program = program;
    this.data = data;
    this.settings = settings;
    this.title = title;
  }

  /** The page of a path. */
  public String path(
      SolvedPath solved, List<PathRow> rows, LambdaSelection choice, Summary summary) {
    return path(program.summary(), settings, title, solved, rows, choice, summary);
  }

  /** The page of a path of a program whose rows may be elsewhere. */
  public static String path(
      ProgramSummary program,
      RunSettings settings,
      String title,
      SolvedPath solved,
      List<PathRow> rows,
      LambdaSelection choice,
      Summary summary) {
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
            figures(program, title, summary),
            settings.model().model(),
            program.lossScale() > 1,
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

  /** The page of a fit. */
  String fit(FitFiles files) {
    Metrics train = files.fitted().train();
    Metrics valid = program.measure(files.network(), data.valid());
    Scores own = scores(files.network(), data.train());
    Scores held = data.valid() == null ? null : scores(files.network(), data.valid());
    PathPoint point =
        new PathPoint(0, files.solution().certificate().lambda(), files.solution(), true);
    return fit(program.summary(), settings, title, point, train, valid, own, held, files.summary());
  }

  /**
   * The page of a fit of a program whose rows may be elsewhere.
   *
   * @param train how the network does on the training rows
   * @param valid and on held-out rows, or null
   * @param own scores of training rows
   * @param held scores of held-out rows, or null
   */
  public static String fit(
      ProgramSummary program,
      RunSettings settings,
      String title,
      PathPoint point,
      Metrics train,
      Metrics valid,
      Scores own,
      Scores held,
      Summary summary) {
    Certificate certificate = point.solution().certificate();
    BlockWeights weights = point.solution().weights();
    double unit = program.lossScale();
    List<Neuron> neurons = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      neurons.add(
          new Neuron(
              weights.blocks().get(i).id(), weights.blocks().get(i).sign(), weights.norm(i)));
    }
    return FitPage.html(
        new FitReport(
            title,
            figures(program, title, summary),
            settings.model().model(),
            unit > 1,
            settings.solver().tolerance(),
            summary.global(settings.model()),
            new org.relupath.spark.result.page.PathPoint(
                certificate.lambda() / unit,
                (double) summary.get("objective"),
                (double) summary.get("loss"),
                (double) summary.get("penalty"),
                (double) summary.get("relativeGap"),
                certificate.dualObjective() / unit,
                true,
                weights.compact().size(),
                (int) summary.get("neurons"),
                train.mse(),
                valid == null ? null : valid.mse(),
                train.accuracy(),
                valid == null ? null : valid.accuracy()),
            neurons,
            Arrays.stream(program.labels()).mapToObj(Double::toString).toList(),
            own,
            held));
  }

  private Scores scores(Network network, Observations rows) {
    double[] labels = program.labels();
    double[] targets = rows.targets().clone();
    for (int r = 0; labels.length == 2 && r < targets.length; r++) {
      targets[r] = targets[r] == labels[1] ? 1 : -1;
    }
    return new Scores(targets, network.predict(rows.features()));
  }

  private static List<KeyFigure> figures(ProgramSummary program, String title, Summary summary) {
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
