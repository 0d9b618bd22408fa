package org.relupath.spark.io.foreign;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Vectors;
import org.relupath.core.network.StoredNetwork;

/**
 * A network in an ONNX model as frameworks export two linear layers with a ReLU between them: Gemm,
 * or MatMul and Add; Identity and Cast between floats are passed by, and weights may be made by
 * Constant and Transpose. Any other operator is refused by its node.
 */
public final class OnnxNetwork {
  /** What values of the graph are: constants by their names. */
  private final Map<String, OnnxTensor> constants = new HashMap<>();

  /** ... and affine functions of the input, or of the neurons. */
  private final Map<String, Layer> layers = new HashMap<>();

  private Layer hidden;

  /**
   * Values that are z, or weights' z + bias, where z is the input or the neurons' outputs.
   *
   * @param second whether z are the neurons' outputs
   * @param weights inputs x outputs; null where it is z itself
   * @param bias null where there is none
   */
  @SuppressWarnings("ArrayRecordComponent") // numbers, never compared as a whole
  private record Layer(boolean second, Matrix weights, double[] bias) {
    Matrix outputsFirst() {
      return OnnxTensor.transposed(weights);
    }

    double[] biases() {
      return bias == null ? new double[weights.columns()] : bias;
    }
  }

  private OnnxNetwork() {}

  /**
   * Reads a network.
   *
   * @param external the bytes of a file beside the model, by its name
   * @param inputs the columns that are its inputs, in order
   * @throws IllegalArgumentException naming the node that does not fit
   */
  public static StoredNetwork read(byte[] file, ExternalData external, List<String> inputs) {
    ModelProto model;
    try {
      model = ModelProto.parseFrom(file);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("is damaged, expected an ONNX model", e);
    }
    if (model.getProducerName().equals("relupath")) {
      throw new IllegalArgumentException("is an export of relupath, expected its network.json");
    }
    return new OnnxNetwork().layers(model.getGraph(), external).network(inputs);
  }

  private TwoLayers layers(GraphProto graph, ExternalData external) {
    graph.getInitializerList().forEach(t -> constants.put(t.getName(), OnnxTensor.of(t, external)));
    List<String> inputs =
        graph.getInputList().stream()
            .map(ValueInfoProto::getName)
            .filter(name -> !constants.containsKey(name))
            .toList();
    if (inputs.size() != 1 || graph.getOutputCount() != 1) {
      throw new IllegalArgumentException(
          "has %d inputs and %d outputs, expected a model of one tensor and one output"
              .formatted(inputs.size(), graph.getOutputCount()));
    }
    layers.put(inputs.get(0), new Layer(false, null, null));
    for (NodeProto node : graph.getNodeList()) {
      add(node, external);
    }
    Layer output = layers.get(graph.getOutput(0).getName());
    if (output == null || !output.second || output.weights == null) {
      throw new IllegalArgumentException(
          "output '%s' is not that of two linear layers with a Relu between them"
              .formatted(graph.getOutput(0).getName()));
    }
    return new TwoLayers(
        hidden.outputsFirst(), hidden.bias, output.outputsFirst(), output.biases());
  }

  private void add(NodeProto node, ExternalData external) {
    if (!node.getDomain().isEmpty() && !node.getDomain().equals("ai.onnx")) {
      throw refusal(node, "is of the domain " + node.getDomain());
    }
    String name = node.getOutputCount() == 0 ? "" : node.getOutput(0);
    switch (node.getOpType()) {
      case "Constant" -> constants.put(name, OnnxTensor.of(constant(node), external));
      case "Transpose" -> {
        List<Long> order = attribute(node, "perm").getIntsList();
        if (!order.isEmpty() && !order.equals(List.of(1L, 0L))) {
          throw refusal(node, "has the order " + order);
        }
        constants.put(name, weights(node, 0).transposed());
      }
      case "Identity" -> same(node, name);
      case "Cast" -> {
        if (!OnnxTensor.isReal((int) attribute(node, "to").getI())) {
          throw refusal(node, "makes other numbers than floats");
        }
        same(node, name);
      }
      case "MatMul" -> layers.put(name, product(node, weights(node, 1).matrix(), null));
      case "Gemm" -> layers.put(name, gemm(node));
      case "Add" -> layers.put(name, sum(node));
      case "Relu" -> layers.put(name, relu(node));
      default -> throw refusal(node, "is no part of such a network");
    }
  }

  private void same(NodeProto node, String name) {
    String input = input(node, 0);
    if (constants.containsKey(input)) {
      constants.put(name, constants.get(input));
    } else {
      layers.put(name, layer(node, input));
    }
  }

  private Layer product(NodeProto node, Matrix weights, double[] bias) {
    Layer own = layer(node, input(node, 0));
    if (own.weights != null) {
      throw refusal(node, "follows another linear layer without a Relu between");
    }
    if (own.second && hidden.weights.columns() != weights.rows()) {
      throw refusal(
          node, "takes %d neurons of %d".formatted(weights.rows(), hidden.weights.columns()));
    }
    if (bias != null && bias.length != weights.columns()) {
      throw refusal(node, "adds %d numbers to %d".formatted(bias.length, weights.columns()));
    }
    return new Layer(own.second, weights, bias);
  }

  private Layer gemm(NodeProto node) {
    if (integer(node, "transA") != 0) {
      throw refusal(node, "transposes its input");
    }
    OnnxTensor weights = weights(node, 1);
    Matrix given = (integer(node, "transB") == 0 ? weights : weights.transposed()).matrix();
    double[] bias = null;
    if (node.getInputCount() > 2 && !node.getInput(2).isEmpty()) {
      bias = scaled(weights(node, 2).spread(given.columns()), factor(node, "beta"));
    }
    double[] scaled = scaled(given.values(), factor(node, "alpha"));
    return product(node, new Matrix(given.rows(), given.columns(), scaled), bias);
  }

  private static double[] scaled(double[] values, double factor) {
    double[] scaled = values.clone();
    Vectors.scale(factor, scaled, 0, scaled.length);
    return scaled;
  }

  private Layer sum(NodeProto node) {
    int constant = constants.containsKey(input(node, 0)) ? 0 : 1;
    Layer own = layer(node, input(node, 1 - constant));
    if (own.weights == null || own.bias != null) {
      throw refusal(node, "adds to what is no product with weights");
    }
    return new Layer(
        own.second, own.weights, weights(node, constant).spread(own.weights.columns()));
  }

  private Layer relu(NodeProto node) {
    Layer own = layer(node, input(node, 0));
    if (own.second || own.weights == null || hidden != null) {
      throw refusal(node, "is not the one between two linear layers");
    }
    hidden = own;
    return new Layer(true, null, null);
  }

  private static String input(NodeProto node, int index) {
    if (index >= node.getInputCount()) {
      throw refusal(node, "has no input " + index);
    }
    return node.getInput(index);
  }

  private Layer layer(NodeProto node, String name) {
    Layer own = layers.get(name);
    if (own == null) {
      throw refusal(node, "takes '" + name + "', which is no function of the input");
    }
    return own;
  }

  private OnnxTensor weights(NodeProto node, int input) {
    OnnxTensor own = input < node.getInputCount() ? constants.get(node.getInput(input)) : null;
    if (own == null) {
      throw refusal(node, "has no constant weights as input " + input);
    }
    return own;
  }

  private static AttributeProto attribute(NodeProto node, String name) {
    return node.getAttributeList().stream()
        .filter(own -> own.getName().equals(name))
        .findFirst()
        .orElse(AttributeProto.getDefaultInstance());
  }

  /** A whole number, which some exporters write as a float; 0 where it is not there. */
  private static long integer(NodeProto node, String name) {
    AttributeProto own = attribute(node, name);
    return own.getType() == AttributeProto.AttributeType.FLOAT ? (long) own.getF() : own.getI();
  }

  /** A factor, 1 where it is not there. */
  private static double factor(NodeProto node, String name) {
    AttributeProto own = attribute(node, name);
    return own.getName().isEmpty() ? 1 : own.getF();
  }

  private static ai.onnx.proto.OnnxMl.TensorProto constant(NodeProto node) {
    AttributeProto value = attribute(node, "value");
    if (!value.hasT()) {
      throw refusal(node, "has no tensor as its value");
    }
    return value.getT();
  }

  private static IllegalArgumentException refusal(NodeProto node, String problem) {
    String name =
        node.getName().isEmpty() && node.getOutputCount() > 0 ? node.getOutput(0) : node.getName();
    return new IllegalArgumentException(
        "node '%s' (%s) %s, expected Gemm, or MatMul and Add, then Relu, then one of these again"
            .formatted(name, node.getOpType(), problem));
  }
}
