package org.relupath.spark.result.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.relupath.core.network.Network;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Model;
import org.relupath.core.score.Calibration;
import org.relupath.core.score.PlattScaling;
import org.relupath.core.score.Scores;
import org.relupath.spark.report.Chart;
import org.relupath.spark.report.KeyFigure;
import org.relupath.spark.report.Numbers;
import org.relupath.spark.report.Page;
import org.relupath.spark.report.ScoreChart;
import org.relupath.spark.result.FitFiles;
import org.relupath.spark.result.Measurement;
import org.relupath.spark.result.PathRow;
import org.relupath.spark.train.GlobalGap;

/**
 * The page of a fit.
 *
 * @param title heading, such as the name of the data set; plain text
 * @param figures the table of key figures, in order; those that follow from {@code row} are added
 * @param tolerance the relative gap that was asked for, > 0
 * @param global how far from all networks, of any width and with any patterns
 * @param row the fitted lambda
 * @param weights the neurons of the network, as blocks
 * @param labels the two values of the label, smaller first, as plain text; else empty
 * @param train scores of the training rows
 * @param held scores of the held-out rows; null where there are none
 * @param calibration probabilities and the threshold of scores; null where there are none
 * @param neurons of the network in words; null where nothing is known of them
 * @param warnings what to be aware of
 * @param measured how the network and the simplest models do on all rows; null without a table
 */
public record FitPage(
    String title,
    List<KeyFigure> figures,
    double tolerance,
    GlobalGap global,
    PathRow row,
    BlockWeights weights,
    List<String> labels,
    Scores train,
    Scores held,
    Calibration calibration,
    NeuronCards neurons,
    List<String> warnings,
    Measurement measured) {

  /** The page of a network's files. */
  public static FitPage of(
      String title,
      List<KeyFigure> figures,
      double tolerance,
      List<String> warnings,
      FitFiles files) {
    Network network = files.network().network();
    return new FitPage(
        title,
        figures,
        tolerance,
        files.network().gap(),
        PathRow.of(files.network(), null, null),
        files.network().point().solution().weights(),
        files.measured().labels(),
        files.train(),
        files.held(),
        network.calibration(),
        NeuronCards.of(files),
        warnings,
        files.measured());
  }

  /** Which convex program it is of. */
  Model model() {
    return global.networks().model();
  }

  /** The page, whole: one html file. */
  public String html() {
    List<KeyFigure> all = new ArrayList<>(figures);
    all.add(KeyFigure.of("loss", row.loss()));
    all.add(KeyFigure.of("penalty", row.penalty()));
    all.add(KeyFigure.of("lower bound", row.dualObjective()));
    all.add(KeyFigure.of("tolerance", tolerance));
    List<Chart> charts = new ArrayList<>();
    charts.add(NeuronChart.of(weights, model()));
    charts.addAll(scores(train, "training rows", "training"));
    if (held != null) {
      charts.addAll(scores(held, "held-out rows", "held-out"));
    }
    Page page =
        new Proof(List.of(row), tolerance, global)
            .on(new Page(Page.kind("Certified ", "", model()), title))
            .warnings(warnings)
            .cards("Network", cards(row));
    if (measured != null) {
      ScoreGrid.add(page, measured);
    }
    page.charts("Charts", charts);
    if (neurons != null) {
      neurons.on(page);
    }
    return page.table("Run", all).html();
  }

  private List<Chart> scores(Scores scores, String rows, String id) {
    ScoreChart chart = new ScoreChart(scores, rows, id);
    return labels.isEmpty() ? List.of(chart.predictions(), chart.residuals()) : classes(chart);
  }

  private List<Chart> classes(ScoreChart chart) {
    List<Chart> charts = new ArrayList<>();
    charts.add(chart.histogram(Calibration.threshold(calibration), labels));
    charts.add(chart.roc());
    PlattScaling scaling = Calibration.scaling(calibration);
    charts.add(scaling == null ? null : chart.calibration(scaling));
    charts.removeIf(Objects::isNull);
    return charts;
  }

  /** What matters most of a network, as far as it was measured. */
  static List<KeyFigure> cards(PathRow row) {
    List<KeyFigure> cards = new ArrayList<>();
    cards.add(KeyFigure.of("λ", row.lambda()));
    cards.add(KeyFigure.of("objective", row.objective()));
    cards.add(new KeyFigure("relative gap", gap(row)));
    cards.add(KeyFigure.of("neurons", row.neurons()));
    cards.add(KeyFigure.of("training MSE", row.trainMse()));
    cards.add(KeyFigure.of("held-out MSE", row.validMse()));
    cards.add(new KeyFigure("training accuracy", Numbers.percent(row.trainAccuracy())));
    cards.add(new KeyFigure("held-out accuracy", Numbers.percent(row.validAccuracy())));
    cards.removeIf(card -> card.value().equals(Numbers.NONE));
    return cards;
  }

  /** A relative gap as pages show it. */
  static String gap(PathRow row) {
    return Numbers.text(row.relativeGap(), 3);
  }
}
