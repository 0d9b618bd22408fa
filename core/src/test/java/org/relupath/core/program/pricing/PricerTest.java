package org.relupath.core.program.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.SymmetricEigen;
import org.relupath.core.program.Block;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Pricing.Priced;
import org.relupath.core.program.pricing.Pricing.Prices;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.DenseProgram;
import org.relupath.core.reference.Instance;

/** Prices against projections of every block, at dual points that come one after the other. */
class PricerTest {

  record Case(Instance instance, Model model) {}

  static Stream<Case> cases() {
    return Stream.of(Instance.Shape.values())
        .map(shape -> Instance.of(shape, 11))
        .flatMap(i -> Stream.of(Model.values()).map(model -> new Case(i, model)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void findsTheViolatorsAndTheLargestNorm(Case c) {
    DenseProgram dense = c.instance.dense(c.model);
    Pricer pricer = new Pricer(c.instance.program(c.model));
    Random random = new Random(1);
    double[] u = c.instance.y().clone();
    for (int i = 0; i < 12; i++) {
      double[] norms = dense.norms(u);
      double max = Arrays.stream(norms).max().orElse(0);
      double rounding = 1e-12 * Dense.norm(u) * size(c.instance);
      if (i % 4 == 0) {
        assertThat(pricer.maxNorm(u)).isCloseTo(max, within(rounding));
      }
      double lambda = (0.1 + 1.2 * random.nextDouble()) * max + rounding;
      Prices prices = pricer.price(u, lambda, Integer.MAX_VALUE);
      assertThat(prices.complete()).isTrue();
      if (max > lambda) {
        assertThat(prices.maxNorm()).isCloseTo(max, within(rounding));
      } else {
        assertThat(prices.maxNorm()).isBetween(max - rounding, lambda);
      }
      checkViolators(prices.violators(), norms, lambda, rounding);
      Dense.add(u, 0.3, Instance.gaussian(random, 1, u.length)[0]);
    }
  }

  /**
   * Where a block's correlation lies on a face of its cone it hardly moves, and by rounding alone:
   * that must not bound its norm at other dual points.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void boundsNeverFallBelowNorms(Case c) {
    DenseProgram dense = c.instance.dense(c.model);
    ConvexProgram program = c.instance.program(c.model);
    Problem problem = program.problem();
    Pricer pricer = new Pricer(program);
    Random random = new Random(5);
    int n = problem.n();
    for (int i = 0; i < 40 && program.blockCount() > 0; i++) {
      Block block = program.block(random.nextInt(program.blockCount()));
      double[] gaussian = Instance.gaussian(random, 1, n)[0];
      double[] face = dense.project(block.id(), dense.correlation(block.id(), gaussian));
      double[] onFace = leastNorm(problem.x(), block, face);
      pricer.price(onFace, 0, Integer.MAX_VALUE);
      double[] u = Instance.gaussian(random, 1, n)[0];
      double[] norms = dense.norms(u);
      double lambda = 0.999 * norms[block.id()];
      pricer.price(u, lambda, Integer.MAX_VALUE);
      double rounding = 1e-11 * Dense.norm(u) * size(c.instance);
      double[] bounds = pricer.bounds();
      for (int b = 0; b < norms.length; b++) {
        assertThat(bounds[b]).as("block %s after face %s", b, i).isGreaterThan(norms[b] - rounding);
      }
    }
  }

  /** u = Z (Z'Z)^+ v, which has Z'u = v where v is in the range of Z'. */
  private static double[] leastNorm(Matrix x, Block block, double[] v) {
    int d = x.columns();
    double[] gram = new double[d * d];
    for (int r = 0; r < x.rows(); r++) {
      for (int k = 0; block.active(r) && k < d; k++) {
        for (int j = 0; j < d; j++) {
          gram[k * d + j] += x.get(r, k) * x.get(r, j);
        }
      }
    }
    SymmetricEigen eigen = SymmetricEigen.of(d, gram);
    double[] basis = eigen.vectors();
    double[] w = new double[d];
    for (int i = 0; i < d && eigen.values()[i] > 1e-9 * eigen.values()[0]; i++) {
      double share = 0;
      for (int k = 0; k < d; k++) {
        share += basis[i * d + k] * v[k];
      }
      for (int k = 0; k < d; k++) {
        w[k] += share / eigen.values()[i] * basis[i * d + k];
      }
    }
    double[] u = new double[x.rows()];
    for (int r = 0; r < u.length; r++) {
      u[r] = block.active(r) ? block.sign() * Dense.dot(x.row(r), w) : 0;
    }
    return u;
  }

  private static double size(Instance instance) {
    return Arrays.stream(instance.x()).mapToDouble(Dense::norm).sum();
  }

  private static void checkViolators(
      List<Priced> violators, double[] norms, double lambda, double rounding) {
    int[] expected =
        IntStream.range(0, norms.length).filter(b -> norms[b] > lambda + rounding).toArray();
    assertThat(violators.stream().mapToInt(v -> v.block().id()).sorted().toArray())
        .containsExactly(expected);
    for (int i = 0; i < violators.size(); i++) {
      Priced violator = violators.get(i);
      assertThat(violator.norm()).isCloseTo(norms[violator.block().id()], within(rounding));
      if (i > 0) {
        assertThat(violator.norm()).isLessThanOrEqualTo(violators.get(i - 1).norm());
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void blocksCarryTheirSignAndPattern(Case c) {
    ConvexProgram program = c.instance.program(c.model);
    Pricer pricer = new Pricer(program);
    int patterns = program.patterns().count();
    for (Priced priced : pricer.price(c.instance.y(), 1e-300, Integer.MAX_VALUE).violators()) {
      Block block = priced.block();
      assertThat(block.pattern()).isEqualTo(block.id() % patterns);
      assertThat(block.sign()).isEqualTo(block.id() < patterns ? 1 : -1);
      assertThat(block.bits()).containsExactly(program.patterns().bits(block.pattern()));
      assertThat(block.id()).isLessThan(program.blockCount());
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @org.junit.jupiter.params.provider.ValueSource(longs = {1, 2, 3})
  void aPassThatStopsEarlySaysSo(long seed) {
    Random random = new Random(seed);
    double[][] x = Instance.gaussian(random, 40, 4);
    double[] y = Instance.gaussian(random, 1, 40)[0];
    Instance many = new Instance("many", x, y, Instance.gaussian(random, 400, 4));
    Pricer pricer = new Pricer(many.program(Model.RELU));
    Prices whole = pricer.price(y, 0.01, Integer.MAX_VALUE);
    assertThat(whole.complete()).isTrue();
    Prices part = pricer.price(y, 0.01, 5);
    assertThat(part.complete()).isFalse();
    assertThat(part.violators()).hasSizeGreaterThanOrEqualTo(5);
    assertThat(whole.violators().stream().map(Priced::block))
        .containsAll(part.violators().stream().map(Priced::block).toList());
    assertThat(part.violators().get(0).norm())
        .as("the largest one, remembered from the pass before")
        .isCloseTo(whole.violators().get(0).norm(), within(1e-12));
    assertThat(pricer.price(y, 1e9, 5).complete()).isTrue();
  }
}
