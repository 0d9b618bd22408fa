package org.relupath.spark.io;

import java.util.List;
import java.util.stream.Collectors;

/** Texts of users and files as messages show them: on one line, without effect on a terminal. */
public final class Shown {
  /** Characters of a message at most; what is longer keeps its beginning and its end. */
  public static final int MOST = 500;

  private static final int VALUE = 40;
  private static final int FEW = 5;

  private Shown() {}

  /**
   * A message as one line of at most {@link #MOST} characters: control characters, line ends, marks
   * that turn the direction of text and halves of characters are written as escapes.
   */
  public static String line(String message) {
    return cut(escaped(message), MOST);
  }

  /** A value of a file or an option, shortened. */
  public static String value(String text) {
    return cut(text, VALUE);
  }

  /** The first few of some texts, shortened, and dots for the others. */
  public static String values(List<String> texts) {
    String first = texts.stream().limit(FEW).map(Shown::value).collect(Collectors.joining(", "));
    return texts.size() > FEW ? first + ", ..." : first;
  }

  private static String cut(String text, int most) {
    int half = (most - 5) / 2;
    return text.length() <= most
        ? text
        : text.substring(0, half) + " ... " + text.substring(text.length() - half);
  }

  private static String escaped(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\n' -> shown.append("\\n");
                case '\r' -> shown.append("\\r");
                case '\t' -> shown.append("\\t");
                default -> {
                  switch (Character.getType(c)) {
                    case Character.CONTROL,
                        Character.FORMAT,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR,
                        Character.SURROGATE,
                        Character.UNASSIGNED ->
                        shown.append(String.format("\\u%04x", c));
                    default -> shown.appendCodePoint(c);
                  }
                }
              }
            });
    return shown.toString();
  }
}
