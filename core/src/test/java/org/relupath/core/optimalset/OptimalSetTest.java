package org.relupath.core.optimalset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.optimalset.polytope.Range;
import org.relupath.core.optimalset.polytope.Vertex;
import org.relupath.core.optimalset.polytope.Vertices;
import org.relupath.core.program.Model;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.DenseProgram;
import org.relupath.core.reference.Instance;
import org.relupath.core.reference.ReferenceOptimalSet;

/** Optimal sets of tiny programs against all bases of brute force. */
class OptimalSetTest {
  /** Weights of both agree to this part of the total: the solution itself is off by up to 5e-7. */
  private static final double SAME = 1e-6;

  static Stream<TinyCase> cases() {
    return TinyCase.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void dimensionSupportAndVerticesAreThoseOfAllBases(TinyCase c) {
    OptimalSet set = c.optimalSet();
    ReferenceOptimalSet reference = c.reference(set);
    int[] place = TinyCase.match(reference, set);
    assertThat(set.polytope().certain()).isTrue();
    assertThat(set.equicorrelation().size()).isEqualTo(reference.equicorrelated());
    assertThat(set.neurons().size()).isEqualTo(reference.columns().size());
    assertThat(place).doesNotContain(-1).doesNotHaveDuplicates();
    assertThat(set.dimension()).isEqualTo(reference.dimension());
    int[] support = Arrays.stream(reference.support()).map(j -> place[j]).sorted().toArray();
    assertThat(set.polytope().support()).containsExactly(support);
    int blocks =
        Arrays.stream(reference.support())
            .map(j -> reference.columns().get(j).blocks().size())
            .sum();
    assertThat(set.blockSupport()).isEqualTo(blocks);
    assertThat(set.blockDimension())
        .isEqualTo(reference.dimension() + blocks - reference.support().length);

    Vertices vertices = set.polytope().vertices(100_000);
    assertThat(vertices.complete()).isTrue();
    assertThat(vertices.list()).hasSize(reference.vertices().size());
    double total = Arrays.stream(set.anchor()).sum();
    for (double[] expected : reference.vertices()) {
      double[] beta = new double[set.neurons().size()];
      for (int j = 0; j < place.length; j++) {
        beta[place[j]] = expected[j];
      }
      assertThat(vertices.list())
          .anyMatch(vertex -> Dense.distance(vertex.beta(), beta) < SAME * total);
    }
    assertThat(vertices.list().stream().mapToInt(Vertex::width).min())
        .hasValue(reference.minimalWidth());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void extremesAreThoseOfTheVertices(TinyCase c) {
    OptimalSet set = c.optimalSet();
    ReferenceOptimalSet reference = c.reference(set);
    int[] place = TinyCase.match(reference, set);
    double total = Arrays.stream(set.anchor()).sum();
    Random random = new Random(5);
    for (int j = 0; j < place.length; j++) {
      double[] unit = new double[place.length];
      unit[j] = 1;
      assertRange(set.neuronRange(place[j]), reference, unit, SAME * total);
    }
    DenseProgram dense = c.data().dense(c.model());
    double[][] gates = new double[place.length][];
    for (int trial = 0; trial < 5; trial++) {
      double[] x = Instance.gaussian(random, 1, dense.dimension())[0];
      double[] response = new double[place.length];
      for (int j = 0; j < place.length; j++) {
        ReferenceOptimalSet.Column column = reference.columns().get(j);
        double score = Dense.dot(x, column.ray());
        gates[j] = c.model() == Model.GATED ? gate(c, column.blocks().get(0)) : column.ray();
        response[j] = Dense.dot(x, gates[j]) >= 0 ? column.sign() * score : 0;
      }
      assertRange(set.predictionRange(x), reference, response, SAME * total * Dense.norm(x));
    }
  }

  /** The first gate whose pattern is that of a block. */
  private static double[] gate(TinyCase c, int block) {
    double[][] x = c.data().x();
    List<boolean[]> patterns = DenseProgram.patternsOf(x, c.data().gates());
    return Arrays.stream(c.data().gates())
        .filter(
            gate ->
                Arrays.equals(
                    DenseProgram.patternsOf(x, new double[][] {gate}).stream()
                        .findFirst()
                        .orElse(null),
                    patterns.get(block)))
        .findFirst()
        .orElseThrow();
  }

  private static void assertRange(
      Range range, ReferenceOptimalSet reference, double[] c, double tolerance) {
    assertThat(range.min()).isCloseTo(reference.min(c), within(tolerance));
    assertThat(range.max()).isCloseTo(reference.max(c), within(tolerance));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void uniquenessIsDecidedAsBruteForceDoes(TinyCase c) {
    OptimalSet set = c.optimalSet();
    Uniqueness uniqueness = set.uniqueness();
    if (uniqueness.state() == Uniqueness.State.UNCERTAIN) {
      // q errs more outside the support than on it: a member there may stay undecided.
      assertThat(uniqueness.undecided()).as(uniqueness.toString()).isPositive();
      return;
    }
    boolean single = c.reference(set).vertices().size() == 1;
    if (single) {
      assertThat(uniqueness.state()).isNotEqualTo(Uniqueness.State.NOT_UNIQUE);
    } else {
      assertThat(uniqueness.state())
          .as(uniqueness.toString())
          .isEqualTo(Uniqueness.State.NOT_UNIQUE);
      Witness witness = uniqueness.witness();
      assertThat(witness.distance()).isGreaterThan(1e-6);
      assertThat(witness.relativeGap()).isLessThan(1e-10);
      DenseProgram dense = c.data().dense(c.model());
      double first = objective(dense, set, witness.first());
      assertThat(objective(dense, set, witness.second())).isCloseTo(first, within(1e-10 * first));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void sampledMembersAreOptimalAndFitAlike(TinyCase c) {
    OptimalSet set = c.optimalSet();
    DenseProgram dense = c.data().dense(c.model());
    double[][] w = dense.dense(set.solution().weights());
    double[] fit = dense.fit(w);
    double[] own = set.neurons().fit(set.anchor());
    double optimum = dense.objective(w, set.lambda());
    double size = Dense.norm(c.data().y());
    double sum = Arrays.stream(set.anchor()).sum();
    // The solution's own fit is off by its accuracy, that of the members among them by rounding.
    assertThat(Dense.distance(own, fit)).isLessThan(1e-6 * size);
    assertThat(set.lambda() * set.alphaSum()).isCloseTo(sum, within(1e-6 * sum));
    for (double[] beta : set.polytope().sample(20, 3)) {
      assertThat(objective(dense, set, beta)).isCloseTo(optimum, within(1e-10 * optimum));
      assertThat(set.objective(beta)).isCloseTo(optimum, within(1e-10 * optimum));
      assertThat(set.relativeGap(beta)).isLessThan(1e-10);
      assertThat(Arrays.stream(beta).sum()).isCloseTo(sum, within(1e-9 * sum));
      double[][] member = dense.dense(set.weights(beta));
      assertThat(Dense.distance(dense.fit(member), own)).isLessThan(1e-10 * size);
      double[][] spread = dense.dense(set.neurons().spread(beta));
      assertThat(Dense.distance(dense.fit(spread), own)).isLessThan(1e-10 * size);
      assertThat(dense.objective(spread, set.lambda())).isCloseTo(optimum, within(1e-10 * optimum));
    }
  }

  private static double objective(DenseProgram dense, OptimalSet set, double[] beta) {
    return dense.objective(dense.dense(set.weights(beta)), set.lambda());
  }

  /** Differences of members at many random points: their rank is the dimension of functions. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void functionsDifferInAsManyWaysAsTheirVerticesDo(TinyCase c) {
    OptimalSet set = c.optimalSet();
    int d = c.data().x()[0].length;
    double[][] points = Instance.gaussian(new Random(9), 400, d);
    List<double[]> members =
        set.polytope().vertices(100_000).list().stream()
            .map(Vertex::beta)
            .map(
                beta ->
                    Arrays.stream(points)
                        .mapToDouble(x -> Dense.dot(set.neurons().responses(x), beta))
                        .toArray())
            .toList();
    int rank = 0;
    List<double[]> basis = new java.util.ArrayList<>();
    for (double[] member : members) {
      double[] rest = Dense.minus(member, members.get(0));
      for (int pass = 0; pass < 2; pass++) {
        for (double[] e : basis) {
          Dense.add(rest, -Dense.dot(e, rest), e);
        }
      }
      if (Dense.norm(rest) > 1e-6 * Dense.norm(members.get(0))) {
        basis.add(Dense.times(1 / Dense.norm(rest), rest));
        rank++;
      }
    }
    assertThat(set.functionDimension(1)).isEqualTo(rank);
    assertThat(set.functionDimension(2)).isEqualTo(rank);
    assertThat(set.functionRank(1).certain()).isTrue();
  }

  @Test
  void theCasesHoldUniqueAndOtherSetsAndFewAreLeftUncertain() {
    for (Model model : Model.values()) {
      List<OptimalSet> sets =
          cases().filter(c -> c.model() == model).map(TinyCase::optimalSet).toList();
      assertThat(sets.stream().map(OptimalSet::dimension)).contains(0, 1);
      List<Uniqueness.State> states = sets.stream().map(set -> set.uniqueness().state()).toList();
      assertThat(states).contains(Uniqueness.State.UNIQUE, Uniqueness.State.NOT_UNIQUE);
      assertThat(states.stream().filter(state -> state == Uniqueness.State.UNCERTAIN))
          .hasSizeLessThanOrEqualTo(2);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void functionalsOfAlphaTakeEachNeuronsBestBlock(TinyCase c) {
    OptimalSet set = c.optimalSet();
    List<Member> members = set.equicorrelation().members();
    Random random = new Random(4);
    double[] functional = Instance.gaussian(random, 1, members.size())[0];
    Range range = set.alphaRange(functional);
    double best = Double.NEGATIVE_INFINITY;
    double worst = Double.POSITIVE_INFINITY;
    for (Vertex vertex : set.polytope().vertices(100_000).list()) {
      double high = 0;
      double low = 0;
      for (int j : vertex.support()) {
        double top = Double.NEGATIVE_INFINITY;
        double bottom = Double.POSITIVE_INFINITY;
        for (int i = 0; i < members.size(); i++) {
          if (set.neurons()
              .neurons()
              .get(j)
              .blocks()
              .contains(members.get(i).projected().block())) {
            top = Math.max(top, functional[i]);
            bottom = Math.min(bottom, functional[i]);
          }
        }
        high += top * vertex.beta()[j] / set.lambda();
        low += bottom * vertex.beta()[j] / set.lambda();
      }
      best = Math.max(best, high);
      worst = Math.min(worst, low);
    }
    double scale = set.alphaSum() * Dense.norm(functional);
    assertThat(range.max()).isCloseTo(best, within(SAME * scale));
    assertThat(range.min()).isCloseTo(worst, within(SAME * scale));
  }
}
