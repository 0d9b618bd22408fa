package org.relupath.core.data;

import java.util.Optional;

/**
 * The sizes of numbers that training takes: those whose squares and products neither overflow nor
 * vanish. Standardising divides by a column's deviation first, so such columns may be far larger
 * and smaller.
 */
public final class NumberRange {
  /** Squares of a standardised column's own numbers stay finite and normal up to here. */
  private static final double STANDARDIZED = 1e153;

  /** Squares of products of a feature and a label stay finite and normal up to here. */
  private static final double PLAIN = 1e75;

  /** Neither do they vanish down to one by {@link #STANDARDIZED}. */
  private static final double STANDARDIZED_LEAST = 1e-153;

  /** One by {@link #PLAIN}. */
  private static final double PLAIN_LEAST = 1e-75;

  private NumberRange() {}

  /**
   * A number outside of the range.
   *
   * @param column its column, from 0; the number of features for the label
   * @param value the number
   * @param expected what would do, in words
   */
  public record Outside(int column, double value, String expected) {}

  /**
   * The first number outside of the range among training rows.
   *
   * @param moments of the rows
   * @param options what is done to columns
   */
  public static Optional<Outside> ofTraining(Moments moments, Preprocessing.Options options) {
    Optional<Outside> large = ofOthers(moments, options);
    if (large.isPresent()) {
      return large;
    }
    int d = moments.columns().size();
    for (int k = 0; k <= d; k++) {
      ColumnMoments own = k < d ? moments.columns().get(k) : moments.target();
      boolean label = k == d;
      boolean mapped = options.mapLabels() && moments.labels().length == 2;
      boolean standardized = !label && options.scaling() != ColumnScaling.NONE;
      boolean differs = (standardized && options.standardize()) || label;
      double size = differs ? own.deviation() : own.largest();
      double least = standardized ? STANDARDIZED_LEAST : PLAIN_LEAST;
      boolean counts = differs ? !own.constant() : size > 0;
      if (counts && size < least && !(label && mapped)) {
        String what = differs ? "numbers that differ by " : "a number of ";
        return Optional.of(new Outside(k, own.largestValue(), what + least + " or more"));
      }
    }
    return Optional.empty();
  }

  /** The first number among rows that are only measured, or any, that is too large. */
  public static Optional<Outside> ofOthers(Moments moments, Preprocessing.Options options) {
    int d = moments.columns().size();
    boolean mapped = options.mapLabels() && moments.labels().length <= 2;
    for (int k = 0; k <= d; k++) {
      ColumnMoments own = k < d ? moments.columns().get(k) : moments.target();
      boolean scaled = k < d && options.scaling() != ColumnScaling.NONE;
      double most = scaled ? STANDARDIZED : PLAIN;
      if (own.largest() > most && !(k == d && mapped)) {
        return Optional.of(
            new Outside(k, own.largestValue(), "numbers up to " + most + " in size"));
      }
    }
    return Optional.empty();
  }
}
