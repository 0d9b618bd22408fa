package org.relupath.core.reference;

import java.util.Arrays;
import org.relupath.core.loss.Loss;

/**
 * Huber's loss: quadratic up to an error of delta and linear beyond.
 *
 * @param delta the largest residual, > 0
 */
public record Huber(double delta) implements Loss {
  @Override
  public double value(double e) {
    double size = Math.abs(e);
    return size <= delta ? 0.5 * e * e : delta * (size - 0.5 * delta);
  }

  @Override
  public double value(double[] errors) {
    return Arrays.stream(errors).map(this::value).sum();
  }

  @Override
  public double residual(double e) {
    return Math.max(-delta, Math.min(delta, e));
  }

  @Override
  public double curvature(double e) {
    return Math.abs(e) <= delta ? 1 : 0;
  }

  @Override
  public double conjugate(double v) {
    return Math.abs(v) <= delta ? 0.5 * v * v : Double.POSITIVE_INFINITY;
  }

  @Override
  public double error(double v) {
    return v;
  }

  @Override
  public double nearestSlope(double v) {
    return residual(v);
  }
}
