package org.relupath.spark.io;

/** The text of one value, read as a finite number or refused. */
final class Cell {
  private Cell() {}

  /**
   * The number that a cell holds.
   *
   * @throws BadCellException if it is empty, text, NaN or infinite
   */
  static double number(String column, String text) throws BadCellException {
    String trimmed = text.trim();
    if (trimmed.isEmpty()) {
      throw new BadCellException(column, "is empty, expected a number");
    }
    // Java would also read suffixes and hexadecimal, which no other reader of such a file does.
    boolean plain = trimmed.chars().allMatch(c -> "+-.0123456789eE".indexOf(c) >= 0);
    if (!plain) {
      throw new BadCellException(column, describe(trimmed));
    }
    double value;
    try {
      value = Double.parseDouble(trimmed);
    } catch (NumberFormatException e) {
      throw new BadCellException(column, describe(trimmed));
    }
    return finite(column, value);
  }

  /** The value itself, or a refusal where it is NaN or infinite. */
  static double finite(String column, double value) throws BadCellException {
    if (!Double.isFinite(value)) {
      throw new BadCellException(column, "is " + value + ", expected a finite number");
    }
    return value;
  }

  private static String describe(String text) {
    String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
    return "is '" + shown + "', expected a finite number (--features leaves a column out)";
  }
}
