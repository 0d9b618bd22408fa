package org.relupath.core.audit.stationarity;

/**
 * The tight rows of a neuron on one line: along delta they add
 *
 * <pre>slope (normal'delta)_+
 * </pre>
 *
 * <p>to the directional derivative of the objective, and what is linear of it. Rows of one line
 * turn on and off together, a mirrored one on when the others go off: (-z)_+ = (z)_+ - z.
 *
 * @param normal x_r / ||x_r|| of the line's first row
 * @param slope convex where positive: a kink the objective can rest in; concave where negative: one
 *     it slides off
 * @param rows the rows
 * @param mirrored for each whether it points against the normal
 */
@SuppressWarnings("ArrayRecordComponent") // numbers of a point, never compared as a whole
public record Kink(double[] normal, double slope, int[] rows, boolean[] mirrored) {

  boolean concave() {
    return slope < 0;
  }

  /** Sets the bits of the rows that are active on one side of the line. */
  public void activate(boolean positive, long[] bits) {
    for (int i = 0; i < rows.length; i++) {
      if (positive != mirrored[i]) {
        bits[rows[i] >> 6] |= 1L << rows[i];
      }
    }
  }
}
