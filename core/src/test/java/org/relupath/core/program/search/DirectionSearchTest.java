package org.relupath.core.program.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.arrangement.PatternEnumeration;
import org.relupath.core.program.Block;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.Instance;

/** Bounds of hinge sums against their maximum over all cells, and against sampled directions. */
class DirectionSearchTest {
  private static final long WORK = 10_000_000;

  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  /** Rows, weights with some zeros, and signs; every fourth has signs of one kind. */
  private static HingeSum sum(long seed) {
    Random random = new Random(seed);
    int d = 1 + random.nextInt(4);
    int n = 1 + random.nextInt(9);
    double[] weights = new double[n];
    int[] signs = new int[n];
    for (int r = 0; r < n; r++) {
      weights[r] = random.nextInt(5) == 0 ? 0 : Math.abs(random.nextGaussian());
      signs[r] = seed % 4 == 0 || random.nextBoolean() ? 1 : -1;
    }
    return new HingeSum(d, Matrix.ofRows(Instance.gaussian(random, n, d)).values(), weights, signs);
  }

  private static double value(HingeSum sum, double[] w) {
    double value = 0;
    for (int r = 0; r < sum.n(); r++) {
      double product = 0;
      for (int k = 0; k < sum.d(); k++) {
        product += sum.rows()[r * sum.d() + k] * w[k];
      }
      value += sum.signs()[r] * sum.weights()[r] * Math.max(0, product);
    }
    return value / Dense.norm(w);
  }

  /** max over all cells of ||Proj_K(X'D v)||, v_r = sigma_r p_r: the maximum of h, or 0. */
  private static double maximum(HingeSum sum) {
    Matrix x = new Matrix(sum.n(), sum.d(), sum.rows());
    double[] v = new double[sum.n()];
    java.util.Arrays.setAll(v, r -> sum.signs()[r] * sum.weights()[r]);
    Problem problem = new Problem(x, v, Model.RELU);
    ConvexProgram program = new ConvexProgram(problem, PatternEnumeration.of(x, 10_000).patterns());
    double max = 0;
    for (int b = 0; b < program.patterns().count(); b++) {
      Block block = program.block(b);
      double[] c = new double[sum.d()];
      for (int r = 0; r < sum.n(); r++) {
        if (block.active(r)) {
          Dense.add(c, v[r], x.row(r));
        }
      }
      max = Math.max(max, problem.projection(block, new int[0]).project(c, 0, -1));
    }
    return max;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void bracketsTheMaximumOverAllCells(long seed) {
    HingeSum sum = sum(seed);
    double maximum = maximum(sum);
    DirectionSearch search = new DirectionSearch(sum);
    double bound = search.upperBound(0, 1e-7, WORK);
    assertThat(search.found()).isLessThanOrEqualTo(maximum * (1 + 1e-12));
    // A largest value of zero is approached, never met: the search has only its budget then.
    assertThat(bound).isBetween(maximum * (1 - 1e-12) - 1e-14, 1e-6 + maximum * (1 + 1e-3));
    if (sum.d() <= 2) {
      assertThat(bound).isLessThanOrEqualTo(1e-6 + maximum * (1 + 2e-7));
    }
    double rounded = maximum * (1 - 1e-12) - 1e-14;
    assertThat(sum.normBound(sum.absolute())).isGreaterThanOrEqualTo(rounded);
    assertThat(sum.positiveNormBound(sum.absolute())).isGreaterThanOrEqualTo(rounded);
    // A smaller budget is worse, and still a bound.
    double rough = new DirectionSearch(sum).upperBound(0, 1e-7, 1);
    assertThat(rough).isGreaterThanOrEqualTo(bound);
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      double[] w = Instance.gaussian(random, 1, sum.d())[0];
      assertThat(value(sum, w)).isLessThanOrEqualTo(bound);
    }
  }

  @ParameterizedTest(name = "offset {0}")
  @ValueSource(longs = {1 << 11, 1 << 16, 1 << 20, 1 << 26, 1L << 40})
  void offsetsDoNotBringABoundBelowTheTruth(long offset) {
    for (long seed = 0; seed < 10; seed++) {
      Random random = new Random(300 + seed);
      int n = 12;
      long[] x = new long[n];
      int[] weights = new int[n];
      int[] signs = new int[n];
      double[] rows = new double[2 * n];
      double size = 0;
      for (int r = 0; r < n; r++) {
        x[r] = offset + random.nextInt(24);
        weights[r] = 1 + random.nextInt(9);
        signs[r] = random.nextBoolean() ? 1 : -1;
        rows[2 * r] = x[r];
        rows[2 * r + 1] = 1;
        size += weights[r] * (double) x[r];
      }
      double[] p = Arrays.stream(weights).asDoubleStream().toArray();
      BigDecimal maximum = exactMaximum(x, weights, signs);
      double bound = new DirectionSearch(new HingeSum(2, rows, p, signs)).upperBound(0, 1e-7, WORK);
      assertThat(new BigDecimal(bound)).as("seed " + seed).isGreaterThanOrEqualTo(maximum);
      // No worse than rounding, which is said, and the tolerance.
      assertThat(bound)
          .as("seed " + seed)
          .isLessThanOrEqualTo(maximum.doubleValue() * (1 + 1e-6) + 1e-12 * size);
    }
  }

  /**
   * The largest h(w) / ||w||, rows (x_r, 1), rounded down: at w on which a row is zero, or at a
   * gradient.
   */
  private static BigDecimal exactMaximum(long[] x, int[] weights, int[] signs) {
    List<BigInteger[]> candidates = new ArrayList<>();
    for (long at : x) {
      for (int side = -1; side <= 1; side += 2) {
        candidates.add(new BigInteger[] {BigInteger.valueOf(side), BigInteger.valueOf(-side * at)});
        for (int inclusive = 0; inclusive <= 1; inclusive++) {
          BigInteger[] gradient = {BigInteger.ZERO, BigInteger.ZERO};
          for (int r = 0; r < x.length; r++) {
            if (side * (x[r] - at) > -inclusive) {
              BigInteger factor = BigInteger.valueOf(signs[r] * weights[r]);
              gradient[0] = gradient[0].add(factor.multiply(BigInteger.valueOf(x[r])));
              gradient[1] = gradient[1].add(factor);
            }
          }
          candidates.add(gradient);
        }
      }
    }
    MathContext down = new MathContext(40, RoundingMode.DOWN);
    BigDecimal best = BigDecimal.ZERO;
    for (BigInteger[] w : candidates) {
      BigInteger value = BigInteger.ZERO;
      for (int r = 0; r < x.length; r++) {
        BigInteger score = w[0].multiply(BigInteger.valueOf(x[r])).add(w[1]);
        BigInteger factor = BigInteger.valueOf(signs[r] * weights[r]);
        value = value.add(factor.multiply(score.max(BigInteger.ZERO)));
      }
      BigInteger square = w[0].multiply(w[0]).add(w[1].multiply(w[1]));
      if (square.signum() > 0) {
        BigDecimal length = new BigDecimal(square).sqrt(new MathContext(40, RoundingMode.UP));
        best = best.max(new BigDecimal(value).divide(length, down));
      }
    }
    return best;
  }

  @Test
  void stopsWhereTheBoundIsLowEnough() {
    HingeSum sum = sum(8);
    double tight = new DirectionSearch(sum).upperBound(0, 1e-7, WORK);
    double early = new DirectionSearch(sum).upperBound(1.5 * tight, 1e-7, WORK);
    assertThat(early).isBetween(tight, 1.5 * tight);
  }

  /** Weighting rows by their lengths pays where these differ much. */
  @Test
  void theBoundThroughSingularValuesDoesNotSufferFromOneLongRow() {
    double[] rows = {1000, 0, 0, 1, 1, 0.5};
    double[] weights = {1e-3, 1, 1};
    HingeSum sum = new HingeSum(2, rows, weights, new int[] {1, 1, 1});
    // ||p|| sigma_max(X) is above 1400; the sum of p_r ||a_r|| is about 3.1.
    assertThat(sum.absolute()).isLessThan(3.2);
    assertThat(sum.normBound(sum.absolute())).isGreaterThanOrEqualTo(maximum(sum));
  }
}
