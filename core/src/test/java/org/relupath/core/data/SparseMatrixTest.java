package org.relupath.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.relupath.core.linalg.AffineScore;

/** A sparse matrix does what the dense one of its numbers does. */
class SparseMatrixTest {
  private static Matrix numbers(int n, int d, double density, long seed) {
    Random random = new Random(seed);
    Matrix x = Matrix.zeros(n, d);
    for (int i = 0; i < n * d; i++) {
      x.values()[i] = random.nextDouble() < density ? random.nextGaussian() : 0;
    }
    return x;
  }

  private static double[] gaussian(int size, long seed) {
    return new Random(seed).doubles(size).map(v -> v - 0.5).toArray();
  }

  @Test
  void productsAreThoseOfTheDenseMatrix() {
    for (long seed = 1; seed <= 20; seed++) {
      int n = 1 + (int) (seed * 7 % 23);
      int d = 1 + (int) (seed * 5 % 19);
      Matrix dense = numbers(n, d, seed % 4 * 0.3, seed);
      SparseMatrix sparse = SparseMatrix.of(dense);
      assertThat(sparse.dense()).isEqualTo(dense);
      assertThat(sparse.transposed().transposed()).isEqualTo(sparse);
      double[] w = gaussian(3 * d, seed + 100);
      double[] u = gaussian(3 * n, seed + 200);
      close(n * 3, into -> sparse.multiply(w, 3, into), into -> dense.multiply(w, 3, into));
      close(n, into -> sparse.multiply(w, into), into -> dense.multiply(w, into));
      close(d, x -> sparse.transposedMultiply(u, x), x -> dense.transposedMultiply(u, x));
      close(d * 3, x -> sparse.transposedMultiply(u, 3, x), x -> dense.transposedMultiply(u, 3, x));
      assertThat(sparse.norm()).isCloseTo(dense.norm(), within(1e-13));
      double[] own = Arrays.copyOf(w, d);
      assertThat(sparse.times(own)).isEqualTo(dense.times(own));
      AffineScore score = new AffineScore();
      for (int r = 0; r < n; r++) {
        assertThat(sparse.row(r)).isEqualTo(dense.row(r));
        assertThat(sparse.length(r)).isCloseTo(dense.length(r), within(1e-14));
        assertThat(sparse.value(score, r, w, d, 0.25)).isEqualTo(dense.value(score, r, w, d, 0.25));
        assertThat(sparse.nonNegative(score, r, w, d, 0))
            .isEqualTo(dense.nonNegative(score, r, w, d, 0));
      }
      int[] some = {n - 1, 0, n / 2, 0};
      assertThat(sparse.selectRows(some).dense()).isEqualTo(dense.selectRows(some));
      double[] gram = dense.gram();
      for (int i = 0; i < n * n; i++) {
        if (i % n >= i / n) {
          assertThat(sparse.gram()[i]).isCloseTo(gram[i], within(1e-13));
        }
      }
      assertThat(sparse.sumBound())
          .isGreaterThanOrEqualTo(
              org.relupath.core.linalg.SpectralNorm.bound(n, d, dense.values()) * (1 - 1e-9));
    }
  }

  private interface Writer {
    void write(double[] into);
  }

  private static void close(int size, Writer one, Writer other) {
    double[] a = new double[size];
    double[] b = new double[size];
    Arrays.fill(a, 7);
    one.write(a);
    other.write(b);
    for (int i = 0; i < size; i++) {
      assertThat(a[i]).isCloseTo(b[i], within(1e-13));
    }
  }

  @Test
  void momentsAndPreprocessingAreThoseOfTheDenseRows() {
    for (long seed = 1; seed <= 10; seed++) {
      int n = 40;
      int d = 6;
      Matrix dense = numbers(n, d, 0.2, seed);
      for (int r = 0; r < n; r++) {
        dense.values()[r * d] = 0;
        dense.values()[r * d + 1] = 3;
        dense.values()[r * d + 2] *= 1e-9;
        dense.values()[r * d + 3] *= 1e9;
      }
      double[] y = gaussian(n, seed);
      double[] weights = seed % 2 == 0 ? new double[0] : positive(gaussian(n, seed + 1));
      List<RawColumn> columns =
          List.of("a", "b", "c", "d", "e", "f").stream().map(RawColumn::number).toList();
      Observations rows = new Observations(columns, dense, y, weights);
      Observations few = new Observations(columns, SparseMatrix.of(dense), y, weights);
      Preprocessing.Options options =
          new Preprocessing.Options(
              ColumnScaling.SCALE, true, null, true, Preparation.Options.DEFAULT);
      Preprocessing all = Preprocessing.fit(rows, options);
      Preprocessing own = Preprocessing.fit(few, options);
      assertThat(own.mean()).containsOnly(0);
      assertThat(own.scale()[0]).isEqualTo(1);
      assertThat(own.scale()[1]).isCloseTo(3, within(1e-14));
      for (int k = 0; k < d; k++) {
        double squares = 0;
        for (int r = 0; r < n; r++) {
          squares += rows.weight(r) * dense.get(r, k) * dense.get(r, k);
        }
        double size = squares == 0 ? 1 : Math.sqrt(squares / rows.totalWeight());
        assertThat(own.scale()[k]).isCloseTo(size, within(1e-13 * size));
        assertThat(all.scale()[k]).isCloseTo(size, within(1e-13 * size));
        assertThat(Moments.of(few).columns().get(k).deviation())
            .isCloseTo(Moments.of(rows).columns().get(k).deviation(), within(1e-12 * size));
      }
      Design x = own.design(few.cells());
      assertThat(x.isSparse()).isTrue();
      for (int i = 0; i < n * (d + 1); i++) {
        assertThat(x.get(i / (d + 1), i % (d + 1)))
            .isCloseTo(all.design(dense).values()[i], within(1e-13));
      }
    }
  }

  private static double[] positive(double[] values) {
    return Arrays.stream(values).map(v -> 0.1 + Math.abs(v)).toArray();
  }

  @Test
  void refusesWhatIsNoMatrixAndCentring() {
    int[] starts = {0, 2};
    double[] values = {1, 2};
    assertThatThrownBy(() -> new SparseMatrix(1, 3, starts, new int[] {1, 1}, values))
        .hasMessageContaining("expected ascending ones below 3");
    assertThatThrownBy(() -> new SparseMatrix(1, 3, starts, new int[] {1, 3}, values))
        .hasMessageContaining("column 3 after 1");
    int[] falling = {0, 5, 2};
    assertThatThrownBy(() -> new SparseMatrix(2, 3, falling, new int[] {0, 1}, values))
        .hasMessageContaining("row 0 ends at 5, expected 0 to 2");
    assertThatThrownBy(() -> new SparseMatrix(2, 3, starts, new int[] {0, 1}, values))
        .hasMessageContaining("starts");
    Matrix dense = numbers(10, 2, 0.5, 1);
    Observations rows =
        new Observations(List.of("a", "b"), SparseMatrix.of(dense), gaussian(10, 2));
    Preprocessing centring = Preprocessing.fit(rows, Preprocessing.Options.DEFAULT);
    assertThatThrownBy(() -> centring.design(rows.cells()))
        .hasMessage("sparse columns are centred, expected scaled at most");
    assertThatThrownBy(rows::features).hasMessageContaining("expected dense ones");
    assertThat(rows.dense().features()).isEqualTo(dense);
    assertThat(SparseMatrix.of(Matrix.zeros(0, 0)).dense()).isEqualTo(Matrix.zeros(0, 0));
  }
}
