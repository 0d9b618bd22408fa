package org.relupath.core.optimalset.polytope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.linalg.Vectors;

/** Polytopes against the enumeration of all bases. */
class PolytopeTest {
  private static final double EXACT = 1e-12;

  static Stream<PolytopeCase> cases() {
    return PolytopeCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void supportAndDimensionAreThoseOfAllVertices(PolytopeCase c) {
    Polytope polytope = c.polytope();
    BasisEnumeration bases = c.bases();
    assertThat(polytope.certain()).isTrue();
    assertThat(polytope.support())
        .isEqualTo(IntStream.range(0, c.anchor().length).filter(bases::inSupport).toArray());
    assertThat(polytope.dimension()).isEqualTo(bases.dimension());
    assertMember(c, polytope.center());
    for (int b : polytope.support()) {
      assertThat(polytope.center()[b]).isPositive();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void verticesAreThoseOfAllBases(PolytopeCase c) {
    Vertices vertices = c.polytope().vertices(2000);
    List<double[]> expected =
        c.bases().vertices().stream()
            .sorted(Comparator.comparing(PolytopeTest::supportOf, Arrays::compare))
            .toList();
    assertThat(vertices.complete()).isTrue();
    assertThat(vertices.list()).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      Vertex vertex = vertices.list().get(i);
      assertThat(vertex.support()).isEqualTo(supportOf(expected.get(i)));
      assertThat(vertex.support()).isEqualTo(supportOf(vertex.beta()));
      for (int b : vertex.support()) {
        assertThat(vertex.beta()[b])
            .isCloseTo(expected.get(i)[b], within(1e-9 * expected.get(i)[b]));
      }
      assertMember(c, vertex.beta());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void rangesAreAttainedAndAreThoseOverAllVertices(PolytopeCase c) {
    Polytope polytope = c.polytope();
    BasisEnumeration bases = c.bases();
    Random random = new Random(7);
    for (int i = 0; i < 10; i++) {
      double[] objective = relative(polytope, random);
      double[] negative = Arrays.stream(objective).map(v -> -v).toArray();
      Range range = polytope.range(objective);
      double size = Math.sqrt(polytope.support().length);
      assertThat(range.max()).isCloseTo(bases.max(objective), within(1e-10 * size));
      assertThat(range.min()).isCloseTo(-bases.max(negative), within(1e-10 * size));
      assertThat(dot(objective, range.argmax())).isEqualTo(range.max());
      assertThat(dot(objective, range.argmin())).isEqualTo(range.min());
      assertMember(c, range.argmax());
      assertMember(c, range.argmin());
      assertThat(range.constant()).isEqualTo(polytope.dimension() == 0);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equationsAreConstantFunctionals(PolytopeCase c) {
    Polytope polytope = c.polytope();
    for (double[] row : c.equations()) {
      Range range = polytope.range(row);
      assertThat(range.constant()).isTrue();
      double size =
          IntStream.range(0, row.length).mapToDouble(b -> Math.abs(row[b] * c.anchor()[b])).sum();
      assertThat(range.min()).isCloseTo(dot(row, c.anchor()), within(EXACT * size));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void fewerVerticesThanAllAreNeverCalledComplete(PolytopeCase c) {
    int all = c.bases().vertices().size();
    if (all > 1) {
      Vertices some = c.polytope().vertices(all - 1);
      assertThat(some.complete()).isFalse();
      assertThat(some.list()).hasSizeLessThan(all).isNotEmpty();
    }
    assertThat(c.polytope().vertices(all).complete()).isTrue();
  }

  /** A functional whose terms are of order one at the center. */
  static double[] relative(Polytope polytope, Random random) {
    double[] objective = new double[polytope.size()];
    for (int b : polytope.support()) {
      objective[b] = random.nextGaussian() / polytope.center()[b];
    }
    return objective;
  }

  static void assertMember(PolytopeCase c, double[] beta) {
    assertThat(beta).hasSize(c.anchor().length);
    for (double value : beta) {
      assertThat(value).isNotNegative();
    }
    assertThat(c.violation(beta)).isLessThan(EXACT);
  }

  static int[] supportOf(double[] beta) {
    return IntStream.range(0, beta.length).filter(b -> beta[b] > 0).toArray();
  }

  static double dot(double[] a, double[] b) {
    return Vectors.dot(a, b);
  }
}
