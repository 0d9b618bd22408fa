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
 * @param others further columns to explain, of numbers
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
    List<String> others,
    List<String> features,
    List<String> ids,
    List<String> drop,
    boolean auto,
    List<String> texts,
    boolean missing,
    String weights) {
  /** Columns of numbers, none of them missing. */
  public static ColumnChoice numbers(List<String> features, String label) {
    return new ColumnChoice(
        label, List.of(), features, List.of(), List.of(), false, List.of(), false, null);
  }

  /** These columns, and one of weights, or null for none. */
  ColumnChoice weighted(String column) {
    return new ColumnChoice(label, others, features, ids, drop, auto, texts, missing, column);
  }

  /** These columns where all are to be numbers. */
  public ColumnChoice ofNumbers() {
    return new ColumnChoice(label, others, features, ids, drop, false, List.of(), false, weights);
  }

  /** Refuses names of columns where a file has none. */
  void refuseNames() {
    if (!others.isEmpty()) {
      throw new BadInputException("--label: a libsvm file has one label");
    }
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
    without.addAll(others);
    Stream.of(label, weights).filter(Objects::nonNull).forEach(without::add);
    return without;
  }

  /** These features, behind them the further labels as columns of numbers, label and weights. */
  Columns of(List<String> chosen) {
    CellType untold = auto ? CellType.AUTO : CellType.NUMBER;
    Set<String> categories = Set.copyOf(texts);
    List<String> names = new ArrayList<>(chosen);
    List<CellType> types = new ArrayList<>();
    for (String name : chosen) {
      types.add(categories.contains(name) ? CellType.CATEGORY : untold);
    }
    for (String name : others) {
      names.add(name);
      types.add(CellType.NUMBER);
    }
    if (label != null) {
      CellType own = categories.isEmpty() ? untold : CellType.AUTO;
      types.add(others.isEmpty() ? own : CellType.NUMBER);
    }
    if (weights != null) {
      types.add(CellType.NUMBER);
    }
    BitSet filled = new BitSet();
    filled.set(0, chosen.size(), missing);
    return new Columns(List.copyOf(names), label, weights, types, filled);
  }
}
