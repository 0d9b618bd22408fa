package org.relupath.core.solve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relupath.core.program.Model;
import org.relupath.core.reference.DenseProgram;
import org.relupath.core.reference.Instance;
import org.relupath.core.reference.Instance.Shape;

/** Instances, found by search, on which a solver lost its way: each is named by shape and seed. */
class HardInstancesTest {

  @ParameterizedTest(name = "{0} seed {1} {2} at lambda ratio {3}")
  @CsvSource({
    // Targets of 1e-7: the first penalty must carry the units of 1 / X^2.
    "SMALL_TARGETS,5006,RELU,1e-4",
    "SMALL_TARGETS,5014,RELU,1e-4",
    // Newton's steps run out at a large penalty, and the weights run away.
    "TALL,5021,GATED,1e-4",
    "TALL,5071,GATED,1e-4",
    // Rounding at a large penalty stops progress above the tolerance.
    "DUPLICATED_COLUMNS,5127,RELU,1e-4"
  })
  void areSolvedToTheDefaultTolerance(Shape shape, long seed, Model model, double ratio) {
    Instance instance = Instance.of(shape, seed);
    DenseProgram dense = instance.dense(model);
    double lambda = ratio * instance.lambdaMax(model);
    Solution solution = instance.solve(model, lambda, 1e-8);
    assertThat(solution.status())
        .as("gap %s", solution.certificate().relativeGap())
        .isEqualTo(Status.OPTIMAL);
    double[][] w = dense.dense(solution.weights());
    double objective = dense.objective(w, lambda);
    assertThat(objective - dense.dual(dense.residual(w), lambda))
        .isLessThanOrEqualTo(1.1e-8 * objective);
    assertThat(dense.coneViolation(w)).isLessThanOrEqualTo(1e-10);
  }

  /**
   * A valley of the objective that is flat to rounding: objectives agree to 1e-16 along it and the
   * dual residual does not. What cannot be certified must not be called optimal.
   */
  @ParameterizedTest(name = "{0} seed {1} {2} at lambda ratio {3}")
  @CsvSource({
    "TALL,5042,RELU,1e-4",
    "TALL,5110,RELU,1e-4",
    "DUPLICATED_COLUMNS,5031,RELU,1e-4",
    "GAUSSIAN,5129,RELU,1e-3",
    "GAUSSIAN,5212,RELU,1e-4",
    "SQUARE,5120,RELU,1e-4"
  })
  void areNeverCalledOptimalAboveTheTolerance(Shape shape, long seed, Model model, double ratio) {
    Instance instance = Instance.of(shape, seed);
    Solution solution = instance.solve(model, ratio * instance.lambdaMax(model), 1e-8);
    double gap = solution.certificate().relativeGap();
    assertThat(gap).isLessThanOrEqualTo(1e-6);
    assertThat(solution.status() == Status.OPTIMAL).isEqualTo(gap <= 1e-8);
  }
}
