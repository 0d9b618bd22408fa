package org.relupath.spark.io.table;

import java.util.List;
import org.apache.spark.sql.Row;

/**
 * A row of a {@link StoredTable}: its values, none of them missing, numbers finite and in range.
 * What is not so is an IllegalArgumentException that goes on after the name of the table.
 *
 * @param row with the columns of the table
 */
public record StoredRow(Row row) {

  /** A whole number in a range, its ends included. */
  public int whole(String column, int least, int most) {
    int value = row.getInt(index(column));
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "has " + column + " " + value + ", expected " + least + " to " + most);
    }
    return value;
  }

  /** A sign, +1 or -1. */
  public int sign() {
    int sign = row.getInt(index("sign"));
    if (sign != 1 && sign != -1) {
      throw new IllegalArgumentException("has sign " + sign + ", expected 1 or -1");
    }
    return sign;
  }

  /** A positive number. */
  public double positive(String column) {
    double value = row.getDouble(index(column));
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          "has " + column + " " + value + ", expected a number above 0");
    }
    return value;
  }

  /** A vector. */
  public double[] vector(String column, int length) {
    List<Double> values = row.getList(index(column));
    if (values.size() != length) {
      throw new IllegalArgumentException(
          "has " + column + " of " + values.size() + " values, expected " + length);
    }
    double[] vector = new double[length];
    for (int k = 0; k < length; k++) {
      Double value = values.get(k);
      if (value == null || !Double.isFinite(value)) {
        throw new IllegalArgumentException(
            "has " + value + " in " + column + ", expected finite numbers");
      }
      vector[k] = value;
    }
    return vector;
  }

  private int index(String column) {
    int index = row.fieldIndex(column);
    if (row.isNullAt(index)) {
      throw new IllegalArgumentException("has no value in " + column);
    }
    return index;
  }
}
