package org.relupath.spark.result.page;

import java.util.ArrayList;
import java.util.List;
import org.relupath.spark.report.KeyFigure;
import org.relupath.spark.report.Numbers;

/**
 * One lambda of a report, in the units of the loss scaling; null for what was not computed.
 *
 * @param lambda the regularization, > 0
 * @param objective loss + penalty, the upper bound
 * @param loss 1/2 (or 1/(2n)) times the squared error
 * @param penalty lambda sum_b ||w_b||
 * @param relativeGap certified (objective - dualObjective) / objective
 * @param dualObjective the lower bound
 * @param solved whether this lambda was solved, rather than interpolated between its neighbours
 * @param activeBlocks blocks with w_b other than 0
 * @param neurons width of the network
 * @param trainMse mean squared error on the training rows
 * @param validMse mean squared error on held-out rows
 * @param trainAccuracy share of training rows with the right label, where it has two values
 * @param validAccuracy share of held-out rows with the right label
 */
public record PathPoint(
    double lambda,
    double objective,
    double loss,
    double penalty,
    double relativeGap,
    double dualObjective,
    boolean solved,
    int activeBlocks,
    int neurons,
    Double trainMse,
    Double validMse,
    Double trainAccuracy,
    Double validAccuracy) {

  /** Checks that lambda has a logarithm. */
  public PathPoint {
    if (!(lambda > 0) || Double.isInfinite(lambda)) {
      throw new IllegalArgumentException("lambda is " + lambda + ", expected positive");
    }
  }

  /** Position on the axes of lambda. */
  double logLambda() {
    return Math.log10(lambda);
  }

  /** What matters most of it, as far as it was measured. */
  List<KeyFigure> cards() {
    List<KeyFigure> cards = new ArrayList<>();
    cards.add(KeyFigure.of("λ", lambda()));
    cards.add(KeyFigure.of("objective", objective()));
    cards.add(new KeyFigure("relative gap", gap()));
    cards.add(KeyFigure.of("neurons", (long) neurons()));
    cards.add(KeyFigure.of("training MSE", trainMse()));
    cards.add(KeyFigure.of("held-out MSE", validMse()));
    cards.add(new KeyFigure("training accuracy", Numbers.percent(trainAccuracy())));
    cards.add(new KeyFigure("held-out accuracy", Numbers.percent(validAccuracy())));
    cards.removeIf(card -> card.value().equals(Numbers.NONE));
    return cards;
  }

  /** The relative gap as pages show it. */
  String gap() {
    return Numbers.text(relativeGap(), 3);
  }
}
