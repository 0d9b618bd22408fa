package org.relupath.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.audit.stationarity.NeuronAudit;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.arrangement.PatternEnumeration;
import org.relupath.core.network.Neurons;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.reference.Instance;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solver;

/** What exact pruning takes out of networks, and the optimal sets of their own programs. */
class FreeNeuronsTest {
  private static final Settings FINE = Settings.to(1e-12);
  private static final Matrix NO_GATES = Matrix.zeros(0, 0);
  private static final double LAMBDA = 0.3;

  static LongStream seeds() {
    return LongStream.range(0, 8);
  }

  private static Problem problem(long seed, int n) {
    Random random = new Random(seed);
    Matrix x = Matrix.ofRows(Instance.gaussian(random, n, 2));
    return new Problem(x, Instance.gaussian(random, 1, n)[0], Model.RELU);
  }

  private static Neurons optimum(Problem problem) {
    ConvexProgram program =
        new ConvexProgram(problem, PatternEnumeration.of(problem.x(), 100).patterns());
    return Neurons.of(
        new Solver(problem, new Pricer(program)).solve(LAMBDA, FINE).weights(),
        Model.RELU,
        NO_GATES);
  }

  private static Audit audit(Problem problem, Neurons network) {
    return new Auditor(problem, LAMBDA, FINE).audit(network, NO_GATES, 0);
  }

  /**
   * Neuron 0 becomes a third and two thirds of itself, the latter out of balance; a zero follows.
   */
  private static Neurons split(Neurons network) {
    int k = network.width();
    Matrix hidden = Matrix.zeros(k + 2, 2);
    System.arraycopy(network.hidden().values(), 0, hidden.values(), 0, 2 * k);
    double[] output = Arrays.copyOf(network.output(), k + 2);
    for (int c = 0; c < 2; c++) {
      hidden.values()[2 * k + c] = network.hidden().get(0, c) * Math.sqrt(1 / 3.0);
      hidden.values()[c] *= 5 * Math.sqrt(2 / 3.0);
    }
    output[k] = output[0] * Math.sqrt(1 / 3.0);
    output[0] *= Math.sqrt(2 / 3.0) / 5;
    return new Neurons(Model.RELU, hidden, output, NO_GATES);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aSplitNeuronIsOneTooMany(long seed) {
    Problem problem = problem(seed, 6);
    Neurons optimum = optimum(problem);
    Audit whole = audit(problem, optimum);
    Audit audit = audit(problem, split(optimum));
    assertThat(audit.criticalAfterBalancing()).isTrue();
    assertThat(audit.critical()).isFalse();
    assertThat(audit.stationarity().neurons(NeuronAudit.Kind.ZERO))
        .containsExactly(optimum.width() + 1);
    assertThat(audit.free().neurons()).hasSize(whole.free().neurons().size() + 1);
    assertThat(audit.free().neurons()).doesNotContain(optimum.width() + 1);
    assertThat(audit.free().remaining().width()).isEqualTo(whole.free().remaining().width());
    assertThat(audit.free().objective())
        .isCloseTo(whole.objective(), within(1e-11 * whole.objective()));
    assertThat(audit.subsampled().minimalWidth())
        .isLessThanOrEqualTo(audit.free().remaining().width());
  }

  /** Wide networks by gradient descent: pruned to independent fits at no cost. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void wideNetworksKeepTheirObjective(long seed) {
    Problem problem = problem(seed, 7);
    double[][] x = new double[7][];
    Arrays.setAll(x, r -> problem.x().row(r));
    GradientDescent descent = new GradientDescent(x, problem.y(), LAMBDA, 12, seed);
    descent.run(0.02, 5_000, 1e-9);
    Neurons network = descent.network();
    Audit audit = audit(problem, network);
    FreeNeurons free = audit.free();
    assertThat(free.objective())
        .isCloseTo(audit.balancedObjective(), within(1e-11 * audit.objective()));
    assertThat(free.remaining().width()).isLessThanOrEqualTo(problem.n() + 1);
    int dead = audit.stationarity().neurons(NeuronAudit.Kind.DEAD).size();
    assertThat(free.neurons()).hasSize(network.width() - dead - free.remaining().width());
    double[] f = network.predict(problem.x());
    assertThat(free.remaining().predict(problem.x())).containsExactly(f, within(1e-10));
  }
}
