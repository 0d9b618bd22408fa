package org.relupath.core.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.SparseMatrix;
import org.relupath.core.gates.GateSampler;
import org.relupath.core.gates.Patterns;
import org.relupath.core.network.Neurons;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.program.search.GlobalBound;

/** The optimum over a sparse X is that over the dense matrix of its numbers. */
class SparseSolverTest {
  private static Matrix sparse(int n, int d, double density, Random random) {
    Matrix x = Matrix.zeros(n, d);
    for (int r = 0; r < n; r++) {
      for (int k = 0; k < d - 1; k++) {
        x.values()[r * d + k] = random.nextDouble() < density ? random.nextGaussian() : 0;
      }
      x.values()[r * d + d - 1] = 1;
    }
    return x;
  }

  @ParameterizedTest(name = "seed {0}: {1} rows, {2} columns, {3} numbers, {4}")
  @CsvSource({
    "1, 60, 12, 0.2, GATED",
    "2, 40, 90, 0.1, GATED",
    "3, 700, 30, 0.1, GATED",
    "4, 600, 200, 0.03, GATED",
    "5, 60, 12, 0.2, RELU",
    "6, 40, 90, 0.1, RELU",
    "7, 150, 40, 0.1, RELU",
  })
  void sameOptimum(long seed, int n, int d, double density, Model model) {
    Random random = new Random(seed);
    Matrix x = sparse(n, d, density, random);
    double[] y = new double[n];
    double[] teacher = random.doubles(d).map(v -> v - 0.5).toArray();
    double[] scores = x.times(teacher);
    Arrays.setAll(y, r -> Math.max(scores[r], 0) - 0.3 + 0.1 * random.nextGaussian());
    Matrix gates = new GateSampler(GateSampler.Distribution.GAUSSIAN, seed, d, true).sample(25);
    Problem all = new Problem(x, y, model);
    Problem few = new Problem(SparseMatrix.of(x), y, model);
    Patterns patterns = Patterns.of(few.sides(), gates);
    Patterns expected = Patterns.of(x, gates);
    assertThat(patterns.count()).isEqualTo(expected.count());
    for (int b = 0; b < patterns.count(); b++) {
      assertThat(patterns.bits(b)).isEqualTo(expected.bits(b));
    }
    Pricer pricer = new Pricer(new ConvexProgram(few, patterns));
    double lambdaMax = new Pricer(new ConvexProgram(all, expected)).maxNorm(y);
    assertThat(pricer.maxNorm(y)).isCloseTo(lambdaMax, within(1e-10 * lambdaMax));
    for (double ratio : new double[] {0.5, 0.1, 0.02}) {
      double lambda = ratio * lambdaMax;
      Settings settings = new Settings(1e-11, 1000, 100);
      Solution one = new Solver(few, pricer).solve(lambda, settings);
      Solution other =
          new Solver(all, new Pricer(new ConvexProgram(all, expected))).solve(lambda, settings);
      double objective = other.certificate().objective();
      assertThat(one.certificate().relativeGap()).isLessThanOrEqualTo(1e-10);
      assertThat(one.certificate().objective()).isCloseTo(objective, within(1e-10 * objective));
      double[] f = one.weights().fit(few.design(), model);
      double[] g = other.weights().fit(all.design(), model);
      double size = Math.sqrt(Arrays.stream(y).map(v -> v * v).sum());
      for (int r = 0; r < n; r++) {
        // ||f - g||^2 <= 4 gap F, as the loss is strongly convex in f.
        assertThat(f[r]).isCloseTo(g[r], within(2e-5 * size));
      }
      Neurons network = Neurons.of(one.weights(), model, gates);
      assertThat(network.objective(few.design(), y, lambda))
          .isCloseTo(network.objective(all.design(), y, lambda), within(1e-12 * objective));
      double[] u = new org.relupath.core.program.pricing.Certifier(few).residual(one.weights());
      double bound = new GlobalBound(few).of(u, lambda).value();
      assertThat(bound).isLessThanOrEqualTo(objective);
    }
  }
}
