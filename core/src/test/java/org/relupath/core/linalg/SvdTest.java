package org.relupath.core.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Breeze's decompositions and LAPACK's eigenvalues against products of matrices of known rank. */
class SvdTest {
  /** An m x n matrix of a rank, from a seed of its shape. */
  private static Dense ofRank(int m, int n, int rank) {
    Random random = new Random(17L * m + n);
    Dense left = new Dense(m, rank, random.doubles((long) m * rank, -1, 1).toArray());
    return left.times(new Dense(rank, n, random.doubles((long) rank * n, -1, 1).toArray()));
  }

  private static double norm(Dense a) {
    return Vectors.norm(a.values());
  }

  /** Tall enough to be reduced to a triangle first, a little tall, square, wide and empty. */
  @ParameterizedTest
  @CsvSource({
    "7,4,2",
    "4,7,3",
    "5,5,5",
    "6,1,1",
    "1,6,1",
    "9,8,0",
    "455,11,10",
    "12,11,7",
    "1,1,1",
    "2,1,1",
    "1,300,1",
    "3,40,2",
    "20,300,20",
    "0,3,0",
    "3,0,0"
  })
  void findsRankRangeNullSpaceAndShortestSolution(int m, int n, int rank) {
    Dense a = ofRank(m, n, rank);
    Svd svd = a.svd();
    assertThat(svd.values()).hasSize(Math.min(m, n));
    assertThat(svd.rank(1e-12)).isEqualTo(rank);
    Dense basis = svd.nullSpace(rank);
    assertThat(basis.values()).hasSize(n * (n - rank));
    assertThat(norm(a.times(basis))).isLessThan(1e-13);
    // The range holds every column: A = Q Q'A.
    Dense q = svd.range(rank);
    double[] left = q.times(q.transposedTimes(a)).values();
    Vectors.axpy(-1, a.values(), 0, left, 0, left.length);
    assertThat(Vectors.norm(left)).isLessThan(1e-12);
    // x = A^+ b leaves a residual orthogonal to the range, and has no part in the null space.
    double[] b = new Random(m + 5L * n).doubles(m, -1, 1).toArray();
    double[] x = svd.solve(b, 1e-12);
    double[] residual = b.clone();
    Vectors.axpy(-1, a.times(x), 0, residual, 0, m);
    assertThat(Vectors.norm(a.transposedTimes(residual))).isLessThan(1e-11);
    assertThat(Vectors.norm(basis.transposedTimes(x))).isLessThan(1e-11);
  }

  @Test
  void valuesAreThoseOfADiagonal() {
    assertThat(new Dense(2, 2, new double[] {0, 3, 4, 0}).svd().values())
        .containsExactly(new double[] {4, 3}, within(1e-15));
  }

  @ParameterizedTest
  @CsvSource({"NaN,3", "NaN,9", "Infinity,3", "-Infinity,9"})
  void refusesWhatIsNotFinite(double entry, int m) {
    double[] values = new double[3 * m];
    values[1] = entry;
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> new Dense(m, 3, values).svd())
        .withMessage("a " + m + " x 3 matrix is not finite");
  }

  @Test
  void theBasisOfAQrFactorisationHoldsTheColumns() {
    Dense a = ofRank(9, 4, 4);
    Dense q = a.orthonormal();
    double[] inner = q.transposedTimes(q).values();
    Vectors.axpy(-1, Dense.identity(4).values(), 0, inner, 0, 16);
    assertThat(Vectors.norm(inner)).isLessThan(1e-14);
    double[] left = q.times(q.transposedTimes(a)).values();
    Vectors.axpy(-1, a.values(), 0, left, 0, 36);
    assertThat(Vectors.norm(left)).isLessThan(1e-14);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,1", "7,7", "40,11"})
  void eigenvaluesOfAGramMatrixAreItsSingularValues(int n, int rank) {
    Dense factor = ofRank(n, n, rank);
    Dense gram = factor.transposedTimes(factor);
    SymmetricEigen eigen = SymmetricEigen.of(n, gram.values());
    double[] expected = gram.svd().values();
    double largest = expected[0];
    assertThat(eigen.values()).containsExactly(expected, within(1e-14 * largest));
    assertThat(SymmetricEigen.largest(n, gram.values()))
        .isCloseTo(largest, within(1e-14 * largest));
    for (int j = 0; j < n; j++) {
      double[] v = Arrays.copyOfRange(eigen.vectors(), j * n, (j + 1) * n);
      assertThat(Vectors.norm(v)).isCloseTo(1, within(1e-14));
      double[] error = gram.times(v);
      Vectors.axpy(-eigen.values()[j], v, 0, error, 0, n);
      assertThat(Vectors.norm(error)).isLessThan(1e-13 * largest);
    }
    double[] broken = gram.values().clone();
    broken[0] = Double.NaN;
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> SymmetricEigen.largest(n, broken));
  }
}
