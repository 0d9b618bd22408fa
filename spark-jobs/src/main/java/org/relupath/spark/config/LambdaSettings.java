package org.relupath.spark.config;

import java.util.OptionalDouble;

/**
 * Which regularization.
 *
 * @param lambda absolute, in the units of the loss scaling
 * @param lambdaRatio share of lambda_max; at most one of the two
 * @param lambdas length of the grid
 * @param certify instead of a grid, how near to optimal every lambda of the range is to be, in
 *     units of ||y||^2/2
 * @param lambdaMax the largest lambda of the path; without it lambda_max
 * @param lambdaMinRatio the smallest lambda of the path over the largest
 * @param rule how one of them is chosen
 */
public record LambdaSettings(
    OptionalDouble lambda,
    OptionalDouble lambdaRatio,
    int lambdas,
    OptionalDouble certify,
    OptionalDouble lambdaMax,
    double lambdaMinRatio,
    LambdaRule rule) {
  /** Of lambda_max: below it nothing of a penalty is left beside the rounding of a loss. */
  public static final double LEAST_RATIO = 1e-30;

  /** What a lambda of a grid is smaller by than the one before, relatively: above rounding. */
  private static final double LEAST_STEP = 1e-12;

  static LambdaSettings of(Values values) {
    ResolvedConfig config = values.config();
    LambdaSettings settings =
        new LambdaSettings(
            absolute(values, "lambda"),
            values.number(
                "lambda-ratio",
                value -> value >= LEAST_RATIO && value <= 1e30,
                "a number from 1e-30 to 1e30"),
            values.count("lambdas"),
            values.number(
                "certify", value -> value >= 1e-10 && value < 1, "a number from 1e-10 to below 1"),
            absolute(values, "lambda-max"),
            values.required(
                "lambda-min-ratio",
                value -> value >= LEAST_RATIO && value < 1,
                "a number from 1e-30 to below 1"),
            values.choice("choose", LambdaRule.class));
    if (settings.lambda.isPresent() && settings.lambdaRatio.isPresent()) {
      throw values.both("lambda", "lambda-ratio", "");
    }
    double step = Math.pow(settings.lambdaMinRatio, 1.0 / Math.max(1, settings.lambdas - 1));
    if (1 - step < LEAST_STEP) {
      throw values.refusal(
          "lambda-min-ratio", "one that keeps " + settings.lambdas + " lambdas apart");
    }
    // A file that repeats a run holds every key.
    if (settings.certify.isPresent()
        && config.isExplicit("lambdas")
        && !config.isFromFile("lambdas")) {
      throw values.both("certify", "lambdas", "certify chooses the lambdas");
    }
    if (settings.certify.isPresent() && settings.lambdaMax.isPresent()) {
      throw values.both("certify", "lambda-max", "certify begins at the zero network");
    }
    return settings;
  }

  private static OptionalDouble absolute(Values values, String key) {
    return values.number(
        key, value -> value >= 1e-100 && value <= 1e100, "a number from 1e-100 to 1e100");
  }
}
