package org.relupath.core.data;

import java.util.Arrays;

/**
 * The map from raw columns and raw labels to the X and y that a solver sees
 * (core/docs/mathematics.md#preprocessing), fitted on training rows only, each counted by its
 * weight.
 *
 * <p>X = [(encoded - mean) / scale, 1] with the ones column last when there is an intercept, where
 * encoded columns are the raw ones as {@link Preparation} has them: of numbers the very numbers; y
 * = label - center, where two-valued labels [a, b] have become -1 and +1 first.
 *
 * @param mean weighted mean, subtracted from each encoded column (zeros where they are not centred)
 * @param scale weighted population standard deviation of each encoded column; where that is no more
 *     than rounding of a constant, 1 or the constant's size; of columns that are scaled and not
 *     centred the root mean square
 * @param intercept whether X ends in a column of ones
 * @param center subtracted from the (mapped) labels and given to the network's output bias
 * @param labels {a, b} with a &lt; b where the labels are two-valued and mapped, else empty
 * @param preparation how raw columns become encoded ones
 */
public record Preprocessing(
    double[] mean,
    double[] scale,
    boolean intercept,
    double center,
    double[] labels,
    Preparation preparation)
    implements java.io.Serializable {
  /**
   * What the user may choose.
   *
   * @param scaling whether columns are centred and scaled, only scaled, or neither
   * @param intercept whether a ones column is added
   * @param centerLabel whether the label's mean is subtracted; null: only where it is not mapped
   * @param mapLabels whether two-valued labels become -1 and +1
   * @param preparation how raw columns that are not plain numbers are encoded
   */
  public record Options(
      ColumnScaling scaling,
      boolean intercept,
      Boolean centerLabel,
      boolean mapLabels,
      Preparation.Options preparation)
      implements java.io.Serializable {
    /** Standardised, with an intercept, two-valued labels mapped and all others centred. */
    public static final Options DEFAULT = new Options(true, true, null, true);

    /** X and y exactly as they are. */
    public static final Options NONE = new Options(false, false, false, false);

    /** With the default preparation, and columns that are centred and scaled or neither. */
    public Options(boolean standardize, boolean intercept, Boolean centerLabel, boolean mapLabels) {
      this(
          standardize ? ColumnScaling.STANDARDIZE : ColumnScaling.NONE,
          intercept,
          centerLabel,
          mapLabels,
          Preparation.Options.DEFAULT);
    }

    /** Whether columns are centred and scaled. */
    public boolean standardize() {
      return scaling == ColumnScaling.STANDARDIZE;
    }
  }

  /** Of raw columns that are numbers and stay as they are. */
  public Preprocessing(
      double[] mean, double[] scale, boolean intercept, double center, double[] labels) {
    this(mean, scale, intercept, center, labels, Preparation.NONE);
  }

  /** Checks that there is a mean and a scale for every column. */
  public Preprocessing {
    Matrix.requireLength("scale", scale, mean.length);
    if (labels.length != 0 && labels.length != 2) {
      throw new IllegalArgumentException("labels are two or none, got " + labels.length);
    }
  }

  /**
   * Fits the map to training rows, whose own labels say whether the task has two.
   *
   * @throws IllegalArgumentException if there are no rows or no labels
   */
  public static Preprocessing fit(Observations train, Options options) {
    return fit(train, ClassWeights.NONE, options);
  }

  /**
   * Fits the map to training rows: how columns are encoded to the rows by their own weights, means
   * and scales with the weights of their classes.
   *
   * @throws IllegalArgumentException if there are no rows or no labels
   */
  public static Preprocessing fit(Observations train, ClassWeights classes, Options options) {
    return fit(train, classes, options, preparation(train, options));
  }

  /**
   * Fits what comes after a preparation: encodes the rows, which takes a matrix of them.
   *
   * @param preparation fitted to the rows
   * @throws IllegalArgumentException if there are no rows or no labels
   */
  public static Preprocessing fit(
      Observations train, ClassWeights classes, Options options, Preparation preparation) {
    return moments(classes.weigh(train), preparation).preprocessing(options).with(preparation);
  }

  /**
   * Fits the map to a part of the rows of a task, such as those of a fold: to them alone, but for
   * what the labels of the task are.
   *
   * @param classes what the rows of a class count for, in means and scales
   * @param task {a, b} where labels are two-valued and mapped, else empty
   * @throws IllegalArgumentException if there are no rows or no labels
   */
  public static Preprocessing fit(
      Observations train, ClassWeights classes, Options options, double[] task) {
    Preparation preparation = preparation(train, options);
    return moments(classes.weigh(train), preparation)
        .preprocessing(options, task)
        .with(preparation);
  }

  private static Preparation preparation(Observations train, Options options) {
    if (train.rows() == 0 || !train.labelled()) {
      throw new IllegalArgumentException("preprocessing needs at least one labelled row");
    }
    return Preparation.fit(train, options.preparation());
  }

  private static Moments moments(Observations train, Preparation preparation) {
    return Moments.of(preparation.encode(train.cells()), train.targets(), train::weight);
  }

  private Preprocessing with(Preparation other) {
    return new Preprocessing(mean, scale, intercept, center, labels, other);
  }

  /** {a, b} with a &lt; b if the labels take exactly two values, else an empty array. */
  public static double[] twoValues(double[] labels) {
    double[] distinct = Moments.distinct(labels);
    return distinct.length == 2 ? distinct : new double[0];
  }

  /**
   * Whether it makes the X that another one makes of the rows that both were fitted to.
   *
   * @param other fitted to these rows with other labels, or other weights
   */
  public boolean sameDesign(Preprocessing other) {
    return Arrays.equals(mean, other.mean)
        && Arrays.equals(scale, other.scale)
        && intercept == other.intercept;
  }

  /**
   * Weights of this map's X from weights of another one's: w with x'w = x_0'w_0 for every row, x
   * and x_0 what this map and the other make of it. Without an intercept there is no weight for a
   * shift of the columns, and it is left out.
   *
   * @param other of the same encoded columns, with an intercept if and only if this has one
   * @param weights w_0 (d entries)
   */
  public double[] carried(Preprocessing other, double[] weights) {
    Matrix.requireLength("weights", weights, dimension());
    double[] own = weights.clone();
    for (int k = 0; k < mean.length; k++) {
      own[k] = weights[k] * (scale[k] / other.scale[k]);
      if (intercept) {
        own[mean.length] += weights[k] * ((mean[k] - other.mean[k]) / other.scale[k]);
      }
    }
    return own;
  }

  /** d, the number of columns of X, ones column included. */
  public int dimension() {
    return mean.length + (intercept ? 1 : 0);
  }

  /** Whether the labels are two-valued and mapped to -1 and +1. */
  public boolean twoValued() {
    return labels.length == 2;
  }

  /**
   * X (n x d) from raw columns (n x number of inputs); sparse where these are.
   *
   * @throws IllegalArgumentException if sparse columns are to be centred
   */
  public Design design(Design raw) {
    if (!raw.isSparse() || !(preparation.encode(raw) instanceof SparseMatrix encoded)) {
      return design(raw.dense());
    }
    requireColumns(raw, encoded);
    for (double shift : mean) {
      if (shift != 0) {
        throw new IllegalArgumentException("sparse columns are centred, expected scaled at most");
      }
    }
    return encoded.scaledColumns(scale, intercept);
  }

  private void requireColumns(Design raw, Design encoded) {
    if (encoded.columns() != mean.length) {
      throw new IllegalArgumentException(
          "raw matrix has " + raw.columns() + " columns, expected " + mean.length);
    }
  }

  /** X (n x d) from raw columns (n x number of inputs). */
  public Matrix design(Matrix raw) {
    Matrix encoded = preparation.encode(raw);
    requireColumns(raw, encoded);
    int d = dimension();
    Matrix x = Matrix.zeros(raw.rows(), d);
    for (int r = 0; r < raw.rows(); r++) {
      for (int k = 0; k < mean.length; k++) {
        x.values()[r * d + k] = (encoded.get(r, k) - mean[k]) / scale[k];
      }
      if (intercept) {
        x.values()[r * d + d - 1] = 1.0;
      }
    }
    return x;
  }

  /**
   * Raw labels as numbers: -1 and +1 where they are two-valued and mapped, not centred.
   *
   * @throws IllegalArgumentException naming the row and the value of a label that is neither a nor
   *     b
   */
  public double[] mapped(double[] raw) {
    double[] mapped = new double[raw.length];
    for (int r = 0; r < raw.length; r++) {
      if (twoValued() && raw[r] != labels[0] && raw[r] != labels[1]) {
        throw new IllegalArgumentException(
            "label "
                + raw[r]
                + " in row "
                + (r + 1)
                + " is neither "
                + labels[0]
                + " nor "
                + labels[1]);
      }
      mapped[r] = twoValued() ? (raw[r] == labels[1] ? 1 : -1) : raw[r];
    }
    return mapped;
  }

  /**
   * y from raw labels.
   *
   * @throws IllegalArgumentException naming the row and the value of a label that is neither a nor
   *     b
   */
  public double[] targets(double[] raw) {
    double[] y = mapped(raw);
    for (int r = 0; r < y.length; r++) {
      y[r] -= center;
    }
    return y;
  }
}
