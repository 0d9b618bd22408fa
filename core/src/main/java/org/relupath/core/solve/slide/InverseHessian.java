package org.relupath.core.solve.slide;

import java.util.function.UnaryOperator;
import org.relupath.core.linalg.Vectors;

/**
 * The inverse Hessian of a function as L-BFGS has it: a first guess changed by the last few steps s
 * and changes y of the gradient so that it maps y to s (Nocedal and Wright, Numerical Optimization,
 * algorithm 7.4).
 */
final class InverseHessian {
  /** Steps that are remembered. */
  private static final int MEMORY = 10;

  /** Smallest cosine of s and y: below it the function is not convex along s, or y is rounding. */
  private static final double CURVED = 1e-10;

  private final double[][] steps = new double[MEMORY][];
  private final double[][] changes = new double[MEMORY][];
  private final double[] inverse = new double[MEMORY];
  private UnaryOperator<double[]> guess;
  private int count;
  private double scale;

  /**
   * Sets the first guess, which is else the identity, scaled.
   *
   * @param approximate inverse Hessian times a vector, which it may change and return
   */
  void guess(UnaryOperator<double[]> approximate) {
    guess = approximate;
  }

  /**
   * Learns from a step.
   *
   * @param step s, kept
   * @param change y, kept
   */
  void learn(double[] step, double[] change) {
    double product = Vectors.dot(step, change);
    double square = Vectors.dot(change, change);
    if (product > CURVED * Math.sqrt(square * Vectors.dot(step, step))) {
      int at = count++ % MEMORY;
      steps[at] = step;
      changes[at] = change;
      inverse[at] = 1 / product;
      scale = product / square;
    }
  }

  /**
   * Minus the inverse Hessian times a gradient; before the first step, a vector of length one
   * unless there is a guess.
   */
  double[] descent(double[] gradient) {
    int size = gradient.length;
    double[] p = gradient.clone();
    int oldest = Math.max(0, count - MEMORY);
    double[] alpha = new double[MEMORY];
    for (int i = count - 1; i >= oldest; i--) {
      int at = i % MEMORY;
      alpha[at] = inverse[at] * Vectors.dot(steps[at], p);
      Vectors.axpy(-alpha[at], changes[at], 0, p, 0, size);
    }
    if (guess != null) {
      p = guess.apply(p);
    } else {
      double length = Vectors.norm(gradient);
      double first = length > 0 ? 1 / length : 0;
      Vectors.scale(count == 0 ? first : scale, p, 0, size);
    }
    for (int i = oldest; i < count; i++) {
      int at = i % MEMORY;
      double beta = inverse[at] * Vectors.dot(changes[at], p);
      Vectors.axpy(alpha[at] - beta, steps[at], 0, p, 0, size);
    }
    Vectors.scale(-1, p, 0, size);
    return p;
  }
}
