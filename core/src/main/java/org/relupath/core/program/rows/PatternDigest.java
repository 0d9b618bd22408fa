package org.relupath.core.program.rows;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.relupath.core.gates.RowKeys;
import org.relupath.core.program.rows.planes.GatePlanes;

/**
 * Tells which gates have the same pattern without bringing the bits of all rows together: the sums
 * of {@link RowKeys} for every gate.
 *
 * @param sums 3 x P: counts, then one and the other sum of keys
 */
@SuppressWarnings("ArrayRecordComponent") // sums, compared gate by gate
public record PatternDigest(long[] sums) implements Serializable {
  /** The digest of the rows of one block. */
  public static PatternDigest of(RowBlock block) {
    int rows = block.rows();
    RowKeys keys = new RowKeys(block.first(), rows);
    GatePlanes gates = block.gates();
    int count = gates.gates();
    long[] sums = new long[3 * count];
    long[] table = new long[3 * 256];
    for (int p = 0; p < gates.planes().length; p++) {
      Arrays.fill(table, 0);
      byte[] plane = gates.planes()[p];
      for (int r = 0; r < rows; r++) {
        int at = 3 * (plane[r] & 0xFF);
        table[at]++;
        table[at + 1] += keys.one(r);
        table[at + 2] += keys.other(r);
      }
      for (int v = 0; v < 256; v++) {
        for (int bit = 0; bit < gates.bits(p); bit++) {
          if ((v >> bit & 1) != 0) {
            for (int k = 0; k < 3; k++) {
              sums[k * count + 8 * p + bit] += table[3 * v + k];
            }
          }
        }
      }
    }
    return new PatternDigest(sums);
  }

  /** The digest of gates whose sums over all rows are there, in their order. */
  public static PatternDigest ofGates(List<long[]> sums) {
    int count = sums.size();
    long[] all = new long[3 * count];
    for (int b = 0; b < count; b++) {
      for (int k = 0; k < 3; k++) {
        all[k * count + b] = sums.get(b)[k];
      }
    }
    return new PatternDigest(all);
  }

  /** The digest of the rows of both. */
  public PatternDigest plus(PatternDigest other) {
    long[] both = sums.clone();
    for (int i = 0; i < both.length; i++) {
      both[i] += other.sums[i];
    }
    return new PatternDigest(both);
  }

  /** How many rows are active in a gate. */
  public long active(int gate) {
    return sums[gate];
  }

  /** What tells a gate's pattern from others. */
  public List<Long> key(int gate) {
    int count = sums.length / 3;
    return List.of(sums[gate], sums[count + gate], sums[2 * count + gate]);
  }

  /** The first gate of every pattern that is not zero, in order. */
  public int[] distinct() {
    int count = sums.length / 3;
    Set<List<Long>> seen = new HashSet<>();
    List<Integer> first = new ArrayList<>();
    for (int b = 0; b < count; b++) {
      if (active(b) > 0 && seen.add(key(b))) {
        first.add(b);
      }
    }
    return first.stream().mapToInt(Integer::intValue).toArray();
  }
}
