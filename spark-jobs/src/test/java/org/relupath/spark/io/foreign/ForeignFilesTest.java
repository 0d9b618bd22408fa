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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.relupath.core.network.MultiOutputNetwork;
import org.relupath.core.network.Network;

/** Files of other frameworks that are not two layers, or damaged: each refusal names its part. */
class ForeignFilesTest {
  private static final List<String> INPUTS = List.of("a", "b");

  /** A .npy file of float64 whose numbers are 1, 2, 3, ... */
  private static byte[] npy(String shape, int count) {
    return npy("'<f8'", shape, IntStream.rangeClosed(1, count).asDoubleStream().toArray());
  }

  private static byte[] npy(String type, String shape, double... values) {
    String header =
        "{'descr': %s, 'fortran_order': False, 'shape': (%s), }\n".formatted(type, shape);
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file =
        ByteBuffer.allocate(10 + text.length + 8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.UTF_8)).put((byte) 1).put((byte) 0);
    file.putShort((short) text.length).put(text);
    DoubleStream.of(values).forEach(file::putDouble);
    return file.array();
  }

  /** A .npz file of names and arrays in turn. */
  private static byte[] npz(Object... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < parts.length; i += 2) {
        zip.putNextEntry(new ZipEntry(parts[i] + ".npy"));
        zip.write((byte[]) parts[i + 1]);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void refused(byte[] npz, String message) {
    assertThatThrownBy(() -> NpzNetwork.read(npz, INPUTS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n");
  }

  /** 2 inputs, 3 neurons: which layout it is, shapes say. */
  @Test
  void layoutsAreToldByTheirShapes() {
    byte[] torch = npz("W1", npy("3, 2", 6), "W2", npy("1, 3", 3));
    Network network = (Network) NpzNetwork.read(torch, INPUTS);
    assertThat(network.hidden().row(1)).containsExactly(3, 4);
    assertThat(network.output()).containsExactly(1, 2, 3);
    byte[] keras = npz("W1", npy("2, 3", 6), "W2", npy("3, 1", 3), "b2", npy("1,", 1));
    network = (Network) NpzNetwork.read(keras, INPUTS);
    assertThat(network.hidden().row(1)).containsExactly(2, 5);
    assertThat(network.outputBias()).isEqualTo(1);
    // 2 inputs, 2 neurons: W2 says it.
    byte[] square = npz("W1", npy("2, 2", 4), "W2", npy("2, 1", 2));
    assertThat(((Network) NpzNetwork.read(square, INPUTS)).hidden().row(0)).containsExactly(1, 3);
    // One input, one neuron, one output: there is nothing to say.
    byte[] smallest = npz("W1", npy("1, 1", 1), "W2", npy("1, 1", 1));
    assertThat(NpzNetwork.read(smallest, List.of("a")).width()).isEqualTo(1);
  }

  @Test
  void outputsHaveTheNeuronsThatTheyUse() {
    byte[] two = npz("W1", npy("3, 2", 6), "W2", npy("'<f8'", "2, 3", 1, 0, 2, 0, 0, 5));
    MultiOutputNetwork network = (MultiOutputNetwork) NpzNetwork.read(two, INPUTS);
    assertThat(network.names()).containsExactly("output1", "output2");
    assertThat(network.networks()).extracting(Network::width).containsExactly(2, 1);
    assertThat(network.networks().get(1).hidden().row(0)).containsExactly(5, 6);
  }

  /** Both layouts fit: the number of inputs decides. */
  @Test
  void inputsDecideBetweenTwoLayouts() {
    byte[] both = npz("W1", npy("3, 2", 6), "W2", npy("2, 3", 6));
    assertThat(NpzNetwork.read(both, INPUTS).width()).isEqualTo(6);
    MultiOutputNetwork other = (MultiOutputNetwork) NpzNetwork.read(both, List.of("a", "b", "c"));
    assertThat(other.networks().get(0).hidden().row(0)).containsExactly(1, 3, 5);
    assertThat(other.networks().get(2).output()).containsExactly(3, 6);
  }

  @Test
  void arraysThatAreNoTwoLayers() {
    byte[] w1 = npy("3, 2", 6);
    byte[] w2 = npy("1, 3", 3);
    refused(npz("W1", npy("2, 2", 4), "W2", npy("2, 2", 4)), "W1 and W2 are square");
    refused(npz("W1", w1, "W2", npy("1, 4", 4)), "W1 is 3 x 2, W2 1 x 4, expected k neurons");
    refused(npz("W1", w1), "lacks the array 'W2'");
    refused(npz("W1", w1, "W2", w2, "W3", w2), "has the array 'W3', expected W1");
    refused(npz("W1", w1, "W2", w2, "b2", npy("2,", 2)), "has 2 entries of the second bias");
    refused(npz("W1", w1, "W2", w2, "mean", npy("2,", 2)), "has the array 'mean' alone");
    refused(
        npz("W1", w1, "W2", w2, "mean", npy("2,", 2), "scale", npy("'<f8'", "2,", 1, 0)),
        "scale holds 0.0, expected numbers above 0");
    refused(
        npz("0.weight", w1, "2.weight", w2, "4.weight", w2), "has 3 layers, 0.weight, 2.weight");
    refused(npz("0.weight", w1, "1.running_mean", w2, "2.weight", w2), "'1.running_mean'");
    refused(npz("0.weight", w1, "2.weight", npy("3,", 3)), "'2.weight' is a vector");
    refused(npz("arr_0", w1), "has 1 layers, arr_0");
    refused(npz("x", w1), "has the array 'x', expected W1");
    refused(npz(), "expected W1");
  }

  @Test
  void arraysThatCannotBeRead() {
    byte[] w2 = npy("1, 3", 3);
    refused(npz("W1", npy("'<i8'", "3, 2"), "W2", w2), "'W1' has the type '<i8', expected float32");
    refused(npz("W1", npy("'|O'", "3, 2"), "W2", w2), "'W1' has the type '|O'");
    refused(npz("W1", npy("[('x', '<f8')]", "3,"), "W2", w2), "has the type [('x', '<f8')]");
    refused(npz("W1", npy("3, 2, 1", 6), "W2", w2), "has the shape (3, 2, 1), expected one or two");
    refused(npz("W1", npy("", 1), "W2", w2), "has the shape (), expected one or two sizes");
    refused(npz("W1", npy("0, 2", 0), "W2", w2), "has the shape (0, 2)");
    refused(npz("W1", npy("3, 2", 5), "W2", w2), "of shape (3, 2) has 40 bytes, expected 48");
    refused(npz("W1", npy("999999999, 999999999", 1), "W2", w2), "has 8 bytes, expected 79999");
    refused(npz("W1", npy("'<f8'", "1,", Double.NaN), "W2", w2), "'W1' holds NaN");
    refused(npz("W1", "no array of numpy".getBytes(StandardCharsets.UTF_8)), "not in the format");
    refused(npz("W1", Arrays.copyOf(w2, 9)), "array 'W1' ends too early");
    byte[] whole = npz("W1", npy("3, 2", 6), "W2", w2);
    refused(Arrays.copyOf(whole, whole.length / 3), "");
  }

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
        "at bytes 0 to 48 of the file 'data', expected at most 0");
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }
}
