package org.relupath.spark.audit;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.JFreeChart;
import org.jfree.data.Range;
import org.relupath.spark.report.Curves;
import org.relupath.spark.report.Dots;
import org.relupath.spark.report.Figure;
import org.relupath.spark.report.Markers;
import org.relupath.spark.report.Numbers;
import org.relupath.spark.report.Scale;
import org.relupath.spark.report.ScaledAxis;
import org.relupath.spark.report.Span;
import org.relupath.spark.report.Theme;

/** How far each neuron of an audited network is from stationary. */
final class ResidualChart {
  private static final int MOST = 200;

  /** Where residuals are drawn that are smaller still, or 0, in units of lambda. */
  private static final int FLOOR = -16;

  private final AuditReport report;
  private final List<AuditedNeuron> neurons;

  private ResidualChart(AuditReport report) {
    this.report = report;
    this.neurons =
        report.neurons().stream()
            .filter(neuron -> !neuron.zero())
            .sorted(Comparator.comparingDouble(neuron -> -neuron.stationarityResidual()))
            .limit(MOST)
            .sorted(Comparator.comparingInt(AuditedNeuron::neuron))
            .toList();
  }

  static Figure of(AuditReport report) {
    ResidualChart chart = new ResidualChart(report);
    return Figure.draw(
        "residuals", "Residual of each neuron", chart.caption(), Figure.Size.WIDE, chart::draw);
  }

  private String caption() {
    int all = report.neurons().size();
    if (all == 0) {
      return "The network has no neuron.";
    }
    long zero = report.neurons().stream().filter(AuditedNeuron::zero).count();
    return (neurons.size() + zero == all
            ? (neurons.size() + (neurons.size() == 1 ? " neuron" : " neurons"))
            : "The " + neurons.size() + " neurons of largest residual, of " + all)
        + " in the order of the network"
        + (zero == 0
            ? ""
            : "; " + zero + (zero == 1 ? " zero neuron is" : " zero neurons are") + " left out")
        + ". Discs: length of the shortest gradient that the chain rule allows where a neuron switches"
        + " on a row (Clarke). Diamonds: rate of the steepest descent found. Below 1e-16 λ both are"
        + " drawn there.";
  }

  private JFreeChart draw() {
    double bar = height(report.tolerance());
    Span span = new Span().with(FLOOR, bar + 1);
    Span places = new Span().with(0, 1);
    for (AuditedNeuron neuron : neurons) {
      span.with(height(neuron.stationarityResidual()));
      places.with(neuron.neuron());
    }
    Range numbers = places.range(0.02, 0.02);
    ScaledAxis across = new ScaledAxis(Scale.COUNT, numbers);
    across.setLabel("number of the neuron");
    Curves curves = new Curves(across, new ScaledAxis(Scale.LOG, span.range(0.04, 0.1)));
    curves
        .plot()
        .addRangeMarker(
            Markers.level(
                bar,
                "counts as zero: " + Numbers.text(report.tolerance() / report.lambda()) + " λ",
                Theme.VERMILLION));
    dots(curves, "stationarity", AuditedNeuron::stationarityResidual, Theme.BLUE, Dots.DISC);
    dots(curves, "descent", AuditedNeuron::descentResidual, Theme.ORANGE, Dots.DIAMOND);
    return curves.chart("residual / λ, log scale", !neurons.isEmpty());
  }

  private void dots(
      Curves curves,
      String name,
      ToDoubleFunction<AuditedNeuron> residual,
      java.awt.Color color,
      Dots dots) {
    if (!neurons.isEmpty()) {
      curves.dots(
          name,
          neurons.stream().mapToDouble(AuditedNeuron::neuron).toArray(),
          neurons.stream().mapToDouble(neuron -> height(residual.applyAsDouble(neuron))).toArray(),
          color,
          dots,
          dots == Dots.DISC);
    }
  }

  private double height(double residual) {
    return Math.max(FLOOR, Math.log10(residual / report.lambda()));
  }
}
