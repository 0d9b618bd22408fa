package org.relupath.core.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.ConeProjection.Outcome;
import org.relupath.core.reference.Dense;
import org.relupath.core.reference.Instance;
import org.relupath.core.reference.ReferenceProjection;

class ConeProjectionTest {
  private static final int[] COLD = {};

  /** A cone {w : side_r x_r'w >= 0} and a random source to draw vectors from. */
  private record Cone(double[][] x, boolean[] active) {
    static Cone random(double[][] x, Random random) {
      boolean[] active = new boolean[x.length];
      double[] gate = Instance.gaussian(random, 1, x[0].length)[0];
      for (int r = 0; r < x.length; r++) {
        active[r] = Dense.dot(x[r], gate) >= 0;
      }
      return new Cone(x, active);
    }

    Block block() {
      long[] bits = new long[(x.length + 63) / 64];
      for (int r = 0; r < x.length; r++) {
        bits[r / 64] |= active[r] ? 1L << r % 64 : 0;
      }
      return new Block(0, 0, 1, bits);
    }

    double[][] a() {
      return IntStream.range(0, x.length)
          .mapToObj(r -> Dense.times(active[r] ? 1 : -1, x[r]))
          .toArray(double[][]::new);
    }

    ConeProjection projection(int... start) {
      Problem problem = new Problem(Matrix.ofRows(x), new double[x.length], Model.RELU);
      return problem.projection(block(), start);
    }
  }

  static LongStream tinySeeds() {
    return LongStream.range(0, 100);
  }

  static Stream<Instance> instances() {
    return Stream.of(Instance.Shape.values())
        .flatMap(shape -> LongStream.range(0, 3).mapToObj(seed -> Instance.of(shape, seed)));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("tinySeeds")
  void isTheBestOfAllSubsetsOfRows(long seed) {
    Random random = new Random(seed);
    int d = 1 + random.nextInt(3);
    double[][] x = Instance.gaussian(random, 1 + random.nextInt(8), d);
    if (seed % 3 == 0) {
      x[x.length - 1] = Dense.times(-2, x[0]);
    }
    Cone cone = Cone.random(x, random);
    ConeProjection projection = cone.projection(COLD);
    for (int i = 0; i < 10; i++) {
      double[] c = Instance.gaussian(random, 1, d)[0];
      double[] expected = ReferenceProjection.bruteForce(cone.a(), c).v();
      assertThat(projection.project(c, 0, -1)).isCloseTo(Dense.norm(expected), within(1e-12));
      assertThat(projection.v()).usingComparatorWithPrecision(1e-12).containsExactly(expected);
    }
  }

  /** v in K, c - v = -A'rho with rho >= 0, v'(c - v) = 0: together they say v = Proj_K(c). */
  @ParameterizedTest(name = "{0}")
  @MethodSource("instances")
  void satisfiesMoreausConditions(Instance instance) {
    Random random = new Random(1);
    int d = instance.x()[0].length;
    for (int i = 0; i < 6; i++) {
      Cone cone = Cone.random(instance.x(), random);
      ConeProjection projection = cone.projection(COLD);
      for (int j = 0; j < 6; j++) {
        double[] c = Instance.gaussian(random, 1, d)[0];
        double norm = projection.project(c, 0, -1);
        assertThat(projection.outcome()).isEqualTo(Outcome.EXACT);
        double[] v = projection.v().clone();
        assertThat(norm).isEqualTo(Vectors.norm(v));
        checkMoreau(cone, projection, c, v);
        assertThat(v)
            .usingComparatorWithPrecision(1e-12)
            .containsExactly(ReferenceProjection.lawsonHanson(cone.a(), c).v());
      }
    }
  }

  private static void checkMoreau(Cone cone, ConeProjection projection, double[] c, double[] v) {
    double scale = Dense.norm(c);
    for (double[] row : cone.a()) {
      double length = Dense.norm(row);
      if (length > 0) {
        assertThat(Dense.dot(row, v) / length).isGreaterThan(-1e-12 * scale);
      }
    }
    double[] combined = v.clone();
    TightRows tight = projection.tight();
    assertThat(tight.count()).isLessThanOrEqualTo(c.length);
    for (int i = 0; i < tight.count(); i++) {
      assertThat(tight.multiplier(i)).isPositive();
      double[] row = cone.a()[tight.row(i)];
      Dense.add(combined, -tight.multiplier(i) / Dense.norm(row), row);
      assertThat(Dense.dot(row, v)).isCloseTo(0, within(1e-12 * scale * Dense.norm(row)));
    }
    assertThat(Dense.distance(combined, c)).isLessThan(1e-11 * scale);
    assertThat(Dense.dot(v, Dense.minus(c, v))).isCloseTo(0, within(1e-12 * scale * scale));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("instances")
  void basisAndComplementOfTheTightRowsAreOrthonormal(Instance instance) {
    Random random = new Random(2);
    int d = instance.x()[0].length;
    ConeProjection projection = Cone.random(instance.x(), random).projection(COLD);
    for (int j = 0; j < 10; j++) {
      projection.project(Instance.gaussian(random, 1, d)[0], 0, -1);
      TightRows tight = projection.tight();
      double[] all = java.util.Arrays.copyOf(tight.basis(), d * d);
      System.arraycopy(tight.complement(), 0, all, tight.count() * d, (d - tight.count()) * d);
      for (int i = 0; i < d; i++) {
        for (int k = 0; k <= i; k++) {
          assertThat(Vectors.dot(all, i * d, all, k * d, d))
              .isCloseTo(i == k ? 1 : 0, within(1e-13));
        }
      }
      for (int row : tight.toArray()) {
        for (int l = tight.count(); l < d; l++) {
          assertThat(Vectors.dot(all, l * d, instance.x()[row], 0, d))
              .isCloseTo(0, within(1e-12 * Dense.norm(instance.x()[row])));
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("instances")
  void isIdempotentAndPositivelyHomogeneous(Instance instance) {
    Random random = new Random(3);
    int d = instance.x()[0].length;
    Cone cone = Cone.random(instance.x(), random);
    for (int j = 0; j < 6; j++) {
      double[] c = Instance.gaussian(random, 1, d)[0];
      double[] v = projected(cone, c);
      assertThat(Dense.distance(projected(cone, v), v)).isLessThan(1e-12 * Dense.norm(c));
      for (double scale : new double[] {1e-150, 1e-9, 3, 1e9, 1e140}) {
        double[] scaled = projected(cone, Dense.times(scale, c));
        assertThat(Dense.distance(scaled, Dense.times(scale, v)))
            .as("scale %s", scale)
            .isLessThanOrEqualTo(1e-12 * scale * Dense.norm(c));
      }
    }
  }

  private static double[] projected(Cone cone, double[] c) {
    ConeProjection projection = cone.projection(COLD);
    projection.project(c, 0, -1);
    return projection.v().clone();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("instances")
  void startedFromAnyRowsAndAnyPastItIsTheSame(Instance instance) {
    Random random = new Random(4);
    int n = instance.x().length;
    int d = instance.x()[0].length;
    Cone cone = Cone.random(instance.x(), random);
    ConeProjection kept = cone.projection(COLD);
    double[] c = Instance.gaussian(random, 1, d)[0];
    for (int j = 0; j < 20; j++) {
      double step = j % 5 == 0 ? 1 : 0.05;
      Dense.add(c, step, Instance.gaussian(random, 1, d)[0]);
      double[] expected = projected(cone, c);
      double tolerance = 1e-12 * Dense.norm(c);
      kept.project(c, 0, -1);
      assertThat(Dense.distance(kept.v(), expected)).isLessThan(tolerance);
      // Any distinct rows may be guessed, dependent and zero ones included.
      int[] guess = random.ints(0, n).distinct().limit(Math.min(n, d + 2)).toArray();
      ConeProjection started = cone.projection(guess);
      started.project(c, 0, -1);
      assertThat(Dense.distance(started.v(), expected)).isLessThan(tolerance);
      ConeProjection known = cone.projection(kept.tight().toArray());
      known.project(c, 0, -1);
      assertThat(Dense.distance(known.v(), expected)).isLessThan(tolerance);
      if (j % 3 == 0) {
        kept.project(c, 0, 0.9 * Dense.norm(c));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("instances")
  void boundsTheNormFromAboveWhereItStopsAtTheThreshold(Instance instance) {
    Random random = new Random(5);
    int d = instance.x()[0].length;
    Cone cone = Cone.random(instance.x(), random);
    ConeProjection projection = cone.projection(COLD);
    for (int j = 0; j < 40; j++) {
      double[] c = Instance.gaussian(random, 1, d)[0];
      double exact = Dense.norm(projected(cone, c));
      double threshold = (0.2 + random.nextDouble()) * Dense.norm(c);
      double norm = projection.project(c, 0, threshold);
      double[] v = projection.v();
      assertThat(norm).isGreaterThanOrEqualTo(exact - 1e-13 * Dense.norm(c));
      assertThat(norm).isCloseTo(Dense.norm(v), within(1e-14 * Dense.norm(c)));
      if (projection.outcome() == Outcome.BOUND) {
        assertThat(norm).isLessThanOrEqualTo(threshold);
      } else {
        assertThat(projection.outcome()).isEqualTo(Outcome.EXACT);
        assertThat(norm).isCloseTo(exact, within(1e-12 * Dense.norm(c)));
      }
      assertThat(norm > threshold).isEqualTo(exact > threshold);
      // v - c = A'rho with rho >= 0: no vector of the cone makes a negative product with it.
      for (int k = 0; k < 5; k++) {
        double[] inside = projected(cone, Instance.gaussian(random, 1, d)[0]);
        assertThat(Dense.dot(Dense.minus(v, c), inside))
            .isGreaterThan(-1e-12 * Dense.norm(c) * (1 + Dense.norm(inside)));
      }
    }
  }

  /**
   * A vector on a face is its own projection: what it is moved by is rounding, and no direction.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("instances")
  void boundsTheNormAfterVectorsThatHardlyMove(Instance instance) {
    Random random = new Random(7);
    int d = instance.x()[0].length;
    for (int i = 0; i < 6; i++) {
      Cone cone = Cone.random(instance.x(), random);
      ConeProjection projection = cone.projection(COLD);
      for (int j = 0; j < 20; j++) {
        projection.project(Instance.gaussian(random, 1, d)[0], 0, -1);
        double[] face = projection.v().clone();
        projection.project(face, 0, -1);
        double[] c = Instance.gaussian(random, 1, d)[0];
        double exact = Dense.norm(ReferenceProjection.lawsonHanson(cone.a(), c).v());
        double bound = projection.project(c, 0, 0.999 * exact);
        assertThat(bound)
            .as("draw %s of cone %s", j, i)
            .isGreaterThan(exact - 1e-11 * Dense.norm(c));
      }
    }
  }

  @Test
  void turnsFromConeToConeWithoutMemory() {
    Instance instance = Instance.of(Instance.Shape.GAUSSIAN, 7);
    Random random = new Random(6);
    ConeProjection turning = Cone.random(instance.x(), random).projection(COLD);
    for (int j = 0; j < 30; j++) {
      Cone cone = Cone.random(instance.x(), random);
      double[] c = Instance.gaussian(random, 1, 3)[0];
      turning.setCone(cone.block(), COLD);
      turning.project(c, 0, -1);
      assertThat(turning.v())
          .usingComparatorWithPrecision(1e-14)
          .containsExactly(projected(cone, c));
    }
  }

  @Test
  void readsTheVectorFromAnOffset() {
    Cone cone = new Cone(new double[][] {{1, 0}, {0, 1}}, new boolean[] {true, true});
    ConeProjection projection = cone.projection(COLD);
    double[] c = {9, 9, -1, 2, 9};
    assertThat(projection.project(c, 2, -1)).isEqualTo(2);
    assertThat(projection.v()).containsExactly(0, 2);
  }

  @Test
  void theZeroVectorAndTheZeroConeGiveExactlyNothing() {
    // Opposite sides of the same line, twice: the cone is the origin.
    double[][] x = {{1, 0}, {-1, 0}, {0, 2}, {0, -2}};
    Cone origin = new Cone(x, new boolean[] {true, true, true, true});
    ConeProjection projection = origin.projection(COLD);
    assertThat(projection.project(new double[] {3, -4}, 0, -1)).isLessThan(1e-14);
    assertThat(projection.project(new double[2], 0, -1)).isZero();
    assertThat(projection.v()).containsExactly(0, 0);
  }

  @Test
  void zeroRowsCutNothingOff() {
    Cone cone =
        new Cone(new double[][] {{0, 0}, {0, 0}, {1, 0}}, new boolean[] {true, false, true});
    ConeProjection projection = cone.projection(0, 1);
    projection.project(new double[] {-1, 5}, 0, -1);
    assertThat(projection.v()).containsExactly(0, 5);
    assertThat(projection.tight().toArray()).containsExactly(2);
  }

  @Test
  void rowsThatDifferByLittleAreStillObeyed() {
    Random random = new Random(8);
    for (double apart = 1e-4; apart > 1e-15; apart /= 10) {
      double[][] x = Instance.gaussian(random, 12, 4);
      for (int r = 6; r < 12; r++) {
        x[r] = x[r - 6].clone();
        Dense.add(x[r], apart, Instance.gaussian(random, 1, 4)[0]);
      }
      Cone cone = Cone.random(x, random);
      for (int j = 0; j < 50; j++) {
        double[] c = Instance.gaussian(random, 1, 4)[0];
        ConeProjection projection = cone.projection(COLD);
        projection.project(c, 0, -1);
        assertThat(projection.outcome()).as("apart %s", apart).isEqualTo(Outcome.EXACT);
        double[] v = projection.v();
        if (Dense.norm(v) < 1e-3 * Dense.norm(c)) {
          continue; // the origin, up to rounding
        }
        for (double[] row : cone.a()) {
          assertThat(Dense.dot(row, v) / Dense.norm(row) / Dense.norm(v))
              .as("rows apart by %s", apart)
              .isGreaterThan(-1e-10);
        }
      }
    }
  }
}
