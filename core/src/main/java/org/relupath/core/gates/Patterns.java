package org.relupath.core.gates;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.relupath.core.data.Design;
import org.relupath.core.data.Matrix;

/**
 * The distinct, non-zero activation patterns of a set of gates on one matrix X, as bits.
 *
 * <p>Pattern b is the diagonal of D_b, a bit for each of the n rows. Bits are seen as <em>byte
 * planes</em>: plane p holds, for each row, one byte with the bits of patterns 8p to 8p + 7 - the
 * layout that pricing sums over. The order is that of the first gate that induces each pattern, so
 * it does not depend on how the gates were partitioned.
 */
public interface Patterns extends Serializable {

  /** The distinct patterns of the gates (one a row of {@code gates}) on X, kept. */
  static Patterns of(Design x, Matrix gates) {
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
  static Patterns distinct(int rows, List<long[]> bits) {
    return StoredPatterns.distinct(rows, bits);
  }

  /** P, the number of distinct non-zero patterns. */
  int count();

  /** n, the number of rows of X. */
  int rows();

  /** The number of the first gate that induced pattern b. */
  int gateId(int b);

  /** Pattern b as a bit set: bit r in bit r % 64 of word r / 64. */
  long[] bits(int b);

  /** Whether row r is active in pattern b: x_r' g_b >= 0. */
  default boolean active(int b, int r) {
    return (bits(b)[r >> 6] >>> r & 1) != 0;
  }

  /** The number of byte planes, ceil(P / 8). */
  default int planeCount() {
    return (count() + 7) / 8;
  }

  /** A copy of these patterns that keeps all bits in memory, for repeated passes over them. */
  Patterns kept();

  /** Patterns {@code from} to {@code to - 1}, on their way to where they are kept. */
  Part part(int from, int to);

  /**
   * Some patterns without X: small to send.
   *
   * @see #part
   */
  @FunctionalInterface
  interface Part extends Serializable {
    /** The patterns on X, kept; gates are numbered from 0. */
    Patterns kept(Design x);
  }

  /** Plane p (n bytes, bit j of byte r is pattern 8p + j on row r); not to be changed. */
  byte[] plane(int p);
}
