package org.relupath.spark.result;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.relupath.core.data.ClassWeights;
import org.relupath.core.network.Network;
import org.relupath.core.score.Calibration;
import org.relupath.core.score.Confusion;
import org.relupath.core.score.Scores;
import org.relupath.spark.data.Baselines;
import org.relupath.spark.data.PartMetrics;
import org.relupath.spark.train.TrainedNetwork;
import org.relupath.spark.train.choice.LambdaSelection;
import org.relupath.spark.train.program.NetworkExporter;

/**
 * How one network does on all rows, beside the simplest models; null for what there is not.
 *
 * @param train on training rows
 * @param valid on held-out rows
 * @param test on test rows
 * @param baselines what a constant and a linear regression make of the same rows
 * @param calibration what was made of its scores
 * @param labels its two labels as texts, the smaller first, or empty
 */
public record Measurement(
    PartMetrics train,
    PartMetrics valid,
    PartMetrics test,
    Baselines baselines,
    CalibrationSummary calibration,
    List<String> labels) {
  /** From this area on scores order rows well enough for another threshold to find them. */
  private static final double ORDERED = 0.7;

  /**
   * Measures a network.
   *
   * @param selection what chose it; null where nothing did
   * @param train scores of training rows, as far as they are at hand
   * @param valid scores of held-out rows, or null
   * @param test scores of test rows, or null
   */
  static Measurement of(
      NetworkExporter exporter,
      TrainedNetwork network,
      LambdaSelection selection,
      Scores train,
      Scores valid,
      Scores test) {
    List<String> labels = labels(network.network());
    if (exporter.drawn(train).isPresent()) {
      return new Measurement(
          PartMetrics.of(network.train()),
          PartMetrics.of(network.valid()),
          PartMetrics.of(network.test()),
          null,
          null,
          labels);
    }
    boolean two = labels.size() == 2;
    Calibration own = network.network().calibration();
    return new Measurement(
        PartMetrics.of(network.train(), train, two, own),
        PartMetrics.of(network.valid(), valid, two, own),
        PartMetrics.of(network.test(), test, two, own),
        Baselines.of(exporter.baselines()),
        CalibrationSummary.of(network.network(), selection, valid == null, test),
        labels);
  }

  private static List<String> labels(Network network) {
    List<String> classes = network.preparation().classes();
    return classes.isEmpty()
        ? Arrays.stream(network.labels()).mapToObj(Double::toString).toList()
        : classes;
  }

  /**
   * What to be aware of, a line each.
   *
   * @param classes weights that the network was fitted with: with any its squared error is not what
   *     was made small, and is not compared
   */
  public List<String> warnings(ClassWeights classes) {
    List<String> warnings = new ArrayList<>();
    PartMetrics held = test == null ? valid : test;
    String rows = test == null ? "held-out" : "test";
    if (held != null && baselines != null && classes == ClassWeights.NONE) {
      double constant = baselines.constant().heldOut().metrics().mse();
      Baselines.Linear ridge = baselines.ridge();
      double linear =
          ridge == null ? Double.POSITIVE_INFINITY : ridge.parts().heldOut().metrics().mse();
      double least = Math.min(constant, linear);
      if (held.metrics().mse() >= least) {
        warnings.add(
            String.format(
                Locale.ROOT,
                "on %s rows the network's mse, %.6g, is no better than that of %s, %.6g",
                rows,
                held.metrics().mse(),
                constant <= linear ? "the constant" : "ridge regression",
                least));
      }
    }
    PartMetrics sided = held == null ? train : held;
    Confusion confusion = sided.confusion();
    if (confusion != null
        && confusion.oneSided()
        && sided.auc() != null
        && sided.auc() >= ORDERED) {
      boolean positive = confusion.truePositives() + confusion.falsePositives() > 0;
      warnings.add(
          String.format(
              Locale.ROOT,
              "all %s rows are predicted %s, though auc is %.3f: --threshold or --class-weights"
                  + " finds rows of the other label",
              held == null ? "training" : rows,
              labels.get(positive ? 1 : 0),
              sided.auc()));
    }
    return warnings;
  }
}
