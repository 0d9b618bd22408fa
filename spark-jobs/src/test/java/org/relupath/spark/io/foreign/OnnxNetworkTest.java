package org.relupath.spark.io.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relupath.core.network.Network;

/**
 * Models that are two layers, however they are written, and the refusals of others by their nodes.
 */
class OnnxNetworkTest {
  private static final List<String> INPUTS = List.of("a", "b");

  private static TensorProto tensor(String name, DataType type, long... dims) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
    long count = 1;
    for (long size : dims) {
      tensor.addDims(size);
      count *= size;
    }
    for (int i = 1; i <= count; i++) {
      tensor.addDoubleData(i);
    }
    return tensor.build();
  }

  private static NodeProto node(String operator, String inputs, String output) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .addAllInput(List.of(inputs.split(" ")))
        .addOutput(output)
        .build();
  }

  /** A model with constants W (2 x 3), V (3 x 1), b (3) and c (1). */
  private static byte[] model(String output, NodeProto... nodes) {
    return ModelProto.newBuilder()
        .setGraph(
            GraphProto.newBuilder()
                .addInput(ValueInfoProto.newBuilder().setName("x"))
                .addOutput(ValueInfoProto.newBuilder().setName(output))
                .addInitializer(tensor("W", DataType.DOUBLE, 2, 3))
                .addInitializer(tensor("V", DataType.DOUBLE, 3, 1))
                .addInitializer(tensor("b", DataType.DOUBLE, 3))
                .addInitializer(tensor("c", DataType.DOUBLE, 1))
                .addAllNode(Arrays.asList(nodes)))
        .build()
        .toByteArray();
  }

  private static Network network(byte[] model) {
    return (Network) OnnxNetwork.read(model, name -> new byte[0], INPUTS);
  }

  private static void refusedModel(byte[] model, String message) {
    assertThatThrownBy(() -> network(model))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n");
  }

  private static final NodeProto FIRST = node("MatMul", "x W", "h");
  private static final NodeProto RELU = node("Relu", "h", "r");
  private static final NodeProto RELU_K = node("Relu", "k", "r");
  private static final NodeProto SECOND = node("MatMul", "r V", "y");

  @Test
  void otherWaysToWriteTheSame() {
    Network network = network(model("y", FIRST, RELU, SECOND));
    assertThat(network.hidden().row(0)).containsExactly(1, 4);
    assertThat(network.output()).containsExactly(1, 2, 3);
    assertThat(network.bias()).containsExactly(0, 0, 0);
    Network passed =
        network(
            model(
                "z",
                node("Identity", "x", "i"),
                node("Transpose", "W", "t"),
                node("Transpose", "t", "u"),
                node("Identity", "u", "w"),
                node("MatMul", "i w", "m"),
                node("Add", "b m", "h"),
                RELU,
                SECOND,
                node("Identity", "y", "z")));
    assertThat(passed.hidden()).isEqualTo(network.hidden());
    assertThat(passed.bias()).containsExactly(1, 2, 3);
    NodeProto gemm =
        node("Gemm", "r V c", "y").toBuilder()
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("alpha")
                    .setType(AttributeProto.AttributeType.FLOAT)
                    .setF(2))
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("beta")
                    .setType(AttributeProto.AttributeType.FLOAT)
                    .setF(-3))
            .build();
    Network scaled = network(model("y", FIRST, RELU, gemm));
    assertThat(scaled.output()).containsExactly(2, 4, 6);
    assertThat(scaled.outputBias()).isEqualTo(-3);
  }

  @Test
  void nodesThatAreNoTwoLayers() {
    refusedModel(
        model("y", FIRST, node("Tanh", "h", "r"), SECOND), "node 'r' (Tanh) is no part of");
    refusedModel(
        model("y", FIRST, RELU, SECOND, node("Relu", "y", "z")), "node 'z' (Relu) is not the");
    refusedModel(model("y", node("Relu", "x", "y")), "node 'y' (Relu) is not the one between");
    refusedModel(
        model("y", FIRST, node("MatMul", "h V", "y")), "node 'y' (MatMul) follows another linear");
    refusedModel(
        model("y", node("MatMul", "W x", "y")), "node 'y' (MatMul) has no constant weights");
    refusedModel(model("y", FIRST, RELU, node("MatMul", "r W", "y")), "takes 2 neurons of 3");
    refusedModel(model("y", node("Add", "x b", "y")), "node 'y' (Add) adds to what is no product");
    refusedModel(
        model("y", FIRST, node("Add", "h h", "y")), "node 'y' (Add) has no constant weights");
    refusedModel(
        model("y", FIRST, node("Add", "h c", "k"), node("Add", "k c", "y")), "node 'y' (Add)");
    refusedModel(model("h", FIRST), "output 'h' is not that of two linear layers");
    refusedModel(model("q", FIRST, RELU, SECOND), "output 'q' is not that of two linear layers");
    refusedModel(model("y", node("MatMul", "q W", "y")), "takes 'q', which is no function");
    refusedModel(
        model("y", FIRST.toBuilder().setDomain("com.example").build()),
        "node 'h' (MatMul) is of the domain com.example");
    List<NodeProto> added = new ArrayList<>(List.of(FIRST, node("Add", "h V", "k")));
    refusedModel(model("y", added.toArray(new NodeProto[0])), "");
    refusedModel("no model".getBytes(StandardCharsets.UTF_8), "is damaged, expected an ONNX model");
    refusedModel(
        ModelProto.newBuilder().setProducerName("relupath").build().toByteArray(),
        "is an export of relupath, expected its network.json");
    refusedModel(new byte[0], "has 0 inputs and 0 outputs");
  }

  private static byte[] with(TensorProto tensor) {
    return ModelProto.newBuilder()
        .setGraph(GraphProto.newBuilder().addInitializer(tensor))
        .build()
        .toByteArray();
  }

  @Test
  void tensorsThatCannotBeRead() {
    TensorProto own = tensor("W", DataType.DOUBLE, 2, 3);
    refusedModel(
        with(own.toBuilder().setDataType(DataType.FLOAT16.getNumber()).build()),
        "tensor 'W' is of the type FLOAT16, expected FLOAT or DOUBLE");
    refusedModel(with(own.toBuilder().setDims(0, 3).build()), "has 6 numbers, expected 9");
    refusedModel(with(own.toBuilder().setDims(0, -1).build()), "expected numbers above 0");
    refusedModel(
        with(own.toBuilder().setDoubleData(0, Double.POSITIVE_INFINITY).build()),
        "expected 6 finite");
    TensorProto.Builder external =
        own.toBuilder().clearDoubleData().setDataLocation(TensorProto.DataLocation.EXTERNAL);
    for (String file : List.of("../secret", "/etc/passwd", "a/b", "..", "")) {
      refusedModel(
          with(external.clone().addExternalData(entry("location", file)).build()),
          "tensor 'W' is in the file '" + file + "', expected one beside the model");
    }
    refusedModel(
        with(
            external
                .addExternalData(entry("location", "data"))
                .addExternalData(entry("length", "48"))
                .build()),
        "tensor 'W' has 48 bytes from byte 0 of the file 'data', expected at most 0 in all");
  }

  /** Numbers of a file beside it that lie outside it, or are none, by the tensor. */
  @ParameterizedTest
  @CsvSource({
    "offset,9223372036854775807,has 0 bytes from byte 9223372036854775807 of the file",
    "offset,-1,has 0 bytes from byte -1 of the file",
    "length,9223372036854775807,has 9223372036854775807 bytes from byte 1 of the file",
    "length,-1,has -1 bytes from byte 1 of the file",
    "offset,x,has the offset 'x'; expected a number of bytes",
    "length,1e2,has the length '1e2'; expected a number of bytes",
  })
  void placesThatAFileDoesNotHave(String key, String value, String problem) {
    TensorProto tensor =
        tensor("W", DataType.DOUBLE, 2, 3).toBuilder()
            .clearDoubleData()
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(entry("location", "data"))
            .addExternalData(entry("offset", "1"))
            .addExternalData(entry("length", "0"))
            .addExternalData(entry(key, value))
            .build();
    refusedModel(with(tensor), "tensor 'W' " + problem.replace(';', ','));
  }

  @Test
  void bytesThatAreNoWholeNumbers() {
    TensorProto.Builder own = tensor("W", DataType.DOUBLE, 2, 3).toBuilder().clearDoubleData();
    refusedModel(
        with(own.setRawData(ByteString.copyFrom(new byte[49])).build()),
        "tensor 'W' has 49 bytes, expected 8 for each number");
    refusedModel(
        with(own.setRawData(ByteString.copyFrom(new byte[40])).build()),
        "has 5 numbers, expected 6");
  }

  /** One number a row, which broadcasting would add to rows. */
  @Test
  void aBiasThatIsAColumn() {
    NodeProto column = node("Transpose", "bias", "t");
    NodeProto row = node("Transpose", "V", "bias");
    Network network = network(model("y", row, FIRST, node("Add", "h bias", "k"), RELU_K, SECOND));
    assertThat(network.bias()).containsExactly(1, 2, 3);
    refusedModel(
        model("y", FIRST, node("Add", "h V", "k"), RELU_K, SECOND),
        "tensor 'V' has the sizes [3, 1], expected 3 numbers, of a row");
    refusedModel(
        model("y", row, column, node("Gemm", "x W t", "k"), RELU_K, SECOND),
        "tensor 'V' has the sizes [3, 1], expected 3 numbers, of a row");
    // A column of a single number is a row, too.
    network = network(model("y", FIRST, RELU, node("Gemm", "r V c", "y")));
    assertThat(network.outputBias()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Relu", "Add", "Identity", "Cast", "MatMul", "Gemm", "Transpose"})
  void nodesWithFewerInputsThanTheirOperatorHas(String operator) {
    NodeProto.Builder bare = NodeProto.newBuilder().setOpType(operator).addOutput("h");
    if (operator.equals("Cast")) {
      bare.addAttribute(AttributeProto.newBuilder().setName("to").setI(1));
    }
    refusedModel(model("y", bare.build(), RELU, SECOND), "node 'h' (" + operator + ") has no ");
    if (List.of("Add", "MatMul", "Gemm").contains(operator)) {
      refusedModel(
          model("y", FIRST, bare.addInput("h").setOutput(0, "k").build(), RELU_K, SECOND),
          "node 'k' (" + operator + ") has no ");
      refusedModel(
          model("y", FIRST, bare.setInput(0, "b").build(), RELU_K, SECOND),
          "node 'k' (" + operator + ") has no ");
    }
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }
}
