package org.relupath.core.gates;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Patterns whose planes are kept: n bytes for eight of them. */
final class StoredPatterns implements Patterns {
  private final int rows;
  private final byte[][] planes;
  private final int[] gateIds;

  private StoredPatterns(int rows, int[] gateIds, byte[][] planes) {
    this.rows = rows;
    this.gateIds = gateIds;
    this.planes = planes;
  }

  static Patterns distinct(int rows, List<long[]> bits) {
    Map<Bits, Integer> first = new HashMap<>();
    List<Integer> ids = new ArrayList<>();
    for (int i = 0; i < bits.size(); i++) {
      Bits pattern = new Bits(bits.get(i));
      if (!pattern.isZero() && first.putIfAbsent(pattern, i) == null) {
        ids.add(i);
      }
    }
    int[] gateIds = ids.stream().mapToInt(Integer::intValue).toArray();
    return of(rows, gateIds, ids.stream().map(bits::get).toList());
  }

  /** Patterns that are known to be distinct. */
  static Patterns of(int rows, int[] gateIds, List<long[]> bits) {
    byte[][] planes = new byte[(gateIds.length + 7) / 8][rows];
    for (int b = 0; b < gateIds.length; b++) {
      setColumn(planes[b / 8], b % 8, bits.get(b));
    }
    return new StoredPatterns(rows, gateIds, planes);
  }

  /** Writes a pattern to bit {@code bit} of a plane that has zeros there. */
  static void setColumn(byte[] plane, int bit, long[] pattern) {
    for (int r = 0; r < plane.length; r++) {
      plane[r] |= (byte) ((pattern[r >> 6] >>> r & 1L) << bit);
    }
  }

  @Override
  public int count() {
    return gateIds.length;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int gateId(int b) {
    return gateIds[b];
  }

  @Override
  public boolean active(int b, int r) {
    return (planes[b >> 3][r] >> (b & 7) & 1) != 0;
  }

  @Override
  public long[] bits(int b) {
    byte[] plane = planes[b >> 3];
    int bit = b & 7;
    long[] bits = new long[(rows + 63) / 64];
    for (int r = 0; r < rows; r++) {
      bits[r >> 6] |= (plane[r] >> bit & 1L) << r;
    }
    return bits;
  }

  @Override
  public Patterns kept() {
    return this;
  }

  @Override
  public Part part(int from, int to) {
    ArrayList<long[]> bits = new ArrayList<>();
    for (int b = from; b < to; b++) {
      bits.add(bits(b));
    }
    return x -> distinct(x.rows(), bits);
  }

  @Override
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
