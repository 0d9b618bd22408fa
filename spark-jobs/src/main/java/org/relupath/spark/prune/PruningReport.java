package org.relupath.spark.prune;

import java.util.List;
import java.util.Objects;
import org.relupath.core.program.Model;
import org.relupath.spark.report.KeyFigure;

/**
 * What the report of pruning says: how small an optimal network can be, and what smaller ones cost.
 *
 * @param title heading, such as the name of the data set; plain text
 * @param figures the table of key figures, in order
 * @param model which convex program
 * @param lambda the regularization
 * @param optimum the objective that pruning begins with, >= 0
 * @param width neurons of the network that exact pruning began with
 * @param minimalWidth neurons of the exact minimal network
 * @param objectiveChange relative change of the objective by exact pruning
 * @param smallestProven whether no optimal network is smaller
 * @param proof what shows that, such as {@code all vertices were enumerated}; plain text
 * @param lines the ways to prune, in order
 */
public record PruningReport(
    String title,
    List<KeyFigure> figures,
    Model model,
    double lambda,
    double optimum,
    int width,
    int minimalWidth,
    double objectiveChange,
    boolean smallestProven,
    String proof,
    List<PruningLine> lines) {

  /** Copies the lists and checks the ranges. */
  public PruningReport {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(proof, "proof");
    figures = List.copyOf(figures);
    lines = List.copyOf(lines);
    if (!(optimum >= 0)) {
      throw new IllegalArgumentException("optimum is " + optimum + ", expected >= 0");
    }
    if (minimalWidth < 0 || minimalWidth > width) {
      throw new IllegalArgumentException(
          "minimalWidth is " + minimalWidth + ", expected from 0 to width " + width);
    }
  }
}
