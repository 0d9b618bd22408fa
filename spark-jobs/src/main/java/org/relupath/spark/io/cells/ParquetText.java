package org.relupath.spark.io.cells;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;

/**
 * How the values of a parquet column that are no numbers become texts that {@link CellText} reads.
 */
public interface ParquetText {
  /** Day of 1970-01-01 in the count of days that 96-bit timestamps have. */
  long JULIAN_1970 = 2_440_588;

  /** Seconds of a day. */
  long DAY = 86_400;

  /** Nanoseconds of a second. */
  long SECOND = 1_000_000_000;

  /**
   * The current value of a column; it is not null.
   *
   * @throws CharacterCodingException if it is no UTF-8
   */
  String of(ColumnReader reader) throws CharacterCodingException;

  /** Exact texts of whole numbers and decimals, to name rows and levels by; null for others. */
  static ParquetText ofNumber(Type type) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    boolean unsigned = logical instanceof IntLogicalTypeAnnotation ints && !ints.isSigned();
    if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      int scale = decimal.getScale();
      return switch (type.asPrimitiveType().getPrimitiveTypeName()) {
        case INT32 -> reader -> BigDecimal.valueOf(reader.getInteger(), scale).toPlainString();
        case INT64 -> reader -> BigDecimal.valueOf(reader.getLong(), scale).toPlainString();
        default ->
            reader ->
                new BigDecimal(new BigInteger(reader.getBinary().getBytes()), scale)
                    .toPlainString();
      };
    }
    return switch (type.asPrimitiveType().getPrimitiveTypeName()) {
      case INT32 ->
          unsigned
              ? reader -> Integer.toUnsignedString(reader.getInteger())
              : reader -> Integer.toString(reader.getInteger());
      case INT64 ->
          unsigned
              ? reader -> Long.toUnsignedString(reader.getLong())
              : reader -> Long.toString(reader.getLong());
      default -> null;
    };
  }

  /** The way for a type: words, texts, dates and times; null for others. */
  static ParquetText of(Type type) {
    if (!type.isPrimitive() || type.isRepetition(Type.Repetition.REPEATED)) {
      return null;
    }
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    return switch (type.asPrimitiveType().getPrimitiveTypeName()) {
      case BOOLEAN -> reader -> Boolean.toString(reader.getBoolean());
      case BINARY ->
          logical == null
                  || logical instanceof StringLogicalTypeAnnotation
                  || logical instanceof EnumLogicalTypeAnnotation
              ? reader -> utf8(reader.getBinary().toByteBuffer())
              : null;
      case INT32 ->
          logical instanceof DateLogicalTypeAnnotation
              ? reader -> LocalDate.ofEpochDay(reader.getInteger()).toString()
              : null;
      case INT64 ->
          logical instanceof TimestampLogicalTypeAnnotation time
              ? reader -> time(reader.getLong(), perSecond(time))
              : null;
      case INT96 -> reader -> time96(reader.getBinary().toByteBuffer());
      default -> null;
    };
  }

  private static String utf8(ByteBuffer bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
  }

  private static long perSecond(TimestampLogicalTypeAnnotation time) {
    return switch (time.getUnit()) {
      case MILLIS -> 1000;
      case MICROS -> 1_000_000;
      case NANOS -> SECOND;
    };
  }

  private static String time(long value, long perSecond) {
    int rest = (int) (Math.floorMod(value, perSecond) * (SECOND / perSecond));
    return CellText.of(Math.floorDiv(value, perSecond), rest);
  }

  /** Nanoseconds of the day in 8 bytes, then the day in 4. */
  private static String time96(ByteBuffer bytes) {
    ByteBuffer value = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    long nanoseconds = value.getLong();
    long days = value.getInt() - JULIAN_1970;
    return CellText.of(days * DAY + nanoseconds / SECOND, (int) (nanoseconds % SECOND));
  }
}
