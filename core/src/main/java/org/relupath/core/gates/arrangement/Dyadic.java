package org.relupath.core.gates.arrangement;

import java.math.BigInteger;
import org.relupath.core.data.Matrix;

/**
 * The doubles of X as whole numbers: every column times the power of two that makes them so, which
 * no pattern and no dependence of rows notices.
 */
final class Dyadic {
  private static final int FRACTION = 52;

  private Dyadic() {}

  /** For each column the exponent of its last bit: entries are whole multiples of 2^exponent. */
  static int[] exponents(Matrix x) {
    int[] exponents = new int[x.columns()];
    for (int k = 0; k < exponents.length; k++) {
      int least = Integer.MAX_VALUE;
      for (int r = 0; r < x.rows(); r++) {
        double value = x.get(r, k);
        if (value != 0) {
          least = Math.min(least, last(value) + Long.numberOfTrailingZeros(mantissa(value)));
        }
      }
      exponents[k] = least == Integer.MAX_VALUE ? 0 : least;
    }
    return exponents;
  }

  /** value / 2^exponent, a whole number. */
  static BigInteger whole(double value, int exponent) {
    if (value == 0) {
      return BigInteger.ZERO;
    }
    long signed = value < 0 ? -mantissa(value) : mantissa(value);
    int shift = last(value) - exponent;
    return shift >= 0
        ? BigInteger.valueOf(signed).shiftLeft(shift)
        : BigInteger.valueOf(signed >> -shift);
  }

  private static int last(double value) {
    return Math.max(Math.getExponent(value), Double.MIN_EXPONENT) - FRACTION;
  }

  private static long mantissa(double value) {
    long fraction = Double.doubleToRawLongBits(value) & (1L << FRACTION) - 1;
    return Math.getExponent(value) < Double.MIN_EXPONENT ? fraction : fraction | 1L << FRACTION;
  }

  /** log2 |v|; v is not zero. */
  static double log2(BigInteger v) {
    int shift = Math.max(0, v.bitLength() - 62);
    return shift + Math.log(Math.abs((double) v.shiftRight(shift).longValue())) / Math.log(2);
  }

  /** v 2^exponent to within 2^-52 of itself, or 2^-1022. */
  static double scaled(BigInteger v, int exponent) {
    int shift = Math.max(0, v.bitLength() - 62);
    return scalb(v.shiftRight(shift).longValue(), (long) shift + exponent);
  }

  private static double scalb(double value, long exponent) {
    return Math.scalb(value, (int) Math.max(-3000, Math.min(3000, exponent)));
  }

  /** A row as doubles of the largest magnitude in [1/2, 1], each to within 2^-52 of itself. */
  static double[] rounded(BigInteger[] row) {
    int bits = 0;
    for (BigInteger v : row) {
      bits = Math.max(bits, v.bitLength());
    }
    double[] rounded = new double[row.length];
    for (int k = 0; k < row.length; k++) {
      rounded[k] = scaled(row[k], -bits);
    }
    return rounded;
  }
}
