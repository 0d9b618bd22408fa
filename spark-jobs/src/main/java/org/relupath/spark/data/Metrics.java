package org.relupath.spark.data;

import org.relupath.core.linalg.TwofoldSum;
import org.relupath.core.network.ForwardPass;

/**
 * How well raw scores explain labels.
 *
 * @param mse mean squared error against the labels, two-valued ones as -1 and +1
 * @param accuracy share of rows with the right sign; null where the label has not two values
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
   * @param labels n raw labels, each one of {@code two} where that is not empty
   * @param two the two values of the label, smaller first, or empty
   */
  public static Metrics of(ForwardPass pass, double[] labels, double[] two) {
    return of(Sums.of(pass, labels, two), two);
  }

  /** The metrics of sums over all rows. */
  public static Metrics of(Sums sums, double[] two) {
    double n = sums.rows;
    return new Metrics(sums.squares / n, two.length == 0 ? null : sums.right / n);
  }

  /**
   * What metrics are made of, of a part of the rows.
   *
   * @param rows how many
   * @param squares sum of squared errors
   * @param right rows with the right sign
   */
  public record Sums(long rows, double squares, long right) implements java.io.Serializable {
    /** The sums over the rows of a forward pass; of two-valued labels as -1 and +1. */
    public static Sums of(ForwardPass pass, double[] labels, double[] two) {
      TwofoldSum squares = new TwofoldSum();
      long right = 0;
      for (int r = 0; r < labels.length; r++) {
        double target = two.length == 0 ? labels[r] : labels[r] == two[1] ? 1 : -1;
        double error = pass.error(r, target);
        squares.addProduct(error, error);
        right += (pass.scores()[r] >= 0) == (target >= 0) ? 1 : 0;
      }
      return new Sums(labels.length, squares.value(), right);
    }

    /** The sums over the rows of both parts. */
    public Sums plus(Sums other) {
      return new Sums(rows + other.rows, squares + other.squares, right + other.right);
    }
  }
}
