package org.relupath.core.optimalset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.optimalset.polytope.Vertex;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.Instance;

/** Chosen members against every vertex, which proves convex choices, and many other members. */
class CandidatesTest {

  static Stream<TinyCase> cases() {
    return TinyCase.all().filter(c -> c.ratio() < 0.2 && c.optimalSet().dimension() > 0);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void leastNormsSatisfyTheirVariationalInequalities(TinyCase c) {
    OptimalSet set = c.optimalSet();
    for (OptimalSet searched : List.of(set, set.onSupport())) {
      Candidates candidates = new Candidates(searched);
      double[] ones = new double[searched.neurons().size()];
      Arrays.fill(ones, 1);
      double[] multipliers = Arrays.stream(searched.anchor()).map(beta -> 1 / beta).toArray();
      double[] blocks =
          searched.neurons().neurons().stream()
              .mapToDouble(neuron -> 1 / Math.sqrt(neuron.blocks().size()))
              .toArray();
      assertLeast(searched, candidates.minL2(Scaling.WEIGHTS), ones);
      assertLeast(searched, candidates.minL2(Scaling.ENTRIES), ones);
      assertLeast(searched, candidates.minNorm(), blocks);
      if (searched != set || set.neurons().active().size() == set.neurons().size()) {
        assertLeast(searched, candidates.minL2(Scaling.MULTIPLIERS), multipliers);
      } else {
        assertThatThrownBy(() -> candidates.minL2(Scaling.MULTIPLIERS))
            .hasMessageContaining("support");
      }
    }
  }

  /** gamma'(vertex - gamma) >= 0 at all vertices is optimality of least ||gamma||^2. */
  private static void assertLeast(OptimalSet set, Candidate candidate, double[] scale) {
    assertOptimal(set, candidate);
    double square = 0;
    for (int j = 0; j < scale.length; j++) {
      square += Math.pow(scale[j] * candidate.beta()[j], 2);
    }
    for (Vertex vertex : set.polytope().vertices(100_000).list()) {
      double product = 0;
      for (int j = 0; j < scale.length; j++) {
        product += scale[j] * scale[j] * candidate.beta()[j] * vertex.beta()[j];
      }
      assertThat(product).isGreaterThan(square * (1 - 1e-8));
    }
  }

  private static void assertOptimal(OptimalSet set, Candidate candidate) {
    double optimum = set.objective(set.anchor());
    assertThat(set.objective(candidate.beta())).isCloseTo(optimum, within(1e-10 * optimum));
    double total = Arrays.stream(candidate.beta()).sum();
    assertThat(candidate.weights().normSum()).isCloseTo(total, within(1e-12 * total));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void extremesBeatEveryOtherMember(TinyCase c) {
    OptimalSet set = c.optimalSet().onSupport();
    Candidates candidates = new Candidates(set);
    int[] support = set.polytope().support();
    for (Scaling scaling : Scaling.values()) {
      double[] largest = scaling.factors(set.neurons(), Scaling.Norm.MAX);
      double[] sum = scaling.factors(set.neurons(), Scaling.Norm.L1);
      ToDoubleFunction<double[]> max =
          beta -> IntStream.of(support).mapToDouble(j -> largest[j] * beta[j]).max().orElseThrow();
      ToDoubleFunction<double[]> min =
          beta -> IntStream.of(support).mapToDouble(j -> largest[j] * beta[j]).min().orElseThrow();
      assertBeats(set, candidates.minLinf(scaling), max, 1);
      assertBeats(set, candidates.maxSmallest(scaling), min, -1);
      assertBeats(set, candidates.maxL1(scaling), beta -> Dense.dot(sum, beta), -1);
      assertBeats(set, candidates.minL1(scaling), beta -> Dense.dot(sum, beta), 1);
    }
  }

  private static void assertBeats(
      OptimalSet set, Candidate candidate, ToDoubleFunction<double[]> value, int sign) {
    assertOptimal(set, candidate);
    double reached = value.applyAsDouble(candidate.beta());
    List<double[]> others = new ArrayList<>(set.polytope().sample(100, 7));
    set.polytope().vertices(1000).list().forEach(vertex -> others.add(vertex.beta()));
    if (set.dimension() == 1) {
      Segment segment = new Segment(others.get(others.size() - 1), others.get(others.size() - 2));
      IntStream.rangeClosed(0, 1000).forEach(i -> others.add(segment.at(i / 1000.0)));
    }
    double scale = others.stream().mapToDouble(value).map(Math::abs).max().orElseThrow();
    for (double[] other : others) {
      assertThat(sign * reached)
          .isLessThanOrEqualTo(sign * value.applyAsDouble(other) + 1e-8 * scale);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void heldOutErrorIsLeastOverTheSet(TinyCase c) {
    OptimalSet set = c.optimalSet();
    Random random = new Random(11);
    int d = c.data().x()[0].length;
    Matrix x = Matrix.ofRows(Instance.gaussian(random, 30, d));
    double[] y = Instance.gaussian(random, 1, 30)[0];
    double whole = Double.NaN;
    for (OptimalSet searched : List.of(set, set.onSupport())) {
      Candidate candidate = new Candidates(searched).leastSquares("valid_mse", x, y);
      assertThat(candidate.name()).isEqualTo("valid_mse");
      assertOptimal(searched, candidate);
      double[] residual = residual(searched, x, y, candidate.beta());
      for (Vertex vertex : searched.polytope().vertices(100_000).list()) {
        double[] other = residual(searched, x, y, vertex.beta());
        assertThat(Dense.dot(residual, Dense.minus(other, residual)))
            .isGreaterThan(-1e-7 * Dense.dot(residual, residual));
      }
      double error = Dense.dot(residual, residual);
      if (searched == set) {
        whole = error;
      } else {
        assertThat(error).isGreaterThan(whole * (1 - 1e-8));
      }
    }
    assertThatThrownBy(() -> new Candidates(set).leastSquares("test_mse", x, new double[3]))
        .hasMessageContaining("test_mse has 3 targets, expected 30");
  }

  private static double[] residual(OptimalSet set, Matrix x, double[] y, double[] beta) {
    double[] residual = y.clone();
    for (int r = 0; r < residual.length; r++) {
      residual[r] = Dense.dot(set.neurons().responses(x.row(r)), beta) - y[r];
    }
    return residual;
  }
}
