package org.relupath.core.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.gates.GateSampler;
import org.relupath.core.gates.Patterns;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Status;

/** Paths on which solves have stalled: every lambda reaches the tolerance. */
class StalledPathTest {
  private static Observations iris() throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                StalledPathTest.class.getResourceAsStream("/data/iris-virginica.csv"),
                StandardCharsets.UTF_8))) {
      double[][] all =
          in.lines()
              .skip(1)
              .map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::valueOf).toArray())
              .toArray(double[][]::new);
      double[][] rows =
          Arrays.stream(all).map(row -> Arrays.copyOf(row, 4)).toArray(double[][]::new);
      double[] labels = Arrays.stream(all).mapToDouble(row -> row[4] == 0 ? 1 : -1).toArray();
      return new Observations(List.of("a", "b", "c", "d"), Matrix.ofRows(rows), labels);
    }
  }

  /** Real rows on a coarse scale of measurement, many of them alike. */
  @Test
  void coarseRows() throws IOException {
    solve(iris(), 500, 0.01, 100, 1e-8);
  }

  /**
   * Few rows and nearly all of their patterns: neighbouring cones share rays, and a warm start may
   * split a neuron's weight among them in a way that the solver cannot leave.
   */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void fewRows(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] rows = new double[14][2];
    double[] labels = new double[14];
    for (int r = 0; r < rows.length; r++) {
      rows[r][0] = 2 * random.nextDouble() - 1;
      rows[r][1] = 2 * random.nextDouble() - 1;
      labels[r] = Math.abs(rows[r][0]) - 0.5 * rows[r][1] + 0.2 * random.nextDouble();
    }
    Observations raw = new Observations(List.of("a", "b"), Matrix.ofRows(rows), labels);
    solve(raw, 100, 0.05, 5, 1e-10);
    solve(raw, 100, 0.05, 12, 1e-10);
  }

  private static void solve(
      Observations raw, int gates, double ratio, int lambdas, double tolerance) {
    Preprocessing preprocessing = Preprocessing.fit(raw, Preprocessing.Options.DEFAULT);
    Matrix x = preprocessing.design(raw.features());
    Problem problem = new Problem(x, preprocessing.targets(raw.targets()), Model.RELU);
    GateSampler sampler = new GateSampler(GateSampler.Distribution.GAUSSIAN, 1, x.columns(), true);
    Pricer pricer = new Pricer(new ConvexProgram(problem, Patterns.of(x, sampler.sample(gates))));
    double[] grid = LambdaGrid.logarithmic(pricer.maxNorm(problem.y()), ratio, lambdas);
    List<PathPoint> path =
        new PathSolver(problem, pricer, Settings.to(tolerance)).solve(grid, 0, point -> {});
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
