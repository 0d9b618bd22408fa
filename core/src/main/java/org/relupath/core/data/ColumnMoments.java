package org.relupath.core.data;

import java.util.function.IntToDoubleFunction;
import org.relupath.core.linalg.TwofoldSum;

/**
 * Weighted mean and deviation of some values: parts are merged to the whole. Of two parts with sums
 * of weights n and m, means a and b, and sums of squared deviations S and T, the whole has mean a +
 * (b - a) m / (n + m) and S + T + (b - a)^2 n m / (n + m) (Chan, Golub and LeVeque 1983).
 *
 * <p>All is kept in units of a power of two near the largest value, so that nothing overflows or
 * underflows, and the mean in twice the precision, so that it is exact to rounding however far the
 * values are from zero.
 *
 * @param count of the values
 * @param weight n, the sum of their weights: the count where each counts once
 * @param exponent means and squares are of values times 2^-exponent
 * @param mean of the scaled values, rounded
 * @param meanRest what rounding left of the mean
 * @param squares weighted sum of squared deviations of the scaled values from their mean
 * @param least smallest value, infinite without values
 * @param most largest value, minus infinity without values
 */
public record ColumnMoments(
    long count,
    double weight,
    int exponent,
    double mean,
    double meanRest,
    double squares,
    double least,
    double most)
    implements java.io.Serializable {
  /**
   * Values that differ by no more than a few roundings have a deviation of at most this many units
   * in the last place of the largest: a constant that was computed in several ways.
   */
  private static final double ROUNDINGS = 4;

  /**
   * The moments of n finite values.
   *
   * @param weights of the values, above 0
   */
  static ColumnMoments of(int n, IntToDoubleFunction values, IntToDoubleFunction weights) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int r = 0; r < n; r++) {
      double value = values.applyAsDouble(r);
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    if (n == 0) {
      return new ColumnMoments(0, 0, 0, 0, 0, 0, least, most);
    }
    int exponent = exponent(least, most);
    double first = Math.scalb(values.applyAsDouble(0), -exponent);
    TwofoldSum sum = new TwofoldSum();
    TwofoldSum total = new TwofoldSum();
    for (int r = 0; r < n; r++) {
      double weight = weights.applyAsDouble(r);
      sum.addProduct(weight, Math.scalb(values.applyAsDouble(r), -exponent));
      sum.addProduct(weight, -first);
      total.add(weight);
    }
    // first + sum / total in twice the precision.
    double all = total.value();
    double ratio = sum.value() / all;
    double ratioRest =
        (Math.fma(-ratio, all, sum.value()) + sum.rest() - ratio * total.rest()) / all;
    sum.clear();
    sum.add(first);
    sum.add(ratio);
    sum.add(ratioRest);
    double mean = sum.value();
    double meanRest = sum.rest();
    TwofoldSum squares = new TwofoldSum();
    for (int r = 0; r < n; r++) {
      sum.clear();
      sum.add(Math.scalb(values.applyAsDouble(r), -exponent));
      sum.add(-mean);
      sum.add(-meanRest);
      squares.addProduct(weights.applyAsDouble(r) * sum.value(), sum.value());
    }
    return new ColumnMoments(n, all, exponent, mean, meanRest, squares.value(), least, most);
  }

  private static int exponent(double least, double most) {
    double largest = Math.max(Math.abs(least), Math.abs(most));
    return largest == 0 ? 0 : Math.getExponent(largest);
  }

  /**
   * The moments of these values and of zeros.
   *
   * @param zeros how many
   * @param total the weight of all together
   */
  ColumnMoments withZeros(long zeros, double total) {
    double rest = total - weight;
    return zeros == 0 || !(rest > 0)
        ? this
        : merge(new ColumnMoments(zeros, rest, exponent, 0, 0, 0, 0, 0));
  }

  /** The moments of both parts together. */
  ColumnMoments merge(ColumnMoments other) {
    if (count == 0 || other.count == 0) {
      return count == 0 ? other : this;
    }
    if (other.exponent > exponent) {
      return other.merge(this);
    }
    double shrink = Math.scalb(1.0, Math.max(other.exponent - exponent, -1000));
    double all = weight + other.weight;
    double share = other.weight / all;
    TwofoldSum sum = new TwofoldSum();
    sum.add(other.mean * shrink);
    sum.add(-mean);
    sum.add(other.meanRest * shrink);
    sum.add(-meanRest);
    double apart = sum.value();
    double apartRest = sum.rest();
    double shareRest = Math.fma(-share, all, other.weight) / all;
    sum.clear();
    sum.add(mean);
    sum.addProduct(apart, share);
    sum.add(apart * shareRest);
    sum.add(apartRest * share);
    sum.add(meanRest);
    double between = apart * apart * (weight / all) * other.weight;
    return new ColumnMoments(
        count + other.count,
        all,
        exponent,
        sum.value(),
        sum.rest(),
        squares + other.squares * shrink * shrink + between,
        Math.min(least, other.least),
        Math.max(most, other.most));
  }

  /** The weighted mean; of equal values the value itself. */
  double average() {
    return least == most ? least : Math.scalb(mean, exponent);
  }

  /** The population standard deviation, 0 only where all values are equal. */
  double deviation() {
    return least == most ? 0 : Math.scalb(Math.sqrt(squares / weight), exponent);
  }

  /** The largest absolute value. */
  public double largest() {
    return count == 0 ? 0 : Math.max(Math.abs(least), Math.abs(most));
  }

  /** The value of largest size. */
  double largestValue() {
    return Math.abs(least) > Math.abs(most) ? least : most;
  }

  /**
   * Whether the values are one constant, or nothing but its roundings: their deviation is at most
   * {@value #ROUNDINGS} units in the last place of the largest.
   */
  public boolean constant() {
    return count == 0 || deviation() <= ROUNDINGS * Math.ulp(largest());
  }

  /** Whether the values are constant, though not equal. */
  public boolean roundedConstant() {
    return constant() && count > 0 && least != most;
  }

  /** The root mean square, which values that are not centred are divided by; of zeros alone 1. */
  double size() {
    double size = Math.scalb(Math.sqrt(squares / weight + mean * mean), exponent);
    return largest() == 0 ? 1 : size;
  }

  /** What values are divided by: the deviation; of a constant 1, or its size where that is more. */
  double scale() {
    if (!constant()) {
      return deviation();
    }
    // Roundings of a large constant must not look like values.
    return roundedConstant() ? Math.max(1, largest()) : 1;
  }
}
