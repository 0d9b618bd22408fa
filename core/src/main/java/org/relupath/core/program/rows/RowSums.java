package org.relupath.core.program.rows;

import java.io.Serializable;
import java.util.Arrays;
import org.relupath.core.linalg.Vectors;

/**
 * What a pass over rows sums up for each of L weights w_l, u_l = y - sum_b D_b X w_{b,l}: all that
 * a certificate and a model of the objective take from the rows.
 *
 * @param gates P
 * @param columns d
 * @param correlations c_{b,l} = X' D_b u_l for every gate: L x P x d, weights after weights
 * @param squares ||u_l||^2, L
 * @param products y'u_l, L
 * @param agreeing rows whose score has the sign of its target, L: see {@link RowPass}
 */
@SuppressWarnings("ArrayRecordComponent") // sums, never compared as a whole
public record RowSums(
    int gates,
    int columns,
    double[] correlations,
    double[] squares,
    double[] products,
    long[] agreeing)
    implements Serializable {
  /** Sums over no rows. */
  static RowSums zero(int weights, int gates, int columns) {
    return new RowSums(
        gates,
        columns,
        new double[Math.multiplyExact(weights, Math.multiplyExact(gates, columns))],
        new double[weights],
        new double[weights],
        new long[weights]);
  }

  /** Adds the sums over other rows to these, which are changed and returned. */
  public RowSums add(RowSums other) {
    Vectors.axpy(1, other.correlations, 0, correlations, 0, correlations.length);
    Vectors.axpy(1, other.squares, 0, squares, 0, squares.length);
    Vectors.axpy(1, other.products, 0, products, 0, products.length);
    for (int l = 0; l < agreeing.length; l++) {
      agreeing[l] += other.agreeing[l];
    }
    return this;
  }

  /** c_b of weights l for all gates, P x d. */
  public double[] correlations(int l) {
    int size = gates * columns;
    return Arrays.copyOfRange(correlations, l * size, (l + 1) * size);
  }
}
