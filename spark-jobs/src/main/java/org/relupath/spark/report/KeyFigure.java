package org.relupath.spark.report;

import java.util.Objects;

/**
 * One line of the table at the top of a report.
 *
 * @param name what it is, as plain text
 * @param value as plain text
 */
public record KeyFigure(String name, String value) {

  /** Refuses null. */
  public KeyFigure {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
  }

  /** A number, with four significant digits; a dash for null. */
  public static KeyFigure of(String name, Double value) {
    return new KeyFigure(name, Numbers.text(value));
  }

  /** A whole number, with all its digits; a dash for null. */
  public static KeyFigure count(String name, Integer value) {
    return new KeyFigure(name, value == null ? Numbers.NONE : value.toString());
  }

  /** A whole number, with all its digits. */
  public static KeyFigure of(String name, long value) {
    return new KeyFigure(name, Long.toString(value));
  }
}
