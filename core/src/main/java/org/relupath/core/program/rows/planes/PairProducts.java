package org.relupath.core.program.rows.planes;

import org.relupath.core.data.Matrix;
import org.relupath.core.linalg.Blas;

/**
 * X' D_a D_b X for all gates a of one group of at most four and b of another: every row has a byte,
 * the bits of the one group and the other, and with G_v = X_v'X_v over the rows of byte v,
 *
 * <pre>X' D_a D_b X = sum of G_v over the bytes v that have a and b,</pre>
 *
 * sixteen products of gates for the multiply-adds of one. Not thread-safe; buffers are kept from
 * call to call.
 */
public final class PairProducts {
  /** Gates of a group. */
  public static final int GROUP = 4;

  /** Products of a pair of groups. */
  public static final int PAIRS = GROUP * GROUP;

  /** Row 4 a + b, column v: whether the byte v has bit a and bit 4 + b (16 x 256, column-major). */
  private static final double[] MEMBERS = new double[PAIRS * 256];

  static {
    for (int v = 0; v < 256; v++) {
      for (int pair = 0; pair < PAIRS; pair++) {
        MEMBERS[PAIRS * v + pair] = (v >> (pair >> 2) & 1) * (v >> (GROUP + (pair & 3)) & 1);
      }
    }
  }

  private final int d;
  private final ByteSort sort = new ByteSort();
  private final double[] byValue;
  private byte[] bytes = new byte[0];
  private double[] sorted = new double[0];

  /** Products of an X of d columns. */
  public PairProducts(int d) {
    this.d = d;
    this.byValue = new double[256 * d * d];
  }

  /**
   * Writes the products.
   *
   * @param x m x d
   * @param one bits of the first group, bit i of byte r is its gate i on row r
   * @param other bits of the second
   * @param into receives 16 products from {@code offset} on, that of a and b at (4 a + b) d^2
   */
  public void write(Matrix x, byte[] one, byte[] other, double[] into, int offset) {
    int rows = x.rows();
    if (bytes.length != rows) {
      bytes = new byte[rows];
      sorted = new double[rows * d];
    }
    for (int r = 0; r < rows; r++) {
      bytes[r] = (byte) (one[r] | other[r] << GROUP);
    }
    sort.by(bytes);
    sort.gather(x.values(), d, rows, sorted);
    int size = d * d;
    for (int v = 0; v < 256; v++) {
      int at = sort.start(v) * d;
      int to = v * size;
      Blas.gemm(
          false, true, d, d, sort.count(v), 1, sorted, at, d, sorted, at, d, 0, byValue, to, d);
    }
    Blas.gemm(
        false, true, size, PAIRS, 256, 1, byValue, 0, size, MEMBERS, 0, PAIRS, 0, into, offset,
        size);
  }
}
