package org.relupath.core.solve.slide;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.relupath.core.linalg.Vectors;

/**
 * Descends a function by L-BFGS with Armijo's rule. Whoever evaluates the function asks for the
 * {@link #next} point and hands back what it finds there, so that one evaluation may serve several
 * descents.
 */
public final class Descent {
  /** Share of the predicted fall that a step must bring. */
  private static final double ARMIJO = 1e-4;

  /** A line search shortens a step to between a tenth and a half. */
  private static final double MOST_CUT = 0.1;

  private static final double LEAST_CUT = 0.5;

  private final Limits limits;
  private final InverseHessian inverse = new InverseHessian();
  private double[] point;
  private double[] gradient;
  private double value;
  private double[] step;
  private double slope;
  private double length;
  private int steps;
  private int small;
  private boolean ended;

  /**
   * When a descent ends.
   *
   * @param steps at most
   * @param gain relative fall of the function that counts as little
   * @param patience steps in a row of little gain that end it
   * @param shortest a step is no shorter part of L-BFGS's: a kink is in the way
   */
  public record Limits(int steps, double gain, int patience, double shortest) {}

  /**
   * A descent.
   *
   * @param start where it starts
   */
  public Descent(double[] start, Limits limits) {
    this.point = start.clone();
    this.limits = limits;
  }

  /**
   * Makes a guess known of how the function curves.
   *
   * @param approximate inverse Hessian times a vector, which it may change and return
   */
  public void guess(UnaryOperator<double[]> approximate) {
    inverse.guess(approximate);
  }

  /** The point to evaluate next; null where the descent has ended. */
  public double[] next() {
    if (ended) {
      return null;
    }
    double[] next = point.clone();
    if (step != null) {
      Vectors.axpy(length, step, 0, next, 0, next.length);
    }
    return next;
  }

  /**
   * Takes what was found at the next point.
   *
   * @param found the function
   * @param slopes its gradient, asked for if the step there is taken
   */
  public void take(double found, Supplier<double[]> slopes) {
    if (step == null || found <= value + ARMIJO * length * slope) {
      accept(found, slopes.get());
    } else {
      // The least of the parabola through the function and its slope here and the function there.
      double best = -0.5 * slope * length * length / (found - value - slope * length);
      double cut = Math.max(MOST_CUT * length, Math.min(LEAST_CUT * length, best));
      length = best > 0 ? cut : LEAST_CUT * length;
      ended = length <= limits.shortest;
    }
  }

  private void accept(double found, double[] next) {
    if (step != null) {
      point = next();
      Vectors.scale(length, step, 0, step.length);
      double[] change = next.clone();
      Vectors.axpy(-1, gradient, 0, change, 0, change.length);
      inverse.learn(step, change);
      small = value - found <= limits.gain * found ? small + 1 : 0;
      steps++;
    }
    value = found;
    gradient = next;
    step = inverse.descent(next);
    slope = Vectors.dot(step, next);
    length = 1;
    ended = steps == limits.steps || small == limits.patience || !(slope < 0);
  }

  /** The point reached. */
  public double[] point() {
    return point.clone();
  }
}
