package org.relupath.core.data;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** A number that a date or time stands for, of days since 1970-01-01T00:00 UTC. */
public enum DatePart {
  /** Days since 1970-01-01T00:00, with fractions. */
  DAYS,
  /** The year, such as 2024. */
  YEAR,
  /** The month, 1 to 12. */
  MONTH,
  /** The day of the month, 1 to 31. */
  DAY,
  /** The day of the week, 1 (Monday) to 7. */
  WEEKDAY,
  /** The hour of the day with its fraction, from 0 to below 24. */
  HOUR;

  private static final double SECONDS = 86_400;

  /** Its value, to the nearest second but for {@link #DAYS}, which are as they are. */
  double of(double days) {
    if (this == DAYS) {
      return days;
    }
    long second = Math.round(days * SECONDS);
    LocalDateTime time = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
    return switch (this) {
      case YEAR -> time.getYear();
      case MONTH -> time.getMonthValue();
      case DAY -> time.getDayOfMonth();
      case WEEKDAY -> time.getDayOfWeek().getValue();
      default -> time.toLocalTime().toSecondOfDay() / 3600.0;
    };
  }
}
