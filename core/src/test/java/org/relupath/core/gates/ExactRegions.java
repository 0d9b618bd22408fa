package org.relupath.core.gates;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Counts the cells of whole-numbered rows in whole numbers, by Whitney's theorem. */
final class ExactRegions {
  private ExactRegions() {}

  /** sum over the sets B of distinct hyperplanes of (-1)^(|B| - rank B). */
  static int count(long[][] rows) {
    List<long[]> lines = new ArrayList<>();
    for (long[] row : rows) {
      boolean zero = rank(List.of(row)) == 0;
      if (!zero && lines.stream().noneMatch(line -> rank(List.of(line, row)) == 1)) {
        lines.add(row);
      }
    }
    int regions = 0;
    for (int set = 0; set < 1 << lines.size(); set++) {
      List<long[]> chosen = new ArrayList<>();
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
  private static int rank(List<long[]> rows) {
    List<BigInteger[]> left = new ArrayList<>();
    for (long[] row : rows) {
      BigInteger[] big = new BigInteger[row.length];
      java.util.Arrays.setAll(big, k -> BigInteger.valueOf(row[k]));
      left.add(big);
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
