package org.relupath.core.program.pricing;

import java.util.Arrays;
import org.relupath.core.data.SparseMatrix;
import org.relupath.core.gates.Patterns;

/**
 * {@link Correlations} of a sparse X: every number of an active row is added where it belongs, in
 * the order of rows.
 */
final class SparseCorrelations implements Correlations {
  private final SparseMatrix x;
  private final Patterns patterns;

  SparseCorrelations(SparseMatrix x, Patterns patterns) {
    this.x = x;
    this.patterns = patterns;
  }

  @Override
  public void of(double[] u, double[] c) {
    int d = x.columns();
    Arrays.fill(c, 0, patterns.count() * d, 0);
    for (int p = 0; p < patterns.planeCount(); p++) {
      byte[] plane = patterns.plane(p);
      int count = Math.min(8, patterns.count() - 8 * p);
      // A pattern at a time: its d sums stay in a cache.
      for (int j = 0; j < count; j++) {
        for (int r = 0; r < plane.length; r++) {
          if ((plane[r] >> j & 1) != 0) {
            x.addRow(u[r], r, c, (8 * p + j) * d);
          }
        }
      }
    }
  }
}
