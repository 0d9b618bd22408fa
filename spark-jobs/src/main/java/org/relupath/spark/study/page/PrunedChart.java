package org.relupath.spark.study.page;

import java.awt.Color;
import java.awt.Stroke;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.relupath.spark.report.Curves;
import org.relupath.spark.report.Figure;
import org.relupath.spark.report.Scale;
import org.relupath.spark.report.ScaledAxis;
import org.relupath.spark.report.Span;
import org.relupath.spark.report.Theme;

/**
 * A figure of pruned networks against their width: medians over splits and their middle halves.
 *
 * @param upName what the figure is
 * @param share whether it is a share of rows
 * @param lines one for each way to prune
 */
public record PrunedChart(String upName, boolean share, List<Line> lines) {
  private static final List<Color> COLORS =
      List.of(Theme.BLUE, Theme.VERMILLION, Theme.GREEN, Theme.PURPLE, Theme.ORANGE, Theme.SKY);

  /**
   * One way to prune.
   *
   * @param name of it; plain text
   * @param widths neurons, falling
   * @param band a number a width
   */
  @SuppressWarnings("ArrayRecordComponent") // numbers to draw, never compared as a whole
  public record Line(String name, double[] widths, Band band) {}

  Figure figure(String id) {
    return Figure.draw(
        id,
        "Pruned networks",
        "Medians over splits and seeds (lines) and their middle halves (bands), from the neurons of the"
            + " solution down to none.",
        Figure.Size.WIDE,
        this::draw);
  }

  private JFreeChart draw() {
    Span across = new Span().with(0);
    Span up = new Span();
    for (Line line : lines) {
      across.with(line.widths);
      up.with(line.band.low()).with(line.band.high());
    }
    ScaledAxis widths = new ScaledAxis(Scale.COUNT, across.range(0.02, 0.03));
    widths.setLabel("neurons");
    ScaledAxis heights = new ScaledAxis(share ? Scale.PERCENT : Scale.LINEAR, up.range(0.04, 0.06));
    XYPlot plot = Theme.plot(widths, heights);
    YIntervalSeriesCollection series = new YIntervalSeriesCollection();
    DeviationRenderer renderer = new DeviationRenderer(false, false);
    renderer.setAlpha(1);
    renderer.setDefaultSeriesVisibleInLegend(false);
    for (int i = 0; i < lines.size(); i++) {
      series.addSeries(band(lines.get(i)));
      renderer.setSeriesPaint(i, Theme.fade(color(i), 0));
      renderer.setSeriesFillPaint(i, Theme.fade(color(i), 0.12));
    }
    plot.setDataset(series);
    plot.setRenderer(renderer);
    Curves front = new Curves(plot);
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      front.line(line.name, line.widths, line.band.mean(), color(i), stroke(i));
    }
    return front.chart(upName, true);
  }

  private static YIntervalSeries band(Line line) {
    YIntervalSeries series = new YIntervalSeries(line.name + ", middle half");
    for (int i = 0; i < line.widths.length; i++) {
      series.add(line.widths[i], line.band.mean()[i], line.band.low()[i], line.band.high()[i]);
    }
    return series;
  }

  private static Color color(int i) {
    return COLORS.get(i % COLORS.size());
  }

  private static Stroke stroke(int i) {
    return i < 3 ? Theme.CURVE : Theme.DASHED;
  }
}
