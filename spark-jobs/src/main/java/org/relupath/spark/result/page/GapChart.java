package org.relupath.spark.result.page;

import org.jfree.chart.JFreeChart;
import org.relupath.spark.report.Figure;
import org.relupath.spark.report.Markers;
import org.relupath.spark.report.Numbers;
import org.relupath.spark.report.Scale;
import org.relupath.spark.report.ScaledAxis;
import org.relupath.spark.report.Span;
import org.relupath.spark.report.Theme;

/** The certified relative gap against log lambda. */
final class GapChart {
  /** Where gaps are drawn that rounding made smaller still, or 0. */
  private static final int FLOOR = -16;

  private GapChart() {}

  static Figure of(PathPage page) {
    return Figure.draw("gap", "Certified gap", caption(page), Figure.Size.HALF, () -> draw(page));
  }

  private static String caption(PathPage page) {
    long floored = page.rows().stream().filter(p -> p.relativeGap() < floor()).count();
    long between = page.rows().stream().filter(p -> !p.solved()).count();
    return "How far from the global optimum each network can be at most. "
        + (between == 0
            ? "Every λ was solved."
            : "Dots are solved λ; the "
                + between
                + (between == 1 ? " ring is" : " rings are")
                + " certified interpolations between neighbours.")
        + (floored == 0
            ? ""
            : " "
                + floored
                + (floored == 1 ? " gap" : " gaps")
                + " below "
                + Numbers.power(FLOOR)
                + " (zero up to rounding), drawn at "
                + Numbers.power(FLOOR)
                + ".");
  }

  private static double floor() {
    return Math.pow(10, FLOOR);
  }

  private static double height(double gap) {
    return Math.log10(Math.max(gap, floor()));
  }

  private static JFreeChart draw(PathPage page) {
    double tolerance = height(page.solved().tolerance());
    Span span = new Span().with(tolerance - 2, tolerance + 1);
    page.rows().forEach(p -> span.with(height(p.relativeGap())));
    LambdaChart chart =
        new LambdaChart(page, new ScaledAxis(Scale.LOG, span.range(0.06, 0.2)), 0.03);
    String label = "tolerance " + Numbers.text(page.solved().tolerance());
    chart.plot().addRangeMarker(Markers.level(tolerance, label, Theme.VERMILLION));
    return chart
        .dots("gap", chart.values(p -> height(p.relativeGap())), Theme.BLUE)
        .chart("relative gap, (objective − bound) / objective", false);
  }
}
