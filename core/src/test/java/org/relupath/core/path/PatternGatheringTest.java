package org.relupath.core.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.GateSampler;
import org.relupath.core.gates.Patterns;
import org.relupath.core.path.PatternGathering.Gathered;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Certifier;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.program.search.PatternCandidate;
import org.relupath.core.program.search.PatternClimb;
import org.relupath.core.program.search.PatternSearch;
import org.relupath.core.program.search.SearchStarts;
import org.relupath.core.reference.Instance;
import org.relupath.core.solve.Settings;

/** Patterns gathered further, from what searches find at solutions. */
final class PatternGatheringTest {
  private static final Settings SETTINGS = Settings.to(1e-8);

  @ParameterizedTest
  @EnumSource(Model.class)
  @DisplayName("gathering that missed patterns goes on to what careful gathering reaches")
  void goesOnFromViolators(Model model) {
    Problem problem = problem(model);
    double top = new Pricer(program(problem, gates(problem))).maxNorm(problem.y());
    double[] lambdas = {0.5 * top, 0.1 * top, 0.03 * top};
    PatternSearch careful = PatternClimb.search(problem);
    Gathered whole = gathering(problem, gates(problem)).gather(lambdas, careful, point -> {});
    Gathered blind =
        gathering(problem, gates(problem)).gather(lambdas, (u, starts) -> List.of(), point -> {});
    List<PathPoint> points = solved(problem, blind, lambdas);
    List<List<PatternCandidate>> violators = new ArrayList<>();
    for (PathPoint point : points) {
      violators.add(point.index() == 0 ? List.of() : violators(problem, point, blind.gates()));
    }
    assertThat(violators.get(2)).isNotEmpty();

    Gathered more = gathering(problem, blind.gates()).further(points, violators, careful);

    assertThat(more.gates().rows()).isGreaterThan(blind.gates().rows());
    for (int i = 0; i < blind.gates().rows(); i++) {
      assertThat(more.gates().row(i)).isEqualTo(blind.gates().row(i));
    }
    assertThat(more.solutions().get(0).values())
        .isEqualTo(points.get(0).solution().weights().values());
    List<PathPoint> after = solved(problem, more, lambdas);
    List<PathPoint> best = solved(problem, whole, lambdas);
    assertThat(objective(after.get(2))).isLessThan(0.99 * objective(points.get(2)));
    for (int k = 1; k < lambdas.length; k++) {
      assertThat(objective(after.get(k)) / objective(best.get(k))).isCloseTo(1, within(1e-6));
    }
  }

  /** 30 x 3 with a column of ones; a target that few gates fit. */
  private static Problem problem(Model model) {
    Random random = new Random(11);
    double[][] x = Instance.gaussian(random, 30, 3);
    double[] y = new double[x.length];
    for (int r = 0; r < y.length; r++) {
      x[r][2] = 1;
      y[r] = Math.sin(2 * x[r][0]) + (x[r][0] > x[r][1] ? 1 : 0) + 0.3 * random.nextGaussian();
    }
    return new Problem(Matrix.ofRows(x), y, model);
  }

  private static Matrix gates(Problem problem) {
    return new GateSampler(GateSampler.Distribution.GAUSSIAN, 5, problem.d(), true).sample(4);
  }

  private static double objective(PathPoint point) {
    return point.solution().certificate().objective();
  }

  private static List<PatternCandidate> violators(Problem problem, PathPoint point, Matrix gates) {
    double[] u = new Certifier(problem).residual(point.solution().weights());
    SearchStarts starts =
        SearchStarts.around(
            problem.coordinates(),
            point.solution().weights(),
            problem.model(),
            gates::row,
            7,
            200,
            SearchStarts.Effort.FULL);
    return PatternClimb.search(problem).search(u, starts).stream()
        .filter(v -> v.norm() > point.lambda())
        .toList();
  }

  private static List<PathPoint> solved(Problem problem, Gathered gathered, double[] lambdas) {
    ConvexProgram program = program(problem, gathered.gates());
    return new PathSolver(problem, new Pricer(program), SETTINGS)
        .solve(lambdas, 0, gathered.solutions(), point -> {});
  }

  private static ConvexProgram program(Problem problem, Matrix gates) {
    return new ConvexProgram(problem, Patterns.of(problem.x(), gates));
  }

  private static PatternGathering gathering(Problem problem, Matrix gates) {
    return new PatternGathering(problem, gates, 2000, 100, 3, SETTINGS.withTolerance(1e-7));
  }
}
