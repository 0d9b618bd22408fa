package org.relupath.core.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.data.ClassWeights;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Observations;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.gates.GateSampler;
import org.relupath.core.gates.Patterns;
import org.relupath.core.gates.arrangement.PatternEnumeration;
import org.relupath.core.network.Folding;
import org.relupath.core.network.ForwardPass;
import org.relupath.core.network.Network;
import org.relupath.core.network.NetworkObjective;
import org.relupath.core.network.Neurons;
import org.relupath.core.path.PatternGathering;
import org.relupath.core.path.homotopy.Sensitivity;
import org.relupath.core.path.homotopy.SensitivityAnalysis;
import org.relupath.core.program.pricing.Certificate;
import org.relupath.core.program.pricing.Certifier;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.program.search.PatternClimb;
import org.relupath.core.solve.Settings;
import org.relupath.core.solve.Solution;
import org.relupath.core.solve.Solver;
import org.relupath.core.solve.Status;

/** A row of weight m against m copies of the row. */
class WeightedRowsTest {
  private static final Preprocessing.Options MAPPED = Preprocessing.Options.DEFAULT;
  private static final Preprocessing.Options CENTRED =
      new Preprocessing.Options(true, true, true, true);

  private record Case(long seed, Model model, Preprocessing.Options options, boolean twoValued) {}

  static Stream<Case> cases() {
    return Stream.of(Model.values())
        .flatMap(
            model ->
                Stream.of(
                    new Case(1, model, MAPPED, false),
                    new Case(2, model, MAPPED, true),
                    new Case(3, model, CENTRED, true),
                    new Case(4, model, Preprocessing.Options.NONE, false)));
  }

  /** Rows of weights from 1 to 4; columns far from zero, constant and skewed among them. */
  private static Observations weighted(long seed, boolean twoValued) {
    Random random = new Random(seed);
    int n = 24;
    Matrix x = Matrix.zeros(n, 4);
    double[] labels = new double[n];
    double[] weights = new double[n];
    for (int r = 0; r < n; r++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      System.arraycopy(new double[] {a, b, 50 + a * b, 0.1}, 0, x.values(), 4 * r, 4);
      double score = Math.abs(a) - b + 0.3 * random.nextGaussian();
      labels[r] = twoValued ? (score > 0.5 ? 7 : 3) : score;
      weights[r] = 1 + random.nextInt(4);
    }
    return new Observations(List.of("a", "b", "c", "d"), x, labels).withWeights(weights);
  }

  private static Observations repeated(Observations rows) {
    int[] copies =
        IntStream.range(0, rows.rows())
            .flatMap(r -> IntStream.generate(() -> r).limit((long) rows.weight(r)))
            .toArray();
    return rows.select(copies).withWeights(new double[0]);
  }

  /** A program of rows and what it was made with. */
  private record Made(Observations rows, Preprocessing preprocessing, ConvexProgram program) {
    static Made of(Observations rows, Case c, Matrix gates) {
      Preprocessing preprocessing = Preprocessing.fit(rows, c.options);
      Problem problem = Problem.of(preprocessing, rows, c.model);
      return new Made(
          rows, preprocessing, new ConvexProgram(problem, Patterns.of(problem.sides(), gates)));
    }

    double lambdaMax() {
      return new Pricer(program).maxNorm(program.problem().zeroResidual());
    }

    Solution solve(double lambda) {
      Pricer pricer = new Pricer(program);
      return new Solver(program.problem(), pricer).solve(lambda, Settings.to(1e-13));
    }

    /** The certificate of weights on the blocks of the same numbers. */
    Certificate certificate(BlockWeights solved, double lambda) {
      List<Block> blocks = solved.blocks().stream().map(b -> program.block(b.id())).toList();
      BlockWeights weights = new BlockWeights(blocks, solved.d(), solved.values());
      Certifier certifier = new Certifier(program.problem());
      double[] u = certifier.residual(weights);
      return certifier.certify(weights, u, lambda, new Pricer(program).price(u, lambda, 1));
    }

    Network network(BlockWeights weights, Matrix gates) {
      Matrix own =
          gates.selectRows(
              IntStream.range(0, program.patterns().count())
                  .map(program.patterns()::gateId)
                  .toArray());
      return Folding.fold(
          Neurons.of(weights, program.problem().model(), own),
          preprocessing,
          rows.inputs(),
          rows.features());
    }
  }

  private static Matrix gates(Case c) {
    int d = 4 + (c.options.intercept() ? 1 : 0);
    return new GateSampler(GateSampler.Distribution.GAUSSIAN, c.seed, d, c.options.intercept())
        .sample(30);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void weightsAreRepeatedRowsInProgramCertificateAndNetwork(Case c) {
    Observations rows = weighted(c.seed, c.twoValued);
    Matrix gates = gates(c);
    Made one = Made.of(rows, c, gates);
    Made other = Made.of(repeated(rows), c, gates);
    close(one.preprocessing.mean(), other.preprocessing.mean(), 1e-13);
    close(one.preprocessing.scale(), other.preprocessing.scale(), 1e-13);
    assertThat(one.preprocessing.center()).isCloseTo(other.preprocessing.center(), within(1e-13));
    assertThat(one.program.patterns().count()).isEqualTo(other.program.patterns().count());
    assertThat(one.lambdaMax()).isCloseTo(other.lambdaMax(), within(1e-11 * other.lambdaMax()));
    double lambda = 0.05 * one.lambdaMax();
    Solution solution = one.solve(lambda);
    // One set of weights has one certificate in both programs.
    Certificate proof = one.certificate(solution.weights(), lambda);
    Certificate same = other.certificate(solution.weights(), lambda);
    assertThat(proof.objective()).isCloseTo(same.objective(), within(1e-11 * same.objective()));
    assertThat(proof.dualObjective())
        .isCloseTo(same.dualObjective(), within(1e-9 * same.objective()));
    assertThat(proof.maxConeViolation()).isCloseTo(same.maxConeViolation(), within(1e-12));
    assertThat(proof.relativeGap()).isLessThan(1e-12);
    // The network's own objective, by its forward pass on raw rows.
    Network network = one.network(solution.weights(), gates);
    NetworkObjective own =
        NetworkObjective.of(network, ForwardPass.of(network, rows.features()), rows, lambda);
    assertThat(own.value()).isCloseTo(proof.objective(), within(1e-10 * own.value()));
    // Both solves end at one optimum, and one network.
    Solution found = other.solve(lambda);
    assertThat(found.certificate().objective())
        .isCloseTo(proof.objective(), within(1e-11 * own.value()));
    double[] scores = network.predict(rows.features());
    double[] others = other.network(found.weights(), gates).predict(rows.features());
    close(scores, others, 1e-9);
  }

  private static void close(double[] one, double[] other, double most) {
    assertThat(one).hasSameSizeAs(other);
    for (int i = 0; i < one.length; i++) {
      assertThat(one[i]).isCloseTo(other[i], within(most * (1 + Math.abs(other[i]))));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void searchedPatternsAreAsGoodAsThoseOfRepeatedRows(Case c) {
    Observations rows = weighted(c.seed, c.twoValued);
    Made one = Made.of(rows, c, gates(c));
    double lambda = 0.1 * one.lambdaMax();
    Matrix gates = gathered(one, lambda);
    Matrix others = gathered(Made.of(repeated(rows), c, gates(c)), lambda);
    double objective = Made.of(rows, c, gates).solve(lambda).certificate().objective();
    assertThat(Made.of(repeated(rows), c, gates).solve(lambda).certificate().objective())
        .isCloseTo(objective, within(1e-11 * objective));
    // Where climbs begin depends on how many rows there are, so that others may be found.
    assertThat(Made.of(rows, c, others).solve(lambda).certificate().objective())
        .isCloseTo(objective, within(1e-3 * objective));
  }

  private static Matrix gathered(Made made, double lambda) {
    Problem problem = made.program.problem();
    Matrix none = Matrix.zeros(0, problem.d());
    return new PatternGathering(problem, none, 500, 50, 1, Settings.to(1e-6))
        .gather(new double[] {lambda}, PatternClimb.search(problem), point -> {})
        .gates();
  }

  @Test
  void derivativesAndDegreesOfFreedomAreThoseOfRepeatedRows() {
    Case c = new Case(5, Model.GATED, CENTRED, false);
    Observations rows = weighted(5, false);
    Made one = Made.of(rows, c, gates(c));
    Made other = Made.of(repeated(rows), c, gates(c));
    double lambda = 0.2 * one.lambdaMax();
    Sensitivity own = derivative(one, lambda);
    Sensitivity copies = derivative(other, lambda);
    for (boolean centred : new boolean[] {true, false}) {
      double expected = copies.degreesOfFreedom(centred);
      assertThat(own.degreesOfFreedom(centred)).isCloseTo(expected, within(1e-7 * expected));
    }
    close(own.alongLambda().values(), copies.alongLambda().values(), 1e-6);
    // A label of a row of weight m moves its m copies together.
    Matrix byRow = own.targetsJacobian();
    Matrix byCopy = copies.targetsJacobian();
    for (int k = 0; k < byRow.rows(); k++) {
      int copy = 0;
      for (int r = 0; r < rows.rows(); r++) {
        double sum = 0;
        for (int i = 0; i < rows.weight(r); i++) {
          sum += byCopy.get(k, copy++);
        }
        assertThat(byRow.get(k, r)).isCloseTo(sum, within(1e-6));
      }
    }
  }

  private static Sensitivity derivative(Made made, double lambda) {
    return new SensitivityAnalysis(made.program)
        .at(lambda, made.solve(lambda).weights().compact())
        .derivative()
        .orElseThrow();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void weightsOfTwelveOrdersOfMagnitudeAreSolvedAndProven(Case c) {
    Random random = new Random(c.seed);
    Observations rows = weighted(c.seed, c.twoValued);
    double[] weights =
        random.doubles(rows.rows(), -6, 6).map(power -> Math.pow(10, power)).toArray();
    Made made = Made.of(rows.withWeights(weights), c, gates(c));
    for (double ratio : new double[] {0.3, 1e-2, 1e-4}) {
      double lambda = ratio * made.lambdaMax();
      Pricer pricer = new Pricer(made.program);
      Solution solution =
          new Solver(made.program.problem(), pricer).solve(lambda, Settings.DEFAULT);
      assertThat(solution.status()).as("seed %s ratio %s", c.seed, ratio).isEqualTo(Status.OPTIMAL);
      Certificate proof = solution.certificate();
      Network network = made.network(solution.weights(), gates(c));
      ForwardPass pass = ForwardPass.of(network, rows.features());
      double own = NetworkObjective.of(network, pass, made.rows, lambda).value();
      assertThat(own).isCloseTo(proof.objective(), within(1e-8 * proof.objective()));
      assertThat(proof.dualObjective())
          .isBetween((1 - 1e-8) * proof.objective(), own * (1 + 1e-12));
    }
  }

  @Test
  void rowsOnTheBorderOfAGateStayThereWhateverTheirWeight() {
    int n = 20;
    double[][] multiples = new double[n][];
    Arrays.setAll(multiples, r -> new double[] {3 * (r - 10.5), r - 10.5});
    Matrix x = Matrix.ofRows(multiples);
    double[] weights = IntStream.range(0, n).mapToDouble(r -> r + 2).toArray();
    Observations rows = new Observations(List.of("a", "b"), x, new double[n]).withWeights(weights);
    Preprocessing plain = Preprocessing.fit(rows, Preprocessing.Options.NONE);
    Problem problem = Problem.of(plain, rows, Model.RELU);
    Matrix gate = Matrix.ofRows(new double[][] {{1, -3}});
    assertThat(Patterns.of(problem.sides(), gate).bits(0)).containsExactly((1L << n) - 1);
    assertThat(Patterns.of(problem.x(), gate).bits(0))
        .as("rounding moves a weighted row off the border")
        .isNotEqualTo(new long[] {(1L << n) - 1});
    // Parallel rows stay parallel.
    assertThat(PatternEnumeration.of(problem.sides().dense(), 100).patterns().count())
        .isEqualTo(PatternEnumeration.of(x, 100).patterns().count());
    assertThat(problem.with(Model.GATED).sides()).isSameAs(problem.sides());
    assertThat(problem.root(1)).isEqualTo(Math.sqrt(3));
  }

  @Test
  void balancedClassesWeighHalfEach() {
    Observations rows =
        new Observations(List.of("a"), Matrix.zeros(5, 1), new double[] {1, 0, -0.0, 0, 0});
    assertThat(ClassWeights.NONE.weigh(rows)).isSameAs(rows);
    assertThat(ClassWeights.BALANCED.weigh(rows).weights())
        .containsExactly(2.5, 0.625, 0.625, 0.625, 0.625);
    Observations own = rows.withWeights(new double[] {2, 1, 1, 3, 3});
    Observations balanced = ClassWeights.BALANCED.weigh(own);
    assertThat(balanced.weights()).containsExactly(5, 0.625, 0.625, 1.875, 1.875);
    assertThat(balanced.totalWeight()).isEqualTo(own.totalWeight());
    Observations three = rows.withTargets(new double[] {0, 0, 0, 1, 2});
    assertThat(Arrays.stream(ClassWeights.BALANCED.weigh(three).weights()).limit(3).sum())
        .isCloseTo(5.0 / 3, within(1e-15));
  }
}
