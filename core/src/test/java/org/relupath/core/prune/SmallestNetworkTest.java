package org.relupath.core.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.optimalset.polytope.BasisEnumeration;
import org.relupath.core.optimalset.polytope.Polytope;
import org.relupath.core.optimalset.polytope.PolytopeCase;
import org.relupath.core.prune.SmallestNetwork.Limits;
import org.relupath.core.prune.SmallestNetwork.Proof;

class SmallestNetworkTest {
  static Stream<PolytopeCase> cases() {
    return PolytopeCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void enumerationProvesTheLeastWidthOfAllBases(PolytopeCase c) {
    SmallestNetwork smallest = SmallestNetwork.of(c.polytope(), Limits.DEFAULT);
    boolean single = c.polytope().dimension() == 0;
    assertThat(smallest.proof()).isEqualTo(single ? Proof.UNIQUE : Proof.ENUMERATION);
    assertSmallest(c, smallest);
  }

  /** With one vertex allowed and one pruning made the other proofs have to do. */
  @ParameterizedTest
  @MethodSource("cases")
  void boundOrIntegerProgramProveIt(PolytopeCase c) {
    SmallestNetwork smallest = SmallestNetwork.of(c.polytope(), new Limits(1, 0, 20_000, 1));
    assertThat(smallest.proof()).isIn(Proof.UNIQUE, Proof.BOUND, Proof.MILP);
    assertSmallest(c, smallest);
  }

  /** Without time nothing is claimed that does not hold. */
  @ParameterizedTest
  @MethodSource("cases")
  void searchClaimsNothing(PolytopeCase c) {
    SmallestNetwork smallest = SmallestNetwork.of(c.polytope(), new Limits(1, 3, 0, 1));
    int least = c.bases().minWidth();
    assertThat(smallest.vertex().width()).isGreaterThanOrEqualTo(least);
    assertThat(smallest.lowerBound()).isLessThanOrEqualTo(least);
    if (smallest.proof() == Proof.SEARCH) {
      assertThat(smallest.proven()).isFalse();
    } else {
      assertSmallest(c, smallest);
    }
  }

  private static void assertSmallest(PolytopeCase c, SmallestNetwork smallest) {
    int least = c.bases().minWidth();
    assertThat(smallest.proven()).isTrue();
    assertThat(smallest.vertex().width()).isEqualTo(least);
    assertThat(smallest.lowerBound()).isEqualTo(least);
    assertThat(BasisEnumeration.width(smallest.vertex().beta())).isEqualTo(least);
    assertThat(c.violation(smallest.vertex().beta())).isLessThan(1e-12);
  }

  @Test
  void theEmptyNetworkHasNoNeurons() {
    Polytope empty = Polytope.of(3, new double[0], new double[0], 0);
    SmallestNetwork smallest = SmallestNetwork.of(empty, Limits.DEFAULT);
    assertThat(smallest.vertex().width()).isZero();
    assertThat(smallest.proven()).isTrue();
  }

  @Test
  void refusesLimits() {
    assertThatThrownBy(() -> new Limits(0, 1, 1, 1)).hasMessageContaining("expected at least 1");
  }
}
