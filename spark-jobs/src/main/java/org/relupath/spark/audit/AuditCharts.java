package org.relupath.spark.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.relupath.spark.report.Axis;
import org.relupath.spark.report.Chart;
import org.relupath.spark.report.Ink;
import org.relupath.spark.report.Numbers;

/**
 * How far each neuron of an audited network is from stationary, and where the global optimum can
 * be.
 */
record AuditCharts(AuditReport report) {
  private static final int MOST = 200;

  /** Where residuals are drawn that are smaller still, or 0, in units of lambda. */
  private static final double FLOOR = 1e-16;

  /** The residuals of the neurons, in the order of the network. */
  Chart residuals() {
    List<AuditedNeuron> neurons =
        report.neurons().stream()
            .filter(neuron -> !neuron.zero())
            .sorted(Comparator.comparingDouble(neuron -> -neuron.stationarityResidual()))
            .limit(MOST)
            .sorted(Comparator.comparingInt(AuditedNeuron::neuron))
            .toList();
    double[] numbers = neurons.stream().mapToDouble(AuditedNeuron::neuron).toArray();
    return new Chart(
            "residuals",
            "Residual of each neuron",
            caption(neurons.size()),
            Chart.Size.WIDE,
            Axis.count("number of the neuron"),
            axis(neurons))
        .dots(
            "stationarity",
            numbers,
            scaled(neurons, AuditedNeuron::stationarityResidual),
            Ink.BLUE,
            Chart.Symbol.DISC)
        .dots(
            "descent",
            numbers,
            scaled(neurons, AuditedNeuron::descentResidual),
            Ink.ORANGE,
            Chart.Symbol.DIAMOND)
        .horizontal(
            report.tolerance() / report.lambda(),
            "counts as zero: " + Numbers.text(report.tolerance() / report.lambda()) + " λ");
  }

  /** Whole decades, what counts as zero among them. */
  private Axis axis(List<AuditedNeuron> neurons) {
    double[] heights =
        DoubleStream.concat(
                DoubleStream.of(report.tolerance() / report.lambda()),
                DoubleStream.concat(
                    Arrays.stream(scaled(neurons, AuditedNeuron::stationarityResidual)),
                    Arrays.stream(scaled(neurons, AuditedNeuron::descentResidual))))
            .map(Math::log10)
            .toArray();
    double low = Math.floor(Arrays.stream(heights).min().orElse(0) - 0.1);
    double high = Math.ceil(Arrays.stream(heights).max().orElse(0) + 0.1);
    return Axis.log("residual / λ (log scale)").within(Math.pow(10, low), Math.pow(10, high));
  }

  private double[] scaled(List<AuditedNeuron> neurons, ToDoubleFunction<AuditedNeuron> residual) {
    return neurons.stream()
        .mapToDouble(neuron -> Math.max(FLOOR, residual.applyAsDouble(neuron) / report.lambda()))
        .toArray();
  }

  private String caption(int drawn) {
    int all = report.neurons().size();
    if (all == 0) {
      return "The network has no neuron.";
    }
    long zero = report.neurons().stream().filter(AuditedNeuron::zero).count();
    return (drawn + zero == all
            ? (drawn + (drawn == 1 ? " neuron" : " neurons"))
            : "The " + drawn + " neurons of largest residual, of " + all)
        + " in the order of the network"
        + (zero == 0
            ? ""
            : "; " + zero + (zero == 1 ? " zero neuron is" : " zero neurons are") + " left out")
        + ". Stationarity: length of the shortest gradient that the chain rule allows where a neuron"
        + " switches on a row (Clarke). Descent: rate of the steepest descent found. Below 1e-16 λ"
        + " both are drawn there.";
  }

  /** Objectives of networks above the global optimum, and lower bounds. */
  Chart bounds() {
    List<String> names = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    add(names, values, "lower bound for every network", report.lowerBound());
    add(
        names,
        values,
        "bound for the " + report.patternSetPatterns() + " tested patterns alone",
        report.patternSetBound());
    int bounds = names.size();
    if (report.improvement() != null) {
      add(names, values, "best network met", report.improvement().objective());
    }
    add(names, values, "optimum over its own patterns", report.subsampledObjective());
    add(names, values, "the same, balanced", report.balancedObjective());
    add(names, values, "audited network", report.objective());
    double least =
        values.subList(bounds, values.size()).stream().mapToDouble(value -> value).min().orElse(0);
    Chart chart =
        new Chart(
            "bounds",
            "Objectives and bounds",
            "The global optimum is between the two dashed lines: the lower bound for networks of every"
                + " width and pattern, and the smallest objective met. The bound for the tested patterns"
                + " limits only networks that have no other patterns: the global optimum may be below"
                + " it.",
            Chart.Size.BAND,
            Axis.linear("objective"),
            Axis.names("", names));
    marks(chart, "lower bounds", values, 0, bounds, Ink.VERMILLION);
    marks(chart, "networks", values, bounds, values.size(), Ink.BLUE);
    return chart.vertical(report.lowerBound(), "").vertical(least, "");
  }

  private static void add(List<String> names, List<Double> values, String name, double value) {
    names.add(name + ": " + Numbers.text(value, 6));
    values.add(value);
  }

  private static void marks(
      Chart chart, String name, List<Double> values, int from, int to, Ink ink) {
    double[] places = new double[to - from];
    double[] numbers = new double[to - from];
    for (int i = from; i < to; i++) {
      places[i - from] = i;
      numbers[i - from] = values.get(i);
    }
    chart.dots(name, numbers, places, ink, Chart.Symbol.DIAMOND);
  }
}
