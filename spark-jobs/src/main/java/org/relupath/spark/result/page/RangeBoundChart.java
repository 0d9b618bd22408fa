package org.relupath.spark.result.page;

import java.util.List;
import org.relupath.core.path.GapBound;
import org.relupath.spark.report.Axis;
import org.relupath.spark.report.Chart;
import org.relupath.spark.report.Ink;
import org.relupath.spark.report.Numbers;
import org.relupath.spark.train.program.SolvedPath;

/** The certified bound at every lambda of a range, with the solved lambdas marked. */
final class RangeBoundChart {
  /** Places of an interval where its bound is drawn, more towards its ends. */
  private static final int PLACES = 40;

  /** Share of what was asked for below which bounds are drawn there. */
  private static final double FLOOR = 1e-3;

  private RangeBoundChart() {}

  static Chart of(PathPage page) {
    SolvedPath range = page.solved();
    double asked = range.epsilon().getAsDouble();
    double floor = FLOOR * asked;
    List<GapBound> bounds = range.bounds();
    int solved = bounds.size() + 1;
    double[] x = new double[solved];
    double[] y = new double[solved];
    for (int k = 0; k < solved; k++) {
      GapBound bound = bounds.get(Math.max(0, k - 1));
      x[k] = k == 0 ? bound.upper() : bound.lower();
      y[k] = Math.max(floor, k == 0 ? bound.atUpper() : bound.atLower());
    }
    Chart chart =
        new LambdaChart(page)
            .chart(
                "bound",
                "Certified bound at every λ",
                "How far above the optimum the interpolated network can be at most, in units of"
                    + " ‖y‖²/2: a bound in closed form between any two neighbouring dots, which are"
                    + " the solved λ. Bounds below a thousandth of what was asked for are drawn"
                    + " there.",
                Chart.Size.HALF,
                Axis.log("bound, in units of ‖y‖²/2")
                    .within(floor / 2, 3 * Math.max(asked, range.worst())));
    line(chart, bounds, floor);
    return chart
        .dots("solved", x, y, Ink.BLUE, Chart.Symbol.DISC)
        .horizontal(asked, "asked for: " + Numbers.text(asked))
        .legend(List.of());
  }

  private static void line(Chart chart, List<GapBound> bounds, double floor) {
    double[] x = new double[bounds.size() * (PLACES + 1)];
    double[] y = new double[x.length];
    for (int k = 0; k < bounds.size(); k++) {
      GapBound bound = bounds.get(k);
      for (int i = 0; i <= PLACES; i++) {
        double t = 0.5 - 0.5 * Math.cos(Math.PI * i / PLACES);
        double lambda = Math.max(bound.lower(), (1 - t) * bound.upper() + t * bound.lower());
        x[k * (PLACES + 1) + i] = lambda;
        y[k * (PLACES + 1) + i] = Math.max(floor, bound.at(Math.min(bound.upper(), lambda)));
      }
    }
    chart.line("bound", x, y, Ink.BLUE, Chart.Stroke.CURVE);
  }
}
