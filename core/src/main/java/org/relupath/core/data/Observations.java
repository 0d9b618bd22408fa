package org.relupath.core.data;

import java.util.List;

/**
 * Named raw columns and, where there is one, a label for every row: a data set as it was read.
 *
 * @param inputs the d feature names, in column order, distinct
 * @param features n x d raw feature values, finite
 * @param targets n raw labels, or an empty array where the data has none (rows to predict)
 */
public record Observations(List<String> inputs, Matrix features, double[] targets)
    implements java.io.Serializable {
  /** Checks that names, features and labels agree in shape. */
  public Observations {
    inputs = List.copyOf(inputs);
    if (inputs.size() != features.columns()) {
      throw new IllegalArgumentException(
          inputs.size() + " names for " + features.columns() + " columns");
    }
    if (inputs.stream().distinct().count() != inputs.size()) {
      throw new IllegalArgumentException("feature names are not distinct: " + inputs);
    }
    if (targets.length != 0) {
      Matrix.requireLength("targets", targets, features.rows());
    }
  }

  /** n, the number of rows. */
  public int rows() {
    return features.rows();
  }

  /** Whether every row has a label. */
  public boolean labelled() {
    return targets.length == features.rows();
  }

  /** A copy of some rows, in the given order. */
  public Observations select(int[] rows) {
    double[] y = new double[labelled() ? rows.length : 0];
    for (int i = 0; i < y.length; i++) {
      y[i] = targets[rows[i]];
    }
    return new Observations(inputs, features.selectRows(rows), y);
  }
}
