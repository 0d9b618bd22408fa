package org.relupath.core.score;

import java.util.function.ToDoubleFunction;
import org.relupath.core.linalg.Vectors;

/**
 * How the score from which on rows are predicted to have the larger label is found: a number, or
 * what does best on rows that the scores were not fitted to.
 */
public sealed interface Threshold {
  /** Scores of at least 0. */
  Threshold ZERO = new At(0, false);

  /**
   * The threshold.
   *
   * @param heldOut scores to choose by; not read where a number was given
   * @param scaling probabilities of the scores, or null
   * @return a finite score
   */
  double of(Scores heldOut, PlattScaling scaling);

  /** Whether held-out rows choose it. */
  boolean chosen();

  /**
   * A number.
   *
   * @param value a score, or a probability above 0 and below 1
   * @param probability which of them
   */
  record At(double value, boolean probability) implements Threshold {
    @Override
    public double of(Scores heldOut, PlattScaling scaling) {
      double score = probability ? scaling.score(value) : value;
      return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, score));
    }

    @Override
    public boolean chosen() {
      return false;
    }
  }

  /**
   * The least costly one: errors cost what they are weighed with.
   *
   * @param falsePositive what a negative row that is predicted positive costs, at least 0
   * @param falseNegative what a positive row that is predicted negative costs, at least 0
   */
  record LeastCost(double falsePositive, double falseNegative) implements Threshold {
    /** The most rows right. */
    public static final LeastCost ACCURACY = new LeastCost(1, 1);

    @Override
    public double of(Scores heldOut, PlattScaling scaling) {
      return best(
          heldOut,
          own -> falsePositive * own.falsePositives() + falseNegative * own.falseNegatives());
    }

    @Override
    public boolean chosen() {
      return true;
    }
  }

  /** The one of the largest F1. */
  record LargestF1() implements Threshold {
    @Override
    public double of(Scores heldOut, PlattScaling scaling) {
      return best(heldOut, own -> -own.f1());
    }

    @Override
    public boolean chosen() {
      return true;
    }
  }

  /**
   * The threshold of smallest loss among one below all scores, one above all, and one between any
   * two neighbours: 0 where it is between them, else their middle. Of equal ones that nearest to 0.
   */
  private static double best(Scores heldOut, ToDoubleFunction<Confusion> loss) {
    Vectors.requireFinite("scores", heldOut.predictions());
    int[] order = heldOut.order();
    double positives = 0;
    double negatives = 0;
    for (int r : order) {
      positives += heldOut.positive(r) ? heldOut.weight(r) : 0;
      negatives += heldOut.positive(r) ? 0 : heldOut.weight(r);
    }
    double best = 0;
    double least = Double.POSITIVE_INFINITY;
    double missed = 0;
    double spared = 0;
    for (int i = 0; i <= order.length; i++) {
      double below = i == 0 ? Double.NEGATIVE_INFINITY : heldOut.predictions()[order[i - 1]];
      double above = i == order.length ? Double.POSITIVE_INFINITY : heldOut.predictions()[order[i]];
      if (below < above) {
        double own =
            loss.applyAsDouble(
                new Confusion(positives - missed, negatives - spared, missed, spared));
        double cut = between(below, above);
        if (own < least || (own == least && Math.abs(cut) < Math.abs(best))) {
          best = cut;
          least = own;
        }
      }
      if (i < order.length) {
        missed += heldOut.positive(order[i]) ? heldOut.weight(order[i]) : 0;
        spared += heldOut.positive(order[i]) ? 0 : heldOut.weight(order[i]);
      }
    }
    return best;
  }

  /** A finite number c with below &lt; c &lt;= above; no score is between the two. */
  private static double between(double below, double above) {
    if (below < 0 && above >= 0) {
      return 0;
    }
    if (below == Double.NEGATIVE_INFINITY) {
      return above;
    }
    if (above == Double.POSITIVE_INFINITY) {
      return Math.nextUp(below);
    }
    double middle = below / 2 + above / 2;
    return middle > below && middle <= above ? middle : above;
  }
}
