package org.relupath.core.gates;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.relupath.core.data.Matrix;

/**
 * Gates that are written down.
 *
 * @param numbers of the gates, ascending
 * @param vectors one a row
 */
@SuppressWarnings("ArrayRecordComponent") // numbers of rows, never compared as a whole
public record ListedGates(int[] numbers, Matrix vectors) implements GateStream {
  /** The rows of a matrix, by their numbers. */
  public static ListedGates of(Matrix vectors) {
    return new ListedGates(IntStream.range(0, vectors.rows()).toArray(), vectors);
  }

  @Override
  public double[] gate(long i) {
    return vectors.row(place(i));
  }

  @Override
  public GateStream only(int[] some) {
    int[] places = Arrays.stream(some).map(this::place).toArray();
    return new ListedGates(some.clone(), vectors.selectRows(places));
  }

  private int place(long i) {
    int place = Arrays.binarySearch(numbers, Math.toIntExact(i));
    if (place < 0) {
      throw new IllegalArgumentException("no gate " + i + " among " + numbers.length);
    }
    return place;
  }
}
