package org.relupath.spark.audit;

import java.util.List;
import org.relupath.core.data.ClassWeights;
import org.relupath.core.data.ColumnScaling;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.network.Folding;
import org.relupath.core.network.ForwardPass;
import org.relupath.core.network.Network;
import org.relupath.core.network.Neurons;
import org.relupath.core.program.Problem;
import org.relupath.spark.data.Metrics;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.train.NetworkClass;

/**
 * A network, trained by anything, and the rows it is audited on, in the coordinates of the solver
 * (core/docs/audit.md).
 *
 * <p>A network of ours carries its preprocessing, which is undone: X is standardised as it was in
 * training. A foreign one is taken as it is: nothing is standardised, X ends in a column of ones
 * iff some bias is not zero, and the targets are y - outputBias.
 *
 * @param network as its file has it
 * @param preprocessing the map between raw rows and X
 * @param rows the raw rows
 * @param neurons the network on the columns of X
 * @param problem X and the targets
 * @param weight of all rows in the objective: their number where each counts once
 */
public record AuditedNetwork(
    Network network,
    Preprocessing preprocessing,
    Observations rows,
    Neurons neurons,
    Problem problem,
    double weight) {

  /**
   * Puts a network and rows together.
   *
   * @param named how messages call the network
   * @param network the network
   * @param rows labelled rows, their features in the order of the network's inputs
   * @param classes what the rows of a class count for in the objective
   * @throws BadInputException if the objective is no finite number, whatever lambda is
   */
  public static AuditedNetwork of(
      String named, Network network, Observations rows, ClassWeights classes) {
    Preprocessing preprocessing = preprocessing(network);
    try {
      Neurons neurons = Folding.unfold(carrying(network, preprocessing));
      Problem problem = Problem.of(preprocessing, classes.weigh(rows), network.model());
      if (!Double.isFinite(neurons.objective(problem.x(), problem.y(), 1))) {
        throw new IllegalArgumentException(
            "its loss on these rows or the squares of its weights are beyond the largest double,"
                + " expected a network and rows for which they are numbers");
      }
      return new AuditedNetwork(
          network, preprocessing, rows, neurons, problem, classes.weigh(rows).totalWeight());
    } catch (IllegalArgumentException e) {
      throw new BadInputException(named + ": " + e.getMessage(), e);
    }
  }

  /**
   * The network on raw features, where its file has it on columns that are standardised by these
   * rows; one that carries its preprocessing, or is on raw features, as it is.
   *
   * @param named how messages call the network
   * @param classes what the rows of a class count for in means and scales
   * @param asked how columns are scaled
   */
  public static Network standardised(
      String named,
      Network network,
      Observations rows,
      ClassWeights classes,
      Preprocessing.Options asked) {
    if (network.preprocessing() != null || asked.scaling() == ColumnScaling.NONE) {
      return network;
    }
    try {
      Preprocessing fitted = Preprocessing.fit(rows, classes, asked, network.preparation());
      return Folding.fold(network, fitted.mean(), fitted.scale(), rows.features());
    } catch (IllegalArgumentException e) {
      throw new BadInputException(named + ": " + e.getMessage(), e);
    }
  }

  private static Preprocessing preprocessing(Network network) {
    Preprocessing own = network.preprocessing();
    int inputs = network.hidden().columns();
    double[] ones = new double[inputs];
    java.util.Arrays.fill(ones, 1);
    return new Preprocessing(
        own == null ? new double[inputs] : own.mean(),
        own == null ? ones : own.scale(),
        own == null
            ? anyNonzero(network.bias()) || anyNonzero(network.gateBias())
            : own.intercept(),
        network.outputBias(),
        network.labels(),
        network.preparation());
  }

  /** The networks that a bound of this problem is for. */
  public NetworkClass networks() {
    boolean centred = anyNonzero(preprocessing.mean());
    boolean scaled = java.util.Arrays.stream(preprocessing.scale()).anyMatch(s -> s != 1);
    return new NetworkClass(
        network.model(),
        preprocessing.intercept(),
        centred ? "standardised" : scaled ? "scaled" : "raw");
  }

  private static boolean anyNonzero(double[] biases) {
    return java.util.Arrays.stream(biases).anyMatch(bias -> bias != 0);
  }

  private static Network carrying(Network network, Preprocessing preprocessing) {
    return new Network(
        network.model(),
        network.inputs(),
        network.hidden(),
        network.bias(),
        network.output(),
        network.outputBias(),
        network.labels(),
        network.gates(),
        network.gateBias(),
        preprocessing);
  }

  /** Another network on the columns of X as one on raw features, with the inputs of this one. */
  public Network fold(Neurons other) {
    List<String> inputs = network.inputs();
    return Folding.fold(other, preprocessing, inputs, rows.features());
  }

  /** How a network on raw features does on the rows. */
  Metrics measure(Network any) {
    ForwardPass pass = ForwardPass.of(any, rows.features());
    return Metrics.of(pass, rows, network.labels());
  }
}
