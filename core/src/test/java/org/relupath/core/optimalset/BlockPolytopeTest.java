package org.relupath.core.optimalset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.Patterns;
import org.relupath.core.gates.Seeds;
import org.relupath.core.optimalset.polytope.Vertex;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Certifier;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.reference.Dense;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Solver;

/** The setting of the paper's figure 1: four gaussian points of the plane, 20 gates. */
class BlockPolytopeTest {
  static LongStream seeds() {
    return LongStream.range(0, 30);
  }

  private static double[][] gaussian(SplittableRandom random, int rows) {
    double[][] numbers = new double[rows][2];
    for (double[] row : numbers) {
      row[0] = Seeds.gaussian(random);
      row[1] = Seeds.gaussian(random);
    }
    return numbers;
  }

  /** Its dimension is that of the set over blocks, and its vertices are optimal. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void agreesWithTheSetOverNeurons(long seed) {
    SplittableRandom random = new SplittableRandom(Seeds.derive(seed, "figure", 1));
    Matrix x = Matrix.ofRows(gaussian(random, 4));
    double[] y = random.doubles(4, -1, 1).toArray();
    Matrix gates = Matrix.ofRows(gaussian(random, 20));
    Problem problem = new Problem(x, y, Model.RELU);
    ConvexProgram program = new ConvexProgram(problem, Patterns.of(x, gates));
    double lambda = 4 * 0.01;
    Solution solution = new Solver(problem, new Pricer(program)).solve(lambda, Settings.to(1e-13));
    OptimalSet set = OptimalSet.of(program, Matrix.zeros(0, 0), solution);
    BlockPolytope blocks = BlockPolytope.of(set);
    assertThat(blocks.polytope().dimension()).isEqualTo(set.blockDimension());
    for (Vertex vertex : blocks.polytope().vertices(100).list()) {
      double[] fit = new double[4];
      double sum = 0;
      for (int b : vertex.support()) {
        sum += vertex.beta()[b];
        for (int r = 0; r < 4; r++) {
          double score = Dense.dot(x.row(r), blocks.rays().get(b));
          fit[r] += blocks.blocks().get(b).sign() * vertex.beta()[b] * Math.max(score, 0);
        }
      }
      double[] u = Dense.minus(y, fit);
      double objective = 0.5 * Dense.dot(u, u) + lambda * sum;
      assertThat(objective)
          .isCloseTo(solution.certificate().objective(), within(1e-10 * objective));
      assertThat(Dense.distance(u, new Certifier(problem).residual(solution.weights())))
          .isLessThan(1e-6);
    }
  }
}
