package org.relupath.core.audit.critical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.audit.GradientDescent;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.Patterns;
import org.relupath.core.gates.arrangement.PatternEnumeration;
import org.relupath.core.program.Block;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.Instance;

/** Critical values against all subsets of blocks, and against where gradient descent ends. */
class CriticalValuesTest {
  private static final Matrix NO_GATES = Matrix.zeros(0, 0);

  private static ConvexProgram program(long seed, int n, Model model) {
    Random random = new Random(seed);
    Matrix x = Matrix.ofRows(Instance.gaussian(random, n, 2));
    Problem problem = new Problem(x, Instance.gaussian(random, 1, n)[0], model);
    return new ConvexProgram(problem, PatternEnumeration.of(x, 100).patterns());
  }

  private static double lambda(ConvexProgram program) {
    return 0.1 * new Pricer(program).maxNorm(program.problem().y());
  }

  static LongStream seeds() {
    return LongStream.range(0, 3);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void areTheValuesOfAllSubsetsOfBlocks(long seed) {
    ConvexProgram program = program(seed, 3, Model.RELU);
    double lambda = lambda(program);
    CriticalValues values = CriticalValues.of(program, NO_GATES, lambda, 5000);
    Oracle oracle = new Oracle(program, lambda);
    TreeSet<Double> expected = new TreeSet<>();
    for (int subset = 0; subset < 1 << program.blockCount(); subset++) {
      double value = oracle.minimum(subset);
      Double near = expected.ceiling(value - 1e-7 * value);
      if (near == null || near > value + 1e-7 * value) {
        expected.add(value);
      }
    }
    assertThat(values.values()).hasSize(expected.size());
    int i = 0;
    for (double value : expected) {
      assertThat(values.values().get(i++).objective())
          .isBetween(value * (1 - 1e-7), value * (1 + 1e-7));
    }
    assertThat(values.programs()).isLessThan(1 << program.blockCount());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everySampledSubsetOfMoreBlocksHasOneOfTheValues(long seed) {
    ConvexProgram program = program(seed, 4, Model.RELU);
    double lambda = lambda(program);
    CriticalValues values = CriticalValues.of(program, NO_GATES, lambda, 20_000);
    Oracle oracle = new Oracle(program, lambda);
    Random random = new Random(seed);
    for (int i = 0; i < 120; i++) {
      int subset = random.nextInt(1 << program.blockCount());
      double value = oracle.minimum(subset);
      assertThat(values.values())
          .as("subset %s", Integer.toBinaryString(subset))
          .anyMatch(v -> Math.abs(v.objective() - value) <= 1e-7 * value);
    }
  }

  /**
   * min F over some blocks in the plane by accelerated proximal gradient steps, to a gap of 1e-9.
   */
  private static final class Oracle {
    private final double[][] x;
    private final double[] y;
    private final double lambda;
    private final double squares;
    private final double[][][] z;
    private final double[][][] rays;

    Oracle(ConvexProgram program, double lambda) {
      this.lambda = lambda;
      this.y = program.problem().y();
      this.x = new double[y.length][];
      Arrays.setAll(x, r -> program.problem().x().row(r));
      this.squares = Arrays.stream(x).mapToDouble(row -> Dense.dot(row, row)).sum();
      this.z = new double[program.blockCount()][x.length][];
      this.rays = new double[program.blockCount()][][];
      for (int b = 0; b < z.length; b++) {
        Block block = program.block(b);
        for (int r = 0; r < x.length; r++) {
          z[b][r] = Dense.times(block.active(r) ? block.sign() : 0, x[r]);
        }
        rays[b] = rays(block);
      }
    }

    /** The two unit vectors orthogonal to some x_r that lie in the cone. */
    private double[][] rays(Block block) {
      List<double[]> found = new ArrayList<>();
      for (double[] row : x) {
        for (int side = -1; side <= 1; side += 2) {
          double[] ray = Dense.times(side / Dense.norm(row), new double[] {-row[1], row[0]});
          boolean inside = true;
          for (int r = 0; r < x.length; r++) {
            inside &= (block.active(r) ? 1 : -1) * Dense.dot(x[r], ray) > -1e-12;
          }
          if (inside) {
            found.add(ray);
          }
        }
      }
      assertThat(found).hasSize(2);
      return found.toArray(double[][]::new);
    }

    /** Inside the cone itself, else on one of its rays, else 0. */
    private double[] project(int b, double[] c) {
      double[] p = rays[b][0];
      double[] q = rays[b][1];
      double turn = p[0] * q[1] - p[1] * q[0];
      double s = (c[0] * q[1] - c[1] * q[0]) / turn;
      double t = (p[0] * c[1] - p[1] * c[0]) / turn;
      if (s >= 0 && t >= 0) {
        return c;
      }
      double along = Math.max(0, Dense.dot(p, c));
      double other = Math.max(0, Dense.dot(q, c));
      return along > other ? Dense.times(along, p) : Dense.times(other, q);
    }

    double minimum(int subset) {
      int[] blocks = IntStream.range(0, z.length).filter(b -> (subset >> b & 1) != 0).toArray();
      double step = 1 / (squares * Math.max(1, blocks.length));
      double[][] w = new double[blocks.length][2];
      double[][] ahead = w;
      double momentum = 1;
      for (int iteration = 0; iteration < 100_000; iteration++) {
        double[] u = residual(blocks, ahead);
        double[][] next = new double[w.length][];
        double turn = 0;
        for (int i = 0; i < blocks.length; i++) {
          double[] moved = ahead[i].clone();
          Dense.add(moved, step, correlation(blocks[i], u));
          double[] q = project(blocks[i], moved);
          double norm = Dense.norm(q);
          next[i] = Dense.times(norm > step * lambda ? 1 - step * lambda / norm : 0, q);
          turn += Dense.dot(Dense.minus(ahead[i], next[i]), Dense.minus(next[i], w[i]));
        }
        if (iteration % 20 == 0) {
          double objective = objective(blocks, next);
          if (objective - dual(blocks, next) <= 1e-9 * objective) {
            return objective;
          }
        }
        double following = turn > 0 ? 1 : (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
        double weight = turn > 0 ? 0 : (momentum - 1) / following;
        ahead = new double[w.length][];
        for (int i = 0; i < w.length; i++) {
          ahead[i] = next[i].clone();
          Dense.add(ahead[i], weight, Dense.minus(next[i], w[i]));
        }
        momentum = following;
        w = next;
      }
      throw new IllegalStateException("no gap of 1e-9 reached");
    }

    private double[] residual(int[] blocks, double[][] w) {
      double[] u = y.clone();
      for (int i = 0; i < blocks.length; i++) {
        for (int r = 0; r < u.length; r++) {
          u[r] -= Dense.dot(z[blocks[i]][r], w[i]);
        }
      }
      return u;
    }

    private double[] correlation(int b, double[] u) {
      double[] c = new double[2];
      for (int r = 0; r < u.length; r++) {
        Dense.add(c, u[r], z[b][r]);
      }
      return c;
    }

    private double objective(int[] blocks, double[][] w) {
      double[] u = residual(blocks, w);
      return 0.5 * Dense.dot(u, u) + lambda * Arrays.stream(w).mapToDouble(Dense::norm).sum();
    }

    private double dual(int[] blocks, double[][] w) {
      double[] u = residual(blocks, w);
      double max = lambda;
      for (int b : blocks) {
        max = Math.max(max, Dense.norm(project(b, correlation(b, u))));
      }
      double t = lambda / max;
      return t * Dense.dot(u, y) - 0.5 * t * t * Dense.dot(u, u);
    }
  }

  /** Where descents end away from kinks, the value is in the list. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void holdWhereGradientDescentEnds(long seed) {
    ConvexProgram program = program(seed, 4, Model.RELU);
    double lambda = lambda(program);
    CriticalValues values = CriticalValues.of(program, NO_GATES, lambda, 20_000);
    double[][] x = new double[4][];
    Arrays.setAll(x, r -> program.problem().x().row(r));
    Set<Double> reached = new TreeSet<>();
    for (int start = 0; start < 25; start++) {
      GradientDescent descent =
          new GradientDescent(x, program.problem().y(), lambda, 3, 100 * seed + start);
      if (descent.run(0.02, 30_000, 1e-9)) {
        double objective =
            descent.network().objective(program.problem().x(), program.problem().y(), lambda);
        List<CriticalValue> same =
            values.values().stream()
                .filter(v -> Math.abs(v.objective() - objective) <= 1e-7 * objective)
                .toList();
        assertThat(same).as("start %s ends at %s", start, objective).hasSize(1);
        assertThat(same.get(0).critical()).isTrue();
        reached.add(same.get(0).objective());
      }
    }
    assertThat(reached).isNotEmpty();
  }

  @Test
  void listGatedValuesToo() {
    Random random = new Random(5);
    Matrix x = Matrix.ofRows(Instance.gaussian(random, 3, 2));
    Problem problem = new Problem(x, Instance.gaussian(random, 1, 3)[0], Model.GATED);
    PatternEnumeration cells = PatternEnumeration.of(x, 100);
    Patterns patterns = cells.patterns();
    ConvexProgram program = new ConvexProgram(problem, patterns);
    int[] rows = IntStream.range(0, patterns.count()).map(patterns::gateId).toArray();
    CriticalValues values =
        CriticalValues.of(program, cells.gates().selectRows(rows), lambda(program), 100);
    assertThat(values.values()).allMatch(CriticalValue::critical);
    double zero = 0.5 * Dense.dot(problem.y(), problem.y());
    assertThat(values.values().get(values.values().size() - 1).objective()).isEqualTo(zero);
    assertThat(values.values()).hasSizeGreaterThan(2);
  }

  @Test
  void refuseMoreProgramsThanTheLimit() {
    ConvexProgram program = program(1, 4, Model.RELU);
    assertThatThrownBy(() -> CriticalValues.of(program, NO_GATES, lambda(program), 20))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(program.blockCount() + " blocks take more than 20 programs");
  }

  @Test
  void areTheSameEveryTime() {
    ConvexProgram program = program(1, 3, Model.RELU);
    CriticalValues one = CriticalValues.of(program, NO_GATES, lambda(program), 5000);
    CriticalValues two = CriticalValues.of(program, NO_GATES, lambda(program), 5000);
    assertThat(two.values()).hasSameSizeAs(one.values());
    for (int i = 0; i < one.values().size(); i++) {
      assertThat(two.values().get(i).objective()).isEqualTo(one.values().get(i).objective());
      assertThat(two.values().get(i).points().stream().map(p -> p.weights().blocks()))
          .containsExactlyElementsOf(
              one.values().get(i).points().stream().map(p -> p.weights().blocks()).toList());
    }
  }
}
