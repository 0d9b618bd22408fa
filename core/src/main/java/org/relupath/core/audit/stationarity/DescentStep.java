package org.relupath.core.audit.stationarity;

import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A step of a neuron over some of its tight rows, along which the objective falls.
 *
 * @param neuron which
 * @param from its pattern
 * @param towards the pattern it would get
 * @param sign of its output weight
 * @param rate of descent per |a|
 */
@SuppressWarnings("ArrayRecordComponent") // a step on its way, never compared
public record DescentStep(int neuron, long[] from, long[] towards, int sign, double rate) {

  /** The rows that change sides, ascending. */
  public int[] rows() {
    return IntStream.range(0, 64 * from.length)
        .filter(r -> ((from[r >> 6] ^ towards[r >> 6]) >>> r & 1L) != 0)
        .toArray();
  }

  /** Whether the new pattern has an active row. */
  boolean active() {
    return LongStream.of(towards).anyMatch(word -> word != 0);
  }
}
