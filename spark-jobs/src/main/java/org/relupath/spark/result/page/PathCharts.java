package org.relupath.spark.result.page;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.relupath.spark.config.ModelSettings.LossScaling;
import org.relupath.spark.report.Figure;
import org.relupath.spark.report.Scale;
import org.relupath.spark.report.ScaledAxis;
import org.relupath.spark.report.Span;
import org.relupath.spark.report.Theme;
import org.relupath.spark.result.PathRow;

/** What networks of a path cost, how they do and how wide they are, against log lambda. */
record PathCharts(PathPage page) {

  private LambdaChart chart(Scale scale, Span span, double below, double above) {
    return new LambdaChart(page, new ScaledAxis(scale, span.range(below, above)), 0.03);
  }

  /** Objective, loss and penalty. */
  Figure objective() {
    Span span = new Span().with(0);
    page.rows().forEach(p -> span.with(p.objective(), p.loss(), p.penalty()));
    String unit =
        page.lossScaling() == LossScaling.MEAN
            ? "value, in half mean squared errors"
            : "value, in half sums of squared errors";
    return Figure.draw(
        "objective",
        "Objective",
        "What is minimised at each λ and its two parts, loss and penalty: as λ shrinks the network may grow,"
            + " and the loss falls.",
        Figure.Size.HALF,
        () -> {
          LambdaChart chart = chart(Scale.LINEAR, span, 0, 0.16);
          return chart
              .curve("objective", chart.values(PathRow::objective), Theme.BLUE, Theme.CURVE)
              .line("loss", chart.values(PathRow::loss), Theme.VERMILLION, Theme.DASHED)
              .line("penalty", chart.values(PathRow::penalty), Theme.GREEN, Theme.DOTTED)
              .chart(unit, true);
        });
  }

  /** Number of neurons and of active blocks. */
  Figure width(Figure.Size size) {
    boolean same = page.rows().stream().allMatch(p -> p.neurons() == p.activeBlocks());
    Span span = new Span().with(0, 1);
    page.rows().forEach(p -> span.with(p.neurons(), p.activeBlocks()));
    return Figure.draw(
        "width",
        "Width of the network",
        "Neurons of the network"
            + (same
                ? ", one for each active block."
                : " (solid) and active blocks of the convex program (dashed)."),
        size,
        () -> {
          LambdaChart chart = chart(Scale.COUNT, span, 0, 0.16);
          chart.curve("neurons", chart.values(PathRow::neurons), Theme.BLUE, Theme.CURVE);
          if (!same) {
            double[] blocks = chart.values(PathRow::activeBlocks);
            chart.curve("active blocks", blocks, Theme.ORANGE, Theme.DASHED);
          }
          return chart.chart(same ? "neurons, one an active block" : "count", !same);
        });
  }

  /** Mean squared errors and, where labels have two values, shares of rows with the right one. */
  List<Figure> errors() {
    String shares = "share of rows with the right label";
    return Stream.of(
            error(Scale.LINEAR, PathRow::trainMse, PathRow::validMse, "mean squared error"),
            error(Scale.PERCENT, PathRow::trainAccuracy, PathRow::validAccuracy, shares))
        .filter(Objects::nonNull)
        .toList();
  }

  /** A measure on training and held-out rows; null where there is nothing to draw. */
  private Figure error(
      Scale scale, Function<PathRow, Double> train, Function<PathRow, Double> held, String upName) {
    boolean trained = page.rows().stream().map(train).anyMatch(Objects::nonNull);
    boolean heldOut = page.rows().stream().map(held).anyMatch(Objects::nonNull);
    if (!trained && !heldOut) {
      return null;
    }
    boolean shares = scale == Scale.PERCENT;
    String caption =
        heldOut
            ? "On training rows (dashed) and on held-out rows (solid)."
            : "On training rows; there are no held-out rows.";
    Span span = shares ? new Span() : new Span().with(0);
    page.rows().forEach(p -> span.with(number(train.apply(p)), number(held.apply(p))));
    return Figure.draw(
        shares ? "accuracy" : "error",
        shares ? "Accuracy" : "Error",
        shares ? caption : caption + " Chosen by: " + page.selection().by() + ".",
        Figure.Size.HALF,
        () -> {
          LambdaChart chart = chart(scale, span, 0.04, 0.18);
          double[] own = chart.values(p -> number(train.apply(p)));
          if (heldOut) {
            double[] others = chart.values(p -> number(held.apply(p)));
            chart.curve("held out", others, Theme.VERMILLION, Theme.CURVE);
          }
          if (heldOut && trained) {
            chart.line("training", own, Theme.BLUE, Theme.DASHED);
          } else if (trained) {
            chart.curve("training", own, Theme.BLUE, Theme.CURVE);
          }
          return chart.chart(upName, true);
        });
  }

  private static double number(Double value) {
    return value == null ? Double.NaN : value;
  }
}
