package org.relupath.core.solve.decomposition;

/**
 * An interval of [0, 1] around the root of a function f that is positive at 0 and negative at 1.
 *
 * <p>While only one sign was seen it steps by f(x), 2 f(x), 4 f(x), ... but at most half way to the
 * end; then by the Illinois rule: the secant, with the value at an end halved when that end has
 * stayed twice.
 */
final class Bracket {
  private double low;
  private double high = 1;
  private double lowValue = Double.NaN;
  private double highValue = Double.NaN;
  private double stride = 1;
  private int stayed;

  /** The interval's length. */
  double width() {
    return high - low;
  }

  /** Learns f(x), not zero, and says where to look next. */
  double next(double x, double value) {
    if (value > 0) {
      low = x;
      lowValue = value;
      highValue = stayed > 0 ? 0.5 * highValue : highValue;
      stayed = 1;
    } else {
      high = x;
      highValue = value;
      lowValue = stayed < 0 ? 0.5 * lowValue : lowValue;
      stayed = -1;
    }
    if (!Double.isNaN(lowValue) && !Double.isNaN(highValue)) {
      return low + (high - low) * lowValue / (lowValue - highValue);
    }
    double step = stride * value;
    stride *= 2;
    return value > 0 ? x + Math.min(step, 0.5 * (high - x)) : x - Math.min(-step, 0.5 * (x - low));
  }
}
