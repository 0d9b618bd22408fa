package org.relupath.core.solve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Whitening;
import org.relupath.core.gates.Patterns;
import org.relupath.core.gates.arrangement.PatternEnumeration;
import org.relupath.core.program.BlockWeights;
import org.relupath.core.program.ConvexProgram;
import org.relupath.core.program.Model;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Certifier;
import org.relupath.core.program.pricing.Pricer;
import org.relupath.core.program.search.PatternClimb;
import org.relupath.core.program.search.SearchStarts;

/**
 * Patterns do not change when the columns of X are mapped by an invertible matrix: what is found on
 * columns with offsets, of mixed units or nearly dependent, against every pattern there is, listed
 * where X is harmless. Entries are multiples of 1/8 and maps are of powers of two, so that nothing
 * is rounded.
 */
final class SearchInvarianceTest {

  /** Maps of a row (x_1, ..., x_{d-1}, 1). */
  enum Columns {
    /** As of years: a spread of some units around 2048. */
    YEARS(row -> plus(row, 1 << 11)),
    OFFSETS(row -> plus(row, 1 << 17)),
    /** Cones thinner than projections resolve: no norm may be less than the true one. */
    LARGE_OFFSETS(row -> plus(row, 1 << 20)),
    /** Some columns in millionths, others in millions. */
    UNITS(
        row -> {
          for (int k = 0; k + 1 < row.length; k++) {
            row[k] *= k % 2 == 0 ? 0x1p-20 : 0x1p20;
          }
        }),
    /** Columns that differ by a thousandth of what they have in common. */
    CORRELATED(
        row -> {
          for (int k = 0; k + 2 < row.length; k++) {
            row[k] = row[row.length - 2] + row[k] * 0x1p-10;
          }
        });

    private final Consumer<double[]> map;

    Columns(Consumer<double[]> map) {
      this.map = map;
    }

    private static void plus(double[] row, double offset) {
      for (int k = 0; k + 1 < row.length; k++) {
        row[k] += offset;
      }
    }
  }

  /** Harmless rows of a seed, a column of ones last. */
  private static double[][] rows(int seed) {
    Random random = new Random(7000 + seed);
    int d = 2 + seed % 2;
    double[][] x = new double[d == 2 ? 40 : 12 + random.nextInt(9)][d];
    for (double[] row : x) {
      for (int k = 0; k + 1 < d; k++) {
        row[k] = Math.rint(16 * random.nextGaussian()) / 8;
      }
      row[d - 1] = 1;
    }
    return x;
  }

  private static double[] targets(double[][] x, int seed) {
    Random random = new Random(9000 + seed);
    double[] y = new double[x.length];
    for (int r = 0; r < y.length; r++) {
      y[r] = Math.abs(x[r][0] - 0.5) + 0.3 * random.nextGaussian();
    }
    return y;
  }

  @ParameterizedTest
  @EnumSource(Columns.class)
  @DisplayName("the largest norm of all patterns is found on columns of every kind")
  void findsTheLargestNormOfAllPatterns(Columns columns, TestReporter reporter) {
    List<String> missed = new ArrayList<>();
    int cases = 0;
    for (Model model : Model.values()) {
      for (int seed = 0; seed < 16; seed++) {
        double[][] rows = rows(seed);
        double[] y = targets(rows, seed);
        Patterns patterns = PatternEnumeration.of(Matrix.ofRows(rows), 100_000).patterns();
        double[] left = withoutFit(rows, y);
        for (double[] row : rows) {
          columns.map.accept(row);
        }
        Problem problem = new Problem(Matrix.ofRows(rows), y, model);
        Pricer all = new Pricer(new ConvexProgram(problem, patterns));
        SearchStarts starts =
            new SearchStarts(seed, 50, 50, Matrix.zeros(0, problem.d()), 0, false);
        for (double[] u : List.of(y, left)) {
          double best = model == Model.RELU && problem.d() == 2 ? ofRays(rows, u) : all.maxNorm(u);
          double found = PatternClimb.search(problem).search(u, starts).get(0).norm();
          cases++;
          if (found < best * (1 - 1e-6)) {
            missed.add(
                "%s seed %d %s: %.6g of %.6g"
                    .formatted(model, seed, u == y ? "targets" : "residual", found, best));
          }
        }
      }
    }
    reporter.publishEntry(columns + " missed of " + cases, missed.toString());
    assertThat(missed).as("missed of " + cases).hasSizeLessThanOrEqualTo(1);
  }

  /** y less its least-squares fit by the columns: only kinks are left to find. */
  private static double[] withoutFit(double[][] rows, double[] y) {
    Matrix x = Matrix.ofRows(rows);
    Matrix q = Whitening.of(x).rows(x);
    double[] left = y.clone();
    for (int j = 0; j < q.columns(); j++) {
      double part = 0;
      for (int r = 0; r < y.length; r++) {
        part += q.get(r, j) * y[r] / y.length;
      }
      for (int r = 0; r < y.length; r++) {
        left[r] -= part * q.get(r, j);
      }
    }
    return left;
  }

  /**
   * The largest ||Proj_K(s X' D u)|| of rows (x_r, 1), but for vectors inside their cones: max over
   * i of |sum_r u_r (+-(x_r - x_i))_+| / sqrt(1 + x_i^2), differences being exact.
   */
  private static double ofRays(double[][] rows, double[] u) {
    double best = 0;
    for (double[] at : rows) {
      double[] sums = new double[2];
      for (int r = 0; r < u.length; r++) {
        double off = rows[r][0] - at[0];
        sums[off > 0 ? 1 : 0] += u[r] * Math.abs(off);
      }
      double length = Math.sqrt(1 + at[0] * at[0]);
      best = Math.max(best, Math.max(Math.abs(sums[0]), Math.abs(sums[1])) / length);
    }
    return best;
  }

  /** y = |x - 2012| of the years 2000 to 2024: two neurons with lambda sqrt(1 + 2012^2) each. */
  @Test
  void aKinkAmongYearsIsFound() {
    double[][] rows = new double[25][];
    double[] y = new double[25];
    for (int r = 0; r < y.length; r++) {
      rows[r] = new double[] {2000 + r, 1};
      y[r] = Math.abs(r - 12);
    }
    Problem problem = new Problem(Matrix.ofRows(rows), y, Model.RELU);
    PatternGeneration generation =
        new PatternGeneration(
            problem,
            Matrix.ofRows(new double[][] {{1, 1}}),
            PatternClimb.search(problem),
            500,
            50,
            1);
    double lambda = 1e-3;
    Solution found = generation.solve(lambda, Settings.to(1e-6), BlockWeights.zero(2));
    double kink = 2 * lambda * Math.sqrt(1 + 2012 * 2012);
    assertThat(found.status()).isEqualTo(Status.OPTIMAL);
    assertThat(found.certificate().objective()).isBetween(0.99 * kink, kink);
    assertThat(generation.searched().searchedGap()).isLessThan(1e-6);
    // All 49 patterns, and the rounding of their norms, leave no more than that.
    Patterns all = PatternEnumeration.of(shifted(rows), 100).patterns();
    double[] u = new Certifier(problem).residual(found.weights());
    assertThat(new Pricer(new ConvexProgram(problem, all)).maxNorm(u))
        .isLessThan(lambda * (1 + 1e-6));
  }

  /** The rows from their middle: the patterns stay. */
  private static Matrix shifted(double[][] rows) {
    return Matrix.ofRows(
        Arrays.stream(rows).map(row -> new double[] {row[0] - 2012, 1}).toArray(double[][]::new));
  }
}
