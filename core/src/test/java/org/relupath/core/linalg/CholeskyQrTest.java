package org.relupath.core.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CholeskyQrTest {
  /** Columns of length one. */
  private static double[] columns(int m, int n, long seed) {
    Random random = new Random(seed);
    double[] a = random.doubles((long) m * n, -1, 1).toArray();
    for (int j = 0; j < n; j++) {
      Vectors.scale(1 / Vectors.norm(a, j * m, m), a, j * m, m);
    }
    return a;
  }

  /** Q'Q = I and Q R = A to rounding, with column 1 of A almost column 0. */
  private static void factors(double apart) {
    int m = 40;
    int n = 12;
    double[] a = columns(m, n, 3);
    for (int i = 0; i < m; i++) {
      a[m + i] = a[i] + apart * a[m + i];
    }
    Vectors.scale(1 / Vectors.norm(a, m, m), a, m, m);
    double[] q = a.clone();
    double[] l = CholeskyQr.of(m, n, q);
    for (int j = 0; j < n; j++) {
      for (int k = 0; k <= j; k++) {
        double product = Vectors.dot(q, j * m, q, k * m, m);
        assertThat(product).isCloseTo(j == k ? 1 : 0, within(1e-14));
        assertThat(l[k + j * n]).isEqualTo(k < j ? 0 : l[k + j * n]);
      }
      for (int i = 0; i < m; i++) {
        double sum = 0;
        for (int k = 0; k <= j; k++) {
          sum += q[k * m + i] * l[j + k * n];
        }
        assertThat(sum).isCloseTo(a[j * m + i], within(1e-14));
      }
    }
  }

  @Test
  void factorsIndependentColumns() {
    factors(1);
  }

  @Test
  void theSecondRoundRestoresOrthogonality() {
    factors(1e-4);
  }

  @Test
  void refusesColumnsThatNearlyDepend() {
    double[] a = columns(9, 4, 1);
    System.arraycopy(a, 0, a, 27, 9);
    assertThat(CholeskyQr.of(9, 4, a)).isNull();
  }

  @ParameterizedTest(name = "apart {0}")
  @ValueSource(doubles = {1, 1e-2, 1e-4})
  @DisplayName(
      "columns appended are orthogonal to those before, however near they are to each other")
  void appends(double apart) {
    int m = 160;
    int t = 40;
    int n = 30;
    double[] q = columns(m, t, 4);
    assertThat(CholeskyQr.of(m, t, q)).isNotNull();
    double[] a = columns(m, n, 5);
    for (int j = 1; j < n; j++) {
      for (int i = 0; i < m; i++) {
        a[j * m + i] = a[i] + apart * a[j * m + i];
      }
      Vectors.scale(1 / Vectors.norm(a, j * m, m), a, j * m, m);
    }
    double[] block = a.clone();
    double[] columns = CholeskyQr.append(m, t, q, n, block);
    assertThat(columns).isNotNull();
    for (int j = 0; j < n; j++) {
      double[] rest = Arrays.copyOfRange(a, j * m, (j + 1) * m);
      for (int l = 0; l < t + n; l++) {
        double[] from = l < t ? q : block;
        int at = (l < t ? l : l - t) * m;
        Vectors.axpy(-columns[j * (t + n) + l], from, at, rest, 0, m);
        double product = Vectors.dot(from, at, block, j * m, m);
        assertThat(product).isCloseTo(l == t + j ? 1 : 0, within(1e-14));
      }
      assertThat(Vectors.norm(rest)).isLessThan(1e-13);
    }
  }
}
