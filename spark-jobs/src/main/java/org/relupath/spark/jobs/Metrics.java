package org.relupath.spark.jobs;

/**
 * How well raw scores explain labels.
 *
 * @param mse mean squared error against the labels, two-valued ones as -1 and +1
 * @param accuracy share of rows with the right sign; null where the label has not two values
 */
public record Metrics(double mse, Double accuracy) implements java.io.Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Measures.
   *
   * @param scores n raw scores of a network
   * @param labels n raw labels, each one of {@code two} where that is not empty
   * @param two the two values of the label, smaller first, or empty
   */
  public static Metrics of(double[] scores, double[] labels, double[] two) {
    double squares = 0;
    int right = 0;
    for (int r = 0; r < scores.length; r++) {
      double target = two.length == 0 ? labels[r] : labels[r] == two[1] ? 1 : -1;
      squares += (scores[r] - target) * (scores[r] - target);
      right += (scores[r] >= 0) == (target >= 0) ? 1 : 0;
    }
    return new Metrics(
        squares / scores.length, two.length == 0 ? null : (double) right / scores.length);
  }
}
