package org.relupath.spark.data;

import java.util.List;
import java.util.Map;
import org.relupath.core.data.Observations;

/**
 * The rows of a run of K outputs, in memory: of a label of more than two classes each class against
 * all others, or each of several label columns. What a run of one output fits is the same rows,
 * split alike, with the targets of that output.
 *
 * @param outputs K, in the order of the classes or of the label columns
 * @param classes the K labels, all texts or all numbers, in order; empty where outputs are columns
 * @param hash of the rows with their labels as they were read
 * @param notes what was left out, and what the label was taken for
 */
public record OutputRows(List<Output> outputs, List<?> classes, String hash, List<String> notes)
    implements RunRows {
  /**
   * One of the outputs.
   *
   * @param name the class as a text, or the label column
   * @param rows with its targets: +1 in the class and -1 elsewhere, or the column's numbers
   * @param settings the keys, with their values, that make a run of one output of it: for {@code
   *     positive} a text or a number, for {@code label} and {@code task} a text, for {@code drop} a
   *     list of names
   */
  public record Output(String name, TrainingData rows, Map<String, Object> settings) {
    /** Copies the settings. */
    public Output {
      settings = Map.copyOf(settings);
    }
  }

  /** Copies the lists. */
  public OutputRows {
    outputs = List.copyOf(outputs);
    classes = List.copyOf(classes);
    notes = List.copyOf(notes);
  }

  /** The names of the outputs. */
  public List<String> names() {
    return outputs.stream().map(Output::name).toList();
  }

  /**
   * For each row of a part the position of its class among {@link #classes}; null where the part
   * has no rows, or outputs are columns.
   */
  public int[] classes(Part part) {
    Observations first = outputs.get(0).rows().rows(part);
    if (first == null || classes.isEmpty()) {
      return null;
    }
    int[] codes = new int[first.rows()];
    for (int k = 0; k < outputs.size(); k++) {
      double[] targets = outputs.get(k).rows().rows(part).targets();
      for (int r = 0; r < codes.length; r++) {
        codes[r] = targets[r] > 0 ? k : codes[r];
      }
    }
    return codes;
  }

  @Override
  public List<String> inputs() {
    return outputs.get(0).rows().inputs();
  }

  @Override
  public long count() {
    return outputs.get(0).rows().count();
  }

  @Override
  public Long count(Part part) {
    return outputs.get(0).rows().count(part);
  }
}
