package org.relupath.core.path.homotopy;

import java.util.Map;
import org.relupath.core.path.piece.Optimality;

/**
 * Margins that are positive at both ends of a step but may have been negative in between: their
 * cubic interpolation from values and slopes goes below zero. A block that enters and leaves again
 * within one step is such a margin.
 */
final class MarginDips {
  /** Parts of a step at which the cubic is looked at. */
  private static final int SAMPLES = 16;

  private MarginDips() {}

  /** The lambda of the deepest possible dip between two points of one piece, 0 for none. */
  static double lowest(Margins before, MarginSlopes slopes, Optimum after, Optimality optimality) {
    MarginSlopes ends = MarginSlopes.of(after.piece(), after.margins(), optimality);
    double high = before.point().lambda();
    double width = high - after.lambda();
    double least = 0;
    double place = 0;
    for (int b = 0; b < before.point().size(); b++) {
      double[] v0 = before.values(b);
      double[] v1 = after.margins().values(b);
      for (int i = 0; i < v0.length; i++) {
        double s0 = slopes.values(b)[i];
        double s1 = ends.values(b)[i];
        if (s0 > 0 && s1 < 0 && v0[i] < Double.POSITIVE_INFINITY) {
          double t = dip(v0[i], -width * s0, v1[i], -width * s1);
          double value = t > 0 ? cubic(v0[i], -width * s0, v1[i], -width * s1, t) : 0;
          place = value < least ? high - t * width : place;
          least = Math.min(least, value);
        }
      }
    }
    for (Map.Entry<Integer, Double> rival : before.rivals().entrySet()) {
      Double v1 = after.margins().rivals().get(rival.getKey());
      double s0 = slopes.rivals().get(rival.getKey());
      if (v1 != null && s0 > 0 && ends.rivals().get(rival.getKey()) < 0) {
        double s1 = ends.rivals().get(rival.getKey());
        double t = dip(rival.getValue(), -width * s0, v1, -width * s1);
        double value = t > 0 ? cubic(rival.getValue(), -width * s0, v1, -width * s1, t) : 0;
        place = value < least ? high - t * width : place;
        least = Math.min(least, value);
      }
    }
    return place;
  }

  /** Where in (0, 1) the cubic is lowest among samples, 0 if it is not below zero there. */
  private static double dip(double v0, double s0, double v1, double s1) {
    double least = -Optimum.TOLERANCE;
    double place = 0;
    for (int i = 1; i < SAMPLES; i++) {
      double t = i / (double) SAMPLES;
      double value = cubic(v0, s0, v1, s1, t);
      place = value < least ? t : place;
      least = Math.min(least, value);
    }
    return place;
  }

  /** The cubic with values v0, v1 and slopes s0, s1 at 0 and 1. */
  private static double cubic(double v0, double s0, double v1, double s1, double t) {
    double r = 1 - t;
    return r * r * ((1 + 2 * t) * v0 + t * s0) + t * t * ((1 + 2 * r) * v1 - r * s1);
  }
}
