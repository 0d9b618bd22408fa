package org.relupath.core.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.relupath.core.linalg.TwofoldSum;

/**
 * Named raw columns and, where there are any, a label and a weight for every row: a data set as it
 * was read.
 *
 * @param columns what the columns of {@code cells} are, their names distinct
 * @param cells n x number of columns: cells as {@link RawColumn.Kind} has them, finite or NaN where
 *     missing; of columns of numbers alone they may be sparse
 * @param targets n raw labels, or an empty array where the data has none (rows to predict)
 * @param weights n weights above 0 of the rows' squared errors, or an empty array where each counts
 *     once
 * @param classes where labels are texts, the distinct ones, which targets are positions in; else
 *     empty
 */
@SuppressWarnings("ArrayRecordComponent") // rows, never compared as a whole
public record Observations(
    List<RawColumn> columns, Design cells, double[] targets, double[] weights, List<String> classes)
    implements java.io.Serializable {
  /** Checks that names, features, labels and weights agree in shape. */
  public Observations {
    columns = List.copyOf(columns);
    classes = List.copyOf(classes);
    if (columns.size() != cells.columns()) {
      throw new IllegalArgumentException(
          columns.size() + " names for " + cells.columns() + " columns");
    }
    List<String> names = columns.stream().map(RawColumn::name).toList();
    if (names.stream().distinct().count() != names.size()) {
      throw new IllegalArgumentException("feature names are not distinct: " + names);
    }
    if (targets.length != 0) {
      Matrix.requireLength("targets", targets, cells.rows());
    }
    if (weights.length != 0) {
      Matrix.requireLength("weights", weights, cells.rows());
      for (double weight : weights) {
        if (!(weight > 0 && Double.isFinite(weight))) {
          throw new IllegalArgumentException("a weight is " + weight + ", expected above 0");
        }
      }
    }
  }

  /** Rows whose labels are numbers. */
  public Observations(List<RawColumn> columns, Design cells, double[] targets, double[] weights) {
    this(columns, cells, targets, weights, List.of());
  }

  /** Columns of numbers, every row counted once. */
  public Observations(List<String> inputs, Design cells, double[] targets) {
    this(inputs.stream().map(RawColumn::number).toList(), cells, targets, new double[0]);
  }

  /** The names of the columns, in their order. */
  public List<String> inputs() {
    return columns.stream().map(RawColumn::name).toList();
  }

  /**
   * The cells where they are dense.
   *
   * @throws IllegalStateException where they are sparse
   */
  public Matrix features() {
    if (cells instanceof Matrix matrix) {
      return matrix;
    }
    throw new IllegalStateException("features are " + cells + ", expected dense ones");
  }

  /** These rows with all their cells: the very rows where cells are dense. */
  public Observations dense() {
    return cells.isSparse()
        ? new Observations(columns, cells.dense(), targets, weights, classes)
        : this;
  }

  /** n, the number of rows. */
  public int rows() {
    return cells.rows();
  }

  /** Whether every row has a label. */
  public boolean labelled() {
    return targets.length == cells.rows();
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

  /** Other labels for these rows, which are numbers. */
  public Observations withTargets(double[] labels) {
    return new Observations(columns, cells, labels, weights);
  }

  /** Other weights for these rows. */
  public Observations withWeights(double[] others) {
    return new Observations(columns, cells, targets, others, classes);
  }

  /**
   * These rows with texts as positions in other levels: -1 where a text is none of them.
   *
   * @param others the columns to be like: their names and kinds are those of these rows
   * @param labels texts of labels that targets are to be positions in; empty where they are numbers
   */
  public Observations as(List<RawColumn> others, List<String> labels) {
    boolean same =
        columns.stream()
            .map(RawColumn::levels)
            .toList()
            .equals(others.stream().map(RawColumn::levels).toList());
    Matrix copy = same ? null : new Matrix(rows(), columns.size(), features().values().clone());
    Design own = same ? cells : copy;
    for (int k = 0; k < columns.size(); k++) {
      RawColumn column = columns.get(k);
      RawColumn other = others.get(k);
      if (!column.name().equals(other.name()) || column.kind() != other.kind()) {
        throw new IllegalArgumentException(column + " is not " + other);
      }
      if (!column.levels().equals(other.levels())) {
        double[] places = places(column.levels(), other.levels());
        for (int r = 0; r < rows(); r++) {
          int at = r * columns.size() + k;
          copy.values()[at] = recoded(copy.values()[at], places);
        }
      }
    }
    double[] codes = targets;
    if (!classes.equals(labels)) {
      double[] places = places(classes, labels);
      codes = java.util.Arrays.stream(targets).map(label -> recoded(label, places)).toArray();
    }
    return new Observations(others, own, codes, weights, labels);
  }

  private static double recoded(double code, double[] places) {
    return code >= 0 ? places[(int) code] : code;
  }

  private static double[] places(List<String> own, List<String> others) {
    Map<String, Integer> at = new HashMap<>();
    others.forEach(level -> at.put(level, at.size()));
    return own.stream().mapToDouble(level -> at.getOrDefault(level, -1)).toArray();
  }

  /** A copy of some rows, in the given order. */
  public Observations select(int[] rows) {
    return new Observations(
        columns,
        cells.selectRows(rows),
        labelled() ? select(targets, rows) : new double[0],
        weighted() ? select(weights, rows) : weights,
        classes);
  }

  private static double[] select(double[] values, int[] rows) {
    double[] own = new double[rows.length];
    for (int i = 0; i < own.length; i++) {
      own[i] = values[rows[i]];
    }
    return own;
  }
}
