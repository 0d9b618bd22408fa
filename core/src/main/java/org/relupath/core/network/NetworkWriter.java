package org.relupath.core.network;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.Preparation;
import org.relupath.core.data.Preprocessing;
import org.relupath.core.program.Model;

/** Networks as the JSON of a {@link NetworkFile}. */
final class NetworkWriter {
  private NetworkWriter() {}

  static ObjectNode of(Network network) {
    Preparation preparation = network.preparation();
    boolean plain = preparation.equals(Preparation.NONE) && network.calibration() == null;
    ObjectNode root = head(network, plain ? NetworkFile.PLAIN : NetworkFile.VERSION);
    NetworkNodes.write(root.putArray("hidden"), network.hidden());
    NetworkNodes.write(root.putArray("bias"), network.bias());
    NetworkNodes.write(root.putArray("output"), network.output());
    root.put("outputBias", NetworkNodes.written(network.outputBias()));
    labels(root, network);
    if (network.model() == Model.GATED) {
      NetworkNodes.write(root.putArray("gates"), network.gates());
      NetworkNodes.write(root.putArray("gateBias"), network.gateBias());
    }
    scores(root, network);
    return root;
  }

  static ObjectNode of(MultiOutputNetwork network) {
    ObjectNode root = head(network, NetworkFile.VERSION);
    ArrayNode outputs = root.putArray("outputs");
    for (int k = 0; k < network.size(); k++) {
      ObjectNode output = outputs.addObject().put("name", network.names().get(k));
      labels(output, network.networks().get(k));
      scores(output, network.networks().get(k));
    }
    if (!network.classes().isEmpty()) {
      ArrayNode classes = root.putArray("classes");
      network
          .classes()
          .forEach(
              label ->
                  classes.add(
                      label instanceof Double number
                          ? JsonNodeFactory.instance.numberNode(NetworkNodes.written(number))
                          : JsonNodeFactory.instance.textNode((String) label)));
    }
    joined(root, "hidden", network, Network::hidden);
    joinedNumbers(root, "bias", network, Network::bias);
    ArrayNode output = root.putArray("output");
    for (int k = 0; k < network.size(); k++) {
      for (double weight : network.networks().get(k).output()) {
        double[] row = new double[network.size()];
        row[k] = weight;
        NetworkNodes.write(output.addArray(), row);
      }
    }
    ArrayNode biases = root.putArray("outputBias");
    network.networks().forEach(own -> biases.add(NetworkNodes.written(own.outputBias())));
    if (network.model() == Model.GATED) {
      joined(root, "gates", network, Network::gates);
      joinedNumbers(root, "gateBias", network, Network::gateBias);
    }
    return root;
  }

  private static ObjectNode head(StoredNetwork network, int version) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("format", NetworkFile.FORMAT);
    root.put("version", version);
    root.put("activation", network.model() == Model.GATED ? "gated" : "relu");
    network.inputs().forEach(root.putArray("inputs")::add);
    if (!network.preparation().isPlain()) {
      PreparationNodes.write(network.preparation(), root.putArray("preparation"));
    }
    return root;
  }

  private static void joined(
      ObjectNode root, String name, MultiOutputNetwork network, Function<Network, Matrix> part) {
    ArrayNode rows = root.putArray(name);
    network.networks().forEach(own -> NetworkNodes.write(rows, part.apply(own)));
  }

  private static void joinedNumbers(
      ObjectNode root, String name, MultiOutputNetwork network, Function<Network, double[]> part) {
    ArrayNode numbers = root.putArray(name);
    network.networks().forEach(own -> NetworkNodes.write(numbers, part.apply(own)));
  }

  /** What a label of two values has. */
  private static void labels(ObjectNode node, Network network) {
    List<String> classes = network.preparation().classes();
    if (!classes.isEmpty()) {
      classes.forEach(node.putArray("labels")::add);
    } else if (network.labels().length == 2) {
      NetworkNodes.write(node.putArray("labels"), network.labels());
    }
  }

  /** How training standardised its columns, and what is made of scores. */
  private static void scores(ObjectNode node, Network network) {
    Preprocessing p = network.preprocessing();
    if (p != null) {
      ObjectNode own = node.putObject("preprocessing");
      NetworkNodes.write(own.putArray("mean"), p.mean());
      NetworkNodes.write(own.putArray("scale"), p.scale());
      own.put("intercept", p.intercept());
      own.put("center", NetworkNodes.written(p.center()));
    }
    CalibrationJson.write(node, network.calibration());
  }
}
