package org.relupath.spark.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as people read them and can paste: few digits, large and small ones as in 1e-8. */
public final class Numbers {
  /** What stands for a number that was not computed. */
  public static final String NONE = "–";

  private Numbers() {}

  /** Four significant digits; outside [0.001, 100000) as in 1e-8; a dash for null. */
  public static String text(Double value) {
    return value == null ? NONE : text(value.doubleValue(), 4);
  }

  /** The given number of significant digits, without trailing zeros. */
  public static String text(double value, int digits) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? NONE : value > 0 ? "∞" : "-∞";
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded =
        BigDecimal.valueOf(Math.abs(value)).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    int exponent = rounded.precision() - rounded.scale() - 1;
    String sign = value < 0 ? "-" : "";
    if (exponent >= -3 && exponent < 5) {
      return sign + plain(rounded);
    }
    return sign + plain(rounded.movePointLeft(exponent)) + "e" + exponent;
  }

  private static String plain(BigDecimal value) {
    return value.stripTrailingZeros().toPlainString();
  }

  /** A share as a percentage; a dash for null. */
  public static String percent(Double share) {
    return share == null ? NONE : text(100 * share, 4) + " %";
  }
}
