package org.relupath.core.gates.arrangement;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Gauss-Jordan elimination of whole numbers without fractions and without rounding (Bareiss, 1968).
 *
 * <p>Rows b_1, ..., b_k are kept reduced: each has the common pivot p in a column of its own, in
 * which the others are zero. All entries are k x k minors of the rows appended, so that p is their
 * determinant in the pivot columns and every division is exact.
 */
final class Elimination {
  private final List<BigInteger[]> reduced = new ArrayList<>();
  private final List<Integer> columns = new ArrayList<>();
  private BigInteger pivot = BigInteger.ONE;

  /** k, the rank of the rows appended. */
  int rank() {
    return reduced.size();
  }

  /** p. */
  BigInteger pivot() {
    return pivot;
  }

  /** The pivot column of row i. */
  int column(int i) {
    return columns.get(i);
  }

  /** Entry j of reduced row i. */
  BigInteger entry(int i, int j) {
    return reduced.get(i)[j];
  }

  /** p times a row, less what makes it zero in the pivot columns: zero if it depends on them. */
  BigInteger[] residual(BigInteger[] row) {
    BigInteger[] rest = new BigInteger[row.length];
    for (int j = 0; j < row.length; j++) {
      rest[j] = row[j].signum() == 0 ? BigInteger.ZERO : row[j].multiply(pivot);
    }
    for (int i = 0; i < reduced.size(); i++) {
      BigInteger factor = row[columns.get(i)];
      if (factor.signum() != 0) {
        BigInteger[] b = reduced.get(i);
        for (int j = 0; j < row.length; j++) {
          if (b[j].signum() != 0) {
            rest[j] = rest[j].subtract(factor.multiply(b[j]));
          }
        }
      }
    }
    return rest;
  }

  /** Appends a row; false, and nothing happens, if it depends on those before. */
  boolean append(BigInteger[] row) {
    BigInteger[] rest = residual(row);
    int largest = -1;
    for (int j = 0; j < rest.length; j++) {
      boolean larger = largest < 0 || rest[j].bitLength() > rest[largest].bitLength();
      if (rest[j].signum() != 0 && larger) {
        largest = j;
      }
    }
    if (largest < 0) {
      return false;
    }
    append(rest, largest);
    return true;
  }

  /** Appends the row of a {@link #residual} with the pivot in a given column, not zero there. */
  void append(BigInteger[] residual, int column) {
    BigInteger next = residual[column];
    for (BigInteger[] b : reduced) {
      BigInteger factor = b[column];
      for (int j = 0; j < b.length; j++) {
        b[j] = next.multiply(b[j]).subtract(factor.multiply(residual[j])).divide(pivot);
      }
    }
    reduced.add(residual);
    columns.add(column);
    pivot = next;
  }

  /** The vector orthogonal to r - 1 independent rows of r entries, up to its sign and length. */
  BigInteger[] normal(int r) {
    BigInteger[] normal = new BigInteger[r];
    int free = 0;
    while (columns.contains(free)) {
      free++;
    }
    normal[free] = pivot;
    for (int i = 0; i < columns.size(); i++) {
      normal[columns.get(i)] = reduced.get(i)[free].negate();
    }
    return normal;
  }

  /** The inner product of two rows. */
  static BigInteger dot(BigInteger[] a, BigInteger[] b) {
    BigInteger sum = BigInteger.ZERO;
    for (int k = 0; k < a.length; k++) {
      if (a[k].signum() != 0 && b[k].signum() != 0) {
        sum = sum.add(a[k].multiply(b[k]));
      }
    }
    return sum;
  }

  /** The row divided by what all of its entries share; zero stays zero. */
  static BigInteger[] primitive(BigInteger[] row) {
    BigInteger shared = BigInteger.ZERO;
    for (int k = 0; k < row.length && !shared.equals(BigInteger.ONE); k++) {
      shared = shared.gcd(row[k]);
    }
    if (shared.bitLength() <= 1) {
      return row;
    }
    BigInteger[] divided = new BigInteger[row.length];
    for (int k = 0; k < row.length; k++) {
      divided[k] = row[k].divide(shared);
    }
    return divided;
  }
}
