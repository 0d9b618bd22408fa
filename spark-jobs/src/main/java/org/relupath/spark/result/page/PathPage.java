package org.relupath.spark.result.page;

import java.util.ArrayList;
import java.util.List;
import org.relupath.spark.report.Figure;
import org.relupath.spark.report.KeyFigure;
import org.relupath.spark.report.Numbers;
import org.relupath.spark.report.Page;

/** The page of a path. */
public final class PathPage {
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

  private PathPage() {}

  /** The page of a path. */
  public static String html(PathReport report) {
    Proof proof = new Proof(report.points(), report.tolerance(), report.global());
    List<KeyFigure> figures = new ArrayList<>(report.figures());
    long solved = report.points().stream().filter(PathPoint::solved).count();
    figures.add(new KeyFigure("λ on the path", Integer.toString(report.points().size())));
    figures.add(new KeyFigure("of them solved", Long.toString(solved)));
    figures.add(new KeyFigure("worst certified gap", proof.worst().gap()));
    figures.add(KeyFigure.of("tolerance", report.tolerance()));
    return html(report, proof.on(page(report)), figures, GapChart.of(report));
  }

  /** The page of a path that is certified at every lambda between its own. */
  public static String html(PathReport report, CertifiedRange range) {
    String claim = range.reached() ? "Certified at every λ." : "Certified, but loosely.";
    List<KeyFigure> figures = new ArrayList<>(report.figures());
    figures.add(new KeyFigure("λ on the path", Integer.toString(report.points().size())));
    figures.add(new KeyFigure("programs solved", Integer.toString(range.solves())));
    figures.add(new KeyFigure("worst bound / (‖y‖²/2)", Numbers.text(range.worst(), 3)));
    figures.add(KeyFigure.of("asked for", range.epsilon()));
    figures.add(KeyFigure.of("tolerance of the solved λ", report.tolerance()));
    Page page = page(report).verdict(claim, range.sentence(), range.reached());
    return html(report, page, figures, RangeBoundChart.of(report, range));
  }

  private static Page page(PathReport report) {
    return new Page(Page.kind("Regularization path of ", "s", report.model()), report.title());
  }

  private static String html(
      PathReport report, Page page, List<KeyFigure> figures, Figure certified) {
    return page.cards("Chosen network (" + report.chosenBy() + ")", report.chosen().cards())
        .table("Run", figures)
        .charts("Path", charts(report, certified))
        .rows(
            "All " + report.points().size() + " λ as a table",
            COLUMNS,
            report.points().stream().map(PathPage::row).toList(),
            report.chosenIndex())
        .html();
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

  private static List<String> row(PathPoint point) {
    return List.of(
        Numbers.text(point.lambda()),
        Numbers.text(point.objective(), 7),
        point.gap(),
        point.solved() ? "yes" : "interpolated",
        Integer.toString(point.activeBlocks()),
        Integer.toString(point.neurons()),
        Numbers.text(point.trainMse()),
        Numbers.text(point.validMse()),
        Numbers.percent(point.trainAccuracy()),
        Numbers.percent(point.validAccuracy()));
  }
}
