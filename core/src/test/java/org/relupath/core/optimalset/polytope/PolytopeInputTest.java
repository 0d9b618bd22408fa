package org.relupath.core.optimalset.polytope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relupath.core.optimalset.Segment;

/** Empty and unbounded sets, refused shapes, and figures that leave no certain answer. */
class PolytopeInputTest {
  @Test
  void theEmptySetOfColumnsIsOnePoint() {
    Polytope empty = Polytope.of(3, new double[0], new double[0], 1e-12);
    assertThat(empty.certain()).isTrue();
    assertThat(empty.dimension()).isZero();
    assertThat(empty.support()).isEmpty();
    assertThat(empty.center()).isEmpty();
    assertThat(empty.vertices(1).complete()).isTrue();
    assertThat(empty.vertices(1).list()).hasSize(1);
    assertThat(empty.nearest(new double[0])).isEmpty();
    assertThat(empty.leastSquares(2, new double[0], new double[2])).isEmpty();
    assertThat(empty.minimaxNorm()).isEmpty();
    assertThat(empty.maxSmallest()).isEmpty();
    assertThat(empty.range(new double[0]).constant()).isTrue();
    assertThat(empty.sample(2, 1)).hasSize(2);
  }

  @Test
  void zeroWeightsOfPositiveColumnsAreOnePoint() {
    Polytope zero = Polytope.of(2, new double[] {1, 0, 1, 1, 0, 1}, new double[3], 0);
    assertThat(zero.dimension()).isZero();
    assertThat(zero.support()).isEmpty();
    assertThat(zero.center()).containsExactly(0, 0, 0);
    assertThat(zero.certain()).isTrue();
    assertThat(zero.vertices(5).list().get(0).width()).isZero();
    assertThat(zero.nearest(new double[] {1, 1, 1})).containsExactly(0, 0, 0);
  }

  @Test
  void unboundedSetsAreRefused() {
    assertThatThrownBy(() -> Polytope.of(1, new double[] {1, -1}, new double[] {1, 2}, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unbounded");
    assertThatThrownBy(() -> Polytope.of(1, new double[] {1, 0}, new double[] {1, 2}, 0))
        .hasMessageContaining("unbounded");
    List<double[]> sum = List.of(new double[] {1, 1});
    Polytope bounded = Polytope.of(1, new double[] {1, -1}, sum, new double[] {1, 2}, 0);
    assertThat(bounded.dimension()).isZero();
  }

  @Test
  void nearlyDependentColumnsAreUncertain() {
    double[] near = {1, 0, 1, 3e-9};
    Polytope polytope = Polytope.of(2, near, new double[] {1, 1}, 1e-12);
    assertThat(polytope.rank().value()).isEqualTo(2);
    assertThat(polytope.rank().certain()).isFalse();
    assertThat(polytope.certain()).isFalse();
    double[] apart = {1, 0, 1, 1e-3};
    assertThat(Polytope.of(2, apart, new double[] {1, 1}, 1e-12).certain()).isTrue();
    double[] equal = {1, 0, 1, 1e-14};
    Polytope segment = Polytope.of(2, equal, new double[] {1, 1}, 1e-12);
    assertThat(segment.certain()).isTrue();
    assertThat(segment.dimension()).isEqualTo(1);
  }

  @Test
  void refusesShapesAndNumbers() {
    assertThatThrownBy(() -> Polytope.of(0, new double[0], new double[0], 0))
        .hasMessageContaining("n is 0");
    assertThatThrownBy(() -> Polytope.of(2, new double[3], new double[2], 0))
        .hasMessageContaining("M has 3 entries, expected 2 x 2");
    assertThatThrownBy(() -> Polytope.of(1, new double[] {1}, new double[] {-1}, 0))
        .hasMessageContaining("entry 0 is -1.0");
    assertThatThrownBy(() -> Polytope.of(1, new double[] {Double.NaN}, new double[] {1}, 0))
        .hasMessageContaining("M entry 0 is NaN");
    assertThatThrownBy(() -> Polytope.of(1, new double[] {1}, new double[] {1}, 2))
        .hasMessageContaining("gap is 2.0");
    assertThatThrownBy(
            () -> Polytope.of(1, new double[] {1}, List.of(new double[2]), new double[] {1}, 0))
        .hasMessageContaining("row has 2 entries, expected 1");
    Polytope point = Polytope.of(1, new double[] {1}, new double[] {1}, 0);
    assertThatThrownBy(() -> point.range(new double[2])).hasMessageContaining("c has 2 entries");
    assertThatThrownBy(() -> point.vertices(0)).hasMessageContaining("limit is 0");
    assertThatThrownBy(() -> point.sample(-1, 0)).hasMessageContaining("count is -1");
    assertThatThrownBy(() -> new Segment(new double[1], new double[1]).at(2))
        .hasMessageContaining("t is 2.0");
  }

  @Test
  void segmentsJoinMembersByMembers() {
    PolytopeCase c = PolytopeCase.of(PolytopeCase.Shape.WIDE, 1);
    Vertices vertices = c.polytope().vertices(100);
    Segment segment = new Segment(vertices.list().get(0).beta(), vertices.list().get(1).beta());
    for (double t : new double[] {0, 0.25, 1}) {
      PolytopeTest.assertMember(c, segment.at(t));
    }
    assertThat(segment.at(0)).isEqualTo(segment.from());
    assertThat(segment.at(1)).isEqualTo(segment.to());
  }
}
