package org.relupath.spark.config;

import java.io.Serializable;

/**
 * Where gates come from.
 *
 * @param kind the way
 * @param file the gate file's path for {@link Kind#FILE}, else null
 * @param limit patterns at most for {@link Kind#EXHAUSTIVE}
 * @param search how to look for patterns for {@link Kind#ADAPTIVE}
 */
public record GateSource(Kind kind, String file, int limit, Search search) implements Serializable {
  /**
   * How to look for patterns.
   *
   * @param starts random directions, and rows, that a search climbs from
   * @param tolerance the relative gap that the patterns found may leave
   */
  public record Search(int starts, double tolerance) implements Serializable {}

  /** The ways of getting gates. */
  public enum Kind {
    /** Independent standard normal vectors. */
    GAUSSIAN,
    /** Thresholds on one or two features. */
    SPARSE,
    /** Read from a file. */
    FILE,
    /** Of patterns found where the residual asks for them. */
    ADAPTIVE,
    /** One for every pattern that X has. */
    EXHAUSTIVE
  }

  /** Whether gates are found as the solve goes on. */
  public boolean adapts() {
    return kind == Kind.ADAPTIVE;
  }

  /**
   * Reads {@code gaussian}, {@code sparse}, {@code adaptive}, {@code exhaustive}, {@code
   * file:PATH}.
   */
  static GateSource of(Values values) {
    String text = String.valueOf(values.path("gate-source"));
    int limit = (int) values.whole("enumeration-limit", 0, Integer.MAX_VALUE);
    Search search =
        new Search(values.count("search-starts"), values.requiredFraction("search-tolerance"));
    if (text.startsWith("file:") && text.length() > "file:".length()) {
      return new GateSource(Kind.FILE, text.substring("file:".length()), limit, search);
    }
    Kind kind =
        switch (text.strip()) {
          case "gaussian" -> Kind.GAUSSIAN;
          case "sparse" -> Kind.SPARSE;
          case "adaptive" -> Kind.ADAPTIVE;
          case "exhaustive" -> Kind.EXHAUSTIVE;
          default ->
              throw values.refusal(
                  "gate-source", "gaussian, sparse, adaptive, exhaustive or file:PATH");
        };
    return new GateSource(kind, null, limit, search);
  }
}
