package org.relupath.core.gates.arrangement;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Counts the cells of whole-numbered rows in whole numbers, by Whitney's theorem. */
final class ExactRegions {
  private static final BigDecimal SCALE = BigDecimal.valueOf(2).pow(1074);

  private ExactRegions() {}

  /** The cells of doubles, which are whole multiples of 2^-1074. */
  static int count(double[][] rows) {
    BigInteger[][] whole = new BigInteger[rows.length][];
    for (int r = 0; r < rows.length; r++) {
      double[] row = rows[r];
      whole[r] = new BigInteger[row.length];
      Arrays.setAll(whole[r], k -> new BigDecimal(row[k]).multiply(SCALE).toBigIntegerExact());
    }
    return count(whole);
  }

  /** sum over the sets B of distinct hyperplanes of (-1)^(|B| - rank B). */
  static int count(BigInteger[][] rows) {
    List<BigInteger[]> lines = new ArrayList<>();
    for (BigInteger[] row : rows) {
      boolean zero = rank(List.<BigInteger[]>of(row)) == 0;
      if (!zero && lines.stream().noneMatch(line -> rank(List.of(line, row)) == 1)) {
        lines.add(row);
      }
    }
    int regions = 0;
    for (int set = 0; set < 1 << lines.size(); set++) {
      List<BigInteger[]> chosen = new ArrayList<>();
      for (int l = 0; l < lines.size(); l++) {
        if ((set >> l & 1) != 0) {
          chosen.add(lines.get(l));
        }
      }
      regions += (chosen.size() - rank(chosen)) % 2 == 0 ? 1 : -1;
    }
    return regions;
  }

  /** By elimination without fractions. */
  private static int rank(List<BigInteger[]> rows) {
    List<BigInteger[]> left = new ArrayList<>();
    for (BigInteger[] row : rows) {
      left.add(row.clone());
    }
    int rank = 0;
    for (int k = 0; !left.isEmpty() && k < left.get(0).length; k++) {
      int column = k;
      BigInteger[] pivot =
          left.stream().filter(row -> row[column].signum() != 0).findFirst().orElse(null);
      if (pivot != null) {
        rank++;
        left.remove(pivot);
        for (BigInteger[] row : left) {
          BigInteger factor = row[k];
          for (int j = 0; j < row.length; j++) {
            row[j] = row[j].multiply(pivot[k]).subtract(pivot[j].multiply(factor));
          }
        }
      }
    }
    return rank;
  }
}
