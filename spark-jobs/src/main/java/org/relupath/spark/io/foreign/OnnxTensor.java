package org.relupath.spark.io.foreign;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.relupath.core.data.Matrix;

/**
 * Floats of an ONNX model.
 *
 * @param name what the model calls them
 * @param dims sizes
 * @param values the last size runs fastest
 */
@SuppressWarnings("ArrayRecordComponent") // numbers, never compared as a whole
record OnnxTensor(String name, int[] dims, double[] values) {

  /** Whether a type of numbers is float32 or float64. */
  static boolean isReal(int type) {
    return type == DataType.FLOAT.getNumber() || type == DataType.DOUBLE.getNumber();
  }

  /**
   * Reads a tensor.
   *
   * @throws IllegalArgumentException naming the tensor and what is wrong with it
   */
  static OnnxTensor of(TensorProto tensor, ExternalData external) {
    String name = tensor.getName();
    if (!isReal(tensor.getDataType())) {
      throw new IllegalArgumentException(
          "tensor '%s' is of the type %s, expected FLOAT or DOUBLE"
              .formatted(name, DataType.forNumber(tensor.getDataType())));
    }
    if (!tensor.getDimsList().stream().allMatch(size -> size > 0 && size < Integer.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "tensor '%s' has the sizes %s, expected numbers above 0"
              .formatted(name, tensor.getDimsList()));
    }
    int[] dims = tensor.getDimsList().stream().mapToInt(Math::toIntExact).toArray();
    boolean single = tensor.getDataType() == DataType.FLOAT.getNumber();
    double[] values =
        tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL
            ? raw(name, external(tensor, external), single)
            : !tensor.getRawData().isEmpty()
                ? raw(name, tensor.getRawData().asReadOnlyByteBuffer(), single)
                : single
                    ? tensor.getFloatDataList().stream().mapToDouble(f -> f).toArray()
                    : tensor.getDoubleDataList().stream().mapToDouble(f -> f).toArray();
    long count = Arrays.stream(dims).asLongStream().reduce(1, (a, b) -> a * b);
    if (values.length != count || !Arrays.stream(values).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "tensor '%s' of %s has %d numbers, expected %d finite ones"
              .formatted(name, Arrays.toString(dims), values.length, count));
    }
    return new OnnxTensor(name, dims, values);
  }

  private static ByteBuffer external(TensorProto tensor, ExternalData external) {
    Map<String, String> where =
        tensor.getExternalDataList().stream()
            .collect(
                Collectors.toMap(
                    StringStringEntryProto::getKey, StringStringEntryProto::getValue, (a, b) -> b));
    String file = where.getOrDefault("location", "");
    // A model names files of its own folder, and no others.
    if (!file.matches("[^/\\\\:]+") || file.startsWith("..")) {
      throw new IllegalArgumentException(
          "tensor '%s' is in the file '%s', expected one beside the model"
              .formatted(tensor.getName(), file));
    }
    byte[] bytes = external.read(file);
    long from = whole(tensor, "offset", where.getOrDefault("offset", "0"));
    long length =
        where.containsKey("length")
            ? whole(tensor, "length", where.get("length"))
            : bytes.length - from;
    // Not from + length, which may be more than a long holds.
    if (from < 0 || length < 0 || length > bytes.length - from) {
      throw new IllegalArgumentException(
          "tensor '%s' has %d bytes from byte %d of the file '%s', expected at most %d in all"
              .formatted(tensor.getName(), length, from, file, bytes.length));
    }
    return ByteBuffer.wrap(bytes, (int) from, (int) length);
  }

  private static long whole(TensorProto tensor, String key, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "tensor '%s' has the %s '%s', expected a number of bytes"
              .formatted(tensor.getName(), key, text),
          e);
    }
  }

  private static double[] raw(String name, ByteBuffer bytes, boolean single) {
    ByteBuffer own = bytes.order(ByteOrder.LITTLE_ENDIAN);
    int size = single ? Float.BYTES : Double.BYTES;
    if (own.remaining() % size != 0) {
      throw new IllegalArgumentException(
          "tensor '%s' has %d bytes, expected %d for each number"
              .formatted(name, own.remaining(), size));
    }
    double[] values = new double[own.remaining() / size];
    for (int i = 0; i < values.length; i++) {
      values[i] = single ? own.getFloat() : own.getDouble();
    }
    return values;
  }

  /** The matrix. */
  Matrix matrix() {
    if (dims.length != 2) {
      throw new IllegalArgumentException(
          "tensor '%s' has the sizes %s, expected two".formatted(name, Arrays.toString(dims)));
    }
    return new Matrix(dims[0], dims[1], values);
  }

  /** The matrix with rows and columns exchanged. */
  OnnxTensor transposed() {
    return new OnnxTensor(
        name, new int[] {matrix().columns(), matrix().rows()}, transposed(matrix()).values());
  }

  static Matrix transposed(Matrix matrix) {
    Matrix other = Matrix.zeros(matrix.columns(), matrix.rows());
    for (int r = 0; r < matrix.rows(); r++) {
      for (int k = 0; k < matrix.columns(); k++) {
        other.values()[k * matrix.rows() + r] = matrix.get(r, k);
      }
    }
    return other;
  }

  /**
   * Its numbers as one for each of some columns, in which a single one stands for all. A column of
   * numbers is refused: in the model it would be added to rows.
   */
  double[] spread(int columns) {
    boolean single = values.length == 1;
    if (dims.length > 2
        || (dims.length == 2 && dims[0] != 1)
        || (!single && values.length != columns)) {
      throw new IllegalArgumentException(
          "tensor '%s' has the sizes %s, expected %d numbers, of a row"
              .formatted(name, Arrays.toString(dims), columns));
    }
    double[] all = values;
    if (single) {
      all = new double[columns];
      Arrays.fill(all, values[0]);
    }
    return all;
  }
}
