package org.relupath.core.data;

import java.util.ArrayList;
import java.util.List;

/**
 * A column of texts as columns of 0 and 1, one for each level that has a column of its own and one
 * more, {@code (other)}, for all other texts where training rows had rare ones. Where that makes
 * exactly two columns, the first of them is left out: it is 1 less the second. Without {@code
 * (other)} a text that no training row had is 0 in all of them.
 *
 * @param raw the column: the levels that cells are positions in
 * @param places for each level of the column its own place among those with a column, from 0 in
 *     order; -1 for all others
 * @param other whether other texts have a column together
 * @param fills whether a missing cell, 0 in all of these columns, is taken; else it is refused
 * @param indicator whether one more column is 1 where a cell is missing, and 0 elsewhere
 */
@SuppressWarnings("ArrayRecordComponent") // numbers, never compared as a whole
public record CategoryEncoding(
    RawColumn raw, int[] places, boolean other, boolean fills, boolean indicator)
    implements ColumnEncoding {
  /** A level in fewer training rows than this is rare, */
  private static final int RARE = 5;

  /** or in fewer than one row of this many, where that is less: small tables keep their levels. */
  private static final int RARE_SHARE = 20;

  /** Checks that places are in order. */
  public CategoryEncoding {
    if (raw.kind() != RawColumn.Kind.CATEGORY || places.length != raw.levels().size()) {
      throw new IllegalArgumentException(
          places.length + " places for column '" + raw.name() + "' of " + raw.kind());
    }
    int next = 0;
    for (int place : places) {
      if (place != -1 && place != next++) {
        throw new IllegalArgumentException("places of '" + raw.name() + "' are not in order");
      }
    }
    if (next == 0 && !other) {
      throw new IllegalArgumentException("column '" + raw.name() + "' has no levels");
    }
  }

  /**
   * An encoding whose levels all have columns: what a file of a network says.
   *
   * @param levels those with a column of their own
   */
  public static CategoryEncoding of(
      String name, List<String> levels, boolean other, boolean fills, boolean indicator) {
    int[] places = new int[levels.size()];
    for (int k = 0; k < places.length; k++) {
      places[k] = k;
    }
    RawColumn raw = new RawColumn(name, RawColumn.Kind.CATEGORY, levels);
    return new CategoryEncoding(raw, places, other, fills, indicator);
  }

  /**
   * Fits an encoding.
   *
   * @param cells of training rows, NaN where one is missing
   * @param weights how often each row counts
   */
  static CategoryEncoding fit(
      RawColumn raw, double[] cells, double[] weights, Preparation.Options options) {
    double[] counts = new double[raw.levels().size()];
    boolean gaps = false;
    double rows = 0;
    for (int r = 0; r < cells.length; r++) {
      gaps |= Double.isNaN(cells[r]);
      rows += weights[r];
      if (cells[r] >= 0) {
        counts[(int) cells[r]] += weights[r];
      }
    }
    // Weights that sum to less than the rows are shares of them.
    double share = Math.max(1, cells.length / rows);
    double rare = Math.min(RARE, Math.floor(share * rows / RARE_SHARE)) / share;
    int[] places = new int[counts.length];
    int next = 0;
    boolean other = false;
    for (int k = 0; k < counts.length; k++) {
      boolean own = counts[k] > 0 && counts[k] >= rare;
      places[k] = own ? next++ : -1;
      other |= !own && counts[k] > 0;
    }
    boolean fills = options.missing() != Missing.REFUSE;
    // A column that has no text at all in these rows still has its place.
    return new CategoryEncoding(raw, places, other || next == 0, fills, fills && gaps);
  }

  /** The levels that have a column of their own, in order. */
  public List<String> levels() {
    List<String> own = new ArrayList<>();
    for (int k = 0; k < places.length; k++) {
      if (places[k] >= 0) {
        own.add(raw.levels().get(k));
      }
    }
    return own;
  }

  private int groups() {
    int last = places.length - 1;
    while (last >= 0 && places[last] < 0) {
      last--;
    }
    return (last < 0 ? 0 : places[last] + 1) + (other ? 1 : 0);
  }

  @Override
  public List<String> names() {
    List<String> names = new ArrayList<>();
    levels().forEach(level -> names.add(raw.name() + "=" + level));
    if (other) {
      names.add(raw.name() + "=(other)");
    }
    if (names.size() == 2) {
      names.remove(0);
    }
    if (indicator) {
      names.add(raw.name() + MISSING);
    }
    return names;
  }

  @Override
  public void encode(double cell, double[] into, int at) {
    boolean absent = Double.isNaN(cell);
    if (absent && !fills) {
      throw ColumnEncoding.refusal(raw);
    }
    int groups = groups();
    int first = groups == 2 ? 1 : 0;
    int place = absent || cell < 0 ? -1 : places[(int) cell];
    int own = place < 0 && other && !absent ? groups - 1 : place;
    java.util.Arrays.fill(into, at, at + groups - first, 0);
    if (own >= first) {
      into[at + own - first] = 1;
    }
    if (indicator) {
      into[at + groups - first] = absent ? 1 : 0;
    }
  }
}
