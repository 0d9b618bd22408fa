package org.relupath.core.optimalset;

import org.relupath.core.program.pricing.ProjectedCorrelation;

/**
 * A block that may be in E: its exact projection and how that was judged.
 *
 * @param projected c_b, v_b, tight rows and multipliers at the solution's residual
 * @param ratio q_b = ||v_b|| / lambda at the solution's residual
 * @param band how far q_b may be from its value at the optimal residual, see {@link DualBall}
 * @param membership {@code YES} or {@code UNDECIDED}
 * @param weight ||w_b|| in the solution, 0 outside its support
 */
public record Member(
    ProjectedCorrelation projected,
    double ratio,
    double band,
    Membership membership,
    double weight) {}
