package org.relupath.spark.optimal;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jfree.chart.JFreeChart;
import org.jfree.data.Range;
import org.relupath.spark.report.Bars;
import org.relupath.spark.report.Curves;
import org.relupath.spark.report.Dots;
import org.relupath.spark.report.Figure;
import org.relupath.spark.report.Scale;
import org.relupath.spark.report.ScaledAxis;
import org.relupath.spark.report.Span;
import org.relupath.spark.report.Theme;

/** From where to where the norm of each neuron goes over all optimal networks. */
final class RangeChart {
  private static final int MOST = 60;

  private final OptimalSetResult found;
  private final List<NeuronRange> neurons;

  private RangeChart(OptimalSetResult found) {
    this.found = found;
    this.neurons =
        found.extremes().stream()
            .sorted(
                Comparator.comparingDouble((NeuronRange neuron) -> -neuron.maxNorm())
                    .thenComparingDouble(neuron -> -neuron.minNorm()))
            .limit(MOST)
            .toList();
  }

  static Figure of(OptimalSetResult found) {
    RangeChart chart = new RangeChart(found);
    return Figure.draw(
        "ranges", "How large each neuron can be", chart.caption(), Figure.Size.WIDE, chart::draw);
  }

  private String caption() {
    int all = found.extremes().size();
    if (all == 0) {
      return "No optimal network has a neuron.";
    }
    long free = found.extremes().stream().filter(n -> n.maxNorm() > n.minNorm()).count();
    long spare = found.extremes().stream().filter(n -> n.minNorm() == 0).count();
    return (all <= MOST
            ? "The " + all + (all == 1 ? " neuron" : " neurons")
            : "The " + MOST + " neurons of largest norm, of " + all)
        + " that optimal networks have, by largest norm. A bar runs from the smallest to the largest"
        + " ‖w‖ that the neuron has in any optimal network: "
        + free
        + (free == 1 ? " can vary, " : " can vary, ")
        + spare
        + " can be absent. Marks are single networks.";
  }

  private JFreeChart draw() {
    Bars bars = new Bars();
    bars.series("all optimal networks", Theme.fade(Theme.SKY, 0.55));
    Span span = new Span().with(0);
    for (int i = 0; i < neurons.size(); i++) {
      NeuronRange neuron = neurons.get(i);
      bars.between(i + 0.7, i + 1.3, neuron.minNorm(), neuron.maxNorm());
      span.with(neuron.maxNorm(), neuron.norm());
    }
    ScaledAxis across =
        new ScaledAxis(Scale.COUNT, new Range(0.2, Math.max(neurons.size(), 1) + 0.8));
    across.setLabel("rank of the neuron by its largest norm");
    ScaledAxis up =
        new ScaledAxis(Scale.LINEAR, neurons.isEmpty() ? new Range(0, 1) : span.range(0.03, 0.04));
    JFreeChart chart = bars.chart(across, up, "‖w‖, norm of a neuron");
    Curves marks = new Curves(chart.getXYPlot());
    mark(marks, "solver", NeuronRange::norm, Theme.BLUE, Dots.DISC);
    mark(marks, "smallest network", NeuronRange::inSmallest, Theme.VERMILLION, Dots.DIAMOND);
    mark(marks, "least norm", NeuronRange::inLeastNorm, Theme.GREEN, Dots.TRIANGLE);
    return Theme.chart(chart.getXYPlot(), "‖w‖, norm of a neuron", !neurons.isEmpty());
  }

  /** Marks of three networks stand side by side, so that none hides another. */
  private void mark(
      Curves marks,
      String name,
      ToDoubleFunction<NeuronRange> norm,
      java.awt.Color color,
      Dots dots) {
    double shift = dots == Dots.DISC ? -0.17 : dots == Dots.TRIANGLE ? 0.17 : 0;
    double[] x = IntStream.range(0, neurons.size()).mapToDouble(i -> i + 1 + shift).toArray();
    double[] y = neurons.stream().mapToDouble(norm).toArray();
    marks.dots(name, x, y, color, dots, true);
  }
}
