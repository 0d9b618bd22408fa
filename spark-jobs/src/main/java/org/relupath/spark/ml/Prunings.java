package org.relupath.spark.ml;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.relupath.core.network.Network;
import org.relupath.core.network.NetworkFile;
import org.relupath.core.network.StoredNetwork;
import org.relupath.spark.io.Json;
import org.relupath.spark.prune.PruningRow;
import org.relupath.spark.prune.PruningSummary;

/**
 * A model's network pruned: exactly, down to a minimal network that is optimal too, and below that
 * approximately.
 *
 * @param outputs one, or one a class
 */
public record Prunings(List<Output> outputs) {
  /** Copies the list. */
  public Prunings {
    outputs = List.copyOf(outputs);
  }

  /**
   * The pruning of an output.
   *
   * @param name of the class; empty where there is one output
   * @param pruned what became of it
   * @param network the minimal network, on raw features
   */
  public record Output(String name, @JsonUnwrapped Pruned pruned, @JsonIgnore Network network) {}

  /**
   * What pruning did, as text has it.
   *
   * @param summary what became of the network
   * @param rows of pruning.csv: a network each on the way down
   */
  public record Pruned(@JsonUnwrapped PruningSummary summary, List<PruningRow> rows) {}

  /** The minimal network. */
  public StoredNetwork network() {
    return FittedPath.joined(
        outputs.stream().map(Output::name).toList(),
        outputs.stream().map(Output::network).toList());
  }

  /** The minimal network as network.json has it. */
  public String networkJson() {
    return NetworkFile.write(network());
  }

  /**
   * As text, with the names of summary.json and, in {@code rows}, of pruning.csv; of several
   * outputs a list {@code outputs}.
   */
  public String json() {
    return Json.pretty(outputs.size() == 1 ? outputs.get(0).pruned() : this);
  }
}
