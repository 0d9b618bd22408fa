package org.relupath.spark.data;

import java.util.function.IntToDoubleFunction;
import org.relupath.core.data.Observations;
import org.relupath.core.linalg.TwofoldSum;
import org.relupath.core.network.ForwardPass;

/**
 * How well raw scores explain labels, every row counted by its weight.
 *
 * @param mse weighted mean of squared errors against the labels, two-valued ones as -1 and +1
 * @param accuracy share of the rows' weight with the right sign; null where the label has not two
 *     values
 */
public record Metrics(double mse, Double accuracy) implements java.io.Serializable {
  /** The mean squared error; null where nothing was measured. */
  public static Double mse(Metrics own) {
    return own == null ? null : (Double) own.mse;
  }

  /** The share of rows with the right sign; null where there is none. */
  public static Double accuracy(Metrics own) {
    return own == null ? null : own.accuracy;
  }

  /**
   * Measures.
   *
   * @param pass a network's forward pass over n rows
   * @param rows the labelled rows, each label one of {@code two} where that is not empty
   * @param two the two values of the label, smaller first, or empty
   */
  public static Metrics of(ForwardPass pass, Observations rows, double[] two) {
    return of(Sums.of(pass, rows.targets(), rows::weight, two), two);
  }

  /** The metrics of sums over all rows. */
  public static Metrics of(Sums sums, double[] two) {
    double n = sums.weight;
    return new Metrics(sums.squares / n, two.length == 0 ? null : sums.right / n);
  }

  /**
   * What metrics are made of, of a part of the rows.
   *
   * @param weight sum of the rows' weights: their number where each counts once
   * @param squares weighted sum of squared errors
   * @param right weight of the rows with the right sign
   */
  public record Sums(double weight, double squares, double right) implements java.io.Serializable {
    /** The sums over the weighted rows of a forward pass; of two-valued labels as -1 and +1. */
    public static Sums of(
        ForwardPass pass, double[] labels, IntToDoubleFunction weights, double[] two) {
      TwofoldSum squares = new TwofoldSum();
      TwofoldSum right = new TwofoldSum();
      TwofoldSum all = new TwofoldSum();
      for (int r = 0; r < labels.length; r++) {
        double target = two.length == 0 ? labels[r] : labels[r] == two[1] ? 1 : -1;
        double error = pass.error(r, target);
        double weight = weights.applyAsDouble(r);
        squares.addProduct(weight * error, error);
        right.add((pass.scores()[r] >= 0) == (target >= 0) ? weight : 0);
        all.add(weight);
      }
      return new Sums(all.value(), squares.value(), right.value());
    }

    /** The sums over the rows of both parts. */
    public Sums plus(Sums other) {
      return new Sums(weight + other.weight, squares + other.squares, right + other.right);
    }
  }
}
