package org.relupath.spark.result.outputs;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.relupath.core.solve.Status;
import org.relupath.spark.data.Metrics;
import org.relupath.spark.train.NetworkCertificate;
import org.relupath.spark.train.TrainedNetwork;
import org.relupath.spark.train.TrainedPath;
import org.relupath.spark.train.Training;

/**
 * One of several outputs: its chosen network and its proof, in the units of the loss scaling.
 *
 * @param name the class or the label column
 * @param folder where its files are
 * @param status the worst of its lambdas
 * @param lambdaIndex the place of the chosen one, 0 for the largest; null for a fit
 * @param lambdaMax its own smallest lambda whose network is zero
 * @param lambdaRatio lambda as a share of that
 * @param dualObjective a lower bound of the objective over the patterns of its program
 * @param lowerBound of the objective of every network of this one output
 * @param gapToGlobal how far it is from that, relatively
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OutputSummary(
    String name,
    String folder,
    Status status,
    Integer lambdaIndex,
    double lambda,
    double lambdaMax,
    double lambdaRatio,
    double objective,
    double dualObjective,
    double relativeGap,
    double lowerBound,
    double gapToGlobal,
    int neurons,
    Metrics train,
    Metrics valid,
    Metrics test) {
  /** The folder of the outputs' folders. */
  public static final String FOLDER = "outputs";

  /** Longer names are cut in the names of folders. */
  private static final int LONGEST = 40;

  /**
   * The folder of an output in that of its run: its number from 1, and its name in characters that
   * every file system has.
   */
  public static String folder(int k, String name) {
    String plain = name.replaceAll("[^A-Za-z0-9._-]", "_");
    String cut = plain.substring(0, Math.min(LONGEST, plain.length()));
    return FOLDER + "/" + (k + 1) + "-" + cut;
  }

  /** The summary of an output. */
  public static OutputSummary of(
      int k, String name, Status status, Training training, TrainedPath trained) {
    TrainedNetwork best = trained.best();
    NetworkCertificate proof = best.certificate();
    return new OutputSummary(
        name,
        folder(k, name),
        status,
        trained.selection().chosen() ? (Integer) trained.selection().index() : null,
        proof.lambda(),
        training.program().lambdaMax() / training.program().lossScale(),
        proof.lambdaRatio(),
        proof.objective(),
        proof.dualObjective(),
        proof.relativeGap(),
        best.lowerBound(),
        best.gap().value(),
        best.network().width(),
        best.train(),
        best.valid(),
        best.test());
  }
}
