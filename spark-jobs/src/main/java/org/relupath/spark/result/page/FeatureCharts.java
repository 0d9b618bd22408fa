package org.relupath.spark.result.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.relupath.core.network.FeatureWeights;
import org.relupath.core.network.Network;
import org.relupath.spark.report.Axis;
import org.relupath.spark.report.Chart;
import org.relupath.spark.report.Ink;

/** Which features the networks of a path take in, and how much. */
final class FeatureCharts {
  /** Features that are drawn. */
  private static final int MOST = 12;

  private static final String USE = "sum over neurons of |weight| in units of standard deviation";

  private final LambdaChart charts;
  private final int chosen;
  private final List<String> names;

  /** One a lambda, with an entry for each feature. */
  private final List<double[]> use;

  /** The features that are drawn, most used first. */
  private final List<Integer> largest;

  private final long used;

  FeatureCharts(PathPage page) {
    charts = new LambdaChart(page);
    chosen = page.selection().index();
    List<Network> networks = page.networks();
    names = new FeatureWeights(networks.get(0)).names();
    use = networks.stream().map(network -> new FeatureWeights(network).use()).toList();
    double[] most = new double[names.size()];
    for (double[] own : use) {
      IntStream.range(0, most.length).forEach(i -> most[i] = Math.max(most[i], own[i]));
    }
    used = IntStream.range(0, most.length).filter(i -> most[i] > 0).count();
    largest =
        IntStream.range(0, most.length)
            .filter(i -> most[i] > 0)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -most[i]))
            .limit(MOST)
            .toList();
  }

  /** Both charts; none where every network is zero. */
  List<Chart> both() {
    return largest.isEmpty() ? List.of() : List.of(along(), at());
  }

  private String which() {
    return used <= MOST
        ? "All " + used + " features that any network of the path uses, of " + names.size()
        : "The " + MOST + " most used of " + used + " features, of " + names.size();
  }

  private Chart along() {
    Chart chart =
        charts.chart(
            "features",
            "Features along the path",
            which()
                + ". A feature enters where its line leaves zero: it is not used at any larger λ.",
            Chart.Size.WIDE,
            Axis.fromZero(USE));
    for (int i = 0; i < largest.size(); i++) {
      int feature = largest.get(i);
      double[] y = use.stream().mapToDouble(own -> own[feature]).toArray();
      Chart.Stroke stroke = Ink.repeats(i) ? Chart.Stroke.DASHED : Chart.Stroke.CURVE;
      chart.line(names.get(feature), charts.lambdas(), y, Ink.of(i), stroke);
    }
    return chart;
  }

  /** Bars that follow the slider. */
  private Chart at() {
    List<Integer> upwards = new ArrayList<>(largest);
    java.util.Collections.reverse(upwards);
    List<double[]> frames =
        use.stream()
            .map(own -> upwards.stream().mapToDouble(feature -> own[feature]).toArray())
            .toList();
    return new Chart(
            "features-at",
            "Features at the λ of the slider",
            "These features in the network of one λ: at first the chosen one.",
            Chart.Size.WIDE,
            Axis.fromZero(USE),
            Axis.names("", upwards.stream().map(names::get).toList()))
        .bars("use", frames.get(chosen), Ink.BLUE)
        .frames(frames);
  }
}
