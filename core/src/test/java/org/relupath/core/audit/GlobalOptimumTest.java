package org.relupath.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.arrangement.PatternEnumeration;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Certificate;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.reference.Instance;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Solver;
import org.relupath.core.solve.Status;

/**
 * The optimum over all enumerated patterns against descent from many starts, which knows nothing of
 * patterns or programs: none of 6,000 wide networks goes below it, and on every problem some get
 * there.
 */
class GlobalOptimumTest {
  private static final int RUNS = 200;

  record Case(long seed, boolean intercept, double ratio) {
    int rows() {
      return 5 + (int) (seed % 8);
    }

    double[][] x() {
      double[][] x = Instance.gaussian(new Random(seed), rows(), 2);
      for (int r = 0; intercept && r < x.length; r++) {
        x[r][1] = 1;
      }
      return x;
    }

    double[] y() {
      return Instance.gaussian(new Random(seed + 1000), 1, rows())[0];
    }

    @Override
    public String toString() {
      return RUNS
          + " runs, seed "
          + seed
          + ", "
          + rows()
          + (intercept ? " rows of a feature and ones" : " rows of two features")
          + ", lambda ratio "
          + ratio;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(0.3, 0.1, 0.03)
        .flatMap(
            ratio ->
                Stream.iterate(0L, seed -> seed + 1)
                    .limit(10)
                    .map(seed -> new Case(seed, seed % 2 == 0, ratio)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void noDescentGoesBelowAndSomeGetThere(Case c) {
    double[][] x = c.x();
    Problem problem = new Problem(Matrix.ofRows(x), c.y(), Model.RELU);
    ConvexProgram program =
        new ConvexProgram(problem, PatternEnumeration.of(problem.x(), 100).patterns());
    Pricer pricer = new Pricer(program);
    double lambda = c.ratio * pricer.maxNorm(problem.y());
    Solution solution = new Solver(problem, pricer).solve(lambda, Settings.to(1e-11));
    assertThat(solution.status()).isEqualTo(Status.OPTIMAL);
    Certificate certificate = solution.certificate();
    int reached = 0;
    for (int run = 0; run < RUNS; run++) {
      WideDescent network = new WideDescent(x, c.y(), lambda, 6 + run % 9, 10_000 * c.seed + run);
      double objective = network.polish(100);
      assertThat(objective).isCloseTo(network.objective(), withinPercentage(1e-10));
      assertThat(objective).isGreaterThanOrEqualTo(certificate.dualObjective() * (1 - 1e-9));
      reached += objective <= certificate.objective() * (1 + 1e-6) ? 1 : 0;
    }
    assertThat(reached).as("runs that reach it").isGreaterThanOrEqualTo(RUNS / 100);
  }
}
