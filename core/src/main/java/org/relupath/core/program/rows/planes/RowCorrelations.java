package org.relupath.core.program.rows.planes;

import org.relupath.core.linalg.Blas;

/**
 * X' D_b u_l for every gate b and l = 1, ..., L over the rows of a block.
 *
 * <p>Gates are taken eight at a time. A plane's rows are sorted by their byte, so that the rows of
 * one byte v, X_v and U_v (all u_l side by side), are two matrices, and
 *
 * <pre>B_v = X_v' U_v,   X' D_b U = the sum of B_v over the bytes v with b in them,</pre>
 *
 * an eighth of the multiply-adds that products gate by gate would take. Not thread-safe; buffers
 * are kept from block to block.
 */
public final class RowCorrelations {
  private final int d;
  private final int count;
  private final ByteSort sort = new ByteSort();
  private final double[] table;
  private final double[] vectors;
  private double[] sorted = new double[0];

  /**
   * For vectors of rows.
   *
   * @param d the number of columns of X
   * @param count L, how many vectors
   */
  public RowCorrelations(int d, int count) {
    this.d = d;
    this.count = count;
    this.table = new double[256 * count * d];
    this.vectors = new double[8 * count * d];
  }

  /**
   * Writes the products.
   *
   * @param gates the bits of P gates on m rows
   * @param wide m rows of d + L numbers: x_r and behind it u_r1 to u_rL
   * @param c receives L x P x d, vector after vector
   */
  public void write(GatePlanes gates, double[] wide, double[] c) {
    int stride = d + count;
    int width = count * d;
    if (sorted.length < gates.rows() * stride) {
      sorted = new double[gates.rows() * stride];
    }
    for (int p = 0; p < gates.planes().length; p++) {
      int bits = gates.bits(p);
      sort.by(gates.planes()[p]);
      sort.gather(wide, stride, gates.rows(), sorted);
      for (int v = 0; v < 1 << bits; v++) {
        int at = sort.start(v) * stride;
        Blas.gemm(
            false,
            true,
            d,
            count,
            sort.count(v),
            1,
            sorted,
            at,
            stride,
            sorted,
            at + d,
            stride,
            0,
            table,
            v * width,
            d);
      }
      ByteTable.fold(table, bits, width, vectors);
      for (int bit = 0; bit < bits; bit++) {
        for (int l = 0; l < count; l++) {
          int from = (bit * count + l) * d;
          System.arraycopy(vectors, from, c, (l * gates.gates() + 8 * p + bit) * d, d);
        }
      }
    }
  }
}
