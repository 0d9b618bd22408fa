package org.relupath.spark.io.foreign;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.relupath.core.data.Matrix;

/**
 * An array of numpy: numbers of float32 or float64, in one or two dimensions.
 *
 * @param name what the file calls it
 * @param shape its sizes, one or two
 * @param values rows one after another
 */
@SuppressWarnings("ArrayRecordComponent") // numbers, never compared as a whole
record NpyArray(String name, int[] shape, double[] values) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': *('[^']*'|\\[.*\\]), *'fortran_order': *(True|False), *'shape': *\\(([^)]*)\\),? *\\}\\s*");

  /**
   * Reads a .npy file.
   *
   * @throws IllegalArgumentException naming the array and what is wrong with it
   */
  static NpyArray read(String name, byte[] file) {
    try {
      return read(name, ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN));
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("array '" + name + "' ends too early", e);
    }
  }

  private static NpyArray read(String name, ByteBuffer file) {
    byte[] magic = new byte[MAGIC.length];
    file.get(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new IllegalArgumentException("array '" + name + "' is not in the format of numpy");
    }
    int version = file.get();
    file.get();
    // The first version has two bytes for the length of its header, later ones four.
    long length =
        version == 1 ? Short.toUnsignedInt(file.getShort()) : Integer.toUnsignedLong(file.getInt());
    byte[] header = new byte[(int) Math.min(length, file.remaining() + 1L)];
    file.get(header);
    String text = new String(header, StandardCharsets.UTF_8);
    Matcher fields = HEADER.matcher(text);
    if (!fields.matches()) {
      throw new IllegalArgumentException(
          "array '" + name + "' has the header " + text.strip() + ", expected one of numpy");
    }
    int[] shape = shape(name, fields.group(3));
    long count = Arrays.stream(shape).asLongStream().reduce(1, (a, b) -> a * b);
    int bytes = width(name, fields.group(1), file);
    if (count * bytes != file.remaining()) {
      throw new IllegalArgumentException(
          "array '%s' of shape (%s) has %d bytes, expected %d"
              .formatted(name, fields.group(3), file.remaining(), count * bytes));
    }
    double[] values = new double[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes == Double.BYTES ? file.getDouble() : file.getFloat();
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "array '" + name + "' holds " + values[i] + ", expected finite numbers");
      }
    }
    boolean columns = fields.group(2).equals("True") && shape.length == 2;
    return new NpyArray(name, shape, columns ? transposed(values, shape[1], shape[0]) : values);
  }

  private static int[] shape(String name, String text) {
    String[] sizes = text.isBlank() ? new String[0] : text.strip().split("\\s*,\\s*");
    int[] shape = new int[sizes.length];
    boolean fits = sizes.length == 1 || sizes.length == 2;
    for (int i = 0; fits && i < sizes.length; i++) {
      fits = sizes[i].matches("[1-9]\\d{0,8}");
      shape[i] = fits ? Integer.parseInt(sizes[i]) : 0;
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "array '" + name + "' has the shape (" + text + "), expected one or two sizes");
    }
    return shape;
  }

  /** The bytes of a number; sets their order. */
  private static int width(String name, String type, ByteBuffer file) {
    if (!type.matches("'[<>]f[48]'")) {
      throw new IllegalArgumentException(
          "array '" + name + "' has the type " + type + ", expected float32 or float64");
    }
    file.order(type.charAt(1) == '<' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    return type.charAt(3) - '0';
  }

  private static double[] transposed(double[] values, int rows, int columns) {
    double[] other = new double[values.length];
    for (int r = 0; r < rows; r++) {
      for (int k = 0; k < columns; k++) {
        other[k * rows + r] = values[r * columns + k];
      }
    }
    return other;
  }

  boolean isMatrix() {
    return shape.length == 2;
  }

  /** The matrix; one row where it is a vector. */
  Matrix matrix() {
    return isMatrix()
        ? new Matrix(shape[0], shape[1], values)
        : new Matrix(1, values.length, values);
  }

  /** The matrix with rows and columns exchanged; one column where it is a vector. */
  Matrix transposed() {
    Matrix own = matrix();
    return new Matrix(
        own.columns(), own.rows(), transposed(own.values(), own.rows(), own.columns()));
  }

  /** The numbers of a vector. */
  double[] vector() {
    if (isMatrix() && shape[0] != 1) {
      throw new IllegalArgumentException(
          "array '%s' has the shape (%d, %d), expected a vector"
              .formatted(name, shape[0], shape[1]));
    }
    return values;
  }
}
