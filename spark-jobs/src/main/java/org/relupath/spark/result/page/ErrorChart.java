package org.relupath.spark.result.page;

import java.util.Objects;
import java.util.function.Function;
import org.jfree.chart.JFreeChart;
import org.relupath.spark.report.Figure;
import org.relupath.spark.report.Scale;
import org.relupath.spark.report.ScaledAxis;
import org.relupath.spark.report.Span;
import org.relupath.spark.report.Theme;

/**
 * A measure of the networks on training and held-out rows against log lambda.
 *
 * @param train the measure on the training rows, null where not computed
 * @param held the measure on held-out rows, null where not computed
 */
record ErrorChart(
    PathReport report,
    Function<PathPoint, Double> train,
    Function<PathPoint, Double> held,
    Scale scale) {

  /** Mean squared errors. */
  static ErrorChart squares(PathReport report) {
    return new ErrorChart(report, PathPoint::trainMse, PathPoint::validMse, Scale.LINEAR);
  }

  /** Shares of rows with the right label. */
  static ErrorChart accuracy(PathReport report) {
    return new ErrorChart(
        report, PathPoint::trainAccuracy, PathPoint::validAccuracy, Scale.PERCENT);
  }

  /** Whether there is anything to draw. */
  boolean known() {
    return known(train) || known(held);
  }

  private boolean known(Function<PathPoint, Double> measure) {
    return report.points().stream().map(measure).anyMatch(Objects::nonNull);
  }

  Figure figure() {
    boolean shares = scale == Scale.PERCENT;
    String caption =
        known(held)
            ? "On training rows (dashed) and on held-out rows (solid)."
            : "On training rows; there are no held-out rows.";
    return Figure.draw(
        shares ? "accuracy" : "error",
        shares ? "Accuracy" : "Error",
        shares ? caption : caption + " Chosen by: " + report.chosenBy() + ".",
        Figure.Size.HALF,
        () -> draw(shares ? "share of rows with the right label" : "mean squared error"));
  }

  private JFreeChart draw(String upName) {
    Span span = new Span();
    if (scale == Scale.LINEAR) {
      span.with(0);
    }
    report.points().forEach(p -> span.with(number(train.apply(p)), number(held.apply(p))));
    LambdaChart chart =
        new LambdaChart(report, new ScaledAxis(scale, span.range(0.04, 0.18)), 0.03);
    if (known(held)) {
      chart.curve("held out", values(chart, held), Theme.VERMILLION, Theme.CURVE);
    }
    if (known(held) && known(train)) {
      chart.line("training", values(chart, train), Theme.BLUE, Theme.DASHED);
    } else if (known(train)) {
      chart.curve("training", values(chart, train), Theme.BLUE, Theme.CURVE);
    }
    return chart.chart(upName, true);
  }

  private static double[] values(LambdaChart chart, Function<PathPoint, Double> measure) {
    return chart.values(point -> number(measure.apply(point)));
  }

  private static double number(Double value) {
    return value == null ? Double.NaN : value;
  }
}
