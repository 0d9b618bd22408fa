package org.relupath.core.program.pricing;

import org.relupath.core.data.Design;
import org.relupath.core.data.Matrix;
import org.relupath.core.data.SparseMatrix;
import org.relupath.core.gates.Patterns;
import org.relupath.core.linalg.Blas;

/** The products X' D_b u for all patterns at once: most of what pricing costs. */
interface Correlations {

  /** Writes X' D_b u to entries b d to b d + d - 1 of {@code c} (P x d) for every pattern b. */
  void of(double[] u, double[] c);

  /** Of a dense X the faster of two ways with the BLAS of this process. */
  static Correlations of(Design design, Patterns patterns) {
    if (!(design instanceof Matrix x)) {
      return new SparseCorrelations((SparseMatrix) design, patterns);
    }
    return Blas.isNative()
        ? new ProductCorrelations(x, patterns)
        : new BucketCorrelations(x, patterns);
  }
}
