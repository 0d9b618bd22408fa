package org.relupath.spark.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command, or a query of Spark SQL, on a page of the guide, and what the page says it prints.
 *
 * @param place the page and the line of the command
 * @param command for a shell, of several lines where these end in a backslash
 * @param printed the lines below it; in them {@code ...} stands for anything
 */
record Example(String place, String command, List<String> printed) {
  private static final String PROMPT = "    $ ";
  private static final String INDENT = "    ";
  private static final String FENCE = "```";

  /** How a query of Spark SQL begins. */
  static final String SQL = FENCE + "sql";

  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\w.])-?\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?");

  /** Relative: other libraries of BLAS round other last digits, which iterations carry on. */
  private static final double DIGITS = 1e-6;

  /** Numbers below this are what a solver stopped at: only their size is the same everywhere. */
  private static final double SMALL = 1e-5;

  /** The commands of a page, in its order. */
  static List<Example> of(Path page) throws IOException {
    List<String> lines = Files.readAllLines(page);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String place = page.getFileName() + ":" + (i + 1);
      if (lines.get(i).equals(SQL)) {
        int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf(FENCE);
        examples.add(new Example(place, String.join("\n", lines.subList(i, end)), List.of()));
      } else if (lines.get(i).startsWith(PROMPT)) {
        StringBuilder command = new StringBuilder(lines.get(i).substring(PROMPT.length()));
        while (command.charAt(command.length() - 1) == '\\') {
          command.append('\n').append(lines.get(++i).strip());
        }
        List<String> printed = new ArrayList<>();
        while (i + 1 < lines.size()
            && lines.get(i + 1).startsWith(INDENT)
            && !lines.get(i + 1).startsWith(PROMPT)) {
          printed.add(lines.get(++i).substring(INDENT.length()));
        }
        examples.add(new Example(place, command.toString(), printed));
      }
    }
    return examples;
  }

  /** Whether a line of the page is what was printed. */
  static boolean agree(String line, String printed) {
    StringBuilder regex = new StringBuilder();
    List<Double> expected = new ArrayList<>();
    for (String part : line.split("\\.\\.\\.", -1)) {
      regex.append(regex.isEmpty() ? "" : ".*");
      int end = 0;
      for (MatchResult number : NUMBER.matcher(part).results().toList()) {
        regex.append(Pattern.quote(part.substring(end, number.start())));
        regex.append('(').append(NUMBER.pattern()).append(')');
        expected.add(Double.parseDouble(number.group()));
        end = number.end();
      }
      regex.append(Pattern.quote(part.substring(end)));
    }
    Matcher matcher = Pattern.compile(regex.toString()).matcher(printed);
    if (!matcher.matches()) {
      return false;
    }
    for (int g = 0; g < expected.size(); g++) {
      if (!close(expected.get(g), Double.parseDouble(matcher.group(g + 1)))) {
        return false;
      }
    }
    return true;
  }

  private static boolean close(double expected, double actual) {
    double small = Math.min(Math.abs(expected), Math.abs(actual));
    double large = Math.max(Math.abs(expected), Math.abs(actual));
    return Math.abs(expected - actual) <= DIGITS * large
        || (large < SMALL && expected * actual > 0 && large <= 10 * small);
  }
}
