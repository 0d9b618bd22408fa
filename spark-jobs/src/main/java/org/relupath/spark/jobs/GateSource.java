package org.relupath.spark.jobs;

import org.relupath.spark.io.BadInputException;

/**
 * Where gates come from.
 *
 * @param kind the way
 * @param file the gate file's path for {@link Kind#FILE}, else null
 * @param limit patterns at most for {@link Kind#EXHAUSTIVE}
 */
public record GateSource(Kind kind, String file, int limit) implements java.io.Serializable {
  private static final long serialVersionUID = 1L;

  /** The ways of getting gates. */
  public enum Kind {
    /** Independent standard normal vectors. */
    GAUSSIAN,
    /** Thresholds on one or two features. */
    SPARSE,
    /** Read from a file. */
    FILE,
    /** One for every pattern that X has. */
    EXHAUSTIVE
  }

  /** Reads {@code gaussian}, {@code sparse}, {@code exhaustive}, {@code file:PATH}. */
  static GateSource of(Values values) {
    String text = String.valueOf(values.text("gate-source"));
    int limit = (int) values.whole("enumeration-limit", 0, Integer.MAX_VALUE);
    if (text.startsWith("file:") && text.length() > "file:".length()) {
      return new GateSource(Kind.FILE, text.substring("file:".length()), limit);
    }
    return switch (text) {
      case "gaussian" -> new GateSource(Kind.GAUSSIAN, null, limit);
      case "sparse" -> new GateSource(Kind.SPARSE, null, limit);
      case "exhaustive" -> new GateSource(Kind.EXHAUSTIVE, null, limit);
      default -> throw refused(values);
    };
  }

  private static BadInputException refused(Values values) {
    return values.refusal("gate-source", "gaussian, sparse, exhaustive or file:PATH");
  }
}
