package org.relupath.core.data;

import java.util.Arrays;

/**
 * What {@link Preprocessing} takes from rows, of a part of them: parts are merged to the whole, so
 * that no machine needs all rows.
 *
 * <p>Of two parts with counts n and m, means a and b, and sums of squared deviations S and T, the
 * whole has mean a + (b - a) m / (n + m) and S + T + (b - a)^2 n m / (n + m): no cancellation,
 * however far the columns are from zero (Chan, Golub and LeVeque 1983).
 *
 * @param count n
 * @param mean of each column, the label last
 * @param squares sum of squared deviations from the mean, the label last
 * @param least smallest value of each column, the label last
 * @param most largest value of each column, the label last
 * @param labels the distinct labels, ascending, at most three of them
 */
@SuppressWarnings("ArrayRecordComponent") // sums, never compared as a whole
public record Moments(
    long count, double[] mean, double[] squares, double[] least, double[] most, double[] labels)
    implements java.io.Serializable {
  private static final long serialVersionUID = 1L;

  /** More than two labels are not told apart. */
  private static final int MOST_LABELS = 3;

  /**
   * The moments of some rows.
   *
   * @param features m x d
   * @param targets m labels
   */
  public static Moments of(Matrix features, double[] targets) {
    Matrix.requireLength("targets", targets, features.rows());
    int columns = features.columns() + 1;
    double[] mean = new double[columns];
    double[] squares = new double[columns];
    double[] least = new double[columns];
    double[] most = new double[columns];
    int rows = features.rows();
    for (int k = 0; k < columns; k++) {
      least[k] = Double.POSITIVE_INFINITY;
      most[k] = Double.NEGATIVE_INFINITY;
      double sum = 0;
      for (int r = 0; r < rows; r++) {
        double value = value(features, targets, r, k);
        sum += value;
        least[k] = Math.min(least[k], value);
        most[k] = Math.max(most[k], value);
      }
      // A constant column's mean is its value, whatever the rounding of the sum.
      mean[k] = rows == 0 ? 0 : least[k] == most[k] ? least[k] : sum / rows;
      for (int r = 0; r < rows; r++) {
        double deviation = value(features, targets, r, k) - mean[k];
        squares[k] += deviation * deviation;
      }
    }
    return new Moments(rows, mean, squares, least, most, distinct(targets));
  }

  private static double value(Matrix features, double[] targets, int r, int k) {
    return k < features.columns() ? features.get(r, k) : targets[r];
  }

  private static double[] distinct(double[] labels) {
    // Adding zero turns -0.0 into 0.0, which is the same value.
    return Arrays.stream(labels).map(v -> v + 0.0).distinct().sorted().limit(MOST_LABELS).toArray();
  }

  /** The moments of both parts together. */
  public Moments merge(Moments other) {
    if (count == 0 || other.count == 0) {
      return count == 0 ? other : this;
    }
    long all = count + other.count;
    int columns = mean.length;
    double[] means = new double[columns];
    double[] sums = new double[columns];
    double[] lows = new double[columns];
    double[] highs = new double[columns];
    for (int k = 0; k < columns; k++) {
      double apart = other.mean[k] - mean[k];
      lows[k] = Math.min(least[k], other.least[k]);
      highs[k] = Math.max(most[k], other.most[k]);
      means[k] = lows[k] == highs[k] ? lows[k] : mean[k] + apart * ((double) other.count / all);
      double between = apart * apart * ((double) count / all) * other.count;
      sums[k] = squares[k] + other.squares[k] + between;
    }
    double[] both = Arrays.copyOf(labels, labels.length + other.labels.length);
    System.arraycopy(other.labels, 0, both, labels.length, other.labels.length);
    return new Moments(all, means, sums, lows, highs, distinct(both));
  }

  /** Whether all labels are the same. */
  public boolean constantLabel() {
    return labels.length < 2;
  }

  /**
   * The preprocessing fitted to these rows, that of {@link Preprocessing#fit} up to rounding.
   *
   * @throws IllegalArgumentException if there are no rows
   */
  public Preprocessing preprocessing(Preprocessing.Options options) {
    if (count == 0) {
      throw new IllegalArgumentException("preprocessing needs at least one labelled row");
    }
    int d = mean.length - 1;
    double[] center = new double[d];
    double[] scale = new double[d];
    Arrays.fill(scale, 1);
    for (int k = 0; k < d && options.standardize(); k++) {
      center[k] = mean[k];
      double deviation = Math.sqrt(squares[k] / count);
      scale[k] = deviation > 0 ? deviation : 1;
    }
    double[] two = options.mapLabels() && labels.length == 2 ? labels.clone() : new double[0];
    boolean centers = options.centerLabel() == null ? two.length == 0 : options.centerLabel();
    double label = mean[d];
    if (two.length == 2) {
      // -1 and +1 for the two values.
      label = 2 * (mean[d] - two[0]) / (two[1] - two[0]) - 1;
    }
    return new Preprocessing(center, scale, options.intercept(), centers ? label : 0, two);
  }
}
