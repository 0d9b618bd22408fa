package org.relupath.spark.result.page;

import java.util.List;
import org.jfree.chart.JFreeChart;
import org.relupath.core.path.GapBound;
import org.relupath.spark.report.Curves;
import org.relupath.spark.report.Dots;
import org.relupath.spark.report.Figure;
import org.relupath.spark.report.Markers;
import org.relupath.spark.report.Numbers;
import org.relupath.spark.report.Scale;
import org.relupath.spark.report.ScaledAxis;
import org.relupath.spark.report.Span;
import org.relupath.spark.report.Theme;
import org.relupath.spark.train.program.SolvedPath;

/** The certified bound at every lambda of a range, with the solved lambdas marked. */
final class RangeBoundChart {
  /** Places of an interval where its bound is drawn, more towards its ends. */
  private static final int PLACES = 40;

  /** Decades below what was asked for that are drawn. */
  private static final double DEPTH = 3;

  private RangeBoundChart() {}

  static Figure of(PathPage page) {
    return Figure.draw(
        "bound",
        "Certified bound at every λ",
        "How far above the optimum the interpolated network can be at most, in units of ‖y‖²/2: a"
            + " bound in closed form between any two neighbouring dots, which are the solved λ."
            + " Bounds below a thousandth of what was asked for are drawn there.",
        Figure.Size.HALF,
        () -> draw(page));
  }

  private static JFreeChart draw(PathPage page) {
    SolvedPath range = page.solved();
    double asked = Math.log10(range.epsilon().getAsDouble());
    double floor = asked - DEPTH;
    Span span = new Span().with(floor, asked + 0.5, Math.log10(Math.max(range.worst(), 1e-300)));
    LambdaChart chart =
        new LambdaChart(page, new ScaledAxis(Scale.LOG, span.range(0.04, 0.16)), 0.03);
    String label = "asked for: " + Numbers.text(range.epsilon().getAsDouble());
    chart.plot().addRangeMarker(Markers.level(asked, label, Theme.VERMILLION));
    Curves curves = new Curves(chart.plot());
    int solved = range.bounds().size() + 1;
    double[] x = new double[solved];
    double[] y = new double[solved];
    for (int k = 0; k < solved; k++) {
      GapBound bound = range.bounds().get(Math.max(0, k - 1));
      x[k] = Math.log10(k == 0 ? bound.upper() : bound.lower());
      y[k] = height(k == 0 ? bound.atUpper() : bound.atLower(), floor);
    }
    curves.dots("solved", x, y, Theme.BLUE, Dots.DISC, true);
    return line(curves, range.bounds(), floor).chart("bound, in units of ‖y‖²/2", false);
  }

  private static Curves line(Curves curves, List<GapBound> bounds, double floor) {
    double[] x = new double[bounds.size() * (PLACES + 1)];
    double[] y = new double[x.length];
    for (int k = 0; k < bounds.size(); k++) {
      GapBound bound = bounds.get(k);
      for (int i = 0; i <= PLACES; i++) {
        double t = 0.5 - 0.5 * Math.cos(Math.PI * i / PLACES);
        double lambda = Math.max(bound.lower(), (1 - t) * bound.upper() + t * bound.lower());
        x[k * (PLACES + 1) + i] = Math.log10(lambda);
        y[k * (PLACES + 1) + i] = height(bound.at(Math.min(bound.upper(), lambda)), floor);
      }
    }
    return curves.line("bound", x, y, Theme.BLUE, Theme.CURVE);
  }

  private static double height(double gap, double floor) {
    return Math.max(floor, Math.log10(Math.max(gap, 1e-300)));
  }
}
