package org.relupath.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.audit.stationarity.NeuronAudit;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.Patterns;
import org.relupath.core.network.Neurons;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.Instance;
import org.relupath.core.reference.Instance.Shape;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solver;

/** What must hold of every audit, on shapes of X that break things. */
class AuditZooTest {

  record Case(Instance instance, Model model, double ratio) {
    @Override
    public String toString() {
      return instance + " " + model + " lambda ratio " + ratio;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(Shape.values())
        .flatMap(shape -> Stream.of(Instance.of(shape, 1)))
        .flatMap(
            instance ->
                Stream.of(Model.values())
                    .flatMap(
                        model ->
                            Stream.of(1.0, 0.1).map(ratio -> new Case(instance, model, ratio))));
  }

  private static double lambda(Case c) {
    return c.ratio * c.instance.lambdaMax(c.model);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void fitsAreOptimalForTheirOwnBlocks(Case c) {
    ConvexProgram program = c.instance.program(c.model);
    Patterns patterns = program.patterns();
    int[] rows = new int[patterns.count()];
    Arrays.setAll(rows, patterns::gateId);
    Matrix gates = Matrix.ofRows(c.instance.gates());
    double lambda = lambda(c);
    Neurons network =
        Neurons.of(
            new Solver(program.problem(), new Pricer(program))
                .solve(lambda, Settings.to(1e-12))
                .weights(),
            c.model,
            gates.selectRows(rows));
    Audit audit =
        new Auditor(program.problem(), lambda, Settings.to(1e-12)).audit(network, gates, 100);
    assertThat(audit.subsampled().objective())
        .isCloseTo(audit.objective(), within(1e-9 * audit.objective()));
    assertThat(audit.balancedObjective())
        .isCloseTo(audit.objective(), within(1e-12 * audit.objective()));
    if (c.model == Model.GATED) {
      // A gap of 1e-12 leaves the square root of it, times |a|, of the gradient.
      assertThat(audit.balancedStationarity().stationarityResidual()).isLessThan(1e-5 * lambda);
      assertThat(audit.neighbour()).isEmpty();
    }
    requireOrder(audit);
  }

  /** Whatever its weights, a network is above all bounds, and what is offered is below it. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void randomNetworksAreAboveEveryBound(Case c) {
    Random random = new Random(7);
    int d = c.instance.x()[0].length;
    double size = Dense.norm(c.instance.y());
    double[][] w = Instance.gaussian(random, 5, d);
    double[] a = Dense.times(size / 50, Instance.gaussian(random, 1, 5)[0]);
    w[3] = Dense.times(2, w[2]);
    w[4] = Dense.times(-1, w[2]);
    a[1] = 0;
    boolean gated = c.model == Model.GATED;
    Matrix gates = Matrix.ofRows(Instance.gaussian(random, gated ? 5 : 0, d));
    Problem problem = c.instance.program(c.model).problem();
    Neurons network = new Neurons(c.model, Matrix.ofRows(w), a, gates);
    Audit audit =
        new Auditor(problem, lambda(c), Settings.to(1e-10))
            .audit(network, Matrix.ofRows(c.instance.gates()), 100);
    requireOrder(audit);
    assertThat(audit.critical()).isFalse();
    assertThat(audit.stationarity().neurons(NeuronAudit.Kind.ZERO)).containsExactly(1);
    Improvement improvement = audit.improvement().orElseThrow();
    double objective = improvement.network().objective(problem.x(), problem.y(), audit.lambda());
    assertThat(objective).isEqualTo(improvement.objective()).isLessThan(audit.objective());
  }

  private static void requireOrder(Audit audit) {
    double rounding = 1 + 1e-9;
    assertThat(audit.balancedObjective()).isLessThanOrEqualTo(audit.objective() * rounding);
    assertThat(audit.mergedObjective()).isLessThanOrEqualTo(audit.balancedObjective() * rounding);
    assertThat(audit.subsampled().objective())
        .isLessThanOrEqualTo(audit.mergedObjective() * rounding);
    assertThat(audit.patternSet().objective())
        .isLessThanOrEqualTo(audit.subsampled().objective() * rounding);
    assertThat(audit.patternSet().bound())
        .isLessThanOrEqualTo(audit.patternSet().objective() * (1 + 1e-12));
    assertThat(audit.lowerBound().value())
        .isLessThanOrEqualTo(audit.patternSet().objective() * rounding);
    assertThat(audit.gapToGlobal()).isBetween(0.0, 1.0);
    assertThat(audit.stationarity().stationarityResidual())
        .isLessThanOrEqualTo(audit.stationarity().descentResidual() + 1e-9 * audit.lambda());
    assertThat(audit.free().objective()).isLessThanOrEqualTo(audit.balancedObjective() * rounding);
    assertThat(audit.subsampled().minimalWidth()).isLessThanOrEqualTo(audit.subsampled().width());
  }
}
