package org.relupath.core.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
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

/** Real rows on a coarse scale of measurement, many of them alike: no lambda may stall. */
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

  @Test
  void everyLambdaReachesTheTolerance() throws IOException {
    Observations raw = iris();
    Preprocessing preprocessing = Preprocessing.fit(raw, Preprocessing.Options.DEFAULT);
    Matrix x = preprocessing.design(raw.features());
    Problem problem = new Problem(x, preprocessing.targets(raw.targets()), Model.RELU);
    Matrix gates = new GateSampler(GateSampler.Distribution.GAUSSIAN, 1, 5, true).sample(500);
    Pricer pricer = new Pricer(new ConvexProgram(problem, Patterns.of(x, gates)));
    double[] lambdas = LambdaGrid.logarithmic(pricer.maxNorm(problem.y()), 0.01, 100);
    List<PathPoint> path =
        new PathSolver(problem, pricer, Settings.to(1e-8)).solve(lambdas, 0, point -> {});
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
