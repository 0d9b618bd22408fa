package org.relupath.spark.io.cells;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UnknownLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;

/** How a parquet column's values become doubles, each the nearest one. */
public interface ParquetNumber {
  /** The current value of a column; it is not null. */
  double of(ColumnReader reader);

  /** The way for a type; null where its values are no numbers. */
  static ParquetNumber of(Type type) {
    if (!type.isPrimitive() || type.isRepetition(Type.Repetition.REPEATED)) {
      return null;
    }
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    int scale = logical instanceof DecimalLogicalTypeAnnotation decimal ? decimal.getScale() : -1;
    boolean whole =
        logical == null
            || logical instanceof IntLogicalTypeAnnotation
            || logical instanceof UnknownLogicalTypeAnnotation;
    boolean unsigned = logical instanceof IntLogicalTypeAnnotation ints && !ints.isSigned();
    return switch (type.asPrimitiveType().getPrimitiveTypeName()) {
      case DOUBLE -> ColumnReader::getDouble;
      case FLOAT -> ColumnReader::getFloat;
      case INT32 -> {
        if (scale >= 0) {
          yield reader -> decimal(BigInteger.valueOf(reader.getInteger()), scale);
        }
        if (unsigned) {
          yield reader -> Integer.toUnsignedLong(reader.getInteger());
        }
        yield whole ? ColumnReader::getInteger : null;
      }
      case INT64 -> {
        if (scale >= 0) {
          yield reader -> decimal(BigInteger.valueOf(reader.getLong()), scale);
        }
        if (unsigned) {
          yield reader -> new BigDecimal(Long.toUnsignedString(reader.getLong())).doubleValue();
        }
        yield whole ? ColumnReader::getLong : null;
      }
      case BINARY, FIXED_LEN_BYTE_ARRAY -> {
        if (scale >= 0) {
          yield reader -> decimal(new BigInteger(reader.getBinary().getBytes()), scale);
        }
        yield logical instanceof Float16LogicalTypeAnnotation
            ? reader -> half(reader.getBinary())
            : null;
      }
      case BOOLEAN, INT96 -> null;
    };
  }

  /** What messages call a type whose values are no numbers. */
  static String describe(Type type) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    String name =
        logical != null
            ? logical.toString()
            : type.isPrimitive()
                ? type.asPrimitiveType().getPrimitiveTypeName().name()
                : "nested columns";
    return name.toLowerCase(Locale.ROOT);
  }

  private static double decimal(BigInteger unscaled, int scale) {
    return new BigDecimal(unscaled, scale).doubleValue();
  }

  /** IEEE 754 binary16, little endian: 1 sign bit, 5 of the exponent, 10 of the fraction. */
  private static double half(Binary value) {
    byte[] bytes = value.getBytes();
    int bits = (bytes[0] & 0xFF) | ((bytes[1] & 0xFF) << 8);
    int exponent = (bits >> 10) & 31;
    int fraction = bits & 1023;
    double size =
        switch (exponent) {
          case 0 -> fraction * 0x1p-24;
          case 31 -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
          default -> (1024 + fraction) * Math.scalb(1.0, exponent - 25);
        };
    return (bits & 0x8000) == 0 ? size : -size;
  }
}
