package org.relupath.core.solve;

import java.util.List;
import org.relupath.core.program.Problem;
import org.relupath.core.program.pricing.Certifier;
import org.relupath.core.program.pricing.Pricing;
import org.relupath.core.program.search.PatternCandidate;

/**
 * What a search over all patterns has found at a solution; where gated, over those that gates have
 * on whose border no row lies. It is evidence and no proof: patterns that it did not come upon may
 * be larger.
 *
 * @param bestViolation the largest ||v_b|| / lambda found: above 1 is a violator; 0 if none was
 * @param searchedGap the relative gap if no pattern had a larger ||v_b|| than those of the program
 *     and those found, whose norms are taken as large as rounding may have hidden
 */
public record SearchEvidence(double bestViolation, double searchedGap)
    implements java.io.Serializable {
  /**
   * Looks at what was found.
   *
   * @param problem X, y and the model
   * @param solution the solution at whose residual was searched
   * @param found the patterns found, best first
   */
  public static SearchEvidence of(
      Problem problem, Solution solution, List<PatternCandidate> found) {
    double lambda = solution.certificate().lambda();
    double largest = found.isEmpty() ? 0 : found.get(0).norm();
    Certifier certifier = new Certifier(problem);
    double[] u = certifier.residual(solution.weights());
    double most = found.isEmpty() ? 0 : largest + rounding(problem, u);
    double max = Math.max(solution.certificate().maxNorm(), most);
    Pricing.Prices prices = new Pricing.Prices(true, max, List.of());
    double gap = certifier.bound(solution.weights(), u, lambda, prices).relativeGap();
    return new SearchEvidence(largest / lambda, gap);
  }

  /** A bound of the rounding errors of sums s X' D u of n terms: n 2^-53 sum_r |u_r| ||x_r||. */
  private static double rounding(Problem problem, double[] u) {
    double size = 0;
    for (int r = 0; r < u.length; r++) {
      size += Math.abs(u[r]) * problem.design().length(r);
    }
    return u.length * 0x1p-53 * size;
  }
}
