package org.relupath.spark.study.page;

import java.util.List;
import org.relupath.spark.report.Axis;
import org.relupath.spark.report.Chart;
import org.relupath.spark.report.Ink;

/**
 * A figure of pruned networks against their width: medians over splits and their middle halves.
 *
 * @param upName what the figure is
 * @param share whether it is a share of rows
 * @param lines one for each way to prune
 */
public record PrunedChart(String upName, boolean share, List<Line> lines) {

  /**
   * One way to prune.
   *
   * @param name of it; plain text
   * @param widths neurons, falling
   * @param band a number a width
   */
  @SuppressWarnings("ArrayRecordComponent") // numbers to draw, never compared as a whole
  public record Line(String name, double[] widths, Band band) {}

  Chart chart(String id) {
    Chart chart =
        new Chart(
            id,
            "Pruned networks",
            "Medians over splits and seeds (lines) and their middle halves (bands), from the neurons of"
                + " the solution down to none.",
            Chart.Size.WIDE,
            Axis.count("neurons"),
            share ? Axis.percent(upName) : Axis.linear(upName));
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      Chart.Stroke stroke = i < 3 ? Chart.Stroke.CURVE : Chart.Stroke.DASHED;
      BandChart.band(chart, line.name, line.widths, line.band, Ink.of(i))
          .line(line.name, line.widths, line.band.mean(), Ink.of(i), stroke);
    }
    return chart;
  }
}
