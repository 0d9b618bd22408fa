package org.relupath.spark.result.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.relupath.spark.config.ModelSettings.LossScaling;
import org.relupath.spark.data.Baselines;
import org.relupath.spark.data.PartMetrics;
import org.relupath.spark.report.Axis;
import org.relupath.spark.report.Chart;
import org.relupath.spark.report.Ink;
import org.relupath.spark.report.Numbers;
import org.relupath.spark.result.PathRow;

/** What networks of a path cost, how they do and how wide they are, against log lambda. */
final class PathCharts {
  /** Where gaps are drawn that rounding made smaller still, or 0. */
  private static final double FLOOR = 1e-16;

  private final PathPage page;
  private final LambdaChart charts;

  PathCharts(PathPage page) {
    this.page = page;
    this.charts = new LambdaChart(page);
  }

  /** Objective, loss and penalty. */
  Chart objective() {
    String unit =
        page.lossScaling() == LossScaling.MEAN
            ? "value, in half mean squared errors"
            : "value, in half sums of squared errors";
    Chart chart =
        charts.chart(
            "objective",
            "Objective",
            "What is minimised at each λ and its two parts, loss and penalty: as λ shrinks the"
                + " network may grow, and the loss falls.",
            Chart.Size.HALF,
            Axis.fromZero(unit));
    charts.dotted(
        chart, "objective", charts.values(PathRow::objective), Ink.BLUE, Chart.Stroke.CURVE);
    return line(chart, "loss", PathRow::loss, Ink.VERMILLION, Chart.Stroke.DASHED)
        .line(
            "penalty",
            charts.lambdas(),
            charts.values(PathRow::penalty),
            Ink.GREEN,
            Chart.Stroke.DOTTED);
  }

  private Chart line(
      Chart chart, String name, Function<PathRow, Double> value, Ink ink, Chart.Stroke stroke) {
    return chart.line(
        name, charts.lambdas(), charts.values(p -> number(value.apply(p))), ink, stroke);
  }

  /** The certified relative gap. */
  Chart gap() {
    double tolerance = page.solved().tolerance();
    double[] gaps = charts.values(p -> Math.max(p.relativeGap(), FLOOR));
    double least = Math.min(DoubleStream.of(gaps).min().orElse(1), tolerance / 100);
    double most = Math.max(DoubleStream.of(gaps).max().orElse(0), 10 * tolerance);
    Chart chart =
        charts.chart(
            "gap",
            "Certified gap",
            gapCaption(),
            Chart.Size.HALF,
            Axis.log("relative gap, (objective − bound) / objective").within(least / 2, 2 * most));
    charts.dotted(chart, "relative gap", gaps, Ink.BLUE, Chart.Stroke.NONE);
    return chart.horizontal(tolerance, "tolerance " + Numbers.text(tolerance));
  }

  private String gapCaption() {
    long floored = page.rows().stream().filter(p -> p.relativeGap() < FLOOR).count();
    long between = page.rows().stream().filter(p -> !p.solved()).count();
    String some = floored == 1 ? " gap" : " gaps";
    return "How far from the global optimum each network can be at most. "
        + (between == 0
            ? "Every λ was solved."
            : ("Dots are solved λ; the " + between + (between == 1 ? " ring is" : " rings are"))
                + " certified interpolations between neighbours.")
        + (floored == 0
            ? ""
            : (" " + floored + some + " below " + Numbers.text(FLOOR))
                + (" (zero up to rounding), drawn at " + Numbers.text(FLOOR) + "."));
  }

  /** Number of neurons and of active blocks. */
  Chart width(Chart.Size size) {
    boolean equal = page.rows().stream().allMatch(p -> p.neurons() == p.activeBlocks());
    Chart chart =
        charts.chart(
            "width",
            "Width of the network",
            "Neurons of the network"
                + (equal
                    ? ", one for each active block."
                    : " (solid) and active blocks of the convex program (dashed)."),
            size,
            Axis.count(equal ? "neurons, one an active block" : "count"));
    charts.dotted(chart, "neurons", charts.values(PathRow::neurons), Ink.BLUE, Chart.Stroke.CURVE);
    if (!equal) {
      double[] blocks = charts.values(PathRow::activeBlocks);
      charts.dotted(chart, "active blocks", blocks, Ink.ORANGE, Chart.Stroke.DASHED);
    }
    return chart;
  }

  /** Mean squared errors and, where labels have two values, shares of rows with the right one. */
  List<Chart> errors() {
    List<Chart> all = new ArrayList<>();
    all.add(
        error(
            "error",
            Axis.fromZero("mean squared error"),
            PathRow::trainMse,
            PathRow::validMse,
            own -> own.metrics().mse()));
    all.add(
        error(
            "accuracy",
            Axis.percent("share of rows with the right label"),
            PathRow::trainAccuracy,
            PathRow::validAccuracy,
            own -> own.metrics().accuracy()));
    all.removeIf(Objects::isNull);
    return all;
  }

  /** A measure on training and held-out rows; null where there is nothing to draw. */
  private Chart error(
      String id,
      Axis up,
      Function<PathRow, Double> train,
      Function<PathRow, Double> held,
      Function<PartMetrics, Double> baseline) {
    boolean trained = page.rows().stream().map(train).anyMatch(Objects::nonNull);
    boolean heldOut = page.rows().stream().map(held).anyMatch(Objects::nonNull);
    if (!trained && !heldOut) {
      return null;
    }
    String caption =
        heldOut
            ? "On training rows (dashed) and on held-out rows (solid)."
            : "On training rows; there are no held-out rows.";
    boolean error = id.equals("error");
    Chart chart =
        charts.chart(
            id,
            error ? "Error" : "Accuracy",
            caption + (error ? " Chosen by " + page.selection().words() + "." : "") + baselines(),
            Chart.Size.HALF,
            up);
    double[] own = charts.values(p -> number(train.apply(p)));
    if (heldOut) {
      double[] others = charts.values(p -> number(held.apply(p)));
      charts.dotted(chart, "held out", others, Ink.VERMILLION, Chart.Stroke.CURVE);
    }
    if (heldOut && trained) {
      chart.line("training", charts.lambdas(), own, Ink.BLUE, Chart.Stroke.DASHED);
    } else if (trained) {
      charts.dotted(chart, "training", own, Ink.BLUE, Chart.Stroke.CURVE);
    }
    return levels(chart, heldOut, baseline);
  }

  private Baselines simplest() {
    return page.measured() == null ? null : page.measured().baselines();
  }

  private String baselines() {
    return simplest() == null ? "" : " Dotted: the simplest models on the rows of the solid line.";
  }

  /** Adds what a constant and a ridge regression make of the rows. */
  private Chart levels(Chart chart, boolean held, Function<PartMetrics, Double> measure) {
    if (simplest() == null) {
      return chart;
    }
    level(chart, "constant", simplest().constant(), held, measure, Ink.MUTED);
    return simplest().ridge() == null
        ? chart
        : level(chart, "ridge regression", simplest().ridge().parts(), held, measure, Ink.PURPLE);
  }

  private Chart level(
      Chart chart,
      String name,
      Baselines.Parts parts,
      boolean held,
      Function<PartMetrics, Double> measure,
      Ink ink) {
    PartMetrics part = held ? parts.valid() : parts.train();
    Double height = part == null ? null : measure.apply(part);
    return height == null
        ? chart
        : chart.line(name, charts.lambdas(), charts.values(p -> height), ink, Chart.Stroke.DOTTED);
  }

  private static double number(Double value) {
    return value == null ? Double.NaN : value;
  }
}
