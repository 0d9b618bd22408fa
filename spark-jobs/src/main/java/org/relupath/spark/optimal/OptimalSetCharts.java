package org.relupath.spark.optimal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.relupath.core.optimalset.Membership;
import org.relupath.spark.report.Axis;
import org.relupath.spark.report.Chart;
import org.relupath.spark.report.Ink;
import org.relupath.spark.report.Numbers;

/**
 * How the optimal networks of one lambda differ.
 *
 * @param found the optimal set
 * @param features names of the columns of X
 * @param most so many blocks, those of largest ratio, are all drawn; of the rest about half as many
 * @param suffix of the charts' ids
 */
record OptimalSetCharts(OptimalSetResult found, List<String> features, int most, String suffix) {
  /** Neurons that a chart has room for. */
  private static final int NEURONS = 60;

  /** Pixels between marks of three networks, so that none hides another. */
  private static final int SIDE = 9;

  /** Where distances are drawn that rounding made smaller still, or 0. */
  private static final double FLOOR = 1e-16;

  List<Chart> all() {
    List<Chart> charts = new ArrayList<>();
    if (found.picture() != null) {
      charts.addAll(new PolytopeCharts(found.picture(), suffix).all());
    }
    charts.add(ranges());
    predictions(charts, found.onValid(), "held-out");
    predictions(charts, found.onTest(), "test");
    charts.addAll(levels());
    return charts;
  }

  /** From where to where the norm of each neuron goes over all optimal networks. */
  private Chart ranges() {
    List<NeuronRange> neurons =
        found.extremes().stream()
            .sorted(
                Comparator.comparingDouble((NeuronRange neuron) -> -neuron.maxNorm())
                    .thenComparingDouble(neuron -> -neuron.minNorm()))
            .limit(NEURONS)
            .toList();
    List<String> names =
        IntStream.range(0, neurons.size())
            .mapToObj(i -> (i + 1) + ": " + neurons.get(i).inWords(features))
            .toList();
    double[] places = IntStream.range(0, neurons.size()).asDoubleStream().toArray();
    return new Chart(
            "ranges" + suffix,
            "How large each neuron can be",
            rangesCaption(),
            Chart.Size.WIDE,
            Axis.names("neuron: rank by largest norm, the features it weighs most", names),
            Axis.fromZero("‖w‖, norm of a neuron"))
        .ranges(
            "all optimal networks",
            numbers(neurons, NeuronRange::minNorm),
            numbers(neurons, NeuronRange::maxNorm),
            Ink.SKY)
        .dots("solver", places, numbers(neurons, NeuronRange::norm), Ink.BLUE, Chart.Symbol.DISC)
        .shifted(-SIDE)
        .dots(
            "smallest network",
            places,
            numbers(neurons, NeuronRange::inSmallest),
            Ink.VERMILLION,
            Chart.Symbol.DIAMOND)
        .dots(
            "least norm",
            places,
            numbers(neurons, NeuronRange::inLeastNorm),
            Ink.GREEN,
            Chart.Symbol.SQUARE)
        .shifted(SIDE);
  }

  private static <T> double[] numbers(List<T> all, ToDoubleFunction<T> number) {
    return all.stream().mapToDouble(number).toArray();
  }

  private String rangesCaption() {
    int all = found.extremes().size();
    if (all == 0) {
      return "No optimal network has a neuron.";
    }
    long free = found.extremes().stream().filter(n -> n.maxNorm() > n.minNorm()).count();
    long spare = found.extremes().stream().filter(n -> n.minNorm() == 0).count();
    return (all <= NEURONS
            ? "The " + all + (all == 1 ? " neuron" : " neurons")
            : "The " + NEURONS + " neurons of largest norm, of " + all)
        + " that optimal networks have, by largest norm. A bar runs from the smallest to the largest"
        + " ‖w‖ that the neuron has in any optimal network: "
        + free
        + " can vary, "
        + spare
        + " can be absent. Marks are single networks.";
  }

  /**
   * What optimal networks predict for each row, rows by the solver's prediction; nothing where they
   * agree.
   */
  private void predictions(List<Chart> charts, PredictionRanges on, String rows) {
    if (on == null || on.widest() == 0) {
      return;
    }
    int asked = on.own().length;
    int[] order =
        IntStream.range(0, asked)
            .boxed()
            .sorted(Comparator.comparingDouble(r -> on.own()[r]))
            .mapToInt(r -> r)
            .toArray();
    double[] ranks = IntStream.rangeClosed(1, asked).asDoubleStream().toArray();
    double[] labels = IntStream.of(order).mapToDouble(r -> on.labels()[r]).toArray();
    Chart chart =
        new Chart(
            "predictions-" + rows + suffix,
            "What optimal networks predict on " + rows + " rows",
            (asked == on.rows() ? "All " + asked : "The first " + asked + " of " + on.rows())
                + " "
                + rows
                + " rows, by the prediction of the solver's network. The band is the range of the"
                + " predictions of all optimal networks: at most "
                + Numbers.text(on.widest(), 3)
                + " wide. On the training rows they all agree.",
            Chart.Size.WIDE,
            Axis.linear("rank of the row"),
            Axis.linear("prediction and label"));
    charts.add(
        chart
            .band(
                "all optimal networks",
                ranks,
                at(order, on.least(), on),
                at(order, on.most(), on),
                Ink.BLUE)
            .line("solver", ranks, at(order, on.own(), on), Ink.BLUE, Chart.Stroke.CURVE)
            .dots("label", ranks, labels, Ink.MUTED, Chart.Symbol.DISC));
  }

  private static double[] at(int[] order, double[] numbers, PredictionRanges on) {
    return IntStream.of(order).mapToDouble(r -> numbers[r] + on.center()).toArray();
  }

  /** ||v_b|| / lambda of the blocks: which of them may be active, and how clearly. */
  private List<Chart> levels() {
    List<BlockRatio> levels =
        found.ratios().stream()
            .sorted(Comparator.comparingDouble((BlockRatio level) -> -level.ratio()))
            .toList();
    int stride = Math.max(1, (levels.size() - most + most / 2 - 1) / (most / 2));
    Axis rank = Axis.count("rank of the block");
    Chart spectrum =
        new Chart(
            "spectrum" + suffix,
            "Spectrum",
            spectrum(levels.size(), stride),
            Chart.Size.HALF,
            rank,
            Axis.fromZero("q_b = ‖v_b‖ / λ"));
    Chart distances =
        new Chart(
            "distances" + suffix,
            "Distance from the bound",
            "|1 − q_b| of the same blocks. The wider the gap between blocks at the bound and the next,"
                + " the surer the count of those that may be active. Distances below 1e-16 are drawn"
                + " there.",
            Chart.Size.HALF,
            rank,
            Axis.log("|1 − q_b| (log scale)"));
    for (Membership member : List.of(Membership.YES, Membership.UNDECIDED, Membership.NO)) {
      int[] places =
          IntStream.range(0, levels.size())
              .filter(i -> i < most || (i - most) % stride == 0)
              .filter(i -> levels.get(i).membership() == member)
              .toArray();
      if (places.length > 0) {
        double[] ranks = IntStream.of(places).mapToDouble(i -> i + 1).toArray();
        double[] ratios = IntStream.of(places).mapToDouble(i -> levels.get(i).ratio()).toArray();
        double[] far = new double[ratios.length];
        for (int i = 0; i < far.length; i++) {
          far[i] = Math.max(FLOOR, Math.abs(1 - ratios[i]));
        }
        dots(spectrum, member, ranks, ratios);
        dots(distances, member, ranks, far);
      }
    }
    return levels.isEmpty() ? List.of() : List.of(spectrum, distances);
  }

  private static void dots(Chart chart, Membership member, double[] ranks, double[] heights) {
    switch (member) {
      case YES -> chart.dots("may be active", ranks, heights, Ink.BLUE, Chart.Symbol.DISC);
      case UNDECIDED ->
          chart.dots("undecided", ranks, heights, Ink.VERMILLION, Chart.Symbol.DIAMOND);
      case NO -> chart.dots("never active", ranks, heights, Ink.MUTED, Chart.Symbol.RING);
    }
  }

  private String spectrum(int all, int stride) {
    long bounds = found.ratios().stream().filter(level -> !level.exact()).count();
    return "q_b = ‖v_b‖ / λ of "
        + (stride == 1
            ? "all " + all + " blocks"
            : all + " blocks, one of " + stride + " beyond the first " + most)
        + ", largest first: 1 for the "
        + count(Membership.YES)
        + " that may be active, below 1 for those that are zero in every optimal network"
        + (count(Membership.UNDECIDED) == 0
            ? ""
            : "; " + count(Membership.UNDECIDED) + " undecided")
        + (bounds == 0 ? "." : ". " + bounds + " are upper bounds, which is enough for that.");
  }

  private long count(Membership member) {
    return found.ratios().stream().filter(level -> level.membership() == member).count();
  }

  /** Sizes of optimal sets along a path: a step of the page's slider a lambda. */
  static List<Chart> path(List<OptimalSetResult> results) {
    double[] lambdas = results.stream().mapToDouble(found -> found.polished().lambda()).toArray();
    List<Chart> charts = new ArrayList<>();
    charts.add(
        new Chart(
                "dimensions",
                "Dimension of the optimal set",
                "How many independent ways there are to change a network without changing its objective,"
                    + " and how many of them change what it computes. 0: one network. Gaps: not known.",
                Chart.Size.HALF,
                Axis.lambda("λ"),
                Axis.count("dimension"))
            .dotted(
                "of networks",
                lambdas,
                numbers(results, found -> number(found.figures().mergedDimension())),
                Ink.BLUE,
                Chart.Stroke.CURVE,
                k -> true)
            .line(
                "of functions",
                lambdas,
                numbers(results, found -> number(found.figures().functionDimension())),
                Ink.VERMILLION,
                Chart.Stroke.DASHED)
            .followsLambda());
    charts.add(
        new Chart(
                "widths",
                "Neurons of optimal networks",
                "Neurons that are active in some optimal network, those of the solver's network, and"
                    + " those of the smallest network found; discs: proven smallest.",
                Chart.Size.HALF,
                Axis.lambda("λ"),
                Axis.count("neurons"))
            .line(
                "in some optimal network",
                lambdas,
                numbers(results, found -> number(found.figures().supportMaxNeurons())),
                Ink.MUTED,
                Chart.Stroke.DOTTED)
            .line(
                "solver",
                lambdas,
                numbers(results, found -> found.polished().activeBlocks()),
                Ink.BLUE,
                Chart.Stroke.DASHED)
            .dotted(
                "smallest",
                lambdas,
                numbers(results, OptimalSetResult::smallestWidth),
                Ink.VERMILLION,
                Chart.Stroke.CURVE,
                k -> results.get(k).least().provenSmallest())
            .followsLambda());
    disagreement(results, lambdas, charts);
    return charts;
  }

  private static void disagreement(
      List<OptimalSetResult> results, double[] lambdas, List<Chart> charts) {
    boolean test = results.get(0).testDisagreement() != null;
    double[] differences =
        numbers(
            results, found -> number(test ? found.testDisagreement() : found.validDisagreement()));
    if (Arrays.stream(differences).noneMatch(difference -> difference > 0)) {
      return;
    }
    charts.add(
        new Chart(
                "disagreement",
                "How far optimal networks disagree",
                "The largest difference of the predictions of two optimal networks on a "
                    + (test ? "test" : "held-out")
                    + " row.",
                Chart.Size.BAND,
                Axis.lambda("λ"),
                Axis.fromZero("difference, in units of the label"))
            .dotted("difference", lambdas, differences, Ink.BLUE, Chart.Stroke.CURVE, k -> true)
            .followsLambda());
  }

  private static double number(Number figure) {
    return figure == null ? Double.NaN : figure.doubleValue();
  }
}
