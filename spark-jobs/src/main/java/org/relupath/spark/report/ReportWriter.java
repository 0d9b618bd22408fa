package org.relupath.spark.report;

import java.util.ArrayList;
import java.util.List;
import org.relupath.core.program.Model;

/**
 * Writes reports: whole pages that open from a file, fetch nothing and are the same bytes for the
 * same report.
 *
 * <p>A chart that cannot be drawn is replaced by a line that says so, never by an exception.
 */
public final class ReportWriter {
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

  private ReportWriter() {}

  /** The page of a path. */
  public static String path(PathReport report) {
    Proof proof = new Proof(report.points(), report.tolerance(), report.global());
    List<KeyFigure> figures = new ArrayList<>(report.figures());
    long solved = report.points().stream().filter(PathPoint::solved).count();
    figures.add(new KeyFigure("λ on the path", Integer.toString(report.points().size())));
    figures.add(new KeyFigure("of them solved", Long.toString(solved)));
    figures.add(new KeyFigure("worst certified gap", gap(proof.worst())));
    figures.add(KeyFigure.of("tolerance", report.tolerance()));
    return path(report, page(report).proof(proof), figures, GapChart.of(report));
  }

  /** The page of a path that is certified at every lambda between its own. */
  public static String path(PathReport report, CertifiedRange range) {
    String claim = range.reached() ? "Certified at every λ." : "Certified, but loosely.";
    List<KeyFigure> figures = new ArrayList<>(report.figures());
    figures.add(new KeyFigure("λ on the path", Integer.toString(report.points().size())));
    figures.add(new KeyFigure("programs solved", Integer.toString(range.solves())));
    figures.add(new KeyFigure("worst bound / (‖y‖²/2)", Numbers.text(range.worst(), 3)));
    figures.add(KeyFigure.of("asked for", range.epsilon()));
    figures.add(KeyFigure.of("tolerance of the solved λ", report.tolerance()));
    Page page = page(report).verdict(claim, range.sentence(), range.reached());
    return path(report, page, figures, RangeBoundChart.of(report, range));
  }

  private static Page page(PathReport report) {
    return new Page(kind("Regularization path of ", "s", report.model()), report.title());
  }

  private static String path(
      PathReport report, Page page, List<KeyFigure> figures, Figure certified) {
    return page.cards("Chosen network (" + report.chosenBy() + ")", cards(report.chosen()))
        .table("Run", figures)
        .charts("Path", charts(report, certified))
        .rows(
            "All " + report.points().size() + " λ as a table",
            COLUMNS,
            report.points().stream().map(ReportWriter::row).toList(),
            report.chosenIndex())
        .html();
  }

  /** The page of a fit. */
  public static String fit(FitReport report) {
    Proof proof = new Proof(List.of(report.point()), report.tolerance(), report.global());
    List<KeyFigure> figures = new ArrayList<>(report.figures());
    figures.add(KeyFigure.of("loss", report.point().loss()));
    figures.add(KeyFigure.of("penalty", report.point().penalty()));
    figures.add(KeyFigure.of("lower bound", report.point().dualObjective()));
    figures.add(KeyFigure.of("tolerance", report.tolerance()));
    List<Figure> charts = new ArrayList<>();
    charts.add(NeuronChart.of(report));
    charts.add(scores(report, report.train(), "training rows", "training"));
    if (report.held() != null) {
      charts.add(scores(report, report.held(), "held-out rows", "held-out"));
    }
    return new Page(kind("Certified ", "", report.model()), report.title())
        .proof(proof)
        .cards("Network", cards(report.point()))
        .table("Run", figures)
        .charts("Charts", charts)
        .html();
  }

  /** The page of an optimal set. */
  public static String optimalSet(OptimalSetReport report) {
    return OptimalSetPage.html(report, null);
  }

  /** The page of an optimal set of dimension 1 or 2, with a picture of it. */
  public static String optimalSet(OptimalSetReport report, PolytopePicture picture) {
    return OptimalSetPage.html(report, java.util.Objects.requireNonNull(picture, "picture"));
  }

  /** The page of prunings. */
  public static String pruning(PruningReport report) {
    return PruningPage.html(report);
  }

  /** The page of an audit. */
  public static String audit(AuditReport report) {
    return AuditPage.html(report);
  }

  /** The page of a study. */
  public static String study(StudyReport report) {
    return StudyPage.html(report);
  }

  /** What a page is about, with the model's name in the middle. */
  static String kind(String before, String plural, Model model) {
    return before + (model == Model.RELU ? "ReLU network" : "gated ReLU network") + plural;
  }

  private static Figure scores(FitReport report, Scores scores, String rows, String id) {
    return report.labels().isEmpty()
        ? new ScatterChart(scores, rows, id).figure()
        : new HistogramChart(scores, report.labels(), rows, id).figure();
  }

  private static List<Figure> charts(PathReport report, Figure certified) {
    List<Figure> charts = new ArrayList<>();
    charts.add(NormChart.of(report));
    charts.add(ObjectiveChart.of(report));
    charts.add(certified);
    for (ErrorChart chart : List.of(ErrorChart.squares(report), ErrorChart.accuracy(report))) {
      if (chart.known()) {
        charts.add(chart.figure());
      }
    }
    // Halves come in pairs below the first chart, which takes the whole width.
    boolean odd = charts.size() % 2 == 1;
    charts.add(WidthChart.of(report, odd ? Figure.Size.BAND : Figure.Size.HALF));
    return charts;
  }

  private static List<KeyFigure> cards(PathPoint point) {
    List<KeyFigure> cards = new ArrayList<>();
    cards.add(KeyFigure.of("λ", point.lambda()));
    cards.add(KeyFigure.of("objective", point.objective()));
    cards.add(new KeyFigure("relative gap", gap(point)));
    cards.add(KeyFigure.of("neurons", (long) point.neurons()));
    cards.add(KeyFigure.of("training MSE", point.trainMse()));
    cards.add(KeyFigure.of("held-out MSE", point.validMse()));
    cards.add(new KeyFigure("training accuracy", Numbers.percent(point.trainAccuracy())));
    cards.add(new KeyFigure("held-out accuracy", Numbers.percent(point.validAccuracy())));
    cards.removeIf(card -> card.value().equals(Numbers.NONE));
    return cards;
  }

  private static String gap(PathPoint point) {
    return Numbers.text(point.relativeGap(), 3);
  }

  private static List<String> row(PathPoint point) {
    return List.of(
        Numbers.text(point.lambda()),
        Numbers.text(point.objective(), 7),
        gap(point),
        point.solved() ? "yes" : "interpolated",
        Integer.toString(point.activeBlocks()),
        Integer.toString(point.neurons()),
        Numbers.text(point.trainMse()),
        Numbers.text(point.validMse()),
        Numbers.percent(point.trainAccuracy()),
        Numbers.percent(point.validAccuracy()));
  }
}
