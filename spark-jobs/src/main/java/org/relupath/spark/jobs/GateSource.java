package org.relupath.spark.jobs;

import org.relupath.spark.io.BadInputException;

/**
 * Where gates come from.
 *
 * @param kind the way
 * @param file the gate file's path for {@link Kind#FILE}, else null
 */
public record GateSource(Kind kind, String file) {

  /** The ways of getting gates. */
  public enum Kind {
    /** Independent standard normal vectors. */
    GAUSSIAN,
    /** Thresholds on one or two features. */
    SPARSE,
    /** Read from a file. */
    FILE
  }

  /** Reads {@code gaussian}, {@code sparse}, {@code file:PATH}. */
  static GateSource of(Values values) {
    String text = String.valueOf(values.text("gate-source"));
    if (text.startsWith("file:") && text.length() > "file:".length()) {
      return new GateSource(Kind.FILE, text.substring("file:".length()));
    }
    return switch (text) {
      case "gaussian" -> new GateSource(Kind.GAUSSIAN, null);
      case "sparse" -> new GateSource(Kind.SPARSE, null);
      default -> throw refused(values);
    };
  }

  private static BadInputException refused(Values values) {
    return values.refusal("gate-source", "gaussian, sparse or file:PATH");
  }
}
