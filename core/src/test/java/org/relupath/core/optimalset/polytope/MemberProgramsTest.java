package org.relupath.core.optimalset.polytope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.reference.Dense;

/**
 * Best members against their variational inequalities at all vertices: x minimises a convex f over
 * a polytope if and only if f'(x)(v - x) >= 0 for every vertex v.
 */
class MemberProgramsTest {
  private static final double EXACT = 1e-10;

  static Stream<PolytopeCase> cases() {
    return PolytopeCase.all();
  }

  /** Those whose weights are of one scale, and few enough to enumerate with twice the unknowns. */
  static Stream<PolytopeCase> small() {
    return PolytopeCase.all().filter(c -> c.anchor().length <= 9 && !c.name().startsWith("SCALED"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void nearestIsNearest(PolytopeCase c) {
    Polytope polytope = c.polytope();
    List<double[]> vertices = c.bases().vertices();
    Random random = new Random(3);
    double size = Dense.norm(polytope.center());
    for (double distance : new double[] {0, 0.1, 1, 100}) {
      double[] target =
          Dense.times(distance * size, random.doubles(polytope.size(), -1, 1).toArray());
      double[] nearest = polytope.nearest(target);
      PolytopeTest.assertMember(c, nearest);
      double[] away = Dense.minus(target, nearest);
      double scale = size * (size + Dense.norm(target));
      for (double[] vertex : vertices) {
        assertThat(Dense.dot(away, Dense.minus(vertex, nearest))).isLessThan(EXACT * scale);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void membersAreTheirOwnNearestPoints(PolytopeCase c) {
    Polytope polytope = c.polytope();
    double size = Dense.norm(polytope.center());
    for (double[] vertex : c.bases().vertices()) {
      assertThat(Dense.distance(polytope.nearest(vertex), vertex)).isLessThan(1e-9 * size);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void leastSquaresAreLeastAndOfLeastNorm(PolytopeCase c) {
    Polytope polytope = c.polytope();
    Random random = new Random(5);
    for (int rows : new int[] {1, 3, 20}) {
      double[][] phi = new double[rows][];
      for (int r = 0; r < rows; r++) {
        // The third row repeats the first.
        phi[r] = r == 2 ? phi[0] : PolytopeTest.relative(polytope, random);
      }
      double[] t = random.doubles(rows, -2, 2).toArray();
      double[] best = polytope.leastSquares(rows, columnMajor(phi), t);
      PolytopeTest.assertMember(c, best);
      double[] gradient = new double[polytope.size()];
      for (int r = 0; r < rows; r++) {
        Dense.add(gradient, t[r] - Dense.dot(phi[r], best), phi[r]);
      }
      for (double[] vertex : c.bases().vertices()) {
        assertThat(Dense.dot(gradient, Dense.minus(vertex, best))).isLessThan(EXACT * rows * 100);
      }
      if (!c.name().startsWith("SCALED") && rows < 20) {
        assertLeastNorm(c, phi, best);
      }
    }
  }

  /** Among the members with the same Phi beta, which are a polytope too. */
  private static void assertLeastNorm(PolytopeCase c, double[][] phi, double[] best) {
    double[][] equations = c.equations();
    double[][] all = Arrays.copyOf(equations, equations.length + phi.length);
    System.arraycopy(phi, 0, all, equations.length, phi.length);
    for (double[] vertex : new BasisEnumeration(all, best).vertices()) {
      assertThat(Dense.dot(best, Dense.minus(best, vertex)))
          .isLessThan(1e-8 * Dense.dot(best, best));
    }
  }

  @ParameterizedTest
  @MethodSource("small")
  void largestAndSmallestEntriesAreThoseOfTheLiftedPrograms(PolytopeCase c) {
    Polytope polytope = c.polytope();
    double[] least = polytope.minimaxNorm();
    PolytopeTest.assertMember(c, least);
    double largest = Arrays.stream(least).max().orElseThrow();
    double scale = Arrays.stream(polytope.center()).max().orElseThrow();
    assertThat(largest).isCloseTo(lifted(c, polytope, -1), within(EXACT * scale));
    double[] even = polytope.maxSmallest();
    PolytopeTest.assertMember(c, even);
    double smallest =
        IntStream.of(polytope.support()).mapToDouble(b -> even[b]).min().orElseThrow();
    assertThat(smallest).isCloseTo(lifted(c, polytope, 1), within(EXACT * scale));
  }

  /** max tau with beta_b - w_b = tau on S_max, or min tau with beta_b + w_b = tau, all >= 0. */
  private static double lifted(PolytopeCase c, Polytope polytope, int sign) {
    int m = polytope.size();
    int[] support = polytope.support();
    int s = support.length;
    double[][] equations = c.equations();
    double[][] rows = new double[equations.length + s][m + s + 1];
    for (int r = 0; r < equations.length; r++) {
      System.arraycopy(equations[r], 0, rows[r], 0, m);
    }
    double[] anchor = Arrays.copyOf(polytope.center(), m + s + 1);
    double tau = sign < 0 ? Arrays.stream(anchor).max().orElseThrow() : 0;
    anchor[m + s] = tau;
    for (int i = 0; i < s; i++) {
      double[] row = rows[equations.length + i];
      row[support[i]] = 1;
      row[m + i] = -sign;
      row[m + s] = -1;
      anchor[m + i] = Math.abs(anchor[support[i]] - tau);
    }
    double[] objective = new double[m + s + 1];
    objective[m + s] = sign;
    return sign * new BasisEnumeration(rows, anchor).max(objective);
  }

  private static double[] columnMajor(double[][] rows) {
    double[] columns = new double[rows.length * rows[0].length];
    for (int r = 0; r < rows.length; r++) {
      for (int b = 0; b < rows[r].length; b++) {
        columns[r + b * rows.length] = rows[r][b];
      }
    }
    return columns;
  }
}
