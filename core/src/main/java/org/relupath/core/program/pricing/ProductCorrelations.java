package org.relupath.core.program.pricing;

import java.util.Arrays;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.Patterns;
import org.relupath.core.linalg.Blas;

/**
 * {@link Correlations} as matrix products X' [D_1 u, ..., D_P u].
 *
 * <p>The right factor is written out for {@link #COLUMNS} patterns and {@link #ROWS} rows at a
 * time, which stays in a cache; patterns keep their one bit a row. Every product has the same
 * shape, the last one filled up with zeros, so a pattern's sums depend on its place among {@link
 * #COLUMNS} and not on how many others there are, to the last bit.
 */
final class ProductCorrelations implements Correlations {
  /** Patterns in one product, a multiple of the eight of a byte plane. */
  private static final int COLUMNS = 64;

  /** Rows in one product. */
  private static final int ROWS = 512;

  /** Entry 8 b + j is bit j of the byte b. */
  private static final double[] BITS = new double[256 * 8];

  static {
    for (int i = 0; i < BITS.length; i++) {
      BITS[i] = i >> 3 >> (i & 7) & 1;
    }
  }

  private final Matrix x;
  private final Patterns patterns;
  private final double[] masked;
  private final double[] products;

  ProductCorrelations(Matrix x, Patterns patterns) {
    this.x = x;
    this.patterns = patterns;
    this.masked = new double[COLUMNS * Math.min(ROWS, x.rows())];
    this.products = new double[COLUMNS * x.columns()];
  }

  @Override
  public void of(double[] u, double[] c) {
    int d = x.columns();
    for (int first = 0; first < patterns.count(); first += COLUMNS) {
      Arrays.fill(products, 0);
      for (int row = 0; row < u.length; row += ROWS) {
        int rows = Math.min(ROWS, u.length - row);
        mask(first, row, rows, u);
        Blas.gemm(
            false,
            true,
            d,
            COLUMNS,
            rows,
            1,
            x.values(),
            row * d,
            d,
            masked,
            0,
            COLUMNS,
            1,
            products,
            0,
            d);
      }
      int count = Math.min(COLUMNS, patterns.count() - first);
      System.arraycopy(products, 0, c, first * d, count * d);
    }
  }

  /** Row r of {@code masked} (rows x COLUMNS): u_r where a pattern is active, 0 elsewhere. */
  private void mask(int first, int row, int rows, double[] u) {
    int planes = Math.min(COLUMNS / 8, patterns.planeCount() - first / 8);
    if (planes < COLUMNS / 8) {
      Arrays.fill(masked, 0);
    }
    for (int p = 0; p < planes; p++) {
      byte[] plane = patterns.plane(first / 8 + p);
      for (int r = 0, i = 8 * p; r < rows; r++, i += COLUMNS) {
        double value = u[row + r];
        int bits = (plane[row + r] & 0xFF) * 8;
        masked[i] = value * BITS[bits];
        masked[i + 1] = value * BITS[bits + 1];
        masked[i + 2] = value * BITS[bits + 2];
        masked[i + 3] = value * BITS[bits + 3];
        masked[i + 4] = value * BITS[bits + 4];
        masked[i + 5] = value * BITS[bits + 5];
        masked[i + 6] = value * BITS[bits + 6];
        masked[i + 7] = value * BITS[bits + 7];
      }
    }
  }
}
