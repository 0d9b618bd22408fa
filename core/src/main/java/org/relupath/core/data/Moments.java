package org.relupath.core.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.relupath.core.linalg.TwofoldSum;

/**
 * What {@link Preprocessing} takes from rows, of a part of them: parts are merged to the whole, so
 * that no machine needs all rows.
 *
 * @param columns of each feature
 * @param target of the label
 * @param labels the distinct labels, ascending, at most three of them
 */
@SuppressWarnings("ArrayRecordComponent") // sums, never compared as a whole
public record Moments(List<ColumnMoments> columns, ColumnMoments target, double[] labels)
    implements java.io.Serializable {
  /** Distinct labels that are kept: one more than two-valued labels have. */
  private static final int MOST_LABELS = 3;

  /** Copies the columns. */
  public Moments {
    columns = List.copyOf(columns);
  }

  /**
   * The moments of some rows, each counted once; of a column those of its cells that are there.
   *
   * @param features m x d, NaN where a cell is missing
   * @param targets m labels
   */
  public static Moments of(Matrix features, double[] targets) {
    return of(features, targets, r -> 1);
  }

  /** The moments of some labelled rows, each counted by its weight. */
  public static Moments of(Observations rows) {
    return of(rows.cells(), rows.targets(), rows::weight);
  }

  /** The moments of some rows, row r counted weights(r) times. */
  static Moments of(Design features, double[] targets, IntToDoubleFunction weights) {
    Matrix.requireLength("targets", targets, features.rows());
    List<ColumnMoments> columns =
        features instanceof SparseMatrix sparse
            ? ofSparse(sparse, weights)
            : ofAll(features, weights);
    ColumnMoments target = ColumnMoments.of(targets.length, r -> targets[r], weights);
    return new Moments(columns, target, distinct(targets));
  }

  private static List<ColumnMoments> ofAll(Design features, IntToDoubleFunction weights) {
    List<ColumnMoments> columns = new ArrayList<>();
    for (int k = 0; k < features.columns(); k++) {
      int column = k;
      int[] there =
          IntStream.range(0, features.rows())
              .filter(r -> !Double.isNaN(features.get(r, column)))
              .toArray();
      columns.add(
          ColumnMoments.of(
              there.length,
              i -> features.get(there[i], column),
              i -> weights.applyAsDouble(there[i])));
    }
    return columns;
  }

  /** Those of the numbers that are not zero, merged with those of the zeros. */
  private static List<ColumnMoments> ofSparse(SparseMatrix features, IntToDoubleFunction weights) {
    SparseMatrix byColumn = features.transposed();
    int[] starts = byColumn.starts();
    TwofoldSum all = new TwofoldSum();
    for (int r = 0; r < features.rows(); r++) {
      all.add(weights.applyAsDouble(r));
    }
    double total = all.value();
    List<ColumnMoments> columns = new ArrayList<>();
    for (int k = 0; k < byColumn.rows(); k++) {
      int from = starts[k];
      ColumnMoments own =
          ColumnMoments.of(
              starts[k + 1] - from,
              i -> byColumn.values()[from + i],
              i -> weights.applyAsDouble(byColumn.indices()[from + i]));
      columns.add(own.withZeros(features.rows() - own.count(), total));
    }
    return columns;
  }

  static double[] distinct(double[] labels) {
    // Adding zero turns -0.0 into 0.0, which is the same value.
    return Arrays.stream(labels).map(v -> v + 0.0).distinct().sorted().limit(MOST_LABELS).toArray();
  }

  /** The moments of both parts together. */
  public Moments merge(Moments other) {
    List<ColumnMoments> merged = new ArrayList<>();
    for (int k = 0; k < columns.size(); k++) {
      merged.add(columns.get(k).merge(other.columns.get(k)));
    }
    double[] both = Arrays.copyOf(labels, labels.length + other.labels.length);
    System.arraycopy(other.labels, 0, both, labels.length, other.labels.length);
    return new Moments(merged, target.merge(other.target), distinct(both));
  }

  /** The number of rows. */
  public long count() {
    return target.count();
  }

  /** A line of warning for every column that is a constant but for rounding. */
  public List<String> constantsButForRounding(List<String> names) {
    List<String> lines = new ArrayList<>();
    for (int k = 0; k < columns.size(); k++) {
      ColumnMoments own = columns.get(k);
      if (own.roundedConstant()) {
        lines.add(
            "column '"
                + names.get(k)
                + "' is "
                + own.least()
                + " to "
                + own.most()
                + ", a constant but for rounding, and is taken for one");
      }
    }
    return lines;
  }

  /** Whether all labels are the same. */
  public boolean constantLabel() {
    return labels.length < 2;
  }

  /**
   * The preprocessing fitted to these rows, their own labels saying whether the task has two.
   *
   * @throws IllegalArgumentException if there are no rows
   */
  public Preprocessing preprocessing(Preprocessing.Options options) {
    return preprocessing(
        options, options.mapLabels() && labels.length == 2 ? labels : new double[0]);
  }

  /**
   * The preprocessing fitted to these rows of a task whose labels are known.
   *
   * @param task {a, b} where labels are two-valued and mapped, else empty: a property of the whole
   *     data set, which a part of it may not show
   * @throws IllegalArgumentException if there are no rows
   */
  public Preprocessing preprocessing(Preprocessing.Options options, double[] task) {
    if (count() == 0) {
      throw new IllegalArgumentException("preprocessing needs at least one labelled row");
    }
    int d = columns.size();
    double[] center = new double[d];
    double[] scale = new double[d];
    Arrays.fill(scale, 1);
    for (int k = 0; k < d && options.scaling() != ColumnScaling.NONE; k++) {
      boolean centers = options.standardize();
      center[k] = centers ? columns.get(k).average() : 0;
      scale[k] = centers ? columns.get(k).scale() : columns.get(k).size();
    }
    boolean centers = options.centerLabel() == null ? task.length == 0 : options.centerLabel();
    double label = target.average();
    if (task.length == 2) {
      // -1 and +1 for the two values.
      label = 2 * ((label - task[0]) / (task[1] - task[0])) - 1;
    }
    return new Preprocessing(center, scale, options.intercept(), centers ? label : 0, task.clone());
  }
}
