package org.relupath.spark.jobs;

import java.util.OptionalDouble;
import org.relupath.spark.io.BadInputException;

/**
 * Which regularization.
 *
 * @param lambda absolute, in the units of the loss scaling
 * @param lambdaRatio share of lambda_max; at most one of the two
 * @param lambdas length of the grid
 * @param lambdaMinRatio its smallest over its largest
 * @param certify eps for which the grid is chosen
 */
public record LambdaSettings(
    OptionalDouble lambda,
    OptionalDouble lambdaRatio,
    int lambdas,
    double lambdaMinRatio,
    OptionalDouble certify) {

  static LambdaSettings of(Values values, ResolvedConfig config) {
    LambdaSettings settings =
        new LambdaSettings(
            values.positive("lambda"),
            values.positive("lambda-ratio"),
            values.count("lambdas"),
            values
                .fraction("lambda-min-ratio")
                .orElseThrow(
                    () -> values.refusal("lambda-min-ratio", "a number above 0 and below 1")),
            values.positive("certify"));
    if (settings.lambda.isPresent() && settings.lambdaRatio.isPresent()) {
      throw new BadInputException(
          config.name("lambda")
              + " and "
              + config.name("lambda-ratio")
              + ": both given, expected one");
    }
    if (settings.certify.isPresent() && config.isExplicit("lambdas")) {
      throw new BadInputException(
          config.name("lambdas")
              + " and "
              + config.name("certify")
              + ": both given, expected one (certify chooses the grid)");
    }
    return settings;
  }
}
