package org.relupath.core.program.search;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A pattern that a {@link PatternSearch} has come upon, with a gate that induces it.
 *
 * @param gate g, of length one (d entries)
 * @param bits the n bits of D = diag(1[X g >= 0])
 * @param sign s, always 1 for C-GReLU
 * @param norm ||Proj_K(s X' D u)||, or less where that is too hard to compute
 */
@SuppressWarnings("ArrayRecordComponent") // compared by BEST_FIRST and Key alone
public record PatternCandidate(double[] gate, long[] bits, int sign, double norm)
    implements java.io.Serializable {
  /** By norm, the largest first; equal ones in an order of their own, so that none is chance. */
  static final Comparator<PatternCandidate> BEST_FIRST =
      Comparator.comparingDouble(PatternCandidate::norm)
          .reversed()
          .thenComparing(PatternCandidate::sign, Comparator.reverseOrder())
          .thenComparing(PatternCandidate::bits, Arrays::compare)
          .thenComparing(PatternCandidate::gate, Arrays::compare);

  /** The best of each pattern and sign, best first, at most so many. */
  public static List<PatternCandidate> best(List<PatternCandidate> found, int most) {
    Set<Key> seen = new HashSet<>();
    return found.stream().sorted(BEST_FIRST).filter(f -> seen.add(f.key())).limit(most).toList();
  }

  private Key key() {
    return new Key(sign, BitSet.valueOf(bits));
  }

  private record Key(int sign, BitSet bits) {}
}
