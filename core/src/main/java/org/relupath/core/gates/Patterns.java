package org.relupath.core.gates;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.relupath.core.data.Matrix;

/**
 * The distinct, non-zero activation patterns of a set of gates on one matrix X, as bits.
 *
 * <p>Pattern b is the diagonal of D_b, a bit for each of the n rows. Bits are kept as <em>byte
 * planes</em>: plane p holds, for each row, one byte with the bits of patterns 8p to 8p + 7 - the
 * layout that pricing sums over. The order is that of the first gate that induces each pattern, so
 * it does not depend on how the gates were partitioned.
 */
public final class Patterns implements java.io.Serializable {
  private static final long serialVersionUID = 1L;

  private final int rows;
  private final int count;
  private final byte[][] planes;
  private final int[] gateIds;

  private Patterns(int rows, int[] gateIds, byte[][] planes) {
    this.rows = rows;
    this.count = gateIds.length;
    this.gateIds = gateIds;
    this.planes = planes;
  }

  /** The distinct patterns of the gates (one a row of {@code gates}) on X. */
  public static Patterns of(Matrix x, Matrix gates) {
    PatternReader reader = new PatternReader(x);
    List<long[]> bits = new ArrayList<>(gates.rows());
    for (int i = 0; i < gates.rows(); i++) {
      bits.add(reader.pattern(gates.row(i)));
    }
    return distinct(x.rows(), bits);
  }

  /**
   * Keeps the first of equal patterns and drops the all-zero one.
   *
   * @param rows n
   * @param bits for gate i its pattern as a bit set of n bits, see {@link PatternReader}
   */
  public static Patterns distinct(int rows, List<long[]> bits) {
    Map<Bits, Integer> first = new HashMap<>();
    List<Integer> ids = new ArrayList<>();
    for (int i = 0; i < bits.size(); i++) {
      Bits pattern = new Bits(bits.get(i));
      if (!pattern.isZero() && first.putIfAbsent(pattern, i) == null) {
        ids.add(i);
      }
    }
    int[] gateIds = ids.stream().mapToInt(Integer::intValue).toArray();
    byte[][] planes = new byte[(gateIds.length + 7) / 8][rows];
    for (int b = 0; b < gateIds.length; b++) {
      setColumn(planes[b / 8], b % 8, bits.get(gateIds[b]));
    }
    return new Patterns(rows, gateIds, planes);
  }

  private static void setColumn(byte[] plane, int bit, long[] pattern) {
    for (int r = 0; r < plane.length; r++) {
      plane[r] |= (byte) ((pattern[r >> 6] >>> r & 1L) << bit);
    }
  }

  /** P, the number of distinct non-zero patterns. */
  public int count() {
    return count;
  }

  /** n, the number of rows of X. */
  public int rows() {
    return rows;
  }

  /** The number of the first gate that induced pattern b. */
  public int gateId(int b) {
    return gateIds[b];
  }

  /** Whether row r is active in pattern b: x_r' g_b >= 0. */
  public boolean active(int b, int r) {
    return (planes[b >> 3][r] >> (b & 7) & 1) != 0;
  }

  /** Pattern b as a bit set: bit r in bit r % 64 of word r / 64. */
  public long[] bits(int b) {
    byte[] plane = planes[b >> 3];
    int bit = b & 7;
    long[] bits = new long[(rows + 63) / 64];
    for (int r = 0; r < rows; r++) {
      bits[r >> 6] |= (plane[r] >> bit & 1L) << r;
    }
    return bits;
  }

  /** The number of byte planes, ceil(P / 8). */
  public int planeCount() {
    return planes.length;
  }

  /** Plane p (n bytes, bit j of byte r is pattern 8p + j on row r); not to be changed. */
  public byte[] plane(int p) {
    return planes[p];
  }

  private record Bits(long[] words) {
    boolean isZero() {
      for (long word : words) {
        if (word != 0) {
          return false;
        }
      }
      return true;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Bits b && Arrays.equals(words, b.words);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(words);
    }
  }
}
