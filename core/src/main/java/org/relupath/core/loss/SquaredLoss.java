package org.relupath.core.loss;

import java.util.function.Supplier;
import org.relupath.core.linalg.TwofoldSum;

/**
 * The squared loss 1/2 ||f - y||^2: l(e) = e^2 / 2, u = e, l'' = 1, l*(v) = v^2 / 2.
 *
 * <p>Its values on the line t u are polynomials in the two sums ||u||^2 and y'u, which is all that
 * passes over rows on other machines need to bring back. The static methods take these sums.
 */
public enum SquaredLoss implements Loss {
  /** It has no parameters. */
  INSTANCE;

  @Override
  public double value(double e) {
    return 0.5 * e * e;
  }

  @Override
  public double value(double[] errors) {
    return ofSquare(TwofoldSum.dot(errors, errors));
  }

  @Override
  public double value(double[] u, Supplier<double[]> errors) {
    return value(u);
  }

  @Override
  public double residual(double e) {
    return e;
  }

  @Override
  public double[] residuals(double[] errors) {
    return errors;
  }

  @Override
  public double curvature(double e) {
    return 1;
  }

  @Override
  public double conjugate(double v) {
    return 0.5 * v * v;
  }

  @Override
  public double error(double v) {
    return v;
  }

  /** v^2 / 2 - y v, in one product less. */
  @Override
  public double dualCost(double y, double v) {
    return (0.5 * v - y) * v;
  }

  /** The best feasible multiple of u, with sums in twice the precision. */
  @Override
  public DualPoint dualPoint(double[] y, double[] u, double lambda, double maxNorm) {
    double product = TwofoldSum.dot(u, y);
    double square = TwofoldSum.dot(u, u);
    double t = dualScale(product, square, lambda, maxNorm);
    return new DualPoint(t, dualValue(t, product, square));
  }

  /** The loss of a fit whose errors have the sum of squares ||e||^2. */
  public static double ofSquare(double square) {
    return 0.5 * square;
  }

  /** sum_r l*(t u_r) = t^2 ||u||^2 / 2. */
  public static double conjugate(double t, double square) {
    return 0.5 * t * t * square;
  }

  /**
   * G(t u) = t y'u - t^2 ||u||^2 / 2.
   *
   * @param t the multiple
   * @param product y'u
   * @param square ||u||^2
   */
  public static double dualValue(double t, double product, double square) {
    return t * product - conjugate(t, square);
  }

  /**
   * G(t u) to a few units of its last place: sums are taken in twice the precision, and up to the
   * best t = y'u / ||u||^2 the difference is at least half of y'(t u).
   */
  public static double dualValue(double t, double[] y, double[] u) {
    return dualValue(t, TwofoldSum.dot(u, y), TwofoldSum.dot(u, u));
  }

  /**
   * The best feasible multiple of a residual: t = clip(y'u / ||u||^2, 0, lambda / maxNorm).
   *
   * @param product y'u
   * @param square ||u||^2
   * @param lambda the regularization, > 0
   * @param maxNorm max_b ||v_b(u)||, 0 for no upper clip
   */
  public static double dualScale(double product, double square, double lambda, double maxNorm) {
    if (square == 0) {
      return 0;
    }
    double best = Math.max(0, product / square);
    return maxNorm > 0 ? Math.min(best, lambda / maxNorm) : best;
  }
}
