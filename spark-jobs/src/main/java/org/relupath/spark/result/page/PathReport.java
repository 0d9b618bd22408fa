package org.relupath.spark.result.page;

import java.util.List;
import java.util.Objects;
import org.relupath.core.program.Model;
import org.relupath.spark.report.KeyFigure;
import org.relupath.spark.train.GlobalGap;

/**
 * What the report of a path says.
 *
 * @param title heading, such as the name of the data set; plain text
 * @param figures the table of key figures, in order; those that follow from {@code points} are
 *     added
 * @param model which convex program
 * @param meanLoss whether the loss is 1/(2n) rather than 1/2 times the squared error
 * @param tolerance the relative gap that was asked for, > 0
 * @param global how far from all networks, of any width and with any patterns; of a path the worst
 * @param points at least one, largest lambda first
 * @param chosenIndex the chosen lambda, a position in {@code points}
 * @param chosenBy why it was chosen, such as {@code smallest held-out MSE}; plain text
 * @param blockNorms the non-zero block norms, in any order
 */
public record PathReport(
    String title,
    List<KeyFigure> figures,
    Model model,
    boolean meanLoss,
    double tolerance,
    GlobalGap global,
    List<PathPoint> points,
    int chosenIndex,
    String chosenBy,
    List<BlockNorm> blockNorms) {

  /** Copies the lists and checks the positions. */
  public PathReport {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(global, "global");
    Objects.requireNonNull(chosenBy, "chosenBy");
    figures = List.copyOf(figures);
    points = List.copyOf(points);
    blockNorms = List.copyOf(blockNorms);
    if (points.isEmpty()) {
      throw new IllegalArgumentException("points is empty, expected at least one lambda");
    }
    if (chosenIndex < 0 || chosenIndex >= points.size()) {
      throw new IllegalArgumentException(
          "chosenIndex is " + chosenIndex + ", expected below " + points.size());
    }
    for (BlockNorm entry : blockNorms) {
      if (entry.lambdaIndex() < 0 || entry.lambdaIndex() >= points.size()) {
        throw new IllegalArgumentException(
            "lambdaIndex is " + entry.lambdaIndex() + ", expected below " + points.size());
      }
    }
  }

  /** The chosen lambda. */
  public PathPoint chosen() {
    return points.get(chosenIndex);
  }
}
