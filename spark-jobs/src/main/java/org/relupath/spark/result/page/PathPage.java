package org.relupath.spark.result.page;

import java.util.ArrayList;
import java.util.List;
import org.relupath.core.network.Network;
import org.relupath.core.path.GapBound;
import org.relupath.core.program.Model;
import org.relupath.spark.config.ModelSettings.LossScaling;
import org.relupath.spark.report.Chart;
import org.relupath.spark.report.KeyFigure;
import org.relupath.spark.report.Numbers;
import org.relupath.spark.report.Page;
import org.relupath.spark.result.Measurement;
import org.relupath.spark.result.PathRow;
import org.relupath.spark.train.GlobalGap;
import org.relupath.spark.train.choice.LambdaSelection;
import org.relupath.spark.train.program.SolvedPath;

/**
 * The page of a path.
 *
 * @param title heading, such as the name of the data set; plain text
 * @param figures the table of key figures, in order; those that follow from the path are added
 * @param lossScaling whether the loss is a sum or a mean
 * @param solved the weights at every lambda, and what is certified in between
 * @param global how far from all networks, of any width and with any patterns, at worst
 * @param rows at least one, largest lambda first
 * @param selection which lambda was chosen, and why; plain text
 * @param networks on raw features, one a row
 * @param neurons of the chosen network in words; null where nothing is known of them
 * @param warnings what to be aware of
 * @param measured how the chosen network and the simplest models do; null without a table
 */
public record PathPage(
    String title,
    List<KeyFigure> figures,
    LossScaling lossScaling,
    SolvedPath solved,
    GlobalGap global,
    List<PathRow> rows,
    LambdaSelection selection,
    List<Network> networks,
    NeuronCards neurons,
    List<String> warnings,
    Measurement measured) {
  private static final List<String> COLUMNS =
      List.of(
          "λ",
          "objective",
          "relative gap",
          "solved",
          "active blocks",
          "neurons",
          "training MSE",
          "held-out MSE",
          "training accuracy",
          "held-out accuracy");

  /** Which convex program it is of. */
  Model model() {
    return global.networks().model();
  }

  /** The chosen lambda. */
  PathRow chosen() {
    return rows.get(selection.index());
  }

  /** The page, whole: one html file. */
  public String html() {
    Page page = new Page(Page.kind("Regularization path of ", "s", model()), title);
    List<KeyFigure> all = new ArrayList<>(figures);
    all.add(KeyFigure.of("λ on the path", rows.size()));
    if (solved.epsilon().isPresent()) {
      double epsilon = solved.epsilon().getAsDouble();
      boolean reached = solved.worst() <= epsilon;
      page.verdict(
          reached ? "Certified at every λ." : "Certified, but loosely.",
          range(epsilon, reached),
          reached);
      all.add(KeyFigure.of("programs solved", solved.solves()));
      all.add(new KeyFigure("worst bound / (‖y‖²/2)", Numbers.text(solved.worst(), 3)));
      all.add(KeyFigure.of("asked for", epsilon));
      all.add(KeyFigure.of("tolerance of the solved λ", solved.tolerance()));
    } else {
      Proof proof = new Proof(rows, solved.tolerance(), global);
      proof.on(page);
      all.add(KeyFigure.of("of them solved", rows.stream().filter(PathRow::solved).count()));
      all.add(new KeyFigure("worst certified gap", FitPage.gap(proof.worst())));
      all.add(KeyFigure.of("tolerance", solved.tolerance()));
    }
    page.warnings(warnings);
    page.cards("Chosen network, by " + selection.words(), FitPage.cards(chosen()));
    if (measured != null) {
      ScoreGrid.add(page, measured);
    }
    page.slider(steps(), selection.index()).charts("Path", charts());
    if (neurons != null) {
      neurons.on(page);
    }
    PathEvents.on(page, this);
    return page.rows(
            "All " + rows.size() + " λ as a table",
            COLUMNS,
            rows.stream().map(PathPage::cells).toList(),
            selection.index())
        .table("Run", all)
        .html();
  }

  /** What is proven of every lambda of a range, in a sentence; plain text. */
  private String range(double epsilon, boolean reached) {
    List<GapBound> bounds = solved.bounds();
    return "At every λ from "
        + Numbers.text(bounds.get(0).upper())
        + " to "
        + Numbers.text(bounds.get(bounds.size() - 1).lower())
        + ", solved or in between, the network interpolated between its solved neighbours has an"
        + " objective at most "
        + Numbers.text(solved.worst(), 3)
        + " ‖y‖²/2 above that of any network with these activation patterns, however wide and"
        + " however trained. "
        + (reached ? "Asked for: " : "This misses what was asked for: ")
        + Numbers.text(epsilon)
        + ".";
  }

  private List<Chart> charts() {
    PathCharts others = new PathCharts(this);
    List<Chart> charts = new ArrayList<>();
    charts.add(NormChart.of(this));
    charts.add(others.objective());
    charts.add(solved.epsilon().isPresent() ? RangeBoundChart.of(this) : others.gap());
    charts.addAll(others.errors());
    // Halves come in pairs below the first chart, which takes the whole width.
    charts.add(others.width(charts.size() % 2 == 1 ? Chart.Size.BAND : Chart.Size.HALF));
    charts.addAll(new FeatureCharts(this).both());
    return charts;
  }

  /** The lambdas of the slider, each with what a card of it would have. */
  private List<Page.Step> steps() {
    return rows.stream().map(row -> new Page.Step(row.lambda(), FitPage.cards(row))).toList();
  }

  private static List<String> cells(PathRow row) {
    return List.of(
        Numbers.text(row.lambda()),
        Numbers.text(row.objective(), 7),
        FitPage.gap(row),
        row.solved() ? "yes" : "interpolated",
        Integer.toString(row.activeBlocks()),
        Integer.toString(row.neurons()),
        Numbers.text(row.trainMse()),
        Numbers.text(row.validMse()),
        Numbers.percent(row.trainAccuracy()),
        Numbers.percent(row.validAccuracy()));
  }
}
