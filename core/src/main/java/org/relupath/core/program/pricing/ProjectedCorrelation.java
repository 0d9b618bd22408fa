package org.relupath.core.program.pricing;

import org.relupath.core.program.Block;

/**
 * One block at a dual point u: c_b = Z_b' u and its projection on the block's cone,
 *
 * <pre>v_b = Proj_{K_b}(c_b) = c_b + A_b' rho_b,   rho_b >= 0,   A_b = (2 D_b - I) X.</pre>
 *
 * <p>C-GReLU has no cones: v_b = c_b and no row is tight.
 *
 * @param block the block
 * @param c c_b, d entries
 * @param v v_b, d entries
 * @param norm ||v_b||
 * @param tight the rows with rho_r > 0, ascending; their normals x_r are linearly independent
 * @param multipliers rho_r of these rows, in their order
 * @param exact whether the projection ended; if not, ||v_b|| is only bounded by {@code norm}
 */
@SuppressWarnings("ArrayRecordComponent") // numbers of a point, never compared as a whole
public record ProjectedCorrelation(
    Block block,
    double[] c,
    double[] v,
    double norm,
    int[] tight,
    double[] multipliers,
    boolean exact) {

  /** v_b / ||v_b||; zero where v_b is. */
  public double[] direction() {
    double[] direction = v.clone();
    for (int k = 0; k < direction.length && norm > 0; k++) {
      direction[k] /= norm;
    }
    return direction;
  }
}
