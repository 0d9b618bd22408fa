package org.relupath.spark.result.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.Model;
import org.relupath.spark.report.Axis;
import org.relupath.spark.report.Chart;
import org.relupath.spark.report.Ink;

/** The neurons of a network by their norms ||w_b||, each with its sign. */
final class NeuronChart {
  /** Bars that a chart has room for. */
  private static final int MOST = 100;

  private NeuronChart() {}

  static Chart of(BlockWeights weights, Model model) {
    boolean signed = model == Model.RELU;
    List<Integer> neurons = largest(weights);
    List<String> ranks = new ArrayList<>();
    neurons.forEach(neuron -> ranks.add(Integer.toString(ranks.size() + 1)));
    Chart chart =
        new Chart(
            "neurons",
            "Neurons",
            caption(weights.size(), signed),
            Chart.Size.WIDE,
            Axis.names("rank of the neuron by norm", ranks),
            Axis.fromZero(signed ? "s_b ‖w_b‖, norm with the output's sign" : "‖w_b‖, norm"));
    chart.bars(signed ? "output sign +" : "gated neurons", heights(weights, neurons, 1), Ink.BLUE);
    return signed
        ? chart.bars("output sign −", heights(weights, neurons, -1), Ink.VERMILLION)
        : chart;
  }

  private static List<Integer> largest(BlockWeights weights) {
    return IntStream.range(0, weights.size())
        .boxed()
        .sorted(
            Comparator.comparingDouble((Integer i) -> -weights.norm(i))
                .thenComparingInt(i -> weights.blocks().get(i).id()))
        .limit(MOST)
        .toList();
  }

  private static double[] heights(BlockWeights weights, List<Integer> neurons, int sign) {
    return neurons.stream()
        .mapToDouble(
            i -> weights.blocks().get(i).sign() == sign ? sign * weights.norm(i) : Double.NaN)
        .toArray();
  }

  private static String caption(int all, boolean signed) {
    if (all == 0) {
      return "The network is zero: it has no neuron.";
    }
    return (all <= MOST
            ? "All " + all + " neurons"
            : "The " + MOST + " neurons of largest norm, of " + all)
        + ", largest first. ‖w_b‖ is the product of the lengths of a neuron's input and output weights."
        + (signed ? " Bars upwards add to the output, bars downwards subtract from it." : "");
  }
}
