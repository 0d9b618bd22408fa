package org.relupath.core.gates.arrangement;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Vectors;

/**
 * The central arrangement of the hyperplanes {z : x_r'z = 0} in coordinates of the row space of X,
 * where its cells are pointed cones; and the way from there back to the rows and columns of X.
 *
 * <p>Rows are on one line where their doubles are, exactly; no distance is small enough otherwise.
 */
final class Arrangement implements java.io.Serializable {
  /** Row r is side[r] times a positive multiple of row line[r]; a zero row has side 0. */
  private final int[] line;

  private final int[] side;
  private final IntegerRows lines;

  /** Columns of X are whole multiples of 2^exponent. */
  private final int[] exponents;

  private Arrangement(int[] line, int[] side, IntegerRows lines, int[] exponents) {
    this.line = line;
    this.side = side;
    this.lines = lines;
    this.exponents = exponents;
  }

  /** The arrangement of the rows of X. */
  static Arrangement of(Matrix x) {
    return within(x, BigInteger.ONE.shiftLeft(x.rows() + 1)).orElseThrow();
  }

  /** The arrangement of the rows of X, empty where it may have more cells than the limit. */
  static Optional<Arrangement> within(Matrix x, BigInteger limit) {
    int[] exponents = Dyadic.exponents(x);
    Lines lines = new Lines(x.rows());
    Elimination span = new Elimination();
    for (int r = 0; r < x.rows(); r++) {
      BigInteger[] row = new BigInteger[x.columns()];
      for (int k = 0; k < row.length; k++) {
        row[k] = Dyadic.whole(x.get(r, k), exponents[k]);
      }
      if (lines.place(r, row)) {
        span.append(lines.last());
        if (PatternEnumeration.bound(lines.count(), span.rank()).compareTo(limit) > 0) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(lines.arrangement(exponents));
  }

  /** Rows by the lines that they are on. */
  private static final class Lines {
    private final int[] line;
    private final int[] side;
    private final List<BigInteger[]> distinct = new ArrayList<>();
    private final Map<List<BigInteger>, Integer> number = new HashMap<>();

    Lines(int rows) {
      this.line = new int[rows];
      this.side = new int[rows];
    }

    /** Places a row; whether its line is a new one. */
    boolean place(int r, BigInteger[] row) {
      BigInteger[] primitive = Elimination.primitive(row);
      int first = 0;
      while (first < row.length && row[first].signum() == 0) {
        first++;
      }
      if (first == row.length) {
        return false;
      }
      side[r] = row[first].signum();
      BigInteger[] positive = primitive.clone();
      if (side[r] < 0) {
        Arrays.setAll(positive, k -> primitive[k].negate());
      }
      Integer known = number.putIfAbsent(List.of(positive), distinct.size());
      line[r] = known == null ? distinct.size() : known;
      if (known == null) {
        distinct.add(positive);
      }
      return known == null;
    }

    int count() {
      return distinct.size();
    }

    BigInteger[] last() {
      return distinct.get(distinct.size() - 1);
    }

    Arrangement arrangement(int[] exponents) {
      return new Arrangement(line, side, IntegerRows.of(distinct, exponents), exponents);
    }
  }

  /** r. */
  int rank() {
    return lines.rank();
  }

  /** The distinct hyperplanes, in the order of their first rows. */
  IntegerRows lines() {
    return lines;
  }

  /** The rows that are zero, and so tight everywhere. */
  BitSet zeroRows() {
    BitSet zero = new BitSet();
    for (int r = 0; r < side.length; r++) {
      zero.set(r, side[r] == 0);
    }
    return zero;
  }

  /** 1[X z >= 0] for z in the cell on the given sides of the hyperplanes. */
  long[] pattern(BitSet cell) {
    long[] bits = new long[(side.length + 63) / 64];
    for (int r = 0; r < side.length; r++) {
      if (side[r] == 0 || side[r] > 0 == cell.get(line[r])) {
        bits[r >> 6] |= 1L << r;
      }
    }
    return bits;
  }

  /** The pattern of the cell opposite to one: the other rows active, and the zero ones. */
  long[] mirrored(long[] bits) {
    long[] mirrored = new long[bits.length];
    for (int r = 0; r < side.length; r++) {
      if (side[r] == 0 || (bits[r >> 6] >>> r & 1L) == 0) {
        mirrored[r >> 6] |= 1L << r;
      }
    }
    return mirrored;
  }

  /** A vector of length one in R^d, but for rounding in the direction of z. */
  double[] embed(double[] z) {
    double[] gate = lines.embed(z);
    double most = 0;
    for (double g : gate) {
      most = Math.max(most, Math.abs(g));
    }
    if (most > 0) {
      Vectors.scale(Math.scalb(1.0, -Math.getExponent(most)), gate, 0, gate.length);
      Vectors.scale(1 / Vectors.norm(gate), gate, 0, gate.length);
    }
    return gate;
  }

  /**
   * A vector of R^d in the direction of a multiple of z, each entry rounded once: other multiples
   * are rounded to other directions.
   */
  double[] rounded(BigInteger[] z, long multiple) {
    BigInteger[] whole = lines.embed(z);
    long top = Long.MIN_VALUE;
    for (int k = 0; k < whole.length; k++) {
      whole[k] = whole[k].multiply(BigInteger.valueOf(multiple));
      if (whole[k].signum() != 0) {
        top = Math.max(top, (long) whole[k].bitLength() - exponents[k]);
      }
    }
    double[] gate = new double[whole.length];
    for (int k = 0; k < gate.length; k++) {
      gate[k] = Dyadic.scaled(whole[k], Math.toIntExact(-exponents[k] - top));
    }
    return gate;
  }

  /** Every cell, as the set of hyperplanes on whose positive side it is. */
  List<BitSet> signs() {
    return LocalCells.of(lines).stream().map(LocalCells.LocalCell::positive).toList();
  }

  /** The arrangement on one of the hyperplanes, on which its rows are zero. */
  Arrangement restrict(int hyperplane) {
    BigInteger[][] across = lines.across(hyperplane);
    Lines restricted = new Lines(side.length);
    for (int r = 0; r < side.length; r++) {
      if (side[r] != 0) {
        restricted.place(r, across[line[r]]);
        restricted.side[r] *= side[r];
      }
    }
    return restricted.arrangement(new int[lines.rank() - 1]);
  }
}
