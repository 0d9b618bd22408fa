package org.relupath.spark.result.page;

import java.util.ArrayList;
import java.util.List;
import org.relupath.core.data.Label;
import org.relupath.spark.report.KeyFigure;
import org.relupath.spark.report.Numbers;
import org.relupath.spark.result.NetworkSummary;
import org.relupath.spark.result.RunSummary;

/** The table of key figures of a fit or a path. */
public final class RunFigures {
  private RunFigures() {}

  /**
   * The figures.
   *
   * @param title what the data is called
   * @param run where the work was done, or null
   * @param criterion what the status {@code optimal} means, or null
   * @param rowsDrawn how many training rows are drawn, where not all; else null
   */
  public static List<KeyFigure> of(
      String title, NetworkSummary summary, RunSummary run, String criterion, Integer rowsDrawn) {
    List<KeyFigure> figures = new ArrayList<>();
    figures.add(new KeyFigure("data", title));
    figures.add(KeyFigure.of("rows", summary.n()));
    if (summary.weight() != summary.n()) {
      figures.add(KeyFigure.of("weight of the rows", summary.weight()));
    }
    figures.add(KeyFigure.of("columns of X", summary.d()));
    figures.add(KeyFigure.of("gates drawn, read or found", summary.gates()));
    figures.add(KeyFigure.of("activation patterns", summary.distinctPatterns()));
    figures.add(KeyFigure.of("seed", summary.seed()));
    figures.add(new KeyFigure("engine", run == null ? Numbers.NONE : run.engine().label()));
    figures.add(new KeyFigure("status", Label.of(summary.status())));
    if (rowsDrawn != null) {
      figures.add(new KeyFigure("training rows in charts", rowsDrawn + " drawn"));
    }
    if (criterion != null) {
      figures.add(new KeyFigure("criterion", criterion));
    }
    figures.add(
        KeyFigure.of(
            "lower bound for all networks (" + summary.lowerBoundSource() + ")",
            summary.lowerBound()));
    figures.add(KeyFigure.of("λ_max, from which on the network is zero", summary.lambdaMax()));
    // Of a library its name alone: where it lies differs from machine to machine.
    summary
        .versions()
        .forEach(
            (name, version) -> figures.add(new KeyFigure(name, version.replaceAll("\\S*/", ""))));
    return figures;
  }
}
