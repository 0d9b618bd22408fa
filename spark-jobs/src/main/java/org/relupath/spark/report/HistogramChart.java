package org.relupath.spark.report;

import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.ui.Layer;
import org.jfree.data.Range;
import org.relupath.core.score.Scores;

/**
 * Raw scores of the rows of either class.
 *
 * @param threshold scores from here on are the larger label
 * @param labels the two values of the label, smaller first
 * @param rows whose scores, as in {@code training rows}
 * @param id of the figure
 */
public record HistogramChart(
    Scores scores, double threshold, List<String> labels, String rows, String id) {
  private static final int BINS = 32;

  /** The chart as a figure of a page. */
  public Figure figure() {
    return Figure.draw(
        id,
        "Scores of " + rows,
        scores.rows()
            + " "
            + rows
            + " by their true label; where both have rows the bars overlap. At a score of "
            + Numbers.text(threshold)
            + " or above (right of the line) the network says "
            + labels.get(1)
            + ", below it "
            + labels.get(0)
            + ".",
        Figure.Size.HALF,
        this::draw);
  }

  private JFreeChart draw() {
    Range range = new Span().with(0, -1, 1).with(scores.predictions()).range(0, 0);
    int[][] counts = new int[2][BINS];
    for (int r = 0; r < scores.rows(); r++) {
      double place = (scores.predictions()[r] - range.getLowerBound()) / range.getLength();
      if (Double.isFinite(place)) {
        counts[scores.targets()[r] < 0 ? 0 : 1][(int) Math.min(BINS - 1, place * BINS)]++;
      }
    }
    Span span = new Span().with(0, 1);
    Bars bars = new Bars();
    double width = range.getLength() / BINS;
    for (int side = 0; side < 2; side++) {
      String label = Html.printable(labels.get(side));
      bars.series("label " + label, Theme.fade(side == 0 ? Theme.VERMILLION : Theme.BLUE, 0.65));
      for (int b = 0; b < BINS; b++) {
        double left = range.getLowerBound() + (b + 0.04) * width;
        bars.bar(left, left + 0.92 * width, counts[side][b]);
        span.with(counts[side][b]);
      }
    }
    ScaledAxis across = new ScaledAxis(Scale.LINEAR, range);
    across.setLabel("score, the network's raw output");
    JFreeChart chart = bars.chart(across, new ScaledAxis(Scale.COUNT, span.range(0, 0.06)), "rows");
    ValueMarker boundary = new ValueMarker(threshold, Theme.INK, Theme.DASHED);
    boundary.setAlpha(1);
    chart.getXYPlot().addDomainMarker(boundary, Layer.FOREGROUND);
    return chart;
  }
}
