package org.relupath.spark.jobs;

import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.gates.Patterns;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Pricer;
import org.relupath.core.program.Problem;
import org.relupath.spark.io.BadInputException;

/**
 * The convex program that settings and training rows make: X and y as the solver sees them, gates,
 * distinct patterns.
 *
 * <p>The solver's loss is a sum. With {@code --loss-scaling mean} the user's lambda, objective and
 * all else in their units are the solver's divided by n: see {@link #unit()}.
 */
public final class Training {
  private final ModelSettings settings;
  private final Preprocessing preprocessing;
  private final Matrix gates;
  private final ConvexProgram program;
  private final double lambdaMax;

  private Training(
      ModelSettings settings, Preprocessing preprocessing, Matrix gates, ConvexProgram program) {
    this.settings = settings;
    this.preprocessing = preprocessing;
    this.gates = gates;
    this.program = program;
    lambdaMax = new Pricer(program).maxNorm(program.problem().y());
  }

  /** Fits the preprocessing, gets the gates and builds the program. */
  public static Training prepare(TrainingData data, ModelSettings settings, Configuration hadoop) {
    Preprocessing preprocessing = Preprocessing.fit(data.train(), settings.preprocessing());
    Matrix x = preprocessing.design(data.train().features());
    double[] y = preprocessing.targets(data.train().targets());
    Matrix gates = Gates.vectors(settings, x.columns(), hadoop);
    Patterns patterns = Patterns.of(x, gates);
    if (patterns.count() == 0) {
      throw new BadInputException(
          "--gates: no row is active in any of " + gates.rows() + " patterns, expected more gates");
    }
    ConvexProgram program = new ConvexProgram(new Problem(x, y, settings.model()), patterns);
    return new Training(settings, preprocessing, gates, program);
  }

  /** The program over all distinct patterns. */
  public ConvexProgram program() {
    return program;
  }

  /** The map from raw columns and labels to X and y. */
  public Preprocessing preprocessing() {
    return preprocessing;
  }

  /** The gate vectors drawn or read, one a row; a pattern's is row {@code patterns().gateId(b)}. */
  public Matrix gates() {
    return gates;
  }

  /** What the solver's lambda and objective are divided by to be the user's: n for mean, else 1. */
  public double unit() {
    return settings.lossScaling() == ModelSettings.LossScaling.MEAN ? program.problem().n() : 1;
  }

  /** lambda_max of the pattern set, in the solver's units. */
  public double lambdaMax() {
    return lambdaMax;
  }

  /**
   * The lambda that settings ask for, in the solver's units.
   *
   * @param defaultRatio share of lambda_max where neither lambda nor ratio is given
   */
  public double lambda(LambdaSettings lambda, double defaultRatio) {
    OptionalDouble absolute = lambda.lambda();
    if (absolute.isPresent()) {
      return absolute.getAsDouble() * unit();
    }
    if (lambdaMax == 0) {
      throw new BadInputException(
          "--lambda-ratio: the smallest lambda whose network is zero is 0, expected --lambda");
    }
    return lambda.lambdaRatio().orElse(defaultRatio) * lambdaMax;
  }
}
