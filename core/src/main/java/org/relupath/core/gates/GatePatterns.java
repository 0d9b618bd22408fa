package org.relupath.core.gates;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.relupath.core.data.Design;

/**
 * Patterns that are known by their gates alone, and read again whenever they are asked for: four
 * bytes a pattern, however many rows X has. What goes over patterns again and again takes a {@link
 * #part} of them, whose bits are kept.
 */
public final class GatePatterns implements Patterns {
  private final Design x;
  private final GateStream gates;
  private final int[] gateIds;

  /**
   * The patterns of some gates.
   *
   * @param x X
   * @param gates where gates come from
   * @param gateIds their numbers, ascending; their patterns are distinct and not zero
   */
  public GatePatterns(Design x, GateStream gates, int[] gateIds) {
    this.x = x;
    this.gates = gates;
    this.gateIds = gateIds.clone();
  }

  @Override
  public int count() {
    return gateIds.length;
  }

  @Override
  public int rows() {
    return x.rows();
  }

  @Override
  public int gateId(int b) {
    return gateIds[b];
  }

  @Override
  public long[] bits(int b) {
    return new PatternReader(x).pattern(gates.gate(gateIds[b]));
  }

  @Override
  public Part part(int from, int to) {
    int[] ids = Arrays.copyOfRange(gateIds, from, to);
    GateStream own = gates.only(ids);
    int[] numbers = IntStream.range(0, ids.length).toArray();
    return matrix -> StoredPatterns.of(matrix.rows(), numbers, read(matrix, own, ids));
  }

  @Override
  public Patterns kept() {
    return StoredPatterns.of(x.rows(), gateIds, read(x, gates, gateIds));
  }

  private static List<long[]> read(Design x, GateStream gates, int[] ids) {
    PatternReader reader = new PatternReader(x);
    List<long[]> bits = new ArrayList<>(ids.length);
    for (int id : ids) {
      bits.add(reader.pattern(gates.gate(id)));
    }
    return bits;
  }

  @Override
  public byte[] plane(int p) {
    PatternReader reader = new PatternReader(x);
    byte[] plane = new byte[rows()];
    for (int b = 8 * p; b < Math.min(8 * p + 8, count()); b++) {
      StoredPatterns.setColumn(plane, b % 8, reader.pattern(gates.gate(gateIds[b])));
    }
    return plane;
  }
}
