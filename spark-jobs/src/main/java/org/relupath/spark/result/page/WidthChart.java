package org.relupath.spark.result.page;

import org.jfree.chart.JFreeChart;
import org.relupath.spark.report.Figure;
import org.relupath.spark.report.Scale;
import org.relupath.spark.report.ScaledAxis;
import org.relupath.spark.report.Span;
import org.relupath.spark.report.Theme;

/** Number of neurons and of active blocks against log lambda. */
final class WidthChart {
  private WidthChart() {}

  static Figure of(PathReport report, Figure.Size size) {
    return Figure.draw(
        "width",
        "Width of the network",
        "Neurons of the network"
            + (same(report)
                ? ", one for each active block."
                : " (solid) and active blocks of the convex program (dashed)."),
        size,
        () -> draw(report));
  }

  private static boolean same(PathReport report) {
    return report.points().stream().allMatch(p -> p.neurons() == p.activeBlocks());
  }

  private static JFreeChart draw(PathReport report) {
    Span span = new Span().with(0, 1);
    report.points().forEach(p -> span.with(p.neurons(), p.activeBlocks()));
    LambdaChart chart =
        new LambdaChart(report, new ScaledAxis(Scale.COUNT, span.range(0, 0.16)), 0.03);
    chart.curve("neurons", chart.values(PathPoint::neurons), Theme.BLUE, Theme.CURVE);
    if (!same(report)) {
      chart.curve(
          "active blocks", chart.values(PathPoint::activeBlocks), Theme.ORANGE, Theme.DASHED);
    }
    return chart.chart(same(report) ? "neurons, one an active block" : "count", !same(report));
  }
}
