package org.relupath.spark.study.page;

import java.awt.Color;
import java.awt.Stroke;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.relupath.spark.report.Curves;
import org.relupath.spark.report.Dots;
import org.relupath.spark.report.Figure;
import org.relupath.spark.report.Scale;
import org.relupath.spark.report.ScaledAxis;
import org.relupath.spark.report.Span;
import org.relupath.spark.report.Theme;

/**
 * Means with their middle halves against log lambda / lambda_max, a colour a curve; discs mark the
 * best lambda of each, rings the largest that is as good within one standard error.
 *
 * @param curves those of one data set
 * @param band which figure of theirs
 * @param scale what its numbers mean
 * @param upName what they are
 */
record BandChart(
    List<StudyCurve> curves, Function<StudyCurve, Band> band, Scale scale, String upName) {
  private static final List<Color> COLORS =
      List.of(Theme.BLUE, Theme.VERMILLION, Theme.GREEN, Theme.PURPLE, Theme.ORANGE, Theme.SKY);

  /** Whether there is anything to draw. */
  boolean known() {
    return curves.stream().map(band).anyMatch(Objects::nonNull);
  }

  /** The chart with its words. */
  Figure figure(String id, String heading, Figure.Size size) {
    return Figure.draw(
        id,
        heading,
        "Means (lines) and middle halves (bands) over splits and seeds. Discs: smallest held-out error;"
            + " rings: the largest λ within one standard error of it.",
        size,
        this::draw);
  }

  private JFreeChart draw() {
    Span up = new Span();
    if (scale == Scale.LINEAR) {
      up.with(0);
    }
    Span along = new Span();
    for (StudyCurve curve : curves) {
      Band own = band.apply(curve);
      along.with(logs(curve));
      up.with(heights(own.mean())).with(heights(own.low())).with(heights(own.high()));
    }
    ScaledAxis across = new ScaledAxis(Scale.LOG, along.range(0.02, 0.02));
    across.setInverted(true);
    across.setLabel("λ / λ_max (log scale, from large to small)");
    XYPlot plot = Theme.plot(across, new ScaledAxis(scale, up.range(0.03, 0.05)));
    bands(plot);
    Curves front = new Curves(plot);
    for (int i = 0; i < curves.size(); i++) {
      mark(front, i, curves.get(i).sparse(), false);
      mark(front, i, curves.get(i).best(), true);
    }
    plot.setFixedLegendItems(legend());
    return front.chart(upName, true);
  }

  private static double[] logs(StudyCurve curve) {
    return Arrays.stream(curve.ratios()).map(Math::log10).toArray();
  }

  /** Positions on the vertical axis. */
  private double[] heights(double[] values) {
    return Arrays.stream(values).map(v -> scale == Scale.LOG ? Math.log10(v) : v).toArray();
  }

  private void bands(XYPlot plot) {
    YIntervalSeriesCollection series = new YIntervalSeriesCollection();
    DeviationRenderer renderer = new DeviationRenderer(true, false);
    renderer.setAlpha(1);
    for (int i = 0; i < curves.size(); i++) {
      series.addSeries(series(curves.get(i)));
      renderer.setSeriesPaint(i, color(i));
      renderer.setSeriesFillPaint(i, Theme.fade(color(i), 0.16));
      renderer.setSeriesStroke(i, stroke(i));
    }
    plot.setDataset(series);
    plot.setRenderer(renderer);
  }

  private YIntervalSeries series(StudyCurve curve) {
    YIntervalSeries series = new YIntervalSeries(curve.name());
    Band own = band.apply(curve);
    double[] logs = logs(curve);
    double[] mean = heights(own.mean());
    double[] low = heights(own.low());
    double[] high = heights(own.high());
    for (int k = 0; k < logs.length; k++) {
      if (Double.isFinite(mean[k])) {
        series.add(logs[k], mean[k], Double.isFinite(low[k]) ? low[k] : mean[k], high[k]);
      }
    }
    return series;
  }

  private void mark(Curves front, int i, int index, boolean full) {
    StudyCurve curve = curves.get(i);
    front.dots(
        curve.name() + (full ? ", best" : ", within one standard error"),
        new double[] {logs(curve)[index]},
        new double[] {heights(band.apply(curve).mean())[index]},
        color(i),
        Dots.DISC,
        full);
  }

  private LegendItemCollection legend() {
    LegendItemCollection items = new LegendItemCollection();
    for (int i = 0; i < curves.size(); i++) {
      items.add(new LegendItem(curves.get(i).name(), null, null, null, Theme.DASH, color(i)));
    }
    return items;
  }

  private static Color color(int i) {
    return COLORS.get(i % COLORS.size());
  }

  private static Stroke stroke(int i) {
    return i < COLORS.size() ? Theme.CURVE : Theme.DASHED;
  }
}
