package org.relupath.core.audit.stationarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.Instance;

/** Clarke's subdifferential of a neuron against the hull of gradients near it. */
class ClarkeDistanceTest {
  private static final double LAMBDA = 0.5;

  /** Rows of small whole numbers, some orthogonal to w = (0, 0, 1), so that normals depend. */
  private record Neuron(double[][] x, double[] u, double[] w, double a) {
    static Neuron of(long seed) {
      Random random = new Random(seed);
      int tight = 1 + random.nextInt(6);
      double[][] x = new double[tight + 2][3];
      for (int r = 0; r < x.length; r++) {
        for (int k = 0; k < (r < tight ? 2 : 3); k++) {
          x[r][k] = random.nextInt(5) - 2;
        }
      }
      double[] u = new double[x.length];
      for (int r = 0; r < u.length; r++) {
        u[r] = (random.nextInt(9) - 4) / 4.0;
      }
      double a = random.nextInt(6) == 0 ? 0 : random.nextInt(5) - 2;
      double[] w = {0, 0, random.nextInt(8) == 0 ? 0 : 1};
      return new Neuron(x, u, w, a);
    }

    Slope slope() {
      return Slope.relu(Matrix.ofRows(x), u, LAMBDA, w, a);
    }

    /** The gradient in (W, a) at a point next to W, where no row is tight. */
    double[] gradient(double[] delta) {
      double[] g = {LAMBDA * w[0], LAMBDA * w[1], LAMBDA * w[2], LAMBDA * a};
      for (int r = 0; r < x.length; r++) {
        double score = Dense.dot(x[r], w);
        if (score > 0 || (score == 0 && Dense.dot(x[r], delta) > 0)) {
          for (int k = 0; k < 3; k++) {
            g[k] -= a * u[r] * x[r][k];
          }
          g[3] -= u[r] * score;
        }
      }
      return g;
    }

    List<double[]> gradients(long seed) {
      List<double[]> found = new ArrayList<>();
      for (double[] delta : Instance.gaussian(new Random(seed), 3000, 3)) {
        double[] g = gradient(delta);
        if (found.stream().noneMatch(h -> java.util.Arrays.equals(g, h))) {
          found.add(g);
        }
      }
      return found;
    }
  }

  static LongStream seeds() {
    return LongStream.range(0, 150);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void isThatOfTheHullOfAllGradientsNearby(long seed) {
    Neuron neuron = Neuron.of(seed);
    ClarkeDistance distance = ClarkeDistance.of(neuron.slope());
    double shortest = shortest(neuron.gradients(seed));
    assertThat(distance.exact()).isTrue();
    assertThat(distance.value()).isCloseTo(shortest, within(1e-7));
  }

  /** Steepest descent is at least the distance, and both are zero where nothing descends. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void isNoLargerThanTheRateOfDescent(long seed) {
    Slope slope = Neuron.of(seed).slope();
    SteepestDescent descent = SteepestDescent.of(slope);
    assertThat(ClarkeDistance.of(slope).value())
        .isLessThanOrEqualTo(Math.hypot(slope.output(), descent.rate()) + 1e-9);
  }

  /** Three normals that sum to zero, two convex and one concave: the chain rule's set has zero. */
  @Test
  void dependentTightRowsLeaveOutSomeChoices() {
    double[][] x = {{1, 0, 0}, {-1, 1, 0}, {0, -1, 0}, {0, 0, 1}};
    double[] u = {-1, -1, 1, 0.5};
    Slope slope = Slope.relu(Matrix.ofRows(x), u, LAMBDA, new double[] {0, 0, 1}, 1);
    ClarkeDistance distance = ClarkeDistance.of(slope);
    assertThat(distance.exact()).isTrue();
    assertThat(distance.value()).isCloseTo(Math.sqrt(0.2), within(1e-12));
  }

  @Test
  void oneZeroFactorLeavesTheOthersPenalty() {
    double[][] x = {{1, 0}, {0, 1}};
    double[] u = {0, 0};
    assertThat(ClarkeDistance.of(Slope.relu(Matrix.ofRows(x), u, 0.5, new double[] {3, 4}, 0)))
        .isEqualTo(new ClarkeDistance(2.5, true));
    ClarkeDistance other =
        ClarkeDistance.of(Slope.relu(Matrix.ofRows(x), u, 0.5, new double[2], -2));
    assertThat(other).isEqualTo(new ClarkeDistance(1, true));
  }

  /** W = 0 on more rows than are looked at: the penalty on a alone is a lower bound. */
  @Test
  void manyRowsAtZeroLeaveALowerBound() {
    double[][] x = Instance.gaussian(new Random(4), 900, 3);
    double[] u = Instance.gaussian(new Random(5), 1, 900)[0];
    Slope slope = Slope.relu(Matrix.ofRows(x), u, 0.5, new double[3], 2);
    assertThat(ClarkeDistance.of(slope)).isEqualTo(new ClarkeDistance(1, false));
    assertThat(NeuronAudit.of(0, NeuronAudit.Kind.ZERO, slope, SteepestDescent.of(slope)))
        .returns(Criticality.NOT_CRITICAL, neuron -> neuron.criticality(1e-6))
        .returns(Criticality.UNCERTAIN, neuron -> neuron.criticality(2));
  }

  /** Rows of one line whatever their length and sign, but not those that merely are close. */
  @Test
  void linesAreMultiplesUpToRounding() {
    double[] row = {0.1, 0.7, 0};
    double[][] x = {row, Dense.times(3, row), Dense.times(-0.3, row), {0.1, 0.7 + 1e-12, 0}};
    double[] u = {1, 1, 1, 1};
    Slope slope = Slope.relu(Matrix.ofRows(x), u, LAMBDA, new double[] {0, 0, 1}, 1);
    assertThat(slope.tightRows()).isEqualTo(4);
    assertThat(slope.kinks()).hasSize(2);
    assertThat(slope.kinks().get(0).rows()).containsExactly(0, 1, 2);
    assertThat(slope.kinks().get(0).mirrored()).containsExactly(false, false, true);
  }

  /** Years: every score is below 1e-9 ||x|| ||w||, and none is zero but one. */
  @Test
  void rowsThatLieCloseTogetherAreNotTight() {
    double[][] x = new double[9][];
    for (int r = 0; r < x.length; r++) {
      x[r] = new double[] {1e6 + r, 1};
    }
    double[] w = {1, -(1e6 + 4)};
    assertThat(RowSides.of(Matrix.ofRows(x), w).tight())
        .containsExactly(false, false, false, false, true, false, false, false, false);
    w[1] += 1e-3;
    assertThat(RowSides.of(Matrix.ofRows(x), w).tight()).containsOnly(false);
    // What a solver leaves of a row that belongs on the border: near, and alone there.
    w[1] = -(1e6 + 4) + 1e-9;
    assertThat(RowSides.of(Matrix.ofRows(x), w).tight()[4]).isTrue();
  }

  /** Near rows are tight only where all of them can be, next to W. */
  @Test
  void nearRowsMustVanishTogether() {
    double[][] x = {{1, 0, 0}, {0, 1, 0}, {1, 1, 0}, {0, 0, 1}};
    double[] w = {2e-10, -1e-10, 1};
    assertThat(RowSides.of(Matrix.ofRows(x), w).tight()).containsExactly(true, true, true, false);
    double[][] full = {{1, 0}, {1, 1e-10}, {0, 1}};
    // Orthogonal to the first two is zero alone.
    assertThat(RowSides.of(Matrix.ofRows(full), new double[] {5e-11, 1}).tight())
        .containsExactly(false, false, false);
  }

  /** The shortest vector of a hull is the shortest of an affine hull with weights >= 0. */
  private static double shortest(List<double[]> points) {
    double best = Double.POSITIVE_INFINITY;
    for (int[] subset : subsets(points.size(), 5)) {
      double[] weights = affine(points, subset);
      if (weights != null) {
        double[] sum = new double[points.get(0).length];
        for (int i = 0; i < subset.length; i++) {
          Dense.add(sum, weights[i], points.get(subset[i]));
        }
        best = Math.min(best, Dense.norm(sum));
      }
    }
    return best;
  }

  private static List<int[]> subsets(int n, int most) {
    List<int[]> all = new ArrayList<>();
    List<int[]> last = List.of(new int[0]);
    for (int size = 1; size <= Math.min(n, most); size++) {
      List<int[]> next = new ArrayList<>();
      for (int[] one : last) {
        for (int i = one.length == 0 ? 0 : one[one.length - 1] + 1; i < n; i++) {
          int[] more = java.util.Arrays.copyOf(one, size);
          more[size - 1] = i;
          next.add(more);
        }
      }
      all.addAll(next);
      last = next;
    }
    return all;
  }

  /** Weights >= 0 of sum 1 that minimise ||sum||, by Gauss; null where singular or negative. */
  private static double[] affine(List<double[]> points, int[] subset) {
    int k = subset.length;
    double[][] m = new double[k + 1][k + 2];
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < k; j++) {
        m[i][j] = Dense.dot(points.get(subset[i]), points.get(subset[j]));
      }
      m[i][k] = 1;
      m[k][i] = 1;
    }
    m[k][k + 1] = 1;
    for (int c = 0; c <= k; c++) {
      int pivot = c;
      for (int r = c; r <= k; r++) {
        pivot = Math.abs(m[r][c]) > Math.abs(m[pivot][c]) ? r : pivot;
      }
      if (Math.abs(m[pivot][c]) < 1e-10) {
        return null;
      }
      double[] swapped = m[c];
      m[c] = m[pivot];
      m[pivot] = swapped;
      for (int r = 0; r <= k; r++) {
        if (r != c) {
          Dense.add(m[r], -m[r][c] / m[c][c], m[c].clone());
        }
      }
    }
    double[] weights = new double[k];
    for (int i = 0; i < k; i++) {
      weights[i] = m[i][k + 1] / m[i][i];
      if (weights[i] < -1e-9) {
        return null;
      }
    }
    return weights;
  }
}
