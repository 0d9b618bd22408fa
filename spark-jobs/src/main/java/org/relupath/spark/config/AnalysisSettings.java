package org.relupath.spark.config;

/**
 * What is asked about all optimal networks, beside one of them.
 *
 * @param analyze whether fits and paths give dimension, uniqueness, sensitivities and events
 * @param lambdaIndex which lambda of a path to look at; null for all of them
 * @param columns which blocks an optimal network may use
 * @param vertices how many vertices of the optimal set to list at most
 * @param samples how many members of the optimal set to draw
 * @param enumerationLimit how many patterns an audit may enumerate at most for an exact bound
 */
public record AnalysisSettings(
    boolean analyze,
    Integer lambdaIndex,
    Columns columns,
    int vertices,
    int samples,
    int enumerationLimit)
    implements java.io.Serializable {
  /** Which blocks an optimal network may use. */
  public enum Columns {
    /** The whole equicorrelation set. */
    ALL,
    /** The support of the one solution that was found, as the published code does. */
    SUPPORT
  }

  static AnalysisSettings of(Values values) {
    boolean one = values.text("lambda-index") != null;
    return new AnalysisSettings(
        values.flag("analyze"),
        one ? (Integer) (int) values.whole("lambda-index", 0, Integer.MAX_VALUE) : null,
        values.choice("columns", Columns.class),
        values.count("vertices"),
        (int) values.whole("samples", 0, Integer.MAX_VALUE),
        (int) values.whole("enumeration-limit", 0, Integer.MAX_VALUE));
  }
}
