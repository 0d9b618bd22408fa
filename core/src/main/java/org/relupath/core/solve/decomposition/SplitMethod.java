package org.relupath.core.solve.decomposition;

/**
 * Which of the splits w = v - z with v, z in K_b is wanted (there is a whole polyhedron of them).
 *
 * <p>The exact objectives are those of Mishkin, Sahiner and Pilanci, "Fast Convex Optimization for
 * Two-Layer ReLU Networks" (ICML 2022), section 3, and of the scnn package.
 *
 * @param objective what the split minimises
 * @param rho the penalty of {@link Objective#APPROXIMATE}, in [1e-10, 1]; 0 for the others
 */
public record SplitMethod(Objective objective, double rho) {
  /** ||v|| + ||z||: what C-ReLU itself pays for the block, so the smallest objective value. */
  public static final SplitMethod NORMS = new SplitMethod(Objective.NORMS, 0);

  /** ||v||^2 + ||z||^2. */
  public static final SplitMethod SQUARES = new SplitMethod(Objective.SQUARES, 0);

  private static final double SMALLEST_RHO = 1e-10;

  /** What a split minimises. */
  public enum Objective {
    /** ||v|| + ||z|| subject to v - z = w: a second-order cone program. */
    NORMS,
    /** ||v||^2 + ||z||^2 subject to v - z = w: a quadratic program. */
    SQUARES,
    /** 1/2 ||v - z - w||^2 + rho/2 (||v||^2 + ||z||^2): tends to SQUARES as rho goes to 0. */
    APPROXIMATE
  }

  /** Checks the range of rho. */
  public SplitMethod {
    boolean approximate = objective == Objective.APPROXIMATE;
    if (approximate ? !(rho >= SMALLEST_RHO && rho <= 1) : rho != 0) {
      throw new IllegalArgumentException(
          "rho is " + rho + ", expected " + (approximate ? "1e-10 to 1" : "0 for an exact split"));
    }
  }

  /** The approximate split of a penalty rho; it exists for every cone. */
  public static SplitMethod approximate(double rho) {
    return new SplitMethod(Objective.APPROXIMATE, rho);
  }
}
