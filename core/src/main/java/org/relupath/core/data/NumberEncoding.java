package org.relupath.core.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A column of numbers, of false and true as 0 and 1, or of dates as one or more of their parts.
 *
 * @param raw the column, no category
 * @param parts of a date, at least one; else empty
 * @param missing what stands for a missing cell: a number, of a date one for each part; empty where
 *     a missing cell is refused
 * @param indicator whether one more column is 1 where a cell is missing, and 0 elsewhere
 */
@SuppressWarnings("ArrayRecordComponent") // numbers, never compared as a whole
public record NumberEncoding(
    RawColumn raw, List<DatePart> parts, double[] missing, boolean indicator)
    implements ColumnEncoding {
  /** Checks that parts and numbers agree. */
  public NumberEncoding {
    parts = List.copyOf(parts);
    boolean date = raw.kind() == RawColumn.Kind.DATE;
    if (raw.kind() == RawColumn.Kind.CATEGORY || date == parts.isEmpty()) {
      throw new IllegalArgumentException(
          "column '" + raw.name() + "' of " + raw.kind() + " has the date parts " + parts);
    }
    if (missing.length != 0) {
      Matrix.requireLength("missing", missing, Math.max(1, parts.size()));
    }
    if (indicator && missing.length == 0) {
      throw new IllegalArgumentException(
          "column '" + raw.name() + "' has an indicator, but refuses missing cells");
    }
  }

  /**
   * Fits an encoding.
   *
   * @param cells of training rows, NaN where one is missing
   * @param weights how often each row counts
   */
  static NumberEncoding fit(
      RawColumn raw, double[] cells, double[] weights, Preparation.Options options) {
    List<DatePart> parts = raw.kind() == RawColumn.Kind.DATE ? options.dates() : List.of();
    int[] there = IntStream.range(0, cells.length).filter(r -> !Double.isNaN(cells[r])).toArray();
    double[] present = Arrays.stream(there).mapToDouble(r -> cells[r]).toArray();
    double[] own = Arrays.stream(there).mapToDouble(r -> weights[r]).toArray();
    double[] missing =
        values(parts).mapToDouble(part -> options.missing().of(part.of(present), own)).toArray();
    boolean fills = options.missing() != Missing.REFUSE;
    return new NumberEncoding(
        raw, parts, fills ? missing : new double[0], fills && present.length < cells.length);
  }

  /** What is taken of cells. */
  private interface Value {
    double of(double cell);

    default double[] of(double[] cells) {
      return DoubleStream.of(cells).map(this::of).toArray();
    }
  }

  private static Stream<Value> values(List<DatePart> parts) {
    return parts.isEmpty() ? Stream.of(cell -> cell) : parts.stream().map(part -> part::of);
  }

  @Override
  public boolean fills() {
    return missing.length > 0;
  }

  /** Whether cells are numbers that stay as they are, none of them missing. */
  boolean isPlain() {
    return raw.kind() == RawColumn.Kind.NUMBER && !fills();
  }

  @Override
  public List<String> names() {
    Stream<String> own =
        parts.isEmpty()
            ? Stream.of(raw.name())
            : parts.stream().map(part -> raw.name() + " " + Label.of(part));
    Stream<String> last = indicator ? Stream.of(raw.name() + MISSING) : Stream.of();
    return Stream.concat(own, last).toList();
  }

  @Override
  public void encode(double cell, double[] into, int at) {
    boolean absent = Double.isNaN(cell);
    if (absent && !fills()) {
      throw ColumnEncoding.refusal(raw);
    }
    int count = Math.max(1, parts.size());
    for (int i = 0; i < count; i++) {
      into[at + i] = absent ? missing[i] : parts.isEmpty() ? cell : parts.get(i).of(cell);
    }
    if (indicator) {
      into[at + count] = absent ? 1 : 0;
    }
  }
}
