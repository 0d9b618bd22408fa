package org.relupath.core.data;

import com.fasterxml.jackson.core.io.NumberInput;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The one grammar of numbers, in options, configurations and files: decimal or scientific notation
 * in ASCII, such as {@code -12}, {@code .5} or {@code 1e-8}, between blanks and tabs or without.
 *
 * <p>No NaN, no infinity, no hexadecimal digits, no suffixes, no separators of thousands, and no
 * digits of other scripts. A number beyond the largest double, or one that is not zero and below
 * the smallest, is none either: it would be read as another one.
 */
public final class NumberText {
  private static final Pattern GRAMMAR =
      Pattern.compile("[ \\t]*[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?[ \\t]*");

  /** Powers of ten that are doubles. */
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  /** Digits that a long holds, whatever they are. */
  private static final int LONG_DIGITS = 18;

  private NumberText() {}

  /**
   * The number that a text stands for, rounded to the nearest double.
   *
   * @return NaN where it stands for none
   */
  public static double parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return parse(bytes, 0, bytes.length);
  }

  /** The number that the bytes from {@code from} to before {@code to} stand for; NaN for none. */
  public static double parse(byte[] text, int from, int to) {
    int i = from;
    int end = to;
    while (i < end && isBlank(text[i])) {
      i++;
    }
    while (end > i && isBlank(text[end - 1])) {
      end--;
    }
    int start = i;
    boolean negative = i < end && text[i] == '-';
    if (negative || (i < end && text[i] == '+')) {
      i++;
    }
    long mantissa = 0;
    int digits = 0;
    int exponent = 0;
    int first = i;
    int point = -1;
    for (; i < end; i++) {
      int c = text[i];
      if (c >= '0' && c <= '9') {
        if (digits < LONG_DIGITS) {
          mantissa = 10 * mantissa + (c - '0');
        }
        if (mantissa != 0) {
          digits++;
        }
        if (point >= 0) {
          exponent--;
        }
      } else if (c == '.' && point < 0) {
        point = i;
      } else {
        break;
      }
    }
    if (i - first - (point < 0 ? 0 : 1) == 0) {
      return Double.NaN;
    }
    if (i < end) {
      if (text[i] != 'e' && text[i] != 'E') {
        return Double.NaN;
      }
      i++;
      boolean down = i < end && text[i] == '-';
      if (down || (i < end && text[i] == '+')) {
        i++;
      }
      int written = 0;
      if (i == end) {
        return Double.NaN;
      }
      for (; i < end; i++) {
        int c = text[i];
        if (c < '0' || c > '9') {
          return Double.NaN;
        }
        // Beyond any double already, however many digits follow.
        written = Math.min(10 * written + (c - '0'), 100_000_000);
      }
      exponent += down ? -written : written;
    }
    if (mantissa == 0) {
      return negative ? -0.0 : 0.0;
    }
    double value;
    if (digits <= LONG_DIGITS && mantissa <= 1L << 53 && Math.abs(exponent) < POWERS.length) {
      // Both are exact, so that one operation rounds once.
      double unsigned = exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
      value = negative ? -unsigned : unsigned;
    } else {
      value =
          NumberInput.parseDouble(
              new String(text, start, end - start, StandardCharsets.ISO_8859_1), true);
    }
    return value == 0 || Double.isInfinite(value) ? Double.NaN : value;
  }

  private static boolean isBlank(byte c) {
    return c == ' ' || c == '\t';
  }

  /**
   * The whole number that a text stands for: an optional sign and digits.
   *
   * @throws NumberFormatException if it stands for none, or for one beyond a long
   */
  public static long whole(String text) {
    String trimmed = text.strip();
    if (!trimmed.chars().allMatch(c -> c < 128)) {
      throw new NumberFormatException(trimmed);
    }
    return Long.parseLong(trimmed);
  }

  /** Whether it is only its size that keeps a text from being a number. */
  public static boolean isBeyondDoubles(String text) {
    return GRAMMAR.matcher(text).matches() && Double.isNaN(parse(text));
  }
}
