package org.relupath.spark.result.page;

import org.jfree.chart.JFreeChart;
import org.relupath.spark.report.Figure;
import org.relupath.spark.report.Scale;
import org.relupath.spark.report.ScaledAxis;
import org.relupath.spark.report.Span;
import org.relupath.spark.report.Theme;

/** Objective, loss and penalty against log lambda. */
final class ObjectiveChart {
  private ObjectiveChart() {}

  static Figure of(PathReport report) {
    return Figure.draw(
        "objective",
        "Objective",
        "What is minimised at each λ and its two parts, loss and penalty: as λ shrinks the network may grow,"
            + " and the loss falls.",
        Figure.Size.HALF,
        () -> draw(report));
  }

  private static JFreeChart draw(PathReport report) {
    Span span = new Span().with(0);
    report.points().forEach(p -> span.with(p.objective(), p.loss(), p.penalty()));
    LambdaChart chart =
        new LambdaChart(report, new ScaledAxis(Scale.LINEAR, span.range(0, 0.16)), 0.03);
    return chart
        .curve("objective", chart.values(PathPoint::objective), Theme.BLUE, Theme.CURVE)
        .line("loss", chart.values(PathPoint::loss), Theme.VERMILLION, Theme.DASHED)
        .line("penalty", chart.values(PathPoint::penalty), Theme.GREEN, Theme.DOTTED)
        .chart(unit(report.meanLoss()), true);
  }

  /** What the loss is measured in. */
  static String unit(boolean mean) {
    return mean ? "value, in half mean squared errors" : "value, in half sums of squared errors";
  }
}
