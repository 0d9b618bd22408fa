package org.relupath.core.optimalset.polytope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.optimalset.polytope.PolytopeCase.Shape;

/** Samples are members, and on simplices have the moments of the uniform distribution. */
class HitAndRunTest {
  static Stream<PolytopeCase> cases() {
    return PolytopeCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void samplesAreMembersInside(PolytopeCase c) {
    Polytope polytope = c.polytope();
    List<double[]> samples = polytope.sample(50, 11);
    assertThat(samples).hasSize(50);
    for (double[] sample : samples) {
      PolytopeTest.assertMember(c, sample);
      for (int b : polytope.support()) {
        assertThat(sample[b]).isPositive();
      }
    }
  }

  @Test
  void aSeedDrawsTheSameMembersAndAnotherOneOthers() {
    Polytope polytope = PolytopeCase.of(Shape.GAUSSIAN, 0).polytope();
    assertThat(polytope.sample(3, 1)).usingRecursiveComparison().isEqualTo(polytope.sample(3, 1));
    assertThat(polytope.sample(3, 1).get(2)).isNotEqualTo(polytope.sample(3, 2).get(2));
  }

  /** sum x = 1 in s coordinates is Dirichlet(1): mean 1/s, variance (s - 1) / (s^2 (s + 1)). */
  @Test
  void momentsOnASimplexAreThoseOfDirichlet() {
    PolytopeCase c = PolytopeCase.of(Shape.SIMPLEX, 1);
    double total = PolytopeTest.dot(c.m()[0], c.anchor());
    int s = 9;
    int count = 4000;
    double[] mean = new double[s];
    double[] square = new double[s];
    for (double[] sample : c.polytope().sample(count, 5)) {
      for (int b = 0; b < s; b++) {
        mean[b] += sample[b] / total / count;
        square[b] += sample[b] * sample[b] / total / total / count;
      }
    }
    double variance = (s - 1.0) / (s * s * (s + 1.0));
    double error = Math.sqrt(variance / count);
    for (int b = 0; b < s; b++) {
      assertThat(mean[b]).isCloseTo(1.0 / s, within(5 * error));
      // The deviation of this estimate is 5 percent of it.
      assertThat(square[b] - mean[b] * mean[b]).isCloseTo(variance, within(0.25 * variance));
    }
  }

  /** On a product of simplices with weights w_b each coordinate's mean is total / (3 w_b). */
  @Test
  void meansOnAProductOfSimplicesAreTheirCentroids() {
    PolytopeCase c = PolytopeCase.of(Shape.PRODUCT_OF_SIMPLICES, 2);
    int count = 4000;
    double[] mean = new double[9];
    for (double[] sample : c.polytope().sample(count, 8)) {
      for (int b = 0; b < 9; b++) {
        mean[b] += sample[b] / count;
      }
    }
    for (int b = 0; b < 9; b++) {
      double[] row = c.m()[b % 3];
      double centroid = PolytopeTest.dot(row, c.anchor()) / (3 * row[b]);
      // The deviation of a coordinate is centroid / sqrt(2).
      assertThat(mean[b]).isCloseTo(centroid, within(5 * centroid / Math.sqrt(2.0 * count)));
    }
  }
}
