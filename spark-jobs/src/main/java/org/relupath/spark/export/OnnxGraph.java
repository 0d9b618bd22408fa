package org.relupath.spark.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.relupath.core.data.Matrix;
import org.relupath.spark.config.NetworkSettings.Precision;
import org.relupath.spark.io.BadInputException;

/**
 * The graph of an ONNX model in the making. Values are known by their names; operators and
 * constants are given names that no input or output has.
 */
final class OnnxGraph {
  /** The dimension that rows are counted by. */
  private static final String ROWS = "N";

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("relupath");
  private final Precision precision;
  private final Set<String> taken;
  private int made;

  /**
   * An empty graph.
   *
   * @param precision of the numbers that are computed
   * @param reserved names of inputs and outputs
   */
  OnnxGraph(Precision precision, Set<String> reserved) {
    this.precision = precision;
    taken = new HashSet<>(reserved);
  }

  /** The type of numbers that are computed. */
  DataType type() {
    return precision == Precision.FLOAT32 ? DataType.FLOAT : DataType.DOUBLE;
  }

  /** A number as this graph computes with it. */
  double rounded(double value) {
    return precision == Precision.FLOAT32 ? (float) value : value;
  }

  /** An input of N rows, N x columns. */
  String input(String name, DataType type, int columns) {
    graph.addInput(value(name, type, columns));
    return name;
  }

  /**
   * Makes a value an output.
   *
   * @param columns of its N rows; 0 where it is a vector of N
   */
  void output(String value, String name, DataType type, int columns) {
    graph.addNode(
        NodeProto.newBuilder().setName(name).setOpType("Identity").addInput(value).addOutput(name));
    graph.addOutput(value(name, type, columns));
  }

  private static ValueInfoProto value(String name, DataType type, int columns) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam(ROWS);
    if (columns > 0) {
      shape.addDimBuilder().setDimValue(columns);
    }
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  /** What an operator of the standard domain makes of values. */
  String op(String operator, String... inputs) {
    return op(operator, List.of(), inputs);
  }

  /** What an operator of the standard domain makes of values. */
  String op(String operator, List<AttributeProto> attributes, String... inputs) {
    return add(NodeProto.newBuilder().setOpType(operator), attributes, inputs);
  }

  /** The whole number that each text has; one text a row. */
  String positions(String texts, List<String> keys, long[] numbers, long other) {
    AttributeProto.Builder names = attribute("keys_strings", AttributeProto.AttributeType.STRINGS);
    keys.forEach(key -> names.addStrings(ByteString.copyFromUtf8(key)));
    AttributeProto.Builder values = attribute("values_int64s", AttributeProto.AttributeType.INTS);
    Arrays.stream(numbers).forEach(values::addInts);
    return add(
        NodeProto.newBuilder().setOpType("LabelEncoder").setDomain(OnnxExport.ML),
        List.of(names.build(), values.build(), whole("default_int64", other)),
        texts);
  }

  private String add(NodeProto.Builder node, List<AttributeProto> attributes, String... inputs) {
    String output = name(node.getOpType());
    graph.addNode(
        node.setName(output)
            .addAllAttribute(attributes)
            .addAllInput(Arrays.asList(inputs))
            .addOutput(output));
    return output;
  }

  private static AttributeProto.Builder attribute(String name, AttributeProto.AttributeType type) {
    return AttributeProto.newBuilder().setName(name).setType(type);
  }

  /** An attribute that is a whole number. */
  static AttributeProto whole(String name, long value) {
    return attribute(name, AttributeProto.AttributeType.INT).setI(value).build();
  }

  /** A value as numbers of another type. */
  String cast(String value, DataType type) {
    return op("Cast", List.of(whole("to", type.getNumber())), value);
  }

  /** Columns of a value of N rows, by their positions. */
  String columns(String value, long... positions) {
    return op("Gather", List.of(whole("axis", 1)), value, wholes(positions, positions.length));
  }

  private String name(String kind) {
    String name;
    do {
      name = kind + "_" + made++;
    } while (!taken.add(name));
    return name;
  }

  /**
   * Numbers that are computed with.
   *
   * @param dims sizes of the tensor; none for a single number
   * @throws BadInputException for one that the precision does not hold
   */
  String numbers(double[] values, long... dims) {
    TensorProto.Builder tensor = tensor(type(), dims);
    for (double value : values) {
      if (type() == DataType.DOUBLE) {
        tensor.addDoubleData(value);
      } else if (Float.isInfinite((float) value)) {
        throw new BadInputException(
            "--precision: 'float32', expected float64, as the network has the number " + value);
      } else {
        tensor.addFloatData((float) value);
      }
    }
    return constant(tensor);
  }

  /** A matrix. */
  String matrix(Matrix values) {
    return numbers(values.values(), values.rows(), values.columns());
  }

  /** Numbers in double precision, whatever that of the graph is. */
  String doubles(double[] values, long... dims) {
    return constant(
        tensor(DataType.DOUBLE, dims).addAllDoubleData(() -> Arrays.stream(values).iterator()));
  }

  /** Whole numbers. */
  String wholes(long[] values, long... dims) {
    return constant(
        tensor(DataType.INT64, dims).addAllInt64Data(() -> Arrays.stream(values).iterator()));
  }

  /** A vector of texts. */
  String texts(List<String> values) {
    TensorProto.Builder tensor = tensor(DataType.STRING, values.size());
    values.forEach(text -> tensor.addStringData(ByteString.copyFromUtf8(text)));
    return constant(tensor);
  }

  private static TensorProto.Builder tensor(DataType type, long... dims) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(type.getNumber());
    Arrays.stream(dims).forEach(tensor::addDims);
    return tensor;
  }

  private String constant(TensorProto.Builder tensor) {
    String name = name("constant");
    graph.addInitializer(tensor.setName(name));
    return name;
  }

  /** The graph. */
  GraphProto build() {
    return graph.build();
  }
}
