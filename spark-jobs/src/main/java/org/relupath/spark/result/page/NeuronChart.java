package org.relupath.spark.result.page;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jfree.chart.JFreeChart;
import org.jfree.data.Range;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Model;
import org.relupath.spark.report.Bars;
import org.relupath.spark.report.Figure;
import org.relupath.spark.report.Scale;
import org.relupath.spark.report.ScaledAxis;
import org.relupath.spark.report.Span;
import org.relupath.spark.report.Theme;

/** The neurons of a network by their norms ||w_b||, each with its sign. */
final class NeuronChart {
  private static final int MOST = 100;

  private final FitPage page;

  /** Positions in the weights, largest norm first. */
  private final List<Integer> neurons;

  private NeuronChart(FitPage page) {
    this.page = page;
    BlockWeights weights = page.weights();
    this.neurons =
        IntStream.range(0, weights.size())
            .boxed()
            .sorted(
                Comparator.comparingDouble((Integer i) -> -weights.norm(i))
                    .thenComparingInt(i -> weights.blocks().get(i).id()))
            .limit(MOST)
            .toList();
  }

  static Figure of(FitPage page) {
    NeuronChart chart = new NeuronChart(page);
    return Figure.draw("neurons", "Neurons", chart.caption(), Figure.Size.WIDE, chart::draw);
  }

  private String caption() {
    int all = page.weights().size();
    if (all == 0) {
      return "The network is zero: it has no neuron.";
    }
    String which =
        all <= MOST
            ? "All " + all + " neurons"
            : "The " + MOST + " neurons of largest norm, of " + all;
    return which
        + ", largest first. ‖w_b‖ is the product of the lengths of a neuron's input and output weights."
        + (page.model() == Model.RELU
            ? " Bars upwards add to the output, bars downwards subtract from it."
            : "");
  }

  private JFreeChart draw() {
    Span span = new Span().with(0);
    Bars bars = new Bars();
    boolean signed = page.model() == Model.RELU;
    bars.series(signed ? "output sign +" : "gated neurons", Theme.BLUE);
    fill(bars, span, 1);
    if (signed) {
      bars.series("output sign −", Theme.VERMILLION);
      fill(bars, span, -1);
    }
    ScaledAxis across =
        new ScaledAxis(Scale.COUNT, new Range(0.2, Math.max(neurons.size(), 1) + 0.8));
    across.setLabel("rank of the neuron by norm");
    ScaledAxis up =
        new ScaledAxis(Scale.LINEAR, neurons.isEmpty() ? new Range(0, 1) : span.range(0.04, 0.04));
    return bars.chart(
        across, up, signed ? "s_b ‖w_b‖, norm with the output's sign" : "‖w_b‖, norm");
  }

  private void fill(Bars bars, Span span, int sign) {
    for (int i = 0; i < neurons.size(); i++) {
      if (page.weights().blocks().get(neurons.get(i)).sign() == sign) {
        double height = sign * page.weights().norm(neurons.get(i));
        bars.bar(i + 0.6, i + 1.4, height);
        span.with(height);
      }
    }
  }
}
