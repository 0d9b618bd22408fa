package org.relupath.core.program.pricing;

/**
 * The proof of how good a solution is, over all blocks of its program
 * (core/docs/mathematics.md#certificate).
 *
 * @param lambda the regularization, with the loss as a sum
 * @param loss L of the network itself: 1/2 ||f(X) - y||^2 of the squared loss
 * @param penalty lambda sum_b ||w_b||
 * @param objective loss + penalty: an upper bound of the optimum
 * @param dualObjective G(t u), of the squared loss y'(t u) - ||t u||^2 / 2: a lower bound of the
 *     optimum
 * @param relativeGap (objective - dualObjective) / objective, 0 where the objective is 0
 * @param dualScale t, of the squared loss clip(y'u / ||u||^2, 0, lambda / max_b ||v_b||)
 * @param maxNorm max(lambda, max_b ||v_b||)
 * @param maxConeViolation max over active b and rows r of (-(A_b w_b)_r)_+ / (||x_r|| ||w_b||)
 * @param kktResidual the larger of max_b (||v_b|| / lambda - 1)_+ and, over active b, ||w_b /
 *     ||w_b|| - v_b / lambda||
 */
public record Certificate(
    double lambda,
    double loss,
    double penalty,
    double objective,
    double dualObjective,
    double relativeGap,
    double dualScale,
    double maxNorm,
    double maxConeViolation,
    double kktResidual)
    implements java.io.Serializable {
  /** A dual value above the primal one by more than this, relatively, is an error. */
  private static final double IMPOSSIBLE = 1e-12;

  /**
   * The relative gap of a primal and a dual value.
   *
   * @throws ArithmeticException if the dual value exceeds the primal one beyond rounding: then one
   *     of them is wrong, and no gap may be reported
   */
  public static double relativeGap(double primal, double dual) {
    return relativeGap(primal, dual, 0);
  }

  /**
   * (F - G) / F, 0 where G is above F by no more than rounding.
   *
   * @param rounding a bound of what the two differ by from those of exact arithmetic
   */
  static double relativeGap(double primal, double dual, double rounding) {
    if (primal == 0) {
      return 0;
    }
    double gap = (primal - dual) / primal;
    if (!(gap >= -IMPOSSIBLE - rounding / primal)) {
      throw new ArithmeticException(
          "the dual value " + dual + " is above the primal value " + primal);
    }
    return Math.max(gap, 0);
  }
}
