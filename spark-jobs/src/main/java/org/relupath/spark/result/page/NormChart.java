package org.relupath.spark.result.page;

import java.util.List;
import org.relupath.core.program.Model;
import org.relupath.spark.report.Axis;
import org.relupath.spark.report.Chart;
import org.relupath.spark.report.Ink;

/** ||w_b|| against log lambda: which blocks enter, when, and how they grow. */
final class NormChart {
  /** Curves that can be told apart. */
  private static final int MOST = 40;

  /** Blocks that are drawn as thick lines. */
  private static final int LARGEST = 6;

  private NormChart() {}

  static Chart of(PathPage page) {
    NormCurves norms = NormCurves.of(page.solved().points(), MOST);
    boolean signed = page.model() == Model.RELU;
    LambdaChart charts = new LambdaChart(page);
    Chart chart =
        charts.chart(
            "norms",
            "Block norms along the path",
            caption(norms.blocks(), signed),
            Chart.Size.WIDE,
            Axis.fromZero("‖w_b‖, norm of a block"));
    for (int i = 0; i < norms.curves().size(); i++) {
      NormCurves.Curve curve = norms.curves().get(i);
      Ink ink = !signed ? Ink.of(i) : curve.sign() > 0 ? Ink.BLUE : Ink.VERMILLION;
      Chart.Stroke stroke = i < LARGEST ? Chart.Stroke.CURVE : Chart.Stroke.THIN;
      chart.line("block " + curve.blockId(), charts.lambdas(), curve.norms(), ink, stroke);
    }
    if (norms.blocks() == 0) {
      chart.line(
          "no block", charts.lambdas(), charts.values(row -> 0), Ink.MUTED, Chart.Stroke.THIN);
    }
    return chart.legend(List.of());
  }

  private static String caption(int blocks, boolean signed) {
    if (blocks == 0) {
      return "Every network of this path is zero: no block is active at any λ.";
    }
    return (blocks <= MOST
            ? "One line for each of the " + blocks + " blocks that are active anywhere"
            : "The " + MOST + " blocks of largest norm, of " + blocks + " that are active anywhere")
        + "; the largest are thick. A block is a group of weights w_b that share one activation"
        + " pattern; ‖w_b‖ = 0 means that no neuron has it. "
        + (signed
            ? "Blue lines add to the output, orange ones subtract from it."
            : "Colours only tell lines apart.");
  }
}
