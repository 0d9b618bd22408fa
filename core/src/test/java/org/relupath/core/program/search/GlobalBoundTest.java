package org.relupath.core.program.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.audit.Audit;
import org.relupath.core.audit.Auditor;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.Patterns;
import org.relupath.core.gates.arrangement.PatternEnumeration;
import org.relupath.core.network.Neurons;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.Instance;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solver;

/** Bounds over all networks against the optimum over all patterns. */
class GlobalBoundTest {

  record Case(long seed, Model model, double ratio) {
    Problem problem() {
      Random random = new Random(seed);
      int n = 2 + random.nextInt(5);
      int d = 1 + random.nextInt(3);
      double[][] x = Instance.gaussian(random, n, d);
      return new Problem(Matrix.ofRows(x), Instance.gaussian(random, 1, n)[0], model);
    }

    @Override
    public String toString() {
      return "seed " + seed + " " + model + " lambda ratio " + ratio;
    }
  }

  static Stream<Case> cases() {
    return Stream.iterate(0L, seed -> seed + 1)
        .limit(12)
        .flatMap(
            seed ->
                Stream.of(Model.values())
                    .flatMap(
                        model ->
                            Stream.of(1.2, 0.3, 0.02).map(ratio -> new Case(seed, model, ratio))));
  }

  private static ConvexProgram all(Problem problem) {
    Patterns patterns =
        problem.model() == Model.RELU
            ? PatternEnumeration.of(problem.x(), 1000).patterns()
            : PatternEnumeration.everyGate(problem.x(), 1000);
    return new ConvexProgram(problem, patterns);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void isNeverAboveTheOptimumOfAllPatterns(Case c) {
    Problem problem = c.problem();
    ConvexProgram program = all(problem);
    double lambda = c.ratio * new Pricer(program).maxNorm(problem.y());
    double optimum =
        new Solver(problem, new Pricer(program))
            .solve(lambda, Settings.to(1e-11))
            .certificate()
            .objective();
    GlobalBound bound = new GlobalBound(problem);
    double best = bound.of(problem.y(), lambda).value();
    // Zero proves nothing, and the targets are always tried.
    assertThat(bound.of(new double[problem.n()], lambda).value()).isBetween(0.0, best);
    double ceiling = optimum * (1 + 1e-14);
    assertThat(best).isPositive().isLessThanOrEqualTo(ceiling);
    for (double[] u : Instance.gaussian(new Random(c.seed), 20, problem.n())) {
      assertThat(bound.of(u, lambda).value()).isBetween(0.0, ceiling);
    }
    // As core/docs/audit.md#bounds has it for ReLU, with one t for both signs, it is never better.
    double sigma = sigma(problem.x());
    double part = Math.max(partNorm(problem.y(), 1), partNorm(problem.y(), -1));
    double norm = sigma * (c.model == Model.RELU ? part : Dense.norm(problem.y()));
    double t = Math.min(1, lambda / norm);
    double simple = (t - 0.5 * t * t) * Dense.dot(problem.y(), problem.y());
    assertThat(best).isGreaterThanOrEqualTo(simple * (1 - 1e-9));
  }

  /** X = (1, -1)', u = y = (1, -1)', gate 0: ||X'D u|| = 2 > sigma_max(X) max(||u_+||, ||u_-||). */
  @Test
  void gatedPatternsMixSigns() {
    Problem problem =
        new Problem(Matrix.ofRows(new double[][] {{1}, {-1}}), new double[] {1, -1}, Model.GATED);
    double lambda = Math.sqrt(2);
    double optimum =
        new Solver(problem, new Pricer(all(problem)))
            .solve(lambda, Settings.to(1e-12))
            .certificate()
            .objective();
    // w = 1 - lambda / 2 through all rows: (2 (lambda/2)^2) / 2 + lambda (1 - lambda / 2) = .914.
    assertThat(optimum).isCloseTo(0.5 + lambda - 1, within(1e-10));
    double careless = 1 * 2 - 0.5 * 2; // t = lambda / (sqrt(2) 1) = 1
    assertThat(careless).isGreaterThan(optimum);
    assertThat(new GlobalBound(problem).of(problem.y(), lambda).value())
        .isLessThanOrEqualTo(optimum);
  }

  private static double partNorm(double[] u, int sign) {
    double square = 0;
    for (double value : u) {
      square += Math.pow(Math.max(0, sign * value), 2);
    }
    return Math.sqrt(square);
  }

  private static double sigma(Matrix x) {
    double[] v = new double[x.columns()];
    java.util.Arrays.setAll(v, k -> 1 + 0.3 * k);
    double norm = 0;
    for (int step = 0; step < 3000; step++) {
      double[] image = x.times(v);
      norm = Dense.norm(image) / Dense.norm(v);
      double[] back = new double[v.length];
      for (int r = 0; r < image.length; r++) {
        Dense.add(back, image[r], x.row(r));
      }
      v = Dense.times(1 / Dense.norm(back), back);
    }
    return norm;
  }

  /** Networks of random weights are above the bound, and above the enumerated one. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void noNetworkIsBelowTheEnumeratedBound(Case c) {
    Problem problem = c.problem();
    double lambda = c.ratio * new Pricer(all(problem)).maxNorm(problem.y());
    Random random = new Random(c.seed);
    int d = problem.d();
    Matrix gates = Matrix.ofRows(Instance.gaussian(random, c.model == Model.GATED ? 4 : 1, d));
    Auditor auditor = new Auditor(problem, lambda, Settings.to(1e-10));
    double bound = Double.NaN;
    for (int i = 0; i < 200; i++) {
      double scale = Math.pow(10, -random.nextDouble());
      double[][] w = Instance.gaussian(random, 4, d);
      double[] a = Dense.times(scale, Instance.gaussian(random, 1, 4)[0]);
      Neurons network =
          new Neurons(
              c.model, Matrix.ofRows(w), a, c.model == Model.GATED ? gates : Matrix.zeros(0, 0));
      if (i == 0) {
        Audit audit = auditor.audit(network, Matrix.zeros(0, 0), 1000);
        assertThat(audit.lowerBound().source()).isEqualTo(LowerBound.Source.ENUMERATION);
        bound = audit.lowerBound().value();
        assertThat(bound).isLessThanOrEqualTo(audit.patternSet().objective() * (1 + 1e-12));
        LowerBound other = auditor.audit(network, Matrix.zeros(0, 0), 0).lowerBound();
        assertThat(other.source()).isNotEqualTo(LowerBound.Source.ENUMERATION);
        assertThat(other.value()).isLessThanOrEqualTo(bound * (1 + 1e-9));
      }
      assertThat(network.objective(problem.x(), problem.y(), lambda)).isGreaterThan(bound);
    }
  }
}
