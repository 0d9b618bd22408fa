package org.relupath.core.program.pricing;

import java.util.Arrays;
import org.relupath.core.data.Matrix;
import org.relupath.core.gates.Patterns;

/**
 * {@link Correlations} by buckets: without a native BLAS faster than matrix products, with one
 * slower.
 *
 * <p>Eight patterns share a byte plane. For each plane, row r adds u_r x_r to one of 256 buckets,
 * the one of its byte; then the sum over rows active in pattern j is the sum of the buckets whose
 * byte has bit j set. That is n d additions for eight patterns where a matrix product on unpacked
 * bits takes 8 n d multiply-adds (the method of the four Russians).
 *
 * <p>Halving unfolds the buckets in 510 additions of rows: the upper half's total is the sum for
 * the top bit, and adding the upper half to the lower one leaves a table with one bit fewer.
 */
final class BucketCorrelations implements Correlations {
  private final Matrix x;
  private final Patterns patterns;
  private final double[] buckets;

  BucketCorrelations(Matrix x, Patterns patterns) {
    this.x = x;
    this.patterns = patterns;
    this.buckets = new double[256 * x.columns()];
  }

  @Override
  public void of(double[] u, double[] c) {
    int d = x.columns();
    double[] values = x.values();
    // Of n d numbers, and not kept: a program may be priced in many parts.
    double[] weighted = new double[values.length];
    for (int r = 0, i = 0; r < u.length; r++) {
      double scale = u[r];
      for (int k = 0; k < d; k++, i++) {
        weighted[i] = scale * values[i];
      }
    }
    for (int p = 0; p < patterns.planeCount(); p++) {
      fill(patterns.plane(p), weighted);
      int bits = Math.min(8, patterns.count() - 8 * p);
      for (int bit = 7; bit >= 0; bit--) {
        unfold(1 << bit, bit < bits ? c : null, (8 * p + bit) * d);
      }
    }
  }

  private void fill(byte[] plane, double[] weighted) {
    int d = x.columns();
    Arrays.fill(buckets, 0);
    for (int r = 0, i = 0; r < plane.length; r++, i += d) {
      int bucket = (plane[r] & 0xFF) * d;
      for (int k = 0; k < d; k++) {
        buckets[bucket + k] += weighted[i + k];
      }
    }
  }

  /** Totals the buckets from {@code half} on into c at {@code offset} and folds them down. */
  private void unfold(int half, double[] c, int offset) {
    int d = x.columns();
    int length = half * d;
    if (c != null) {
      Arrays.fill(c, offset, offset + d, 0);
      for (int i = length; i < 2 * length; i += d) {
        for (int k = 0; k < d; k++) {
          c[offset + k] += buckets[i + k];
        }
      }
    }
    for (int i = 0; i < length; i++) {
      buckets[i] += buckets[length + i];
    }
  }
}
