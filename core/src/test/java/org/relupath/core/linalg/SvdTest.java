package org.relupath.core.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The decomposition against products of matrices of known rank. */
class SvdTest {
  @ParameterizedTest
  @CsvSource({"7,4,2", "4,7,3", "5,5,5", "6,1,1", "1,6,1", "9,8,0", "455,11,10"})
  void findsRankRangeAndNullSpace(int m, int n, int rank) {
    Random random = new Random(17L * m + n);
    double[] l = random.doubles((long) m * rank, -1, 1).toArray();
    double[] r = random.doubles((long) rank * n, -1, 1).toArray();
    double[] a = new double[m * n];
    Blas.gemm(false, false, m, n, rank, 1, l, m, r, Math.max(1, rank), 0, a, m);
    Svd svd = Svd.of(m, n, a);
    assertThat(svd.values()).hasSize(Math.min(m, n));
    assertThat(svd.rank(1e-12)).isEqualTo(rank);
    double[] basis = svd.nullSpace(rank);
    assertThat(basis).hasSize(n * (n - rank));
    double[] image = new double[m * (n - rank)];
    Blas.gemm(false, false, m, n - rank, n, 1, a, m, basis, n, 0, image, m);
    assertThat(Vectors.norm(image)).isLessThan(1e-13);
    // The range holds every column: A = Q Q'A.
    double[] q = svd.range(rank);
    double[] inside = new double[rank * n];
    Blas.gemm(true, false, rank, n, m, 1, q, m, a, m, 0, inside, Math.max(1, rank));
    double[] left = a.clone();
    Blas.gemm(false, false, m, n, rank, -1, q, m, inside, Math.max(1, rank), 1, left, m);
    assertThat(Vectors.norm(left)).isLessThan(1e-13);
  }

  @Test
  void valuesAreThoseOfADiagonal() {
    assertThat(Svd.of(2, 2, new double[] {0, 3, 4, 0}).values())
        .containsExactly(new double[] {4, 3}, within(1e-15));
  }
}
