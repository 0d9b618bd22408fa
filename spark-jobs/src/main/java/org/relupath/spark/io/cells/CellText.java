package org.relupath.spark.io.cells;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What texts of cells stand for, blanks around them left aside. */
public final class CellText {
  /** Texts of cells that are missing, beside the empty one. */
  private static final Set<String> MISSING =
      Set.of("NA", "N/A", "NaN", "nan", "NAN", "null", "NULL", "Null", "?");

  private static final Pattern DATE =
      Pattern.compile(
          "((?:\\d{4}|[+-]\\d{4,9})-\\d{2}-\\d{2})(?:[T ](\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?)Z?)?");

  private static final double SECONDS = 86_400;
  private static final double NANOSECONDS = 1e9;

  private CellText() {}

  /** All texts of cells that are missing, in order; blanks around them and in them aside. */
  public static List<String> missing() {
    return Stream.concat(Stream.of(""), MISSING.stream()).sorted().toList();
  }

  /** Whether a cell is missing. */
  static boolean isMissing(String text) {
    return text.isBlank() || MISSING.contains(text);
  }

  /** 0 for false, 1 for true, in whatever case; NaN for another text. */
  static double truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "false" -> 0;
      case "true" -> 1;
      default -> Double.NaN;
    };
  }

  /**
   * Days since 1970-01-01T00:00 UTC of a date as ISO 8601 has it: yyyy-MM-dd, a year beyond 9999 or
   * before 0 with its sign, alone or with a time HH:mm or HH:mm:ss behind a T or a blank, which is
   * taken for UTC; NaN for another text.
   */
  static double days(String text) {
    Matcher matcher = DATE.matcher(text);
    if (!matcher.matches()) {
      return Double.NaN;
    }
    try {
      LocalDate date = LocalDate.parse(matcher.group(1));
      String time = matcher.group(2);
      return days(date.atTime(time == null ? LocalTime.MIDNIGHT : LocalTime.parse(time)));
    } catch (DateTimeParseException e) {
      return Double.NaN;
    }
  }

  private static double days(LocalDateTime time) {
    LocalTime own = time.toLocalTime();
    double seconds = own.toSecondOfDay() + own.getNano() / NANOSECONDS;
    return time.toLocalDate().toEpochDay() + seconds / SECONDS;
  }

  /** A time as {@link #days} reads it. */
  public static String of(LocalDateTime time) {
    return time.toString();
  }

  /** An instant as {@link #days} reads it: seconds since 1970-01-01T00:00 UTC, and nanoseconds. */
  public static String of(long seconds, int nanoseconds) {
    return of(LocalDateTime.ofEpochSecond(seconds, nanoseconds, ZoneOffset.UTC));
  }

  /** A number as people write it: whole ones without a point. */
  public static String of(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }
}
