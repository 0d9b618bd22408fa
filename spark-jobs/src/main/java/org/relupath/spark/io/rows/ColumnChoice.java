package org.relupath.spark.io.rows;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.cells.CellType;

/**
 * Which columns of a file are wanted, and what they may hold.
 *
 * @param label the column to explain, or null for none
 * @param features the columns to explain it by; empty for all that no other list names
 * @param ids columns that name a row and are no features
 * @param drop columns that are left out
 * @param auto whether a column whose cells are no numbers is taken for what they are
 * @param texts columns that are taken for texts whatever they hold
 * @param missing whether cells of features may be missing
 * @param weights the column of the rows' weights, or null for none
 */
public record ColumnChoice(
    String label,
    List<String> features,
    List<String> ids,
    List<String> drop,
    boolean auto,
    List<String> texts,
    boolean missing,
    String weights) {
  /** Columns of numbers, none of them missing. */
  public static ColumnChoice numbers(List<String> features, String label) {
    return new ColumnChoice(label, features, List.of(), List.of(), false, List.of(), false, null);
  }

  /** These columns, and one of weights, or null for none. */
  ColumnChoice weighted(String column) {
    return new ColumnChoice(label, features, ids, drop, auto, texts, missing, column);
  }

  /** These columns where all are to be numbers. */
  public ColumnChoice ofNumbers() {
    return new ColumnChoice(label, features, ids, drop, false, List.of(), false, weights);
  }

  /** Refuses names of columns where a file has none. */
  void refuseNames() {
    Map<String, List<String>> all =
        Map.of("--features", features, "--id", ids, "--drop", drop, "--categorical", texts);
    for (String option : List.of("--features", "--id", "--drop", "--categorical", "--weights")) {
      if (option.equals("--weights") ? weights != null : !all.get(option).isEmpty()) {
        throw new BadInputException(option + ": a libsvm file has no column names");
      }
    }
  }

  /** The columns that are no features unless {@code features} has them. */
  List<String> without() {
    List<String> without = new ArrayList<>(ids);
    without.addAll(drop);
    Stream.of(label, weights).filter(Objects::nonNull).forEach(without::add);
    return without;
  }

  /** These features, the label and the weights. */
  Columns of(List<String> names) {
    CellType others = auto ? CellType.AUTO : CellType.NUMBER;
    Set<String> categories = Set.copyOf(texts);
    List<CellType> types = new ArrayList<>();
    for (String name : names) {
      types.add(categories.contains(name) ? CellType.CATEGORY : others);
    }
    if (label != null) {
      types.add(categories.isEmpty() ? others : CellType.AUTO);
    }
    if (weights != null) {
      types.add(CellType.NUMBER);
    }
    BitSet filled = new BitSet();
    filled.set(0, names.size(), missing);
    return new Columns(names, label, weights, types, filled);
  }
}
