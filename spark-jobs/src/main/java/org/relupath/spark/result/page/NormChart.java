package org.relupath.spark.result.page;

import java.awt.Color;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.Range;
import org.relupath.core.program.Model;
import org.relupath.spark.report.Figure;
import org.relupath.spark.report.Scale;
import org.relupath.spark.report.ScaledAxis;
import org.relupath.spark.report.Span;
import org.relupath.spark.report.Theme;

/** ||w_b|| against log lambda: which blocks enter, when, and how they grow. */
final class NormChart {
  private static final int MOST = 40;
  private static final int NAMED = 6;

  private static final List<Color> CYCLE =
      List.of(Theme.BLUE, Theme.VERMILLION, Theme.GREEN, Theme.PURPLE, Theme.ORANGE, Theme.SKY);

  private final PathPage page;
  private final NormCurves norms;

  private NormChart(PathPage page) {
    this.page = page;
    this.norms = NormCurves.of(page.solved().points(), MOST);
  }

  static Figure of(PathPage page) {
    NormChart chart = new NormChart(page);
    return Figure.draw(
        "norms", "Block norms along the path", chart.caption(), Figure.Size.WIDE, chart::draw);
  }

  private String caption() {
    if (norms.blocks() == 0) {
      return "Every network of this path is zero: no block is active at any λ.";
    }
    String which =
        norms.blocks() <= MOST
            ? "One line for each of the " + norms.blocks() + " blocks that are active anywhere"
            : "The "
                + MOST
                + " blocks of largest norm, of "
                + norms.blocks()
                + " that are active anywhere";
    return which
        + "; the largest are named at the right by their ids. A block is a group of weights w_b"
        + " that share one activation pattern; ‖w_b‖ = 0 means that no neuron has it. "
        + (page.model() == Model.RELU
            ? "Blue lines add to the output, orange ones subtract from it."
            : "Colours only tell lines apart.");
  }

  private JFreeChart draw() {
    Span span = new Span().with(0);
    norms.curves().forEach(curve -> span.with(curve.largest()));
    Range range = norms.blocks() == 0 ? new Range(0, 1) : span.range(0, 0.12);
    LambdaChart chart = new LambdaChart(page, new ScaledAxis(Scale.LINEAR, range), 0.07);
    for (int i = 0; i < norms.curves().size(); i++) {
      NormCurves.Curve curve = norms.curves().get(i);
      Color color = Theme.fade(color(i, curve.sign()), i < NAMED ? 1 : 0.6);
      chart.line(
          "block " + curve.blockId(), curve.norms(), color, i < NAMED ? Theme.CURVE : Theme.THIN);
    }
    name(chart.plot(), range);
    boolean signs = page.model() == Model.RELU && norms.blocks() > 0;
    if (signs) {
      chart.plot().setFixedLegendItems(legend());
    }
    return chart.chart("‖w_b‖, norm of a block", signs);
  }

  private Color color(int i, int sign) {
    if (page.model() == Model.GATED) {
      return CYCLE.get(i % CYCLE.size());
    }
    return sign > 0 ? Theme.BLUE : Theme.VERMILLION;
  }

  /** Names the largest blocks at the end of the path, where they are not too close together. */
  private void name(XYPlot plot, Range range) {
    int last = page.rows().size() - 1;
    double x =
        LambdaChart.position(page.rows().get(last))
            - 0.006 * plot.getDomainAxis().getRange().getLength();
    double[] taken = new double[NAMED];
    int count = 0;
    for (int i = 0; i < Math.min(NAMED, norms.curves().size()); i++) {
      NormCurves.Curve curve = norms.curves().get(i);
      double y = curve.norms()[last];
      boolean free = y > 0;
      for (int k = 0; k < count; k++) {
        free &= Math.abs(y - taken[k]) > 0.045 * range.getLength();
      }
      if (free) {
        taken[count++] = y;
        XYTextAnnotation name = new XYTextAnnotation(Integer.toString(curve.blockId()), x, y);
        name.setFont(Theme.TEXT);
        name.setPaint(color(i, curve.sign()));
        name.setTextAnchor(TextAnchor.CENTER_LEFT);
        plot.addAnnotation(name, false);
      }
    }
  }

  private static LegendItemCollection legend() {
    LegendItemCollection items = new LegendItemCollection();
    items.add(new LegendItem("output sign +", null, null, null, Theme.DASH, Theme.BLUE));
    items.add(new LegendItem("output sign −", null, null, null, Theme.DASH, Theme.VERMILLION));
    return items;
  }
}
