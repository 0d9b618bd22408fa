package org.relupath.core.solve.decomposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.Patterns;
import org.relupath.core.gates.Seeds;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.solve.Solution;

/** Cones that are thin, flat, a ray or a point: split, or said not to be. */
class DegenerateConesTest {
  @Test
  void oneColumn() {
    SplitCase c = new SplitCase(12, 1, 3);
    for (SplitMethod method : SplitCase.EXACT) {
      for (int b = 0; b < c.patterns.count(); b++) {
        for (double w : new double[] {2, -3}) {
          BlockSplit split = c.split(b, method, w);
          assertThat(split.outcome()).isEqualTo(BlockSplit.Outcome.EXACT);
          assertThat(split.growth()).isCloseTo(1, within(1e-14));
        }
      }
    }
    // Both signs active: K = {0}, nothing to split.
    SplitCase both = SplitCase.allActive(new double[] {1}, new double[] {-2});
    assertThat(both.split(0, SplitMethod.NORMS, 1).outcome()).isEqualTo(BlockSplit.Outcome.NONE);
  }

  @Test
  void conesWithoutInteriorSplitOnlyWhatIsInTheirSpan() {
    // K = {w : w_1 = 0, w_2 >= 0}: a ray.
    SplitCase ray =
        SplitCase.allActive(new double[] {1, 0}, new double[] {-1, 0}, new double[] {0, 1});
    for (SplitMethod method : SplitCase.EXACT) {
      BlockSplit inSpan = ray.split(0, method, 0, -2);
      assertThat(inSpan.outcome()).isEqualTo(BlockSplit.Outcome.EXACT);
      assertThat(inSpan.z()).containsExactly(new double[] {0, 2}, within(1e-14));
      BlockSplit outside = ray.split(0, method, 1, 2);
      assertThat(outside.outcome()).isEqualTo(BlockSplit.Outcome.NONE);
      assertThat(outside.fitError()).isGreaterThan(0.1);
      assertThat(outside.coneViolation()).isLessThan(1e-12);
      assertThat(outside.v()).containsExactly(new double[] {0, 2}, within(1e-4));
    }
    SplitCase point =
        SplitCase.allActive(
            new double[] {1, 0}, new double[] {-1, 0}, new double[] {0, 1}, new double[] {0, -1});
    BlockSplit nothing = point.split(0, SplitMethod.NORMS, 1, 1);
    assertThat(nothing.outcome()).isEqualTo(BlockSplit.Outcome.NONE);
    assertThat(Vectors.norm(nothing.v()) + Vectors.norm(nothing.z())).isLessThan(1e-12);
  }

  @Test
  void roundingDoesNotTakeWeightsOutOfTheSpan() {
    for (int angle = 1; angle < 90; angle++) {
      double cos = Math.cos(Math.toRadians(angle));
      double sin = Math.sin(Math.toRadians(angle));
      double[] along = {-3 * sin, 3 * cos};
      double[] across = {cos, sin};
      double[] opposite = {-cos, -sin};
      SplitCase line = SplitCase.allActive(across, opposite);
      SplitCase ray = SplitCase.allActive(across, opposite, along);
      for (SplitMethod method : SplitCase.EXACT) {
        for (SplitCase c : List.of(line, ray)) {
          for (int sign : new int[] {1, -1}) {
            BlockSplit split = c.split(0, method, sign * along[0], sign * along[1]);
            assertThat(split.outcome())
                .as("%s, %s rows, angle %s", method, c.x.rows(), angle)
                .isEqualTo(BlockSplit.Outcome.EXACT);
            assertThat(split.growth()).isCloseTo(1, within(1e-12));
          }
        }
        assertThat(ray.split(0, method, cos, sin).outcome()).isEqualTo(BlockSplit.Outcome.NONE);
      }
    }
  }

  @Test
  void weightsInTheSpanUpToRoundingInManyDimensions() {
    for (long seed = 1; seed <= 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      double[][] rows = new double[10][8];
      double[] w = new double[8];
      Arrays.setAll(w, k -> Seeds.gaussian(random));
      for (int i = 0; i < 10; i++) {
        double[] row = rows[i];
        Arrays.setAll(row, k -> Seeds.gaussian(random));
      }
      // Rows 0 to 3 are there with both signs: w has to be orthogonal to them, and is to rounding.
      for (int i = 0; i < 4; i++) {
        rows[4 + i] = rows[i].clone();
        Vectors.scale(-1, rows[4 + i], 0, 8);
      }
      for (int pass = 0; pass < 2000; pass++) {
        double[] row = rows[pass % 4];
        Vectors.axpy(-Vectors.dot(row, w) / Vectors.dot(row, row), row, 0, w, 0, 8);
      }
      SplitCase c = SplitCase.allActive(Arrays.copyOf(rows, seed % 2 == 0 ? 10 : 8));
      for (SplitMethod method : SplitCase.EXACT) {
        BlockSplit split = c.split(0, method, w);
        assertThat(split.outcome())
            .as("%s, seed %s", method, seed)
            .isEqualTo(BlockSplit.Outcome.EXACT);
        double[] off = w.clone();
        Vectors.axpy(1e-3, rows[0], 0, off, 0, 8);
        assertThat(c.split(0, method, off).outcome()).isEqualTo(BlockSplit.Outcome.NONE);
      }
    }
  }

  @Test
  void anEmptyInteriorShowsInTheResultAsAWhole() {
    Matrix x = Matrix.ofRows(new double[][] {{1, 0}, {-1, 0}, {0, 1}});
    Patterns patterns = Patterns.distinct(3, List.of(new long[] {7}));
    SplitCase c = new SplitCase(x, new double[] {1, -1, 2}, patterns, 1);
    Solution gated = c.gated(0.1);
    Decomposition result = c.decompose(gated, SplitMethod.NORMS);
    assertThat(result.exact()).isFalse();
    assertThat(result.count(BlockSplit.Outcome.NONE)).isEqualTo(1);
    assertThat(result.fitError()).isGreaterThan(0.1);
    assertThat(result.solution().certificate().maxConeViolation()).isLessThan(1e-12);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-2, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-10, 1e-13})
  void thinConesAreSplitOrSaidNotToBe(double angle) {
    // K lies within an angle of the second axis, so ||v + z|| is about 1 / tan(angle).
    SplitCase c = SplitCase.allActive(new double[] {1, angle}, new double[] {-1, angle});
    for (SplitMethod method : SplitCase.EXACT) {
      BlockSplit split = c.split(0, method, 1, 0);
      if (angle >= 1e-5) {
        assertThat(split.outcome()).as("%s", method).isEqualTo(BlockSplit.Outcome.EXACT);
        assertThat(split.growth()).isCloseTo(1 / angle, within(1e-3 / angle));
      } else if (angle <= 1e-8) {
        assertThat(split.outcome()).as("%s", method).isEqualTo(BlockSplit.Outcome.NONE);
      } else {
        assertThat(split.outcome()).isIn(BlockSplit.Outcome.EXACT, BlockSplit.Outcome.FAILED);
      }
      if (split.outcome() == BlockSplit.Outcome.EXACT) {
        assertThat(split.fitError()).isLessThanOrEqualTo(1e-9);
        assertThat(split.coneViolation()).isLessThanOrEqualTo(1.001e-12);
      }
    }
  }
}
