package org.relupath.core.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

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
}
