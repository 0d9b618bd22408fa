package org.relupath.spark.io.rows;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.relupath.spark.io.BadInputException;
import org.relupath.spark.io.Shown;

/**
 * Which columns of a file are wanted: features in order, then the label and the weights where there
 * are any.
 *
 * @param names the d feature names
 * @param label the label's name, or null where rows are only to be predicted
 * @param weights the name of the column of weights, or null
 */
public record Columns(List<String> names, String label, String weights) implements Serializable {

  public Columns {
    names = List.copyOf(names);
  }

  /** Columns of rows that count once each. */
  public Columns(List<String> names, String label) {
    this(names, label, null);
  }

  /**
   * Chooses among the columns of a file.
   *
   * @param source how messages call the file
   * @param available its columns
   * @param features the wanted ones, or an empty list for all but the label and the weights
   * @param label the label, or null for none
   * @param weights the weights, or null for none
   */
  static Columns choose(
      String source, List<String> available, List<String> features, String label, String weights) {
    if (label != null && !available.contains(label)) {
      throw new BadInputException(
          "--label: " + source + " has no column '" + label + "', it has " + had(available));
    }
    if (weights != null && !available.contains(weights)) {
      throw new BadInputException(
          "--weights: " + source + " has no column '" + weights + "', it has " + had(available));
    }
    if (weights != null && weights.equals(label)) {
      throw new BadInputException("--weights: '" + weights + "' is the label");
    }
    Set<String> known = new HashSet<>(available);
    for (String feature : features) {
      if (!known.contains(feature)) {
        throw new BadInputException(
            "--features: " + source + " has no column '" + feature + "', it has " + had(available));
      }
      if (feature.equals(label)) {
        throw new BadInputException("--features: '" + feature + "' is the label");
      }
      if (feature.equals(weights)) {
        throw new BadInputException("--features: '" + feature + "' is the column of weights");
      }
    }
    List<String> names = new ArrayList<>(features.isEmpty() ? available : features);
    if (features.isEmpty()) {
      names.remove(label);
      names.remove(weights);
    }
    if (names.isEmpty()) {
      throw new BadInputException(source + " has no feature column beside the label");
    }
    return new Columns(names, label, weights);
  }

  /**
   * The columns that a network takes.
   *
   * @param source how messages call the file
   * @param available its columns
   * @param inputs the network's inputs
   * @param label the label, or null for none
   * @param weights the weights, or null for none
   */
  static Columns ofNetwork(
      String source, List<String> available, List<String> inputs, String label, String weights) {
    Set<String> known = new HashSet<>(available);
    for (String input : inputs) {
      if (!known.contains(input)) {
        throw new BadInputException(
            "%s has no column '%s', which the network takes; it has %s"
                .formatted(source, input, had(available)));
      }
    }
    // Choosing refuses a label that is missing, or is one of the inputs.
    return choose(source, available, inputs, label, weights);
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

  /** The first of some columns. */
  static String shown(List<String> columns) {
    int most = 12;
    return columns.size() <= most
        ? String.join(", ", columns)
        : String.join(", ", columns.subList(0, most)) + ", ... (" + columns.size() + " columns)";
  }

  /** What a file has, where it has not what is wanted. */
  private static String had(List<String> columns) {
    if (columns.size() == 1) {
      for (String separator : List.of(";", "\t", "|")) {
        if (columns.get(0).contains(separator)) {
          String said = separator.equals("\t") ? "tabs" : "'" + separator + "'";
          return "one column '%s': the separator seems to be %s, expected commas"
              .formatted(Shown.value(columns.get(0)), said);
        }
      }
    }
    return shown(columns);
  }
}
