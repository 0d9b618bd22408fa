package org.relupath.core.optimalset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.optimalset.Uniqueness.State;
import org.relupath.core.optimalset.polytope.Range;
import org.relupath.core.program.Model;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.Instance;

/** Degenerate data: uniqueness is never claimed wrongly, and known other optima are found. */
class DegenerateOptimalSetTest {

  /** What is done to gaussian data of 4 to 8 rows. */
  enum Degeneracy {
    DUPLICATED_ROWS((x, y) -> copyRows(x, y, 1)),
    MIRRORED_ROWS((x, y) -> copyRows(x, y, -1)),
    MIRRORED_TARGETS(
        (x, y) -> {
          copyRows(x, y, -1);
          for (int r = 0; r < y.length / 2; r++) {
            y[y.length / 2 + r] = y[r];
          }
        }),
    COLLINEAR_FEATURES((x, y) -> Arrays.stream(x).forEach(row -> row[row.length - 1] = 2 * row[0])),
    WHOLE_NUMBERS(
        (x, y) -> {
          Arrays.stream(x).forEach(row -> Arrays.setAll(row, k -> Math.rint(row[k])));
          Arrays.setAll(y, r -> Math.rint(2 * y[r]));
        }),
    ZERO_ROWS((x, y) -> Arrays.fill(x[0], 0)),
    ONES_COLUMN((x, y) -> Arrays.stream(x).forEach(row -> row[row.length - 1] = 1));

    private final BiConsumer<double[][], double[]> change;

    Degeneracy(BiConsumer<double[][], double[]> change) {
      this.change = change;
    }
  }

  private static void copyRows(double[][] x, double[] y, int sign) {
    int half = y.length / 2;
    for (int r = 0; r < half; r++) {
      x[half + r] = Dense.times(sign, x[r]);
    }
  }

  static Stream<TinyCase> zoo() {
    return Stream.of(Degeneracy.values())
        .flatMap(
            kind ->
                LongStream.range(0, 4)
                    .boxed()
                    .flatMap(
                        seed ->
                            Stream.of(Model.values())
                                .flatMap(
                                    model ->
                                        Stream.of(0.2, 0.02)
                                            .map(r -> new TinyCase(data(kind, seed), model, r)))));
  }

  private static Instance data(Degeneracy kind, long seed) {
    Random random = new Random(100 * kind.ordinal() + seed);
    int d = 2 + random.nextInt(2);
    int n = 2 * (2 + random.nextInt(2));
    double[][] x = Instance.gaussian(random, n, d);
    double[] y = Instance.gaussian(random, 1, n)[0];
    kind.change.accept(x, y);
    return new Instance(kind + " seed " + seed, x, y, Instance.gaussian(random, 60, d));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("zoo")
  void neverClaimsUniquenessWrongly(TinyCase c) {
    OptimalSet set = c.optimalSet();
    Uniqueness uniqueness = set.uniqueness();
    if (set.neurons().size() > 20) {
      // Too many columns to try all subsets: at least they cannot all be independent.
      assertThat(uniqueness.state()).isNotEqualTo(State.UNIQUE);
      return;
    }
    int vertices = c.reference(set).vertices().size();
    assertThat(uniqueness.state()).isNotEqualTo(vertices > 1 ? State.UNIQUE : State.NOT_UNIQUE);
    if (set.polytope().certain()) {
      assertThat(set.dimension()).isEqualTo(c.reference(set).dimension());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("zoo")
  void gatesTwiceChangeNothing(TinyCase c) {
    double[][] gates = c.data().gates();
    double[][] twice = Arrays.copyOf(gates, 2 * gates.length);
    System.arraycopy(gates, 0, twice, gates.length, gates.length);
    Instance changed = new Instance(c.data().name(), c.data().x(), c.data().y(), twice);
    OptimalSet set = TinyCase.optimalSet(changed, c.model(), c.lambda());
    assertThat(set.dimension()).isEqualTo(c.optimalSet().dimension());
    assertThat(set.blockDimension()).isEqualTo(c.optimalSet().blockDimension());
  }

  /**
   * Six rows at the corners of a hexagon with equal targets. u is unique, so symmetric, and E is
   * one orbit of six rays; their fits are a circulant matrix that loses rank on (1, -1, 1, -1, 1,
   * -1). Opposite rays of one sign trade their linear parts, which cancel: weights move, f does
   * not.
   */
  @ParameterizedTest
  @EnumSource(Model.class)
  void opposedRaysOfOneSignTradeWeight(Model model) {
    double[][] x = new double[6][];
    for (int r = 0; r < 6; r++) {
      x[r] = new double[] {Math.cos(r * Math.PI / 3), Math.sin(r * Math.PI / 3)};
    }
    double[] y = {1, 1, 1, 1, 1, 1};
    Instance hexagon = new Instance("hexagon", x, y, Instance.gaussian(new Random(1), 400, 2));
    OptimalSet set = TinyCase.optimalSet(hexagon, Model.RELU, 0.3);
    assertThat(set.neurons().size()).isEqualTo(6);
    assertThat(set.dimension()).isEqualTo(1);
    assertThat(set.functionDimension(1)).isZero();
    Uniqueness uniqueness = set.uniqueness();
    assertThat(uniqueness.state()).isEqualTo(State.NOT_UNIQUE);
    assertThat(uniqueness.witness().distance()).isCloseTo(1, within(1e-6));
    assertThat(set.polytope().vertices(10).list()).hasSize(2).allMatch(v -> v.width() == 3);
    Range range = set.predictionRange(new double[] {0.3, -2});
    assertThat(range.width()).isLessThan(1e-9);
    if (model == Model.GATED) {
      // Gated blocks jump instead: the same data has its own set, checked by brute force.
      TinyCase gated = new TinyCase(hexagon, model, 0.1);
      OptimalSet other = gated.optimalSet();
      int vertices = gated.reference(other).vertices().size();
      assertThat(other.uniqueness().state())
          .isEqualTo(vertices > 1 ? State.NOT_UNIQUE : State.UNIQUE);
    }
  }

  /**
   * X = I, y = (1, 0): u = (lambda, 0), so the patterns {1} and {1, 2} both have v = (lambda, 0).
   * C-GReLU: two blocks of one fit that differ off the data; C-ReLU: one ray, one neuron.
   */
  @ParameterizedTest
  @EnumSource(Model.class)
  void twoPatternsOfOneColumn(Model model) {
    double[][] identity = {{1, 0}, {0, 1}};
    double[][] gates = {{1, -1}, {1, 1}, {-1, 1}};
    Instance data = new Instance("identity", identity, new double[] {1, 0}, gates);
    OptimalSet set = TinyCase.optimalSet(data, model, 0.3);
    assertThat(set.equicorrelation().size()).isEqualTo(2);
    assertThat(Arrays.stream(set.anchor()).sum()).isCloseTo(0.7, within(1e-6));
    assertThat(set.blockDimension()).isEqualTo(1);
    Uniqueness uniqueness = set.uniqueness();
    double[] between = {1, -0.5};
    double[] outside = {0.5, -1};
    if (model == Model.RELU) {
      assertThat(set.neurons().size()).isEqualTo(1);
      assertThat(uniqueness.state()).isEqualTo(State.UNIQUE);
      assertThat(uniqueness.proven()).isTrue();
      assertThat(set.predictionRange(between).width()).isZero();
      assertThat(set.neurons().spread(set.anchor()).size()).isEqualTo(2);
    } else {
      assertThat(set.dimension()).isEqualTo(1);
      assertThat(uniqueness.state()).isEqualTo(State.NOT_UNIQUE);
      assertThat(set.functionDimension(1)).isEqualTo(1);
      assertThat(set.predictionRange(between).width()).isZero();
      // x1 > 0 with x1 + x2 < 0 passes the first gate only.
      assertThat(set.predictionRange(outside).min()).isCloseTo(0, within(1e-6));
      assertThat(set.predictionRange(outside).max()).isCloseTo(0.35, within(1e-6));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("zoo")
  void fromLambdaMaxOnZeroIsTheOnlyOptimum(TinyCase c) {
    double max = c.data().lambdaMax(c.model());
    for (double lambda : new double[] {max, Math.nextUp(max), 2 * max}) {
      OptimalSet set = TinyCase.optimalSet(c.data(), c.model(), lambda);
      assertThat(set.uniqueness().state()).isEqualTo(State.UNIQUE);
      assertThat(set.uniqueness().proven()).isTrue();
      assertThat(set.dimension()).isZero();
      assertThat(set.blockDimension()).isZero();
      assertThat(set.functionDimension(1)).isZero();
      assertThat(set.alphaSum()).isZero();
      assertThat(set.weights(set.polytope().center()).size()).isZero();
      assertThat(set.objective(set.polytope().center()))
          .isEqualTo(c.data().program(c.model()).problem().zeroObjective());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("zoo")
  void targetsOfZeroHaveTheZeroNetworkAlone(TinyCase c) {
    double[] zero = new double[c.data().y().length];
    Instance data = new Instance(c.data().name(), c.data().x(), zero, c.data().gates());
    OptimalSet set = TinyCase.optimalSet(data, c.model(), 0.1);
    assertThat(set.equicorrelation().members()).isEmpty();
    assertThat(set.uniqueness().state()).isEqualTo(State.UNIQUE);
    assertThat(set.dimension()).isZero();
    assertThat(set.predictionRange(c.data().x()[0]).width()).isZero();
  }

  static Stream<TinyCase> events() {
    return zoo().filter(c -> c.ratio() > 0.1 && c.data().name().matches(".* seed [02]"));
  }

  /**
   * Bisection to a lambda where E changes. There and next to it a weight of rounding may be taken
   * for one that is positive, so only the columns tell: two optima need dependent ones.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("events")
  void anEventDoesNotMakeOneOptimumLookLikeTwo(TinyCase c) {
    double max = c.data().lambdaMax(c.model());
    double high = 0.9 * max;
    double low = 0.02 * max;
    int above = TinyCase.optimalSet(c.data(), c.model(), high).neurons().size();
    for (int step = 0; step < 45; step++) {
      double middle = 0.5 * (low + high);
      if (TinyCase.optimalSet(c.data(), c.model(), middle).neurons().size() == above) {
        high = middle;
      } else {
        low = middle;
      }
    }
    for (double lambda : new double[] {low, high, low * (1 - 1e-9), high * (1 + 1e-9)}) {
      TinyCase at = new TinyCase(c.data(), c.model(), lambda / max);
      OptimalSet set = at.optimalSet();
      boolean independent = at.reference(set).independent();
      assertThat(set.uniqueness().state())
          .isNotEqualTo(independent ? State.NOT_UNIQUE : State.UNIQUE);
    }
  }
}
