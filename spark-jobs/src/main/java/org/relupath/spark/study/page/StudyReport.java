package org.relupath.spark.study.page;

import java.util.List;
import java.util.Objects;
import org.relupath.spark.report.KeyFigure;

/**
 * What the report of a study says.
 *
 * @param title heading; plain text
 * @param figures the table of key figures, in order
 * @param paths how many paths were solved, >= 1
 * @param rows how many networks they have
 * @param missed how many of these miss the tolerance
 * @param worstGap the largest certified relative gap
 * @param tolerance the one that was asked for
 * @param curves one for each data set, model and number of gates; those of a data set together
 */
public record StudyReport(
    String title,
    List<KeyFigure> figures,
    int paths,
    long rows,
    long missed,
    double worstGap,
    double tolerance,
    List<StudyCurve> curves) {

  /** Copies the lists. */
  public StudyReport {
    Objects.requireNonNull(title, "title");
    figures = List.copyOf(figures);
    curves = List.copyOf(curves);
  }
}
