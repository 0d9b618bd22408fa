package org.relupath.spark.ml;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.Vector;
import org.relupath.core.data.Matrix;
import org.relupath.core.network.MultiOutputNetwork;
import org.relupath.core.network.Network;
import org.relupath.core.network.NetworkFile;
import org.relupath.core.network.StoredNetwork;
import org.relupath.core.score.Calibration;
import org.relupath.core.score.PlattScaling;
import org.relupath.spark.config.RunSettings;
import org.relupath.spark.train.ladder.FittedOutput;
import org.relupath.spark.train.ladder.Rung;

/**
 * What a model holds: its network, those of the larger lambdas that its fit went down, and the
 * summary. Java serialization, as of a model that goes to executors, takes the network alone.
 */
public final class FittedPath implements Serializable {
  private final StoredNetwork own;
  private final transient double[] lambdas;
  private final transient List<StoredNetwork> networks;
  private final transient ConvexReluSummary summary;

  /** Null but in the program that fitted it. */
  private final transient List<FittedOutput> outputs;

  private final transient RunSettings settings;

  private FittedPath(
      double[] lambdas,
      List<StoredNetwork> networks,
      ConvexReluSummary summary,
      List<FittedOutput> outputs,
      RunSettings settings) {
    this.own = networks.get(networks.size() - 1);
    this.lambdas = lambdas;
    this.networks = List.copyOf(networks);
    this.summary = summary;
    this.outputs = outputs;
    this.settings = settings;
  }

  /**
   * What a fit gave.
   *
   * @param outputs one, or one for each of more than two classes
   * @param settings of the fit
   */
  static FittedPath of(List<FittedOutput> outputs, RunSettings settings) {
    List<String> names = outputs.stream().map(FittedOutput::name).toList();
    List<StoredNetwork> networks = new ArrayList<>();
    List<Rung> rungs = outputs.get(0).rungs();
    for (int k = 0; k < rungs.size(); k++) {
      int rung = k;
      networks.add(
          joined(names, outputs.stream().map(one -> one.rungs().get(rung).network()).toList()));
    }
    networks.add(joined(names, outputs.stream().map(FittedOutput::network).toList()));
    ConvexReluSummary summary = ConvexReluSummary.of(outputs, settings.solver());
    double[] lambdas =
        IntStream.rangeClosed(0, rungs.size())
            .mapToDouble(k -> k < rungs.size() ? rungs.get(k).lambda() : summary.lambda())
            .toArray();
    return new FittedPath(lambdas, networks, summary, List.copyOf(outputs), settings);
  }

  /** The network of some outputs, which are the classes 0, 1, ... where they are several. */
  static StoredNetwork joined(List<String> names, List<Network> networks) {
    return networks.size() == 1
        ? networks.get(0)
        : new MultiOutputNetwork(
            names,
            networks,
            IntStream.range(0, names.size()).mapToObj(k -> (Double) (double) k).toList());
  }

  /** What a file had. */
  static FittedPath of(double[] lambdas, List<StoredNetwork> networks, ConvexReluSummary summary) {
    return new FittedPath(lambdas, networks, summary, null, null);
  }

  /** The network. */
  public StoredNetwork stored() {
    return own;
  }

  /**
   * The network of one output.
   *
   * @throws IllegalStateException of more than two classes, which have one network each: {@link
   *     #stored}
   */
  public Network network() {
    if (own instanceof Network network) {
      return network;
    }
    throw new IllegalStateException("network: has several outputs, expected one (see stored)");
  }

  /** The lambdas of {@link #networks}, largest first, the model's own last. */
  public double[] lambdas() {
    return kept(lambdas).clone();
  }

  /** The networks of the way down, largest lambda first, the model's own last. */
  public List<StoredNetwork> networks() {
    return kept(networks);
  }

  /** The fit and its proof. */
  public ConvexReluSummary summary() {
    return kept(summary);
  }

  /** The network as network.json has it (spark-jobs/docs/files.md#networkjson). */
  public String networkJson() {
    return NetworkFile.write(own);
  }

  /** Network k of {@link #networks} as network.json has it. */
  public String networkJson(int k) {
    return NetworkFile.write(networks().get(k));
  }

  /** Whether the programs of the fit are at hand. */
  boolean isFresh() {
    return outputs != null;
  }

  /** The outputs with their programs. */
  List<FittedOutput> outputs() {
    return outputs;
  }

  /** The settings of the fit. */
  RunSettings settings() {
    return settings;
  }

  private static <T> T kept(T part) {
    if (part == null) {
      throw new IllegalStateException(
          "a model that came by Java serialization has its network alone, expected one that was"
              + " fitted or loaded");
    }
    return part;
  }

  /** K, the number of outputs. */
  int size() {
    return own instanceof MultiOutputNetwork several ? several.size() : 1;
  }

  /**
   * The probabilities of the classes at some scores, one an output.
   *
   * @throws IllegalArgumentException if the network has none
   */
  double[] probabilities(double[] scores) {
    double[] own = null;
    if (this.own instanceof MultiOutputNetwork several) {
      Matrix all = several.probabilities(new Matrix(1, scores.length, scores));
      own = all == null ? null : all.row(0);
    } else {
      PlattScaling scaling = Calibration.scaling(network().calibration());
      double larger = scaling == null ? 0 : scaling.probability(scores[0]);
      own = scaling == null ? null : new double[] {1 - larger, larger};
    }
    if (own == null) {
      throw new IllegalArgumentException(
          "probabilityCol: the network has no probabilities, expected one that was fitted with a"
              + " probabilityCol");
    }
    return own;
  }

  /** How many numbers a vector of features has. */
  int features() {
    return own.inputs().size();
  }

  /**
   * The scores of a vector of features, one an output.
   *
   * @throws IllegalArgumentException if it is of another size
   */
  double[] scores(Vector features, String column) {
    if (features == null) {
      throw new IllegalArgumentException(
          "featuresCol: column '%s' has a null, expected a vector of %s entries"
              .formatted(column, features()));
    }
    if (features.size() != features()) {
      throw new IllegalArgumentException(
          "featuresCol: a vector in column '%s' has %s entries, expected %s"
              .formatted(column, features.size(), features()));
    }
    return own.scores(new Matrix(1, features.size(), features.toArray())).row(0);
  }
}
