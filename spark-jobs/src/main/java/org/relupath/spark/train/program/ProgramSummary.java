package org.relupath.spark.train.program;

import java.util.ArrayList;
import java.util.List;
import org.relupath.spark.config.LambdaSettings;
import org.relupath.spark.io.BadInputException;

/**
 * The size and the units of a program, wherever its rows are.
 *
 * @param n rows
 * @param weight what they count for in the fit together: n where each counts once
 * @param d columns of X
 * @param gates gate vectors drawn or read
 * @param distinctPatterns P
 * @param lambdaMax of the pattern set, in the solver's units
 * @param lossScale what the solver's lambda and objective are divided by to be the user's
 * @param labels the two values of the label, smaller first, or empty
 * @param warnings what to be aware of in the results
 */
@SuppressWarnings("ArrayRecordComponent") // figures, never compared as a whole
public record ProgramSummary(
    long n,
    double weight,
    int d,
    int gates,
    int distinctPatterns,
    double lambdaMax,
    double lossScale,
    double[] labels,
    List<String> warnings) {

  public ProgramSummary {
    warnings = List.copyOf(warnings);
  }

  /** This summary with one more warning. */
  public ProgramSummary with(String warning) {
    List<String> all = new ArrayList<>(warnings);
    all.add(warning);
    return new ProgramSummary(
        n, weight, d, gates, distinctPatterns, lambdaMax, lossScale, labels, all);
  }

  /**
   * The lambda that ratios are shares of: lambda_max, or 1 where that is 0 and every lambda has the
   * zero network.
   */
  public double referenceLambda() {
    return lambdaMax > 0 ? lambdaMax : 1;
  }

  /**
   * The lambda that settings ask for, in the solver's units.
   *
   * @param defaultRatio share of lambda_max where neither lambda nor ratio is given
   */
  public double lambda(LambdaSettings lambda, double defaultRatio) {
    if (lambda.lambda().isEmpty()) {
      return lambda.lambdaRatio().orElse(defaultRatio) * referenceLambda();
    }
    return absolute(lambda.lambda().getAsDouble());
  }

  /** The largest lambda of a path, in the solver's units. */
  public double largest(LambdaSettings lambda) {
    return lambda.lambdaMax().isEmpty()
        ? referenceLambda()
        : absolute("--lambda-max", lambda.lambdaMax().getAsDouble());
  }

  /**
   * An absolute lambda, in the units of the loss scaling, in the solver's units.
   *
   * @throws BadInputException if the penalty is nothing beside the rounding of a loss
   */
  public double absolute(double lambda) {
    return absolute("--lambda", lambda);
  }

  /** A lambda in the units of the loss scaling, in the solver's units. */
  private double absolute(String option, double absolute) {
    double least = LambdaSettings.LEAST_RATIO;
    if (absolute * lossScale < least * referenceLambda()) {
      throw new BadInputException(
          "%s: '%s', expected at least %s of lambda_max, which is %s"
              .formatted(option, absolute, least, referenceLambda() / lossScale));
    }
    return absolute * lossScale;
  }
}
