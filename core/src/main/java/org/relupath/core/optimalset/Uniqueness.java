package org.relupath.core.optimalset;

import org.relupath.core.optimalset.polytope.Rank;

/**
 * Whether the optimal network is unique, over merged neurons, and the figures that decide it.
 *
 * <p>{@code UNIQUE} is claimed in two cases only, each with a gap of at most 1e-10:
 *
 * <ul>
 *   <li>zero is optimal, max_b ||v_b|| &lt;= lambda at u = y: every optimum then has the fit 0 and
 *       so the penalty F - ||y||^2/2 = 0;
 *   <li>the fits of <em>all</em> candidate neurons, undecided ones too, are linearly independent
 *       beyond their own errors: sigma_k of the k unit columns is above {@code perturbation} (then
 *       it is {@link #proven}), or above 1e-6 and a thousand times {@code accuracy}.
 * </ul>
 *
 * <p>{@code NOT_UNIQUE} comes with a {@link Witness}. All else is {@code UNCERTAIN}.
 *
 * @param state what is claimed
 * @param proven whether the claim holds whatever the optimal residual within the certificate's ball
 *     is, up to rounding and to rays within {@link org.relupath.core.program.RayMerging#TOLERANCE}
 * @param reason the deciding step, in words
 * @param candidates k, the neurons that may be active
 * @param undecided those of them of whose blocks none is known to be in E
 * @param rank of their unit fits, with singular values and tolerance
 * @param perturbation a bound, by the certificate, of the distance (Frobenius norm) between the
 *     unit fits used and those at the optimal residual
 * @param accuracy see {@link OptimalSet#accuracy}
 * @param delta see {@link Equicorrelation}
 * @param nextRatio see {@link Equicorrelation}
 * @param relativeGap the solution's
 * @param witness two different optima where {@code NOT_UNIQUE}, else null
 */
public record Uniqueness(
    State state,
    boolean proven,
    String reason,
    int candidates,
    int undecided,
    Rank rank,
    double perturbation,
    double accuracy,
    double delta,
    double nextRatio,
    double relativeGap,
    Witness witness) {

  /** What is claimed. */
  public enum State {
    /** There is one optimal network, up to the forms of {@link OptimalNeurons}' neurons. */
    UNIQUE,
    /** There are at least two. */
    NOT_UNIQUE,
    /** The figures do not decide it. */
    UNCERTAIN;

    /** As files spell it: {@code true}, {@code false} or {@code uncertain}. */
    public String label() {
      return this == UNCERTAIN ? "uncertain" : String.valueOf(this == UNIQUE);
    }
  }
}
