package org.relupath.core.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.Patterns;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Certificate;
import org.relupath.core.program.pricing.Certifier;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.program.search.GlobalBound;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.DenseProgram;
import org.relupath.core.reference.Huber;
import org.relupath.core.reference.Instance;
import org.relupath.core.reference.Instance.Shape;

/** Programs of Huber's loss, with two rows that are far from the others. */
class OtherLossTest {

  record Case(Instance instance, Model model, double delta) {
    @Override
    public String toString() {
      return instance + " " + model + " delta " + delta;
    }

    ConvexProgram program() {
      Matrix x = Matrix.ofRows(instance.x());
      Problem problem = new Problem(x, instance.y(), model, new Huber(delta));
      return new ConvexProgram(problem, Patterns.of(x, Matrix.ofRows(instance.gates())));
    }
  }

  static Stream<Case> cases() {
    return Stream.of(Shape.GAUSSIAN, Shape.TALL, Shape.WIDE, Shape.REPEATED_ROWS)
        .map(shape -> Instance.of(shape, 1))
        .peek(
            instance -> {
              instance.y()[0] += 20;
              instance.y()[5] -= 20;
            })
        .flatMap(
            instance ->
                Stream.of(Model.values())
                    .flatMap(
                        model ->
                            Stream.of(0.5, 3.0, 100.0)
                                .map(delta -> new Case(instance, model, delta))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void isProvenOptimalByDefinitionsAlone(Case c) {
    ConvexProgram program = c.program();
    Pricer pricer = new Pricer(program);
    DenseProgram dense = c.instance.dense(c.model);
    Huber loss = new Huber(c.delta);
    double[] y = c.instance.y();
    double lambdaMax = pricer.maxNorm(program.problem().zeroResidual());
    assertThat(lambdaMax)
        .isCloseTo(
            dense.maxNorm(Arrays.stream(y).map(loss::residual).toArray()),
            within(1e-11 * lambdaMax));
    Solver solver = new Solver(program.problem(), pricer);
    assertThat(solver.solve(lambdaMax, Settings.DEFAULT).weights().size()).isZero();
    for (double ratio : new double[] {0.5, 0.1, 0.01}) {
      double lambda = ratio * lambdaMax;
      Solution solution = solver.solve(lambda, Settings.DEFAULT);
      assertThat(solution.status()).as("lambda ratio %s", ratio).isEqualTo(Status.OPTIMAL);
      Certificate proof = solution.certificate();
      double[][] w = dense.dense(solution.weights());
      double[] errors = dense.residual(w);
      double objective = loss.value(errors) + dense.penalty(w, lambda);
      assertThat(proof.objective()).isCloseTo(objective, within(1e-9 * objective));
      double[] u = Arrays.stream(errors).map(loss::residual).toArray();
      double t = Math.min(1, lambda / dense.maxNorm(u));
      double dual = t * Dense.dot(y, u) - 0.5 * t * t * Dense.dot(u, u);
      assertThat(dual).isBetween(objective * (1 - 1.1e-8), objective * (1 + 1e-12));
      assertThat(proof.dualObjective()).isCloseTo(dual, within(1e-8 * objective));
      assertThat(dense.coneViolation(w)).isLessThanOrEqualTo(1e-10);
    }
  }

  /** l(e) = min over s of (e - s)^2 / 2 + delta |s|: squared programs of y - s, one by one. */
  @ParameterizedTest
  @EnumSource(Model.class)
  void isTheLimitOfSquaredPrograms(Model model) {
    Case c = new Case(cases().findFirst().orElseThrow().instance, model, 0.5);
    ConvexProgram program = c.program();
    Pricer pricer = new Pricer(program);
    Huber loss = new Huber(c.delta);
    double[] y = c.instance.y();
    double lambda = 0.2 * pricer.maxNorm(program.problem().zeroResidual());
    Solution solution = new Solver(program.problem(), pricer).solve(lambda, Settings.DEFAULT);
    Certifier errors = new Certifier(new Problem(program.problem().x(), y, model));
    BlockWeights w = BlockWeights.zero(program.problem().d());
    for (int round = 0; round < 150; round++) {
      double[] e = errors.residual(w);
      double[] rest = y.clone();
      for (int r = 0; r < e.length; r++) {
        rest[r] -= e[r] - loss.residual(e[r]);
      }
      Problem squared = new Problem(program.problem().x(), rest, model);
      Pricer prices = new Pricer(new ConvexProgram(squared, program.patterns()));
      w = new Solver(squared, prices).solve(lambda, Settings.to(1e-9), w).weights();
    }
    double objective = loss.value(errors.residual(w)) + lambda * w.normSum();
    assertThat(solution.certificate().objective()).isCloseTo(objective, within(1e-5 * objective));
    assertThat(solution.certificate().objective()).isLessThanOrEqualTo(objective * (1 + 1e-8));
  }

  /** Below the kink there is no difference. */
  @ParameterizedTest
  @EnumSource(Model.class)
  void isTheSquaredProgramWhereNoErrorIsLarge(Model model) {
    Instance instance = Instance.of(Shape.GAUSSIAN, 2);
    double lambda = 0.1 * instance.lambdaMax(model);
    Solution squared = instance.solve(model, lambda, 1e-9);
    Problem problem = new Case(instance, model, 1e6).program().problem();
    Solution huber =
        new Solver(problem, new Pricer(new Case(instance, model, 1e6).program()))
            .solve(lambda, Settings.to(1e-9));
    assertThat(huber.status()).isEqualTo(Status.OPTIMAL);
    double objective = squared.certificate().objective();
    assertThat(huber.certificate().objective()).isCloseTo(objective, within(2e-9 * objective));
    assertThat(huber.certificate().dualObjective()).isCloseTo(objective, within(2e-9 * objective));
  }

  @Test
  void whatIsOnlyRightForSquaresRefusesIt() {
    Problem problem = cases().toList().get(0).program().problem();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GlobalBound(problem))
        .withMessageContaining("for the squared loss")
        .withMessageContaining("Huber[delta=0.5]");
  }
}
