package org.relupath.spark.result.page;

import java.util.List;
import java.util.Objects;
import org.relupath.core.program.Model;
import org.relupath.spark.report.KeyFigure;
import org.relupath.spark.report.Scores;
import org.relupath.spark.train.GlobalGap;

/**
 * What the report of a fit says.
 *
 * @param title heading, such as the name of the data set; plain text
 * @param figures the table of key figures, in order; those that follow from {@code point} are added
 * @param model which convex program
 * @param meanLoss whether the loss is 1/(2n) rather than 1/2 times the squared error
 * @param tolerance the relative gap that was asked for, > 0
 * @param global how far from all networks, of any width and with any patterns; of a path the worst
 * @param point the fitted lambda
 * @param neurons the neurons of the network, in any order
 * @param labels the two values of the label, smaller first, as plain text; else empty
 * @param train scores of the training rows
 * @param held scores of the held-out rows; null where there are none
 */
public record FitReport(
    String title,
    List<KeyFigure> figures,
    Model model,
    boolean meanLoss,
    double tolerance,
    GlobalGap global,
    PathPoint point,
    List<Neuron> neurons,
    List<String> labels,
    Scores train,
    Scores held) {

  /** Copies the lists and checks the labels. */
  public FitReport {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(global, "global");
    Objects.requireNonNull(point, "point");
    Objects.requireNonNull(train, "train");
    figures = List.copyOf(figures);
    neurons = List.copyOf(neurons);
    labels = List.copyOf(labels);
    if (!labels.isEmpty() && labels.size() != 2) {
      throw new IllegalArgumentException("labels are two or none, got " + labels.size());
    }
  }
}
