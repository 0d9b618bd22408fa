package org.relupath.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.audit.stationarity.NeuronAudit;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.Patterns;
import org.relupath.core.gates.arrangement.PatternEnumeration;
import org.relupath.core.network.Neurons;
import org.relupath.core.optimalset.Uniqueness;
import org.relupath.core.optimalset.polytope.Polytope;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.program.search.LowerBound;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.Instance;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Solver;

/** Networks of which it is known what an audit must say. */
class AuditorTest {
  private static final Settings FINE = Settings.to(1e-12);
  private static final Matrix NO_GATES = Matrix.zeros(0, 0);

  /** Data, and a network fitted to some of its patterns. */
  record Fit(Problem problem, double lambda, Matrix gates, Solution solution, Neurons network) {
    Audit audit(Neurons audited) {
      return new Auditor(problem, lambda, FINE).audit(audited, NO_GATES, 0);
    }

    Audit audit() {
      return audit(network);
    }
  }

  static LongStream seeds() {
    return LongStream.range(0, 12);
  }

  private static Problem problem(long seed, int n, int d, Model model) {
    Random random = new Random(seed);
    double[][] x = Instance.gaussian(random, n, d);
    double[] y = Instance.gaussian(random, 1, n)[0];
    return new Problem(Matrix.ofRows(x), y, model);
  }

  private static Fit fit(Problem problem, Matrix gates, double ratio) {
    Patterns patterns = Patterns.of(problem.x(), gates);
    ConvexProgram program = new ConvexProgram(problem, patterns);
    double lambda = ratio * new Pricer(program).maxNorm(problem.y());
    Solution solution = new Solver(problem, new Pricer(program)).solve(lambda, FINE);
    Matrix own = Matrix.zeros(patterns.count(), problem.d());
    for (int b = 0; b < patterns.count(); b++) {
      System.arraycopy(
          gates.row(patterns.gateId(b)), 0, own.values(), b * problem.d(), problem.d());
    }
    Neurons network = Neurons.of(solution.weights(), problem.model(), own);
    return new Fit(problem, lambda, gates, solution, network);
  }

  private static Fit enumerated(long seed) {
    Problem problem = problem(seed, 6, 2, Model.RELU);
    return fit(problem, PatternEnumeration.of(problem.x(), 1000).gates(), 0.1);
  }

  private static Fit sampled(long seed) {
    Problem problem = problem(seed, 14, 3, Model.RELU);
    return fit(problem, Matrix.ofRows(Instance.gaussian(new Random(seed), 8, 3)), 0.05);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anEnumeratedFitIsCriticalAndOptimal(long seed) {
    Fit fit = enumerated(seed);
    Audit audit = new Auditor(fit.problem, fit.lambda, FINE).audit(fit.network, NO_GATES, 1000);
    assertThat(audit.stationarity().stationarityResidual()).isLessThan(1e-6 * fit.lambda);
    assertThat(audit.critical()).isTrue();
    assertThat(audit.criticalAfterBalancing()).isTrue();
    assertThat(audit.stationarity().directionallyStationary()).isTrue();
    assertThat(audit.imbalance()).isCloseTo(1, within(1e-12));
    assertThat(audit.neighbour()).isEmpty();
    assertThat(audit.improvement()).isEmpty();
    assertThat(audit.subsampled().objective())
        .isCloseTo(audit.objective(), within(1e-10 * audit.objective()));
    assertThat(audit.lowerBound().source()).isEqualTo(LowerBound.Source.ENUMERATION);
    assertThat(audit.gapToGlobal()).isBetween(0.0, 1e-10);
  }

  /** Sampled gates: at the optimum rows are tight, and the network may go on beyond them. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aSampledFitIsJudgedWithANeighbourThatImproves(long seed) {
    Fit fit = sampled(seed);
    Audit audit = fit.audit();
    double objective = fit.solution.certificate().objective();
    assertThat(audit.objective()).isCloseTo(objective, within(1e-12 * objective));
    assertThat(audit.subsampled().objective()).isCloseTo(objective, within(1e-10 * objective));
    boolean stationary = audit.balancedStationarity().descentResidual() < 1e-6 * fit.lambda;
    assertThat(audit.neighbour().isEmpty()).isEqualTo(stationary);
    if (audit.neighbour().isPresent()) {
      Neighbour neighbour = audit.neighbour().orElseThrow();
      List<long[]> bits = new ArrayList<>();
      Patterns patterns = Patterns.of(fit.problem.x(), fit.gates);
      for (int b = 0; b < patterns.count(); b++) {
        bits.add(patterns.bits(b));
      }
      bits.add(neighbour.pattern());
      ConvexProgram more = new ConvexProgram(fit.problem, Patterns.distinct(fit.problem.n(), bits));
      double lower =
          new Solver(fit.problem, new Pricer(more))
              .solve(fit.lambda, FINE)
              .certificate()
              .objective();
      assertThat(lower).isLessThan(fit.solution.certificate().dualObjective());
      assertThat(neighbour.objective()).isLessThan(audit.subsampled().objective());
      assertThat(neighbour.decrease()).isPositive();
      assertThat(audit.improvement().orElseThrow().objective()).isLessThan(objective);
    }
  }

  /** d/d scale of 1/2 ||f - y||^2 + lambda/2 (||W||^2 + a^2) where only W_0 is scaled by 1.01. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void scalingOneNeuronIsFoundAndMeasured(long seed) {
    Fit fit = enumerated(seed);
    if (fit.network.width() == 0) {
      return;
    }
    Matrix hidden = new Matrix(fit.network.width(), 2, fit.network.hidden().values().clone());
    for (int k = 0; k < 2; k++) {
      hidden.values()[k] *= 1.01;
    }
    Neurons scaled = new Neurons(Model.RELU, hidden, fit.network.output(), NO_GATES);
    Audit audit = fit.audit(scaled);
    assertThat(audit.critical()).isFalse();
    double worst = 0;
    double[] u = fit.problem.y().clone();
    Dense.add(u, -1, scaled.predict(fit.problem.x()));
    for (int j = 0; j < scaled.width(); j++) {
      NeuronAudit found = audit.stationarity().neurons().get(j);
      if (found.tightRows() == 0) {
        double a = scaled.output()[j];
        double[] dw = Dense.times(fit.lambda, hidden.row(j));
        double da = fit.lambda * a;
        for (int r = 0; r < fit.problem.n(); r++) {
          double score = Dense.dot(fit.problem.x().row(r), hidden.row(j));
          if (score > 0) {
            Dense.add(dw, -a * u[r], fit.problem.x().row(r));
            da -= u[r] * score;
          }
        }
        double gradient = Math.hypot(da, Dense.norm(dw));
        assertThat(found.stationarityResidual()).isCloseTo(gradient, within(1e-12));
        assertThat(found.descentResidual()).isCloseTo(gradient, within(1e-12));
      }
      worst = Math.max(worst, found.stationarityResidual());
    }
    assertThat(audit.stationarity().stationarityResidual()).isEqualTo(worst);
    assertThat(audit.objective()).isGreaterThan(fit.solution.certificate().objective());
    assertThat(audit.subsampled().objective())
        .isCloseTo(fit.solution.certificate().objective(), within(1e-10 * audit.objective()));
    assertThat(audit.improvement().orElseThrow().objective()).isLessThan(audit.objective());
  }

  @Test
  void plainGradientDescentEndsAtCriticalPoints() {
    int converged = 0;
    for (long seed = 0; seed < 30 && converged < 5; seed++) {
      Problem problem = problem(seed, 8, 2, Model.RELU);
      double[][] x = new double[8][];
      Arrays.setAll(x, r -> problem.x().row(r));
      double lambda = 0.3;
      GradientDescent descent = new GradientDescent(x, problem.y(), lambda, 6, seed);
      if (!descent.run(0.02, 25_000, 1e-8)) {
        continue;
      }
      converged++;
      Audit audit = new Auditor(problem, lambda, FINE).audit(descent.network(), NO_GATES, 10_000);
      assertThat(audit.critical()).as("seed %s", seed).isTrue();
      assertThat(audit.stationarity().stationarityResidual())
          .isLessThanOrEqualTo(1e-8 * (1 + 1e-6));
      assertThat(audit.subsampled().objective())
          .isCloseTo(audit.objective(), within(1e-12 * audit.objective()));
      assertThat(audit.lowerBound().value()).isLessThanOrEqualTo(audit.objective());
      Polytope polytope = audit.subsampled().optimalSet().polytope();
      assertThat(audit.subsampled().minimalWidth()).isBetween(1, audit.free().remaining().width());
      assertThat(audit.subsampled().optimalSetDimension())
          .isEqualTo(polytope.support().length - polytope.supportRank().value());
      assertThat(audit.subsampled().optimalSet().uniqueness().state())
          .isEqualTo(Uniqueness.State.UNIQUE);
    }
    assertThat(converged).isEqualTo(5);
  }

  @ParameterizedTest
  @EnumSource
  void theZeroNetworkIsCritical(Model model) {
    Problem problem = problem(1, 6, 2, model);
    double zero = 0.5 * Dense.dot(problem.y(), problem.y());
    Neurons none = new Neurons(model, Matrix.zeros(0, 2), new double[0], Matrix.zeros(0, 2));
    Neurons zeros = new Neurons(model, Matrix.zeros(3, 2), new double[3], Matrix.zeros(3, 2));
    for (Neurons network : List.of(none, zeros)) {
      Audit audit = new Auditor(problem, 0.01, FINE).audit(network, NO_GATES, 1000);
      assertThat(audit.critical()).isTrue();
      assertThat(audit.stationarity().neurons(NeuronAudit.Kind.ZERO)).hasSize(network.width());
      assertThat(audit.objective()).isEqualTo(zero);
      assertThat(audit.subsampled().objective()).isEqualTo(zero);
      assertThat(audit.subsampled().width()).isZero();
      assertThat(audit.patternSet().patterns()).isZero();
      assertThat(audit.patternSet().bound()).isCloseTo(zero, within(1e-12));
      assertThat(audit.lowerBound().value()).isLessThan(0.9 * zero);
      assertThat(audit.gapToGlobal()).isPositive();
      assertThat(audit.improvement().orElseThrow().source())
          .isEqualTo(Improvement.Source.ENUMERATION);
    }
    Audit large = new Auditor(problem, 1e3, FINE).audit(zeros, NO_GATES, 0);
    assertThat(large.lowerBound().source()).isEqualTo(LowerBound.Source.NORM);
    assertThat(large.gapToGlobal()).isCloseTo(0, within(1e-14));
    assertThat(large.improvement()).isEmpty();
  }

  /** A neuron that is active on no row keeps its penalty until it is taken out. */
  @Test
  void aDeadNeuronIsFreeToGo() {
    double[][] x = {{1, 0.5}, {2, -1}, {1, 1}};
    Problem problem = new Problem(Matrix.ofRows(x), new double[] {1, 2, 3}, Model.RELU);
    Fit fit = fit(problem, PatternEnumeration.of(problem.x(), 100).gates(), 0.1);
    Matrix hidden = Matrix.zeros(fit.network.width() + 1, 2);
    double[] output = Arrays.copyOf(fit.network.output(), hidden.rows());
    System.arraycopy(fit.network.hidden().values(), 0, hidden.values(), 0, 2 * fit.network.width());
    hidden.values()[2 * fit.network.width()] = -0.5;
    output[fit.network.width()] = 0.5;
    Audit audit = fit.audit(new Neurons(Model.RELU, hidden, output, NO_GATES));
    assertThat(audit.stationarity().neurons(NeuronAudit.Kind.DEAD))
        .containsExactly(fit.network.width());
    assertThat(audit.critical()).isFalse();
    assertThat(audit.stationarity().stationarityResidual())
        .isCloseTo(fit.lambda * Math.hypot(0.5, 0.5), within(1e-12));
    double penalty = fit.lambda * 0.25;
    double optimum = fit.solution.certificate().objective();
    assertThat(audit.objective()).isCloseTo(optimum + penalty, within(1e-12));
    assertThat(audit.balancedObjective()).isCloseTo(optimum + penalty, within(1e-12));
    assertThat(audit.mergedObjective()).isCloseTo(optimum, within(1e-12));
    Improvement improvement = audit.improvement().orElseThrow();
    assertThat(improvement.source()).isEqualTo(Improvement.Source.MERGED);
    assertThat(improvement.network().width()).isEqualTo(fit.network.width());
  }

  @ParameterizedTest
  @EnumSource
  void anUnbalancedNetworkIsCriticalOnceBalanced(Model model) {
    Problem problem = problem(3, 7, 2, model);
    Fit fit = fit(problem, PatternEnumeration.of(problem.x(), 100).gates(), 0.1);
    Matrix hidden = new Matrix(fit.network.width(), 2, fit.network.hidden().values().clone());
    double[] output = fit.network.output().clone();
    assertThat(output).hasSizeGreaterThan(1);
    double square = output[1] * output[1];
    output[1] /= 4;
    hidden.values()[2] *= 4;
    hidden.values()[3] *= 4;
    Audit audit = fit.audit(new Neurons(model, hidden, output, fit.network.gates()));
    assertThat(audit.critical()).isFalse();
    assertThat(audit.criticalAfterBalancing()).isTrue();
    assertThat(audit.imbalance()).isCloseTo(16, within(1e-10));
    double optimum = fit.solution.certificate().objective();
    // lambda / 2 (16 + 1/16) ||w|| instead of lambda ||w||.
    assertThat(audit.objective())
        .isCloseTo(optimum + fit.lambda * square * (8 + 1 / 32.0 - 1), within(1e-12));
    assertThat(audit.balancedObjective()).isCloseTo(optimum, within(1e-12));
    assertThat(audit.improvement().orElseThrow().source()).isEqualTo(Improvement.Source.BALANCED);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void gatedFitsAreCriticalWhateverTheirGates(long seed) {
    Problem problem = problem(seed, 9, 2, Model.GATED);
    Fit fit = fit(problem, Matrix.ofRows(Instance.gaussian(new Random(seed), 4, 2)), 0.1);
    Auditor auditor = new Auditor(problem, fit.lambda, FINE);
    Audit audit = auditor.audit(fit.network, fit.gates, 1000);
    assertThat(audit.critical()).isTrue();
    assertThat(audit.stationarity().directionallyStationary()).isTrue();
    assertThat(audit.neighbour()).isEmpty();
    double optimum = fit.solution.certificate().objective();
    assertThat(audit.subsampled().objective()).isCloseTo(optimum, within(1e-11 * optimum));
    assertThat(audit.patternSet().objective()).isCloseTo(optimum, within(1e-11 * optimum));
    assertThat(audit.patternSet().bound()).isCloseTo(optimum, within(1e-11 * optimum));
    assertThat(audit.lowerBound().value()).isLessThanOrEqualTo(audit.patternSet().objective());
    audit
        .improvement()
        .ifPresent(
            better -> {
              assertThat(better.source()).isEqualTo(Improvement.Source.ENUMERATION);
              assertThat(better.objective())
                  .isGreaterThanOrEqualTo(audit.lowerBound().value() * (1 - 1e-12));
            });
  }

  /** Tight rows on the wrong side by rounding are tight all the same. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void roundingOfWeightsChangesNoFinding(long seed) {
    Fit fit = sampled(seed);
    Random random = new Random(seed);
    double[] hidden = fit.network.hidden().values().clone();
    for (int i = 0; i < hidden.length; i++) {
      hidden[i] *= 1 + 1e-11 * random.nextGaussian();
    }
    Matrix moved = new Matrix(fit.network.width(), 3, hidden);
    Audit rounded = fit.audit(new Neurons(Model.RELU, moved, fit.network.output(), NO_GATES));
    Audit audit = fit.audit();
    for (int j = 0; j < fit.network.width(); j++) {
      NeuronAudit expected = audit.stationarity().neurons().get(j);
      NeuronAudit found = rounded.stationarity().neurons().get(j);
      assertThat(found.tightRows()).isEqualTo(expected.tightRows());
      assertThat(found.stationarityResidual())
          .isCloseTo(expected.stationarityResidual(), within(1e-8));
      assertThat(found.descentResidual()).isCloseTo(expected.descentResidual(), within(1e-8));
    }
    assertThat(rounded.neighbour().orElseThrow().pattern())
        .isEqualTo(audit.neighbour().orElseThrow().pattern());
    assertThat(rounded.subsampled().objective())
        .isCloseTo(audit.subsampled().objective(), within(1e-10));
  }

  @Test
  void refusesNetworksThatDoNotFit() {
    Problem problem = problem(1, 6, 2, Model.RELU);
    Auditor auditor = new Auditor(problem, 0.1, FINE);
    Neurons gated = new Neurons(Model.GATED, Matrix.zeros(1, 2), new double[1], Matrix.zeros(1, 2));
    assertThatThrownBy(() -> auditor.audit(gated, NO_GATES, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the network is GATED, expected RELU");
    Neurons wide = new Neurons(Model.RELU, Matrix.zeros(1, 3), new double[1], NO_GATES);
    assertThatThrownBy(() -> auditor.audit(wide, NO_GATES, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("hidden weights have 3 columns, expected 2");
    Neurons infinite =
        new Neurons(Model.RELU, Matrix.zeros(1, 2), new double[] {Double.NaN}, NO_GATES);
    assertThatThrownBy(() -> auditor.audit(infinite, NO_GATES, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("output entry 0 is NaN");
    Neurons zero = new Neurons(Model.RELU, Matrix.zeros(1, 2), new double[1], NO_GATES);
    assertThatThrownBy(() -> auditor.audit(zero, Matrix.zeros(1, 3), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("gates have 3 columns, expected 2");
    assertThatThrownBy(() -> new Auditor(problem, 0, FINE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("lambda is 0.0, expected positive");
  }
}
