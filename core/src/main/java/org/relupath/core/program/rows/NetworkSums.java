package org.relupath.core.program.rows;

import java.io.Serializable;
import java.util.List;
import org.relupath.core.linalg.Vectors;

/**
 * What a pass over rows finds out about L ReLU networks, u_l = y - sum_b s_b (X w_b)_+.
 *
 * @param sums ||u_l||^2, y'u_l and X' D_b u_l of every pattern, and the rows that agree
 * @param positive ||(u_l)_+||^2, L
 * @param slacks for every direction asked about, the smallest slack over all rows; infinite where
 *     every row is zero
 * @param violated for every direction, the rows whose slack is most below zero
 */
@SuppressWarnings("ArrayRecordComponent") // sums, never compared as a whole
public record NetworkSums(RowSums sums, double[] positive, double[] slacks, List<NearRows> violated)
    implements Serializable {
  NetworkSums add(NetworkSums other) {
    sums.add(other.sums);
    Vectors.axpy(1, other.positive, 0, positive, 0, positive.length);
    for (int j = 0; j < slacks.length; j++) {
      slacks[j] = Math.min(slacks[j], other.slacks[j]);
      violated.get(j).add(other.violated.get(j));
    }
    return this;
  }
}
