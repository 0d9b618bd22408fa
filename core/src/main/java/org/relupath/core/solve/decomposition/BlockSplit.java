package org.relupath.core.solve.decomposition;

import org.relupath.core.linalg.Vectors;
import org.relupath.core.program.Block;

/**
 * What became of one gated block: v and z inside its cone K_b, standing for w = v - z. Inside K_b,
 * (X v)_+ - (X z)_+ = D_b X (v - z).
 *
 * @param block the gated block b
 * @param w its weights, d
 * @param v the weights of block (b, +1), d
 * @param z the weights of block (b, -1), d
 * @param outcome whether v - z is w
 * @param coneViolation the larger one of max_r (-(A_b v)_r)_+ / (||x_r|| ||v||) and the same of z
 * @param fitError ||(X v)_+ - (X z)_+ - D_b X w|| / ||D_b X w||; 0 where the numerator is at most
 *     1e-15 ||X||_F ||w||, the rounding of the fit itself
 */
@SuppressWarnings("ArrayRecordComponent") // numbers of a result, never compared as a whole
public record BlockSplit(
    Block block,
    double[] w,
    double[] v,
    double[] z,
    Outcome outcome,
    double coneViolation,
    double fitError) {

  /** How far a split can be trusted. */
  public enum Outcome {
    /** Inside the cone to 1e-12, the fit of w to 1e-9, and minimal for the method's objective. */
    EXACT,
    /** The optimum of {@link SplitMethod.Objective#APPROXIMATE}, wanted as such. */
    APPROXIMATE,
    /**
     * Proven: no v, z in K_b have v - z = w and ||v + z|| &lt;= 1e7 ||w||. Either K_b has an empty
     * interior and w is not in its span, or it is too thin for float64. The split is the
     * approximate one of rho = 1e-6; its fit is not that of w.
     */
    NONE,
    /** Rounding kept the method from the accuracy of EXACT; the two errors say how good it is. */
    FAILED
  }

  /** (||v|| + ||z||) / ||w||, at least 1 for an exact split: what leaving the gates costs. */
  public double growth() {
    return (Vectors.norm(v) + Vectors.norm(z)) / Vectors.norm(w);
  }

  BlockSplit with(Outcome other) {
    return new BlockSplit(block, w, v, z, other, coneViolation, fitError);
  }
}
