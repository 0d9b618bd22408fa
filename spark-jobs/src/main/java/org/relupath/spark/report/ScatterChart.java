package org.relupath.spark.report;

import java.awt.geom.Ellipse2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYLineAnnotation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.Range;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.relupath.core.score.Scores;

/**
 * Predictions against targets.
 *
 * @param rows whose predictions, as in {@code training rows}
 * @param id of the figure
 */
public record ScatterChart(Scores scores, String rows, String id) {
  private static final int MOST = 1500;

  /** The chart as a figure of a page. */
  public Figure figure() {
    int drawn = (scores.rows() + stride() - 1) / stride();
    return Figure.draw(
        id,
        "Predictions on " + rows,
        (drawn == scores.rows()
                ? "All " + drawn + " " + rows
                : drawn + " of " + scores.rows() + " " + rows + ", every " + stride() + "th")
            + ". On the line a prediction is exact.",
        Figure.Size.HALF,
        this::draw);
  }

  private int stride() {
    return Math.max(1, (scores.rows() + MOST - 1) / MOST);
  }

  private JFreeChart draw() {
    XYSeries dots = new XYSeries(rows, false, true);
    for (int r = 0; r < scores.rows(); r += stride()) {
      dots.add(scores.targets()[r], scores.predictions()[r]);
    }
    Range targets = new Span().with(scores.targets()).range(0.03, 0.03);
    Range predictions = new Span().with(scores.predictions()).range(0.05, 0.05);
    ScaledAxis across = new ScaledAxis(Scale.LINEAR, targets);
    across.setLabel("target, in units of the label");
    XYPlot plot = Theme.plot(across, new ScaledAxis(Scale.LINEAR, predictions));
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    renderer.setSeriesPaint(0, Theme.fade(Theme.BLUE, 0.45));
    renderer.setSeriesShape(0, new Ellipse2D.Double(-2.2, -2.2, 4.4, 4.4));
    renderer.setDrawOutlines(false);
    plot.setDataset(new XYSeriesCollection(dots));
    plot.setRenderer(renderer);
    double low = Math.max(targets.getLowerBound(), predictions.getLowerBound());
    double high = Math.min(targets.getUpperBound(), predictions.getUpperBound());
    if (low < high) {
      plot.addAnnotation(
          new XYLineAnnotation(low, low, high, high, Theme.DASHED, Theme.INK), false);
    }
    return Theme.chart(plot, "prediction, in units of the label", false);
  }
}
