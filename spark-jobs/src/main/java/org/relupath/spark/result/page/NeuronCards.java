package org.relupath.spark.result.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.relupath.core.network.FeatureWeights;
import org.relupath.core.network.Network;
import org.relupath.core.network.NeuronActivity;
import org.relupath.core.program.Model;
import org.relupath.spark.report.NeuronCard;
import org.relupath.spark.report.Numbers;
import org.relupath.spark.report.Page;
import org.relupath.spark.result.FitFiles;

/**
 * The neurons of a network in words.
 *
 * @param network on raw features
 * @param activity of its neurons on training rows; null where it was not measured
 */
public record NeuronCards(Network network, NeuronActivity activity) {
  /** Cards that one reads. */
  private static final int MOST = 24;

  /** Features that a card names. */
  private static final int FEATURES = 5;

  /** Of a network with its files. */
  public static NeuronCards of(FitFiles files) {
    Network network = files.network().network();
    return new NeuronCards(network, files.exporter().activity(network));
  }

  /** Adds the cards, those that add or take most first. */
  void on(Page page) {
    int k = network.width();
    if (k == 0) {
      return;
    }
    FeatureWeights weights = new FeatureWeights(network);
    List<String> names = weights.names();
    double[] sizes = new double[k];
    double[][] own = new double[k][];
    for (int j = 0; j < k; j++) {
      own[j] = weights.of(j);
      sizes[j] = activity == null ? norm(own[j]) : activity.size()[j];
    }
    List<Integer> order =
        IntStream.range(0, k)
            .boxed()
            .sorted(Comparator.comparingDouble(j -> -sizes[j]))
            .limit(MOST)
            .toList();
    List<NeuronCard> cards = new ArrayList<>();
    for (int j : order) {
      String sign =
          network.model() == Model.GATED ? "gated" : weights.adds(j) ? "adds" : "subtracts";
      cards.add(
          new NeuronCard("Neuron " + (j + 1) + ": " + sign, sentence(j), features(names, own[j])));
    }
    page.neurons("What the neurons do", note(k), cards);
  }

  private static double norm(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  private String note(int k) {
    return (k <= MOST ? "All " + k + " neurons" : "The " + MOST + " largest of " + k + " neurons")
        + (activity == null
            ? ", largest weights first; how often they are active was not measured, as the rows"
                + " are on executors."
            : ", those that move the output most first.")
        + " A neuron is active where its weighted sum of features is above 0"
        + (network.model() == Model.GATED ? " for its gate" : "")
        + "; the weights are of features in units of their standard deviation, times the neuron's"
        + " output weight, so that sizes compare.";
  }

  private String sentence(int j) {
    if (activity == null) {
      return "";
    }
    return "Active on "
        + Numbers.percent(activity.active()[j])
        + " of the training rows; moves the output by "
        + Numbers.text(activity.size()[j], 3)
        + " on average, "
        + (activity.variance()[j] < 0 ? "and lowers its variance by " : "")
        + Numbers.percent(Math.abs(activity.variance()[j]))
        + (activity.variance()[j] < 0 ? "." : " of its variance.");
  }

  private static List<NeuronCard.Feature> features(List<String> names, double[] own) {
    return IntStream.range(0, own.length)
        .filter(i -> own[i] != 0)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -Math.abs(own[i])))
        .limit(FEATURES)
        .map(i -> new NeuronCard.Feature(names.get(i), own[i]))
        .toList();
  }
}
