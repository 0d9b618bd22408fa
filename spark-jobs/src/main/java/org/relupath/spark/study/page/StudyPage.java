package org.relupath.spark.study.page;

import java.util.ArrayList;
import java.util.List;
import org.relupath.spark.report.Figure;
import org.relupath.spark.report.KeyFigure;
import org.relupath.spark.report.Numbers;
import org.relupath.spark.report.Page;
import org.relupath.spark.report.Scale;

/**
 * The page of a study.
 *
 * @param title heading; plain text
 * @param figures the table of key figures, in order
 * @param paths how many paths were solved, >= 1
 * @param rows how many networks they have
 * @param missed how many of these miss the tolerance
 * @param worstGap the largest certified relative gap
 * @param tolerance the one that was asked for
 * @param curves one for each data set, model and number of gates; those of a data set together
 * @param sections on optimal networks
 */
public record StudyPage(
    String title,
    List<KeyFigure> figures,
    int paths,
    long rows,
    long missed,
    double worstGap,
    double tolerance,
    List<StudyCurve> curves,
    List<OptimalSection> sections) {
  private static final List<String> COLUMNS =
      List.of(
          "data set",
          "networks",
          "λ / λ_max",
          "held-out MSE",
          "accuracy",
          "neurons",
          "sparser λ / λ_max",
          "held-out MSE",
          "neurons",
          "made");

  /** The page, whole: one html file. */
  public String html() {
    boolean met = missed == 0;
    Page page =
        new Page("Study of regularization paths", title)
            .verdict(met ? "Certified." : "Certified, but loosely.", sentence(), met)
            .cards("Study", cards())
            .grid(
                "What to choose",
                COLUMNS,
                curves.stream().map(StudyPage::row).toList(),
                "The λ of smallest held-out error, and the largest whose error is within one standard error"
                    + " of it; means over splits and seeds, the standard error that of the mean over"
                    + " splits. Made: where the network of its data set and model, fitted on all rows, is"
                    + " from.");
    List<String> names = curves.stream().map(StudyCurve::dataSet).distinct().toList();
    // A study of optimal networks at one lambda has no paths to draw.
    boolean along = sections.isEmpty() || curves.get(0).ratios().length > 1;
    for (int i = 0; i < names.size() && along; i++) {
      page.charts(names.get(i), charts(names.get(i), i));
    }
    for (int i = 0; i < sections.size(); i++) {
      sections.get(i).addTo(page, i);
    }
    return page.table("Run", figures).html();
  }

  private String sentence() {
    String proven =
        "For each of the "
            + rows
            + " networks a dual point gives a lower bound on the objective of every network with the"
            + " same activation patterns; they lie above these bounds by at most "
            + Numbers.text(worstGap, 3)
            + " of their own objectives.";
    return missed == 0
        ? proven
        : proven
            + " "
            + missed
            + " of them miss the tolerance "
            + Numbers.text(tolerance)
            + " that was asked for.";
  }

  private List<KeyFigure> cards() {
    return List.of(
        KeyFigure.of("data sets", curves.stream().map(StudyCurve::dataSet).distinct().count()),
        KeyFigure.of("paths", (long) paths),
        KeyFigure.of("networks", rows),
        new KeyFigure("worst certified gap", Numbers.text(worstGap, 3)),
        KeyFigure.of("tolerance", tolerance));
  }

  private static List<String> row(StudyCurve curve) {
    int best = curve.best();
    int sparse = curve.sparse();
    return List.of(
        curve.dataSet(),
        curve.name(),
        Numbers.text(curve.ratios()[best]),
        curve.heldError() == null
            ? Numbers.NONE
            : Numbers.text(curve.heldError().mean()[best])
                + " ± "
                + Numbers.text(curve.standardError(), 2),
        curve.heldAccuracy() == null
            ? Numbers.NONE
            : Numbers.percent(curve.heldAccuracy().mean()[best]),
        Numbers.text(curve.neurons().mean()[best], 3),
        Numbers.text(curve.ratios()[sparse]),
        curve.heldError() == null ? Numbers.NONE : Numbers.text(curve.heldError().mean()[sparse]),
        Numbers.text(curve.neurons().mean()[sparse], 3),
        curve.chosen() ? "yes" : "");
  }

  private List<Figure> charts(String dataSet, int number) {
    List<StudyCurve> own =
        curves.stream().filter(curve -> curve.dataSet().equals(dataSet)).toList();
    String error = "mean squared error, log scale";
    String share = "share of rows with the right label";
    BandChart accuracy = new BandChart(own, StudyCurve::heldAccuracy, Scale.PERCENT, share);
    boolean even = accuracy.known();
    List<Figure> charts = new ArrayList<>();
    charts.add(
        new BandChart(own, StudyCurve::heldError, Scale.LOG, error)
            .figure("held-error-" + number, "Held-out error", Figure.Size.HALF));
    charts.add(
        new BandChart(own, StudyCurve::trainError, Scale.LOG, error)
            .figure("train-error-" + number, "Training error", Figure.Size.HALF));
    if (even) {
      charts.add(accuracy.figure("held-accuracy-" + number, "Held-out accuracy", Figure.Size.HALF));
    }
    // Halves come in pairs.
    charts.add(
        new BandChart(own, StudyCurve::neurons, Scale.LINEAR, "neurons of a network")
            .figure("width-" + number, "Width", even ? Figure.Size.HALF : Figure.Size.BAND));
    return charts;
  }
}
