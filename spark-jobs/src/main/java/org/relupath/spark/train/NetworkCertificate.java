package org.relupath.spark.train;

import org.relupath.core.program.pricing.Certificate;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Status;
import org.relupath.spark.train.program.FittedNetwork;
import org.relupath.spark.train.program.ProgramSummary;

/**
 * The proof of how good a network is among those with the patterns of its program, in the units of
 * the loss scaling: loss is 1/2 or 1/(2n) times the squared error.
 *
 * @param status how far its solve is what was asked for
 * @param lambda the regularization
 * @param lambdaRatio lambda as a share of lambda_max
 * @param objective loss + penalty of the network as it is exported: an upper bound of the optimum
 * @param loss of the network on the training rows
 * @param penalty lambda / 2 times the sum of its squared weights, in the columns of the solver
 * @param solverObjective what was certified in the columns of the solver
 * @param objectiveDifference |objective - solverObjective| / solverObjective
 * @param dualObjective a lower bound of the optimum
 * @param relativeGap (objective - dualObjective) / objective
 * @param maxConeViolation max over rows r and active blocks b of (-(A_b w_b)_r)_+ / (||x_r||
 *     ||w_b||); 0 for gated networks
 * @param kktResidual the largest violation of the conditions of optimality, relative to lambda
 * @param activeBlocks blocks of the program that are not zero
 * @param iterations of the solver
 * @param seconds wall time of the solve
 */
public record NetworkCertificate(
    Status status,
    double lambda,
    double lambdaRatio,
    double objective,
    double loss,
    double penalty,
    double solverObjective,
    double objectiveDifference,
    double dualObjective,
    double relativeGap,
    double maxConeViolation,
    double kktResidual,
    int activeBlocks,
    int iterations,
    double seconds) {

  /** The proof of a fitted network, converted from the solver's units. */
  static NetworkCertificate of(ProgramSummary program, FittedNetwork fitted, Status solved) {
    Solution solution = fitted.solution();
    Certificate own = solution.certificate();
    double unit = program.lossScale();
    return new NetworkCertificate(
        fitted.status(solved),
        own.lambda() / unit,
        own.lambda() / program.referenceLambda(),
        fitted.objective().value() / unit,
        fitted.objective().loss() / unit,
        fitted.objective().penalty() / unit,
        fitted.certified() / unit,
        fitted.difference(),
        own.dualObjective() / unit,
        fitted.relativeGap(),
        own.maxConeViolation(),
        own.kktResidual(),
        solution.weights().compact().size(),
        solution.iterations(),
        solution.seconds());
  }
}
