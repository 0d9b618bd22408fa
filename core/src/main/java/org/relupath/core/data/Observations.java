package org.relupath.core.data;

import java.util.List;
import org.relupath.core.linalg.TwofoldSum;

/**
 * Named raw columns and, where there are any, a label and a weight for every row: a data set as it
 * was read.
 *
 * @param columns what the columns of {@code features} are, their names distinct
 * @param features n x number of columns: cells as {@link RawColumn.Kind} has them, finite or NaN
 *     where missing
 * @param targets n raw labels, or an empty array where the data has none (rows to predict)
 * @param weights n weights above 0 of the rows' squared errors, or an empty array where each counts
 *     once
 */
@SuppressWarnings("ArrayRecordComponent") // rows, never compared as a whole
public record Observations(
    List<RawColumn> columns, Matrix features, double[] targets, double[] weights)
    implements java.io.Serializable {
  /** Checks that names, features, labels and weights agree in shape. */
  public Observations {
    columns = List.copyOf(columns);
    if (columns.size() != features.columns()) {
      throw new IllegalArgumentException(
          columns.size() + " names for " + features.columns() + " columns");
    }
    List<String> names = columns.stream().map(RawColumn::name).toList();
    if (names.stream().distinct().count() != names.size()) {
      throw new IllegalArgumentException("feature names are not distinct: " + names);
    }
    if (targets.length != 0) {
      Matrix.requireLength("targets", targets, features.rows());
    }
    if (weights.length != 0) {
      Matrix.requireLength("weights", weights, features.rows());
      for (double weight : weights) {
        if (!(weight > 0 && Double.isFinite(weight))) {
          throw new IllegalArgumentException("a weight is " + weight + ", expected above 0");
        }
      }
    }
  }

  /** Columns of numbers, every row counted once. */
  public Observations(List<String> inputs, Matrix features, double[] targets) {
    this(inputs.stream().map(RawColumn::number).toList(), features, targets, new double[0]);
  }

  /** The names of the columns, in their order. */
  public List<String> inputs() {
    return columns.stream().map(RawColumn::name).toList();
  }

  /** n, the number of rows. */
  public int rows() {
    return features.rows();
  }

  /** Whether every row has a label. */
  public boolean labelled() {
    return targets.length == features.rows();
  }

  /** Whether rows have weights. */
  public boolean weighted() {
    return weights.length != 0;
  }

  /** How often row r counts: its weight, or 1. */
  public double weight(int r) {
    return weighted() ? weights[r] : 1;
  }

  /** The sum of the rows' weights: n where each counts once. */
  public double totalWeight() {
    TwofoldSum sum = new TwofoldSum();
    for (double weight : weights) {
      sum.add(weight);
    }
    return weighted() ? sum.value() : rows();
  }

  /** Other labels for these rows. */
  public Observations withTargets(double[] labels) {
    return new Observations(columns, features, labels, weights);
  }

  /** Other weights for these rows. */
  public Observations withWeights(double[] others) {
    return new Observations(columns, features, targets, others);
  }

  /** A copy of some rows, in the given order. */
  public Observations select(int[] rows) {
    return new Observations(
        columns,
        features.selectRows(rows),
        labelled() ? select(targets, rows) : new double[0],
        weighted() ? select(weights, rows) : weights);
  }

  private static double[] select(double[] values, int[] rows) {
    double[] own = new double[rows.length];
    for (int i = 0; i < own.length; i++) {
      own[i] = values[rows[i]];
    }
    return own;
  }
}
