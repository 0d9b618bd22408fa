package org.relupath.core.solve.rows.relu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Whitening;
import org.relupath.core.program.rows.ClimbPass;
import org.relupath.core.program.rows.GramPass;
import org.relupath.core.program.rows.LocalRows;
import org.relupath.core.program.rows.RowBlock;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.Instance;
import org.relupath.core.solve.slide.BalancedNeurons;
import org.relupath.core.solve.slide.Descent;

/** Networks that move over row blocks, against their objective and Hessian by the definitions. */
class MovingNetworksTest {
  private static final int D = 3;
  private static final int N = 400;
  private static final Descent.Limits LIMITS = new Descent.Limits(8, 0, 3, 1e-3);

  private final double[][] x;
  private final double[] y = new double[N];
  private final LocalRows rows;

  MovingNetworksTest() {
    Random random = new Random(1);
    x = Instance.gaussian(random, N, D);
    double[][] teacher = Instance.gaussian(random, 2, D);
    for (int r = 0; r < N; r++) {
      y[r] = Math.max(0, Dense.dot(x[r], teacher[0])) - Math.max(0, Dense.dot(x[r], teacher[1]));
    }
    rows = new LocalRows(RowBlock.cut(Matrix.ofRows(x), y, Matrix.zeros(0, D), 64), 0);
  }

  private static MovingNetwork network(double lambda, int neurons, long seed) {
    double[] w = new Random(seed).doubles(neurons * D).map(z -> z - 0.5).toArray();
    int[] signs = new int[neurons];
    Arrays.setAll(signs, j -> j % 2 == 0 ? 1 : -1);
    return new MovingNetwork(lambda, MovingNetwork.blocks(w, signs, D));
  }

  private double objective(MovingNetwork network) {
    double[] u = y.clone();
    for (int j = 0; j < network.width(); j++) {
      for (int r = 0; r < N; r++) {
        double score = Dense.dot(x[r], network.weights().weights(j));
        u[r] -= network.signs()[j] * Math.max(0, score);
      }
    }
    return 0.5 * Dense.dot(u, u) + network.lambda() * network.weights().normSum();
  }

  @ParameterizedTest(name = "with the Hessian: {0}")
  @ValueSource(booleans = {true, false})
  void slidesLowerTheObjective(boolean curved) {
    for (long seed = 1; seed <= 5; seed++) {
      MovingNetwork network = network(20, 5, seed);
      double before = objective(network);
      new MovingNetworks(rows).slide(List.of(network), LIMITS, curved, () -> false);
      assertThat(objective(network)).as("seed " + seed).isLessThan(before);
    }
  }

  /** Lambdas share passes, and nothing else. */
  @Test
  void networksMoveTogetherAsTheyMoveAlone() {
    List<MovingNetwork> together = new ArrayList<>();
    List<double[]> alone = new ArrayList<>();
    int passes = 0;
    for (int k = 0; k < 4; k++) {
      together.add(network(10 + k, 2 + k, k));
      MovingNetwork own = network(10 + k, 2 + k, k);
      MovingNetworks single = new MovingNetworks(rows);
      single.slide(List.of(own), LIMITS, true, () -> false);
      alone.add(own.weights().values());
      passes = Math.max(passes, single.passes());
    }
    MovingNetworks all = new MovingNetworks(rows);
    all.slide(together, LIMITS, true, () -> false);
    assertThat(all.passes()).isEqualTo(passes);
    for (int k = 0; k < 4; k++) {
      assertThat(together.get(k).weights().values()).isEqualTo(alone.get(k));
    }
  }

  @Test
  void aLimitEndsASlideWhereItIs() {
    MovingNetwork network = network(20, 3, 1);
    double before = objective(network);
    MovingNetworks none = new MovingNetworks(rows);
    none.slide(List.of(network), LIMITS, true, () -> true);
    assertThat(none.passes()).isZero();
    assertThat(objective(network)).isCloseTo(before, within(1e-12 * before));
  }

  /** H by the definition, row by row; its inverse times H b is b. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void theCurvatureIsTheHessian(long seed) {
    double lambda = 2000;
    MovingNetwork network = network(lambda, 6, seed);
    BalancedNeurons at = BalancedNeurons.of(network.weights().values(), network.signs());
    NetworkCurvature curvature = new NetworkCurvature(at);
    List<Matrix> groups = new ArrayList<>();
    List<GramPass.Pair> pairs = new ArrayList<>();
    curvature.products().ask(groups, pairs);
    double[] products = rows.ask(new GramPass(groups, pairs));
    assertThat(curvature.products().numbers()).isEqualTo(products.length);
    curvature.take(curvature.products().matrix(products, 0));
    double[] widths = curvature.widths(N);
    int m = at.m();
    Matrix v = new Matrix(m, D, Arrays.copyOf(at.point(), m * D));
    ClimbPass.Climb climb = new ClimbPass.Climb(network.weights(), v, network.signs(), widths);
    ClimbPass.Sums sums = rows.ask(new ClimbPass(List.of(climb))).get(0);
    double[][] h = hessian(network, at, widths, lambda);
    double[] b = new Random(seed).doubles(h.length).map(z -> z - 0.5).toArray();
    double[] hb = new double[h.length];
    Arrays.setAll(hb, i -> Dense.dot(h[i], b));
    double[] back = curvature.inverse(lambda, sums).apply(hb);
    for (int i = 0; i < b.length; i++) {
      assertThat(back[i]).isCloseTo(b[i], within(1e-9));
    }
  }

  private double[][] hessian(
      MovingNetwork network, BalancedNeurons at, double[] widths, double lambda) {
    int m = at.m();
    double[][] h = new double[m * (D + 1)][m * (D + 1)];
    for (int i = 0; i < h.length; i++) {
      h[i][i] = lambda;
    }
    for (int r = 0; r < N; r++) {
      double u = y[r];
      double[] phi = new double[h.length];
      double[] scores = new double[m];
      for (int j = 0; j < m; j++) {
        double[] v = Arrays.copyOfRange(at.point(), j * D, (j + 1) * D);
        scores[j] = Dense.dot(x[r], v);
        u -= at.scale(j) * Math.max(0, scores[j]);
        phi[m * D + j] = Math.max(0, scores[j]);
        for (int k = 0; k < D; k++) {
          phi[j * D + k] = scores[j] > 0 ? at.scale(j) * x[r][k] : 0;
        }
      }
      for (int i = 0; i < h.length; i++) {
        Dense.add(h[i], phi[i], phi);
      }
      for (int j = 0; j < m; j++) {
        for (int k = 0; k < D; k++) {
          double pull = scores[j] > 0 ? u * x[r][k] : 0;
          h[j * D + k][m * D + j] -= pull;
          h[m * D + j][j * D + k] -= pull;
          for (int l = 0; l < D && Math.abs(scores[j]) < widths[j]; l++) {
            h[j * D + k][j * D + l] -= u * at.scale(j) * x[r][k] * x[r][l] / (2 * widths[j]);
          }
        }
      }
    }
    assertThat(network.width()).isEqualTo(m);
    return h;
  }

  @ParameterizedTest(name = "violator of sign {0}")
  @ValueSource(ints = {1, -1})
  @DisplayName("a violator joins as a neuron of its own, whatever the signs of the others")
  void violatorsJoinAsNeurons(int sign) {
    double[] w = {-1, 0, 0, 0, 1, 0, 0, 0, 1};
    int[] signs = {-1, 1, -1};
    MovingNetwork network = new MovingNetwork(1, MovingNetwork.blocks(w, signs, D));
    Matrix sample = Matrix.ofRows(x);
    Whitening whitening = Whitening.of(sample);
    double[] own = {1, 0, 0};
    network.found(
        new ClimbPass.Sums(new double[] {1, 1}, new double[0], new double[0]),
        List.of(new DirectionClimb.Climbed(own, whitening.unitCoordinates(own), sign, 5)));
    assertThat(network.join(4, sample, whitening)).isTrue();
    assertThat(network.signs()).containsExactly(-1, 1, -1, sign);
    assertThat(Arrays.copyOf(network.weights().values(), w.length)).containsExactly(w);
    assertThat(network.weights().weights(3)[0]).isPositive();
  }
}
