package org.relupath.spark.ml;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.relupath.core.network.Network;
import org.relupath.core.network.NetworkFile;
import org.relupath.core.network.StoredNetwork;
import org.relupath.spark.io.Json;
import org.relupath.spark.optimal.OptimalNetworks;

/**
 * All optimal networks at the lambda of a model; of more than two classes those of each output,
 * which together are all of the model.
 *
 * @param outputs one, or one a class
 */
public record OptimalSets(List<Output> outputs) {
  /** Copies the list. */
  public OptimalSets {
    outputs = List.copyOf(outputs);
  }

  /**
   * The optimal networks of an output.
   *
   * @param name of the class; empty where there is one output
   * @param networks sizes, uniqueness, ranges and chosen networks
   */
  public record Output(String name, @JsonUnwrapped OptimalNetworks networks) {}

  /** The names of the rules that networks are chosen by, such as {@code smallest}. */
  public List<String> candidates() {
    return List.copyOf(outputs.get(0).networks().networks().keySet());
  }

  /**
   * The network that a rule chooses, as network.json has it.
   *
   * @param candidate one of {@link #candidates}
   */
  public String networkJson(String candidate) {
    return NetworkFile.write(network(candidate));
  }

  /** The network that a rule chooses. */
  StoredNetwork network(String candidate) {
    if (!candidates().contains(candidate)) {
      throw new IllegalArgumentException(
          "candidate: '" + candidate + "', expected one of " + String.join(", ", candidates()));
    }
    List<Network> chosen =
        outputs.stream().map(one -> one.networks().networks().get(candidate)).toList();
    return FittedPath.joined(outputs.stream().map(Output::name).toList(), chosen);
  }

  /** As text, with the names of optimal-set.json; of several outputs a list {@code outputs}. */
  public String json() {
    return Json.pretty(outputs.size() == 1 ? outputs.get(0).networks() : this);
  }
}
