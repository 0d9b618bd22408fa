package org.relupath.spark.study.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.relupath.spark.report.Axis;
import org.relupath.spark.report.Chart;
import org.relupath.spark.report.KeyFigure;
import org.relupath.spark.report.Numbers;
import org.relupath.spark.report.Page;

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
  /** Grids are made by one formula: shares of lambda_max differ by rounding alone. */
  private static final double SAME_RATIO = 1e-9;

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
            .verdict(met ? "Certified." : "Certified, but loosely.", sentence(), met);
    List<String> names = curves.stream().map(StudyCurve::dataSet).distinct().toList();
    names.forEach(name -> choice(page, name));
    page.cards("Study", cards())
        .grid(
            "What to choose",
            COLUMNS,
            curves.stream().map(StudyPage::row).toList(),
            "The λ of smallest held-out error, and the largest whose error is within one standard error"
                + " of it; means over splits and seeds, the standard error that of the mean over"
                + " splits. Made: where the network of its data set and model, fitted on all rows, is"
                + " from.");
    // A study of optimal networks at one lambda has no paths to draw.
    boolean along = sections.isEmpty() || curves.get(0).ratios().length > 1;
    if (along && sharesGrid()) {
      List<Page.Step> steps =
          IntStream.range(0, curves.get(0).ratios().length).mapToObj(this::step).toList();
      page.slider(steps, curves.get(0).best());
    }
    for (int i = 0; i < names.size() && along; i++) {
      page.charts(names.get(i), charts(names.get(i), i));
    }
    for (int i = 0; i < sections.size(); i++) {
      sections.get(i).addTo(page, i);
    }
    return page.table("Run", figures).html();
  }

  /** Which networks of a data set to take, in words. */
  private void choice(Page page, String dataSet) {
    Optional<StudyCurve> smallest =
        curves.stream()
            .filter(curve -> curve.dataSet().equals(dataSet) && curve.heldError() != null)
            .min(Comparator.comparingDouble(curve -> curve.heldError().mean()[curve.best()]));
    if (smallest.isEmpty()) {
      return;
    }
    StudyCurve curve = smallest.get();
    boolean edge = curve.best() == curve.ratios().length - 1 && curve.ratios().length > 1;
    page.verdict(
        dataSet + ": " + curve.name() + ".",
        "The smallest mean held-out error of all, "
            + error(curve)
            + ", with "
            + Numbers.text(curve.neurons().mean()[curve.best()], 3)
            + " neurons at λ / λ_max = "
            + Numbers.text(curve.ratios()[curve.best()])
            + "."
            + (curve.sparse() == curve.best()
                ? ""
                : " Within one standard error of it are networks of "
                    + Numbers.text(curve.neurons().mean()[curve.sparse()], 3)
                    + " neurons, at "
                    + Numbers.text(curve.ratios()[curve.sparse()])
                    + ".")
            + (edge
                ? " This is the smallest λ of the grid: with a smaller --lambda-min-ratio errors may fall"
                    + " further."
                : ""),
        !edge);
  }

  private static String error(StudyCurve curve) {
    return curve.heldError() == null
        ? Numbers.NONE
        : Numbers.text(curve.heldError().mean()[curve.best()])
            + " ± "
            + Numbers.text(curve.standardError(), 2);
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
        error(curve),
        curve.heldAccuracy() == null
            ? Numbers.NONE
            : Numbers.percent(curve.heldAccuracy().mean()[best]),
        Numbers.text(curve.neurons().mean()[best], 3),
        Numbers.text(curve.ratios()[sparse]),
        curve.heldError() == null ? Numbers.NONE : Numbers.text(curve.heldError().mean()[sparse]),
        Numbers.text(curve.neurons().mean()[sparse], 3),
        curve.chosen() ? "yes" : "");
  }

  private List<Chart> charts(String dataSet, int number) {
    List<StudyCurve> own =
        curves.stream().filter(curve -> curve.dataSet().equals(dataSet)).toList();
    Axis share = Axis.percent("share of rows with the right label");
    BandChart accuracy = new BandChart(own, StudyCurve::heldAccuracy, share);
    boolean even = accuracy.known();
    List<Chart> charts = new ArrayList<>();
    charts.add(
        new BandChart(own, StudyCurve::heldError, BandChart.errors(own, StudyCurve::heldError))
            .chart("held-error-" + number, "Held-out error", Chart.Size.HALF));
    charts.add(
        new BandChart(own, StudyCurve::trainError, BandChart.errors(own, StudyCurve::trainError))
            .chart("train-error-" + number, "Training error", Chart.Size.HALF));
    if (even) {
      charts.add(accuracy.chart("held-accuracy-" + number, "Held-out accuracy", Chart.Size.HALF));
    }
    // Halves come in pairs.
    charts.add(
        new BandChart(own, StudyCurve::neurons, Axis.fromZero("neurons of a network"))
            .chart("width-" + number, "Width", even ? Chart.Size.HALF : Chart.Size.BAND));
    return charts;
  }

  /** Whether all paths have one grid, which a slider can run along. */
  private boolean sharesGrid() {
    double[] first = curves.get(0).ratios();
    return first.length > 1
        && curves.stream()
            .allMatch(
                curve ->
                    curve.ratios().length == first.length
                        && IntStream.range(0, first.length)
                            .allMatch(
                                k -> Math.abs(curve.ratios()[k] / first[k] - 1) < SAME_RATIO));
  }

  /** What every curve has at a lambda of the grid. */
  private Page.Step step(int k) {
    List<KeyFigure> figures = new ArrayList<>();
    figures.add(KeyFigure.of("λ / λ_max", curves.get(0).ratios()[k]));
    boolean several = curves.stream().map(StudyCurve::dataSet).distinct().count() > 1;
    for (StudyCurve curve : curves) {
      String error =
          curve.heldError() == null
              ? "training MSE " + Numbers.text(curve.trainError().mean()[k], 3)
              : "held-out MSE " + Numbers.text(curve.heldError().mean()[k], 3);
      figures.add(
          new KeyFigure(
              (several ? curve.dataSet() + ", " : "") + curve.name(),
              error + ", " + Numbers.text(curve.neurons().mean()[k], 3) + " neurons"));
    }
    return new Page.Step(curves.get(0).ratios()[k], figures);
  }
}
