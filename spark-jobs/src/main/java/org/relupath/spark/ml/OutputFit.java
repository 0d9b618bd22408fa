package org.relupath.spark.ml;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.relupath.core.solve.Status;
import org.relupath.spark.train.NetworkCertificate;
import org.relupath.spark.train.TrainedNetwork;
import org.relupath.spark.train.ladder.FittedOutput;
import org.relupath.spark.train.program.ProgramSummary;

/**
 * One output of a fit and its proof; names and units are those of summary.json with {@code
 * loss-scaling = mean}: a loss is the mean of half the squared errors.
 *
 * @param name the class of the output; empty where there is one output
 * @param status whether the relative gap is what was asked for
 * @param lambda the regularization
 * @param lambdaMax its own smallest lambda whose network is zero
 * @param lambdaRatio lambda as a share of that
 * @param objective loss + penalty of the network
 * @param loss of the network on the training rows
 * @param penalty lambda / 2 times the sum of its squared weights, in the columns of the solver
 * @param dualObjective a lower bound of the objective over the patterns of its program
 * @param relativeGap (objective - dualObjective) / objective
 * @param lowerBound of the objective of every network of {@code lowerBoundClass}
 * @param lowerBoundSource what proves it
 * @param lowerBoundClass the networks that it is for
 * @param gapToGlobal how far the objective is from that, relatively
 * @param searchedGap of adaptive gates the relative gap that the last search left; else null
 * @param gates gate vectors drawn, read or found
 * @param distinctPatterns P, the activation patterns of its program
 * @param activeBlocks blocks of the program that are not zero
 * @param neurons of the network
 * @param iterations of the solver for this lambda
 * @param trainMse mean squared error on the training rows, of classes against -1 and +1
 * @param trainAccuracy share of the training rows with the right sign; null for numbers
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OutputFit(
    String name,
    Status status,
    double lambda,
    double lambdaMax,
    double lambdaRatio,
    double objective,
    double loss,
    double penalty,
    double dualObjective,
    double relativeGap,
    double lowerBound,
    String lowerBoundSource,
    String lowerBoundClass,
    double gapToGlobal,
    Double searchedGap,
    int gates,
    int distinctPatterns,
    int activeBlocks,
    int neurons,
    int iterations,
    double trainMse,
    Double trainAccuracy) {

  static OutputFit of(FittedOutput output) {
    TrainedNetwork own = output.own();
    NetworkCertificate proof = own.certificate();
    ProgramSummary program = output.summary();
    return new OutputFit(
        output.name(),
        proof.status(),
        proof.lambda(),
        program.lambdaMax() / program.lossScale(),
        proof.lambdaRatio(),
        proof.objective(),
        proof.loss(),
        proof.penalty(),
        proof.dualObjective(),
        proof.relativeGap(),
        own.lowerBound(),
        own.gap().source(),
        own.gap().networks().description(),
        own.gap().value(),
        own.searched() == null ? null : (Double) own.searched().searchedGap(),
        program.gates(),
        program.distinctPatterns(),
        proof.activeBlocks(),
        own.network().width(),
        proof.iterations(),
        own.train().mse(),
        own.train().accuracy());
  }
}
