package org.relupath.spark.io.rows;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.relupath.core.data.RawColumn;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.Shown;
import org.relupath.spark.io.cells.CellType;
import org.relupath.spark.io.cells.Wanted;

/**
 * Which columns of a file are wanted: features in order, then the label and the weights where there
 * are any.
 *
 * @param names the d feature names
 * @param label the label's name, or null where rows are only to be predicted
 * @param weights the name of the column of weights, or null
 * @param types what the cells of each are, the label's and the weights' last
 * @param missing the places of features whose cells may be missing
 */
public record Columns(
    List<String> names, String label, String weights, List<CellType> types, BitSet missing)
    implements Serializable {
  /** Columns of numbers, none of them missing. */
  public Columns(List<String> names, String label, String weights) {
    this(names, label, weights, all(CellType.NUMBER, names, label, weights), new BitSet());
  }

  /** Columns of numbers, none of them missing, of rows that count once each. */
  public Columns(List<String> names, String label) {
    this(names, label, null);
  }

  /**
   * Columns whose texts are taken exactly as they are.
   *
   * @param source how messages call the file
   * @param available its columns
   * @param names those of --id
   */
  static Columns verbatim(String source, List<String> available, List<String> names) {
    refuse("--id", source, available, names, List.of(), "");
    return new Columns(names, null, null, all(CellType.VERBATIM, names, null, null), new BitSet());
  }

  private static List<CellType> all(
      CellType type, List<String> names, String label, String weights) {
    int others = (label == null ? 0 : 1) + (weights == null ? 0 : 1);
    return Collections.nCopies(names.size() + others, type);
  }

  /**
   * These columns as those of rows that were read before.
   *
   * @param known the columns of those; others are numbers
   * @param type what labels are
   * @param filled whether cells of a feature may be missing
   */
  public Columns like(List<RawColumn> known, CellType type, Predicate<String> filled) {
    Map<String, CellType> others = new HashMap<>();
    for (RawColumn column : known) {
      others.put(column.name(), CellType.of(column.kind()));
    }
    List<CellType> own = new ArrayList<>();
    BitSet gaps = new BitSet();
    for (int k = 0; k < names.size(); k++) {
      own.add(others.getOrDefault(names.get(k), CellType.NUMBER));
      gaps.set(k, filled.test(names.get(k)));
    }
    if (label != null) {
      own.add(type);
    }
    if (weights != null) {
      own.add(CellType.NUMBER);
    }
    return new Columns(names, label, weights, own, gaps);
  }

  /** All wanted columns: the features, then the label, then the weights. */
  List<String> all() {
    List<String> all = new ArrayList<>(names);
    if (label != null) {
      all.add(label);
    }
    if (weights != null) {
      all.add(weights);
    }
    return all;
  }

  /** All wanted columns with what their cells are. */
  List<Wanted> wanted() {
    List<String> all = all();
    return IntStream.range(0, all.size())
        .mapToObj(k -> new Wanted(all.get(k), types.get(k), missing.get(k)))
        .toList();
  }

  /**
   * Chooses among the columns of a file.
   *
   * @param source how messages call the file
   * @param available its columns
   * @param choice which are wanted
   */
  static Columns choose(String source, List<String> available, ColumnChoice choice) {
    String label = choice.label();
    Set<String> known = new HashSet<>(available);
    if (label != null && !known.contains(label)) {
      throw new BadInputException(
          "--label: " + source + " has no column '" + label + "', it has " + had(available));
    }
    refuse("--label", source, available, choice.others(), List.of(), "");
    List<String> labels = new ArrayList<>(choice.others());
    labels.add(label + "");
    refuse("--features", source, available, choice.features(), labels, "the label");
    String weights = choice.weights();
    if (weights != null) {
      refuse("--weights", source, available, List.of(weights), List.of(label + ""), "the label");
      String what = "the column of weights";
      refuse("--features", source, available, choice.features(), List.of(weights), what);
    }
    refuse("--id", source, available, choice.ids(), choice.features(), "one of --features");
    refuse("--drop", source, available, choice.drop(), choice.features(), "one of --features");
    refuse("--categorical", source, available, choice.texts(), choice.without(), "left out");
    List<String> names =
        new ArrayList<>(choice.features().isEmpty() ? available : choice.features());
    if (choice.features().isEmpty()) {
      names.removeAll(choice.without());
    }
    if (names.isEmpty()) {
      throw new BadInputException(source + " has no feature column beside the label");
    }
    return choice.of(List.copyOf(names));
  }

  private static void refuse(
      String option,
      String source,
      List<String> available,
      List<String> names,
      List<String> others,
      String what) {
    Set<String> known = new HashSet<>(available);
    for (String name : names) {
      if (!known.contains(name)) {
        throw new BadInputException(
            option + ": " + source + " has no column '" + name + "', it has " + had(available));
      }
      if (others.contains(name)) {
        throw new BadInputException(option + ": '" + name + "' is " + what);
      }
    }
  }

  /**
   * Refuses a file that lacks inputs of a network.
   *
   * @param source how messages call the file
   * @param available its columns
   */
  static void requireInputs(String source, List<String> available, List<String> inputs) {
    Set<String> known = new HashSet<>(available);
    for (String input : inputs) {
      if (!known.contains(input)) {
        throw new BadInputException(
            "%s has no column '%s', which the network takes; it has %s"
                .formatted(source, input, had(available)));
      }
    }
  }

  /** The first of some columns. */
  public static String shown(List<String> columns) {
    int most = 12;
    return columns.size() <= most
        ? String.join(", ", columns)
        : String.join(", ", columns.subList(0, most)) + ", ... (" + columns.size() + " columns)";
  }

  /** What a file has, where it has not what is wanted. */
  private static String had(List<String> columns) {
    if (columns.size() == 1) {
      for (String separator : List.of(";", "\t", "|", ",")) {
        if (columns.get(0).contains(separator)) {
          String said = separator.equals("\t") ? "tabs" : "'" + separator + "'";
          return "one column '%s': the separator seems to be %s (--delimiter)"
              .formatted(Shown.value(columns.get(0)), said);
        }
      }
    }
    return shown(columns);
  }
}
