package org.relupath.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.audit.stationarity.Examination;
import org.relupath.core.audit.stationarity.Slope;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.Patterns;
import org.relupath.core.network.Neurons;
import org.relupath.core.program.Block;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.reference.Instance;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solver;

/** Critical points as optima of programs sub-sampled to some patterns. */
class SubsampledProgramTest {
  private static final Settings FINE = Settings.to(1e-12);
  private static final Matrix NO_GATES = Matrix.zeros(0, 0);

  /**
   * X = I, y = (3, -5), lambda = 1: the neuron along (1, 0) with output 2 is stationary, with row 2
   * tight. Its pattern with the other sign fits row 2 as well: two neurons, 1/2 + 1/2 + 2 + 4.
   */
  @Test
  void theOtherSignOfItsPatternsCanBeatAStationaryNetwork() {
    Problem problem =
        new Problem(
            Matrix.ofRows(new double[][] {{1, 0}, {0, 1}}), new double[] {3, -5}, Model.RELU);
    double root = Math.sqrt(2);
    Neurons network =
        new Neurons(
            Model.RELU, Matrix.ofRows(new double[][] {{root, 0}}), new double[] {root}, NO_GATES);
    Audit audit = new Auditor(problem, 1, FINE).audit(network, NO_GATES, 0);
    assertThat(audit.stationarity().directionallyStationary()).isTrue();
    assertThat(audit.critical()).isTrue();
    assertThat(audit.neighbour()).isEmpty();
    assertThat(audit.objective()).isCloseTo(0.5 + 12.5 + 2, within(1e-14));
    assertThat(audit.subsampled().objective()).isCloseTo(15, within(1e-10));
    assertThat(audit.patternSet().patterns()).isEqualTo(1);
    assertThat(audit.patternSet().objective()).isCloseTo(7, within(1e-10));
  }

  /** Without tight rows c_b = v_b for both signs, so that the other one adds nothing. */
  @Test
  void withoutTightRowsBothSignsOfItsPatternsAddNothing() {
    int ended = 0;
    for (long seed = 0; seed < 40 && ended < 6; seed++) {
      Random random = new Random(seed);
      double[][] x = Instance.gaussian(random, 7, 2);
      double[] y = Instance.gaussian(random, 1, 7)[0];
      GradientDescent descent = new GradientDescent(x, y, 0.4, 3, seed);
      if (descent.run(0.02, 20_000, 1e-9)) {
        ended++;
        Problem problem = new Problem(Matrix.ofRows(x), y, Model.RELU);
        Audit audit = new Auditor(problem, 0.4, FINE).audit(descent.network(), NO_GATES, 0);
        assertThat(audit.stationarity().neurons())
            .as("seed %s", seed)
            .allMatch(neuron -> neuron.tightRows() == 0);
        assertThat(audit.patternSet().objective())
            .isCloseTo(audit.objective(), within(1e-11 * audit.objective()));
      }
    }
    assertThat(ended).isEqualTo(6);
  }

  static LongStream seeds() {
    return LongStream.range(0, 10);
  }

  private static Problem problem(long seed) {
    Random random = new Random(seed);
    Matrix x = Matrix.ofRows(Instance.gaussian(random, 12, 3));
    return new Problem(x, Instance.gaussian(random, 1, 12)[0], Model.RELU);
  }

  private static Neurons sampledFit(Problem problem, double lambda, long seed) {
    Matrix gates = Matrix.ofRows(Instance.gaussian(new Random(seed), 6, 3));
    Patterns patterns = Patterns.of(problem.x(), gates);
    Solver solver = new Solver(problem, new Pricer(new ConvexProgram(problem, patterns)));
    return Neurons.of(solver.solve(lambda, FINE).weights(), Model.RELU, NO_GATES);
  }

  /**
   * Directionally stationary means optimal over every pattern that tight rows leave open; and a
   * network that is neither becomes both by going where the audit says.
   */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void directionallyStationaryIsOptimalOverCompatiblePatterns(long seed) {
    Problem problem = problem(seed);
    double lambda = 0.5;
    Auditor auditor = new Auditor(problem, lambda, FINE);
    Neurons network = sampledFit(problem, lambda, seed);
    Audit audit = auditor.audit(network, NO_GATES, 0);
    while (audit.neighbour().isPresent()) {
      double compatible = compatibleOptimum(problem, lambda, network);
      assertThat(audit.stationarity().directionallyStationary()).isFalse();
      assertThat(compatible).isLessThan(audit.objective() * (1 - 1e-9));
      network = audit.improvement().orElseThrow().network();
      Audit next = auditor.audit(network, NO_GATES, 0);
      assertThat(next.objective()).isLessThan(audit.objective());
      audit = next;
    }
    assertThat(audit.stationarity().descentResidual()).isLessThan(1e-6 * lambda);
    assertThat(audit.stationarity().directionallyStationary()).isTrue();
    assertThat(audit.critical()).isTrue();
    assertThat(compatibleOptimum(problem, lambda, network))
        .isCloseTo(audit.objective(), within(1e-11 * audit.objective()));
  }

  /** Over the blocks of every neuron's sign and every side of its kinks. */
  private static double compatibleOptimum(Problem problem, double lambda, Neurons network) {
    Examination examination = new Examination(problem, lambda, network);
    List<long[]> bits = new ArrayList<>();
    List<Integer> signs = new ArrayList<>();
    for (int j = 0; j < network.width(); j++) {
      Slope slope = examination.slope(j);
      for (int sides = 0; sides < 1 << slope.kinks().size(); sides++) {
        long[] pattern = slope.active().clone();
        for (int l = 0; l < slope.kinks().size(); l++) {
          slope.kinks().get(l).activate((sides >> l & 1) != 0, pattern);
        }
        bits.add(pattern);
        signs.add(network.output()[j] > 0 ? 1 : -1);
      }
    }
    PatternSet patterns = new PatternSet(problem, bits, List.of());
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < bits.size(); i++) {
      Block block = patterns.block(bits.get(i), signs.get(i));
      if (!blocks.contains(block)) {
        blocks.add(block);
      }
    }
    return new Solver(problem, new BlockPricing(problem, blocks))
        .solve(lambda, FINE)
        .certificate()
        .objective();
  }
}
