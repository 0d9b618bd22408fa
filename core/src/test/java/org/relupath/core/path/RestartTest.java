package org.relupath.core.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.gates.GateSampler;
import org.relupath.core.gates.Patterns;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Pricer;
import org.relupath.core.program.Problem;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Status;

/**
 * Few rows and nearly all of their patterns: neighbouring cones share rays, and a warm start may
 * split a neuron's weight among them in a way that the solver cannot leave.
 */
class RestartTest {
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void everyLambdaOfATinyPathIsSolved(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] rows = new double[14][2];
    double[] labels = new double[14];
    for (int r = 0; r < rows.length; r++) {
      rows[r][0] = 2 * random.nextDouble() - 1;
      rows[r][1] = 2 * random.nextDouble() - 1;
      labels[r] = Math.abs(rows[r][0]) - 0.5 * rows[r][1] + 0.2 * random.nextDouble();
    }
    Observations raw = new Observations(List.of("a", "b"), Matrix.ofRows(rows), labels);
    Preprocessing preprocessing = Preprocessing.fit(raw, Preprocessing.Options.DEFAULT);
    Matrix x = preprocessing.design(raw.features());
    Problem problem = new Problem(x, preprocessing.targets(labels), Model.RELU);
    Matrix gates = new GateSampler(GateSampler.Distribution.GAUSSIAN, 1, 3, true).sample(100);
    Pricer pricer = new Pricer(new ConvexProgram(problem, Patterns.of(x, gates)));
    double lambdaMax = pricer.maxNorm(problem.y());
    for (int count : new int[] {5, 12}) {
      double[] lambdas = LambdaGrid.logarithmic(lambdaMax, 0.05, count);
      List<PathPoint> path =
          new PathSolver(problem, pricer, Settings.to(1e-10)).solve(lambdas, 0, point -> {});
      assertThat(path)
          .allSatisfy(
              point ->
                  assertThat(point.solution().status())
                      .as(
                          "lambda %s, gap %s",
                          point.lambda(), point.solution().certificate().relativeGap())
                      .isEqualTo(Status.OPTIMAL));
    }
  }
}
