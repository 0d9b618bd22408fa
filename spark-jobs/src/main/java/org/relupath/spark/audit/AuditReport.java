package org.relupath.spark.audit;

import java.util.List;
import java.util.Objects;
import org.relupath.core.program.Model;
import org.relupath.spark.report.KeyFigure;

/**
 * What the report of an audit says: whether a network trained anywhere is a critical point, and how
 * far from the global optimum it can be.
 *
 * @param title heading, such as the name of the network's file; plain text
 * @param figures the table of key figures, in order
 * @param model which activation
 * @param lambda the regularization
 * @param tolerance residuals up to this count as zero, > 0
 * @param critical whether the network is Clarke stationary with its weights as given; null where
 *     that is not known
 * @param criticalAfterBalancing whether it is known to be once ||W_j|| = |a_j|
 * @param stationarityResidual the largest of its neurons
 * @param descentResidual the largest rate of descent found
 * @param directionallyStationary whether that is exact and at most the tolerance
 * @param neighbour the neighbouring pattern that improves, in words; null where none was found
 * @param bounds objectives and lower bounds
 * @param optimalSetDimension of the optimal set over the network's own patterns; null where not
 *     computed
 * @param minimalWidth of its smallest network found; null where not computed
 * @param neurons of the network, in their order
 */
public record AuditReport(
    String title,
    List<KeyFigure> figures,
    Model model,
    double lambda,
    double tolerance,
    Boolean critical,
    boolean criticalAfterBalancing,
    double stationarityResidual,
    double descentResidual,
    boolean directionallyStationary,
    String neighbour,
    AuditBounds bounds,
    Integer optimalSetDimension,
    Integer minimalWidth,
    List<AuditedNeuron> neurons) {

  /** Copies the lists and checks the tolerance. */
  public AuditReport {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(bounds, "bounds");
    figures = List.copyOf(figures);
    neurons = List.copyOf(neurons);
    if (!(tolerance > 0)) {
      throw new IllegalArgumentException("tolerance is " + tolerance + ", expected positive");
    }
  }
}
