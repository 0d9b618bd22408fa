package org.relupath.spark.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.regex.Pattern;

/** Text inside markup. */
public final class Html {
  /** Characters that mean nothing to markup or to addresses. */
  private static final Pattern OTHER_PAGE =
      Pattern.compile("[A-Za-z0-9_-]+/[A-Za-z0-9._-]+/report\\.html");

  private Html() {}

  /** Escapes what markup would read otherwise, in text and in attributes of either quote. */
  public static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> append(escaped, c));
    return escaped.toString();
  }

  private static void append(StringBuilder escaped, int c) {
    switch (c) {
      case '&' -> escaped.append("&amp;");
      case '<' -> escaped.append("&lt;");
      case '>' -> escaped.append("&gt;");
      case '"' -> escaped.append("&quot;");
      case '\'' -> escaped.append("&#39;");
      default -> escaped.appendCodePoint(printable(c) ? c : 0xFFFD);
    }
  }

  /** A cell of a table; the name of another page of the run is a link to it. */
  static String cell(String text) {
    return OTHER_PAGE.matcher(text).matches()
        ? "<a href=\"" + text + "\">" + text + "</a>"
        : escape(text);
  }

  /** Escapes a sentence; a number such as 1e-8 stays on one line. */
  static String prose(String text) {
    return escape(text).replaceAll("[0-9.]+e-[0-9]+", "<span class=\"number\">$0</span>");
  }

  /** A value as json that markup can hold: what it would read is written as code points. */
  static String json(JsonNode value) {
    StringBuilder text = new StringBuilder();
    value
        .toString()
        .codePoints()
        .forEach(
            c -> {
              if (c == '<' || c == '>' || c == '&' || !printable(c)) {
                for (char half : Character.toChars(c)) {
                  text.append(String.format(Locale.ROOT, "\\u%04x", (int) half));
                }
              } else {
                text.appendCodePoint(c);
              }
            });
    return text.toString();
  }

  private static boolean printable(int c) {
    return c == '\t'
        || c == '\n'
        || (c >= 0x20 && c < 0x7F)
        || (c > 0x9F && c < 0xD800)
        || (c > 0xDFFF && c < 0xFFFE)
        || c > 0xFFFF;
  }
}
